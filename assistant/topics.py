"""Topics that Tru AI never answers, whoever asks: told from families of wording (topics.txt)."""

import re
from pathlib import Path

from .substances import marked


def _read(lines):
    """Topic -> one pattern, in the order of the file; names in braces stand for their own."""
    names, topics, current = {}, {}, None
    for line in lines:
        if not line or line.startswith("#"):
            continue
        if line.startswith("["):
            current = line.strip("[]")
        elif current == "names":
            name, _, pattern = line.partition(" = ")
            names[f"{{{name}}}"] = _filled(pattern, names)
        else:
            topics.setdefault(current, []).append(_filled(line, names))
    return {topic: re.compile("|".join(patterns)) for topic, patterns in topics.items()}


def _filled(pattern, names):
    for name, meaning in names.items():
        pattern = pattern.replace(name, meaning)
    return pattern


_WORDING = _read(Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").splitlines())
TOPICS = tuple(_WORDING)

# “Can EMDR replace my medicine?” asks of a therapy, whose page says it.
_OF_A_THERAPY = re.compile(
    r"\b(?:can|could|does|do|will|would) (?!(?:i|he|she|we|they|you|my|it|this|that)\b)"
    r"(?:\w+ ){1,5}?(?:replace|get (?:me|him|her|us) off|help|work|be used)\b"
)

# How much of a medicine to take is no page's to say, even where the medicine is the therapy.
_ALONE = re.compile(r"\b(?:in half|halv\w+|doubl\w+|every other day|by myself|on my own)\b")

# Who looks for help with coming off reads the warning and finds places.
_WANTS_HELP = re.compile(
    r"\b(?:where|who|find|need|get|looking for|any|want)\b.*\b(?:help|clinic|program|detox|doctor|"
    r"treatment|rehab|support)\b"
)


def topic(message, *, of_therapy=False):
    """The topic of a fixed refusal that a message asks about; "" for none.

    With "medication-change" the warnings before stopping come too, and what the page of a therapy
    says to the very question: “can MBSR replace my medicine?”. `of_therapy`: a therapy is named;
    its page and the warnings answer that better, so it is no topic; to take half of it still is.
    """
    text = marked(message)
    for name, wording in _WORDING.items():
        if wording.search(text):
            if name == "medication-change" and (
                (of_therapy and not _ALONE.search(text))
                or _OF_A_THERAPY.search(text)
                or _WANTS_HELP.search(text)
            ):
                continue
            return name
    return ""
