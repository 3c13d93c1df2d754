"""What Tru AI may say: sentences of published pages, each with its address."""

from dataclasses import dataclass
from datetime import date

from therapies.models import lines


@dataclass(frozen=True)
class Passage:
    title: str  # of the page
    section: str
    url: str
    text: str
    question: str = ""  # of an FAQ: what it answers
    reviewed_on: date | None = None


def passages(library):
    """Every passage of the library, in page order."""
    return [passage for therapy in library.therapies for passage in _of(therapy)]


def _of(therapy):
    def passage(section, anchor, text, question=""):
        return Passage(
            str(therapy),
            section,
            f"{therapy.get_absolute_url()}#{anchor}",
            text,
            question,
            therapy.reviewed_on,
        )

    name = therapy.short_name
    for n, faq in enumerate(therapy.faqs.all(), start=1):
        yield passage("Questions", f"faq-{n}", faq.answer, faq.question)
    about = f"What is {name}?"
    yield passage("What it is", "what", f"{therapy.lead} {therapy.goals_intro}".strip(), about)
    facts = (
        ("Best for", f"Who is {name} best for?", therapy.best_for_text),
        ("Session format", f"Is {name} in a group, one to one, or online?", therapy.session_format),
        ("Typical cadence", f"How many weeks is {name}?", therapy.cadence),
        ("Duration", f"How long is a session of {name}?", therapy.duration),
        ("Home practice", f"Is there homework or practice at home in {name}?",
         therapy.home_practice),
        ("Often combined with", f"What is {name} combined with?", therapy.combined_text),
        ("Evidence base", f"Does {name} work? Is there research?", therapy.evidence_summary),
    )  # fmt: skip
    for label, question, text in facts:
        if text:
            yield passage("At a glance", "glance", f"{label}: {', '.join(lines(text))}.", question)
    sections = (
        ("What it is", "what", therapy.goals),
        ("How it helps", "help", therapy.benefits),
        ("Sessions", "sessions", therapy.steps),
        ("Who it suits", "who", therapy.candidates),
    )
    for section, anchor, points in sections:
        for point in points:
            yield passage(section, anchor, f"{point.title}: {point.text}")
    careful = lines(therapy.who_should_be_careful)
    if careful:
        text = f"Ask a clinician first if you: {'; '.join(careful)}."
        yield passage("Before you start", "before", text, f"Who should be careful with {name}?")
    for risk in lines(therapy.risks):
        yield passage("Before you start", "before", risk, "Is it safe? What can go wrong?")
    if therapy.typical_cost:
        yield passage("Before you start", "before", therapy.typical_cost, "What does it cost?")
