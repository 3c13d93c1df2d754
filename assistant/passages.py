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
    families: frozenset = frozenset()  # names of what it answers: see sections.py

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
    def heading(self):
        """“No.” answers the question of our page, which may differ from the visitor's."""
        if self.kind == "meaning":
            return self.section
        about = {"faq": self.asks, "evidence": self.condition}.get(self.kind)
        return f"{self.of.short_name}: {about}" if about else ""

    @property
    def lang(self):
        """Of the page it stands on, where that is not English."""
        return getattr(self.of, "lang", "")

    @property
    def reviewed_on(self):
        return self.therapy and self.therapy.reviewed_on


FACTS = (
    ("Best for", "best_for_text", "Who is it best for?", "who"),
    (
        "Session format",
        "session_format",
        "Is it in a group, one to one, by video, an app?",
        "format",
    ),
    ("Typical cadence", "cadence", "How many weeks or sessions? How long does it take?", "cadence"),
    ("Duration", "duration", "How long is a session, in minutes or hours?", "duration"),
    ("Often combined with", "combined_text", "What is it combined with?", "combined"),
    ("Evidence base", "evidence_summary", "Does it work? Is there research behind it?", "evidence"),
)
SAFE = "Is it safe? Is it dangerous?"
CAREFUL = "Ask a clinician first if you"


def passages(library):
    """Every passage of the library, in page order."""
    found = [
        Passage(therapy, kind, section, anchor, uncited(text), asks, families=families, **more)
        for therapy in library.therapies
        for (kind, section, anchor, text, asks, families, more) in _of_therapy(therapy)
    ]
    found += [
        Passage(condition, "summary", "What it is", "", " ".join(text), "What is it?")
        for condition in library.conditions
        if (text := lines(condition.summary))
    ]
    return found


def _of_therapy(therapy):
    """(kind, section, anchor, text, questions it answers, families, more)."""
    for n, faq in enumerate(therapy.faqs.all(), start=1):
        yield _part("faq", "Questions", f"faq-{n}", faq.answer, faq.question)
    yield _part("what", "What it is", "", therapy.lead, "What is it?", "what")
    if text := therapy.goals_intro:
        asks = "Who invented it? What does it aim at?"
        yield _part("text", "What it is", "what", text, asks, "origin")
    for label, field, asks, family in FACTS:
        if text := getattr(therapy, field):
            said = f"{label}: {'; '.join(lines(uncited(text))).rstrip('.')}."
            yield _part("fact", "At a glance", "glance", said, asks, family)
    if text := therapy.home_practice:
        asks = "Is there homework, practice at home?"
        yield _part("text", "Sessions", "sessions", text, asks, "home")
    for row in therapy.evidence.all():
        asks = f"Does it work, does it help with {', '.join(row.condition.names)}?"
        more = {"condition": row.condition}
        yield _part("evidence", "Evidence", "evidence", row.sentence, asks, "evidence", **more)
    if text := therapy.sessions_intro:
        asks = "What happens in a session?"
        yield _part("text", "Sessions", "sessions", text, asks, "session")
    for text, section, anchor, family in (
        (therapy.benefits_intro, "How it helps", "help", "evidence"),
        (therapy.candidates_intro, "Who it suits", "who", "who"),
        (therapy.why_we_highlight, "Why we highlight it", "highlight", "highlight"),
    ):
        for line in lines(text):
            yield _part("text", section, anchor, line, "", family)
    for section, anchor, points, family in (
        ("What it is", "what", therapy.goals, "what"),
        ("How it helps", "help", therapy.benefits, "evidence"),
        ("Sessions", "sessions", therapy.steps, "session"),
        ("Who it suits", "who", therapy.candidates, "who"),
    ):
        for point in points:
            said = f"{point.title}: {point.text}"
            yield _part("point", section, anchor, said, point.title, family)
    yield from _before(therapy)
    yield from _choosing(therapy)


def _part(kind, section, anchor, text, asks, families="", **more):
    return kind, section, anchor, text, asks, frozenset(families.split()), more


def _before(therapy):
    where = "Before you start", "before"
    if text := therapy.before_you_start:
        asks = "How do I prepare, what to know before the start, with medicine?"
        yield _part("before", *where, text, asks, "prepare")
    if careful := lines(therapy.who_should_be_careful):
        asks = "Who should be careful, who should avoid it, who should not do it?"
        yield _part("careful", *where, f"{CAREFUL}: {'; '.join(careful)}.", asks, "careful")
        for line in careful:
            said = f"{CAREFUL}: {line}."
            yield _part("careful-line", *where, said, f"{SAFE} {line}", "careful")
    if risks := lines(therapy.risks):
        asks = f"{SAFE} What risks, side effects, what can go wrong, can I feel worse?"
        yield _part("risks", *where, " ".join(risks), asks, "risks careful")
    if text := lines(therapy.waiting):
        asks = "What can I do while I wait?"
        yield _part("waiting", *where, " ".join(text), asks, "waiting")


def _choosing(therapy):
    for field, asks, family in (
        ("typical_cost", "What does it cost? Does insurance pay?", "cost"),
        ("questions_to_ask", "Which questions to ask a place before I sign up?", "questions"),
        ("credentials_to_look_for", "Which training, license, certificate?", "credentials"),
        ("alternatives", "What else, which alternative, instead, other ways?", "alternatives"),
    ):
        if text := lines(getattr(therapy, field)):
            yield _part(field, "Cost and choosing", "choose", " ".join(text), asks, family)
