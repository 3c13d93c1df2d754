from io import BytesIO

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from tests.factories import create_provider, create_therapy, create_whole_therapy
from therapies.library import library
from therapies.models import Condition, Evidence, Therapy, TherapyPoint

from .desk import LIST, PREFIXES, change, filled, opened

pytestmark = pytest.mark.django_db

ADD = f"{LIST}add/"


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
    therapy = create_whole_therapy(short_name="MBSR", status="draft")
    for action, seen in (("publish", True), ("withdraw", False)):
        data = {"action": action, ACTION_CHECKBOX_NAME: [therapy.pk]}
        assert admin_client.post(LIST, data).status_code == 302
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


@pytest.mark.parametrize("slug", ["compare", "preview"])
def test_a_reserved_slug_is_refused_in_words(admin_client, slug):
    answer = admin_client.post(ADD, form(slug=slug))
    assert "are addresses of the site" in answer.content.decode()


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
        short_name="Yoga",
        status="draft",
        overview_figure="therapies/a.svg",
        overview_alt="A loop.",
    )
    data = opened(admin_client, therapy) | {"overview_alt": "A closed loop."}
    answer = admin_client.post(change(therapy), data)
    assert answer.status_code == 302, answer.context["errors"]
    therapy.refresh_from_db()
    assert therapy.overview_figure.name == "therapies/a.svg"
    assert therapy.overview_alt == "A closed loop."


def test_no_page_asks_the_database_for_each_row(admin_client):
    few, many = (
        create_therapy(short_name="Few", parts=1),
        create_therapy(short_name="Many", parts=9),
    )
    with_evidence(few, 1)
    with_evidence(many, 9)
    for path in (LIST, change(few)):  # what Django asks once in a process
        admin_client.get(path)
    assert queries(admin_client, change(few)) == queries(admin_client, change(many))
    five = queries(admin_client, LIST)
    for n in range(45):
        create_therapy(short_name=f"T{n}")
    assert queries(admin_client, LIST) == five


def test_conditions_ask_once_too(admin_client):
    parent = Condition.objects.create(name="Pain", slug="pain")
    path = "/admin/therapies/condition/"
    admin_client.get(path)
    before = queries(admin_client, path)
    for n in range(50):
        Condition.objects.create(name=f"C{n}", slug=f"c{n}", parent=parent)
    assert queries(admin_client, path) == before


def test_parts_can_change_places(admin_client):
    """Also with one that is deleted, and evidence its condition."""
    therapy = create_therapy(status="draft", parts=3)
    with_evidence(therapy, 3)
    data = opened(admin_client, therapy)
    for prefix, name in (("faqs", "order"), ("references", "number"), ("evidence", "condition")):
        first, second, third = (data[f"{prefix}-{n}-{name}"] for n in range(3))
        data |= {
            f"{prefix}-0-{name}": second,
            f"{prefix}-1-{name}": third,
            f"{prefix}-2-{name}": first,
            f"{prefix}-2-DELETE": "on",
        }
    data |= {"points-0-order": "1", "points-1-order": "0"}
    answer = admin_client.post(change(therapy), data)
    assert answer.status_code == 302, answer.context["errors"]
    assert [(faq.question, faq.order) for faq in therapy.faqs.all()] == [
        ("Why 0?", 1),
        ("Why 1?", 2),
    ]
    assert [reference.number for reference in therapy.references.all()] == [2, 3]
    rows = [(row.condition.name[-1], row.references.get().number) for row in therapy.evidence.all()]
    assert rows == [("1", 2), ("2", 2)]
    assert [point.title for point in therapy.benefits] == ["benefit 1", "benefit 0", "benefit 2"]


def test_without_a_script_parts_are_added_by_an_empty_form_of_each_kind(admin_client):
    therapy = create_therapy(status="draft", parts=1)
    path = f"{change(therapy)}?parts=1"
    assert f'href="{path.partition("change/")[2]}"' in admin_client.get(change(therapy)).text
    data = filled(admin_client.get(path))
    assert data["faqs-TOTAL_FORMS"] == "2"
    data |= {"faqs-1-order": "4", "faqs-1-question": "New?", "faqs-1-answer": "Yes."}
    answer = admin_client.post(path, data)
    assert answer.status_code == 302, answer.context["errors"]
    assert [faq.question for faq in therapy.faqs.all()] == ["Why 0?", "New?"]
    assert therapy.points.count() == 4 and therapy.references.count() == 1
