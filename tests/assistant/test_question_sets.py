"""The sets of the evaluation about questions and text engines count what they say they count."""

import gzip
import json

import pytest
from django.core.management import CommandError, call_command

from assistant.answers import Answer
from assistant.evaluation import questions
from assistant.extracting import Said, Source


@pytest.fixture
def data(tmp_path):
    """A folder with three answers and two questions in other words."""
    (tmp_path / "medquad").mkdir()
    (tmp_path / "assistant-eval").mkdir()
    texts = [
        {"focus": "Sleep apnea", "question": "What is sleep apnea?", "answer": "Breathing stops."},
        {"focus": "Gout", "question": "Who gets gout?", "answer": "Crystals in a joint."},
        {"focus": "Gout", "question": "What treats gout?", "answer": "Gout is treated with rest."},
    ]
    lines = "\n".join(map(json.dumps, texts))
    with gzip.open(tmp_path / "medquad" / "medquad_consumer.jsonl.gz", "wt") as file:
        file.write(lines)
    (tmp_path / "medquad" / "medquad_mental_health.jsonl").write_text(lines)
    asked = [{"query": "gout signs", "focus": "Gout"}, {"query": "gout", "focus": "Sleep apnea"}]
    variants = tmp_path / "assistant-eval" / "faq_variants.jsonl"
    variants.write_text("\n".join(map(json.dumps, asked)))
    return tmp_path


def test_engines_stand_side_by_side(data, tmp_path, capsys):
    path = tmp_path / "figures.json"
    call = ("assistant_eval", "--set", "retrieval", "--data", str(data), "--json", str(path))
    call_command(*call, "--engines", "own", "fts5")
    figures = json.loads(path.read_text())
    assert set(figures) == {"own", "fts5"}
    for found in figures.values():
        assert found["known item @3"] == [3, 3] and found["variants: subject @1"] == [1, 2]
    assert "Goal missed. variants: subject @1: 0.500" in capsys.readouterr().out


def test_a_folder_without_the_sets_is_told(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("assistant_eval", "--set", "retrieval", "--data", str(tmp_path))
    with pytest.raises(CommandError, match="Name the folder"):
        call_command("assistant_eval", "--set", "retrieval")


@pytest.mark.django_db
def test_a_sentence_that_is_not_on_its_page_is_told(pages):
    source = Source(1, "CBT", "What it is", "/therapies/cbt/", None)
    changed = Answer("answer", sentences=(Said("CBT cures all.", 1),), sources=(source,))
    assert not questions.verbatim(changed)
    assert questions.verbatim(Answer("unsure"))


def test_the_address_that_answers_is_the_page_and_its_anchor():
    row = {"therapy": "cbt", "condition": "", "sections": "faq-1|top"}
    assert questions.ok_urls(row) == {"/therapies/cbt/#faq-1", "/therapies/cbt/"}
    row = {"therapy": "", "condition": "ocd", "sections": "top"}
    assert questions.ok_urls(row) == {"/conditions/ocd/"}
