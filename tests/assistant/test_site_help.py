"""Questions about this site get sentences of its pages of words, word for word."""

import pytest

from assistant import site_help
from assistant.answers import answer
from tests.assistant.test_questions import words_of
from tests.factories import create_provider
from trupaths.text import fold

pytestmark = pytest.mark.django_db

ASKED = [
    ("is my chat private", "/privacy/#reading"),
    ("do you tell anyone", "/privacy/#reading"),
    ("do i need an account", "/privacy/#reading"),
    ("how do i save a place", "/about/#does"),
    ("where is my saved list", "/about/#does"),
    ("how long do you keep saved places", "/privacy/#kept"),
    ("what data do you keep about me", "/privacy/#kept"),
    ("do you use cookies", "/privacy/#cookie"),
    ("delete my data", "/privacy/#yours"),
    ("do you sell my data", "/privacy/#others"),
    ("how do you check listings", "/how-we-check/#aspects"),
    ("do you rate the clinics", "/how-we-check/#not-yet"),
    ("who writes these pages", "/how-we-check/#pages"),
    ("how do you rank places", "/how-we-suggest/#parts"),
    ("who pays for this site", "/about/#money"),
    ("can you be wrong", "/about/#tru"),
    ("how do i talk to my brother about his drinking", "/for-someone-else/#talk"),
    ("can i force my son into rehab", "/for-someone-else/#adult"),
    ("do you have this in spanish? spanish page", "/ayuda/#buscar"),
    ("can you call them for me", "/about/#not"),
    ("make me an appointment", "/about/#not"),
    ("where can i get narcan", "/for-someone-else/#naloxone"),
    ("do I have to pay for 988", "/for-someone-else/#lifeline"),
    ("will 988 call the police", "/for-someone-else/#lifeline"),
    ("what happens when I call 988?", "/for-someone-else/#lifeline"),
    ("do you speak Spanish?", "/ayuda/#buscar"),
    ("how do I complain about a clinic?", "/how-we-check/#not-yet"),
    ("my therapist made a pass at me", "/how-we-check/#not-yet"),
    ("how do I delete what I saved?", "/privacy/#yours"),
    ("what therapies do you have?", "/about/#does"),
    ("how do i use naloxone", "/for-someone-else/#naloxone"),
]


@pytest.fixture(autouse=True)
def fresh():
    site_help.passages.cache_clear()


@pytest.mark.parametrize(("question", "url"), ASKED)
def test_a_question_about_the_site_leads_to_what_its_pages_say(question, url):
    found = answer(question)
    assert found.kind == "help" and found.sources[0].url == url
    assert found.sentences and all(said.text for said in found.sentences)


def test_every_sentence_stands_behind_its_anchor(client):
    read = {}
    for passage in site_help.passages():
        path = passage.of.get_absolute_url()
        if path not in read:
            read[path] = client.get(path).content.decode()
        part = read[path].partition(f'id="{passage.anchor}"')[2]
        assert part, passage.url
        said = fold(passage.text.partition(": ")[2] or passage.text)
        assert said in words_of(part.partition("<h2")[0]), passage
    assert {page.name for page in site_help.PAGES.values()} == {
        passage.of.name for passage in site_help.passages()
    }


def test_every_section_that_is_asked_for_is_there():
    known = [*site_help.passages(), *site_help.passages(examples=True)]
    there = {(passage.of.name, passage.anchor) for passage in known}
    assert [each[:2] for each in site_help.ASKED if each[:2] not in there] == []


def test_whether_places_are_real_is_said_as_it_is(client):
    assert answer("are these places real?").sources[0].url == "/how-we-check/#aspects"
    create_provider(demonstration=True)
    found = answer("are these places real?")
    assert found.sources[0].url == "/how-we-check/#examples"
    assert "shows invented places until real listings are loaded" in found.sentences[0].text
    page = client.get("/how-we-check/").text
    assert found.sentences[0].text.partition(".")[0] in page
