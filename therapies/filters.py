"""The A to Z with its filters. A few dozen pages stand in memory, so nothing asks the database."""

from types import SimpleNamespace

from django import forms

from trupaths.pages import address
from trupaths.text import fold

from .formats import DELIVERY, GROUPING
from .models import SessionFormat, Therapy

TITLES = {
    "condition": "Condition",
    "kind": "Kind",
    "delivery": "In person or by video",
    "grouping": "Alone or with others",
}
FIELDS = dict(SessionFormat.DELIVERY + SessionFormat.GROUPING)


class WordsForm(forms.Form):
    q = forms.CharField(required=False, max_length=200)


class TherapyFilter:
    """Validates the address, filters, counts, and says what is on. OR inside, AND between."""

    def __init__(self, params, library):
        self.library = library
        form = WordsForm(params)
        form.is_valid()
        self.q = form.cleaned_data.get("q", "")
        self.labels = {
            "condition": {condition.slug: condition.name for condition in library.conditions},
            "kind": dict(Therapy.Kind.choices),
            "delivery": DELIVERY,
            "grouping": GROUPING,
        }
        self.asked = {
            param: [value for value in dict.fromkeys(params.getlist(param)) if value in labels]
            for param, labels in self.labels.items()
        }
        self.words = fold(self.q).split()

    @property
    def therapies(self):
        return [therapy for therapy in self.library.therapies if self._fits(therapy, self.asked)]

    def _fits(self, therapy, asked):
        return self._holds(therapy) and all(
            not values or any(self._has(therapy, param, value) for value in values)
            for param, values in asked.items()
        )

    def _holds(self, therapy):
        if not self.words:
            return True
        conditions = [name for each in therapy.best_for.all() for name in each.names]
        text = fold(" ".join([*therapy.names, therapy.headline, therapy.lead, *conditions]))
        return all(word in text for word in self.words)

    def _has(self, therapy, param, value):
        if param == "kind":
            return therapy.kind == value
        if param == "condition":
            condition = self.library.condition_by_slug[value]
            return therapy in self.library.therapies_for(condition)
        return getattr(therapy, FIELDS[value])

    def facets(self):
        """Each option with how many it would leave, given the other groups."""
        return [self._facet(param) for param in TITLES]

    def _facet(self, param):
        options = []
        for value, label in self.labels[param].items():
            asked = self.asked | {param: [value]}
            count = sum(self._fits(therapy, asked) for therapy in self.library.therapies)
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
            param=param, title=TITLES[param], open=bool(self.asked[param]), options=options
        )

    def chips(self, request):
        return [
            SimpleNamespace(
                label=self.labels[param][value],
                url=address(request, **{param: [kept for kept in values if kept != value]}),
            )
            for param, values in self.asked.items()
            for value in values
        ]
