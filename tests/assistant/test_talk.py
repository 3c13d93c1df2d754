"""The talk with Tru AI: help first whatever fails, nothing kept, limits, votes, its words."""

import re
import socket
import sqlite3
import time
from dataclasses import replace
from datetime import date

import pytest
from django import db
from django.apps import apps
from django.core import signing
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from assistant import counts, replying
from assistant.answers import Answer, Said, Source
from assistant.models import Count
from assistant.places import Places
from assistant.turns import LASTS, SALT, Talk, Turn
from tests.factories import create_provider, create_town, create_zip
from trupaths import crisis
from trupaths.models import Use

pytestmark = pytest.mark.django_db

DANGER = "I want to kill myself"
CARD = 'class="crisis" role="alert">'
SAME = {"Sec-Fetch-Site": "same-origin"}
SOURCE = Source(1, "MBSR", "Common questions", "/therapies/mbsr/#faq", date(2026, 10, 2))
ANSWER = Answer("answer", sentences=(Said("No. The pain may stay.", 1),), sources=(SOURCE,))


def send(client, q="", *, htmx=False, **fields):
    headers = SAME | ({"HX-Request": "true"} if htmx else {})
    return client.post("/assistant/", {"q": q, **fields}, headers=headers)


def talk_of(page):
    return re.search(r'id="tru-talk" value="([^"]*)"', page.content.decode())[1]


@pytest.fixture
def answers(monkeypatch):
    """Tru AI says what a test wants: an Answer, or an error."""

    def says(found):
        def answer(message, turns=(), visitor=None):
            if isinstance(found, Exception):
                raise found
            return found

        monkeypatch.setattr("assistant.replying.answer", answer)

    says(ANSWER)
    return says


def down(execute, *args):
    raise db.OperationalError("the database is gone")


def expect_help(page):
    text = page.content.decode()
    assert CARD in text and 'href="tel:911"' in text and 'href="tel:988"' in text
    assert page["Cache-Control"] == "private, no-store"


# --- help first ---------------------------------------------------------------------------------


@pytest.mark.parametrize("htmx", [True, False])
def test_a_card_comes_when_nothing_else_works(client, answers, caplog, htmx):
    answers(ValueError("zz-secret"))
    page = send(client, f"{DANGER} zz-secret", htmx=htmx)
    expect_help(page)
    assert page.status_code == 503 and "could not answer" in page.content.decode()
    assert "zz-secret" not in caplog.text and "ValueError" in caplog.text


@pytest.mark.parametrize("htmx", [True, False])
@pytest.mark.parametrize("known", [True, False], ids=["known-visitor", "unknown-visitor"])
def test_a_card_comes_without_a_database(client, htmx, known):
    if known:
        client.post("/recommendations/choice/", {"act": "yes"}, headers=SAME)
    with connection.execute_wrapper(down):
        page = send(client, DANGER, htmx=htmx)
    expect_help(page)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has no lock on all of it")
def test_a_card_does_not_wait_for_somebody_who_writes_for_long(client):
    client.get("/assistant/")  # the database is there, and what the process keeps in memory
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    started = time.monotonic()
    expect_help(send(client, DANGER, htmx=True))
    assert time.monotonic() - started < 5
    other.rollback()
    other.close()


def test_a_card_comes_over_the_limit_and_in_words_that_go_on(client, answers, monkeypatch):
    monkeypatch.setitem(replying.PER_ADDRESS, "most", 1)
    send(client, "hello")
    page = send(client, DANGER)
    expect_help(page)
    assert page.status_code == 429


def test_signs_over_several_messages_count_together(client, answers):
    first = send(client, "nobody would miss me", htmx=True)
    found = crisis.detect("goodbye everyone", ("nobody would miss me",))
    page = send(client, "goodbye everyone", htmx=True, talk=talk_of(first))
    assert bool(found) == (CARD in page.content.decode())
    assert found


def test_a_card_stays_in_a_talk_without_a_script_however_long_it_gets(client, answers):
    page = send(client, DANGER)
    for n in range(7):
        page = send(client, f"question {n}", talk=talk_of(page))
    text = page.content.decode()
    assert text.count(CARD) == 1 and "question 6" in text and "question 2" not in text


def test_no_example_stands_beside_a_card(client, answers):
    create_provider(demonstration=True, name="Quiet Water")
    card = type("Card", (), {"provider": None, "reasons": (), "url": "/x/"})
    answers(Answer("places", places=Places("/providers/", total=9, cards=(card, card))))
    first = send(client, DANGER)
    text = send(client, "a place please", talk=talk_of(first)).content.decode()
    assert "mini" not in text and "See all" not in text and "1-800-662-4357" in text


def test_who_is_safe_gets_real_places_where_they_said(client, answers):
    create_zip()
    create_town()
    create_provider(name="Real Care", city="Portland", state="OR")
    first = send(client, f"{DANGER} in Portland, OR")
    page = send(client, go="safe", talk=talk_of(first))
    text = page.content.decode()
    assert "Real Care" in text and CARD in text  # which stays
    assert page.context["turn"].q == "I am safe, keep looking for care"


def test_who_is_safe_and_named_no_place_is_asked_for_one(client, answers):
    first = send(client, DANGER, htmx=True)
    text = send(client, go="safe", htmx=True, talk=talk_of(first)).content.decode()
    assert "Where should we look?" in text


def test_who_asks_for_someone_else_gets_the_card_for_them(client, answers):
    first = send(client, DANGER, htmx=True)
    page = send(client, go="other", htmx=True, talk=talk_of(first))
    expect_help(page)
    text = page.content.decode()
    assert crisis.OTHER in text and 'href="/for-someone-else/"' in text


def test_a_minor_gets_help_for_teens_and_nothing_to_remember(client, answers):
    answers(Answer("unsure", remember=False))
    text = send(client, "I am 15, what is MBSR", htmx=True).content.decode()
    assert "988 at any age" in text and "tel:+18004224453" in text and "Save" not in text


# --- the talk -----------------------------------------------------------------------------------


def test_sources_and_next_questions_stand_beside_the_talk_on_its_own_page(client, answers):
    answers(replace(ANSWER, also=("MBSR: Does it hurt?",)))
    whole = send(client, "will my pain go").content.decode()
    beside = whole.partition('id="tru-beside"')[2].partition("</aside>")[0]
    assert "Sources for this answer" in beside and SOURCE.url in beside
    assert 'name="send" value="MBSR: Does it hurt?"' in beside
    for at, there in (("/assistant/?a=1#talk", True), ("/therapies/", False)):
        headers = SAME | {"HX-Request": "true", "HX-Current-URL": f"http://testserver{at}"}
        part = client.post("/assistant/", {"q": "will my pain go"}, headers=headers)
        assert (b'id="tru-beside" data-hx-swap-oob' in part.content) == there
    assert b"You could also ask" not in client.get("/assistant/").content


def test_without_a_script_the_page_keeps_the_talk(client, answers):
    first = send(client, "will mbsr take my pain away")
    page = send(client, "and my sleep", talk=talk_of(first))
    text = page.content.decode()
    assert text.count("No. The pain may stay.") == 2
    assert text.index("take my pain away") < text.index("and my sleep")
    assert "reviewed Oct 2, 2026" in text and "new talk" not in text


def test_only_the_last_four_messages_are_told_to_the_answer(client, monkeypatch):
    told = []
    monkeypatch.setattr(
        "assistant.replying.answer", lambda message, turns, visitor: told.append(turns) or ANSWER
    )
    page = None
    for n in range(6):
        page = send(client, f"q{n}", htmx=n % 2, talk=talk_of(page) if page else "")
    assert told[-1] == ("q1", "q2", "q3", "q4")


@pytest.mark.parametrize(
    "change", [lambda t: t[:-1] + "x", lambda t: "nonsense", lambda t: "a" * 200_000]
)
def test_a_talk_that_was_changed_is_a_new_one_with_a_sentence(client, answers, change):
    first = send(client, "one")
    page = send(client, "two", talk=change(talk_of(first)))
    text = page.content.decode()
    assert page.status_code == 200 and "This is a new talk" in text and ">one<" not in text


def test_a_talk_ends_after_thirty_minutes(client, answers, monkeypatch):
    first = send(client, "one")
    later = signing.time.time() + LASTS + 1
    monkeypatch.setattr(signing.time, "time", lambda: later)
    page = send(client, "two", talk=talk_of(first))
    assert page.status_code == 200 and "This is a new talk" in page.content.decode()


@given(st.text(max_size=300))
def test_whatever_a_page_sends_back_is_no_error(text):
    assert Talk.read(text).stale == bool(text)


@given(st.lists(st.text(min_size=1, max_size=50), max_size=9), st.booleans())
def test_a_talk_comes_back_as_it_went(messages, show):
    talk = Talk.read("")
    for message in messages:
        talk = talk.after(Turn(message, ANSWER), message=message, show=show)
    assert Talk.read(talk.signed) == talk
    assert talk.messages == tuple(messages[-4:])


def test_a_talk_of_another_release_is_a_new_one():
    assert Talk.read(signing.dumps({"tab": "x"}, salt=SALT)).stale


def test_what_is_too_long_is_said(client, answers):
    text = send(client, "a" * 501).content.decode()
    assert "longer than 500 letters" in text


# --- limits -------------------------------------------------------------------------------------


@pytest.mark.parametrize("htmx", [True, False])
def test_twenty_messages_of_a_tab_then_when_to_ask_again(client, answers, htmx):
    page = send(client, "hello", htmx=htmx)
    for _ in range(19):
        page = send(client, "hello", htmx=htmx, talk=talk_of(page))
        assert page.status_code == 200
    page = send(client, "hello", htmx=htmx, talk=talk_of(page))
    text = page.content.decode()
    assert page.status_code == 429 and 0 < int(page["Retry-After"]) <= 600
    assert "You can ask again in 10 minutes" in text and 'href="/providers/"' in text
    assert send(client, "from another tab", htmx=htmx).status_code == 200


def test_an_address_has_a_limit_of_its_own(client, answers, monkeypatch):
    monkeypatch.setitem(replying.PER_ADDRESS, "most", 3)
    found = [send(client, "hello", htmx=True).status_code for _ in range(4)]
    assert found == [200, 200, 200, 429]


def test_nobody_is_kept_out_when_nobody_can_count(client, answers):
    with connection.execute_wrapper(down):
        page = send(client, "hello", htmx=True)
    assert page.status_code == 200 and "No. The pain may stay." in page.content.decode()


# --- nothing is kept ----------------------------------------------------------------------------


def test_what_is_typed_is_in_no_row_no_log_and_no_socket(client, answers, caplog, monkeypatch):
    if connection.vendor == "sqlite":
        monkeypatch.setattr(socket.socket, "connect", lambda *args: pytest.fail("asks the network"))
    caplog.set_level("DEBUG")
    for kind in ("answer", "unsure", "refused"):
        answers(Answer(kind, sources=(SOURCE,), topic="dose"))
        page = send(client, "zzsecret about pain")
        send(client, "zzsecret", talk=talk_of(page), yes=page.context["turn"].vote)
    send(client, f"{DANGER} zzsecret", htmx=True)
    assert not page.cookies
    mine = [r for r in caplog.records if r.name != "django.db.backends"]  # SQL, if DEBUG is on
    assert "zzsecret" not in " ".join(r.getMessage() for r in mine)
    for model in apps.get_models():
        for row in model.objects.values():
            assert "zzsecret" not in str(row), model
    assert Count.objects.exists() and Use.objects.exists()


# --- counts and votes ---------------------------------------------------------------------------


def test_what_came_of_a_message_is_counted_without_it(client, answers):
    send(client, "hello")
    send(client, "hello")
    answers(Answer("refused", topic="dose", links=(("MBSR", "/therapies/mbsr/?near=x"),)))
    send(client, DANGER)
    found = {(row.outcome, row.section): row.n for row in Count.objects.all()}
    assert found == {
        ("answered", "/therapies/mbsr/#faq"): 2,
        ("refused-dose", "/therapies/mbsr/"): 1,
        ("card", ""): 1,
    }


def vote(client, htmx=False, **fields):
    headers = SAME | ({"HX-Request": "true"} if htmx else {})
    return client.post("/assistant/vote/", fields, headers=headers)


def test_a_vote_counts_for_its_section_and_the_talk_goes_on(client, answers):
    page = send(client, "hello")
    signed = page.context["turn"].vote
    thanks = vote(client, yes=signed, talk=talk_of(page))
    assert "Thank you" in thanks.content.decode()
    assert "No. The pain may stay." in thanks.content.decode() and not thanks.cookies
    assert "<html" not in vote(client, htmx=True, no=signed).content.decode()
    votes = Count.objects.filter(section=SOURCE.url).exclude(outcome="answered")
    assert {row.outcome: row.n for row in votes} == {"helpful": 1, "not-helpful": 1}
    assert counts.votes() == [(SOURCE.url, 1, 1)]


def test_only_sections_that_we_showed_can_be_voted_on(client):
    for forged in ("/therapies/mbsr/#faq", "any words", ""):
        assert vote(client, yes=forged).status_code == 200
    assert not Count.objects.exists()


# --- what each kind says ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "topic, words",
    [
        ("dose", "Poison Help"),
        ("diagnosis", "what anyone has"),
        ("medication-change", "on your own"),
        ("buying-drugs", "getting drugs"),
        ("hiding-use", "pass a test"),
        ("weight-loss", "lose weight"),
        ("legal", "legal aid"),
        ("human", "automated helper"),
    ],
)
def test_each_fixed_refusal_says_who_can_help(client, answers, topic, words):
    answers(Answer("refused", topic=topic))
    assert words in send(client, "x", htmx=True).content.decode()


@pytest.mark.parametrize(
    "found, words",
    [
        (Answer("condition", sentences=ANSWER.sentences, sources=(SOURCE,)), "The pain may stay"),
        (Answer("warning", sentences=ANSWER.sentences, sources=(SOURCE,)), "before you stop"),
        (Answer("each", links=(("CBT: sessions", "/therapies/cbt/#x"),)), "therapy to therapy"),
        (Answer("clinician"), "doctor, nurse or pharmacist"),
        (Answer("unsure", links=(("CBT", "/therapies/cbt/"),)), "come nearest"),
        (Answer("help"), "how care is paid for"),
        (Answer("talk"), "not a clinician"),
        (Answer("unsure", quiet=True), "If this is hard for you now"),
        (
            Answer("places", places=Places("/providers/", relaxed=("Medicaid",), total=2)),
            "Without “Medicaid”",
        ),
        (Answer("places", places=Places("/providers/?x=1", said=("DBT",))), "found no place"),
        (
            Answer(
                "ask-place",
                places=Places(
                    "/providers/", choices=(("Salem, OR", "DBT in Salem, OR"),), asks=True
                ),
            ),
            'value="DBT in Salem, OR"',
        ),
    ],
)
def test_each_kind_of_answer_has_its_words(client, answers, found, words):
    answers(found)
    page = send(client, "x", htmx=True)
    assert page.status_code == 200 and words in page.content.decode()
    assert "<html" not in page.content.decode()
    assert words in send(client, "x").content.decode()


def test_a_choice_is_sent_as_a_message(client, answers):
    page = send(client, "half typed", send="DBT in Salem, OR", htmx=True)
    assert page.context["turn"].q == "DBT in Salem, OR"
