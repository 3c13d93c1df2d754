"""LEAF: is someone in danger? A pure function over what was typed; it never raises.

How it works: the text is folded to plain words (folding), then families of wording are tried
(words, harm, spanish). Idioms, questions for information and what is over
(mild) are struck out before a second try: only their own words, so that they never silence
what stands beside them. Without any of these, weak signs are counted over the last turns. When in
doubt, a card: a card too many costs a glance.
"""

import re
from dataclasses import dataclass

from . import harm, near, spanish, weighing, whom, words
from .folding import fold
from .mild import CORE, MINOR, STRUCK, WEAK

TURNS = 4  # earlier messages in which a weak sign still counts
LETTERS = 3  # by which wording is looked up
DIGITS = "0123456789"
SIGNS = f" abcdefghijklmnopqrstuvwxyz{DIGITS}"


@dataclass(frozen=True)
class Crisis:
    """What was found: which help comes first, and for whom.

    `quiet` means that something of it was said in an idiom, a question or as over: the line of 988
    is enough. `detect` never returns a quiet one.
    """

    category: str  # a name of CATEGORIES
    title: str
    sentence: str
    for_other: bool = False
    abuse: bool = False
    youth: bool = False  # someone under 18 is named
    quiet: bool = False

    @property
    def card(self):
        """The card that comes first: "911", "988" or "violence"."""
        return CATEGORIES[self.category][0]


ALONE = "You do not have to carry this alone."
TALK = (
    "Please talk to a person now. It is free, day and night. Say as much or as little as you like."
)
FAULT = "What is happening is not your fault."
PLAN = "People who know this well can talk it through with you and plan for your safety."
NOW = "This can be an emergency. Please call 911 now."
STAY = "Do not wait to see whether it passes. If someone is with you, ask them to stay."
QUIT = "Stopping suddenly can be dangerous. A seizure, confusion or seeing things needs 911 now."
APART = "If someone could be hurt in this moment, move apart and call 911. Then talk to a person."
OTHER = "You can get help for them now, and so can they."
ASK = "A person on the line can tell you what to do next. Stay with them if it is safe for you."

READ = 5000  # letters of a text in which danger is looked for
CATEGORIES = {  # the first that fits gives the card: what cannot wait stands first
    "overdose": ("911", NOW, STAY),
    "withdrawal": ("911", NOW, QUIT),
    "emergency": ("911", NOW, STAY),
    "voices": ("911", ALONE, TALK),
    "plan": ("988", ALONE, TALK),
    "suicide": ("988", ALONE, TALK),
    "farewell": ("988", ALONE, TALK),
    "self-harm": ("988", ALONE, TALK),
    "eating": ("988", ALONE, TALK),
    "harm-others": ("911", ALONE, APART),
    "violence": ("violence", FAULT, PLAN),
    "passive": ("988", ALONE, TALK),
    "weak": ("988", ALONE, TALK),
    "unknown": ("988", ALONE, TALK),  # the detector itself failed
}
WEIGHED = {"988": "weak", "911": "emergency", "violence": "violence"}  # without a wording
FAMILIES = [  # in the order of CATEGORIES; but a gun for others is no plan against oneself
    ("overdose", harm.OVERDOSE + spanish.OVERDOSE),
    ("withdrawal", harm.WITHDRAWAL + spanish.WITHDRAWAL),
    ("emergency", harm.EMERGENCY + spanish.EMERGENCY),
    ("voices", harm.VOICES + spanish.VOICES),
    ("violence", harm.THREATENED + spanish.THREATENED),
    ("harm-others", harm.ARMED + spanish.ARMED),
    ("plan", words.PLAN + spanish.PLAN),
    ("suicide", words.SUICIDE + spanish.SUICIDE),
    ("farewell", words.FAREWELL + spanish.FAREWELL),
    ("self-harm", harm.SELF_HARM + spanish.SELF_HARM),
    ("eating", harm.EATING + spanish.EATING),
    ("harm-others", harm.HARM_OTHERS + spanish.HARM_OTHERS),
    ("violence", harm.VIOLENCE + spanish.VIOLENCE),
    ("passive", words.PASSIVE + spanish.PASSIVE),
]

_start = re.compile(r" (?=[a-z0-9])")


def detect(text, turns=()):
    """The card that this text asks for after the earlier turns of the visitor, or None.

    `turns` are earlier messages, the latest last; the last four count, for weak signs only.
    """
    found = sense(text, turns)
    return found if found and not found.quiet else None


def sense(text, turns=()):
    """As `detect`, but also what is softened: a Crisis that is `quiet`."""
    try:
        return _sense(text, turns)
    except Exception:  # no error may stand between a person and help
        return _crisis("unknown")


def names_minor(text):
    """Does the text name an age under 18? Then nothing of the talk is to be remembered."""
    try:
        return _is_youth(fold(text))
    except Exception:
        return True


def worded(text):
    """Is danger said in this text by wording alone, not by what its words weigh together?"""
    kept = _strike(fold(text))
    return _first(kept, _families)[0] is not None or any(near.fits(kept))


def fitting(text):
    """The phrases that fit the text, else the kinds of weak sign; for the evaluation."""
    folded = fold(text)
    found = {
        pattern.pattern
        for place in _start.finditer(folded)
        for _, pattern in _families.get(folded[place.end() : place.end() + LETTERS], ())
        if pattern.match(folded, place.end())
    }
    return found or {f"weak {kind}" for kind in _signs(_strike(folded))}


def _sense(text, turns):
    folded = fold(text)
    rank, _ = _first(folded, _families)
    softened = None
    if rank is not None:
        kept, end = _first(folded, _families, _spans(folded))  # rarely: only now ask for idioms
        if kept is not None:
            return _said(_ranks[kept], folded, folded[:end])
        softened = _crisis(_ranks[rank], quiet=True, youth=_is_youth(folded))
    left = _strike(folded)
    return _unsaid(folded, left) or _weak(folded, left, turns) or softened


def _said(category, folded, before):
    """The card of a category, for whom it is being told by the words `before`."""
    # Who is hit, or afraid of hitting, speaks of another and asks for themselves.
    other = category not in ("violence", "harm-others") and whom.is_another_told(before)
    return _crisis(category, for_other=other, youth=_is_youth(folded))


def _first(folded, families, struck=()):
    """The first family that fits anywhere but inside a struck span, and where its wording ends."""
    first, end, upto = None, 0, iter(struck)
    begin, stop = next(upto, (len(folded), len(folded)))
    for place in _start.finditer(folded):
        start = place.end()
        while start >= stop and stop < len(folded):
            begin, stop = next(upto, (len(folded), len(folded)))
        for rank, pattern in families.get(folded[start : start + LETTERS], ()):
            if (first is None or rank < first) and (found := pattern.match(folded, start)):
                if begin <= start and found.end() <= stop:
                    continue  # said in an idiom, all of it
                first, end = rank, found.end()
    return first, end


def _unsaid(folded, left):
    """A card where no phrase says it: for words near one another, else for what they weigh.

    Only of what idioms and the like have `left` of the text.
    """
    near_by = [(_ranks.index(category), end) for category, _, end in near.fits(left)]
    if near_by:
        rank, end = min(near_by)
        return _said(_ranks[rank], folded, " ".join(left.split()[:end]))
    odds, card = weighing.weigh(left)
    if odds < 0:
        return None
    other = card != "violence" and whom.is_another_weighed(left)
    return _crisis(WEIGHED[card], for_other=other, youth=_is_youth(folded))


def _weak(folded, left, turns):
    """A card where two kinds of weak sign come together, one of them now."""
    now = _signs(left)
    if not now:
        return None
    signs = now.union(*(_signs(_strike(fold(turn))) for turn in list(turns)[-TURNS:]))
    if len(signs) < 2 or not signs & CORE:
        return None
    return _crisis("weak", for_other=whom.is_another(folded), youth=_is_youth(folded))


def _signs(folded):
    found = set()
    for place in _start.finditer(folded):
        start = place.end()
        for rank, pattern in _signals.get(folded[start : start + LETTERS], ()):
            if _kinds[rank] not in found and pattern.match(folded, start):
                found.add(_kinds[rank])
    return found


def _crisis(category, *, for_other=False, youth=False, quiet=False):
    _, title, sentence = CATEGORIES[category]
    if for_other and title == ALONE:
        title, sentence = OTHER, ASK
    return Crisis(category, title, sentence, for_other, category == "violence", youth, quiet)


def _is_youth(folded):
    return _first(folded, _minors)[0] is not None


def _spans(folded):
    """(start, end) of idioms, of questions for information and of what is over, in order."""
    spans = []
    for place in _start.finditer(folded):
        start = place.end()
        ends = [
            found.end()
            for _, pattern in _struck.get(folded[start : start + LETTERS], ())
            if (found := pattern.match(folded, start))
        ]
        if ends and (not spans or max(ends) > spans[-1][1]):
            spans.append((start, max(ends)))
    return spans


def _strike(folded):
    """Without the words of idioms and the like: each becomes one empty word."""
    kept, upto = [], 0
    for start, end in _spans(folded):
        if start >= upto:
            kept += [folded[upto:start], "_"]
            upto = end
    return "".join([*kept, folded[upto:]])


def _by_start(families):
    """For each first letters, the wording that can begin so: much faster than one search."""
    table = {}
    for rank, phrases in enumerate(families):
        for phrase in phrases:
            # No repeat without a bound: the time must stay linear.
            pattern = re.compile(f"{_whole(phrase)}(?= )")
            for start in starts(phrase):
                table.setdefault(start, []).append((rank, pattern))
    return table


def _whole(phrase):
    """The phrase with whole words in what must or must not follow, and no repeat without a bound.

    >>> _whole("die(?! (?:hard|for)) (?:now )*")
    'die(?! (?:hard|for)(?= )) (?:now ){0,5}'
    """
    phrase = phrase.replace(")*", "){0,5}").replace(")+", "){1,5}")
    for ahead in ("(?= (?:", "(?! (?:"):
        at = phrase.find(ahead)
        while at >= 0:
            end, depth = at + len(ahead), 1
            while depth:
                depth += (phrase[end] == "(") - (phrase[end] == ")")
                end += 1
            if phrase[end] in ")|":
                phrase = f"{phrase[:end]}(?= ){phrase[end:]}"
            at = phrase.find(ahead, at + 1)
    return phrase


def starts(phrase, most=LETTERS):
    """The first letters, so many, that a phrase can begin with.

    >>> sorted(starts("(?:kill|end (?:it|all)) now"))
    ['end', 'kil']
    >>> sorted(starts("(?:a |my )?sons?"))
    ['a s', 'my ', 'son']
    """
    if not most:
        return {""}
    if phrase.startswith("(?:"):
        depth, begin, choices = 1, 3, []
        for at in range(3, len(phrase)):
            depth += (phrase[at] == "(") - (phrase[at] == ")")
            if (phrase[at] == "|" and depth == 1) or not depth:
                choices.append(phrase[begin:at])
                begin = at + 1
            if not depth:
                break
        else:
            raise ValueError(f"A bracket is missing in {phrase!r}")
        rest = phrase[at + 1 :]
        if rest[:1] in ("?", "*"):
            rest = rest[1:].removeprefix("?")
            choices.append("")
        if rest[:1] not in ("+", "{"):
            return set().union(*(starts(choice + rest, most) for choice in choices))
    if most == LETTERS and phrase.startswith(("[0-9]", "[5-9]")):
        return {f"{one}{two}{three}" for one in DIGITS for two in DIGITS + " " for three in SIGNS}
    if not (plain := re.match("[a-z0-9 ]", phrase)):  # any sign may stand here
        if most > LETTERS - 2:
            raise ValueError(f"Write the beginning of {phrase!r} with two plain letters")
        return set(SIGNS)
    if phrase[1:2] == "?":
        return starts(phrase[0] + phrase[2:], most) | starts(phrase[2:], most)
    return {plain[0] + more for more in starts(phrase[1:] or " ", most - 1)}


_ranks = [category for category, _ in FAMILIES]
_kinds = list(WEAK)
_struck = _by_start([STRUCK])
_families = _by_start([phrases for _, phrases in FAMILIES])
_signals = _by_start(WEAK.values())
_minors = _by_start([MINOR])
