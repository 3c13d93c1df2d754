"""Learns weights.txt from lessons: manage.py teach_wishes. Only learning needs numpy."""

from collections import Counter

import numpy as np

from . import PATH, features

DECAY, ROUNDS, RATE = 2e-5, 150, 0.15
SMALLEST = 0.4  # a weight nearer to nothing is left out


def learn(lessons):
    """({feature: {wish: weight}}, {wish: bias}) of (folded text, wish): logistic regression.

    The same lessons weigh the same always: all of them count in each of ROUNDS steps (Adam).
    """
    read = [features(text) for text, _ in lessons]
    counted = Counter(each for found in read for each in found)
    # A pair that was seen once says nothing that its words do not say.
    kept = sorted(each for each, times in counted.items() if times > 1 or " " not in each)
    names = sorted({wish for _, wish in lessons})
    at = {each: n for n, each in enumerate(kept)}
    held = np.zeros((len(lessons), len(kept)), dtype=np.float32)
    for row, found in zip(held, read, strict=True):
        known = [at[each] for each in found if each in at]
        row[known] = 1 / np.sqrt(len(known) or 1)
    right = np.zeros((len(lessons), len(names)), dtype=np.float32)
    right[range(len(lessons)), [names.index(wish) for _, wish in lessons]] = 1
    weights, bias = _fit(held, right)
    table = {
        each: {
            wish: weight
            for wish, weight in zip(names, row.tolist(), strict=True)
            if abs(weight) >= SMALLEST
        }
        for each, row in zip(kept, weights, strict=True)
    }
    return {each: row for each, row in table.items() if row}, dict(
        zip(names, bias.tolist(), strict=True)
    )


def _fit(held, right):
    weights = np.zeros((held.shape[1], right.shape[1]), dtype=np.float32)
    bias = np.zeros(right.shape[1], dtype=np.float32)
    means = [np.zeros_like(each) for each in (weights, bias)]
    squares = [np.zeros_like(each) for each in (weights, bias)]
    for step in range(1, ROUNDS + 1):
        odds = held @ weights + bias
        share = np.exp(odds - odds.max(axis=1, keepdims=True))
        share /= share.sum(axis=1, keepdims=True)
        off = (share - right) / len(held)
        slopes = held.T @ off + DECAY * weights, off.sum(axis=0)
        for n, (each, slope) in enumerate(zip((weights, bias), slopes, strict=True)):
            means[n] += 0.1 * (slope - means[n])
            squares[n] += 0.01 * (slope**2 - squares[n])
            near = means[n] / (1 - 0.9**step)
            each -= RATE * near / (np.sqrt(squares[n] / (1 - 0.99**step)) + 1e-8)
    return weights, bias


def write(table, bias, path=PATH):
    """The table as text, sorted, so that what a new lesson changed can be read."""
    lines = [f"(bias)\t{_row(bias)}", *(f"{each}\t{_row(table[each])}" for each in sorted(table))]
    head = "! Learned by teaching.py, not written by hand.\n"
    path.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


def _row(weighed):
    return " ".join(f"{wish} {weight:.2f}" for wish, weight in weighed.items())
