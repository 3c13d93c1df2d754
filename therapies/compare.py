"""Two or three therapies side by side: length, format, evidence, risks and cost, by address."""

from dataclasses import dataclass, field

from django.urls import reverse

from trupaths.pages import address, link

from .formats import DELIVERY, GROUPING, either, inside, uncited, weeks
from .models import Condition, Evidence, OldSlug, SessionFormat, lines
from .sections import surest_first

MOST = 3
LOOKED_UP = 20  # of one address; what comes after them is not even looked for
NOT_STATED = "Not stated"


@dataclass
class Side:
    """One therapy, and the address of the comparison without it."""

    therapy: object
    without_url: str


@dataclass
class Cell:
    """What a page says: a few words before its lines, none of both when it says nothing.

    `more` is the address where it goes on.
    """

    lines: list
    tag: str = ""
    more: str = ""
    name: str = ""
    silence: str = NOT_STATED


@dataclass
class Row:
    title: str
    cells: list


@dataclass
class Comparison:
    sides: list
    condition: Condition | None = None
    unknown: int = 0  # of the therapies asked for
    too_many: bool = False
    no_condition: bool = False  # asked for one that is not here
    conditions: list = field(default_factory=list)  # that one of these speaks of
    rows: list = field(default_factory=list)
    url: str = ""  # for sending

    @property
    def therapies(self):
        return [side.therapy for side in self.sides]

    @property
    def title(self):
        *names, last = (therapy.short_name for therapy in self.therapies)
        names = f"{', '.join(names)} and {last}"
        return f"{names} for {inside(self.condition.name)}" if self.condition else names


def compare(request, shelf):
    """The `Comparison` that ?t= asks for, in the order of the address, for one condition."""
    asked = list(dict.fromkeys(slug[:120] for slug in request.GET.getlist("t") if slug))
    asked = asked[:LOOKED_UP]
    known = _known(asked, shelf)
    wanted = request.GET.get("condition", "")
    condition = shelf.condition_by_slug.get(wanted)
    therapies = list(dict.fromkeys(known.values()))[:MOST]
    slugs = [therapy.slug for therapy in therapies]
    result = Comparison(
        [_side(request, therapy, slugs) for therapy in therapies],
        condition=condition,
        unknown=len(asked) - len(known),
        too_many=len(known) > MOST,
        no_condition=bool(wanted) and condition is None,
        conditions=_conditions(therapies),
        url=link(reverse("therapies:compare"), t=slugs, condition=condition and condition.slug),
    )
    if len(therapies) > 1:
        result.rows = [row for row in _rows(therapies, condition) if _said(row)]
        for row in result.rows:
            for therapy, cell in zip(therapies, row.cells, strict=True):
                cell.name = therapy.short_name
    return result


def _known(slugs, shelf):
    """slug -> therapy, for what visitors may see; a slug from before finds its page too."""
    found = {slug: shelf.by_slug[slug] for slug in slugs if slug in shelf.by_slug}
    if unknown := [slug for slug in slugs if slug not in found]:
        moved = dict(OldSlug.objects.filter(slug__in=unknown).values_list("slug", "therapy_id"))
        found |= {slug: shelf.by_id[key] for slug, key in moved.items() if key in shelf.by_id}
    return {slug: found[slug] for slug in slugs if slug in found}


def _side(request, therapy, slugs):
    return Side(therapy, address(request, t=[slug for slug in slugs if slug != therapy.slug]))


def _conditions(therapies):
    """What any of them was studied for or is meant for, by name."""
    spoken = {row.condition for therapy in therapies for row in therapy.evidence.all()}
    spoken |= {condition for therapy in therapies for condition in therapy.best_for.all()}
    return sorted(spoken, key=lambda condition: condition.name)


def _said(row):
    return any(cell.lines or cell.tag or cell.silence != NOT_STATED for cell in row.cells)


def _rows(therapies, condition):
    def row(title, words, *, more=""):
        cells = [Cell(words(each)) for each in therapies]
        for cell, each in zip(cells, therapies, strict=True):
            cell.more = f"{each.get_absolute_url()}#{more}" if more and cell.lines else ""
        return Row(title, cells)

    yield row("What it is", lambda each: _lines(each.lead))
    yield Row("How many weeks", [_length(each) for each in therapies])
    yield row("Hours", lambda each: _lines(each.duration))
    yield row("Practice at home", lambda each: _lines(each.home_practice))
    yield row("Format", _format)
    if condition:
        title = f"Evidence for {inside(condition.name)}"
        yield Row(title, [_evidence(each, condition) for each in therapies])
    else:
        yield row("Evidence", _all_evidence, more="evidence")
    yield row("What can go wrong", lambda each: _lines(each.risks), more="before")
    yield row("Ask a clinician first if you", lambda each: _lines(each.who_should_be_careful))
    yield row("Cost", lambda each: _lines(each.typical_cost))
    yield row("Waiting", lambda each: _lines(each.waiting))
    yield row("Reviewed", _reviewed)


def _lines(text):
    return [uncited(line) for line in lines(text)]


def _length(therapy):
    said = weeks(therapy.weeks_from, therapy.weeks_to)
    return Cell(_lines(therapy.cadence), tag=said[:1].upper() + said[1:])


def _format(therapy):
    where = [DELIVERY[value] for value, name in SessionFormat.DELIVERY if getattr(therapy, name)]
    who = [GROUPING[value] for value, name in SessionFormat.GROUPING if getattr(therapy, name)]
    return [either(each) for each in (where, who) if each] or _lines(therapy.session_format)


def _evidence(therapy, condition):
    """What was found for the condition; that nobody assessed it is no finding."""
    for row in therapy.evidence.all():
        if row.condition == condition:
            more = f"{therapy.get_absolute_url()}#evidence"
            return Cell([uncited(row.sentence)], tag=row.in_words, more=more)
    if condition in therapy.best_for.all():
        return Cell([], silence="Used for it. We have not looked at the studies yet.")
    return Cell([], silence="Not assessed. This does not say that it does not help.")


def _all_evidence(therapy):
    """A line for each strength, the surest first."""
    found = {}
    for row in surest_first(therapy.evidence.all()):
        found.setdefault(row.strength, []).append(inside(row.condition.name))
    return [f"{Evidence.IN_WORDS[key]}: {', '.join(names)}" for key, names in found.items()]


def _reviewed(therapy):
    day = therapy.reviewed_on
    if day is None:
        return ["Not yet reviewed by a clinician"]
    return [f"{day:%b} {day.day}, {day.year}"]
