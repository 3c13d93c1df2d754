"""What a word of the filters means is said in the words that stand beside the filter."""

import pytest

from assistant.answers import answer
from providers.models import Term

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages")]


def headings(question):
    return [said.heading for said in answer(question).sentences]


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("what is a sliding scale?", ["Sliding fee"]),
        ("What does IOP mean", ["Intensive outpatient"]),
        ("difference between inpatient and outpatient", ["Inpatient hospital", "Outpatient"]),
        ("residential vs inpatient", ["Residential", "Inpatient hospital"]),
        ("what is detox", ["Withdrawal care (detox)"]),
        ("how does medicare work", ["Medicare"]),
    ],
)
def test_a_word_is_explained_under_its_name(client, question, names):
    found = answer(question)
    assert headings(question) == names
    page = client.get(found.sources[0].url).content.decode()
    for source, said in zip(found.sources, found.sentences, strict=True):
        assert f'id="{source.url.partition("#")[2]}"' in page
        assert Term.objects.get(meaning=said.text).name == said.heading


@pytest.mark.parametrize(
    "question",
    [
        "what does medicaid cover",
        "what is outpatient like in Portland, OR",
        "what is the best residential rehab",
        "what is cbt",
        "what is depression",
        "medicaid",
    ],
)
def test_who_asks_for_more_than_a_meaning_is_not_told_one(question):
    sources = [source.url for source in answer(question).sources]
    assert not any("/filters/" in url for url in sources)
