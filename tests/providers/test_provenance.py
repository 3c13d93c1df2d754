"""A listing says where its facts come from and when each aspect was checked."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from providers import wording
from providers.models import Check, FieldOrigin, Provider
from tests.factories import (
    create_correction,
    create_listing_source,
    create_provider,
    create_term,
    create_therapy,
    create_town,
    create_zip,
)

pytestmark = pytest.mark.django_db


def check(provider, days, *, aspect="contact", how="called"):
    day = timezone.localdate() - timedelta(days=days)
    Check.objects.create(provider=provider, aspect=aspect, checked_on=day, how=how)
    return wording.day(day)


def page_of(client, provider):
    return client.get(provider.get_absolute_url()).content.decode()


def card_of(client):
    return client.get("/providers/").content.decode()


@pytest.mark.parametrize(
    ("days", "icon", "after"),
    [
        (0, "ok", ""),
        (180, "ok", ""),
        (181, "clock", ", over 6 months ago. Ask before you go."),
        (365, "clock", ", over 6 months ago. Ask before you go."),
        (366, "alert", ", over a year ago. It may have changed: call first."),
    ],
)
def test_a_check_reads_by_its_age_on_card_and_listing(client, days, icon, after):
    place = create_provider()
    day = check(place, days)
    for text in (page_of(client, place), card_of(client)):
        before, _, _ = text.partition(f"</svg>Phone checked {day} by call{after}</span>")
        fact = before[before.rindex("<span") :]
        assert f"#i-{icon}" in fact and ('class="ok"' in fact) == (icon == "ok")


def test_a_date_of_this_year_stands_without_the_year():
    today = timezone.localdate()
    assert wording.day(today) == f"{today:%b} {today.day}"
    assert wording.day(date(2022, 8, 1)) == "Aug 1, 2022"


def test_each_aspect_has_its_own_words(client):
    place = create_provider()
    day = check(place, 1)
    check(place, 1, aspect="services", how="confirmed")
    text = page_of(client, place)
    assert f"Phone checked {day} by call" in text
    assert f"Services checked {day} by the place itself" in text
    assert text.count("Not checked yet. Ask before you go.") == 2


def test_what_nobody_checked_names_the_directory_it_is_from(client):
    place = create_provider()
    create_listing_source(provider=place)
    said = "From the SAMHSA directory, 2022. We have not checked it yet. Call before you go."
    assert said in page_of(client, place) and said in card_of(client)


def test_a_listing_without_source_or_check_says_that(client):
    place = create_provider()
    assert "Not checked yet. Ask before you go." in card_of(client)
    assert "Entered by hand, not from a directory." in page_of(client, place)


def test_every_source_stands_on_the_listing_with_its_date(client):
    place = create_provider()
    listed = create_listing_source(provider=place)
    listed.source.notice = "Data from SAMHSA, in the public domain."
    listed.source.website = "https://www.samhsa.gov/"
    listed.source.save()
    create_listing_source(
        provider=place, name="FindTreatment list", edition="2024", as_of=date(2024, 5, 1)
    )
    text = page_of(client, place)
    for fact in (
        "The SAMHSA directory, 2022", "As of Aug 1, 2022", "in the public domain",
        'href="https://www.samhsa.gov/"', "The FindTreatment list, 2024", "As of May 1, 2024",
    ):  # fmt: skip
        assert fact in text
    assert text.index("FindTreatment list") < text.index("The SAMHSA directory")


def test_a_listing_that_left_its_directory_says_so(client):
    place = create_provider()
    create_listing_source(provider=place, gone_from="2024")
    assert "No longer in the SAMHSA directory, 2024." in page_of(client, place)
    assert "No longer in the SAMHSA directory, 2024. We have not checked it." in card_of(client)
    create_listing_source(
        provider=place, name="FindTreatment list", edition="2021", as_of=date(2021, 1, 1)
    )
    assert "From the FindTreatment list, 2021." in page_of(client, place)


@pytest.mark.parametrize(
    ("name", "edition", "said"),
    [
        ("FindTreatment.gov", "2019-05-24", "FindTreatment.gov, May 24, 2019"),
        ("LB", "2025-01-01", "LB, Jan 1, 2025"),
        ("Our own list", "2024-11-03", "Our own list, Nov 3, 2024"),
        ("the County Registry", "2022", "the County Registry, 2022"),
        ("Oregon’s guide", "third printing", "Oregon’s guide, third printing"),
        ("SAMHSA directory of mental health treatment", "2022",
         "the SAMHSA directory of mental health treatment, 2022"),
    ],
)  # fmt: skip
def test_a_source_of_any_name_and_edition_reads_well(client, name, edition, said):
    place = create_provider()
    listed = create_listing_source(provider=place, name=name, edition=edition)
    assert f"From {said}. We have not checked it yet." in card_of(client)
    assert f"{said[0].upper()}{said[1:]}" in page_of(client, place)
    listed.gone_from = edition
    listed.save()
    assert f"No longer in {said}. We have not checked it." in page_of(client, place)


def test_fields_that_a_person_set_are_named(client):
    place = create_provider()
    create_term(slug="medicaid", name="Medicaid")
    create_listing_source(provider=place)
    for field, day in (
        ("phone", "2023-11-03"),
        ("pay:medicaid", "2023-11-02"),
        ("x:y", "2023-11-01"),
    ):
        FieldOrigin.objects.create(provider=place, field=field, set_on=day)
    said = "Set by a person, not by a directory: phone (Nov 3, 2023) and Medicaid (Nov 2, 2023)."
    assert said in page_of(client, place)


def test_an_example_is_from_nowhere_and_its_checks_are_examples(client):
    place = create_provider(demonstration=True)
    day = check(place, 200, how="example")
    text = page_of(client, place)
    assert "Made up as an example." in text
    assert f"Example check, {day}. Ask before you go." in text and 'class="ok"' not in text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"precision": "street"}, ""),
        ({"precision": "zip"}, "near the middle of 97214"),
        ({"precision": "town"}, "near the middle of Portland"),
        ({"precision": "none", "at": None}, ""),
        ({"precision": "zip", "at": None}, ""),
        ({"confidential_address": True, "at": None}, "address not shown, for safety"),
    ],
)
def test_a_place_without_a_point_of_its_own_says_where_it_stands(client, fields, said):
    place = create_provider(**fields)
    assert wording.whereabouts(place) == said
    text = page_of(client, place).replace("Address not", "address not")
    assert said in text and ("near the middle of" in text) == ("near" in said)


@pytest.mark.parametrize("size", [1, 15])
def test_cards_of_unchecked_places_take_one_question_more(client, size, most_queries):
    create_zip()
    mbsr = create_therapy()
    for _ in range(size):
        create_listing_source(provider=create_provider(therapies=[mbsr]))
    client.get("/providers/")
    with most_queries(4):  # the place, the rows, their checks, their sources
        client.get("/providers/?near=97214&therapy=mbsr")


@pytest.mark.parametrize("size", [1, 8])
def test_a_listing_takes_the_same_few_questions_whatever_is_known_of_it(client, size, most_queries):
    place = create_provider(therapies=[create_therapy()], checked_on=timezone.localdate())
    create_town()
    for n in range(size):
        create_listing_source(provider=place, name=f"List {n}")
        create_correction(provider=place, status="checking")
        FieldOrigin.objects.create(provider=place, field=f"f{n}", set_on=timezone.localdate())
    client.get(place.get_absolute_url())
    with most_queries(7):  # it; its services, terms, checks, sources, fields and reports
        client.get(place.get_absolute_url())


def test_previews_of_drafts_show_where_they_come_from(admin_client):
    place = create_provider(status=Provider.Status.DRAFT)
    create_listing_source(provider=place)
    text = page_of(admin_client, place)
    assert "The SAMHSA directory, 2022" in text and "/report/" not in text
