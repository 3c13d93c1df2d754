"""Our own questions, in visitors' words, on the real pages."""

import html
import re
from pathlib import Path

import pytest
from django.core.management import call_command

from assistant.answers import answer
from assistant.passages import passages
from therapies.library import library

pytestmark = pytest.mark.django_db

QUESTIONS = [
    [part.strip() for part in line.split("|")]
    for line in (Path(__file__).parent / "questions.txt").read_text().splitlines()
    if line and not line.startswith("#")
]
ELSEWHERE = [
    "who won the world cup", "what is the capital of france", "how do i cook rice",
    "weather tomorrow", "is my dog sick", "best pizza near me", "how to file taxes",
    "what is bitcoin", "do i have cancer", "what dose of sertraline should i take",
]  # fmt: skip


@pytest.fixture(autouse=True)
def pages():
    call_command("loaddata", "conditions", "therapies", verbosity=0)


def test_visitors_words_find_the_section_that_answers():
    missed = []
    for question, slug, sections in QUESTIONS:
        found = answer(question)
        section = found.sources[0].section if found.sources else ""
        right = section in [name.strip() for name in sections.split(",")]
        if not (right and f"/{slug}/" in found.sources[0].url):
            missed.append(question)
    assert len(missed) <= len(QUESTIONS) * 0.05, missed


@pytest.mark.parametrize("question", ELSEWHERE)
def test_what_is_not_on_our_pages_is_not_answered(question):
    assert answer(question).kind == "unsure"


def test_every_passage_stands_word_for_word_behind_its_anchor(client):
    """A link from an answer leads to the paragraph that holds it."""
    for therapy in library().therapies:
        page = client.get(therapy.get_absolute_url()).content.decode()
        for passage in passages(library()):
            if passage.therapy is not therapy:
                continue
            anchor = passage.url.partition("#")[2]
            assert f'id="{anchor}"' in page, passage.url
    # Sentences of FAQs and evidence are printed as they are.
    text = html.unescape(re.sub(r"<[^>]+>", "", page))
    for passage in passages(library()):
        if passage.therapy is therapy and passage.faq:
            sentence = re.sub(r"\[\d+\]", "", passage.text).split(". ")[0]
            assert sentence in re.sub(r"(?<=[.?!])\d+", "", text), sentence
