"""Places as vectors, to tell how alike two of them are."""

import numpy as np

from providers import bits


class Space:
    """Places as vectors: what they offer and say, rare things weighing more.

    A vector is idf times has, minus the mean over all listings, scaled to length 1.
    """

    def __init__(self, snapshot):
        features = snapshot.features()
        self.features = list(features)
        self.at = {feature: n for n, feature in enumerate(self.features)}
        self.planes = list(features.values())
        held = np.array([bits.count(words) for words in self.planes], dtype=np.float64)
        total = max(snapshot.size, 1)
        self.idf = np.log((total + 1) / (held + 1)) + 1
        self.mean = self.idf * held / total

    def has(self, rows):
        """Which features the rows have: booleans, rows by features."""
        if not self.planes:
            return np.zeros((len(rows), 0), dtype=bool)
        return np.stack([bits.at(words, rows) for words in self.planes], axis=1)

    def vectors(self, rows):
        vectors = self.has(rows) * self.idf - self.mean
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)


def space_of(snapshot):
    if not hasattr(snapshot, "_space"):
        snapshot._space = Space(snapshot)
    return snapshot._space
