"""How well a question for places is read, and whether Tru AI shows what provider search shows.

Sets: `sets/providers.csv` (ours, with `sets/same.json`) and, where the folder is there,
`assistant-eval/provider_queries_dev.jsonl`, whose slots have other names (`THEIRS`).
Every town and ZIP code of the questions must be loaded (`manage.py load_places`).
"""

import json
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from django.core.management import CommandError
from django.test import RequestFactory

from assistant import parsing, places
from providers.filters import SERVICE_FACETS
from providers.models import Place
from providers.near import Located, State, locate
from providers.search import search
from providers.states import STATES
from recommendations.memory import Memory

from . import SETS, rows

GOALS = {"template": 0.95, "hand": 0.80}  # at least this share of questions with all slots right

# (slot, value) of provider_queries -> what it is in an address of /providers/; any of these.
THEIRS = {
    ("therapy", "art-therapy"): ["therapy:art-and-music-therapy"],
    ("therapy", "couples-therapy"): ["grouping:couple"],
    ("therapy", "family-therapy"): ["grouping:family"],
    ("therapy", "group-therapy"): ["grouping:group"],
    ("therapy", "mbsr"): ["therapy:mbsr-medical-pain"],
    ("therapy", "medication-assisted-treatment"): [
        "therapy:medications-for-opioid-use-disorder", "medication:opioid",
        "medication:methadone", "medication:buprenorphine", "medication:naltrexone",
    ],
    ("therapy", "trauma-therapy"): ["condition:ptsd"],
    ("therapy", "exposure-therapy"): ["therapy:exposure-therapy"],
    ("format", "telehealth"): ["delivery:virtual"],
    ("format", "in-person"): ["delivery:in-person"],
    ("format", "iop"): ["care:intensive-outpatient"],
    ("format", "php"): ["care:day"],
    ("format", "sober-living"): ["care:sober-housing"],
    ("format", "group"): ["grouping:group"],
    ("payment", "military-insurance"): ["pay:military"],
    ("payment", "private-insurance"): ["pay:private"],
    ("payment", "sliding-scale"): ["pay:sliding"],
    ("population", "seniors"): ["age:older"],
    ("population", "teens"): ["age:teens"],
    ("population", "children"): ["age:children"],
    ("population", "young-adults"): ["age:young-adults"],
    ("population", "couples"): ["grouping:couple"],
    ("population", "families"): ["grouping:family"],
    ("language", "spanish"): ["language:es"],
    ("language", "vietnamese"): ["language:vi"],
    ("language", "chinese"): ["language:zh"],
    ("language", "mandarin"): ["language:zh"],
    ("language", "russian"): ["language:ru"],
    ("language", "arabic"): ["language:ar"],
    ("language", "korean"): ["language:ko"],
    ("language", "french"): ["language:fr"],
}  # fmt: skip
# Slots of theirs that have our value under another name.
FACET_OF = {"format": "care", "payment": "pay", "population": "for"}
ASK = object()  # a place that must be asked for, not guessed


@dataclass(frozen=True)
class Question:
    """`wanted`: one set for each slot, any member of which is right. `maybe` count neither way.

    `near` is a ZIP code, “Town, ST”, the name of a state, "" for none, or `ASK`.
    """

    text: str
    origin: str
    split: str
    wanted: tuple
    maybe: frozenset
    near: object
    radius: str


@dataclass
class Figures:
    """Counts of one run; `wrong` holds (question, what was found) and goes to no log."""

    right: dict = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    wrong: list = field(default_factory=list)
    invented: list = field(default_factory=list)
    agree: list = field(default_factory=lambda: [0, 0])
    differ: list = field(default_factory=list)

    def misses_of_goals(self):
        told = [
            f"{name}: {right / asked:.3f} < {GOALS[name.split()[-2]]:.2f}"
            for name, (right, asked) in self.right.items()
            if right / asked < GOALS[name.split()[-2]]
        ]
        if self.invented:
            told.append(f"{len(self.invented)} invented places")
        if self.agree[0] != self.agree[1]:
            told.append(f"{self.agree[0]} of {self.agree[1]} agree with /providers/")
        return told

    def as_json(self):
        """Numbers only, no text."""
        return {
            "right": dict(self.right),
            "invented": len(self.invented),
            "agree": self.agree,
        }


def read_own():
    """Questions of sets/providers.csv."""
    same = json.loads((SETS / "same.json").read_text(encoding="utf-8"))
    for row in rows("providers.csv"):
        slots = json.loads(row["slots"])
        asked = [f"{p}:{slots[p]}" for p in ("therapy", "condition") if p in slots]
        asked += [f"{p}:{slots[p]}" for p in SERVICE_FACETS if p in slots]
        asked += slots.get("terms", ())
        out = [(k, v) for k, values in slots.items() if k.startswith("not_") for v in values]
        wanted = [frozenset({each, *same.get(each, ())}) for each in asked]
        for key, value in out:
            others = same.get(f"{key.removeprefix('not_')}:{value}", ())
            wanted.append(frozenset({f"{key}:{value}", *(f"not_{o}" for o in others)}))
        asks = "_ambiguous" in slots or "_needs_location" in slots
        near = ASK if asks else slots.get("near", "")
        maybe = frozenset(slots.get("_maybe", ()))
        yield Question(
            row["question"], f"own {row['origin']}", row["split"], tuple(wanted), maybe,
            near, slots.get("radius", ""),
        )  # fmt: skip


def read_theirs(path):
    """Questions of a provider_queries file."""
    same = json.loads((SETS / "same.json").read_text(encoding="utf-8"))
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        slots, wanted = row["slots"], []
        for slot in ("therapy", "condition", "format", "payment", "population", "language"):
            if slot in slots:
                each = THEIRS.get((slot, slots[slot]))
                each = each or [f"{FACET_OF.get(slot, slot)}:{slots[slot]}"]
                wanted.append(frozenset({*each, *(s for one in each for s in same.get(one, ()))}))
        origin = "template" if row["origin"] == "template" else "hand"
        radius = str(slots["radius_miles"]) if "radius_miles" in slots else ""
        yield Question(
            row["text"], f"theirs {origin}", "dev", tuple(wanted), frozenset(), _near(slots), radius
        )


def _near(slots):
    if slots.get("_ambiguous") or slots.get("_needs_location"):
        return ASK
    if "city" in slots and "state" in slots:
        return f"{slots['city']}, {slots['state']}"
    return slots.get("zip") or slots.get("city") or STATES.get(slots.get("state"), "")


def measure(questions, *, agreement=True):
    """Figures over these questions."""
    figures = Figures()
    for question in questions:
        read = parsing.parse(question.text)
        tally = figures.right[f"{question.origin} {question.split}"]
        tally[1] += 1
        if complaint := _wrong(question, read):
            figures.wrong.append((question, complaint))
        else:
            tally[0] += 1
        guessed = question.near is ASK and isinstance(locate(read.near), Located)
        if guessed or (read.near and question.near == ""):
            figures.invented.append((question, read.near))
        if agreement:
            _compare(question, figures)
    return figures


def _wrong(question, read):
    """What is not right, in a few words; "" when all slots are."""
    found = {f"{param}:{value}" for param, value in read.chosen}
    missing = [min(each) for each in question.wanted if not each & found]
    more = found - question.maybe.union(*question.wanted)
    said = [f"-{each}" for each in missing] + [f"+{each}" for each in sorted(more)]
    if not _same_place(question.near, read):
        said.append(f"near={read.near!r} asks={read.asks}")
    if question.radius != read.radius and not isinstance(locate(read.near), State):
        said.append(f"radius={read.radius!r}")
    return " ".join(said)


def _same_place(wanted, read):
    if wanted is ASK:
        return read.asks
    if not wanted or not read.near:
        return not read.near and not wanted and not read.asks
    there, here = locate(wanted), locate(read.near)
    if isinstance(there, State) and isinstance(here, Located):
        return here.name == f"{there.name}, {there.code}"  # “New York” may be either
    return there == here or getattr(there, "label", 0) == getattr(here, "label", 1)


def _compare(question, figures):
    """Does the printed address show the same listings first, and as many?"""
    found = places.find(question.text)
    request = RequestFactory().get(found.search)
    request.visitor = Memory(looks=False)
    page = search(request)
    figures.agree[1] += 1
    ours = [card.provider.pk for card in found.cards]
    theirs = [card.provider.pk for card in page.cards[: places.MOST]]
    shown = not ours if found.asks else ours == theirs  # who asks where shows none yet
    if shown and found.total == page.total:
        figures.agree[0] += 1
    else:
        figures.differ.append((question, f"{found.search} {ours} {theirs}"))


def table(figures):
    """The figures as lines for the screen."""
    rows = [f"{'questions':24}{'all right':>12}{'share':>9}{'goal':>7}"]
    for name, (right, asked) in sorted(figures.right.items()):
        goal = GOALS[name.split()[-2]]
        rows.append(f"{name:24}{f'{right}/{asked}':>12}{right / asked:>9.3f}{goal:>7.2f}")
    agree, of = figures.agree
    rows.append(f"invented places: {len(figures.invented)}")
    if of:
        rows.append(f"same listings as /providers/ with the printed address: {agree} of {of}")
    return "\n".join(rows)


def run(command, options):
    """`manage.py assistant_eval --set places`: prints, and returns numbers."""
    if not Place.objects.exists():
        raise CommandError("No towns are known yet. Run manage.py load_places first.")
    questions = list(read_own())
    folder = options["data"] or Path()
    path = options["messages"] or folder / "assistant-eval" / "provider_queries_dev.jsonl"
    if path.is_file():
        questions += read_theirs(path)
    else:
        command.stdout.write("Only our own questions: no assistant-eval folder in --data.")
    figures = measure(questions)
    command.stdout.write(table(figures))
    for sentence in figures.misses_of_goals():
        command.stdout.write(command.style.ERROR(f"Goal missed. {sentence}"))
    if options["show"]:
        for question, found in [*figures.wrong, *figures.invented, *figures.differ]:
            if question.split == "dev":  # the other half stays unread
                command.stdout.write(f"{question.origin} | {question.text} | {found}")
    return figures.as_json()
