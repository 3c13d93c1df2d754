from io import BytesIO

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from tests.factories import create_provider, create_therapy
from therapies.library import library
from therapies.models import Condition, Evidence, Therapy, TherapyPoint
from therapies.pictures import check_picture

pytestmark = pytest.mark.django_db

CHANGELIST = "/admin/therapies/therapy/"
ADD = "/admin/therapies/therapy/add/"
PREFIXES = ("points", "faqs", "references", "evidence")


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def picture(name="a.png", *, kind="PNG", size=(4, 4)):
    data = BytesIO()
    Image.new("RGB", size, "teal").save(data, kind)
    return SimpleUploadedFile(name, data.getvalue())


def form(**fields):
    """What the browser sends for a new page without parts."""
    data = {
        "name": "Gentle yoga",
        "short_name": "Yoga",
        "slug": "yoga",
        "kind": "body",
        "headline": "How it helps",
        "lead": "Slow movement.",
        "status": "draft",
    }
    for prefix in PREFIXES:
        data |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}
    return data | fields


def with_evidence(therapy, count):
    for n in range(count):
        condition = Condition.objects.create(name=f"C{therapy.pk}-{n}", slug=f"c{therapy.pk}-{n}")
        evidence = Evidence.objects.create(
            therapy=therapy, condition=condition, strength="some", sentence="It helps."
        )
        evidence.references.add(therapy.references.first())


def queries(client, path):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def change(therapy):
    return f"{CHANGELIST}{therapy.pk}/change/"


def test_staff_write_a_page_with_its_parts_in_one_go(admin_client):
    parts = {
        "points-TOTAL_FORMS": "1",
        "points-0-section": "goal",
        "points-0-order": "0",
        "points-0-title": "Less pain",
        "points-0-text": "It eases pain [1].",
        "references-TOTAL_FORMS": "1",
        "references-0-number": "1",
        "references-0-citation": "A study.",
        "references-0-year": "2020",
        "faqs-TOTAL_FORMS": "1",
        "faqs-0-order": "0",
        "faqs-0-question": "Is it hard?",
        "faqs-0-answer": "No.",
    }
    assert admin_client.post(ADD, form(**parts)).status_code == 302
    therapy = Therapy.objects.get(slug="yoga")
    assert [p.title for p in therapy.goals] == ["Less pain"]
    assert therapy.faqs.count() == therapy.references.count() == 1


def test_a_draft_has_a_preview_at_its_ordinary_address(admin_client, client):
    therapy = create_therapy(short_name="Draft", status="draft")
    page = admin_client.get(change(therapy)).content.decode()
    assert f'href="{therapy.get_absolute_url()}"' in page
    assert admin_client.get(therapy.get_absolute_url()).status_code == 200
    client.logout()
    assert client.get(therapy.get_absolute_url()).status_code == 404


def test_publishing_and_withdrawing_reach_visitors(admin_client):
    therapy = create_therapy(short_name="MBSR", status="draft")
    for action, seen in (("publish", True), ("withdraw", False)):
        data = {"action": action, ACTION_CHECKBOX_NAME: [therapy.pk]}
        assert admin_client.post(CHANGELIST, data).status_code == 302
        assert ("mbsr" in library().by_slug) == seen


def test_a_change_raises_the_content_version(admin_client):
    before = library().version
    admin_client.post(ADD, form())
    assert library().version > before


def test_a_therapy_that_places_offer_cannot_be_deleted(admin_client):
    offered, unused = create_therapy(short_name="MBSR"), create_therapy(short_name="Unused")
    create_provider(therapies=[offered])
    delete = "/admin/therapies/therapy/%d/delete/"
    assert admin_client.post(delete % offered.pk, {"post": "yes"}).status_code == 403
    assert admin_client.post(delete % unused.pk, {"post": "yes"}).status_code == 302
    assert [t.slug for t in Therapy.objects.all()] == ["mbsr"]


def test_a_reserved_slug_is_refused_in_words(admin_client):
    answer = admin_client.post(ADD, form(slug="compare"))
    assert "is an address of the site" in answer.content.decode()


@pytest.mark.parametrize(
    ("field", "alt"),
    [
        ("overview_figure", "overview_alt"),
        ("overview_figure_narrow", "overview_alt"),
        ("sessions_picture", "sessions_alt"),
    ],
)
def test_a_picture_needs_words(admin_client, media, field, alt):
    answer = admin_client.post(ADD, form(**{field: picture()}))
    assert "people who cannot see it" in answer.content.decode()
    words = {field: picture(), alt: "A loop."}
    assert admin_client.post(ADD, form(**words)).status_code == 302


def test_a_point_picture_needs_words(admin_client, media):
    parts = {
        "points-TOTAL_FORMS": "1",
        "points-0-section": "goal",
        "points-0-order": "0",
        "points-0-title": "Less pain",
        "points-0-text": "x",
        "points-0-picture": picture(),
    }
    assert "people who cannot see it" in admin_client.post(ADD, form(**parts)).content.decode()
    parts["points-0-picture"] = picture()
    assert admin_client.post(ADD, form(**parts, **{"points-0-picture_alt": "A"})).status_code == 302
    assert TherapyPoint.objects.get().picture_alt == "A"


def test_an_svg_from_the_fixtures_stays_valid(admin_client, media):
    therapy = create_therapy(
        short_name="Yoga", overview_figure="therapies/a.svg", overview_alt="A loop."
    )
    answer = admin_client.post(change(therapy), form(overview_alt="A closed loop."))
    assert answer.status_code == 302
    therapy.refresh_from_db()
    assert therapy.overview_figure.name == "therapies/a.svg"
    assert therapy.overview_alt == "A closed loop."


def test_a_taken_picture_has_a_name_of_ours(admin_client, media):
    upload = picture("../../my holiday.png", kind="JPEG")
    admin_client.post(ADD, form(sessions_picture=upload, sessions_alt="A"))
    name = Therapy.objects.get().sessions_picture.name
    assert name.startswith("therapies/") and name.endswith(".jpg") and "holiday" not in name


@pytest.mark.parametrize(
    "upload",
    [
        SimpleUploadedFile("a.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        SimpleUploadedFile("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        SimpleUploadedFile("a.jpg", b"<html><script>alert(1)</script>"),
        SimpleUploadedFile("a.png", picture().read()[:40]),
        SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 90),
        picture("a.gif", kind="GIF"),
        picture("a.tiff", kind="TIFF"),
        picture("a.png", size=(6000, 4001)),
        SimpleUploadedFile("a.png", b"x" * (10 * 1024 * 1024 + 1)),
    ],
    ids=["svg-as-png", "svg", "html", "cut", "damaged", "gif", "tiff", "bomb", "large"],
)
def test_other_files_are_refused_in_words(admin_client, media, upload):
    answer = admin_client.post(ADD, form(sessions_picture=upload, sessions_alt="A"))
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "JPEG, PNG or WebP" in text or "smaller and try again" in text
    assert not list(media.rglob("*.*"))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_pictures_of_the_three_kinds_are_taken(kind):
    upload = picture("a.bin", kind=kind)
    check_picture(upload)
    assert upload.read(4)  # from the beginning


def test_no_page_asks_the_database_for_each_row(admin_client):
    few, many = (
        create_therapy(short_name="Few", parts=1),
        create_therapy(short_name="Many", parts=9),
    )
    with_evidence(few, 1)
    with_evidence(many, 9)
    for path in (CHANGELIST, change(few)):  # what Django asks once in a process
        admin_client.get(path)
    assert queries(admin_client, change(few)) == queries(admin_client, change(many))
    five = queries(admin_client, CHANGELIST)
    for n in range(45):
        create_therapy(short_name=f"T{n}")
    assert queries(admin_client, CHANGELIST) == five


def test_conditions_ask_once_too(admin_client):
    parent = Condition.objects.create(name="Pain", slug="pain")
    path = "/admin/therapies/condition/"
    admin_client.get(path)
    before = queries(admin_client, path)
    for n in range(50):
        Condition.objects.create(name=f"C{n}", slug=f"c{n}", parent=parent)
    assert queries(admin_client, path) == before
