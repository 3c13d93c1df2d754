"""Listings that exist already: brought in line with what their sources say now."""

import json
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch
from django.utils import timezone

from providers import bulk
from providers.models import (
    Check,
    FieldOrigin,
    ListingSource,
    Proposal,
    Provider,
    ProviderTerm,
    Service,
    SuspiciousPoint,
)
from therapies.models import Therapy

from . import listing
from .merging import Merged, merge, together
from .records import ADDRESS

PLACED = {"point", "zip", "city", "state", "confidential"}


@dataclass
class Held:
    """All that is known of one listing."""

    provider: Provider
    terms: dict  # "pay:medicaid" -> what it says
    services: dict  # "service:cbt" -> {field: what differs from nothing said}
    checks: list
    set_by: dict  # name of a field -> FieldOrigin
    sources: list  # ListingSource
    rows: dict  # name of a term or service -> the key of its row
    written: dict = field(default_factory=dict)  # since it was read, or would have been

    @property
    def current(self):
        stands = listing.current(self.provider, self.terms, self.services, self.checks)
        stands |= self.written
        return {name: value for name, value in stands.items() if value is not None}

    @property
    def stands(self):
        return self.current | {"status": self.provider.status}

    @property
    def people(self):
        """{field or aspect: day} of what people set and checked."""
        days = {
            check.aspect: check.checked_on for check in self.checks if check.how in Check.BY_PEOPLE
        }
        return days | {name: row.set_on for name, row in self.set_by.items()}

    @property
    def says(self):
        """What its sources say: those that still list it, or, when none does, all."""
        still = [row for row in self.sources if not row.gone_from]
        return [(row.as_of, row.said) for row in still or self.sources]


def held(ids, *, lock=False):
    """{id: Held} of these listings, in a constant number of queries.

    With `lock`, within a transaction, nobody else changes them until its end.
    """
    providers = Provider.objects.select_related("organization")
    if lock:
        providers = providers.select_for_update(of=("self",)).order_by("pk")
    providers = providers.in_bulk(ids)

    def by_provider(rows):
        found = defaultdict(list)
        for row in rows:
            found[row.provider_id].append(row)
        return found

    # Thirty a listing: as tuples a fifth of the time.
    terms, rows = defaultdict(dict), defaultdict(dict)
    for provider, pk, facet, slug, answer, note in ProviderTerm.objects.filter(
        provider__in=ids
    ).values_list("provider", "pk", "term__facet", "term__slug", "answer", "note"):
        name = f"{facet}:{slug}"
        terms[provider][name] = listing.answer_text(answer, note)
        rows[provider][name] = pk
    services = defaultdict(dict)
    # A therapy is a whole page, of which only the name is asked.
    named = Prefetch("therapy", Therapy.objects.only("slug"))
    for row in Service.objects.filter(provider__in=ids).prefetch_related(named):
        name = listing.service_name(row)
        services[row.provider_id][name] = listing.offer(row)
        rows[row.provider_id][name] = row.pk
    checks = by_provider(Check.objects.filter(provider__in=ids))
    origins = by_provider(FieldOrigin.objects.filter(provider__in=ids))
    sources = by_provider(ListingSource.objects.filter(provider__in=ids).order_by("pk"))
    return {
        key: Held(
            provider,
            terms[key],
            services[key],
            checks[key],
            {row.field: row for row in origins[key]},
            sources[key],
            rows[key],
        )
        for key, provider in providers.items()
    }


def claimed(one):
    """What stands on a listing that no source had so far is what people wrote: say so.

    Returns the `FieldOrigin` rows, for a listing that gets its first source.
    """
    if one.sources or one.provider.demonstration:
        return []
    day = timezone.localdate(one.provider.edited_at or one.provider.created_at)
    rows = [
        FieldOrigin(provider=one.provider, field=name, set_on=day, by="staff")
        for name in one.current
        if not name.startswith("check:") and name not in one.set_by
    ]
    one.set_by |= {row.field: row for row in rows}
    return rows


def revised(one, says_before, book):
    """How this listing changes, its sources having said `says_before` until now: a `Merged`."""
    current = one.current
    before, after = together(says_before), together(one.says)
    known = {name: value for name, value in after.items() if book.knows(name)}
    newest = max((as_of for as_of, _ in one.says), default=None)
    merged = merge(before, known, current, one.people, newest)
    for name in listing.REQUIRED:
        if merged.writes.get(name, "") is None:
            del merged.writes[name]
    return merged


@dataclass
class Revision:
    """Changes to many listings, gathered, and written together by `save()`."""

    book: listing.Book
    run: object
    source: object
    terms_gone: list = field(default_factory=list)
    services_gone: list = field(default_factory=list)
    terms: list = field(default_factory=list)
    services: list = field(default_factory=list)
    checks: list = field(default_factory=list)
    providers: list = field(default_factory=list)
    proposals: list = field(default_factory=list)
    points: list = field(default_factory=list)
    origins: list = field(default_factory=list)
    origins_gone: list = field(default_factory=list)
    hidden: list = field(default_factory=list)  # listings that a source calls confidential now

    def add(self, one, merged: Merged):
        """Take in what one listing needs; returns {name: what it was, what it is, who had set it}.

        What a source writes is no longer what a person set.
        """
        provider, plain, stands = one.provider, False, one.stands
        wrote = {}
        for name, value in merged.writes.items():
            origin = one.set_by.get(name)
            said = [origin.set_on.isoformat(), origin.by] if origin else None
            wrote[name] = [stands.get(name), value, said]
            if origin and origin.pk:
                self.origins_gone.append(origin.pk)
            elif origin in self.origins:
                self.origins.remove(origin)
        for name, value in merged.writes.items():
            if name.startswith("service:"):
                self._service(one, name, value)
            elif name.startswith("check:"):
                self._check(one, name, value)
            elif ":" in name:
                self._term(one, name, value)
            else:
                plain = True
                self._field(provider, name, value)
        if merged.writes.keys() & PLACED:
            self._place(one, merged.writes)
        if plain:
            self.providers.append(provider)
        for name, (value, as_of) in merged.proposals.items():
            self._propose(provider, name, value, as_of)
        return wrote

    def _propose(self, provider, name, value, as_of):
        self.proposals.append(
            Proposal(
                provider=provider,
                field=name,
                value=value,
                source=self.source,
                run=self.run,
                as_of=as_of,
            )
        )

    def _field(self, provider, name, value):
        if name == "confidential":
            provider.confidential_address = bool(value)
        elif name == "organization":
            provider.organization_id = self.book.organization(value) if value else None
        elif name != "point":
            setattr(provider, name, value or "")

    def _place(self, one, writes):
        """Move the point with the address; a point that a person set stays."""
        provider = one.provider
        if "point" not in writes and "point" in one.set_by and not provider.confidential_address:
            return
        point = writes.get("point")
        if "point" not in writes and provider.precision == listing.STREET:
            point = (provider.lat, provider.lon)
        self._doubt(provider, point, listing.stand(provider, point, self.book))

    def _doubt(self, provider, point, miles):
        if miles:
            lat, lon = point
            self.points.append(
                SuspiciousPoint(
                    provider=provider, source=self.source, lat=lat, lon=lon, miles=miles
                )
            )

    def _term(self, one, name, value):
        if name in one.terms:
            self.terms_gone.append(one.rows[name])
        if value is not None:
            answer, note = listing.parted(value)
            self.terms.append((one.provider.pk, self.book.terms[name], answer, note))

    def _service(self, one, name, value):
        if name in one.services:
            self.services_gone.append(one.rows[name])
        if value is not None:
            row = listing.service_row(name, value, self.book)
            self.services.append(row | {"provider_id": one.provider.pk})

    def _check(self, one, name, value):
        """A check of our own export counts when it is newer than ours; none is ever taken away."""
        known = {f"check:{check.aspect}": check.checked_on for check in one.checks}
        if value and date.fromisoformat(value[0]) > known.get(name, date.min):
            self.checks.append(Check(provider=one.provider, **listing.check_row(name, value)))

    def save(self):
        """Write all of it, inside `listing_changes()`."""
        if self.terms:
            self.book.hold_terms()
        ProviderTerm.objects.filter(pk__in=self.terms_gone).delete()
        Service.objects.filter(pk__in=self.services_gone).delete()
        bulk.Insert(ProviderTerm, self.terms, listing.ANSWER).write()
        bulk.insert(Service, self.services)
        for check in self.checks:
            Check.objects.filter(provider_id=check.provider_id, aspect=check.aspect).delete()
            check.save()
        now = {"updated_at": timezone.now()}
        bulk.update(Provider, [fields(provider) | now for provider in self.providers])
        FieldOrigin.objects.filter(pk__in=self.origins_gone).delete()
        FieldOrigin.objects.bulk_create(self.origins, ignore_conflicts=True)
        self._file_proposals()
        SuspiciousPoint.objects.bulk_create(self.points, ignore_conflicts=True)

    def _file_proposals(self):
        """What waits already, and what a person declined, is not asked again."""
        known = {
            _key(row)
            for row in Proposal.objects.filter(
                provider__in={row.provider_id for row in self.proposals}
            )
        }
        fresh = {_key(row): row for row in self.proposals}
        self.filed = [row for key, row in fresh.items() if key not in known]
        Proposal.objects.bulk_create(self.filed)


def fields(row):
    """{attname: value} of a row of a model."""
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def _key(proposal):
    """Equal for equal proposals, whatever the order of the keys that a database gives back."""
    value = json.dumps(proposal.value, sort_keys=True)
    return proposal.provider_id, proposal.field, value


def without_address(said):
    return {name: value for name, value in said.items() if name not in ADDRESS}
