"""Places as vectors, to tell how alike two of them are, and how rare what they have is."""

import numpy as np

from providers import bits

GROUP = 12  # features in one number; the table of what they add fits into the nearest cache
MANY = 3  # rows of which there are more than one in so many are summed with all


class Space:
    """Places as vectors: what they offer and say, rare things weighing more.

    A vector is weight times has, minus the mean over all listings, scaled to length 1; the weight
    is idf, times what `weigh` (facet -> number) says of a term's facet. It is never written out for
    all places: a number holds twelve features of a place, and what twelve features add to a sum is
    looked up in a table. That takes two bytes a place for twelve features, and each sum is made
    place by place, so it is the same to the last bit in every process.
    """

    def __init__(self, snapshot, weigh):
        held = {feature: int(bits.count(words)) for feature, words in snapshot.features().items()}
        # What nobody has is left out: a process that saw the last one go is like any other.
        self.features = [feature for feature, count in held.items() if count]
        self.at = {feature: n for n, feature in enumerate(self.features)}
        count = np.array([held[feature] for feature in self.features], dtype=np.float64)
        total = max(snapshot.size, 1)
        self.idf = np.log((total + 1) / (count + 1)) + 1
        self.counts = np.array([weigh.get(_facet(each, snapshot), 1.0) for each in self.features])
        self.weights = self.idf * self.counts
        self.mean = self.weights * count / total
        self.codes = self._codes(snapshot)
        squares = self._sums(self.weights * (self.weights - 2 * self.mean), self.codes)
        squares += np.float32(self.mean @ self.mean)
        self._snapshot, self._no = snapshot, {}
        known = squares > 1e-9  # else it is like the mean of all, and like nothing
        self._scale = np.where(known, 1 / np.sqrt(np.where(known, squares, 1)), 0)

    def _codes(self, snapshot):
        """A number for each twelve features and each row of the index."""
        planes, rows = snapshot.features(), len(snapshot.nothing) * bits.WORD
        codes = np.zeros(((len(self.features) + GROUP - 1) // GROUP, rows), dtype=np.uint16)
        for n, feature in enumerate(self.features):
            flags = bits.flags(planes[feature]).astype(np.uint16)
            codes[n // GROUP] |= flags << np.uint16(n % GROUP)
        return codes

    def _denied(self, feature):
        """Who says no to it, and not yes, as a bitmap; None where nobody does."""
        if feature not in self._no:
            kind, key = feature
            no = self._snapshot.plane("no", key) if kind == "term" else self._snapshot.nothing
            no = no & ~self._snapshot.having(feature)
            self._no[feature] = no if no.any() else None
        return self._no[feature]

    def has(self, rows):
        """Which features the rows have: booleans, rows by features."""
        of_group = self.codes[:, rows].T[:, :, None] >> np.arange(GROUP, dtype=np.uint16) & 1
        return of_group.reshape(len(rows), GROUP * len(self.codes))[:, : len(self.features)].astype(
            bool
        )

    def vectors(self, rows):
        """Unit vectors of the rows, or nothing but zeros for a place like the mean."""
        vectors = self.has(rows) * self.weights - self.mean
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)

    def along(self, direction, rows):
        """The vectors of the rows times a direction: float32, as `vectors(rows) @ direction`."""
        less = np.float32(direction @ self.mean)

        def likeness(which):
            sums = self._sums(direction * self.weights, self.codes[:, which])
            return (sums - less) * self._scale[which]

        return self._of(rows, likeness)

    def shares(self, row, rows):
        """What part of all that one row has the rows have too, 0 to 1, each thing counting as
        `weigh` says; float32."""
        held = self.has([row])[0] * self.counts
        held = held / max(held.sum(), 1)
        return self._of(rows, lambda which: self._sums(held, self.codes[:, which]))

    def match(self, weights, silent, rows):
        """What rows have of `weights` (feature -> number): whole, or the part `silent` of what they
        do not say; float32."""
        values = np.zeros(len(self.features))
        for feature, weight in weights.items():
            values[self.at[feature]] = (1 - silent) * weight
        base = np.float32(silent * sum(weights.values()))
        denials = [(self._denied(feature), silent * w) for feature, w in weights.items()]

        def match(which):
            found = self._sums(values, self.codes[:, which]) + base
            for no, less in denials:
                if no is not None:
                    flags = bits.flags(no) if isinstance(which, slice) else bits.at(no, which)
                    found -= np.float32(less) * flags
            return found

        return self._of(rows, match)

    def _of(self, rows, worked_out):
        """Of many rows it is quicker to take all than to pick the numbers of each."""
        if len(rows) * MANY > self.codes.shape[1]:
            return worked_out(slice(None))[rows]
        return worked_out(rows)

    @staticmethod
    def _sums(values, codes):
        total = np.zeros(codes.shape[1], dtype=np.float32)
        part = np.empty_like(total)
        values = values.astype(np.float32)
        for n, which in enumerate(codes):
            mine = values[n * GROUP : (n + 1) * GROUP]
            if mine.any():
                # No number is past its table, so "clip" only says not to look for that.
                np.take(_table(mine), which, out=part, mode="clip")
                total += part
        return total


def _table(values):
    """What each number adds: the values of its bits that are set."""
    table = np.zeros(1 << GROUP, dtype=np.float32)
    for bit, value in enumerate(values):
        np.add(table[: 1 << bit], value, out=table[1 << bit : 2 << bit])
    return table


def video(snapshot):
    """The things that mean care by video: of a service, and of a whole place."""
    return {("delivery", "virtual"), *snapshot.things([("access", ["telehealth"])])}


def _facet(feature, snapshot):
    kind, key = feature
    term = snapshot.terms.get(key) if kind == "term" else None
    return term.facet if term else kind
