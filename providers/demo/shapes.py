"""What an example place is made of, and chance that comes out the same each time."""

import random
from dataclasses import dataclass, field
from datetime import date

from django.utils.text import slugify

MBSR = "mbsr-medical-pain"


@dataclass(frozen=True)
class Offer:
    """One way in which a place gives a therapy. What is left out is drawn, or not stated."""

    form: str = "group"  # one, group, couple, family
    where: str = "person"  # person, video
    sessions: str = ""
    weeks: int = 0
    price: tuple | None = None
    accepting: str = ""
    start: date | None = None
    languages: str = ""
    note: str = ""
    therapy: str = MBSR


def course(weeks=8, where="person", *, hours="2½", form="group", **more):
    sessions = f"{weeks} weeks, {hours} hour{'' if hours == '1' else 's'} a week"
    return Offer(form=form, where=where, weeks=weeks, sessions=sessions, **more)


def one_to_one(minutes=50, where="person", *, form="one", **more):
    return Offer(form=form, where=where, sessions=f"{minutes} minutes each", **more)


@dataclass(frozen=True)
class Example:
    name: str
    kind: str
    town: str
    zip: str
    summary: str
    offers: tuple = ()
    organization: str = ""
    description: str = ""
    yes: tuple = ()  # what the place says yes to, as "facet.slug"
    no: tuple = ()
    silent: tuple = ()  # what must stay not stated, unless said above
    notes: dict = field(default_factory=dict)
    street: str | None = None  # None: drawn
    number: int = 0  # the last four digits of its telephone number
    hours: str | None = None  # None: drawn
    checked: dict | None = None  # aspect to day; None: drawn
    confidential: bool = False
    bare: bool = False  # gives no web address and no mail
    short: str = ""  # a shorter name for its address

    @property
    def slug(self):
        return slugify(self.short or self.name)


def words(text):
    """The terms of a line such as "pay.medicaid care.day"."""
    return tuple(text.split())


BOTH = "person video"
# A place without a bill says nothing of other ways to pay; a shelter is no level of care.
FREE = words(
    "pay.medicaid pay.medicare pay.private pay.military pay.sliding pay.self-pay pay.payment-help"
)
SHELTER = (
    *FREE,
    *words("care.outpatient care.intensive-outpatient care.day care.residential care.inpatient"),
    *words("access.parking access.transit focus.pain"),
)


class Chance:
    """Draws from `random()` only: the one method whose sequence Python promises to keep."""

    def __init__(self, seed):
        self.draw = random.Random(f"TruPaths example: {seed}").random

    def pick(self, options):
        return options[int(self.draw() * len(options))]

    def between(self, low, high, step=1):
        return low + step * int(self.draw() * ((high - low) // step + 1))

    def weighted(self, weights):
        """The index of one weight, as often as it says."""
        rest = self.draw() * sum(weights)
        for index, weight in enumerate(weights):
            rest -= weight
            if rest < 0:
                return index
        return len(weights) - 1
