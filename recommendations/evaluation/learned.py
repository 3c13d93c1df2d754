"""Learned models to compare with, where `implicit` and `lightfm-next` are installed: both are in
the dependency group `learned`, which nothing else needs."""

from importlib.util import find_spec

import numpy as np

from .measures import ndcg, ranks
from .methods import Method

FACTORS, ROUNDS = 64, 30
NEAR = 25.0
WEIGHTS = (1, 2, 4, 8, 16, 32)  # of distance beside LightFM


def installed():
    """Is either library there?"""
    return bool(find_spec("implicit") or find_spec("lightfm"))


def methods(world, trained, baselines, tuning, seed):
    """Those whose library is installed. `tuning`: visitors with targets, to choose by."""
    if find_spec("implicit"):
        yield from _implicit(world, trained, baselines, seed)
    if find_spec("lightfm"):
        yield from _lightfm(world, trained, baselines, tuning, seed)


def _views(world, trained):
    """A sparse matrix of who viewed what."""
    from scipy.sparse import csr_matrix

    users = np.repeat(np.arange(len(trained)), [len(views) for views in trained])
    items = np.concatenate(trained)
    shape = len(trained), world.size
    return csr_matrix((np.ones(len(items), dtype=np.float32), (users, items)), shape=shape)


def _implicit(world, trained, baselines, seed):
    from implicit.als import AlternatingLeastSquares
    from implicit.bpr import BayesianPersonalizedRanking

    views = _views(world, trained)
    als = AlternatingLeastSquares(factors=FACTORS, iterations=ROUNDS, random_state=seed)
    als.fit(views * 20, show_progress=False)
    items = np.asarray(als.item_factors)
    gram = items.T @ items + 0.01 * np.eye(items.shape[1], dtype=np.float32)

    def score(visitor):
        """The visitor's factors are solved for from this session."""
        mine = items[visitor.viewed]
        user = np.linalg.solve(gram + 20 * mine.T @ mine, 21 * mine.sum(axis=0))
        return items @ user.astype(np.float32)

    yield Method("implicit ALS", score)
    yield Method("implicit ALS x distance", lambda v: np.maximum(score(v), 0) * _near(baselines, v))
    bpr = BayesianPersonalizedRanking(
        factors=FACTORS, learning_rate=0.05, iterations=100, random_state=seed
    )
    bpr.fit(views, show_progress=False)
    factors = np.asarray(bpr.item_factors)[:, :FACTORS]  # what comes after them is popularity
    yield Method("implicit BPR", lambda v: factors @ factors[v.viewed].mean(axis=0))


def _lightfm(world, trained, baselines, tuning, seed):
    from lightfm import LightFM
    from scipy.sparse import csr_matrix, hstack, identity

    views = _views(world, trained)
    # Half of a place is itself, half what it says: unscaled, dozens of terms would drown the place.
    said = csr_matrix(world.has / (2 * np.maximum(world.has.sum(axis=1, keepdims=True), 1)))
    alone = identity(world.size, dtype=np.float32) / 2
    features = hstack([alone, said.astype(np.float32)]).tocsr().astype(np.float32)
    model = LightFM(no_components=FACTORS, loss="warp", random_state=seed)
    model.fit(views, item_features=features, epochs=ROUNDS, num_threads=1)
    _, vectors = model.get_item_representations(features)

    def score(visitor):
        """A visitor of this session is the mean of what they viewed; popularity would only hurt."""
        return vectors @ vectors[visitor.viewed].mean(axis=0)

    yield Method("LightFM", score)

    def with_distance(weight):
        def both(visitor):
            alone = score(visitor)
            return alone / alone.std() + np.float32(weight) * _near(baselines, visitor)

        return Method("LightFM + distance", both)

    # The weight of distance that serves other visitors best.
    yield max(map(with_distance, WEIGHTS), key=lambda method: ndcg(ranks(method, tuning)).mean())


def _near(baselines, visitor):
    return np.float32(NEAR) / (np.float32(NEAR) + baselines.miles(visitor))
