"""Tru AI answers from our own pages, says where from, and helps first."""

import pytest
from django.utils.html import escape

from tests.factories import create_therapy, create_town, create_zip
from therapies.library import content_changes
from therapies.models import FAQ

pytestmark = pytest.mark.django_db


@pytest.fixture
def mbsr():
    therapy = create_therapy(
        short_name="MBSR", lead="A course in attention.", cadence="8 weeks", duration="2 hours"
    )
    with content_changes():
        for n, (question, answer) in enumerate(
            [
                ("Will MBSR take my pain away?", "No. The pain may stay.[1]"),
                ("Will my insurance pay for it?", "That depends on your plan."),
            ]
        ):
            FAQ.objects.create(therapy=therapy, question=question, answer=answer, order=n)
    return therapy


@pytest.fixture
def town():
    create_zip()
    create_town()


def ask(client, q):
    return client.post("/assistant/", {"q": q}, headers={"Sec-Fetch-Site": "same-origin"})


@pytest.mark.parametrize(
    "question, said",
    [
        ("will mbsr make the pain go away", "No. The pain may stay."),
        ("does insurance pay", "That depends on your plan."),
        ("does my insurence pay for this", "That depends on your plan."),
        ("how many weeks", "Typical cadence: 8 weeks."),
    ],
)
def test_a_question_gets_our_sentence_and_its_source(client, mbsr, question, said):
    page = ask(client, question)
    answer = page.context["answer"]
    assert answer.kind == "answer" and answer.sentences[0][0] == said
    assert answer.sources[0].url.startswith(mbsr.get_absolute_url() + "#")
    assert said in page.content.decode()


@pytest.mark.parametrize("question", ["who won the cup", "what is the capital of france", "xyzzy"])
def test_what_we_do_not_know_is_said_plainly(client, mbsr, question):
    page = ask(client, question)
    assert page.context["answer"].kind == "unsure"
    text = page.content.decode()
    assert 'href="/providers/">places' in text and 'href="/conditions/">conditions' in text
    assert "earest" not in text  # nothing is near to what we did not understand


def test_what_a_question_names_is_offered_when_we_cannot_answer(client, mbsr):
    page = ask(client, "is mbsr made of cheese")
    assert page.context["answer"].kind == "unsure"
    assert page.context["answer"].links == ((str(mbsr), mbsr.get_absolute_url()),)


@pytest.mark.parametrize(
    "question, address",
    [
        ("where can I find MBSR near 97214", "/providers/?therapy=mbsr&near=97214"),
        ("find mbsr in Portland, OR", "/providers/?therapy=mbsr&near=Portland%2C+OR"),
        ("any places in Portland, OR with mbsr", "/providers/?therapy=mbsr&near=Portland%2C+OR"),
        ("mbsr near me", "/providers/?therapy=mbsr"),
        ("nearest clinic", "/providers/"),
    ],
)
def test_who_looks_for_a_place_gets_the_search_by_distance(client, mbsr, town, question, address):
    page = ask(client, question)
    near = "near=" in address
    assert page.context["answer"].kind == ("places" if near else "ask-place")
    assert page.context["answer"].places.search.split("&radius=")[0] == address
    assert f'href="{escape(address)}' in page.content.decode()
    assert ("Where should we look?" in page.content.decode()) is not near


def test_near_me_is_where_one_last_searched_for_those_who_said_yes(client, mbsr, town):
    headers = {"Sec-Fetch-Site": "same-origin"}
    client.post("/recommendations/choice/", {"act": "yes"}, headers=headers)
    client.get("/providers/?near=97214")
    page = ask(client, "mbsr near me")
    assert "?therapy=mbsr&near=45.5%2C+-122.6" in page.context["answer"].places.search


def test_danger_gets_help_before_anything_else(client, mbsr):
    page = ask(client, "I want to kill myself, does MBSR help")
    text = page.content.decode()
    assert page.context["answer"].crisis
    assert 'href="tel:988"' in text and 'class="crisis' in text


def test_a_question_leaves_no_trace(client, mbsr, caplog):
    caplog.set_level("DEBUG")
    page = ask(client, "zzsecretword about pain")
    assert not page.cookies and page["Cache-Control"] == "private, no-store"
    assert "zzsecretword" not in caplog.text


@pytest.mark.parametrize("q", ["", " ", "a" * 20_000, "\x00", "<script>alert(1)</script>"])
def test_odd_questions_get_a_page(client, mbsr, q):
    page = ask(client, q)
    assert page.status_code == 200
    assert b"<script>alert" not in page.content
