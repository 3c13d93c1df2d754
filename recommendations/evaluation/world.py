"""The places of the index as visitors of the evaluation see them."""

import numpy as np

from providers import bits
from providers.columns import STATE_CODES
from providers.sphere import EARTH_MILES, degrees
from recommendations.exposure import urban
from recommendations.ranking import space_of

STYLES = 24
CODES = {n: code for code, n in STATE_CODES.items()}


class World:
    """All places that have a point, in the order of their ids, as arrays over them.

    `has` is a matrix of booleans, places by features; `groups` tells which features are therapies,
    levels of care, payers, age groups and populations.
    """

    def __init__(self, snapshot):
        self.snapshot = snapshot
        rows = bits.rows(snapshot.columns.live)
        rows = rows[~np.isnan(snapshot.columns.unit[0, rows])]
        rows = rows[np.argsort(snapshot.ids_at(rows))]
        self.rows, self.ids = rows, snapshot.ids_at(rows)
        self.size = len(rows)
        self.unit = np.ascontiguousarray(snapshot.columns.unit[:, rows].T)  # places by x, y, z
        self.state = [CODES.get(n, "") for n in snapshot.columns.state[rows].tolist()]
        self.organization = snapshot.columns.organization[rows]
        space = space_of(snapshot)
        self.features, self.idf = space.features, space.idf.astype(np.float32)
        self.has = space.has(rows)
        self.said = np.ascontiguousarray(self.has.T)  # features by places
        self.vectors = self._vectors()
        self.groups = self._groups()
        self.style = self._styles()
        self.at = {int(key): n for n, key in enumerate(self.ids)}

    def _groups(self):
        facets = [
            self.snapshot.terms[key].facet if kind == "term" else kind
            for kind, key in self.features
        ]
        kinds = {
            "therapy": ("therapy", "approach"),
            "care": ("care",),
            "pay": ("pay",),
            "age": ("age",),
            "for": ("for",),
        }
        return {
            kind: np.array([n for n, facet in enumerate(facets) if facet in of], dtype=int)
            for kind, of in kinds.items()
        }

    def _vectors(self):
        """Plain TF-IDF about the mean, each of length 1: for lists and methods of any kind."""
        found = (self.has - self.has.mean(axis=0)) * self.idf
        lengths = np.linalg.norm(found, axis=1, keepdims=True)
        return (found / np.maximum(lengths, 1e-9)).astype(np.float32)

    def _styles(self):
        """What places are like beyond what anyone asks for: 24 whitened axes of all they say, in
        the mean of length 1."""
        matrix = self.has - self.has.mean(axis=0)
        _, _, axes = np.linalg.svd(matrix.T @ matrix)
        places = matrix @ axes[:STYLES].T
        places /= np.maximum(places.std(axis=0), 1e-9) * np.sqrt(places.shape[1])
        return places.astype(np.float32)

    def of(self, kind, slug):
        """The number of a term's feature, or None."""
        for key, term in self.snapshot.terms.items():
            if (term.facet, term.slug) == (kind, slug) and ("term", key) in self.features:
                return self.features.index(("term", key))
        return None

    def miles(self, point, which=slice(None)):
        """From a point on the unit sphere to places."""
        chord = np.sqrt(np.maximum(2 - 2 * (self.unit[which] @ point), 0))
        return np.float32(EARTH_MILES) * chord

    @property
    def urban(self):
        if not hasattr(self, "_urban"):
            self._urban = urban([degrees(point) for point in self.unit])
        return self._urban


def times(matrix, vector):
    """Their product on one core: threads for something so small wait longer than they work."""
    return np.einsum("ij,j->i", matrix, vector)
