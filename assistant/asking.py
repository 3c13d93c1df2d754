"""What kind of thing does a question ask for? Told from its wording alone."""

import re

from .reading import terms

_WHICH = re.compile(r"\b(?:best|better|recommend\w*|which|top|right (?:therapy|treatment))\b")
_TO_USE = re.compile(
    r"\b(?:(?:can|may|could|should|ok to|okay to|do) i? ?(?:still )?(?:drinking|smoking|use|using)"
    r"|(?:still|while i|while) (?:still )?(?:drink|drinking|use|using|smok\w+)|sober)\b"
)
_YES_OR_NO = re.compile(r"^(?:is|are|can|could|do|does|did|will|would|must|should|may|has|have)\b")
_NARROWS = re.compile(r"\b(?:only|just|still|while|enough|myself)\b")
_WHAT = re.compile(
    r"^(?:hi |hello |please )?"
    r"(?:what (?:is|are|does .* (?:mean|do))|whats|define|explain|describe)\b"
    r"|^how do(?:es)? .*\bwork$"
)
_OF_THERAPY = re.compile(
    r"\b(?:it|this|they|these|therap\w+|treatments?|sessions?|programs?|class(?:es)?|groups?"
    r"|risks?|effects?|costs?|insurance|homework)\b"
)
_WHAT_HELPS = terms(
    "help work best better treat cure recover recovery heal evidence option suit recommend cope "
    "manage deal live stop start symptom sign ease which right struggle suffer problem issue keep "
    "again night terrible awful attack course come coming off"
)


def which(reading):
    """For a choice among therapies: pages of conditions show them by evidence, we choose none."""
    return bool(_WHICH.search(reading.text))


def to_use(reading):
    """May one drink or use beside a therapy? No study of what helps answers that."""
    return bool(_TO_USE.search(reading.text))


def yes_or_no(reading, helps):
    """ "Is it only for …?" asks what an FAQ answers, not what a study found."""
    narrows = _NARROWS.search(reading.text)
    return bool(_YES_OR_NO.search(reading.text) and (narrows or not helps))


def what_it_is(reading):
    return bool(_WHAT.search(reading.text)) or len(reading.text.split()) == 1


def what_helps(reading):
    """Nothing but what may help with what it names."""
    return reading.rest <= _WHAT_HELPS


def for_help(reading):
    """ "I need help" is a cry, not a question about proof."""
    return reading.rest == {"work"} and "help" in reading.text


def of_therapy(reading):
    """A question that names no therapy must at least be about one."""
    return bool(_OF_THERAPY.search(reading.text))
