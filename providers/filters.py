"""The search form: validates the request, names the facets, and turns into a `Query`.

Nothing filters here; the index does. A value we do not know is set aside and said, not used.
"""

from copy import copy
from functools import cached_property

from django import forms
from django.utils import timezone

from therapies.library import library
from trupaths.text import fold

from . import wording
from .miles import RADII, RADIUS
from .models import Term
from .near import Located, State, Unclear, locate
from .query import Query, measured_from
from .texts import holding, phone
from .understood import HOURS, NEGATED
from .words import understand

SORTS = [("best", "Best"), ("distance", "Distance"), ("checked", "Checked"), ("name", "Name")]
CHECKED = [("90", "In the last 90 days"), ("365", "In the last year")]

# Facets in the order of the page: (parameter, title).
FACETS = [
    ("therapy", "Therapy"),
    ("condition", "Condition"),
    ("pay", "Payment"),
    ("accepting", "Availability"),
    ("delivery", "In person or by video"),
    ("grouping", "Alone or with others"),
    ("care", "Level of care"),
    ("age", "Age"),
    ("for", "For"),
    ("language", "Language"),
    ("access", "Access"),
    ("approach", "Approach"),
    ("medication", "Medication"),
    ("focus", "Focus"),
    ("setting", "Setting"),
    ("checked", "Checked"),
]
TERM_FACETS = tuple(param for param, _ in FACETS if param in Term.Facet.values)
SERVICE_FACETS = {
    "delivery": wording.DELIVERY,
    "grouping": wording.GROUPING,
    "accepting": wording.ACCEPTING,
}
TREATMENT = ("therapy", "condition")  # never widened silently


class OneOf(forms.ChoiceField):
    """One value; what we do not know becomes the default and is set aside in `unknown`."""

    def __deepcopy__(self, memo):
        return copy(self)  # each form has its own; it is never drawn, so the widget is shared

    def clean(self, value):
        self.unknown = [str(value)[:100]] if value and not self.valid_value(value) else []
        return value if value and not self.unknown else self.initial


class SearchForm(forms.Form):
    """What is typed or chosen once; what may be asked for several times is read by the filter."""

    q = forms.CharField(required=False, max_length=200)
    near = forms.CharField(required=False, max_length=200)
    radius = OneOf(required=False, choices=RADII, initial=RADIUS)
    sort = OneOf(required=False, choices=SORTS, initial="best")
    checked = OneOf(required=False, choices=CHECKED)


def since_day(days):
    """The oldest day of a check that is no more than so many days old, as an ordinal; 0 for any."""
    return timezone.localdate().toordinal() - days if days else 0


def _known(snapshot):
    """Parameter -> the values that it may have, and what each of them is."""
    shelf = library()
    if getattr(snapshot, "_known", (None, None))[0] is not shelf:
        terms = {
            facet: {term.slug: term for term in snapshot.by_facet.get(facet, ())}
            for facet in TERM_FACETS
        }
        conditions = {c.slug: c for c in shelf.conditions if shelf.helping(c)}
        known = {"therapy": shelf.by_slug, "condition": conditions, **SERVICE_FACETS, **terms}
        snapshot._known = shelf, known
    return snapshot._known[1]


class ProviderFilter:
    """Everything that one address asks for. OR inside a facet, AND between facets."""

    def __init__(self, params, snapshot, *, leave_out=()):
        self.snapshot = snapshot
        self.leave_out = tuple(leave_out)  # listings that this visitor hid
        self.known = _known(snapshot)
        self.form = SearchForm(params)
        self.form.is_valid()
        self.values = self.form.cleaned_data
        self.unknown = []
        self.asked = {param: self._of(param, params.getlist(param)) for param in self.known}
        self.asked["checked"] = [self.values["checked"]] if self.values.get("checked") else []
        left_out = {param: self._of(param, params.getlist(f"not_{param}")) for param in self.known}
        self.excluded = {param: values for param, values in left_out.items() if values}
        self._understand()
        self._locate()

    def _of(self, param, values):
        """The known ones of these; the others are set aside in `unknown`."""
        known, values = self.known[param], [value[:100] for value in values if value]
        self.unknown += [value for value in values if value not in known]
        return list(dict.fromkeys(value for value in values if value in known))

    def _understand(self):
        """What was typed into the one box: filters, a place, and the rest as text."""
        q = self.values.get("q", "")
        terms = {facet: tuple(self.known[facet].values()) for facet in TERM_FACETS}
        held = holding(q)
        self.understood = understand(
            q,
            terms=terms,
            holds=held.word,
            is_name=held.name,
            begins_name=held.begins_name,
            near=self.values.get("near", ""),
            stated=self.stated,
        )
        number = phone(q)
        self.words = (number,) if number else self.understood.words[:12]
        if self.understood.radius and self.within == RADIUS:  # the form always sends this one
            self.values["radius"] = self.understood.radius
        for param, value in self.understood.chosen:
            facet = param.removeprefix("not_")
            chosen = self.asked if facet == param else self.excluded
            if value in self.known[facet] and value not in chosen.get(facet, ()):
                chosen[facet] = [*chosen.get(facet, ()), value]

    def stated(self, pairs):
        """How many listings state all of these (parameter, value), with the therapies asked for."""
        asked = {param: [] for param in self.asked}
        asked |= {param: self.asked[param] for param in TREATMENT}
        for param, value in pairs:
            asked[param] = [*asked[param], value]
        return self.snapshot.count(Query(pool=library().pool, **self._parts(asked, {})))

    def _locate(self):
        self.near = self.values.get("near", "") or self.understood.near
        found = locate(self.near)
        self.place = found if isinstance(found, Located) else None
        self.state = found if isinstance(found, State) else None
        self.unclear = found if isinstance(found, Unclear) else None

    @property
    def problems(self):
        """Sentences about what was asked for and could not be used."""
        said = [
            f"“{value}” is not something we can filter by, so it was left out."
            for value in self.unknown
        ]
        if getattr(self.form.fields["radius"], "unknown", ()):
            said.append("We searched within 25 miles: choose 5, 10, 25, 50, 100 or any distance.")
        if getattr(self.form.fields["checked"], "unknown", ()):
            said.append("“Checked” can be the last 90 or 365 days, so it was left out.")
        if self.state and self.within not in (RADIUS, "any"):  # the form always sends the first
            said.append(f"Miles need a town or a ZIP code: we looked in all of {self.state.name}.")
        if self.understood.radius and not self.near:
            said.append("Miles need a town or a ZIP code: type one for the place.")
        if (typed := self.values.get("q", "").strip()) and not fold(typed).strip():
            said.append("We can search for Latin letters and figures alone: use other words.")
        if self.understood.aside(HOURS):
            said.append("We cannot search by opening hours: call first; at any hour 988 answers.")
        if aside := self.understood.aside(NEGATED):
            left = wording.listed(f"“{typed}”" for typed in aside)
            was = "were" if len(aside) > 1 else "was"
            said.append(f"We cannot search for what a place does not do: {left} {was} left out.")
        for name in self.form.errors:
            said.append(
                {
                    "q": "That is more than the search box can hold. Use a few words.",
                    "near": "That is too long for a place. Type a town or a ZIP code.",
                }.get(name, "Part of this search could not be used.")
            )
        return said

    @property
    def text(self):
        """What is left in the box for words once filters and place were taken from it. Words of
        danger stay, so that help stays in view."""
        understood = self.understood
        left = " ".join([*understood.danger, *self.words])
        return left if understood.pieces else self.values.get("q", "")

    @property
    def within(self):
        return self.values.get("radius") or RADIUS

    @property
    def order(self):
        """As asked, but nothing is nearest without a place."""
        order = self.values.get("sort") or "best"
        return "best" if order == "distance" and self.place is None else order

    @property
    def therapies(self):
        return [library().by_slug[slug] for slug in self.asked["therapy"]]

    @property
    def conditions(self):
        return [self.known["condition"][slug] for slug in self.asked["condition"]]

    @property
    def one_therapy(self):
        return self.therapies[0] if len(self.therapies) == 1 else None

    @property
    def pairs(self):
        """(parameter, value) of all that is asked for."""
        return [(param, value) for param, values in self.asked.items() for value in values]

    @property
    def excluded_pairs(self):
        return [(param, value) for param, values in self.excluded.items() for value in values]

    @cached_property
    def groups(self):
        """(condition slug, ids of the therapies that may help and were asked for), for counts."""
        asked = {therapy.pk for therapy in self.therapies}
        return tuple(
            (slug, tuple(t.pk for t in library().helping(each) if not asked or t.pk in asked))
            for slug, each in self.known["condition"].items()
        )

    def query(self, **changes):
        """The `Query` of this search; `changes` replace parts of it."""
        near = measured_from(self.place)
        if self.place and self.within != "any":
            near["radius"] = float(self.within)
        parts = self._parts(self.asked, self.excluded) | near
        parts |= {
            "pool": library().pool,
            "groups": self.groups,
            "words": self.words,
            "state": self.state.code if self.state else "",
            "sort": self.order,
        }
        return Query(**parts | changes)

    def without(self, param, value):
        """The query parts with one value of a facet taken off; `not_pay` is no longer excluded."""

        def less(chosen, name):
            return chosen | {name: [kept for kept in chosen.get(name, ()) if kept != value]}

        if param.startswith("not_"):
            return self._parts(self.asked, less(self.excluded, param[4:]))
        return self._parts(less(self.asked, param), self.excluded)

    def with_only(self, param, value, *, but=None):
        """The query parts with one value alone in a facet, and nothing of the facet `but`."""
        less = {but: []} if but else {}
        return self._parts(self.asked | less | {param: [value]}, self.excluded)

    def _parts(self, asked, excluded):
        """Parts of a `Query` from facet parameters and their values."""
        return {
            "therapies": self._therapy_ids(asked["therapy"], asked["condition"]),
            "delivery": tuple(sorted(asked["delivery"])),
            "grouping": tuple(sorted(asked["grouping"])),
            "accepting": tuple(sorted(asked["accepting"])),
            "terms": tuple(
                (facet, tuple(sorted(self.known[facet][slug].pk for slug in asked[facet])))
                for facet in TERM_FACETS
                if asked[facet]
            ),
            "exclude": tuple(
                thing
                for param, values in excluded.items()
                for value in values
                for thing in self._things(param, value)
            ),
            "since": since_day(max(map(int, asked["checked"]), default=0)),
            "leave_out": self.leave_out,
        }

    def _things(self, param, value):
        """What a value is to the index."""
        if param == "therapy":
            return [("therapy", library().by_slug[value].pk)]
        if param == "condition":
            return [("therapy", t.pk) for t in library().helping(self.known[param][value])]
        if param in TERM_FACETS:
            return [("term", self.known[param][value].pk)]
        return [(param, value)]

    def _therapy_ids(self, therapies, conditions):
        """Ids asked for by name, through conditions, or both. A therapy that is none: nothing."""
        ids = {library().by_slug[slug].pk for slug in therapies}
        if conditions:
            chosen = [self.known["condition"][slug] for slug in conditions]
            helping = {therapy.pk for each in chosen for therapy in library().helping(each)}
            ids = (ids & helping if ids else helping) or {0}
        return tuple(sorted(ids))

    def options(self, param):
        """(value, key in Matches.counts, label, meaning) of a facet, in order."""
        if param == "therapy":
            return [(t.slug, t.pk, t.short_name, t.lead) for t in library().therapies]
        if param == "condition":
            return [(slug, slug, c.name, c.summary) for slug, c in self.known[param].items()]
        if param == "checked":
            return [(value, value, label, "") for value, label in CHECKED]
        if param in TERM_FACETS:
            return [(slug, t.pk, t.name, t.meaning) for slug, t in self.known[param].items()]
        names = SERVICE_FACETS[param].items()
        return [(value, value, label, wording.MEANINGS[value]) for value, label in names]

    def label(self, param, value):
        """“Medicaid”; “Not Residential” for what is excluded."""
        if param.startswith("not_"):
            return f"Not {self.label(param[4:], value)}"
        if param == "checked":
            return f"Checked {wording.inside(dict(CHECKED)[value])}"
        return next(label for v, _, label, _ in self.options(param) if v == value)

    def phrase(self, param, value, *, plural=False):
        """What a place does, for a sentence: “takes Medicaid”; of several “take Medicaid”."""
        if param in TERM_FACETS:
            term = self.known[param][value]
            return term.phrase_plural if plural else term.phrase
        return wording.PHRASES[value][plural]
