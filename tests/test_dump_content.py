"""Content goes to fixtures and back: staff edit in the admin, and the words live in git."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from therapies.models import Condition, Therapy

pytestmark = pytest.mark.django_db

CONTENT = ["conditions", "terms", "therapies", "starting_points"]
FIXTURES = settings.BASE_DIR / "fixtures"


@pytest.fixture(autouse=True)
def pictures_in_place(settings):
    settings.MEDIA_ROOT = FIXTURES / "media"


@pytest.fixture
def dumped(tmp_path):
    def dump():
        call_command("dump_content", tmp_path, verbosity=0)
        return {name: (tmp_path / f"{name}.json").read_text() for name in CONTENT}

    return dump


def fixtures():
    return {name: (FIXTURES / f"{name}.json").read_text() for name in CONTENT}


def load(*names, **options):
    call_command("loaddata", *(names or CONTENT), verbosity=0, **options)


def test_what_was_not_changed_is_written_byte_for_byte(dumped, tmp_path):
    load()
    assert dumped() == fixtures()
    names = {path.relative_to(tmp_path / "media") for path in (tmp_path / "media").rglob("*.svg")}
    assert names == {path.relative_to(FIXTURES / "media") for path in Path(FIXTURES).rglob("*.svg")}


def test_the_order_of_loading_does_not_matter(dumped):
    load("starting_points", "conditions", "terms", "therapies")
    row = Condition.objects.order_by("pk").first()
    Condition.objects.filter(pk=row.pk).delete()
    load()  # it comes back, with another key
    assert dumped() == fixtures()


def test_an_edit_goes_out_and_comes_back(dumped, tmp_path):
    load()
    therapy = Therapy.objects.get(slug="cbt")
    therapy.lead = "As staff wrote it."
    therapy.save()
    after, before = dumped(), fixtures()
    assert after["therapies"] != before["therapies"] and "As staff wrote it." in after["therapies"]
    assert {**after, "therapies": ""} == {**before, "therapies": ""}
    Therapy.objects.all().delete()
    load(tmp_path / "therapies.json")
    assert Therapy.objects.get(slug="cbt").lead == "As staff wrote it."
    assert dumped() == after


def test_drafts_and_what_was_withdrawn_stay_at_home(dumped):
    load()
    Therapy.objects.filter(slug="act").update(status=Therapy.Status.DRAFT)
    Therapy.objects.filter(slug="dbt").update(status=Therapy.Status.ARCHIVED)
    text = dumped()["therapies"]
    assert '"slug": "act"' not in text and '"slug": "dbt"' not in text
    assert '"slug": "cbt"' in text


def test_a_picture_that_is_not_there_is_named(tmp_path, settings):
    load()
    settings.MEDIA_ROOT = tmp_path / "nowhere"
    with pytest.raises(CommandError, match=r"nowhere.*\.svg: No such file"):
        call_command("dump_content", tmp_path / "out", verbosity=0)
