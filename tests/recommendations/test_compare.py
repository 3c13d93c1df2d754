"""Two to four places side by side, for anyone who has the address."""

from datetime import timedelta

import pytest
from django.utils import timezone

from providers.models import OldSlug
from tests.factories import (
    create_provider,
    create_service,
    create_term,
    create_therapy,
    create_town,
    create_zip,
)

pytestmark = pytest.mark.django_db

SAME_SITE = {"Sec-Fetch-Site": "same-origin"}
ASK = "Not stated: ask"


def compared(client, *places, **more):
    slugs = [getattr(place, "slug", place) for place in places]
    return client.get("/saved/", {"c": slugs, **more})


def names(page):
    return [provider.name for provider in page.context["comparison"].providers]


def told(page, title):
    """Under which heading a fact stands, and what each place says of it."""
    for heading, rows in page.context["comparison"].parts:
        for row in rows:
            if row.title == title:
                words = [
                    " / ".join(cell.lines) if cell.lines else cell.silence for cell in row.cells
                ]
                return heading, words
    return None


def test_places_stand_in_the_order_of_the_address_without_a_save(client):
    a, b = create_provider(name="Alder House"), create_provider(name="Birch House")
    page = compared(client, b, a)
    assert names(page) == ["Birch House", "Alder House"]
    assert page["Cache-Control"] == "private, no-store"
    assert not page.cookies
    assert '<meta name="robots" content="noindex">' in page.content.decode()


def test_without_places_it_is_the_saved_list(client):
    for path in ("/saved/", "/saved/?near=97214"):
        page = client.get(path)
        assert "comparison" not in page.context
        assert b"Nothing saved yet" in page.content


def test_compare_pressed_with_nothing_ticked_says_what_to_tick(client):
    create_provider(therapies=[create_therapy()])
    assert '<input type="hidden" name="c" value="">' in client.get("/providers/").content.decode()
    page = client.get("/saved/?c=")
    assert page.status_code == 200
    assert b"<strong>No place is ticked.</strong> Tick two to four in Find care" in page.content
    assert b"is listed here" not in page.content


def test_three_answers_are_kept_apart(client):
    medicaid, medicare = create_term(slug="medicaid"), create_term(slug="medicare")
    cash, stays = create_term(slug="cash"), create_term(facet="care", slug="residential")
    a = create_provider(yes=[medicaid, medicare, cash])
    b = create_provider(yes=[cash], no=[medicaid])
    page = compared(client, a, b)
    assert told(page, "Medicaid") == ("Where they differ", ["Yes", "Says no"])
    assert told(page, "Medicare") == ("Where some have not said", ["Yes", ASK])
    assert told(page, "Cash") == ("What they share", ["Yes", "Yes"])
    assert told(page, stays.name) is None
    assert ("Level of care", [stays.name]) in page.context["comparison"].unsaid
    assert b"Not stated is not no." in page.content


def test_what_differs_stands_first(client):
    a, b = create_provider(kind="Clinic"), create_provider(kind="Day program")
    headings = [heading for heading, _ in compared(client, a, b).context["comparison"].parts]
    assert headings == ["Where they differ", "What they share"]


def test_a_note_on_an_answer_is_shown_and_can_differ(client):
    medicaid = create_term(slug="medicaid")
    a, b = create_provider(yes=[medicaid]), create_provider(yes=[medicaid])
    a.provider_terms.update(note="Oregon Health Plan only")
    page = compared(client, a, b)
    assert told(page, "Medicaid") == ("Where they differ", ["Yes / Oregon Health Plan only", "Yes"])


def test_services_prices_and_openings_are_told_by_therapy(client):
    mbsr, cbt = create_therapy(short_name="MBSR"), create_therapy(short_name="CBT")
    a, b = create_provider(), create_provider()
    create_service(provider=a, therapy=mbsr, sessions="8 weeks", group=True, price_low=420,
                   price_high=420, price_unit="for the course", accepting_new="yes")  # fmt: skip
    create_service(provider=a, therapy=cbt, accepting_new="no")
    create_service(provider=b, therapy=mbsr)
    page = compared(client, a, b)
    assert told(page, "MBSR")[1] == ["In a group\N{NO-BREAK SPACE}· 8 weeks", "Offers it"]
    assert told(page, "CBT") == ("Where some have not said", ["Offers it", ASK])
    price = ["MBSR: $420 for the course / CBT: not stated", ASK]
    assert told(page, "Price") == ("Where some have not said", price)
    taking = "MBSR: Taking new people / CBT: Not taking new people"
    assert told(page, "Availability")[1] == [taking, ASK]


def test_two_services_of_one_therapy_are_told_apart(client):
    mbsr = create_therapy(short_name="MBSR")
    a, b = create_provider(), create_provider(therapies=[mbsr])
    create_service(provider=a, therapy=mbsr, group=True, accepting_new="no")
    create_service(provider=a, therapy=mbsr, individual=True, accepting_new="yes")
    taking = "MBSR (in a group): Not taking new people / MBSR (one to one): Taking new people"
    assert told(compared(client, a, b), "Availability")[1] == [taking, ASK]


def test_a_therapy_that_is_no_longer_published_is_left_out(client):
    draft = create_therapy(short_name="Draft", status="draft")
    a, b = create_provider(therapies=[draft]), create_provider(therapies=[draft])
    assert told(compared(client, a, b), "Draft") is None


def test_distance_is_told_from_the_place_of_the_address_and_not_passed_on(client):
    create_zip()
    a, b = create_provider(), create_provider(at=(45.8, -122.637))
    lost = create_provider(at=None, city="Nowhere")
    page = compared(client, a, b, lost, near="97214")
    assert told(page, "Distance from 97214")[1] == [
        "Less than a mile",
        "About 20 miles",
        "Not known",
    ]
    assert "97214" not in page.context["comparison"].url
    assert told(compared(client, a, b), "Distance from 97214") is None


def test_a_private_address_is_measured_from_its_town(client):
    create_zip()
    create_town(at=(45.6, -122.637))
    a = create_provider(at=None, confidential_address=True)
    page = compared(client, a, create_provider(), near="97214")
    assert told(page, "Distance from 97214")[1][0].startswith("Town center about ")


def test_checks_carry_their_dates(client):
    today = timezone.localdate()
    old = today - timedelta(days=400)
    a, b, c = create_provider(checked_on=today), create_provider(checked_on=old), create_provider()
    checked = told(compared(client, a, b, c), "Checked")[1]
    assert checked[0] == f"Contact: {today:%b} {today.day}, {today.year}, called"
    assert checked[1].endswith("Ask before you go.") and str(old.year) in checked[1]
    assert checked[2] == "Not checked yet. Ask before you go."


def test_examples_are_marked_as_such_and_cannot_be_dialed(client):
    a, b = create_provider(demonstration=True), create_provider(demonstration=True)
    html = compared(client, a, b).content.decode()
    table = html[html.index("<table") : html.index("</table>")]
    assert table.count("Example, not a real place") == 2
    assert "tel:" not in table and "(503) 555-0142" in table


def test_of_five_the_first_four_are_shown(client):
    places = [create_provider() for _ in range(5)]
    page = compared(client, *places)
    assert names(page) == [place.name for place in places[:4]]
    assert b"Four at most: these are the first four." in page.content


def test_the_same_place_twice_is_one(client):
    a = create_provider()
    page = compared(client, a, a)
    assert names(page) == [a.name]
    assert b"tick one to three more" in page.content
    assert b"<table" not in page.content


def test_what_is_not_listed_is_said_and_the_others_are_shown(client):
    a, b = create_provider(), create_provider()
    gone = create_provider(name="Gone House", status="withdrawn")
    page = compared(client, a, gone, b, "never-was")
    assert names(page) == [a.name, b.name]
    assert b"2 of the places in this address are not listed here." in page.content
    assert b"Gone House" not in page.content
    assert b"Four at most" not in page.content


def test_when_none_is_listed_it_says_what_to_do(client):
    page = compared(client, "never-was", "nor-this")
    assert page.status_code == 200
    assert b"None of these places is listed here." in page.content
    assert b"Find more places" in page.content


def test_an_old_address_of_a_place_still_finds_it(client):
    a, b = create_provider(), create_provider()
    OldSlug.objects.create(slug="as-it-was", provider=a)
    page = compared(client, "as-it-was", b)
    assert names(page) == [a.name, b.name]
    assert f"c={a.slug}" in page.context["comparison"].url


def test_each_place_can_be_left_out(client):
    a, b, c = (create_provider() for _ in range(3))
    first = compared(client, a, b, c, near="97214").context["comparison"].sides[0]
    page = client.get(first.without_url)
    assert names(page) == [b.name, c.name]
    assert "near=97214" in first.without_url


def test_a_save_comes_back_to_the_comparison(client):
    a, b = create_provider(name="Alder House"), create_provider()
    page = compared(client, a, b)
    back = page.context["comparison"].sides[0].card.next
    response = client.post("/saved/", {"provider": a.slug, "next": back}, headers=SAME_SITE)
    assert response["Location"] == back
    page = client.get(back)
    assert [side.card.saved for side in page.context["comparison"].sides] == [True, False]


def test_a_note_is_shown_to_its_visitor_alone(client):
    a, b, c = create_provider(), create_provider(), create_provider(name="Cedar House")
    for place in (a, c):
        data = {"provider": place.slug, "note": "Ask about Tuesdays"}
        client.post("/saved/", data, headers=SAME_SITE)
    page = compared(client, a, b)
    assert b"Ask about Tuesdays" in page.content
    assert [place.name for place in page.context["others"]] == ["Cedar House"]
    page = compared(type(client)(), a, b)
    assert b"Ask about Tuesdays" not in page.content and b"Cedar House" not in page.content


def test_saved_places_have_a_box_and_a_button_to_compare(client):
    a, b = create_provider(), create_provider()
    client.post("/saved/", {"provider": a.slug}, headers=SAME_SITE)
    assert b'id="cmpf"' not in client.get("/saved/").content
    client.post("/saved/", {"provider": b.slug}, headers=SAME_SITE)
    html = client.get("/saved/").content.decode()
    assert 'id="cmpf" action="/saved/" method="get"' in html
    for place in (a, b):
        assert f'<input type="checkbox" name="c" value="{place.slug}" form="cmpf">' in html


def test_results_have_a_box_for_each_place_and_one_button(client):
    create_zip()
    places = [create_provider() for _ in range(3)]
    therapy = create_therapy()
    for place in places:
        create_service(provider=place, therapy=therapy)
    html = client.get("/providers/?near=97214").content.decode()
    assert html.count('id="cmpf"') == 1
    for place in places:
        assert f'<input type="checkbox" name="c" value="{place.slug}" form="cmpf">' in html


@pytest.mark.parametrize("slug", ["x" * 3000, "<script>", "a b", "é", "' OR 1=1"])
def test_nonsense_in_the_address_is_no_error(client, slug):
    page = compared(client, slug, create_provider(), near="<b>")
    assert page.status_code == 200
    assert b"<script>x" not in page.content and b"<b>" not in page.content


@pytest.mark.parametrize("count", [2, 4])
def test_it_takes_the_same_few_queries_for_two_and_for_four(client, most_queries, count):
    create_zip()
    therapy, term = create_therapy(), create_term()
    today = timezone.localdate()
    places = [
        create_provider(therapies=[therapy], yes=[term], checked_on=today) for _ in range(count)
    ]
    compared(client, *places, near="97214")
    with most_queries(5):  # the ZIP code; the places, their services, terms and checks
        compared(client, *places, near="97214")


def test_what_differs_is_tinted_the_odd_one_alone_where_most_agree(client):
    a, b, c = (create_provider(kind=kind) for kind in ("Clinic", "Clinic", "Day program"))

    def odd(*places):
        page = compared(client, *places)
        rows = [row for _, rows in page.context["comparison"].parts for row in rows]
        [kind] = [row for row in rows if row.title == "What it is"]
        assert page.content.count(b'class=" odd"') == sum(cell.odd for cell in kind.cells)
        return [cell.odd for cell in kind.cells]

    assert odd(a, b, c) == [False, False, True]
    assert odd(a, c) == [True, True]
    assert odd(a, b) == [False, False]


def test_silence_is_never_tinted(client):
    medicaid = create_term(slug="medicaid")
    a, b = create_provider(yes=[medicaid]), create_provider(no=[medicaid])
    page = compared(client, a, b, create_provider())
    [row] = [
        r for _, rows in page.context["comparison"].parts for r in rows if r.title == "Medicaid"
    ]
    assert [cell.odd for cell in row.cells] == [True, True, False]
