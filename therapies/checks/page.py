"""A page as the checks ask about it, and how a check is made."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from therapies.formats import uncited
from therapies.models import Therapy, Waiver, lines
from trupaths.reading import grade

CITED = re.compile(r"\[(\d+)\]")


class Page:
    """A therapy with its parts, as the checks ask about it."""

    def __init__(self, therapy):
        self.therapy = therapy
        self.points = list(therapy.points.all())
        self.faqs = list(therapy.faqs.all())
        self.references = list(therapy.references.all())
        self.evidence = list(therapy.evidence.all())

    def __getattr__(self, name):
        return getattr(self.therapy, name)

    def count(self, section):
        return sum(point.section == section for point in self.points)

    @cached_property
    def texts(self):
        """(where it stands, text) of all that visitors read in sentences."""
        own = [(field.verbose_name, getattr(self.therapy, field.name)) for field in WRITTEN]
        points = [(str(point), f"{point.title}\n{point.text}") for point in self.points]
        faqs = [(str(faq), f"{faq.question}\n{faq.answer}") for faq in self.faqs]
        rows = [(str(row.condition), row.sentence) for row in self.evidence]
        return [(where, text) for where, text in [*own, *points, *faqs, *rows] if text]

    @cached_property
    def lines(self):
        return [uncited(line) for _, text in self.texts for line in lines(text)]

    @cached_property
    def grade(self):
        """Flesch-Kincaid grade of its sentences, or None."""
        return grade(self.lines)

    @cached_property
    def cited(self):
        """Numbers of the references that some sentence or evidence row leans on."""
        found = {int(n) for _, text in self.texts for n in CITED.findall(text)}
        return found | {each.number for row in self.evidence for each in row.references.all()}


_NOT_READ = "slug kind status author reviewed_by also_known_as overview_figure \
    overview_figure_narrow sessions_picture".split()
WRITTEN = [
    field
    for field in Therapy._meta.concrete_fields
    if field.get_internal_type() in ("CharField", "TextField") and field.name not in _NOT_READ
]


@dataclass(frozen=True)
class Check:
    """`ask` yields, for each thing asked: is it so, and what to say when not."""

    name: str
    title: str
    ask: Callable
    discern: bool


@dataclass(frozen=True)
class Result:
    check: Check
    asked: int
    missing: list[str]
    waiver: Waiver | None

    @property
    def met(self):
        return not self.missing

    @property
    def open(self):
        """Neither met nor waived: it stands in the way of publishing."""
        return not self.met and self.waiver is None

    @property
    def score(self):
        """Points of DISCERN, 1 to 5."""
        return 1 + round(4 * (self.asked - len(self.missing)) / self.asked)


CHECKS = []


def check(name, title, *, discern=True):
    def register(ask):
        CHECKS.append(Check(name, title, ask, discern))
        return ask

    return register
