"""The outcome of a run as a table to read and as JSON to keep."""

import math
from dataclasses import asdict

COLUMNS = f"{'':30}{'NDCG@10':>8}{'95%':>15}{'HR@10':>8}{'95%':>15}{'MRR':>7}"
COLUMNS += f"{'coverage':>10}{'Gini':>6}{'ILD':>6}{'rural':>7}"


def table(outcome):
    why = outcome.reasons
    lines = [
        f"{outcome.visitors:,} visitors of model {outcome.model}, {outcome.places:,} places; "
        f"targets are {_listed(outcome.miles)} miles away (quartiles)",
        COLUMNS,
        *map(_line, outcome.measured),
        "",
        *_slices(outcome),
        "",
        f"Similar places: HR@10 {outcome.similar:.3f} over {outcome.pairs:,} pairs of saved places",
        f"Reasons: {why['two']:.1%} of {why['cards']:,} cards have two where two signals were "
        f"given; for {why['true']:.1%} of {why['checked']:,} the score falls without their signal",
        "",
    ]
    return "\n".join(lines)


def _line(each):
    return (
        f"{each.name:30}{each.ndcg:8.3f}{_between(each.ndcg_low, each.ndcg_high):>15}"
        f"{each.hit:8.3f}{_between(each.hit_low, each.hit_high):>15}{each.mrr:7.3f}"
        f"{each.coverage:10.3f}{each.gini:6.2f}{each.ild:6.2f}{each.rural:7.2f}"
    )


def _slices(outcome):
    """NDCG@10 of some of the visitors alone."""
    names = list(outcome.measured[0].slices)
    yield f"{'NDCG@10 of':30}" + "".join(f"{name:>16}" for name in names)
    for each in outcome.measured:
        yield f"{each.name:30}" + "".join(f"{each.slices[name]:16.3f}" for name in names)


def _between(low, high):
    return f"{low:.3f}-{high:.3f}"


def _listed(numbers):
    return ", ".join(f"{number:g}" for number in numbers)


def as_json(outcome):
    """All figures, as JSON has them: what is no number is null."""
    return _plain(asdict(outcome))


def _plain(value):
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if hasattr(value, "item"):
        value = value.item()
    return None if isinstance(value, float) and not math.isfinite(value) else value
