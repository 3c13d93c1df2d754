"""Two to four places side by side: what each of them says, fact by fact, what differs first."""

from dataclasses import dataclass, field

from django.urls import reverse

from therapies.formats import GROUPING
from therapies.library import library
from trupaths.pages import address, link

from . import wording
from .cards import Card
from .index import index
from .listing import GROUPS
from .models import Check, OldSlug, Provider, ProviderTerm, Service
from .near import measured_place
from .query import Query, measured_from

MOST = 4
LOOKED_UP = 20  # places of one address; what comes after them is not even looked for

TERMS = [(title, facets) for _, title, facets, _ in GROUPS]
ANSWERS = dict(ProviderTerm.Answer.choices)
NOT_STATED = "Not stated: ask"
PARTS = {
    "differ": "Where they differ",
    "open": "Where some have not said",
    "same": "What they share",
}


@dataclass
class Side:
    """One place, the visitor's note on it, and the address of the comparison without it."""

    card: Card
    note: str
    without_url: str


@dataclass
class Cell:
    """What one place says: lines of words, none when it says nothing.

    `answer` is of a term: yes, no or ask. `odd` when it differs from what most of them say.
    """

    lines: list
    answer: str = ""
    silence: str = NOT_STATED
    name: str = ""
    odd: bool = False


@dataclass
class Row:
    title: str
    group: str
    cells: list

    @property
    def part(self):
        """A key of PARTS, or "" when nobody has said anything. Silence differs from no answer."""
        said = [cell.lines for cell in self.cells if cell.lines]
        if not said:
            return ""
        if any(one != said[0] for one in said):
            return "differ"
        return "same" if len(said) == len(self.cells) else "open"

    def mark(self):
        """Where they differ, say which cells do: all of them, unless most agree."""
        if self.part == "differ":
            said = [tuple(cell.lines) for cell in self.cells]
            often = max(map(said.count, said))
            most = {each for each in said if said.count(each) == often > 1}
            for cell, lines in zip(self.cells, said, strict=True):
                cell.odd = bool(lines) and most != {lines}


@dataclass
class Comparison:
    sides: list
    missing: int = 0  # of the places asked for: unknown, or no longer listed
    too_many: bool = False
    parts: list = field(default_factory=list)  # (heading, rows)
    unsaid: list = field(default_factory=list)  # (group, titles) of what nobody has stated
    near: str = ""
    url: str = ""  # for sharing: the places alone, not where the visitor searches from
    sheet_url: str = ""  # questions for these places, to be printed

    @property
    def providers(self):
        return [side.card.provider for side in self.sides]

    @property
    def noted(self):
        return any(side.note for side in self.sides)

    @property
    def names(self):
        return wording.listed(provider.name for provider in self.providers)


def compare(request):
    """The `Comparison` that ?c= asks for, in the order of the address."""
    asked = list(dict.fromkeys(slug[:200] for slug in request.GET.getlist("c") if slug))
    asked = asked[:LOOKED_UP]
    found = _listed(asked)
    listed = list(dict.fromkeys(found[slug] for slug in asked if slug in found))
    providers, place = listed[:MOST], measured_place(request)
    slugs = [provider.slug for provider in providers]
    result = Comparison(
        [_side(request, provider, slugs) for provider in providers],
        missing=len(asked) - len(found),
        too_many=len(listed) > MOST,
        near=request.GET.get("near", "")[:100],
        url=link(reverse("recommendations:saved"), c=slugs),
        sheet_url=link(reverse("recommendations:call_sheet"), c=slugs),
    )
    if len(providers) > 1:
        _fill(result, _rows(providers, place))
    return result


def _listed(slugs):
    """What visitors may see, by the slug asked for; an old slug finds its place too."""
    rows = Provider.objects.published().for_page()
    found = {provider.slug: provider for provider in rows.filter(slug__in=slugs)}
    if unknown := [slug for slug in slugs if slug not in found]:
        moved = OldSlug.objects.filter(slug__in=unknown).values_list("slug", "provider_id")
        moved = dict(moved)
        now = rows.in_bulk(list(moved.values())) if moved else {}
        found |= {slug: now[key] for slug, key in moved.items() if key in now}
    return found


def _side(request, provider, slugs):
    saved = request.visitor.saved_providers.get(provider.pk)
    card = Card(
        provider,
        saved=saved is not None,
        next=request.get_full_path(),
        url=provider.get_absolute_url(),
    )
    others = [slug for slug in slugs if slug != provider.slug]
    return Side(card, saved.note if saved else "", address(request, c=others))


def _fill(result, rows):
    """Put rows under their headings; what nobody has stated is named, but takes no row."""
    by_part = {}
    for row in rows:
        by_part.setdefault(row.part, []).append(row)
        row.mark()
        for provider, cell in zip(result.providers, row.cells, strict=True):
            cell.name = provider.name
    result.parts = [(title, by_part[key]) for key, title in PARTS.items() if key in by_part]
    unsaid = {}
    for row in by_part.get("", ()):
        unsaid.setdefault(row.group or row.title, []).append(row.title)
    result.unsaid = list(unsaid.items())


def _rows(providers, place):
    yield _texts("What it is", [provider.kind for provider in providers])
    yield _texts("Town", [provider.town for provider in providers])
    if place is not None:
        yield _distance(providers, place)
    yield from _services(providers)
    yield from _terms(providers)
    yield Row("Checked", "", [_checked(provider) for provider in providers])


def _texts(title, texts, *, silence=NOT_STATED):
    return Row(title, "", [Cell([text] if text else [], silence=silence) for text in texts])


def _distance(providers, place):
    query = Query(pool=library().pool, **measured_from(place))
    seen = index.current().candidates([provider.pk for provider in providers], query)
    at = {key: n for n, key in enumerate(seen.ids.tolist())}
    texts = [wording.away(seen, at[p.pk]) if p.pk in at else "" for p in providers]
    texts = [text[:1].upper() + text[1:] for text in texts]
    return _texts(f"Distance from {place.label}", texts, silence="Not known")


def _services(providers):
    """A row for each therapy that one of them offers, then what it costs and who may start."""
    by_id = library().by_id
    offers = [[s for s in p.services.all() if s.therapy_id in by_id] for p in providers]
    offered = {service.therapy_id for services in offers for service in services}
    for therapy in (by_id[key] for key in by_id if key in offered):
        cells = [
            Cell([_what(service) for service in services if service.therapy_id == therapy.pk])
            for services in offers
        ]
        yield Row(therapy.short_name, "Services", cells)
    several = len(offered) > 1 or any(len(services) > 1 for services in offers)
    for title, words in (("Price", _price), ("Availability", _availability)):
        yield Row(title, "", [Cell(_by_service(services, words, several)) for services in offers])


def _what(service):
    """One service in a line, without what has a row of its own."""
    elsewhere = {wording.price(service), _availability(service)}
    facts = [fact for fact in wording.service_facts(service) if fact not in elsewhere]
    return "\N{NO-BREAK SPACE}· ".join(facts) or "Offers it"


def _price(service):
    said = service.price_low is not None or service.price_high is not None
    return wording.price(service) if said else ""


def _availability(service):
    said = service.accepting_new != Service.Accepting.UNKNOWN
    return service.get_accepting_new_display() if said else ""


def _by_service(services, words, several):
    """A line for each thing said; where there are several services, with what it is said of."""
    said = {}
    for service in services:
        said.setdefault(words(service), []).append(_called(service, services))
    if not any(said):
        return []
    if not several:
        return list(said)
    return [
        f"{wording.listed(dict.fromkeys(names))}: {text or 'not stated'}"
        for text, names in said.items()
    ]


def _called(service, services):
    """Its therapy, and with whom, if the place has more than one service of that."""
    name = library().by_id[service.therapy_id].short_name
    who = [GROUPING[v].lower() for v, field in Service.GROUPING if getattr(service, field)]
    alike = sum(other.therapy_id == service.therapy_id for other in services)
    return f"{name} ({wording.listed(who, last='or')})" if who and alike > 1 else name


def _terms(providers):
    """A row for each term, in the order of a listing's page."""
    by_facet = index.current().by_facet
    said = [{row.term_id: row for row in p.provider_terms.all()} for p in providers]
    for group, facets in TERMS:
        for term in (term for facet in facets for term in by_facet.get(facet, ())):
            yield Row(term.name, group, [_answer(answers.get(term.pk)) for answers in said])


def _answer(row):
    if row is None:
        return Cell([], answer="ask")
    return Cell([ANSWERS[row.answer], *([row.note] if row.note else [])], answer=row.answer)


def _checked(provider):
    """A line for each date, with what was checked on it."""
    checks = {check.aspect: check for check in provider.checks.all()}
    said = {}
    for aspect, label in Check.Aspect.choices:
        if check := checks.get(aspect):
            day = f"{check.checked_on:%b} {check.checked_on.day}, {check.checked_on.year}"
            said.setdefault(f"{day}, {check.get_how_display()}", []).append(label.lower())
    lines = [f"{wording.listed(labels).capitalize()}: {text}" for text, labels in said.items()]
    if any(check.is_old for check in checks.values()):
        lines.append("Ask before you go.")
    return Cell(lines, silence="Not checked yet. Ask before you go.")
