"""The order is measured, and does not get worse unnoticed."""

import json
from dataclasses import replace

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from providers.index import index
from recommendations.evaluation import measures, running
from recommendations.evaluation.methods import Formula
from recommendations.evaluation.visitors import MODELS
from recommendations.evaluation.world import World
from recommendations.ranking import ALIKE, BEST
from tests.recommendations import made

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def directory():
    return made.snapshot()


@pytest.mark.parametrize(("model", "floor", "over_distance"), [("A", 0.25, 1.4), ("B", 0.288, 1.4)])
def test_golden_visitors_find_what_they_would_choose(
    directory, monkeypatch, model, floor, over_distance
):
    """300 visitors that never change. Whoever lowers a floor says why (docs/recommendations.md).

    Without likeness, with a pivot of 5 miles, or with likeness at full weight it is not reached.
    """
    monkeypatch.setattr(running, "EXPLAINED", 25)
    found = running.run(
        directory, model=model, n=300, seed=6, trained=300, pairs=30, tell=lambda line: None
    )
    ours = found.of("our score")
    assert ours.ndcg >= floor
    assert ours.ndcg >= over_distance * found.of("distance").ndcg
    others = [each for each in found.measured if not each.name.startswith(("our", "oracle"))]
    assert ours.ndcg > max(each.ndcg for each in others)
    assert ours.ild >= 0.75
    assert found.reasons["true"] == 1
    assert found.reasons["two"] >= 0.95


def test_similar_places_lead_to_what_else_was_saved(directory):
    """Of 150 pairs of saved places that never change. Without what they share it is not reached."""
    world = World(directory)

    def found(**less):
        alike = replace(ALIKE, **less)
        makes = MODELS["A"](world, np.random.default_rng(11))
        hits, pairs = running.similar(world, Formula(world, alike=alike), [], makes, pairs=150)
        assert pairs == 150
        return hits

    ours = found()
    assert ours >= 0.29
    assert ours > found(shares=0.0, likeness=1.0)
    assert ours > found(shares=0.0, likeness=0.0)


def test_the_score_that_is_measured_is_the_one_in_use(directory):
    """The evaluation goes through the index and the ranking, with the very weights of visitors."""
    world = World(directory)
    visitor = MODELS["A"](world, np.random.default_rng(3)).visitor()
    blind = Formula(world, weights=replace(BEST, distance=0.0, filters=0.0, likeness=0.0))
    assert Formula(world).weights is BEST
    assert Formula(world)(visitor).tolist() != blind(visitor).tolist()


def test_a_seed_gives_the_same_visitors(directory):
    world = World(directory)
    one, two = (MODELS["A"](world, np.random.default_rng(9)).visitor() for _ in range(2))
    assert (one.viewed, one.target, one.filters) == (two.viewed, two.target, two.filters)


def test_the_target_was_not_viewed_and_is_never_known(directory):
    world = World(directory)
    model = MODELS["B"](world, np.random.default_rng(4))
    for visitor in filter(None, (model.visitor() for _ in range(30))):
        assert visitor.target not in visitor.viewed
        assert not set(Formula(world)(visitor).tolist()) & set(visitor.viewed)


def test_measures_of_lists():
    assert measures.ndcg(np.array([0, 1, 9, 10, measures.NOWHERE])) == pytest.approx(
        [1, 0.6309, 0.2891, 0, 0], abs=1e-4
    )
    assert measures.gini(np.array([1, 1, 1, 1])) == 0
    assert measures.gini(np.array([0, 0, 0, 4])) == 0.75


def test_the_command_says_when_there_is_too_little():
    with pytest.raises(CommandError, match="Import a directory first"):
        call_command("reco_eval")
    with pytest.raises(CommandError, match="no model 'C'"):
        call_command("reco_eval", visitors="A,C")


def test_the_command_prints_a_table_and_writes_json(directory, monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(index, "current", lambda: directory)
    monkeypatch.setattr(running, "PAIRS", 50)
    path = tmp_path / "figures.json"
    call_command("reco_eval", visitors="A", n=20, trained=30, json=path)
    table = capsys.readouterr().out
    (outcome,) = json.loads(path.read_text())
    names = [each["name"] for each in outcome["measured"]]
    for name in ("popularity", "distance", "filters, then distance", "TF-IDF cosine", "item-kNN"):
        assert name in names
        assert name in table
    assert outcome["model"] == "A"
    ours = next(each for each in outcome["measured"] if each["name"] == "our score")
    assert ours["ndcg_low"] <= ours["ndcg"] <= ours["ndcg_high"]
    assert 0 < outcome["similar"] <= 1
