"""Learns weights.txt from lessons: manage.py teach_wishes. Only learning needs numpy."""

from collections import Counter

import numpy as np

from . import BIAS, PATH, features

DECAY, ROUNDS, RATE = 2e-5, 150, 0.15
SMALLEST = 0.4  # a weight nearer to nothing is left out


def learn(lessons):
    """{feature: {wish: weight}} of (folded text, wish), “(bias)” among them: logistic regression.

    The same lessons weigh the same always: all of them count in each of ROUNDS steps (Adam).
    """
    read = [features(text) for text, _ in lessons]
    counted = Counter(each for found in read for each in found)
    # A pair that was seen once says nothing that its words do not say.
    kept = [BIAS, *sorted(each for each, n in counted.items() if n > 1 or " " not in each)]
    names = sorted({wish for _, wish in lessons})
    at, wish_at = ({each: n for n, each in enumerate(of)} for of in (kept, names))
    cells = []  # (lesson, feature, how much it counts)
    for n, found in enumerate(read):
        known = [at[each] for each in sorted(found) if each in at]
        cells += [(n, 0, 1.0), *((n, f, 1 / np.sqrt(len(known))) for f in known)]
    weights = _fit(cells, [wish_at[wish] for _, wish in lessons], len(kept), len(names))
    return {
        each: said
        for each, row in zip(kept, weights.tolist(), strict=True)
        if (said := _said(each, zip(names, row, strict=True)))
    }


def _said(feature, weighed):
    return {wish: w for wish, w in weighed if feature == BIAS or abs(w) >= SMALLEST}


def _fit(cells, right, features_, wishes):
    """Weights, features by wishes."""
    lesson, feature, value = (np.array(each) for each in zip(*cells, strict=True))
    value = value.astype(np.float32)[:, None]
    by_feature = np.argsort(feature, kind="stable")
    starts = np.flatnonzero(np.diff(lesson, prepend=-1))
    seen, begins = np.unique(feature[by_feature], return_index=True)
    sorted_lesson, sorted_value = lesson[by_feature], value[by_feature]
    weights, mean, square = (np.zeros((features_, wishes), dtype=np.float32) for _ in range(3))
    for step in range(1, ROUNDS + 1):
        odds = np.add.reduceat(value * weights[feature], starts)
        share = np.exp(odds - odds.max(axis=1, keepdims=True))
        share /= share.sum(axis=1, keepdims=True)
        share[np.arange(len(right)), right] -= 1
        slope = DECAY * weights
        slope[seen] += np.add.reduceat(sorted_value * share[sorted_lesson], begins) / len(right)
        mean += 0.1 * (slope - mean)
        square += 0.01 * (slope**2 - square)
        near = mean / (1 - 0.9**step)
        weights -= RATE * near / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return weights


def write(table, path=PATH):
    """The table as text, sorted, so that what a new lesson changed can be read."""
    head = "! Learned by teaching.py, not written by hand.\n"
    lines = [f"{each}\t{_row(table[each])}" for each in sorted(table)]
    path.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


def _row(weighed):
    return " ".join(f"{wish} {weight:.2f}" for wish, weight in weighed.items())
