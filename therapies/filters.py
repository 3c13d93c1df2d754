"""The A to Z with its filters. A few dozen pages stand in memory, so nothing asks the database."""

from types import SimpleNamespace

from django import forms

from trupaths.pages import address

from .formats import DELIVERY, GROUPING, LENGTHS, OPEN_LENGTH
from .models import Evidence, SessionFormat, Therapy

TITLES = {
    "condition": "Condition",
    "evidence": "How sure we can be",
    "kind": "Kind",
    "delivery": "In person or by video",
    "grouping": "Alone or with others",
    "length": "Usual length",
}
FIELDS = dict(SessionFormat.DELIVERY + SessionFormat.GROUPING)
# Asked of one and the same row of evidence, so they are one question.
STUDIED = ("condition", "evidence")


class WordsForm(forms.Form):
    q = forms.CharField(required=False, max_length=200)


class TherapyFilter:
    """Validates the address, filters, counts, and says what is on. OR inside, AND between.

    A strength is asked of the evidence for the conditions asked for, else of any evidence.
    """

    def __init__(self, params, library):
        self.library = library
        form = WordsForm(params)
        form.is_valid()
        self.q = form.cleaned_data.get("q", "")
        self.labels = {
            "condition": {condition.slug: condition.name for condition in library.conditions},
            "evidence": {
                strength.value: Evidence.IN_WORDS[strength] for strength in Evidence.Strength
            },
            "kind": dict(Therapy.Kind.choices),
            "delivery": DELIVERY,
            "grouping": GROUPING,
            "length": {name: label for name, (label, *_) in LENGTHS.items()}
            | {OPEN_LENGTH: "No set length"},
        }
        self.asked = {
            param: [value for value in dict.fromkeys(params.getlist(param)) if value in labels]
            for param, labels in self.labels.items()
        }
        self.found = library.words.find(self.q)

    @property
    def therapies(self):
        return [therapy for therapy in self.library.therapies if self._fits(therapy, self.asked)]

    @property
    def condition(self):
        """The condition asked for, if it is one; evidence is told for it."""
        slugs = self.asked["condition"]
        return self.library.condition_by_slug[slugs[0]] if len(slugs) == 1 else None

    @property
    def read_as(self):
        """Words that were taken for others: (typed, meant) pairs."""
        return list(self.found.read.items()) if self.found and self.found.ids else []

    @property
    def in_text(self):
        """No page is about the words; those listed hold them in their text."""
        return bool(self.found and self.found.in_text and self.found.ids)

    def _fits(self, therapy, asked):
        if self.found is not None and therapy.pk not in self.found.ids:
            return False
        return self._studied(therapy, asked) and all(
            any(_HAS[param](therapy, value) for value in values)
            for param, values in asked.items()
            if values and param not in STUDIED
        )

    def _studied(self, therapy, asked):
        """Has it something to say of one of the conditions, and that with one of the strengths?"""
        conditions, strengths = (asked[param] for param in STUDIED)
        if not strengths:
            return not conditions or any(
                therapy.pk in self.library.about[slug] for slug in conditions
            )
        return any(
            row.strength in strengths and (not conditions or row.condition.slug in conditions)
            for row in therapy.evidence.all()
        )

    def _has(self, therapy, param, value):
        """One option of a group, alone in it."""
        if param in STUDIED:
            return self._studied(therapy, self.asked | {param: [value]})
        return _HAS[param](therapy, value)

    def facets(self):
        """Each option with how many it would leave, given the other groups."""
        return [self._facet(param) for param in TITLES]

    def _facet(self, param):
        options, others = [], self.asked | {param: []}
        left = [therapy for therapy in self.library.therapies if self._fits(therapy, others)]
        for value, label in self.labels[param].items():
            count = sum(self._has(therapy, param, value) for therapy in left)
            checked = value in self.asked[param]
            options.append(
                SimpleNamespace(
                    value=value,
                    label=label,
                    count=count,
                    checked=checked,
                    disabled=not count and not checked,
                    meaning="",
                )
            )
        if param == "condition":  # thirty of them: those that lead somewhere
            options = [option for option in options if option.count or option.checked]
        return SimpleNamespace(
            param=param,
            title=TITLES[param],
            open=bool(self.asked[param]),
            options=options,
            note=self._note() if param == "evidence" else "",
        )

    def _note(self):
        """What a strength is asked of: it says nothing by itself."""
        names = [self.labels["condition"][slug] for slug in self.asked["condition"]]
        if names:
            return f"Of the studies for {' or '.join(names)}."
        return "For any condition. Tick one above to ask about that one."

    def chips(self, request):
        return [
            SimpleNamespace(
                label=self.labels[param][value],
                url=address(request, **{param: [kept for kept in values if kept != value]}),
            )
            for param, values in self.asked.items()
            for value in values
        ]


def _has_length(therapy, name):
    """A range that reaches into several lengths counts in each."""
    fewest, most = therapy.weeks_from, therapy.weeks_to
    if fewest is None and most is None:
        return name == OPEN_LENGTH
    if name == OPEN_LENGTH:
        return False
    _, start, end = LENGTHS[name]
    fewest = most if fewest is None else fewest
    most = end if most is None else most  # “24 weeks or more”
    return fewest <= end and most >= start


_HAS = {
    "kind": lambda therapy, value: therapy.kind == value,
    "delivery": lambda therapy, value: getattr(therapy, FIELDS[value]),
    "grouping": lambda therapy, value: getattr(therapy, FIELDS[value]),
    "length": _has_length,
}
