"""The search form: validates the request, names the facets, and turns into a `Query`.

Nothing filters here; the index does. A value we do not know is set aside and said, not used.
"""

from functools import cached_property

import django_filters
from django import forms

from therapies.library import library
from trupaths.text import fold, near_spellings, words

from . import wording
from .index import listings_with
from .models import Provider, Term
from .near import Located, locate
from .query import Query, measured_from

RADII = [("5", "5 miles"), ("10", "10 miles"), ("25", "25 miles"), ("50", "50 miles"),
         ("100", "100 miles"), ("any", "Any distance")]  # fmt: skip
RADIUS = "25"
SORTS = [("best", "Best"), ("distance", "Distance"), ("checked", "Checked"), ("name", "Name")]

# Facets in the order of the page: (parameter, title).
TERM_FACETS = ("pay", "care", "for")
FACETS = [
    ("therapy", "Therapy"),
    ("condition", "Condition"),
    ("pay", "Payment"),
    ("delivery", "In person or by video"),
    ("grouping", "Alone or with others"),
    ("care", "Level of care"),
    ("for", "For"),
]
OPEN = {"pay", "delivery", "grouping", "care"}


class Known(forms.MultipleChoiceField):
    """Several values; those we do not know are set aside in `unknown`."""

    widget = forms.MultipleHiddenInput

    def clean(self, value):
        value = [str(v)[:100] for v in value or []]
        self.unknown = [v for v in value if not self.valid_value(v)]
        return super().clean(list(dict.fromkeys(v for v in value if self.valid_value(v))))


class OneOf(forms.ChoiceField):
    """One value; what we do not know becomes the default and is set aside in `unknown`."""

    def clean(self, value):
        self.unknown = [str(value)[:100]] if value and not self.valid_value(value) else []
        return value if value and not self.unknown else self.initial


class KnownFilter(django_filters.Filter):
    field_class = Known


class OneOfFilter(django_filters.Filter):
    field_class = OneOf


class ProviderFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(max_length=200, label="")
    near = django_filters.CharFilter(max_length=200, label="")
    radius = OneOfFilter(choices=RADII, initial=RADIUS, label="")
    sort = OneOfFilter(choices=SORTS, initial="best", label="")
    therapy = KnownFilter(label="")
    condition = KnownFilter(label="")
    delivery = KnownFilter(choices=list(wording.DELIVERY.items()), label="")
    grouping = KnownFilter(choices=list(wording.GROUPING.items()), label="")
    pay = KnownFilter(label="")
    care = KnownFilter(label="")

    class Meta:
        model = Provider
        fields = ()

    def __init__(self, data, snapshot):
        super().__init__(data, queryset=Provider.objects.none())
        self.snapshot = snapshot
        # A keyword of Python, so it cannot stand above.
        self.filters["for"] = KnownFilter(field_name="for", label="")
        self.terms = {
            facet: {term.slug: term for term in snapshot.by_facet.get(facet, ())}
            for facet in TERM_FACETS
        }
        for facet, terms in self.terms.items():
            self.filters[facet].extra["choices"] = [(slug, t.name) for slug, t in terms.items()]
        self.filters["therapy"].extra["choices"] = [
            (therapy.slug, therapy.short_name) for therapy in library().therapies
        ]
        self.conditions = {
            condition.slug: condition
            for condition in library().conditions
            if library().helping(condition)
        }
        self.filters["condition"].extra["choices"] = [
            (slug, condition.name) for slug, condition in self.conditions.items()
        ]
        self.form.is_valid()
        self.values = self.form.cleaned_data
        near = locate(self.values.get("near", ""))
        self.place = near if isinstance(near, Located) else None
        self.unclear = near if self.place is None else None
        self.asked = {param: self.values.get(param, []) for param, _ in FACETS}
        self._understand(self.values.get("q", ""))

    def _understand(self, q):
        """A name in the box for words is that therapy or condition; the rest is text."""
        self.words, self.understood = (), None
        known = [
            ("therapy", library().by_name),
            ("condition", library().condition_by_name),
            *(
                (facet, {fold(term.name): term for term in terms.values()})
                for facet, terms in self.terms.items()
            ),
        ]
        said = fold(q)
        if not said:
            return
        # Exact first; a misspelled name only where the words are found in no listing.
        for spell in (lambda names: [said], self._alike):
            for param, names in known:
                found = next((names[name] for name in spell(names) if name in names), None)
                if found is not None and found.slug in dict(self.filters[param].extra["choices"]):
                    self.understood = (param, found.slug)
                    self.asked[param] = list(dict.fromkeys([*self.asked[param], found.slug]))
                    return
        self.words = tuple(words(q)[:12])

    def _alike(self, names):
        said = fold(self.values["q"])
        if listings_with(said.split()):
            return []
        return near_spellings(said, names, limit=1)

    @property
    def problems(self):
        """Sentences about what was asked for and could not be used."""
        said = [
            f"“{value}” is not something we can filter by, so it was left out."
            for name, field in self.form.fields.items()
            for value in getattr(field, "unknown", ())
            if name not in ("radius", "sort")
        ]
        if getattr(self.form.fields["radius"], "unknown", ()):
            said.append("We searched within 25 miles: choose 5, 10, 25, 50, 100 or any distance.")
        for name in self.form.errors:
            said.append(
                {
                    "q": "That is more than the search box can hold. Use a few words.",
                    "near": "That is too long for a place. Type a town or a ZIP code.",
                }.get(name, "Part of this search could not be used.")
            )
        return said

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
    def one_therapy(self):
        return self.therapies[0] if len(self.therapies) == 1 else None

    @cached_property
    def groups(self):
        """(condition slug, ids of the therapies that may help and were asked for), for counts."""
        asked = {therapy.pk for therapy in self.therapies}
        return tuple(
            (slug, tuple(t.pk for t in library().helping(each) if not asked or t.pk in asked))
            for slug, each in self.conditions.items()
        )

    def query(self, **changes):
        """The `Query` of this search; `changes` replace parts of it."""
        near = measured_from(self.place)
        if self.place and self.within != "any":
            near["radius"] = float(self.within)
        parts = self._parts(self.asked) | near
        parts |= {
            "pool": library().pool,
            "groups": self.groups,
            "words": self.words,
            "sort": self.order,
        }
        return Query(**parts | changes)

    def without(self, param, slug):
        """The query parts with one value of a facet taken off."""
        return self._parts(
            self.asked | {param: [value for value in self.asked[param] if value != slug]}
        )

    def _parts(self, asked):
        """Parts of a `Query` from facet parameters and their values."""
        return {
            "therapies": self._therapy_ids(asked["therapy"], asked["condition"]),
            "delivery": tuple(sorted(asked["delivery"])),
            "grouping": tuple(sorted(asked["grouping"])),
            "terms": tuple(
                (facet, tuple(sorted(self.terms[facet][slug].pk for slug in asked[facet])))
                for facet in TERM_FACETS
                if asked[facet]
            ),
        }

    def _therapy_ids(self, therapies, conditions):
        """Ids asked for by name, through conditions, or both. A therapy that is none: nothing."""
        ids = {library().by_slug[slug].pk for slug in therapies}
        if conditions:
            chosen = [self.conditions[slug] for slug in conditions]
            helping = {therapy.pk for each in chosen for therapy in library().helping(each)}
            ids = (ids & helping if ids else helping) or {0}
        return tuple(sorted(ids))

    def options(self, param):
        """(value, key in Matches.counts, label, meaning) of a facet, in order."""
        if param == "therapy":
            return [(t.slug, t.pk, t.short_name, t.lead) for t in library().therapies]
        if param == "condition":
            return [(slug, slug, each.name, each.summary) for slug, each in self.conditions.items()]
        if param in TERM_FACETS:
            return [(slug, t.pk, t.name, t.meaning) for slug, t in self.terms[param].items()]
        names = wording.DELIVERY if param == "delivery" else wording.GROUPING
        return [(value, value, label, wording.MEANINGS[value]) for value, label in names.items()]

    def label(self, param, value):
        return next(label for v, _, label, _ in self.options(param) if v == value)


assert set(TERM_FACETS) <= set(Term.Facet.values)
