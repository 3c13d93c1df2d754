"""A listing as it stands, in the words of records; and its rows, from those words."""

import hashlib
from collections import defaultdict, deque
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace

from django.utils.text import slugify

from providers import bulk
from providers.changes import service_flags
from providers.models import Check, Organization, Provider, ProviderTerm, Service, Term
from therapies.models import Therapy

from .points import Points
from .records import FIELDS, Stopped, content_hash

PLAIN = [name for name in FIELDS if name not in ("point", "organization")]
REQUIRED = ("name", "kind", "city", "state")
KIND = "Treatment facility"  # where a source does not say
STREET = Provider.Precision.STREET

# Field of a listing -> what it holds when nothing is said.
BLANK = {
    name: Provider._meta.get_field(name).get_default()
    for name in (*PLAIN, "organization", "lat", "lon", "confidential_address", "demonstration")
}
BLANK["organization_id"] = BLANK.pop("organization")

# Field of a service -> what it holds when nothing is said.
OFFER = {
    f.name: f.get_default()
    for f in Service._meta.fields
    if f.name not in ("id", "provider", "therapy", "order")
}


IDS_AT_A_TIME = 1000


class Book:
    """What a whole import knows by heart: terms, therapies, organizations, points."""

    def __init__(self, status=Provider.Status.PUBLISHED):
        self.status = status  # of new listings
        terms = Term.objects.values_list("facet", "slug", "pk")
        self.terms = {f"{facet}:{slug}": pk for facet, slug, pk in terms}
        self.therapies = dict(Therapy.objects.values_list("slug", "pk"))
        self.points = Points()
        self.words = set()  # of the search, known to be held
        self.organizations_known = {}
        self._ids = defaultdict(deque)
        # With another vocabulary the same row may mean something else here.
        self.vocabulary = content_hash(sorted([*self.terms, *self.therapies]))
        self.salt = f"{self.vocabulary} {reading_version()}"

    def knows(self, name):
        """Whether this name of `said` is of a term or therapy that exists here."""
        if name.startswith("service:"):
            return name[8:].partition("#")[0] in self.therapies
        return ":" not in name or name.startswith("check:") or name in self.terms

    def hold_terms(self):
        """Within a transaction: none of the terms goes before its end. No constraint checks those
        of answers (docs/decisions/0012-terms-are-held.md)."""
        held = Term.objects.select_for_update(no_key=True).values_list("pk", flat=True)
        if not set(held).issuperset(self.terms.values()):
            raise Stopped(
                "A term was deleted meanwhile. Nothing that says it was written: run it again."
            )

    def take_ids(self, model, count):
        """So many new keys, taken from the database a thousand at a time."""
        if len(self._ids[model]) < count:
            self._ids[model] += bulk.take_ids(model, max(count, IDS_AT_A_TIME))
        return [self._ids[model].popleft() for _ in range(count)]

    def organization(self, name):
        """The id of the organization of this name, made when it is new."""
        if name not in self.organizations_known:
            made, _ = Organization.objects.get_or_create(slug=_slug(name), defaults={"name": name})
            self.organizations_known[name] = made.pk
        return self.organizations_known[name]

    def organizations(self, websites):
        """Know these by their ids; returns the rows of those that must be written first.

        `websites` is {name: website}.
        """
        wanted = {
            name: _slug(name) for name in websites if name and name not in self.organizations_known
        }
        found = Organization.objects.filter(slug__among=wanted.values()).order_by()
        ids = dict(found.values_list("slug", "pk"))
        fresh = {slug: name for name, slug in reversed(wanted.items()) if slug not in ids}
        ids |= zip(fresh, self.take_ids(Organization, len(fresh)), strict=True)
        self.organizations_known |= {name: ids[slug] for name, slug in wanted.items()}
        return [
            {"id": ids[slug], "name": name, "slug": slug, "website": websites[name]}
            for slug, name in fresh.items()
        ]


def _slug(name):
    return slugify(name)[:200] or "organization"


@lru_cache(maxsize=1)
def reading_version():
    """Changes with every change to the readers: then a row that stands as before is read again."""
    whole = hashlib.sha256()
    for file in sorted(Path(__file__).parent.rglob("*")):
        if file.suffix in (".py", ".csv"):
            whole.update(file.read_bytes())
    return whole.hexdigest()


def current(provider, terms, services, checks):
    """{name: value} of a listing, named and valued as `Record.said` has it.

    `terms` and `services` are {name: value} of what it says, as they stand.
    """
    found = {name: getattr(provider, name) for name in PLAIN}
    if provider.organization_id:
        found["organization"] = provider.organization.name
    if provider.lat is not None and provider.precision == STREET:
        found["point"] = [round(provider.lat, 6), round(provider.lon, 6)]
    if provider.confidential_address:
        found["confidential"] = True
    found |= terms
    found |= services
    for check in checks:
        found[f"check:{check.aspect}"] = [check.checked_on.isoformat(), check.how, check.by]
    return {name: value for name, value in found.items() if value not in ("", None)}


def service_name(service):
    suffix = f"#{service.order}" if service.order else ""
    return f"service:{service.therapy.slug}{suffix}"


def offer(service):
    """{field: value} where a service says something, as JSON holds it."""
    held = {name: getattr(service, name) for name in OFFER}
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in held.items()
        if value != OFFER[name]
    }


def answer_text(answer, note):
    return f"{answer}: {note}" if note else answer


@lru_cache(maxsize=4096)
def parted(value):
    """("yes", "a note") of what is said of a term."""
    answer, _, note = value.partition(": ")
    return answer, note[:120]


def service_row(name, value, book):
    """The fields of a `Service` for "service:cbt" or "service:cbt#1"."""
    slug, _, order = name[8:].partition("#")
    row = OFFER | value
    if isinstance(row["next_start"], str):
        row["next_start"] = date.fromisoformat(row["next_start"])
    return row | {"therapy_id": book.therapies[slug], "order": int(order or 0)}


def check_row(name, value):
    day, how, by = value
    return {
        "aspect": name.partition(":")[2],
        "checked_on": date.fromisoformat(day),
        "how": how,
        "by": by,
    }


def stand(provider, point, book):
    """Give a listing its point, or the middle of its ZIP code or town; none when confidential.

    Returns how many miles a point that was not believed lies off, else None.
    """
    provider.lat = provider.lon = None
    provider.precision = Provider.Precision.NONE
    if provider.confidential_address:
        return None
    miles = point and book.points.miles_off(point, provider.zip, provider.city, provider.state)
    if point and not miles:
        (provider.lat, provider.lon), provider.precision = point, STREET
    else:
        provider.lat, provider.lon, provider.precision = book.points.middle(
            provider.zip, provider.city, provider.state
        )
    return miles or None


def _flags(row):
    return service_flags(SimpleNamespace(**row))


ANSWER = ("provider_id", "term_id", "answer", "note")


@dataclass
class Facts:
    """What is said of a new listing, as rows that only lack its key, and as `search_row()` asks."""

    answers: list = field(default_factory=list)  # (term id, answer, note)
    services: list = field(default_factory=list)  # {field: value}
    checks: list = field(default_factory=list)
    search: dict = field(default_factory=dict)


def facts_of(said, book):
    facts, terms = Facts(), book.terms
    yes, no, flags, texts, checked = [], [], [], [], 0
    for name, value in said.items():
        if term := terms.get(name):
            answer, note = parted(value)
            facts.answers.append((term, answer, note))
            (yes if answer == "yes" else no).append(term)
        elif name.startswith("service:") and book.knows(name):
            row = service_row(name, value, book)
            facts.services.append(row)
            flags.append((row["therapy_id"], _flags(row) if value else 0))
            texts += [row["languages"], row["sessions"], row["note"]]
        elif name.startswith("check:"):
            row = check_row(name, value)
            facts.checks.append(row)
            checked = max(checked, row["checked_on"].toordinal())
    facts.search = {
        "yes": yes,
        "no": no,
        "services": flags,
        "said": texts,
        "part_of": said.get("organization", ""),
        "checked": checked,
    }
    return facts


class Rows:
    """Rows of new listings, gathered for all of a batch."""

    def __init__(self):
        self.providers, self.terms, self.services, self.checks = [], [], [], []

    def add(self, provider, facts):
        pk = provider.pk
        self.providers.append(vars(provider))
        self.terms += [(pk, *answer) for answer in facts.answers]
        self.services += [row | {"provider_id": pk} for row in facts.services]
        self.checks += [row | {"provider_id": pk} for row in facts.checks]

    def inserts(self):
        return [
            bulk.Insert(Provider, self.providers),
            bulk.Insert(ProviderTerm, self.terms, ANSWER),
            bulk.Insert(Service, self.services),
            bulk.Insert(Check, self.checks),
        ]


def new_provider(pk, said, *, slug, book):
    """A new listing of what is said, and the miles of a point not believed.

    It has the fields of a `Provider` and is none: to make one takes ten times as long.
    """
    provider = SimpleNamespace(**BLANK)
    provider.id = provider.pk = pk
    provider.slug, provider.kind, provider.status = slug, KIND, book.status.value
    provider.is_published = book.status == Provider.Status.PUBLISHED
    for name in PLAIN:
        if name in said:
            setattr(provider, name, said[name])
    provider.confidential_address = said.get("confidential", False)
    if name := said.get("organization"):
        provider.organization_id = book.organization(name)
    miles = stand(provider, said.get("point"), book)
    provider.precision = str(provider.precision)
    return provider, miles
