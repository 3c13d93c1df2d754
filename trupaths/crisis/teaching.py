"""Learns weights.txt from messages: python -m trupaths.crisis.teaching --data FOLDER.

The messages are those of tests/trupaths/crisis_cases.txt and crisis_taught.txt; ordinary are also
the question sets of Tru AI and the sentences of our pages. FOLDER holds clinc_oos (CLINC150, CC BY
3.0): it teaches what is ordinary of words that ours hold too, and brings no word of its own into
the table. crisis_dev.jsonl is never read: it stays for the evaluation.
"""

import argparse
import csv
import json
import re
from collections import Counter
from pathlib import Path

import numpy as np

from . import CATEGORIES, FAMILIES, _families, _first, _strike
from .folding import fold
from .weighing import CARDS, PART, STEP, features

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
CASES = [ROOT / "tests/trupaths" / name for name in ("crisis_cases.txt", "crisis_taught.txt")]
SETS = ROOT / "assistant/evaluation/sets"
OF_CATEGORY = {  # the card where no wording tells it
    "overdose_medical": "911",
    "withdrawal_emergency": "911",
    "harm_others": "911",
    "violence_abuse": "violence",
}
ORDINARY = {"ordinary", "mention"}
# Of each kind: how much it teaches, and how much it counts towards FEWEST. What CLINC alone holds
# never comes into the table.
WEIGHT = {"danger": 1.0, "ordinary": 2.0, "asked": 0.5, "page": 0.3, "clinc": 1.5}
COUNTS = {"danger": 1.0, "ordinary": 1.0, "asked": 0.5, "page": 0.5, "clinc": 0.0}
ROUNDS, RATE, DECAY, FEWEST, SMALLEST = 14, 0.3, 0.02, 2, 0.25


def cases(paths=CASES):
    """[(category, text)] of crisis_cases.txt and crisis_taught.txt."""
    lines = [line for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    return [tuple(line.split(" | ", 1)) for line in lines if " | " in line and line[0] != "#"]


def examples(messages, data=None):
    """[(words, column or -1 for ordinary, kind)] of (category, text), of ours and of CLINC."""
    found = []
    for category, text in messages:
        folded = fold(text)
        if category in ORDINARY:
            found.append((_strike(folded).split(), -1, "ordinary"))
        else:
            found.append((_strike(folded).split(), _column(category, folded), "danger"))
    for kind, text in [*_own(), *(_clinc(Path(data)) if data else ())]:
        folded = fold(text)
        if _first(folded, _families)[0] is None:  # a question of ours may speak of danger
            words = _strike(folded).split()
            for at in range(0, max(len(words) - PART + STEP, 1), STEP):
                found.append((words[at : at + PART], -1, kind))
    return found


def learn(taught, seed=8):
    """({feature: weights of CARDS}, bias): logistic regression by AdaGrad over `examples`.

    Two passes: the first tells which features weigh enough to be kept, the second weighs those.
    """
    sets = [features(words) for words, _, _ in taught]
    counted = Counter()
    for found, (_, _, kind) in zip(sets, taught, strict=True):
        counted.update(dict.fromkeys(found, COUNTS[kind]))
    kept = sorted(feature for feature, times in counted.items() if times >= FEWEST)
    for _ in range(2):
        weights, bias = _fit(sets, kept, taught, seed)
        weighed = dict(zip(kept, weights, strict=True))
        kept = [feature for feature, row in weighed.items() if abs(row).max() >= SMALLEST]
    return weighed, bias


def _fit(sets, kept, taught, seed):
    at = {feature: row for row, feature in enumerate(kept)}
    rows = [np.array([at[f] for f in sorted(found) if f in at], dtype=int) for found in sets]
    weights = np.zeros((len(kept), len(CARDS) + 1))  # the last column is of ordinary messages
    grown, bias = np.full_like(weights, 1e-6), np.zeros(len(CARDS) + 1)
    shuffled = np.random.default_rng(seed)
    for _ in range(ROUNDS):
        for example in shuffled.permutation(len(rows)):
            row, (_, column, kind) = rows[example], taught[example]
            scale = 2 / np.sqrt(len(row) or 1)
            odds = weights[row].sum(axis=0) * scale + bias
            share = np.exp(odds - odds.max())
            share /= share.sum()
            share[column] -= 1
            share *= WEIGHT[kind]
            slope = share * scale + DECAY * weights[row]
            grown[row] += slope**2
            weights[row] -= RATE * slope / np.sqrt(grown[row])
            bias -= 0.02 * share
    # Only what a card has more than an ordinary message counts.
    return weights[:, :-1] - weights[:, -1:], bias[:-1] - bias[-1]


def _column(category, folded):
    rank, _ = _first(folded, _families)
    card = OF_CATEGORY.get(category, "988")
    if rank is not None and category not in OF_CATEGORY:
        card = CATEGORIES[list(FAMILIES)[rank]][0]
    return CARDS.index(card)


def _own():
    """(kind, text) of what this site is asked, and of what it says: nobody is in danger in it."""
    for path in sorted(SETS.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                yield "asked", next(iter(row.values())).replace("{t}", "it")
    for name in ("therapies", "conditions"):
        held = json.loads((ROOT / f"fixtures/{name}.json").read_text(encoding="utf-8"))
        for text in _texts(held):
            yield from (("page", sentence) for sentence in re.split(r"(?<=[.!?])\s+", text))


def _texts(held):
    """The texts of more than a word in a fixture, in their order."""
    if isinstance(held, str):
        if " " in held:
            yield held
    else:
        for each in held.values() if isinstance(held, dict) else held if held else ():
            if isinstance(each, str | dict | list):
                yield from _texts(each)


def _clinc(data):
    """Messages to an assistant for all things, none of them in danger."""
    clinc = json.loads((data / "clinc_oos/clinc150_test.json").read_text(encoding="utf-8"))
    yield from (("clinc", row[0]) for rows in clinc.values() for row in rows)


def write(weighed, bias, path=HERE / "weights.txt"):
    """The table as text, sorted, so that what a new lesson changed can be read."""
    rows = [("(bias)", bias), *sorted(weighed.items())]
    head = "# 988 911 violence feature: learned by teaching.py, not written by hand.\n"
    lines = (f"{' '.join(f'{weight:.2f}' for weight in row)} {feature}\n" for feature, row in rows)
    path.write_text(head + "".join(lines), encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    options = parser.parse_args()
    weighed, bias = learn(examples(cases(), options.data))
    write(weighed, bias)
    print(f"{len(weighed):,} features")


if __name__ == "__main__":
    main()
