"""What places say of a therapy, added up on its page, beside what is usual."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from providers.local import weeks
from tests.factories import (
    PORTLAND,
    create_condition,
    create_evidence,
    create_provider,
    create_service,
    create_therapy,
    create_zip,
)
from therapies.library import content_changes

pytestmark = pytest.mark.django_db

NEAR = "?near=97214"
FAR = (29.7, -95.3)


def offer(therapy, *, at=PORTLAND, demonstration=False, **said):
    provider = create_provider(at=at, demonstration=demonstration)
    create_service(provider=provider, therapy=therapy, **said)
    return provider


def local(client, therapy, query=NEAR):
    page = client.get(therapy.get_absolute_url() + query)
    return page.context["places"].local, " ".join(page.content.decode().split())


@pytest.fixture
def mbsr():
    create_zip()
    return create_therapy(weeks_from=8, weeks_to=8)


def test_what_is_usual_stands_beside_what_places_near_say(client, mbsr):
    offer(mbsr, sessions="6 weeks, 2 hours a week", price_low=0, price_unit="a session")
    offer(
        mbsr, sessions="10 weeks", virtual=True, price_low=40, price_high=90, price_unit="a session"
    )
    offer(mbsr, sessions="30 weeks", at=FAR, price_low=900, virtual=True)
    found, text = local(client, mbsr)
    assert found.sentence == "Usually 8 weeks; here 6 to 10 weeks. $0 to $90 a session."
    assert found.stated == "Here a length is stated twice and a price is stated twice."
    assert (found.places, found.online) == (2, 1)
    assert found.sentence in text
    assert "Near 97214</dt>" in text and '<a href="#places">2 places</a>, 1 by video.' in text


def test_readers_share_the_text_of_a_page_and_not_the_place(client, mbsr):
    offer(mbsr)
    near, anywhere = local(client, mbsr)[1], local(client, mbsr, "")[1]
    assert "Near 97214</dt>" in near and "In the whole country" not in near
    assert "In the whole country</dt>" in anywhere and "97214" not in anywhere
    with content_changes():
        mbsr.duration = "Eight weeks"
        mbsr.save()
    assert "Eight weeks</dd>" in local(client, mbsr)[1]


def test_without_a_place_the_figures_are_those_of_the_country(client, mbsr):
    offer(mbsr, sessions="6 weeks", at=FAR)
    offer(mbsr, sessions="12 weeks")
    found, text = local(client, mbsr, "")
    assert found.sentence == "Usually 8 weeks; here 6 to 12 weeks."
    assert "In the whole country</dt>" in text


def test_the_country_is_added_up_again_when_a_listing_changes(client, mbsr):
    offer(mbsr, sessions="6 weeks")
    assert local(client, mbsr, "")[0].weeks == (6, 6)
    offer(mbsr, sessions="9 weeks")
    assert local(client, mbsr, "")[0].weeks == (6, 9)


def test_only_what_is_stated_is_told(client, mbsr):
    offer(mbsr, sessions="2 hours a week")
    found, _ = local(client, mbsr)
    assert found.weeks is None and found.prices == ()
    assert found.sentence == "Usually 8 weeks."
    assert found.stated == "No length or price is stated here."


def test_a_therapy_without_a_usual_length_tells_the_local_one(client):
    create_zip()
    therapy = create_therapy()
    offer(therapy, sessions="12 weeks")
    assert local(client, therapy)[0].sentence == "Here 12 weeks."


def test_prices_are_told_by_unit_and_free_is_free(client, mbsr):
    offer(mbsr, price_low=200, price_high=420, price_unit="for the course")
    offer(mbsr, price_low=50, price_unit="a session")
    offer(mbsr, price_low=80, price_unit="a session")
    assert local(client, mbsr)[0].sentence.endswith(
        "$50 to $80 a session, $200 to $420 for the course."
    )
    free = create_therapy(short_name="Peer support")
    offer(free, price_low=0)
    assert local(client, free)[0].sentence == "Free."


def test_with_none_listed_it_says_so_and_names_related_ones_that_are(client, mbsr):
    pain = create_condition()
    cbt, act = create_therapy(short_name="CBT"), create_therapy(short_name="ACT")
    for each in (mbsr, cbt, act):
        create_evidence(therapy=each, condition=pain)
    offer(mbsr, at=FAR)
    offer(act, at=FAR)
    offer(cbt)
    found, text = local(client, mbsr)
    assert found.places == 0 and found.sentence == "Usually 8 weeks."
    assert "None listed here yet." in text and "by video." not in text.split("<dt>")[-1]
    assert [(e.therapy.slug, e.places, e.url) for e in instead(client, mbsr)] == [
        ("cbt", 1, "/providers/?therapy=cbt&near=97214")
    ]
    assert '<a href="/providers/?therapy=cbt&amp;near=97214">CBT</a> (1 place)' in text


def instead(client, therapy):
    return client.get(therapy.get_absolute_url() + NEAR).context["places"].instead


def test_with_nothing_listed_anywhere_nothing_is_guessed(client, mbsr):
    found, text = local(client, mbsr, "")
    assert "None listed here yet." in text and "Related therapies that are" not in text
    assert "is stated twice" not in text and "Usually 8 weeks" not in text
    assert found.places == 0


def test_drafts_and_withdrawn_places_do_not_count(client, mbsr):
    offer(mbsr, sessions="6 weeks")
    hidden = create_provider(status="withdrawn")
    create_service(provider=hidden, therapy=mbsr, sessions="40 weeks", price_low=1)
    for query in (NEAR, ""):
        found, _ = local(client, mbsr, query)
        assert found.weeks == (6, 6) and found.prices == (), query


def test_figures_of_examples_say_so(client, mbsr):
    offer(mbsr, sessions="6 weeks", demonstration=True)
    for query in (NEAR, ""):
        assert "Example places, not real" in local(client, mbsr, query)[1], query


def test_figures_of_real_places_carry_no_mark(client, mbsr):
    offer(mbsr, sessions="6 weeks")
    assert "Example places, not real" not in local(client, mbsr)[1]


def test_beyond_a_thousand_the_nearest_are_added_up(client, mbsr, monkeypatch):
    monkeypatch.setattr("providers.local.MOST", 2)
    offer(mbsr, sessions="6 weeks")
    offer(mbsr, sessions="7 weeks")
    offer(mbsr, sessions="20 weeks", at=(PORTLAND[0] + 0.2, PORTLAND[1]))
    found, text = local(client, mbsr)
    assert (found.places, found.weeks) == (3, (6, 7))
    assert "Added up for 2 of them, the nearest." in text
    found, text = local(client, mbsr, "")
    assert found.places == 3 and "Added up for 2 of them, those checked last." in text


@pytest.mark.parametrize("size", [1, 12])
def test_one_query_adds_them_up(client, mbsr, size, most_queries):
    for n in range(size):
        offer(mbsr, sessions=f"{n + 5} weeks", price_low=n, price_unit=f"unit {n}")
    path = mbsr.get_absolute_url()
    client.get(path)
    client.get(path + NEAR)
    with most_queries(0):  # the country is known by now
        client.get(path)
    with most_queries(4):  # the place; what they say; three rows, their checks
        client.get(path + NEAR)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("8 weeks, 2½ hours a week", (8, 8)),
        ("8 weeks", (8, 8)),
        ("6 to 10 weeks", (6, 10)),
        ("6-10 weeks; begin at any time", (6, 10)),
        ("6–10 weeks", (6, 10)),
        ("12-week course", (12, 12)),
        ("1 week", (1, 1)),
        ("10 to 6 weeks", None),
        ("0 weeks", None),
        ("8 weeks or more", None),
        ("8 weekends", None),
        ("2½ hours a week for six months", None),
        ("12 to 16 sessions of 50 minutes", None),
        ("Twice a week, part of the program", None),
        ("", None),
    ],
)
def test_weeks_are_read_only_where_they_are_plain(text, found):
    assert weeks(text) == found


@given(st.text(max_size=60))
def test_any_text_is_read_or_left(text):
    found = weeks(text)
    assert found is None or 0 < found[0] <= found[1] < 1000
