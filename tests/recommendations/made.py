"""A small directory made in numbers, for tests of quality: it needs no file and no database row.

Places are of six kinds, each with its own way to be paid, its levels of care and its approaches, so
that what a place has says something of the rest, as in the real directories. They stand around
towns of unequal size. All of it is drawn from one seed.
"""

import numpy as np

from providers.changes import _bitset, _packed
from providers.loading import load
from providers.models import Term
from providers.snapshot import Snapshot

FACETS = {
    "pay": "medicaid medicare private sliding free self-pay",
    "care": "outpatient intensive-outpatient day residential inpatient detox",
    "age": "adults teens children older",
    "for": "veterans pregnant lgbtq women men violence justice hiv caregivers active-duty",
    "approach": "one-to-one groups couples-family relapse twelve-step anger peer case brief acts",
    "language": "es asl zh vi ru",
    "focus": "recovery trauma mental-health alcohol opioid tobacco gambling eating",
    "medication": "buprenorphine methadone naltrexone psychiatric",
    "access": "telehealth transport childcare housing-help",
    "setting": "hospital health-center va",
}
KINDS, TOWNS = 6, 60
STATES = ["OR", "WA", "CA", "TX", "OH", "NY", "FL", "IL", "CO", "GA"]


def terms():
    """Terms as the index knows them, with ids from 1."""
    named = [(facet, slug) for facet, slugs in FACETS.items() for slug in slugs.split()]
    return [
        Term(
            pk=n,
            facet=facet,
            slug=slug,
            name=slug.replace("-", " ").capitalize(),
            phrase=f"has {slug.replace('-', ' ')}",
            phrase_plural=f"have {slug.replace('-', ' ')}",
        )
        for n, (facet, slug) in enumerate(named, start=1)
    ]


def snapshot(size=2500, seed=1):
    return Snapshot(1, load([rows(size, seed)]), terms())


def rows(size, seed=1):
    """Search rows as the index reads them (`loading.READ`)."""
    chance = np.random.default_rng(seed)
    known = terms()
    # How often a kind of place has a term: some hardly ever, some nearly always.
    often = np.clip(chance.beta(0.6, 0.9, (KINDS, len(known))), 0.02, 0.95)
    towns = np.stack([chance.uniform(31, 47, TOWNS), chance.uniform(-122, -76, TOWNS)], axis=1)
    weights = 1 / np.arange(1, TOWNS + 1)
    found = []
    for key in range(1, size + 1):
        town = int(chance.choice(TOWNS, p=weights / weights.sum()))
        away = chance.normal(0, 0.25, 2)
        has = chance.random(len(known)) < often[int(chance.integers(KINDS))]
        no = ~has & (chance.random(len(known)) < 0.03)
        ids = np.arange(1, len(known) + 1)
        services = [(t, int(chance.integers(1, 64))) for t in range(1, 5) if chance.random() < 0.4]
        organization = int(chance.integers(1, size // 3)) if chance.random() < 0.5 else 0
        found.append(
            (
                key, True, False, False, *(towns[town] + away).tolist(), STATES[town % len(STATES)],
                0, _bitset(ids[has].tolist()), _bitset(ids[no].tolist()), _packed(services),
                f"place {key:05}", organization,
            )
        )  # fmt: skip
    return found


def term(snapshot, facet, slug):
    """The feature of a term."""
    return next(
        ("term", key) for key, t in snapshot.terms.items() if (t.facet, t.slug) == (facet, slug)
    )
