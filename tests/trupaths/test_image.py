"""What `.dockerignore` lets into the image is what the site needs, and the lock it is made from."""

from pathlib import Path

from django.apps import apps
from django.conf import settings


def test_each_app_and_what_it_reads_is_in_the_image():
    lines = (settings.BASE_DIR / ".dockerignore").read_text().split()
    let_in = {line[1:] for line in lines if line.startswith("!")}
    assert "*" in lines
    ours = [Path(app.path) for app in apps.get_app_configs()]
    needed = {
        path.relative_to(settings.BASE_DIR).parts[0]
        for path in ours
        if path.is_relative_to(settings.BASE_DIR) and ".venv" not in path.parts
    }
    needed |= {"manage.py", "templates", "static", "fixtures", "requirements-extras.lock"}
    assert needed <= let_in
    assert all((settings.BASE_DIR / name).exists() for name in let_in)
