"""The example places: what the script makes, and what the fixture in the repository holds."""

import json
import re
from collections import Counter, defaultdict
from datetime import date

import numpy as np
import pytest
from django.core.management import call_command

from providers import demo
from providers.demo.tables import CHANCES
from providers.models import Check, Provider, Service, Term
from providers.places import named, read_towns, read_zips
from providers.sphere import EARTH_MILES
from providers.states import STATES
from tests.factories import create_therapy
from therapies.models import Therapy

MBSR = "mbsr-medical-pain"
OTHERS = ["cbt", "act", "dbt", "emdr", "motivational-interviewing"]
TERRITORIES = {"AS", "FM", "GU", "MP", "PW", "VI"}
# The thirty largest in the file of towns, without parts of cities.
LARGEST = """
New York NY, Los Angeles CA, Chicago IL, Houston TX, Phoenix AZ, Philadelphia PA, San Antonio TX,
San Diego CA, Dallas TX, Jacksonville FL, Fort Worth TX, San Jose CA, Austin TX, Columbus OH,
Charlotte NC, Indianapolis IN, San Francisco CA, Seattle WA, Denver CO, Washington DC, Nashville TN,
Oklahoma City OK, El Paso TX, Boston MA, Portland OR, Detroit MI, Las Vegas NV, Memphis TN,
Louisville KY, Baltimore MD
"""


@pytest.fixture(scope="module")
def records():
    return demo.make()


@pytest.fixture(scope="module")
def rows(records):
    """The fields of every record, by model."""
    found = defaultdict(list)
    for record in records:
        found[record["model"].removeprefix("providers.")].append(record["fields"])
    return found


@pytest.fixture(scope="module")
def towns():
    return read_towns()


@pytest.fixture(scope="module")
def zips(towns):
    return {point.zip: point for point in named(read_zips(), towns)}


def by_place(parts):
    found = defaultdict(list)
    for part in parts:
        found[part["provider"][0]].append(part)
    return found


def miles(one, lat, lon):
    a, b, c, d = np.radians([one.lat, one.lon, lat, lon])
    half = np.sin((c - a) / 2) ** 2 + np.cos(a) * np.cos(c) * np.sin((d - b) / 2) ** 2
    return 2 * EARTH_MILES * np.arcsin(np.sqrt(half))


def test_the_fixture_is_what_the_script_makes(records):
    assert demo.PATH.read_text(encoding="utf-8") == demo.as_text(records), (
        "Run manage.py make_examples."
    )


def test_another_day_moves_days_and_nothing_else(records):
    later = demo.make(today=date(2027, 11, 24))
    days = {"created_at", "updated_at", "checked_on", "next_start"}

    def without_days(record):
        return {name: value for name, value in record["fields"].items() if name not in days}

    assert [*map(without_days, later)] == [*map(without_days, records)]


def test_there_are_about_four_hundred_and_it_stays_small(rows):
    assert 380 <= len(rows["provider"]) <= 420
    assert demo.PATH.stat().st_size < 1_800_000


def test_names_and_addresses_are_all_different(rows):
    for field in ("name", "slug", "phone"):
        assert len({place[field] for place in rows["provider"]}) == len(rows["provider"])


def test_every_one_says_that_it_is_an_example(rows):
    assert all(place["demonstration"] for place in rows["provider"])
    assert all(place["status"] == "published" for place in rows["provider"])
    assert {check["how"] for check in rows["check"]} == {Check.How.EXAMPLE}


def test_nothing_reaches_anyone(rows):
    """Numbers kept free for examples, a domain kept free, streets that say so."""
    for place in rows["provider"]:
        assert re.fullmatch(r"\([2-9]\d\d\) 555-01\d\d", place["phone"]), place
        assert re.fullmatch(r"[a-z0-9-]+@example\.org|", place.get("email", "")), place
        assert "Example" in place.get("street", "Example"), place
        assert "intake_phone" not in place and "picture" not in place
    for owner in rows["provider"] + rows["organization"]:
        website = owner.get("website", "")
        assert re.fullmatch(r"https://example\.org/[a-z0-9-]+|", website), owner


def test_towns_zip_codes_and_points_are_real(rows, towns, zips):
    real = {(point.name, point.state) for point in [*towns, *zips.values()]}
    for place in rows["provider"]:
        assert (place["city"], place["state"]) in real, place
        if place.get("confidential_address"):
            assert not place.keys() & {"street", "zip", "lat", "lon", "website"}, place
            continue
        point = zips[place["zip"]]
        assert (place["lat"], place["lon"]) == (point.lat, point.lon), place
        assert place["state"] == point.state and place.get("precision", "zip") == "zip"


def test_every_state_has_some(rows):
    count = Counter(place["state"] for place in rows["provider"])
    assert set(count) == set(STATES) - TERRITORIES
    assert min(count.values()) >= 3


def test_rural_places_too(rows, towns):
    people = {(town.name, town.state): town.population for town in towns}
    sizes = [people.get((place["city"], place["state"]), 0) for place in rows["provider"]]
    assert sum(size < 5_000 for size in sizes) >= 50
    assert sum(size > 500_000 for size in sizes) >= 80


@pytest.mark.parametrize("city", [name.strip() for name in LARGEST.split(",")])
def test_a_large_city_has_three_places_with_the_course(rows, towns, zips, city):
    name, state = city.rsplit(" ", 1)
    town = next(t for t in towns if (t.name, t.state) == (name, state))
    center = min(
        (point for point in zips.values() if (point.name, point.state) == (name, state)),
        key=lambda point: (miles(town, point.lat, point.lon), point.zip),
    )
    offering = {part["provider"][0] for part in rows["service"] if part["therapy"] == [MBSR]}
    near = [
        place["name"]
        for place in rows["provider"]
        if "lat" in place
        and place["slug"] in offering
        and miles(center, place["lat"], place["lon"]) <= 50
    ]
    assert len(near) >= 3, (center.zip, near)


def test_too_few_near_a_city_stop_the_script(monkeypatch):
    monkeypatch.setattr("providers.demo.invent", lambda here, written: [])
    words = r"Only 0 example places within 50 miles of \d{5} \(New York, NY\) offer mbsr"
    with pytest.raises(AssertionError, match=words):
        demo.make()


def test_each_therapy_of_the_library_is_offered(rows):
    count = Counter(therapy for therapy, _ in offered(rows))
    shelf = json.loads((demo.PATH.parent / "therapies.json").read_text())
    assert set(count) == {
        row["fields"]["slug"] for row in shelf if row["model"] == "therapies.therapy"
    }
    assert min(count.values()) >= 10


def test_the_first_six_therapies_are_offered_in_many_ways(rows):
    count = Counter(therapy for therapy, _ in offered(rows))
    for therapy in (MBSR, *OTHERS):
        assert count[therapy] >= 40
        services = [part for part in rows["service"] if part["therapy"] == [therapy]]
        for flag in ("in_person", "virtual", "individual", "group"):
            shown = sum(part.get(flag, False) for part in services)
            assert 0 < shown < len(services), (therapy, flag)
        answers = {part.get("accepting_new", "unknown") for part in services}
        assert answers == {"yes", "no", "unknown"}
        assert any("price_low" not in part for part in services)
    starts = [part["next_start"] for part in rows["service"] if "next_start" in part]
    assert len(starts) > 40 and min(starts) > str(demo.TODAY)


def offered(rows):
    return {(part["therapy"][0], part["provider"][0]) for part in rows["service"]}


def test_some_say_almost_nothing(rows):
    said = by_place(rows["providerterm"])
    few = [place for place in rows["provider"] if len(said[place["slug"]]) <= 3]
    assert len(few) >= 8
    silent = [
        part
        for part in rows["service"]
        if not part.keys() & {"in_person", "virtual", "individual", "group", "price_low"}
    ]
    assert len(silent) >= 8


def test_answers_have_gaps_as_real_ones_do(rows):
    """About a third has not said how one pays, for whom it is, and at what level of care."""
    places = len(rows["provider"])
    answers = Counter(term["term"][0] for term in rows["providerterm"])
    assert 0.25 < 1 - (answers["pay"] + answers["care"] + answers["age"]) / places / 17 < 0.45
    assert {term.get("answer", "yes") for term in rows["providerterm"]} == {"yes", "no"}


def test_checks_of_all_ages_and_some_without(rows):
    newest = {
        slug: max(check["checked_on"] for check in checks)
        for slug, checks in by_place(rows["check"]).items()
    }
    without = 1 - len(newest) / len(rows["provider"])
    assert 0.10 < without < 0.20
    ages = [(demo.TODAY - date.fromisoformat(day)).days for day in newest.values()]
    assert min(ages) >= 0
    for low, high in ((0, 90), (90, 182), (182, 365), (365, 700)):
        assert sum(low < age <= high for age in ages) >= 20


def test_organizations_and_places_without_a_door(rows):
    members = Counter(
        place["organization"][0] for place in rows["provider"] if "organization" in place
    )
    assert set(members) == {organization["slug"] for organization in rows["organization"]}
    assert set(members.values()) == {2, 3, 4, 5}
    assert sum(place.get("confidential_address", False) for place in rows["provider"]) >= 8
    services = by_place(rows["service"])
    by_video = {
        place["state"]
        for place in rows["provider"]
        if "street" not in place
        and services[place["slug"]]
        and all(s.get("virtual") and not s.get("in_person") for s in services[place["slug"]])
    }
    assert len(by_video) >= 8


def test_sentences_are_not_repeated_and_do_not_cheer(rows):
    texts = [place["summary"] for place in rows["provider"] if "summary" in place]
    assert len(set(texts)) == len(texts)
    assert not [text for text in texts if "!" in text or not text.endswith(".")]
    loud = re.compile(r"\b(best|amazing|thrive|journey|wonderful|caring|compassionate)\b", re.I)
    assert not [text for text in texts if loud.search(text)]


def test_sentence_and_facts_agree(rows):
    said = {
        (term["provider"][0], ".".join(term["term"])): term.get("answer", "yes")
        for term in rows["providerterm"]
    }
    for place in rows["provider"]:
        text, slug = place.get("summary", ""), place["slug"]
        for words, term, answer in (
            ("fees are set by income", "pay.sliding", "yes"),
            ("open late on two evenings", "access.evenings", "yes"),
            ("no evening or weekend hours", "access.evenings", "no"),
            ("taking Medicaid and no other", "pay.private", "no"),
            ("upstairs from a pharmacy", "access.step-free", "no"),
        ):
            if words in text:
                assert said[slug, term] == answer, place


@pytest.mark.django_db
def test_it_loads(rows):
    call_command("loaddata", "conditions", "terms", "therapies", verbosity=0)
    known = Therapy.objects.values_list("slug", flat=True)
    for slug in {MBSR, *OTHERS} - {*known}:
        create_therapy(slug=slug, name=slug)
    call_command("loaddata", "demo_providers", verbosity=0)
    assert Provider.objects.published().count() == len(rows["provider"])
    assert Service.objects.count() == len(rows["service"])
    # Other terms are there for what published directories say.
    for facet, slug in (name.split(".") for name in CHANCES):
        term = Term.objects.get(facet=facet, slug=slug)
        assert term.provider_terms.filter(answer="yes").exists(), term
    for place in Provider.objects.all():
        place.full_clean(exclude=["organization"])
