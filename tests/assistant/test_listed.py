"""A place called by its whole name is its listing, not a search."""

import pytest

from assistant.answers import answer
from tests.factories import create_provider, create_term, create_town

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("content")]


def ask(client, q):
    return client.post("/assistant/", {"q": q}, headers={"Sec-Fetch-Site": "same-origin"}).text


@pytest.mark.parametrize(
    "question",
    [
        "what is the phone number of Quillmere Health?",
        "is quillmere health open on Sundays",
        "Quillmere Health",
        "my sister was at Quillmere Health and hated it",
    ],
)
def test_a_place_called_by_its_name_is_shown(client, question):
    create_provider(name="Quillmere Health", phone="(503) 234-5678")
    page = ask(client, question)
    assert "This is what we list as “Quillmere Health”." in page
    assert "(503) 234-5678" in page


def test_what_its_listing_states_of_what_is_asked_is_said(client):
    yes, no = create_term(slug="medicaid"), create_term(slug="medicare")
    create_provider(name="Quillmere Health", yes=[yes], no=[no])
    page = ask(client, "does Quillmere Health take Medicaid, Medicare or Tricare? And EMDR?")
    assert "Medicaid: its listing says yes." in page
    assert "Medicare: its listing says no." in page
    assert "Military insurance: its listing does not say. Ask when you call." in page
    assert "EMDR: its listing does not say. Ask when you call." in page


def test_several_of_one_name_lead_to_all_of_them(client):
    for n in range(5):
        create_provider(name="Quillmere Health", slug=f"quillmere-{n}")
    page = ask(client, "phone number of Quillmere Health")
    assert "5 places are listed as “Quillmere Health”." in page
    assert "/providers/?q=quillmere+health" in page and "See all 5" in page


def test_a_name_of_words_that_anyone_says_is_no_name(client):
    create_provider(name="Outpatient Treatment Center")
    create_provider(name="Family Therapy")
    assert "we list as" not in ask(client, "is an outpatient treatment center right for me?")
    assert "we list as" not in ask(client, "does family therapy help with grief?")


def test_where_a_name_could_be_a_search_too_the_search_stands_beside_it(client):
    create_town(name="Yakima", state="WA", at=(46.6, -120.5), population=96000)
    create_provider(name="EMDR Yakima", city="Yakima", state="WA", at=(46.6, -120.5))
    page = ask(client, "I need EMDR Yakima")
    assert "This is what we list as “EMDR Yakima”." in page
    assert "Search for places instead" in page
    assert "Search for places instead" not in ask(client, "is EMDR Yakima any good?")


@pytest.mark.parametrize(
    "message",
    ["I want to die and Quillmere Health is closed", "i will shoot everyone at Quillmere Health"],
)
def test_beside_danger_no_place_is_shown_by_its_name(client, message):
    create_provider(name="Quillmere Health", phone="(503) 234-5678")
    page = ask(client, message)
    assert "988" in page
    assert "we list as" not in page and "234-5678" not in page


def test_what_is_asked_of_them_next_is_asked_of_the_same_place(content):
    create_provider(name="Quillmere Health", yes=[create_term(slug="medicaid")])
    first = "what is the number of Quillmere Health?"
    found = answer("and do they take Medicaid?", [first])
    assert found.places.named == "Quillmere Health"
    assert found.places.notes == ("Medicaid: its listing says yes.",)
    found = answer("are they open on Sundays?", [first, "and do they take Medicaid?"])
    assert found.places.named == "Quillmere Health"
    assert answer("do they test for drugs in MBSR?", [first]).places is None
    assert answer("are they open?", [first, "what is MBSR?"]).places is None
    assert answer("what is MBSR?", [first]).places is None


def test_who_threatened_someone_is_not_told_where_the_place_is(content):
    create_provider(name="Quillmere Health")
    for asked in ("what is their address?", "what is the address of Quillmere Health?"):
        assert answer(asked, ["i will shoot everyone at Quillmere Health"]).places is None
