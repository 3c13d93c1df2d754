"""The call sheet: number, whom to ask for, and questions from filters and from the therapy."""

import pytest

from tests.factories import create_provider, create_term, create_therapy

pytestmark = pytest.mark.django_db

SAME_SITE = {"Sec-Fetch-Site": "same-origin"}
ROOM = "Are you taking new people, and when could I start?"
COST = "What would I pay, and does my plan pay for any of it?"


@pytest.fixture
def mbsr():
    return create_therapy(
        short_name="MBSR", slug="mbsr", questions_to_ask="Who teaches it?\n\nWhat does it cost?"
    )


def post(client, path, **data):
    return client.post(path, data, headers=SAME_SITE)


def sheet(client, place, **params):
    [found] = client.get("/saved/call-sheet/", {"c": place.slug, **params}).context["sheets"]
    return found


def test_saved_places_have_a_page_each_in_the_order_of_the_list(client, mbsr):
    places = [create_provider(therapies=[mbsr]) for _ in range(3)]
    for place in places:
        post(client, "/saved/", provider=place.slug)
    post(client, "/saved/", therapy="mbsr")
    page = client.get("/saved/call-sheet/")
    assert [each.provider for each in page.context["sheets"]] == places[::-1]
    assert page["Cache-Control"] == "private, no-store"
    assert '<meta name="robots" content="noindex">' in page.content.decode()


def test_the_number_for_a_first_visit_comes_before_the_other(client, mbsr):
    place = create_provider(phone="(503) 234-5678", intake_phone="(503) 234-9999")
    found = sheet(client, place)
    assert (found.number, found.ask_for) == ("(503) 234-9999", "first visits")
    found = sheet(client, create_provider(phone="(503) 234-5678"))
    assert found.number == "(503) 234-5678"
    assert found.ask_for == "whoever arranges first visits"


def test_without_filters_it_asks_for_room_and_the_therapys_own_list(client, mbsr):
    found = sheet(client, create_provider(therapies=[mbsr]))
    assert found.say == "I am looking for MBSR. Is this a good time for a few questions?"
    assert found.questions == [ROOM, "Who teaches it?", "What does it cost?"]


def test_filters_of_the_address_become_questions(client, mbsr):
    create_term(slug="medicaid", name="Medicaid")
    found = sheet(client, create_provider(therapies=[mbsr]), pay="medicaid", delivery="virtual")
    assert found.say.startswith("I am looking for MBSR by video.")
    assert found.questions == [
        "Do you take Medicaid for MBSR, and what would I pay in all?",
        "Do you meet by video?",
        ROOM,
        "Who teaches it?",
    ]


def test_filters_count_from_memory_only_after_a_yes(client, mbsr):
    create_term(slug="medicaid", name="Medicaid")
    place = create_provider(therapies=[mbsr])
    post(client, "/saved/", provider=place.slug)
    client.get("/providers/?pay=medicaid")
    question = "Do you take Medicaid for MBSR, and what would I pay in all?"
    assert question not in sheet(client, place).questions
    post(client, "/recommendations/choice/", act="yes", pay="medicaid")
    assert question in sheet(client, place).questions


def test_what_the_place_said_no_to_is_not_asked(client, mbsr):
    medicaid = create_term(slug="medicaid")
    place = create_provider(therapies=[mbsr], no=[medicaid])
    assert not any("Medicaid" in each for each in sheet(client, place, pay="medicaid").questions)


@pytest.mark.parametrize(
    ("phrase", "plural", "question"),
    [
        ("is open on weekends", "are open on weekends", "Are you open on weekends?"),
        ("has room for your children", "have room for your children", "Do you have room for my"),
        ("lets you pay yourself", "let you pay yourself", "Do you let me pay myself?"),
    ],
)
def test_phrases_turn_into_questions_in_the_first_person(client, mbsr, phrase, plural, question):
    term = create_term(facet="access", slug="special")
    type(term).objects.filter(pk=term.pk).update(phrase=phrase, phrase_plural=plural)
    place = create_provider(therapies=[mbsr])
    assert sheet(client, place, access="special").questions[0].startswith(question)


def test_nothing_is_asked_twice(client, mbsr):
    questions = sheet(client, create_provider(therapies=[mbsr]), accepting="accepting").questions
    assert len([each for each in questions if "new people" in each]) == 1


def test_the_therapy_a_place_was_saved_for_decides_the_questions(client, mbsr):
    cbt = create_therapy(short_name="CBT", slug="cbt", questions_to_ask="Do you use exposure?")
    place = create_provider(therapies=[mbsr, cbt])
    post(client, "/saved/", provider=place.slug, therapy="cbt")
    found = sheet(client, place)
    assert found.therapy == cbt and found.questions == [ROOM, "Do you use exposure?", COST]


def test_the_visitors_note_is_on_the_sheet_of_nobody_else(client, mbsr):
    place = create_provider(therapies=[mbsr])
    post(client, "/saved/", provider=place.slug, note="Tuesday group?")
    path = f"/saved/call-sheet/?c={place.slug}"
    assert "Tuesday group?" in client.get(path).content.decode()
    assert "Tuesday group?" not in type(client)().get(path).content.decode()


def test_an_address_kept_private_is_not_printed(client, mbsr):
    shelter = create_provider(confidential_address=True, at=None)
    text = client.get(f"/saved/call-sheet/?c={shelter.slug}").content.decode()
    assert "Portland, OR" in text and "Street" not in text


def test_the_number_of_an_example_cannot_be_dialed(client, mbsr):
    example = create_provider(demonstration=True)
    page = client.get(f"/saved/call-sheet/?c={example.slug}").content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    assert "Example, not a real place" in main and "tel:" not in main


@pytest.mark.parametrize("params", [{}, {"c": "never-was"}, {"c": ["<b>", "x" * 500]}])
def test_with_nothing_to_call_it_says_so(client, params):
    page = client.get("/saved/call-sheet/", params)
    assert page.status_code == 200
    assert b"Nothing is saved yet" in page.content or b"None of these places" in page.content


def test_many_saved_places_take_few_queries_and_twelve_pages(client, mbsr, most_queries):
    for _ in range(14):
        post(client, "/saved/", provider=create_provider(therapies=[mbsr]).slug)
    page = client.get("/saved/call-sheet/")
    assert len(page.context["sheets"]) == 12 and b"2 more are on your list" in page.content
    with most_queries(6):
        client.get("/saved/call-sheet/")
