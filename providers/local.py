"""What places say of one therapy, added up: the local reality beside what its page calls usual.

One question to the database adds up a thousand places at most, so that it takes as long in the
largest directory; what it says of the whole country is kept as long as the snapshot.
"""

import re
from dataclasses import dataclass, replace
from weakref import WeakKeyDictionary

from django.db.models import Count, Max, Min, Q
from django.db.models.functions import Coalesce
from django.urls import reverse

from therapies import formats
from trupaths.pages import link

from . import wording
from .models import Service

MOST = 1000  # places that are added up; a page says which when there are more
UNITS = 2  # prices are told for the units that most places use

_WEEKS = re.compile(r"(\d{1,3})(?:\s*(?:to|-|–)\s*(\d{1,3}))?[ -]weeks?(?:$|[,;.(]| course)")


@dataclass(frozen=True)
class Price:
    """As of a service; `said` is how many services say so."""

    price_low: int
    price_high: int
    price_unit: str
    said: int


@dataclass(frozen=True)
class Local:
    """One therapy at the places of a region; `weeks` and `prices` only as far as they are stated.

    `usual` is the length that its page calls usual, in words; `some` says which of the places were
    added up, when not all.
    """

    places: int
    online: int
    examples: bool
    weeks: tuple | None = None  # (fewest, most)
    weeks_said: int = 0
    prices: tuple = ()
    some: str = ""
    usual: str = ""

    @property
    def sentence(self):
        """“Usually 8 weeks; here 6 to 10 weeks. $0 to $90 a session.”; "" when nothing is known."""
        here = formats.weeks(*self.weeks) if self.weeks else ""
        lengths = [f"usually {self.usual}"] if self.usual else []
        lengths += [f"here {here}"] if here else []
        said = ["; ".join(lengths), ", ".join(map(wording.price, self.prices))]
        return " ".join(f"{each[0].upper()}{each[1:]}." for each in said if each)

    @property
    def stated(self):
        """How many times places state it: “8 weeks” of one place is no range of many."""
        prices = sum(price.said for price in self.prices)
        said = [("a length is stated", self.weeks_said), ("a price is stated", prices)]
        said = [f"{what} {times(n)}" for what, n in said if n]
        if not said:
            return "No length or price is stated here."
        return f"Here {' and '.join(said)}."


@dataclass(frozen=True)
class Instead:
    """A related therapy that is listed where this one is not."""

    therapy: object
    places: int
    url: str


def times(n):
    return {1: "once", 2: "twice"}.get(n, f"{n:,} times")


def local(snapshot, query, *, usual=""):
    """`Local` for a `Query` of one therapy, near its point or, without one, in the country."""
    found = _added_up(snapshot, query) if query.located else _country(snapshot, query)
    return replace(found, usual=usual)


_countries = WeakKeyDictionary()  # Snapshot -> {Query: Local}


def _country(snapshot, query):
    """The same for everyone: what one visitor hides plays no part."""
    kept, query = _countries.setdefault(snapshot, {}), replace(query, leave_out=())
    if query not in kept:
        kept[query] = _added_up(snapshot, query)
    return kept[query]


def instead(snapshot, therapies, query, *, near=""):
    """Those of some therapies that are listed where the query asks, in the order given."""
    found = []
    for therapy in therapies:
        if count := snapshot.count(replace(query, therapies=(therapy.pk,))):
            url = link(reverse("providers:list"), therapy=therapy.slug, near=near)
            found.append(Instead(therapy, count, url))
    return found


def _added_up(snapshot, query):
    """Of the nearest places or, without a point, of those checked last."""
    matches = snapshot.search(replace(query, sort="distance" if query.located else "checked"))
    count, first = matches.total, "the nearest" if query.located else "those checked last"
    found = Local(
        count,
        online=snapshot.count(replace(query, delivery=("virtual",))),
        examples=snapshot.demonstration,
        some=f"Added up for {MOST:,} of them, {first}." if count > MOST else "",
    )
    if not count:
        return found
    stated = Q(price_low__isnull=False) | Q(price_high__isnull=False)
    rows = (
        Service.objects.filter(
            therapy_id__in=query.therapies, provider_id__in=matches.ids[:MOST].tolist()
        )
        .order_by()
        .values_list("sessions", "price_unit")
        .annotate(
            low=Min(Coalesce("price_low", "price_high")),
            high=Max(Coalesce("price_high", "price_low")),
            priced=Count("pk", filter=stated),
            said=Count("pk"),
        )
    )
    return replace(found, **_told(rows))


def _told(rows):
    """Lengths and prices out of what services say, grouped by their words."""
    lengths, prices = [], {}
    for sessions, unit, low, high, priced, said in rows:
        if length := weeks(sessions):
            lengths.append((*length, said))
        if priced:
            was = prices.get(unit, Price(low, high, unit, 0))
            low, high = min(was.price_low, low), max(was.price_high, high)
            prices[unit] = Price(low, high, unit, was.said + priced)
    usual = sorted(prices.values(), key=lambda price: (-price.said, price.price_unit))
    told = {"prices": tuple(usual[:UNITS]), "weeks_said": sum(said for *_, said in lengths)}
    if lengths:
        told["weeks"] = min(few for few, *_ in lengths), max(most for _, most, _ in lengths)
    return told


def weeks(text):
    """(fewest, most) weeks of a course, where its words begin with them plainly; else None.

    >>> weeks("8 weeks, 2½ hours a week"), weeks("6 to 10 weeks"), weeks("12-week course")
    ((8, 8), (6, 10), (12, 12))
    >>> weeks("2 hours a week"), weeks("8 weeks or more"), weeks("50 minutes each")
    (None, None, None)
    """
    found = _WEEKS.match(text.strip().lower())
    if found is None:
        return None
    fewest = int(found[1])
    most = int(found[2] or fewest)
    return (fewest, most) if 0 < fewest <= most else None
