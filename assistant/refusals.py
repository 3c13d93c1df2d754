"""What is not for a program to answer, and what it must say first.

`topic(message)` names what is refused whoever asks (topics.py). Beside that stands what only a
clinician may say, the warnings before somebody stops alcohol or a medicine, and what our pages say
to do at once.
"""

import re

from trupaths.text import fold

from .passages import CAREFUL
from .reading import terms
from .topics import TOPICS, topic

__all__ = [
    "SUBSTANCES",
    "TOPICS",
    "at_once",
    "for_a_clinician",
    "named",
    "stopped",
    "topic",
    "urgent",
    "warnings",
]


def _any(*phrases):
    return re.compile(rf"\b(?:{'|'.join(phrases)})\b")


_DRUGS = r"(?:medicines?|medications?|meds|drugs?|pills?|antidepressants?)"
# A clinician's to say: what somebody has, what to take, and how much.
_CLINICIAN = _any(
    r"do i have (?!to\b)",
    r"does (?:he|she) have",
    r"diagnos(?:e|ing)|my diagnosis",
    r"what ?i?s wrong with me",
    r"(?:(?:know|tell|sure) (?:if|whether)|could|might|may|think) i (?:have|got)",
    r"is my \w+ (?:an? )?(?:problem|normal|serious)",
    r"am i (?!allowed|able|safe|too|supposed|eligible|covered|right|ready|good|"
    r"an? candidate)",
    r"doses?|dosage|\d*mgs?|milligrams?|mix(?:ing)?|interact\w*",
    r"should (?:i|he|she|we|they) (?:take|start taking|be on|go on|increase|up)",
    r"(?:can|could|may) (?:i|he|she|we|they) (?:take(?! part)|mix|snort|inject|crush|double)",
    r"how (?:much|many) (?:\w+ ){0,3}(?:can|should|do) (?:i|he|she|you) take",
    rf"(?:what|which|best|strongest) (?:\w+ )?{_DRUGS}",
)
_TOGETHER = _any("with", "and", "on", "safe", "many", "much", "while", "after")
# Signs that some page of ours tells to have seen the same day.
_NIGHTS = r"(?:\d|two|three|four|five|six|seven|days|nights)"
_TODAY = [(_any(rf"(?:havent|have not|not|hardly|barely) slept (?:\w+ ){{0,2}}{_NIGHTS}"), "mania")]
_AT_ONCE = re.compile(r"911|988|emergency|same day|medical (?:help|care)")
_STOP = _any(
    r"stop\w*(?! (?:\w+ ){0,2}(?:urges?|cravings?|hunger)\b)|quit\w*|wean\w*|taper\w*|detox\w*|"
    r"withdraw\w*|skip\w*|kick(?:ing)?(?! (?:\w+ )?out\b)|cold turkey",
    r"(?:come|coming|came|go|going|went|get|getting|got|give|giving|gave) (?:off|up)",
    r"cut(?:ting)? (?:down|out|back)",
    r"(?:is|me|her|him|am|be) off",
    r"off (?:of )?(?:my|the)",
    r"replac\w+|reduc\w+|swap\w*|switch\w*|miss(?:ed)?|lower(?:ed|ing)?|change[ds]?|break",
    r"instead of|less (?:of )?(?:my|the)|without (?:my|the|any)",
    r"r[au]n(?:ning)? out",
)
# These need no name of a thing to be about danger.
_WITHDRAWAL = _any(r"cold turkey", r"detox\w*", "withdrawals?", "withdrawing", "tapering")
_TREATMENT = _any(r"my (?:\w+ )?treatment", "insulin", "chemo")
_CLINIC = _any("clinician", "doctor", "prescriber")
_SENTENCE = re.compile(r"(?<=[.!?]) +")

# Who uses while pregnant must not stop suddenly either.
_PREGNANT = re.compile(r"\bpregnan\w+|\bexpecting a baby\b")
_USES = re.compile(r"\b(?:using|uses?|addicted|hooked|drink\w*|shooting)\b")
# After a break the body takes less of an opioid than before.
_BREAK = _any(
    r"(?:lost|lose|lower|no|my) (?:my |his |her )?tolerance",
    r"same (?:amount|dose|as before|as i used)",
    r"(?:use|used|using) (?:again|after) .*(?:clean|sober|detox|rehab|jail|prison|break)",
    r"(?:clean|sober|jail|prison|rehab|detox)\b.*\b(?:use|used|using) again",
)

# What is dangerous to stop suddenly -> a name of the condition whose page speaks of it.
SUBSTANCES = {"alcohol": "alcohol", "benzodiazepine": "", "opioid": "opiates", "medicine": ""}
_ALSO = {"alcohol": ("alcohol", "drink"), "opioid": ("opioid", "suboxone")}


def for_a_clinician(text):
    """What somebody has, what to take, and how much; also whether two of them go together."""
    return bool(_CLINICIAN.search(text)) or (len(named(text)) > 1 and bool(_TOGETHER.search(text)))


def urgent(text):
    """A name of the condition whose page says what to do today, or None."""
    return next((name for sign, name in _TODAY if sign.search(text)), None)


def named(text):
    """The substances that a text names, most dangerous first."""
    held = terms(text) | ({"medicine"} if _TREATMENT.search(text) else set())
    return tuple(s for s in SUBSTANCES if held & set(map(_term, _ALSO.get(s, (s,)))))


def stopped(text):
    """The substances that a text speaks of stopping; ("",) when it names none."""
    text = fold(text)
    if not _STOP.search(text):
        return ()
    return named(text) or (("",) if _WITHDRAWAL.search(text) else ())


def used(text):
    """The substances whose warning is for who uses them while pregnant, or after a break."""
    text = fold(text)
    if _PREGNANT.search(text) and _USES.search(text):
        return tuple(s for s in named(text) if s != "medicine")
    opioid = set(named(text)) <= {"opioid", "medicine"}
    return ("opioid",) if opioid and _BREAK.search(text) else ()


def warnings(finder, substances, therapy, conditions, asked=""):
    """(passage, words of it) that warn of stopping these suddenly; () when our pages do not. Of
    lines for people at risk that one which holds most of what was `asked`."""
    found = []
    for name in substances:
        condition = conditions.get(SUBSTANCES.get(name))
        if condition and (passage := finder.summaries.get(condition.pk)):
            found.append((passage, passage.text))
    return tuple(found + _from_therapies(finder, set(substances), therapy, asked))[:3]


def at_once(finder, conditions):
    """(passage, its sentences that say to get help now or today) of these conditions' pages."""
    for condition in conditions:
        passage = finder.summaries.get(condition.pk)
        kept = [s for s in _SENTENCE.split(passage.text) if _AT_ONCE.search(s)] if passage else []
        if kept:
            yield passage, " ".join(kept)


def _from_therapies(finder, substances, therapy, asked):
    """The fullest “before you start”, and the line of the same page for people at risk."""
    best, most = [], (False, 0, 0)
    for passage in finder.passages:
        if passage.kind != "before":
            continue
        sentences = _SENTENCE.split(passage.text)
        warns = [s for s in sentences if _warns(s, substances)]
        plans = [s for s in sentences if s not in warns and _CLINIC.search(fold(s))]
        named_here = passage.therapy == therapy and "" not in substances
        rank = (named_here, len(warns), len(plans))
        if warns and rank > most:
            kept = " ".join(s for s in sentences if s in warns or s in plans)
            best, most = [(passage, kept)], rank
    if best and substances - {"medicine"}:
        lines = [
            p
            for p in finder.passages
            if p.kind == "careful-line"
            and p.of == best[0][0].of
            and _warns(p.text.removeprefix(CAREFUL), substances - {"medicine"})
        ]
        if lines:
            asked = terms(asked)
            line = max(lines, key=lambda p: len(terms(p.text) & asked))  # the first of equal ones
            best.append((line, line.text))
    return best


def _warns(sentence, substances):
    said = stopped(sentence)
    return bool(said) and ("" in substances or bool(substances & set(said)))


def _term(word):
    return next(iter(terms(word)))
