"""What the service codes of SAMHSA mean in our words: data/samhsa_codes.csv, which staff can read.

A code that is not in the file says nothing, and a code that a place lacks is not a no.
"""

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from trupaths.text import fold

CODES = Path(__file__).parent / "data" / "samhsa_codes.csv"
DIRECTORIES = ("su", "mh")  # substance use, mental health

# What a place is, in plain words: the first of these codes that it has.
KINDS = [
    (("SHP",), "State psychiatric hospital"),
    (("PSY", "PSYH"), "Psychiatric hospital"),
    (("IPSY",), "Psychiatric unit of a hospital"),
    (("VAHC", "VAMC"), "VA medical center or clinic"),
    (("OTP",), "Opioid treatment program"),
    (("RTCC",), "Residential treatment for children or teens"),
    (("RTCA",), "Residential treatment for adults"),
    (("ORES",), "Residential treatment"),
    (("CBHC",), "Certified community clinic"),
    (("CMHC",), "Community mental health center"),
    (("MSMH",), "Mental health center"),
    (("PH",), "Day program"),
    (("DUO",), "DUI program"),
    (("GH",), "Hospital"),
    (("OMH",), "Outpatient mental health clinic"),
]
ONLY = {  # what a place serves only; said in its summary
    "DUO": "people with a DUI or DWI",
    "OUDO": "people with opioid use",
    "AUDO": "people with alcohol use",
}
FOR = {
    ("focus", "recovery"): "alcohol and drug use",
    ("focus", "mental-health"): "mental health",
    ("care", "detox"): "withdrawal",
}
CARE = {
    ("care", "outpatient"): "outpatient",
    ("care", "intensive-outpatient"): "intensive outpatient",
    ("care", "day"): "day",
    ("care", "residential"): "residential",
    ("care", "inpatient"): "hospital inpatient",
}


PLAIN_YES = ("yes", "", ())  # without a note, whatever else is said


@dataclass
class Mapping:
    """data/samhsa_codes.csv. `meanings` is {directory: {code: [(answer, thing, note, unless)]}}.

    `answer` is "yes", "no" or "service"; `thing` is (facet, slug) of a term, or a therapy's slug.
    """

    rows: list
    meanings: dict
    labels: dict  # (category, folded name) or folded name -> code


@lru_cache(maxsize=1)
def mapping():
    with CODES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = Mapping(rows, {directory: {} for directory in DIRECTORIES}, {})
    for n, row in enumerate(rows):
        # A name of the locator that no directory has a code for stands as its own code.
        row["code"] = row["code"] or f"-{n}"
        for directory in [row["directory"]] if row["directory"] else DIRECTORIES:
            if row["becomes"] != "nothing":
                meaning = (*_becomes(row["becomes"]), row["note"], tuple(row["unless"].split()))
                found.meanings[directory].setdefault(row["code"], []).append(meaning)
        for name in (row["name"], *row["also"].split("; ")):
            if name:
                found.labels.setdefault((row["category"], fold(name)), row["code"])
                found.labels.setdefault(fold(name), row["code"])
    return found


def _becomes(text):
    """
    >>> _becomes("no:focus:alcohol"), _becomes("service:cbt")
    (('no', ('focus', 'alcohol')), ('service', 'cbt'))
    """
    kind, _, thing = text.partition(":")
    if kind == "service":
        return kind, thing
    answer, term = ("no", thing) if kind == "no" else ("yes", text)
    return answer, tuple(term.split(":"))


def meant(text, directory):
    """(terms, services) of a `Record`, from codes parted by blanks, in groups parted by “*”.

    Who says yes and no to one thing has not told us: that is left out.
    """
    codes = set(text.split())
    terms, noted, no, services = {}, {}, {}, {}
    for group in text.split("*"):
        plain, others = _group(group, directory)
        terms |= plain
        for answer, thing, note, unless in others:
            if not codes.isdisjoint(unless):
                continue
            if answer == "service":
                services[thing] = {}
            else:
                said = noted if answer == "yes" else no
                said.setdefault(thing, set()).update({note} - {""})
    terms |= {term: _answer("yes", notes) for term, notes in noted.items()}
    for term, notes in no.items():
        if terms.pop(term, None) is None:
            terms[term] = _answer("no", notes)
    return terms, services


@lru_cache(maxsize=1 << 14)
def _group(text, directory):
    """What a group of codes means: the terms that it plainly has, and the rest with conditions.

    Places have mostly the same groups; so most rows only look them up.
    """
    meanings = mapping().meanings[directory]
    found = [meaning for code in text.split() for meaning in meanings.get(code, ())]
    plain = {
        thing: "yes" for answer, thing, note, unless in found if (answer, note, unless) == PLAIN_YES
    }
    return plain, [meaning for meaning in found if (meaning[0], *meaning[2:]) != PLAIN_YES]


def _answer(answer, notes, longest=118):
    """ "yes: from alcohol, opioids": as many notes as fit, “from” said once."""
    if not notes:
        return answer
    text, *rest = sorted(notes)
    for note in rest:
        note = note.removeprefix("from ") if text.startswith("from ") else note
        if len(text) + len(note) + 2 > longest:
            break
        text = f"{text}, {note}"
    return f"{answer}: {text}"


def kind_of(codes):
    for any_of, kind in KINDS:
        if any(code in codes for code in any_of):
            return kind
    residential, outpatient = "RES" in codes, "OP" in codes
    if residential and outpatient:
        return "Residential and outpatient treatment"
    if residential:
        return "Residential treatment"
    if "HI" in codes:
        return "Hospital program"
    if outpatient:
        return "Outpatient clinic"
    return "Sober housing" if "HH" in codes else "Treatment center"


def summary_of(codes, terms):
    """“Outpatient and residential care for mental health.” From what it says yes to."""
    care = [words for term, words in CARE.items() if terms.get(term, "no")[0] == "y"]
    reasons = [words for term, words in FOR.items() if terms.get(term, "no")[0] == "y"]
    only = " or ".join(words for code, words in ONLY.items() if code in codes)
    text = ""
    if reasons:
        care = f"{_and(care)} care" if care else "Care"
        text = f"{care[0].upper()}{care[1:]} for {_and(reasons)}."
    return f"{text} Serves only {only}.".strip() if only else text


def _and(words):
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)
