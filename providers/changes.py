"""The one door for changes to listings: rows and index are written in one transaction."""

import hashlib
import struct
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from itertools import chain

from django.db import transaction
from django.db.models import F

from trupaths.text import fold

from . import bulk
from .models import (
    Check,
    Place,
    Provider,
    ProviderTerm,
    SearchClock,
    SearchRow,
    SearchWord,
    Service,
)

_open = ContextVar("listing_changes", default=None)

BATCH = 500


class Changed(set):
    """Ids of the listings that changed; all of them with `everything()`."""

    names_changed = False
    examples_left = 0  # withdrawn because a real listing is published

    def __init__(self, ids=()):
        super().__init__(ids)
        self.told_again = set()  # ids of which only a card says something else: the source's year
        self.new_rows = []  # of `search_row()`, for listings written in this transaction
        self.known_words = set()  # words that the database is known to hold
        self.held_words = set()  # words written in this transaction

    @property
    def anything(self):
        return bool(self or self.new_rows or self.told_again or self.names_changed)

    def vocabulary(self):
        """A term was added or renamed: no listing changed, yet every process must know."""
        self.names_changed = True

    def everything(self):
        self.update(Provider.objects.values_list("pk", flat=True))
        self.update(SearchRow.objects.values_list("pk", flat=True))


@contextmanager
def listing_changes():
    """`atomic()` plus `reindex` of what was added, as its last act. Inner uses join the outer."""
    if (outer := _open.get()) is not None:
        yield outer
        return
    changed = Changed()
    token = _open.set(changed)
    try:
        with transaction.atomic():
            yield changed
            if changed or changed.new_rows:
                left = _examples_leave()
                changed.examples_left = len(left)
                changed |= left
            if changed.anything:
                reindex(changed)
    finally:
        _open.reset(token)


def _examples_leave():
    """Examples and real places never mix: with the first real one, all examples are withdrawn."""
    published = Provider.objects.published()
    examples = published.filter(demonstration=True)
    if not examples.exists() or not published.filter(demonstration=False).exists():
        return set()
    ids = set(examples.values_list("pk", flat=True))
    Provider.objects.filter(pk__in=ids).update(status=Provider.Status.WITHDRAWN)
    return ids


def reindex(changed):
    """Write the search rows of these listings under a new version. Within a transaction."""
    version = _next_version()
    ids = sorted(changed)
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        rows = list(_facts(batch))
        there = {row["provider_id"] for row in rows}
        gone = set(batch) - there
        SearchRow.objects.filter(pk__in=there).delete()
        bulk.insert(SearchRow, rows, version=version)
        SearchRow.objects.filter(pk__in=gone).update(
            live=False, same_place=0, same_phone=0, version=version
        )
        _hold_words((row["search_text"] for row in rows), changed)
    again = changed.told_again - changed
    SearchRow.objects.filter(pk__in=again).update(version=version)
    fresh = [row for row in changed.new_rows if row["provider_id"] not in changed]
    bulk.insert(SearchRow, fresh, version=version)
    _hold_words((row["search_text"] for row in fresh), changed)


def _hold_words(texts, changed):
    held = {word[:60] for word in set(" ".join(texts).split())} - changed.known_words
    bulk.insert_missing(SearchWord, sorted(held))
    changed.held_words |= held


def _next_version():
    # The row lock makes version order commit order: a later version never commits first.
    clock = SearchClock.objects.filter(pk=1)
    if not clock.update(version=F("version") + 1):
        SearchClock.objects.get_or_create(pk=1)
        clock.update(version=F("version") + 1)
    return clock.values_list("version", flat=True).get()


def search_rows(ids, version):
    """The search rows that these listings should have."""
    return (SearchRow(version=version, **facts) for facts in _facts(ids))


def _facts(ids):
    """`search_row()` of each of these listings, as they stand in the database."""
    terms = {"yes": {}, "no": {}}
    for provider, term, answer in ProviderTerm.objects.filter(provider__in=ids).values_list(
        "provider", "term", "answer"
    ):
        terms[answer].setdefault(provider, []).append(term)
    services, said = {}, {}
    for service in Service.objects.filter(provider__in=ids):
        services.setdefault(service.provider_id, []).append(
            (service.therapy_id, service_flags(service))
        )
        said.setdefault(service.provider_id, []).extend(
            [service.languages, service.sessions, service.note]
        )
    checked = {}
    for provider, day in Check.objects.filter(provider__in=ids).values_list(
        "provider", "checked_on"
    ):
        checked[provider] = max(checked.get(provider, 0), day.toordinal())
    listed = Provider.objects.filter(pk__in=ids).select_related("organization")
    providers = list(listed.order_by("pk"))
    towns = _town_points(provider for provider in providers if provider.lat is None)
    for provider in providers:
        key = provider.pk
        yield search_row(
            provider,
            towns,
            yes=terms["yes"].get(key, ()),
            no=terms["no"].get(key, ()),
            services=services.get(key, ()),
            said=said.get(key, ()),
            part_of=provider.organization.name if provider.organization else "",
            checked=checked.get(key, 0),
        )


def search_row(provider, towns, *, yes, no, services, said, part_of="", checked=0):
    """What the index needs of one listing, as the fields of `SearchRow` but its version.

    `towns` is {(folded name, state): (lat, lon)}, `yes` and `no` are ids of terms, `services` pairs
    of a therapy id and flags, `said` what its services say in words, `part_of` the name of its
    organization, `checked` the ordinal of the day of the last check.
    """
    town = towns.get((fold(provider.city), provider.state)) if provider.lat is None else None
    lat, lon = town or (provider.lat, provider.lon)
    return {
        "provider_id": provider.pk,
        "live": provider.is_published,
        "demonstration": provider.demonstration,
        "organization_id": provider.organization_id or 0,
        "lat": lat,
        "lon": lon,
        "by_town": town is not None,
        "state": provider.state,
        "exact": provider.precision == Provider.Precision.STREET,
        "checked": checked,
        "yes": _bitset(yes),
        "no": _bitset(no),
        "services": _packed(services),
        "sort_key": fold(provider.name)[:200],
        "search_text": _text(provider, part_of, said),
        "same_place": same_place(provider.name, provider.street, provider.zip),
        "same_phone": same_phone(provider.phone),
    }


@lru_cache(maxsize=4096)  # an import asks three times for each row
def same_place(name, street, zip_code):
    """Equal for one place written twice; 0 without an address. A 63-bit number."""
    if not (street and zip_code):
        return 0
    text = f"{fold(name)}|{fold(street)}|{zip_code[:5]}"
    digest = hashlib.blake2b(text.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


def same_phone(phone):
    """The ten digits of a number as a number, without its extension; else 0."""
    digits = "".join(filter(str.isdigit, phone.lower().partition("x")[0]))
    return int(digits[-10:]) if len(digits) >= 10 else 0


def _text(provider, part_of, of_services):
    """Folded words with a space before each, so that “ art” begins a word."""
    parts = (provider.name, provider.kind, provider.city, provider.zip, provider.summary, part_of)
    return f" {fold(' '.join([*parts, *of_services]))}"


def _town_points(providers):
    """(folded name, state) -> (lat, lon) of the towns of these listings.

    A shelter, say, tells nobody where it stands, yet someone in its town must find it.
    """
    wanted = {(fold(provider.city), provider.state) for provider in providers}
    if not wanted:
        return {}
    towns = Place.objects.filter(kind=Place.Kind.TOWN, folded__in={name for name, _ in wanted})
    towns = towns.order_by("population")  # of two in one state the larger is meant
    return {
        (town.folded, town.state): (town.lat, town.lon)
        for town in towns
        if (town.folded, town.state) in wanted
    }


def _packed(values):
    """Pairs as sorted uint32, little-endian: the same bytes for the same facts."""
    return struct.pack(f"<{2 * len(values)}I", *chain.from_iterable(sorted(values)))


def _bitset(ids):
    """Bit n of byte n // 8 stands for id n; no longer than it must be."""
    flags = 0
    for n in ids:
        flags |= 1 << n
    return flags.to_bytes((flags.bit_length() + 7) // 8, "little")


# Flags of a service: delivery, grouping, taking new people. Not stated: no flag of the kind.
FLAGS = {
    "in-person": 1,
    "virtual": 2,
    "individual": 4,
    "group": 8,
    "couple": 16,
    "family": 32,
    "accepting": 64,
    "full": 128,
}
DELIVERY = FLAGS["in-person"] | FLAGS["virtual"]
GROUPING = FLAGS["individual"] | FLAGS["group"] | FLAGS["couple"] | FLAGS["family"]


def service_flags(service):
    flags = 0
    for value, field in Service.DELIVERY + Service.GROUPING:
        if getattr(service, field):
            flags |= FLAGS[value]
    accepting = {Service.Accepting.YES: "accepting", Service.Accepting.NO: "full"}
    if service.accepting_new in accepting:
        flags |= FLAGS[accepting[service.accepting_new]]
    return flags


def differing():
    """Ids whose search row is not what the listing says. Empty when all is well."""
    compared = [f.attname for f in SearchRow._meta.fields if f.name != "version"]

    def facts(row):
        values = (getattr(row, name) for name in compared)
        return tuple(bytes(v) if isinstance(v, memoryview) else v for v in values)

    wrong, known = [], set()
    ids = list(Provider.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        held = SearchRow.objects.in_bulk(batch)
        known.update(batch)
        for row in search_rows(batch, version=0):
            if row.pk not in held or facts(held[row.pk]) != facts(row):
                wrong.append(row.pk)
    left = SearchRow.objects.filter(live=True).exclude(pk__in=known)
    return wrong + list(left.values_list("pk", flat=True))
