"""From passages to what is said: whole sentences of one section, word for word, with a source."""

import re
from dataclasses import dataclass
from typing import NamedTuple

MOST = 3  # sentences
SHORT = 320  # letters of a passage that is said whole
_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"(0-9])")


class Said(NamedTuple):
    """A sentence of ours, the number of its source, and a heading: the question that it answered
    there, or the therapy that it is about."""

    text: str
    n: int
    heading: str = ""


@dataclass(frozen=True)
class Source:
    n: int
    title: str
    section: str
    url: str
    reviewed_on: object


def sentences(text):
    """
    >>> sentences("No. It may help. Ask first.")
    ['No.', 'It may help.', 'Ask first.']
    """
    return _END.split(text)


def extract(passage, words, ours):
    """Up to three sentences of a passage that hold most of a question's words, in their order.

    A short passage is said whole, and an answer to a question from its beginning: “No.” says half.
    """
    said = sentences(passage.text)
    if len(said) <= MOST or len(passage.text) <= SHORT:
        return passage.text
    if passage.kind == "faq":
        return " ".join(said[:MOST])
    held = [ours.weight(words & ours.reader.read(s).terms) for s in said]
    # A sentence that begins with “They” needs the one before it: so what is kept stays together.
    starts = range(len(said) - MOST + 1)
    start = max(starts, key=lambda at: (sum(held[at : at + MOST]), -at))
    return " ".join(said[start : start + MOST])


def cited(said):
    """(sentences, sources) of pairs of a passage and its words; one number for each section."""
    numbers = {}
    for passage, _ in said:
        numbers.setdefault(passage.url, (len(numbers) + 1, passage))
    sources = tuple(
        Source(n, p.title, p.section, p.url, p.reviewed_on) for n, p in numbers.values()
    )
    return tuple(Said(text, numbers[p.url][0], p.heading) for p, text in said), sources
