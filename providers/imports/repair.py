"""What directories write carelessly: put right and said so, or refused by name.

Each function takes the text of a cell and returns what we keep. What it put right it appends to
`repairs` as a sentence, alike up to its colon for what is alike; blanks and capitals are not worth
one. It raises nothing but `Refused`.
"""

import csv
import gzip
import html
import re
import unicodedata
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator

from providers.places import ZIPS
from providers.states import BY_WORDS, STATES
from trupaths.text import fold

from .records import Refused

NOTHING = {"", "na", "n a", "none", "null", "nil", "blank", "not applicable", "not available"}
_MAY_BE_NOTHING = frozenset("BNbn")
# Where ZIP codes begin with a zero, which spreadsheets drop.
LOST_ZERO = frozenset("CT MA ME NH NJ PR RI VI VT".split())
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\ufeff]")


def clean(text):
    """Without entities, letters that nobody sees and stray blanks; in one form of accents."""
    if "\ufffd" in text:
        raise Refused("It holds letters that cannot be read.", kind="Letters that cannot be read")
    if text.isascii() and "&" not in text and text.isprintable():
        return " ".join(text.split())
    while True:
        better = html.unescape(_UNSEEN.sub("", text)).replace("\ufffd", "")
        better = " ".join(unicodedata.normalize("NFC", better).split())
        if better == text:
            return text
        text = better


def stated(text):
    """As `clean`; blank where it says “N/A”, “none”, “-” and the like."""
    if not text:
        return ""
    text = clean(text)
    if len(text) > 14 or (text[:1].isalnum() and text[0] not in _MAY_BE_NOTHING):
        return text
    return "" if fold(text) in NOTHING else text


# --- names ------------------------------------------------------------------------------------

_SMALL = frozenset("a an and at by de del for from in of on or the to with".split())
_KEPT = frozenset(
    """
    AA AIDS APRN CBOC CBT CMHC CSB DBT DD DUI DWI EMDR FQHC HIV IDD II III IOP IV KC LA LADC LC
    LCSW LGBTQ LICSW LLC LLP LMFT LMHC LP LPC LTD MAT MD MH NA NE NW NY NYC OTP PA PC PHP PLC PLLC
    PO PTSD SA SE SUD SW TLC UCLA US USA USC VA VAMC VI VII YMCA YWCA
    """.split()
)
_LOOKS = {"LTD": "Ltd", "PHD": "PhD", "INC": "Inc", "DBA": "DBA"}
_word = re.compile(r"[^\W\d_][^\W_]*(?:['’.][^\W\d_]+)*|\d+\w*")


def name(text, at_least=2):
    """A name written in capitals, in ordinary letters; abbreviations stay.

    One word alone, “SEARHC”, is likely an abbreviation: below `at_least` words nothing changes.
    """
    text = stated(text)
    if not text.isupper():
        return text
    words = _word.findall(text)
    if sum(1 for word in words if not _is_short(word) and not word[0].isdigit()) < at_least:
        return text
    return _word.sub(lambda found: _cased(found[0], text[: found.start()]), text)


def street(text):
    return name(text, at_least=1)


def city(text):
    text = street(text)
    return _word.sub(lambda found: found[0].capitalize(), text) if text.islower() else text


def _is_short(word):
    return word in _KEPT or word in _LOOKS or not re.search("[AEIOUY]", word)


def _cased(word, before):
    if word in _LOOKS:
        return _LOOKS[word]
    if word in ("ST", "MT", "FT", "DR", "MR", "MRS", "JR", "SR", "RD", "LN", "BLVD", "HWY", "CTR"):
        return word.capitalize()
    if before and word.lower() in _SMALL and not before.rstrip().endswith((",", ":", "/", "-")):
        return word.lower()
    if word[0].isdigit():
        return word.lower() if re.fullmatch(r"\d+(ST|ND|RD|TH)", word) else word
    if before.endswith("(") or (_is_short(word) and "'" not in word and len(word) < 6):
        return word
    if word.startswith("MC") and len(word) > 4:
        return f"Mc{word[2:].capitalize()}"
    # O'Brien, yet Children's; J.R. stays.
    parts = re.split(r"(['’.])", word)
    return "".join(
        part.capitalize() if n == 0 or len(part) > 2 or parts[n - 1] == "." else part.lower()
        for n, part in enumerate(parts)
    )


# --- where ------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _states_of_zips():
    """The first three digits of ZIP codes -> the states that have such ZIP codes."""
    found = {}
    with gzip.open(ZIPS, "rt", encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        columns = next(rows)
        zip_at, state_at = columns.index("zip"), columns.index("state")
        for row in rows:
            found.setdefault(row[zip_at][:3], set()).add(row[state_at])
    found["969"] |= {"FM", "PW"}  # no places of ours, yet the directories have some there
    return found


def state(text, zip="", repairs=None):
    """The two letters of a state: “Oregon”, “ore.” or “C” with a ZIP code of California too."""
    text = stated(text)
    if text in STATES:
        return text
    words = fold(text.replace(".", ""))
    if words in BY_WORDS:
        return BY_WORDS[words]
    digits = re.match(r"\d{5}", zip.strip())
    likely = _states_of_zips().get(digits[0][:3], set()) if digits else set()
    meant = [code for code in likely if fold(STATES.get(code, "")).startswith(words)]
    if len(meant) == 1 and len(likely) == 1:
        said = f"“{text}”" if text else "blank"
        _add(repairs, f"The state was read from the ZIP code: {said} is {meant[0]}.")
        return meant[0]
    if not text:
        raise Refused("It has no state.", kind="No state")
    raise Refused(
        f"“{text[:40]}” is no state; write its two letters, such as OR.", kind="Unknown state"
    )


def zip_code(text, state="", repairs=None):
    """Five digits, or blank. `state` is its two letters."""
    text = stated(text)
    if not text:
        return ""
    found = re.fullmatch(r"(\d{3,5})(?:[- ]{1,3}(\d{4})|-|\.0)?|(\d{7,9})(?:\.0)?", text, re.ASCII)
    digits = found and (found[1] or found[3][:-4])
    if not digits or (len(digits) < 5 and state not in LOST_ZERO):
        raise Refused(f"The ZIP code “{text[:20]}” has not five digits.", kind="ZIP code")
    if len(digits) < 5:
        digits = digits.zfill(5)
        _add(repairs, f"The ZIP code was given back its zeros: “{text}” is {digits}.")
    states = _states_of_zips().get(digits[:3])
    if state and states is not None and state not in states:
        where = " or ".join(sorted(STATES.get(code, code) for code in states))
        raise Refused(
            f"The ZIP code {digits} is in {where}, and the state says {state}.",
            kind="ZIP code of another state",
        )
    return digits


def point(lat, lon, repairs=None):
    """(lat, lon) in degrees, or None where there is none or none that can be."""
    lat, lon = stated(lat), stated(lon)
    if not lat and not lon:
        return None
    try:
        found = float(lat), float(lon)
    except ValueError:
        found = (0.0, 0.0)
    # The states and territories, the Aleutians and Guam across the date line included.
    if not (-15 <= found[0] <= 72 and (-180 <= found[1] <= -60 or 140 <= found[1] <= 180)):
        _add(repairs, f"The point was left out, it is not in this country: {lat[:20]}, {lon[:20]}.")
        return None
    return found


# --- how to reach it --------------------------------------------------------------------------

# Numbers that people spell, “800-SUICIDE”; of any other number letters are a word beside it.
_SPELLED = re.compile(r"1?8(?:00|33|44|55|66|77|88)[A-Z\d]{7}", re.ASCII)
_KEYS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")
_usual = re.compile(r"([2-9]\d\d)-([2-9]\d\d)-(\d{4})(?: x(\d{1,6}))?", re.ASCII)
_ext = re.compile(r"(?i)[\s,;]*(?:\(?\s*(?:extension|extn|ext|x|#)[.:#\s]*)(\d{1,6})\)?\s*$")
_second = re.compile(r"(?i)\s*(?:/|;|,|\bor\b|\band\b|&|\n)\s*(?=\(?\+?\d)")


def phone(text, repairs=None):
    """“(503) 234-5678 x12”, from whatever writing. Refuses what cannot be dialed here."""
    text = stated(text)
    if not text:
        return ""
    usual = _usual.fullmatch(text)
    if usual and len(set(usual[1] + usual[2] + usual[3])) > 1 and _is_area(usual[1]):
        return _number(*usual.groups())
    if text in ("211", "311", "988"):
        return text
    first, *others = _second.split(text)
    if others and len(re.sub(r"\D", "", first)) >= 10:
        _add(repairs, f"Of several phones the first was taken: “{text[:60]}”.")
        text = first
    ext = _ext.search(text)
    main = text[: ext.start()] if ext else text
    plain = re.sub(r"(?i)^(?:phone|tel|call)\b[.:\s]*|\.0$|\s+x$", "", main)
    plain = re.sub(r"[\s().\-–—/+]", "", plain).upper()
    if re.fullmatch(r"1?\d{10}", plain, re.ASCII) or _SPELLED.fullmatch(plain):
        digits = plain.translate(_KEYS)[-10:]
        if plain[-10:] != digits:
            _add(repairs, f"The letters of a phone were read as digits: “{text[:40]}”.")
    else:
        digits = ""
    # No area or exchange here begins with 0 or 1.
    fits = re.fullmatch(r"[2-9]\d\d[2-9]\d{6}", digits) and _is_area(digits[:3])
    if not fits or len(set(digits)) == 1:
        raise Refused(f"The phone “{text[:40]}” is no number of ten digits.", kind="Phone")
    return _number(digits[:3], digits[3:6], digits[6:], ext and ext[1])


def _is_area(code):
    """No area has a number of three digits that is dialed alone: 211, 911, 988."""
    return not code.endswith("11") and code != "988"


def _number(area, exchange, line, extension):
    return f"({area}) {exchange}-{line}" + (f" x{extension}" if extension else "")


def website(text, repairs=None):
    """An address that begins with http; what is none is refused."""
    text = stated(text)
    if not text:
        return ""
    address = text if re.match(r"(?i)https?://", text) else f"http://{text}"
    scheme, rest = address.split("://", 1)
    host, *path = re.split(r"(?=[/?#])", rest, maxsplit=1)
    address = f"{scheme.lower()}://{host.lower()}{''.join(path)}"
    if len(address) > 200 or not _passes(URLValidator(["http", "https"]), address):
        raise Refused(f"“{text[:60]}” is no address of a website.", kind="Website")
    return address


def email(text, repairs=None):
    text = re.sub(r"(?i)^mailto:", "", stated(text))
    if text and (len(text) > 254 or not _passes(EmailValidator(), text)):
        raise Refused(f"“{text[:60]}” is no e-mail address.", kind="E-mail")
    return text


def or_left_out(read, text, repairs):
    """`read(text)`, or blank with a repair: a place whose phone is mistyped is still a place."""
    try:
        return read(text, repairs)
    except Refused as refused:
        _add(repairs, f"{refused.kind} left out: {refused}")
        return ""


def _passes(validate, text):
    try:
        validate(text)
    except ValidationError:
        return False
    return True


def _add(repairs, sentence):
    if repairs is not None:
        repairs.append(sentence)
