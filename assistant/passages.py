"""What Tru AI may say: sentences of published pages, each with its address."""

from dataclasses import dataclass

from therapies.formats import uncited
from therapies.models import Condition, Therapy, lines


@dataclass(frozen=True)
class Passage:
    """`asks` are questions that it answers, in visitors' words; `of` is the page it stands on."""

    of: Therapy | Condition
    kind: str  # see _of_therapy
    section: str
    anchor: str
    text: str
    asks: str = ""
    condition: Condition | None = None  # that a row of evidence is about

    @property
    def therapy(self):
        return self.of if isinstance(self.of, Therapy) else None

    @property
    def title(self):
        return str(self.of)

    @property
    def url(self):
        path = self.of.get_absolute_url()
        return f"{path}#{self.anchor}" if self.anchor else path

    @property
    def reviewed_on(self):
        return self.therapy and self.therapy.reviewed_on


FACTS = (
    ("Best for", "best_for_text", "Who is it best for?"),
    ("Session format", "session_format", "Is it in a group, one to one, online by video, an app?"),
    ("Typical cadence", "cadence", "How many weeks or sessions? How long does it take?"),
    ("Duration", "duration", "How long is a session, in minutes or hours?"),
    ("Often combined with", "combined_text", "What is it combined with?"),
    ("Evidence base", "evidence_summary", "Does it work? Is there research behind it?"),
)
SAFE = "Is it safe? Is it dangerous?"
CAREFUL = "Ask a clinician first if you"


def passages(library):
    """Every passage of the library, in page order."""
    found = [
        Passage(therapy, kind, section, anchor, uncited(text), *more)
        for therapy in library.therapies
        for kind, section, anchor, text, *more in _of_therapy(therapy)
    ]
    found += [
        Passage(condition, "summary", "What it is", "", " ".join(text), "What is it?")
        for condition in library.conditions
        if (text := lines(condition.summary))
    ]
    return found


def _of_therapy(therapy):
    """(kind, section, anchor, text, questions it answers, condition)."""
    for n, faq in enumerate(therapy.faqs.all(), start=1):
        yield "faq", "Questions", f"faq-{n}", faq.answer, faq.question
    yield "what", "What it is", "", therapy.lead, "What is it?"
    if therapy.goals_intro:
        asks = "Who invented it? What does it aim at?"
        yield "text", "What it is", "what", therapy.goals_intro, asks
    for label, field, asks in FACTS:
        if text := getattr(therapy, field):
            said = f"{label}: {'; '.join(lines(uncited(text))).rstrip('.')}."
            yield "fact", "At a glance", "glance", said, asks
    if text := therapy.home_practice:
        yield "text", "Sessions", "sessions", text, "Is there homework, practice at home?"
    for row in therapy.evidence.all():
        asks = f"Does it work, does it help with {', '.join(row.condition.names)}?"
        yield "evidence", "Evidence", "evidence", row.sentence, asks, row.condition
    if therapy.sessions_intro:
        asks = "What happens in a session?"
        yield "text", "Sessions", "sessions", therapy.sessions_intro, asks
    for section, anchor, points in (
        ("What it is", "what", therapy.goals),
        ("How it helps", "help", therapy.benefits),
        ("Sessions", "sessions", therapy.steps),
        ("Who it suits", "who", therapy.candidates),
    ):
        for point in points:
            yield "point", section, anchor, f"{point.title}: {point.text}", point.title
    yield from _before(therapy)
    yield from _choosing(therapy)


def _before(therapy):
    where = "Before you start", "before"
    if text := therapy.before_you_start:
        yield (
            "before",
            *where,
            text,
            "How do I prepare, what to know before the start, with medicine?",
        )
    if careful := lines(therapy.who_should_be_careful):
        asks = "Who should be careful, who should avoid it, who should not do it?"
        yield "careful", *where, f"{CAREFUL}: {'; '.join(careful)}.", asks
        for line in careful:
            yield "careful-line", *where, f"{CAREFUL}: {line}.", f"{SAFE} {line}"
    if risks := lines(therapy.risks):
        asks = f"{SAFE} What risks, side effects, what can go wrong, can I feel worse?"
        yield "risks", *where, " ".join(risks), asks


def _choosing(therapy):
    for field, asks in (
        ("typical_cost", "What does it cost? Does insurance pay?"),
        ("questions_to_ask", "Which questions to ask a place before I sign up?"),
        ("credentials_to_look_for", "Which training, credentials, license, certificate?"),
        ("alternatives", "What else, which alternative, instead, other ways?"),
    ):
        if text := lines(getattr(therapy, field)):
            yield field, "Cost and choosing", "choose", " ".join(text), asks
