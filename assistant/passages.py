"""What Tru AI may say: sentences of published pages, each with its address."""

from dataclasses import dataclass
from datetime import date

from therapies.models import Therapy, lines


@dataclass(frozen=True)
class Passage:
    """`asks` are questions that it answers; `subjects` the names of what it is about."""

    therapy: Therapy
    section: str
    url: str
    text: str
    asks: str = ""
    faq: bool = False

    @property
    def title(self):
        return str(self.therapy)

    @property
    def reviewed_on(self) -> date | None:
        return self.therapy.reviewed_on


FACTS = (
    ("Best for", "best_for_text", "Who is it best for?"),
    ("Session format", "session_format", "Is it in a group, one to one, online by video?"),
    ("Typical cadence", "cadence", "How many weeks or sessions? How long does it take?"),
    ("Duration", "duration", "How long is a session, in minutes or hours?"),
    ("Home practice", "home_practice", "Is there homework, practice at home?"),
    ("Often combined with", "combined_text", "What is it combined with?"),
    ("Evidence base", "evidence_summary", "Does it work? Is there research behind it?"),
)


def passages(library):
    """Every passage of the library, in page order."""
    return [
        Passage(therapy, section, f"{therapy.get_absolute_url()}#{anchor}", text, *more)
        for therapy in library.therapies
        for section, anchor, text, *more in _of(therapy)
    ]


def _of(therapy):
    """(section, anchor, text, questions it answers, whether it is an FAQ)."""
    for n, faq in enumerate(therapy.faqs.all(), start=1):
        yield "Questions", f"faq-{n}", faq.answer, faq.question, True
    yield "What it is", "what", therapy.lead, "What is it?"
    if therapy.goals_intro:
        yield "What it is", "what", therapy.goals_intro, "Who made it? What does it aim at?"
    for label, field, asks in FACTS:
        if text := getattr(therapy, field):
            yield "At a glance", "glance", f"{label}: {'; '.join(lines(text)).rstrip('.')}.", asks
    for row in therapy.evidence.all():
        names = " ".join(row.condition.names)
        yield "Evidence", "evidence", row.sentence, f"Does it work, does it help with {names}?"
    if therapy.sessions_intro:
        yield "Sessions", "sessions", therapy.sessions_intro, "What happens in a session?"
    for section, anchor, points in (
        ("What it is", "what", therapy.goals),
        ("How it helps", "help", therapy.benefits),
        ("Sessions", "sessions", therapy.steps),
        ("Who it suits", "who", therapy.candidates),
    ):
        for point in points:
            yield section, anchor, f"{point.title}: {point.text}"
    if careful := lines(therapy.who_should_be_careful):
        text = f"Ask a clinician first if you: {'; '.join(careful)}."
        yield "Before you start", "before", text, "Who should be careful, who should avoid it?"
    for risk in lines(therapy.risks):
        yield "Before you start", "before", risk, "Is it safe? What risks, what can go wrong?"
    if therapy.typical_cost:
        yield "Before you start", "choose", therapy.typical_cost, "What does it cost?"
