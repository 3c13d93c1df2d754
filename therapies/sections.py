"""What a therapy page says: its sections, those that say something, in the order of the page."""

from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

from .models import Evidence

MONTH = timedelta(days=31)
_HOW_SURE = list(Evidence.Strength.values)


class Section(NamedTuple):
    title: str  # its heading
    label: str  # in the list of contents


class Checked(NamedTuple):
    first: date
    last: date
    due: date | None  # the first day on which one of them is due again


class Reading:
    """A therapy as anyone reads it, or a draft of one; what was rendered of it is kept with it."""

    def __init__(self, therapy):
        self.therapy = therapy

    @cached_property
    def sections(self):
        return sections(self.therapy)

    @cached_property
    def evidence(self):
        return surest_first(self.therapy.evidence.all())

    @cached_property
    def checked(self):
        return checked_together(self.evidence)

    @cached_property
    def unassessed(self):
        """Conditions it is meant for and nobody has looked at the studies of."""
        assessed = {row.condition for row in self.evidence}
        return [each for each in self.therapy.best_for.all() if each not in assessed]

    @property
    def meanings(self):
        return meanings()


def meanings():
    """What the words for strength mean: (words, meaning), the surest first."""
    return [(Evidence.IN_WORDS[each], Evidence.MEANINGS[each]) for each in Evidence.Strength]


def sections(therapy):
    """Anchor -> `Section`; what has no content is not there."""
    name = therapy.short_name
    found = {
        "what": (
            Section(therapy.goals_title or f"What is {name}?", "What it is"),
            therapy.goals_intro or therapy.goals or therapy.overview_figure,
        ),
        "help": (
            Section(therapy.benefits_title or "How it helps", "How it helps"),
            therapy.benefits_intro or therapy.benefits,
        ),
        "evidence": (
            Section("What studies found", "What studies found"),
            therapy.evidence.all() or therapy.best_for.all(),
        ),
        "sessions": (
            Section(therapy.sessions_title or "What happens in sessions", "Sessions"),
            therapy.sessions_intro
            or therapy.steps
            or therapy.sessions_picture
            or therapy.home_practice,
        ),
        "who": (
            Section(therapy.candidates_title or "Who it suits", "Who it suits"),
            therapy.candidates_intro or therapy.candidates,
        ),
        "before": (
            Section("Before you start", "Before you start"),
            therapy.before_you_start
            or therapy.who_should_be_careful
            or therapy.risks
            or therapy.waiting,
        ),
        "choose": (
            Section("Cost and choosing", "Cost and choosing"),
            therapy.typical_cost
            or therapy.questions_to_ask
            or therapy.credentials_to_look_for
            or therapy.alternatives,
        ),
        "faq": (
            Section(therapy.faqs_title or "Common questions", "Questions"),
            therapy.faqs.all(),
        ),
        "places": (Section(therapy.find_title or "Places that offer it", "Places"), True),
        "refs": (
            Section("References and review", "References"),
            therapy.references.all()
            or therapy.author
            or therapy.reviewed_by
            or therapy.reviewed_on
            or therapy.review_due_on,
        ),
    }
    return {anchor: section for anchor, (section, content) in found.items() if content}


def surest_first(rows):
    """Evidence by strength, then in the order given."""
    return sorted(rows, key=lambda row: _HOW_SURE.index(row.strength))


def checked_together(rows):
    """`Checked` for all rows when that was within a month; None when each has to say its day."""
    days = [row.checked_on for row in rows]
    if not days or None in days or max(days) - min(days) > MONTH:
        return None
    due = min((row.due_on for row in rows if row.due_on), default=None)
    return Checked(min(days), max(days), due)
