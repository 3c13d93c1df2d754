"""The question sets for Tru AI name only what is there, and hold what their README promises."""

import json
from collections import Counter
from pathlib import Path

import pytest

from assistant.evaluation import SETS, rows
from assistant.passages import passages
from providers.filters import RADII, SERVICE_FACETS, TERM_FACETS
from providers.models import Term
from providers.places import read_towns, read_zips
from providers.states import STATES
from trupaths.text import fold

HERE = Path(__file__).parent
FIXED = "dose diagnosis medication-change buying-drugs hiding-use weight-loss legal".split()
LISTS = ("terms", "_maybe", *(f"not_{facet}" for facet in (*TERM_FACETS, *SERVICE_FACETS)))
PLAIN = ("therapy", "condition", "near", "radius", "_ambiguous", *SERVICE_FACETS)
YES = ("_needs_location", "_pii")


OWN, VARIANTS, PLACES = rows("own.csv"), rows("faq_variants.csv"), rows("providers.csv")
STRANGERS = rows("strangers.csv")
SAME = json.loads((SETS / "same.json").read_text(encoding="utf-8"))
SLOTS = [(row["question"], json.loads(row["slots"])) for row in PLACES]


@pytest.fixture
def anchors(pages):
    """Slug of a therapy -> the anchors that passages of its page stand behind."""
    found = {}
    for passage in passages(pages):
        if passage.therapy:
            found.setdefault(passage.of.slug, set()).add(passage.anchor or "top")
    return found


def test_own_questions_name_pages_and_sections_that_are_there(pages, anchors):
    for row in (*OWN, *STRANGERS):
        question, slug, condition = row["question"], row["therapy"], row["condition"]
        assert not slug or slug in anchors, question
        assert not condition or condition in pages.condition_by_slug, question
        sections = row["sections"].split("|") if row["sections"] else []
        assert len(set(sections)) == len(sections), question
        if row["kind"] in ("section", "faq"):
            assert sections and (slug or condition), question
            assert (sections[0].startswith("faq-")) == (row["kind"] == "faq"), question
            assert set(sections) <= (anchors[slug] if slug else {"top"}), question
        else:
            assert row["kind"] in ("refuse", *(f"fixed:{topic}" for topic in FIXED)), question
            assert not sections, question


def test_every_question_of_our_pages_is_asked_in_two_other_ways(pages, anchors):
    asked = Counter((row["therapy"], row["faq"]) for row in VARIANTS)
    there = {(slug, a) for slug, found in anchors.items() for a in found if a.startswith("faq-")}
    assert set(asked) == there
    assert set(asked.values()) == {2}


def test_a_paraphrase_copies_no_word_of_its_question(pages):
    """Beside the names of the therapy, and short words."""
    for row in VARIANTS:
        therapy = pages.by_slug[row["therapy"]]
        named = set(fold(" ".join(therapy.names)).split())
        faq = list(therapy.faqs.all())[int(row["faq"].removeprefix("faq-")) - 1]
        copied = set(fold(faq.question).split()) & set(fold(row["question"]).split()) - named
        assert [word for word in copied if len(word) > 5] == [], row["question"]


def test_slots_of_questions_for_places_are_filters_that_are_there(pages):
    known = {facet: set(values) for facet, values in SERVICE_FACETS.items()}
    known |= {"therapy": set(pages.by_slug), "condition": set(pages.condition_by_slug)}
    for facet, slug in Term.objects.values_list("facet", "slug"):
        known.setdefault(facet, set()).add(slug)

    def there(text):
        facet, _, value = text.removeprefix("not_").partition(":")
        return value in known.get(facet, ())

    for question, slots in SLOTS:
        assert set(slots) <= {*LISTS, *PLAIN, *YES}, question
        assert all(slots[key] is True for key in YES if key in slots), question
        assert slots.get("radius", "any") in dict(RADII), question
        for key in ("therapy", "condition", *SERVICE_FACETS):
            assert key not in slots or slots[key] in known[key], question
        left_out = [f"{key}:{v}" for key in slots if key.startswith("not_") for v in slots[key]]
        for text in (*slots.get("terms", ()), *slots.get("_maybe", ()), *left_out):
            assert there(text), (question, text)
    for text in (*SAME, *(each for others in SAME.values() for each in others)):
        assert there(text), text


def test_places_of_the_questions_are_on_the_map():
    zips = {place.zip for place in read_zips()}
    towns = Counter((place.name, place.state) for place in read_towns())
    names = Counter(name for name, _ in towns)
    for question, slots in SLOTS:
        if near := slots.get("near"):
            town = tuple(near.split(", "))
            assert near in zips or near in STATES.values() or town in towns, question
        if name := slots.get("_ambiguous"):
            assert names[name] > 1 and "near" not in slots, question
        assert not ("near" in slots and "_needs_location" in slots), question


def test_no_question_is_asked_twice_nor_was_tuned_on():
    asked = [fold(row["question"]) for row in (*OWN, *STRANGERS, *VARIANTS, *PLACES)]
    assert [question for question, n in Counter(asked).items() if n > 1] == []
    tuned_on = {
        fold(line.partition("|")[0])
        for name in ("questions.txt", "worried.txt")
        for line in (HERE / name).read_text(encoding="utf-8").splitlines()
        if "|" in line and not line.startswith("#")
    }
    assert tuned_on.isdisjoint(asked)


def test_sets_are_as_large_as_promised():
    kinds = Counter(row["kind"].partition(":")[0] for row in OWN)
    assert kinds["section"] + kinds["faq"] >= 220
    assert kinds["refuse"] >= 40 and kinds["fixed"] >= 30
    assert {row["kind"] for row in OWN} >= {f"fixed:{topic}" for topic in FIXED}
    assert sum("typo" in row["note"] for row in OWN) >= 45
    assert {row["therapy"] for row in OWN if row["kind"] in ("section", "faq")} >= {
        row["therapy"] for row in VARIANTS
    }
    origins = Counter(row["origin"] for row in PLACES)
    assert set(origins) == {"template", "hand"} and min(origins.values()) >= 60


@pytest.mark.parametrize(
    "found", [OWN, STRANGERS, VARIANTS, PLACES], ids=["own", "strangers", "variants", "places"]
)
def test_half_of_each_set_may_be_looked_at(found):
    def halves(of):
        split = Counter(row["split"] for row in of)
        assert set(split) == {"dev", "test"}
        return split["dev"] - split["test"]

    assert abs(halves(found)) <= 4
    kinds = {row.get("kind") or row.get("origin") for row in found} - {None}
    for kind in kinds:
        assert abs(halves([r for r in found if kind in (r.get("kind"), r.get("origin"))])) <= 2


def test_both_wordings_of_one_question_are_on_one_side():
    sides = {}
    for row in VARIANTS:
        sides.setdefault((row["therapy"], row["faq"]), set()).add(row["split"])
    assert {len(side) for side in sides.values()} == {1}
