"""Learns weights.txt from messages: python -m trupaths.crisis.teaching --data FOLDER.

The messages are those of tests/trupaths/crisis_{cases,taught,lessons}.txt; ordinary are also
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
from .weighing import PART, STEP, features, scale

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
CASES = [ROOT / f"tests/trupaths/crisis_{name}.txt" for name in ("cases", "taught", "lessons")]
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
WEIGHT = {"danger": 1.0, "ordinary": 2.0, "asked": 1.0, "page": 0.3, "clinc": 3.0}
COUNTS = {"danger": 1.0, "ordinary": 1.0, "asked": 0.5, "page": 0.5, "clinc": 0.0}
FEWEST, SMALLEST = 2, 0.235
# Of AdaGrad: times that all is read, messages read at once, the share of their features that is
# seen, how fast is learned, and how much of a weight is lost when it is read.
ROUNDS, AT_ONCE, SEEN, RATE, BIAS_RATE, DECAY = 12, 32, 0.5, 0.15, 0.02, 0.02


def cases(paths=CASES):
    """[(category, text)] of the files of messages."""
    lines = [line for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    return [tuple(line.split(" | ", 1)) for line in lines if " | " in line and line[0] != "#"]


def examples(messages, data=None):
    """[(words, card or None for ordinary, kind)] of (category, text), of ours and of CLINC."""
    found = []
    for category, text in messages:
        folded = fold(text)
        words = _strike(folded).split()
        if category in ORDINARY:
            found.append((words, None, "ordinary"))
        else:
            found.append((words, _card(category, folded), "danger"))
    for kind, text in [*_own(), *(_clinc(Path(data)) if data else ())]:
        folded = fold(text)
        if _first(folded, _families)[0] is None:  # a question of ours may speak of danger
            words = _strike(folded).split()
            for at in range(0, max(len(words) - PART + STEP, 1), STEP):
                found.append((words[at : at + PART], None, kind))
    return found


def learn(taught):
    """({feature: (danger, 911, violence)}, bias): logistic regressions over `examples`.

    Danger is learned against what is ordinary; the two cards among what is danger. Two passes: the
    first tells which features weigh enough to be kept, the second weighs those.
    """
    sets = [features(words) for words, _, _ in taught]
    counted = Counter()
    for found, (_, _, kind) in zip(sets, taught, strict=True):
        counted.update(dict.fromkeys(found, COUNTS[kind]))
    kept = sorted(feature for feature, times in counted.items() if times >= FEWEST)
    cards = [card for _, card, _ in taught]
    danger = [at for at, card in enumerate(cards) if card]
    teaches = np.array([WEIGHT[kind] for _, _, kind in taught])
    for _ in range(2):
        at = {feature: row for row, feature in enumerate(kept)}
        rows = [np.array([at[f] for f in sorted(found) if f in at], dtype=int) for found in sets]
        columns = [_fit(rows, len(kept), np.array([card is not None for card in cards]), teaches)]
        for name in ("911", "violence"):
            is_it = np.array([cards[each] == name for each in danger])
            columns.append(
                _fit([rows[each] for each in danger], len(kept), is_it, np.ones(len(danger)))
            )
        *weights, bias = np.array(columns).T
        weighed = dict(zip(kept, weights, strict=True))
        kept = [feature for feature, row in weighed.items() if abs(row).max() >= SMALLEST]
    return {feature: weighed[feature] for feature in kept}, bias


def _fit(rows, size, is_it, teaches):
    """The weights of the features and, last, the bias: logistic regression by AdaGrad.

    Each time that a message is read some of its features are hidden, so that none leans on another.
    """
    weights, grown, bias = np.zeros(size), np.full(size, 1e-6), 0.0
    counts = np.array([scale(len(row)) for row in rows]) / SEEN
    chance = np.random.default_rng(8)
    for _ in range(ROUNDS):
        order = chance.permutation(len(rows))
        for some in np.array_split(order, max(len(rows) // AT_ONCE, 1)):
            seen = [rows[each][chance.random(len(rows[each])) < SEEN] for each in some]
            held, whose = np.concatenate(seen), np.repeat(np.arange(len(some)), [*map(len, seen)])
            odds = np.bincount(whose, weights[held], len(some)) * counts[some] + bias
            off = teaches[some] * (1 / (1 + np.exp(-odds)) - is_it[some])
            which, back, times = np.unique(held, return_inverse=True, return_counts=True)
            slope = np.bincount(back, (off * counts[some])[whose], len(which))
            slope += DECAY * times * weights[which]
            grown[which] += slope**2
            weights[which] -= RATE * slope / np.sqrt(grown[which])
            bias -= BIAS_RATE * off.sum()
    return np.append(weights, bias)


def _card(category, folded):
    """The card of a message in danger: of its category, else of its wording, else 988."""
    if category in OF_CATEGORY:
        return OF_CATEGORY[category]
    rank, _ = _first(folded, _families)
    return "988" if rank is None else CATEGORIES[FAMILIES[rank][0]][0]


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
    head = "# danger 911 violence feature, hundredths: learned by teaching.py, not by hand.\n"
    lines = (f"{' '.join(f'{100 * weight:.0f}' for weight in row)} {name}\n" for name, row in rows)
    path.write_text(head + "".join(lines).replace("-0 ", "0 "), encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    options = parser.parse_args()
    weighed, bias = learn(examples(cases(), options.data))
    write(weighed, bias)
    print(f"{len(weighed):,} features")


if __name__ == "__main__":
    main()
