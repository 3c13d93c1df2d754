"""How well trupaths.crisis finds danger, on messages with a label and on ordinary ones.

Shapes: a message is {"text", "label": "crisis" | "ordinary" | "topic_mention", "category", "card"},
one a line (JSON). CLINC150 is {"name": [[text, intent], …]}; nobody in it is in danger.
"""

import json
import random
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from django.core.management.base import CommandError

from trupaths import crisis

# At least, per category; the rest counts towards ALL. From docs/crisis.md.
GOALS = {
    "explicit": 1.0,
    "overdose_medical": 1.0,
    "third_party": 1.0,
    "violence_abuse": 1.0,
    "self_harm": 1.0,
    "spanish": 1.0,
    "slang_misspelt": 0.95,
    "indirect": 0.85,
}
ALL, FALSE, FALSE_CLINC = 0.98, 0.02, 0.002


@dataclass
class Figures:
    """Counts of one run. `missed` and `false` hold texts: for the screen, never for a log."""

    found: Counter = field(default_factory=Counter)  # per category
    asked: Counter = field(default_factory=Counter)
    right_card: int = 0
    missed: list = field(default_factory=list)
    false: list = field(default_factory=list)
    ordinary: int = 0
    mentions: Counter = field(default_factory=Counter)  # "card", "line", "nothing"
    clinc: int = 0
    clinc_false: list = field(default_factory=list)
    milliseconds: list = field(default_factory=list)

    @property
    def recall(self):
        return _share(sum(self.found.values()), sum(self.asked.values()))

    def misses_of_goals(self):
        """The goals that are not met, as sentences."""
        told = [
            f"{name}: {_share(self.found[name], self.asked[name]):.3f} < {goal:.2f}"
            for name, goal in GOALS.items()
            if self.asked[name] and _share(self.found[name], self.asked[name]) < goal
        ]
        if self.asked and self.recall < ALL:
            told.append(f"all: {self.recall:.3f} < {ALL:.2f}")
        if self.ordinary and len(self.false) / self.ordinary > FALSE:
            told.append(f"false cards: {len(self.false)} of {self.ordinary} ordinary messages")
        if self.clinc and len(self.clinc_false) / self.clinc > FALSE_CLINC:
            told.append(f"false cards: {len(self.clinc_false)} of {self.clinc} of CLINC")
        return told

    def as_json(self):
        """Numbers only, no text."""
        return {
            "recall": {name: [self.found[name], self.asked[name]] for name in sorted(self.asked)},
            "all": self.recall,
            "right_card": _share(self.right_card, sum(self.found.values())),
            "false_ordinary": [len(self.false), self.ordinary],
            "mentions": dict(self.mentions),
            "false_clinc": [len(self.clinc_false), self.clinc],
            "p50_ms": _percentile(self.milliseconds, 0.50),
            "p99_ms": _percentile(self.milliseconds, 0.99),
        }


def read_messages(path):
    """Messages of a JSON-lines file."""
    lines = Path(path).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def read_clinc(path):
    """The texts of a CLINC150 file, in whichever lists they stand."""
    lists = json.loads(Path(path).read_text(encoding="utf-8")).values()
    return [row[0] if isinstance(row, list) else row for rows in lists for row in rows]


def measure(messages, clinc=()):
    """Figures of the detector as it is."""
    figures = Figures()
    for message in messages:
        found = _timed(message["text"], figures)
        if message["label"] == "crisis":
            figures.asked[message["category"]] += 1
            if found and not found.quiet:
                figures.found[message["category"]] += 1
                figures.right_card += found.card == message["card"]
            else:
                figures.missed.append((message["category"], message["text"]))
        elif message["label"] == "topic_mention":
            figures.mentions["nothing" if not found else "line" if found.quiet else "card"] += 1
        else:
            figures.ordinary += 1
            if found and not found.quiet:
                figures.false.append((found.category, message["text"]))
    for text in clinc:
        figures.clinc += 1
        found = _timed(text, figures)
        if found and not found.quiet:
            figures.clinc_false.append((found.category, text))
    return figures


def carried(messages, *, times=20, parts=3, seed=8):
    """What would be found by wording that fits some message of the other parts.

    Each time the messages are dealt into `parts`; of each part in turn, only phrases count that fit
    a message of the other parts. This is a floor: a phrase written from none of these messages is
    not allowed to help. {category: [found, asked]} over all parts and times.
    """
    messages = [message for message in messages if message["label"] == "crisis"]
    fits = [crisis.fitting(message["text"]) for message in messages]
    dealt, tally = random.Random(seed), defaultdict(lambda: [0, 0])
    for _ in range(times):
        order = list(range(len(messages)))
        dealt.shuffle(order)
        for part in range(parts):
            held = order[part::parts]
            known = set().union(*(fits[at] for at in set(order).difference(held)))
            for at in held:
                of_category = tally[messages[at]["category"]]
                of_category[0] += bool(fits[at] & known)
                of_category[1] += 1
    return dict(tally)


def table(figures, floor=None):
    """The figures as lines for the screen."""
    rows = [f"{'category':24}{'found':>10}{'recall':>9}{'goal':>7}{'floor':>8}"]
    for name in sorted(figures.asked):
        found, asked = figures.found[name], figures.asked[name]
        goal = f"{GOALS[name]:.2f}" if name in GOALS else ""
        least = f"{_share(*floor[name]):.2f}" if floor else ""
        rows.append(
            f"{name:24}{f'{found}/{asked}':>10}{_share(found, asked):>9.3f}{goal:>7}{least:>8}"
        )
    total = sum(figures.found.values())
    least = f"{_share(*map(sum, zip(*floor.values(), strict=True))):.2f}" if floor else ""
    of_all = f"{total}/{sum(figures.asked.values())}"
    rows.append(f"{'all':24}{of_all:>10}{figures.recall:>9.3f}{ALL:>7.2f}{least:>8}")
    rows += [
        f"right card where one is shown: {_share(figures.right_card, total):.3f}",
        f"only mention the topic: {dict(figures.mentions)}",
        f"false cards: {len(figures.false)} of {figures.ordinary} ordinary messages",
        f"false cards: {len(figures.clinc_false)} of {figures.clinc} of CLINC",
        f"a message takes {_percentile(figures.milliseconds, 0.5):.2f} ms (p50), "
        f"{_percentile(figures.milliseconds, 0.99):.2f} ms (p99)",
    ]
    return "\n".join(rows)


def _timed(text, figures):
    began = time.perf_counter()
    found = crisis.sense(text)
    figures.milliseconds.append((time.perf_counter() - began) * 1000)
    return found


def _share(part, whole):
    return part / whole if whole else 0.0


def _percentile(values, share):
    return sorted(values)[int(share * (len(values) - 1))] if values else 0.0


def run(command, options):
    """`manage.py assistant_eval --set crisis`: prints, and returns numbers."""
    if options["data"] is None:
        raise CommandError("Name the folder with the messages: --data FOLDER.")
    path = options["messages"] or options["data"] / "assistant-eval" / "crisis_dev.jsonl"
    try:
        messages = read_messages(path)
        ordinary = read_clinc(options["data"] / "clinc_oos" / "clinc150_test.json")
    except (OSError, ValueError) as error:
        raise CommandError(f"A set cannot be read: {error}") from error
    figures, floor = measure(messages, ordinary), carried(messages)
    command.stdout.write(table(figures, floor))
    for sentence in figures.misses_of_goals():
        command.stdout.write(command.style.ERROR(f"Goal missed. {sentence}"))
    if options["show"]:
        for category, text in [*figures.missed, *figures.false, *figures.clinc_false]:
            command.stdout.write(f"{category} | {text}")
    return figures.as_json() | {"floor": floor}
