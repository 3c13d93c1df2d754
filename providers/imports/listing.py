"""A listing as it stands, in the words of records; and its rows, from those words."""

from datetime import date
from types import SimpleNamespace

from django.utils.text import slugify

from providers.changes import service_flags
from providers.models import Check, Organization, Provider, ProviderTerm, Service

from .records import FIELDS

PLAIN = [name for name in FIELDS if name not in ("point", "organization")]
REQUIRED = ("name", "kind", "city", "state")
KIND = "Treatment facility"  # where a source does not say
STREET = Provider.Precision.STREET

# Field of a service -> what it holds when nothing is said.
OFFER = {
    f.name: f.get_default()
    for f in Service._meta.fields
    if f.name not in ("id", "provider", "therapy", "order")
}


class Book:
    """What a whole import knows by heart: terms, therapies, organizations, points."""

    def __init__(self, points, terms, therapies):
        self.points = points
        self.terms = {f"{facet}:{slug}": pk for facet, slug, pk in terms}
        self.therapies = dict(therapies)
        self.organizations = {}
        self.words = set()  # of the search, known to be held

    def knows(self, name):
        """Whether this name of `said` is of a term or therapy that exists here."""
        if name.startswith("service:"):
            return name[8:].partition("#")[0] in self.therapies
        return ":" not in name or name.startswith("check:") or name in self.terms

    def organization(self, name):
        """The id of the organization of this name, made when it is new."""
        if name not in self.organizations:
            slug = slugify(name)[:200] or "organization"
            made, _ = Organization.objects.get_or_create(slug=slug, defaults={"name": name})
            self.organizations[name] = made.pk
        return self.organizations[name]


def current(provider, terms, services, checks=()):
    """{name: value} of a listing, named and valued as `Record.said` has it.

    `terms` are its `ProviderTerm` with their term, `services` its `Service` with their therapy.
    """
    found = {name: getattr(provider, name) for name in PLAIN}
    if provider.organization_id:
        found["organization"] = provider.organization.name
    if provider.lat is not None and provider.precision == STREET:
        found["point"] = [round(provider.lat, 6), round(provider.lon, 6)]
    if provider.confidential_address:
        found["confidential"] = True
    for row in terms:
        found[f"{row.term.facet}:{row.term.slug}"] = answer_text(row)
    for service in services:
        found[service_name(service)] = offer(service)
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


def answer_text(row):
    return f"{row.answer}: {row.note}" if row.note else row.answer


def term_row(provider_id, term_id, value):
    answer, _, note = value.partition(": ")
    return {"provider_id": provider_id, "term_id": term_id, "answer": answer, "note": note[:120]}


def service_row(provider_id, name, value, book):
    """The fields of a `Service` for "service:cbt" or "service:cbt#1"."""
    slug, _, order = name[8:].partition("#")
    row = OFFER | value
    if isinstance(row["next_start"], str):
        row["next_start"] = date.fromisoformat(row["next_start"])
    return row | {
        "provider_id": provider_id,
        "therapy_id": book.therapies[slug],
        "order": int(order or 0),
    }


def check_row(provider_id, name, value):
    day, how, by = value
    return {
        "provider_id": provider_id,
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
    miles = point and book.points.miles_off(point, provider.zip)
    if point and not miles:
        (provider.lat, provider.lon), provider.precision = point, STREET
    else:
        provider.lat, provider.lon, provider.precision = book.points.middle(
            provider.zip, provider.city, provider.state
        )
    return miles or None


class Written:
    """Rows to write for new listings, gathered for all of a batch."""

    def __init__(self, book):
        self.book = book
        self.providers, self.terms, self.services, self.checks = [], [], [], []

    def add(self, provider, said):
        """The rows for what is said of a new listing; returns the facts for its search row."""
        yes, no, flags, texts, checked = [], [], [], [], 0
        for name, value in said.items():
            if ":" not in name or not self.book.knows(name):
                continue
            if name.startswith("service:"):
                row = service_row(provider.pk, name, value, self.book)
                self.services.append(row)
                flags.append((row["therapy_id"], service_flags(SimpleNamespace(**row))))
                texts += [row["languages"], row["sessions"], row["note"]]
            elif name.startswith("check:"):
                row = check_row(provider.pk, name, value)
                self.checks.append(row)
                checked = max(checked, row["checked_on"].toordinal())
            else:
                row = term_row(provider.pk, self.book.terms[name], value)
                self.terms.append(row)
                (yes if row["answer"] == ProviderTerm.Answer.YES else no).append(row["term_id"])
        self.providers.append(provider)
        return {"yes": yes, "no": no, "services": flags, "said": texts, "checked": checked}

    def rows(self):
        names = [f.attname for f in Provider._meta.concrete_fields]
        dates = {"created_at", "updated_at"}
        names = [name for name in names if name not in dates]
        listed = [{name: getattr(made, name) for name in names} for made in self.providers]
        return [
            (Provider, listed),
            (ProviderTerm, self.terms),
            (Service, self.services),
            (Check, self.checks),
        ]


def new_provider(pk, said, *, status, slug, book):
    """An unsaved listing of what is said; returns it, and the miles of a point not believed."""
    values = {name: said[name] for name in PLAIN if name in said}
    provider = Provider(pk=pk, slug=slug, status=status, **({"kind": KIND} | values))
    provider.confidential_address = said.get("confidential", False)
    if name := said.get("organization"):
        provider.organization_id = book.organization(name)
    return provider, stand(provider, said.get("point"), book)
