"""Listings shaped like the real directories, made in numbers.

How often a place says yes to a term follows the 2022 national directories of SAMHSA (21,213
facilities, 39 terms a facility in the mean): the shares below are counts of their service codes
divided by the facilities. Places stand where people live: towns of the bundled file weighted by
population, strewn some miles around. All is drawn from one seed.
"""

import numpy as np
from django.core.management import call_command
from django.db import connection

from providers import changes
from providers.models import Provider, ProviderTerm, SearchClock, SearchRow, Service, Term
from providers.places import read_towns
from therapies.library import content_changes
from therapies.models import Therapy

SHARES = {
    "pay": "889 801 785 549 541 447 386 230 108 101 11",
    "care": "819 438 260 219 193 136 103 89 84 80 72 63 56 53 26 25",
    "age": "726 722 521 440",
    "for": "581 509 355 351 316 311 310 309 262 256 220 215 210 198 186 181 169 156 151 143 129 61",
    "language": "257 71 15 15 14 14 13 12 12 11 9 8 8 8 7 6 6 6 5 4 3 1 1",
    "access": "747 469 200 143 133 89",
    "approach": "363 357 323 313 278 276 258 235 218 191 80 51 31 22 15",
    "medication": "344 324 311 302 290 285 285 277 257 234 229 220 217 209 208 203 193 183 183 "
    "177 176 173 173 167 150 149 142 142 140 130 129 127 102 100 98 92 92 91 89 87 72 71 68 67 67 "
    "66 65 62 60 57 56 52 48 43 35 28 27 25 8 7",
    "focus": "827 665 425 210 159 157 116 108 100 99 52",
    "setting": "178 89 31 29 21 18 17 16 16 14 13 10 2 1",
}
THERAPIES = "877 552 530 528 502 490 449 416 396 368 276 235"
FLAGS = {"in-person": 90, "virtual": 55, "individual": 80, "group": 60, "couple": 15, "family": 35}
NAMES = "Cedar River Hope Valley Summit Harbor Lake Stone Maple Oak Bridge North Pacific Prairie"
KINDS = (
    "Counseling Center,Recovery Services,Behavioral Health,Clinic,Wellness Group,Treatment Center"
)
SAYS_NO, RARE = 0.02, 10
AT_A_TIME = 10_000


def make(size, *, full, ours=False):
    """Tables with so many listings; `full`, also the rows that only the plain ORM needs; `ours`:
    with the therapies and terms of the site, not made-up ones."""
    call_command("migrate", verbosity=0)
    call_command("load_places", verbosity=0)
    chance = np.random.default_rng(1)
    therapies, terms = _ours() if ours else (_therapies(), _terms())
    towns, weights = _towns()
    with connection.cursor() as cursor:
        for start in range(0, size, AT_A_TIME):
            ids = np.arange(start + 1, min(start + AT_A_TIME, size) + 1)
            _write(cursor, ids, chance, towns, weights, therapies, terms, full)
    SearchClock.objects.update_or_create(pk=1, defaults={"version": 1})
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return therapies, terms


def _therapies():
    with content_changes():
        return [
            Therapy.objects.create(
                name=f"Therapy {n:02}", short_name=f"T{n:02}", slug=f"t{n:02}", kind="talking",
                headline="How it helps", lead="A course.", status="published",
            )
            for n in range(len(THERAPIES.split()))
        ]  # fmt: skip


def _terms():
    return [
        Term.objects.create(
            facet=facet, slug=f"{facet}-{n:02}", name=f"{facet.capitalize()} option {n:02}",
            phrase=f"has {facet} {n}", phrase_plural=f"have {facet} {n}", order=n,
            meaning="What this means, in one plain line that a visitor can open.",
        )
        for facet, shares in SHARES.items()
        for n in range(len(shares.split()))
    ]  # fmt: skip


def _ours():
    call_command("loaddata", "conditions", "terms", "therapies", verbosity=0)
    therapies = Therapy.objects.order_by("pk")[: len(THERAPIES.split())]
    return list(therapies), list(Term.objects.order_by("facet", "order"))


def _towns():
    towns = [town for town in read_towns() if town.population]
    people = np.array([town.population for town in towns], dtype=float)
    return towns, people / people.sum()


def _shares(text):
    return np.array([int(share) for share in text.split()]) / 1000


def _shares_of(terms):
    """How often a place says yes to each, in the order of its facet; rarely where no figure is."""
    left = {facet: iter(shares.split()) for facet, shares in SHARES.items()}
    return np.array([int(next(left[term.facet], RARE)) for term in terms]) / 1000


def _write(cursor, ids, chance, towns, weights, therapies, terms, full):
    n = len(ids)
    where = chance.choice(len(towns), n, p=weights)
    lat = np.array([towns[w].lat for w in where]) + chance.normal(0, 0.07, n)
    lon = np.array([towns[w].lon for w in where]) + chance.normal(0, 0.09, n)
    yes = chance.random((n, len(terms))) < _shares_of(terms)
    no = ~yes & (chance.random((n, len(terms))) < SAYS_NO)
    offers = chance.random((n, len(therapies))) < _shares(THERAPIES)
    held = chance.random((n, len(therapies), len(FLAGS))) < np.array(list(FLAGS.values())) / 100
    accepting = chance.choice(["yes", "no", "unknown"], (n, len(therapies)), p=[0.5, 0.1, 0.4])
    checked = 739_000 + chance.integers(0, 700, n)
    words = np.array(NAMES.split())[chance.integers(0, len(NAMES.split()), (n, 2))]
    kinds = np.array(KINDS.split(","))[chance.integers(0, len(KINDS.split(",")), n)]
    values = np.array([changes.FLAGS[name] for name in FLAGS])
    codes = {"yes": changes.FLAGS["accepting"], "no": changes.FLAGS["full"], "unknown": 0}
    term_ids = np.array([term.pk for term in terms])
    providers, rows, said, services = [], [], [], []
    for k, key in enumerate(ids.tolist()):
        town = towns[where[k]]
        name = f"{words[k, 0]} {words[k, 1]} {kinds[k]} {key % 9973}"
        mine = np.flatnonzero(offers[k]).tolist()
        flags = (held[k] * values).sum(axis=1)
        facts = {
            "id": key, "name": name, "slug": f"p{key}", "kind": str(kinds[k]), "city": town.name,
            "state": town.state, "zip": f"{key % 100000:05}", "lat": lat[k], "lon": lon[k],
            "phone": "(503) 555-0142", "status": "published", "precision": "street",
            "summary": "Care for adults and teens, with evening hours.",
        }  # fmt: skip
        providers.append(facts)
        pairs = [(therapies[t].pk, int(flags[t]) + codes[str(accepting[k, t])]) for t in mine]
        rows.append(
            {
                "provider_id": key, "live": True, "lat": lat[k], "lon": lon[k],
                "state": town.state, "exact": True, "checked": int(checked[k]), "version": 1,
                "yes": changes._bitset(term_ids[yes[k]].tolist()),
                "no": changes._bitset(term_ids[no[k]].tolist()),
                "services": changes._packed(pairs),
                "sort_key": changes.fold(name),
                "search_text": f" {changes.fold(f'{name} {town.name} {key % 100000:05}')}",
            }
        )  # fmt: skip
        if full:
            for answer, which in (("yes", yes[k]), ("no", no[k])):
                said += [
                    {"provider_id": key, "term_id": int(t), "answer": answer}
                    for t in term_ids[which]
                ]
            services += [
                {
                    "provider_id": key, "therapy_id": therapies[t].pk, "order": 0,
                    "accepting_new": str(accepting[k, t]),
                    **{name.replace("-", "_"): bool(held[k, t, f]) for f, name in enumerate(FLAGS)},
                }
                for t in mine
            ]  # fmt: skip
    for model, made in (
        (Provider, providers), (SearchRow, rows), (ProviderTerm, said), (Service, services),
    ):  # fmt: skip
        _insert(cursor, model, made)


def _insert(cursor, model, rows):
    """Many rows at once, without an object for each."""
    if not rows:
        return
    fields = [
        f for f in model._meta.concrete_fields if not (f.primary_key and f.attname not in rows[0])
    ]
    columns = ", ".join(connection.ops.quote_name(f.column) for f in fields)
    marks = ", ".join(["%s"] * len(fields))
    table = connection.ops.quote_name(model._meta.db_table)
    defaults = {f.attname: _default(f) for f in fields}
    values = [
        tuple(
            f.get_db_prep_save(row.get(f.attname, defaults[f.attname]), connection) for f in fields
        )
        for row in rows
    ]
    cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", values)  # nosec B608


def _default(field):
    from django.utils import timezone

    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        return timezone.now()
    return field.get_default()
