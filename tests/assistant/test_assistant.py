"""Tru AI answers from our own pages, says where from, and helps first."""

import pytest

from tests.factories import create_therapy
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


def ask(client, q):
    return client.post("/assistant/", {"q": q}, headers={"Sec-Fetch-Site": "same-origin"})


@pytest.mark.parametrize(
    "question, said",
    [
        ("will the pain go away", "No. The pain may stay."),
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


def test_each_cited_anchor_is_on_the_page(client, mbsr):
    from assistant.passages import passages
    from therapies.library import library

    text = client.get(mbsr.get_absolute_url()).content.decode()
    for passage in passages(library()):
        anchor = passage.url.partition("#")[2]
        if passage.section in ("Questions", "At a glance"):
            assert f'id="{anchor}"' in text


@pytest.mark.parametrize("question", ["who won the cup", "what is the capital of france", "xyzzy"])
def test_what_we_do_not_know_is_said_plainly(client, mbsr, question):
    page = ask(client, question)
    assert page.context["answer"].kind == "unsure"
    assert mbsr.get_absolute_url() in page.content.decode()


def test_danger_gets_help_before_anything_else(client, mbsr):
    page = ask(client, "I want to kill myself, does MBSR help")
    text = page.content.decode()
    assert page.context["answer"] is None
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
