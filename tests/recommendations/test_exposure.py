"""Counts of what was shown and opened: of nobody, few writes, and fair to town and country."""

from datetime import timedelta

import pytest
from django.utils import timezone

from recommendations import exposure
from recommendations.models import ExposureDay, Visitor
from recommendations.purging import purge
from tests.factories import create_provider, create_therapy, create_town, create_zip

pytestmark = pytest.mark.django_db

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
ROBOT = "Mozilla/5.0 (compatible; Examplebot/2.1; +https://bot.example/)"
TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def from_zero():
    exposure.counter.take()
    yield
    exposure.counter.take()


@pytest.fixture
def mbsr():
    create_zip()
    return create_therapy(short_name="MBSR", slug="mbsr")


def look(client, path, *, method="get", **headers):
    headers = {"User-Agent": BROWSER} | headers
    return getattr(client, method)(path, headers=headers)


def counted():
    """Name of the place -> (shown, opened) today, as written."""
    exposure.counter.write()
    return {
        row.provider.name: (row.shown, row.opened)
        for row in ExposureDay.objects.select_related("provider").filter(day=TODAY)
    }


def test_the_first_three_of_a_list_and_pages_opened_are_counted(client, mbsr):
    places = [create_provider(name=f"P{n}", therapies=[mbsr], at=(45.52 + n / 50, -122.637))
              for n in range(5)]  # fmt: skip
    look(client, "/providers/?near=97214")
    look(client, "/therapies/mbsr/?near=97214")
    assert counted() == {"P0": (2, 0), "P1": (2, 0), "P2": (2, 0)}
    look(client, places[4].get_absolute_url())  # and shows the three most similar
    found = counted()
    assert found["P4"] == (0, 1)
    assert sum(shown for shown, _ in found.values()) == 9


def test_only_the_first_page_of_a_list_counts(client, mbsr):
    for _ in range(22):
        create_provider(therapies=[mbsr])
    look(client, "/providers/?near=97214&page=2")
    assert counted() == {}


@pytest.mark.parametrize(
    ("method", "headers"),
    [
        ("head", {}),
        ("get", {"Sec-Purpose": "prefetch"}),
        ("get", {"Purpose": "prefetch"}),
        ("get", {"User-Agent": ROBOT}),
        ("get", {"User-Agent": "curl/8.5.0"}),
        ("get", {"User-Agent": ""}),
    ],
)
def test_head_prefetch_and_programs_are_not_counted(client, mbsr, method, headers):
    place = create_provider(therapies=[mbsr])
    for path in ("/providers/", "/recommendations/?near=97214", place.get_absolute_url()):
        look(client, path, method=method, **headers)
    assert counted() == {}


def test_a_page_writes_nothing_and_holds_nothing_of_a_visitor(client, mbsr, monkeypatch):
    place = create_provider(therapies=[mbsr])
    for _ in range(50):
        look(client, place.get_absolute_url())
    assert ExposureDay.objects.count() == Visitor.objects.count() == 0
    assert counted()[place.name] == (0, 50)
    fields = {field.name for field in ExposureDay._meta.get_fields()}
    assert fields == {"id", "provider", "day", "shown", "opened"}


def test_once_a_minute_what_was_counted_is_written_beside_the_request(client, mbsr, monkeypatch):
    place = create_provider(therapies=[mbsr])
    written = []
    monkeypatch.setattr(exposure.Counts, "_write_apart", lambda self: written.append(1))
    look(client, place.get_absolute_url())
    assert not written
    monkeypatch.setattr(exposure, "EVERY", 0.0)
    look(client, place.get_absolute_url())
    assert len(written) == 1


def test_what_two_processes_counted_adds_up(mbsr, django_assert_max_num_queries):
    places = [create_provider(therapies=[mbsr]) for _ in range(30)]
    for _ in range(2):
        process = exposure.Counts()
        for place in places:
            process.shown([place.pk])
            process.opened(place.pk)
        with django_assert_max_num_queries(7):  # however many places were counted
            process.write()
    assert set(ExposureDay.objects.values_list("shown", "opened")) == {(2, 2)}
    assert ExposureDay.objects.count() == 30


def test_a_listing_that_is_gone_by_then_is_left_out(mbsr):
    place = create_provider(name="There", therapies=[mbsr])
    exposure.counter.shown([place.pk, 999_999])
    assert counted() == {"There": (1, 0)}


def test_days_that_are_over_keep_no_small_counts(mbsr):
    few, many, now = (create_provider(name=name) for name in ("Few", "Many", "Now"))
    yesterday = TODAY - timedelta(days=1)
    ExposureDay.objects.create(provider=few, day=yesterday, shown=9, opened=2)
    ExposureDay.objects.create(provider=many, day=yesterday, shown=10)
    ExposureDay.objects.create(provider=now, day=TODAY, shown=1)
    purge(TODAY)
    assert set(ExposureDay.objects.values_list("provider__name", flat=True)) == {"Many", "Now"}


@pytest.fixture
def town_and_country():
    create_town()  # Portland
    create_town(name="Burns", at=(43.58, -119.05), population=2700)
    urban = [create_provider(name=f"Urban {n}") for n in range(3)]
    rural = create_provider(name="Rural", at=(43.6, -119.0))
    create_provider(name="Nowhere", at=None)
    return urban, rural


def shown(place, times):
    ExposureDay.objects.create(provider=place, day=TODAY, shown=times)


def test_the_rural_share_of_what_is_shown_is_held_against_its_share_of_places(town_and_country):
    urban, rural = town_and_country
    shown(urban[0], 30)
    shown(rural, 10)
    fair = exposure.balance()
    assert (fair.listed, fair.shown, fair.ratio) == (0.25, 0.25, 1.0) and fair.fair
    shown(urban[1], 100)
    unfair = exposure.balance()
    assert unfair.ratio == pytest.approx(10 / 140 / 0.25) and not unfair.fair


def test_nothing_shown_is_no_balance(town_and_country):
    assert exposure.balance() is None
    shown(town_and_country[1], 9)  # too few to count
    assert exposure.balance() is None


def test_staff_read_the_counts_and_change_nothing(admin_client, client, town_and_country):
    urban, rural = town_and_country
    shown(urban[0], 40)
    shown(urban[1], 9)
    shown(rural, 10)
    page = admin_client.get("/admin/recommendations/exposureday/")
    text = page.content.decode()
    assert "Urban 0" in text and "Rural" in text and "Urban 1" not in text
    assert "a ratio of <strong>0.80</strong>" in text
    assert admin_client.get("/admin/recommendations/exposureday/add/").status_code == 403
    row = ExposureDay.objects.first()
    changed = admin_client.post(f"/admin/recommendations/exposureday/{row.pk}/change/", {})
    assert changed.status_code == 403
    assert client.get("/admin/recommendations/exposureday/").status_code == 302
