"""The search form: validates the request, names the facets, and turns into a `Query`.

Nothing filters here; the index does. A value we do not know is set aside and said, not used.
"""

from copy import copy
from datetime import timedelta
from functools import cache, cached_property

import django_filters
from django import forms
from django.utils import timezone

from therapies.library import library

from . import wording
from .models import Provider, Term
from .near import Located, State, Unclear, locate
from .query import Query, measured_from
from .texts import holding
from .words import understand

RADII = [("5", "5 miles"), ("10", "10 miles"), ("25", "25 miles"), ("50", "50 miles"),
         ("100", "100 miles"), ("any", "Any distance")]  # fmt: skip
RADIUS = "25"
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


class Known(forms.Field):
    """Several of the known `values`; those we do not know are set aside in `unknown`."""

    widget = forms.MultipleHiddenInput
    values = ()

    def __deepcopy__(self, memo):
        return copy(self)  # each form has its own; it is never drawn, so the widget is shared

    def clean(self, value):
        asked = [str(v)[:100] for v in value or [] if v]
        self.unknown = [v for v in asked if v not in self.values]
        return list(dict.fromkeys(v for v in asked if v in self.values))


class OneOf(forms.ChoiceField):
    """One value; what we do not know becomes the default and is set aside in `unknown`."""

    def clean(self, value):
        self.unknown = [str(value)[:100]] if value and not self.valid_value(value) else []
        return value if value and not self.unknown else self.initial


class OneOfFilter(django_filters.Filter):
    field_class = OneOf


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


class ProviderFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(max_length=200, label="")
    near = django_filters.CharFilter(max_length=200, label="")
    radius = OneOfFilter(choices=RADII, initial=RADIUS, label="")
    sort = OneOfFilter(choices=SORTS, initial="best", label="")
    checked = OneOfFilter(choices=CHECKED, label="")

    class Meta:
        model = Provider
        fields = ()

    def __init__(self, data, snapshot):
        super().__init__(data, queryset=Provider.objects.none())
        self.snapshot = snapshot
        self.known = _known(snapshot)
        for param, values in self.known.items():
            self.form.fields[param].values = values
        self.form.is_valid()
        self.values = self.form.cleaned_data
        self.asked = {param: self.values.get(param) or [] for param in self.known}
        self.asked["checked"] = [self.values["checked"]] if self.values.get("checked") else []
        self.excluded, self.unknown = self._excluded(data)
        self._understand()
        self._locate()

    @classmethod
    @cache
    def _form_class(cls):
        fields = {name: each.field for name, each in cls.base_filters.items()}
        fields |= {param: Known() for param in (*TREATMENT, *SERVICE_FACETS, *TERM_FACETS)}
        return type("ProviderFilterForm", (forms.Form,), fields)

    def get_form_class(self):
        """Made once: only what a field may hold depends on the time of asking."""
        return self._form_class()

    def _excluded(self, data):
        """(parameter -> values to leave out, values that we do not know)."""
        excluded, unknown = {}, []
        for param, known in self.known.items():
            asked = [value[:100] for value in data.getlist(f"not_{param}") if value]
            unknown += [value for value in asked if value not in known]
            if kept := list(dict.fromkeys(value for value in asked if value in known)):
                excluded[param] = kept
        return excluded, unknown

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
            near=self.values.get("near", ""),
            stated=self._stated,
        )
        self.words = self.understood.words[:12]
        for param, value in self.understood.chosen:
            facet = param.removeprefix("not_")
            chosen = self.asked if facet == param else self.excluded
            if value in self.known[facet] and value not in chosen.get(facet, ()):
                chosen[facet] = [*chosen.get(facet, ()), value]

    def _stated(self, pairs):
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
        unknown = [
            *(v for param in self.known for v in self.form.fields[param].unknown),
            *self.unknown,
        ]
        said = [
            f"“{value}” is not something we can filter by, so it was left out." for value in unknown
        ]
        if getattr(self.form.fields["radius"], "unknown", ()):
            said.append("We searched within 25 miles: choose 5, 10, 25, 50, 100 or any distance.")
        if getattr(self.form.fields["checked"], "unknown", ()):
            said.append("“Checked” can be the last 90 or 365 days, so it was left out.")
        if self.state and self.within not in (RADIUS, "any"):  # the form always sends the first
            said.append(f"Miles need a town or a ZIP code: we looked in all of {self.state.name}.")
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
        days = max(map(int, asked["checked"]), default=0)
        today = timezone.localdate()
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
            "since": (today - timedelta(days=days)).toordinal() if days else 0,
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
