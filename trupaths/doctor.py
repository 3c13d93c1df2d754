"""Is all well? Each check yields findings: what is so, and where it is not well, what to do.

A check never changes anything but a file that it writes and deletes again.
"""

import shutil
import tempfile
from datetime import timedelta
from typing import NamedTuple

from django.apps import apps
from django.conf import settings
from django.core import checks, mail
from django.db import Error, connection, models
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from providers import checking
from providers.changes import differing
from providers.models import ImportRun, Place, Provider
from therapies.admin import waiting
from therapies.models import Therapy

WELL, LOOK, WRONG = "well", "look", "WRONG"
ROOM = 1024**3  # bytes that should be free
LONG = timedelta(days=1)  # after which a run that is not finished was killed


class Finding(NamedTuple):
    level: str
    sentence: str


def examine():
    """(name of the check, its findings) of all checks; one that fails is a finding itself."""
    for name, check in CHECKS.items():
        try:
            yield name, list(check())
        except Error as error:
            yield name, [Finding(WRONG, f"The database does not answer: {_first_line(error)}")]


def of_settings():
    found = checks.run_checks(include_deployment_checks=settings.HTTPS)
    found = [each for each in found if each.level >= checks.WARNING and not each.is_silenced()]
    for each in found:
        level = WRONG if each.is_serious() else LOOK
        yield Finding(level, " ".join(filter(None, [f"{each.id}: {each.msg}", each.hint])))
    if not found:
        yield Finding(WELL, f"The site is {settings.SITE_URL}.")
    if settings.DEBUG:
        yield Finding(WRONG, "DEBUG is on: errors show settings to visitors. Unset it.")


def of_database():
    connection.ensure_connection()
    plan = MigrationExecutor(connection)
    if steps := plan.migration_plan(plan.loader.graph.leaf_nodes()):
        yield Finding(WRONG, f"Migrations not applied: {len(steps)}. Run manage.py migrate.")
        return
    version = ".".join(map(str, connection.get_database_version()))
    yield Finding(WELL, f"{connection.display_name} {version}, all migrations applied.")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            said = cursor.execute("PRAGMA quick_check(1)").fetchone()[0]
        if said != "ok":
            yield Finding(WRONG, f"The file is damaged ({said}): restore a backup.")


def of_index():
    if wrong := differing():
        yield Finding(
            WRONG, f"Listings that differ from the index: {len(wrong):,}. Run manage.py reindex."
        )
    else:
        yield Finding(WELL, f"Index and {Provider.objects.count():,} listings agree.")


def of_places():
    if count := Place.objects.count():
        yield Finding(WELL, f"{count:,} ZIP codes and towns.")
    else:
        yield Finding(WRONG, "No ZIP code and no town is known. Run manage.py load_places.")


def of_media():
    try:
        settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=settings.MEDIA_ROOT):
            pass
    except OSError as error:
        sentence = (
            f"{settings.MEDIA_ROOT} cannot be written ({error.strerror}): let the site's user"
        )
        yield Finding(WRONG, f"{sentence} write there, or staff cannot upload pictures.")
    missing = [name for name in _pictures() if not (settings.MEDIA_ROOT / name).is_file()]
    if missing:
        some = f"{len(missing)} ({', '.join(missing[:5])})"
        yield Finding(
            WRONG,
            f"Pictures that are not in {settings.MEDIA_ROOT}: {some}. Restore them.",
        )
    else:
        yield Finding(WELL, "All pictures are there.")


def of_mail():
    if settings.EMAIL_BACKEND.endswith(("console.EmailBackend", "locmem.EmailBackend")):
        yield Finding(LOOK, "Mail is printed, not sent: give EMAIL_URL before send_confirmations.")
        return
    try:
        with mail.get_connection():
            yield Finding(WELL, "The mail server answers.")
    except OSError as error:  # smtplib's own errors are of this kind
        yield Finding(
            WRONG, f"The mail server does not answer ({_first_line(error)}): see EMAIL_URL."
        )


def of_room():
    for folder in {settings.VAR_DIR, settings.MEDIA_ROOT}:
        if folder.exists() and (free := shutil.disk_usage(folder).free) < ROOM:
            yield Finding(LOOK, f"{folder} has {free // 1024**2} MB left: make room.")


def of_content():
    if not (count := Therapy.objects.published().count()):
        yield Finding(WRONG, "No therapy is published: manage.py prepare, or publish one.")
    else:
        yield Finding(WELL, f"{count} therapies are published.")
    for title, found, where in [
        ("Reviews of pages overdue", waiting.overdue(), "therapies"),
        ("Pages with evidence to check again", waiting.evidence_due(), "therapies"),
    ]:
        if count := found.count():
            yield Finding(LOOK, f"{title}: {count}. See the staff desk, {where}.")


def of_listings():
    real = Provider.objects.filter(demonstration=False)
    if not real.exists():
        yield Finding(LOOK, "All listings are examples: import a directory (docs/operating.md).")
    elif count := checking.overdue(real).count():
        yield Finding(
            LOOK, f"Listings that wait for a check: {count:,}. See the staff desk, providers."
        )
    else:
        yield Finding(WELL, "No listing waits for a check.")
    running = ImportRun.objects.filter(
        status=ImportRun.Status.RUNNING,
        started_at__lt=timezone.now() - LONG,
    )
    for run in running:
        yield Finding(
            LOOK, f"{run} stopped at row {run.position:,}: import the same file again, or --undo."
        )


CHECKS = {
    "settings": of_settings,
    "database": of_database,
    "index": of_index,
    "places": of_places,
    "media": of_media,
    "mail": of_mail,
    "room": of_room,
    "content": of_content,
    "listings": of_listings,
}


def _pictures():
    """The names of all files that rows speak of."""
    for model in apps.get_models():
        fields = [f.name for f in model._meta.fields if isinstance(f, models.FileField)]
        for field in fields:
            rows = model._default_manager.exclude(**{field: ""}).values_list(field, flat=True)
            yield from rows.distinct()


def _first_line(error):
    return next(iter(str(error).splitlines()), type(error).__name__)
