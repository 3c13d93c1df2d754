"""Our own questions, in visitors' words, on the real pages."""

import html
import re
import statistics
import time
from pathlib import Path

import pytest

from assistant.answers import answer
from assistant.passages import passages
from therapies.library import library
from trupaths.text import fold

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages")]


def rows(name):
    text = (Path(__file__).parent / name).read_text()
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [[part.strip() for part in line.split("|")] for line in lines]


QUESTIONS = rows("questions.txt")
WORRIED = rows("worried.txt")
ELSEWHERE = [
    "who won the world cup", "what is the capital of france", "how do i cook rice",
    "weather tomorrow", "is my dog sick", "best pizza near me", "how to file taxes",
    "what is bitcoin", "do i have cancer", "what dose of sertraline should i take",
    "how do you make pasta", "can you cancel that", "good morning", "that is wrong",
    "where is my phone", "who do you work for", "how much do i get paid",
]  # fmt: skip
SAID = ("answer", "condition", "warning", "help")
SILENT = ("unsure", "clinician", "refused", "talk", "crisis")  # no sentence answers


def addresses(found):
    searched = [found.places.search] if found.places else []
    return [*(source.url for source in found.sources), *(url for _, url in found.links), *searched]


def as_wished(found, kind, page=""):
    got = {**dict.fromkeys(SILENT, "refuse"), "ask-place": "places"}.get(found.kind, found.kind)
    return got == kind and any(page in url for url in [*addresses(found), page])


def test_visitors_words_find_the_section_that_answers():
    missed = []
    for question, slug, sections in QUESTIONS:
        found = answer(question)
        section = found.sources[0].section if found.sources else ""
        right = section in [name.strip() for name in sections.split(",")]
        if not (right and f"/{slug}/" in found.sources[0].url):
            missed.append(question)
    assert len(missed) <= 1, missed


def test_worried_people_get_what_helps_them():
    missed = [row[0] for row in WORRIED if not as_wished(answer(row[0]), *row[1:])]
    assert len(missed) <= 2, missed


def test_no_worried_question_gets_a_wrong_sentence():
    """Refusing too often is a nuisance; a sentence that does not answer can do harm."""
    answers = [(row, answer(row[0])) for row in WORRIED]
    wrong = [row for row, found in answers if found.kind in SAID and not as_wished(found, *row[1:])]
    assert not wrong


def test_what_is_not_on_our_pages_is_not_answered():
    found = {question: answer(question) for question in ELSEWHERE}
    assert [q for q, each in found.items() if each.sentences or each.kind == "each"] == []


def test_an_answer_takes_a_moment():
    answer("warm up")
    taken = []
    for question, *_ in WORRIED:
        before = time.process_time()  # whatever else this machine does
        answer(question)
        taken.append(time.process_time() - before)
    assert statistics.median(taken) < 0.02


def words_of(page):
    """Folded words of a page as it is read, without the numbers of references."""
    page = re.sub(r'<a class="cite"[^>]*>.*?</a>', "", page)
    return fold(html.unescape(re.sub(r"<[^>]+>", " ", page)))


def test_every_passage_stands_word_for_word_behind_its_anchor(client):
    """A link from an answer leads to the part of the page that holds it."""
    found = passages(library())
    kinds = {passage.kind for passage in found}
    assert {"before", "careful", "risks", "alternatives", "credentials_to_look_for"} <= kinds
    assert {"questions_to_ask", "typical_cost", "summary", "faq", "evidence"} <= kinds
    read = {}
    for passage in found:
        path = passage.of.get_absolute_url()
        if path not in read:
            read[path] = client.get(path).content.decode()
        page = read[path]
        if passage.anchor:
            part = page.partition(f'id="{passage.anchor}"')[2]
            assert part, passage.url
            end = "</details>" if passage.kind == "faq" else "</section>"
            page = part.partition(end)[0]
        text = words_of(page)
        # Lists are set out one below the other on the page.
        for piece in re.split(r"[:;] ", passage.text):
            assert fold(piece) in text, (passage.url, piece)
