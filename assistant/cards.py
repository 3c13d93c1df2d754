"""What the cards of help say: as staff wrote it last, else as the code has it.

Each process keeps a copy and asks the database for it at most once a minute. When that fails, what
was known stands: no error comes between a person and help.
"""

import logging
import re
import threading
import time
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils import timezone

from trupaths import crisis
from trupaths.templatetags.site import dial

from .models import CrisisCard

log = logging.getLogger(__name__)

ASK_EVERY = 60.0  # seconds
FRESH_DAYS = 90  # after so many, somebody has to read the numbers again at their source

_NUMBER = re.compile(r"(?:1-)?[2-9]\d\d-\d{3}-\d{4}|[2-9]11|988|\d{5,6}")


@dataclass(frozen=True)
class Number:
    """A line to call, or a short code to text: five or six figures."""

    label: str
    number: str

    @property
    def is_text(self):
        return len(self.number) in (5, 6)

    @property
    def icon(self):
        return "chat" if self.is_text else "phone"

    @property
    def href(self):
        return f"sms:{self.number}" if self.is_text else f"tel:{dial(self.number)}"


@dataclass(frozen=True)
class Card:
    """`about` tells staff when it is shown. Version 0 is the one in the code."""

    key: str
    about: str
    title: str
    sentence: str
    numbers: tuple[Number, ...] = ()
    version: int = 0
    checked_on: date | None = None

    @property
    def is_due(self):
        """Has nobody read its numbers within FRESH_DAYS?"""
        fresh = timezone.localdate() - timedelta(days=FRESH_DAYS)
        return self.checked_on is None or self.checked_on < fresh


POISON = Number("Poison Help", "1-800-222-1222")
VIOLENCE = (
    Number("Domestic Violence Hotline", "1-800-799-7233"),
    Number("Text START to", "88788"),
    Number("Sexual assault, RAINN", "1-800-656-4673"),
)
CHILDHELP = Number("Childhelp, for anyone under 18", "1-800-422-4453")
TEENS = "You can call or text 988 at any age, and so can a friend. You need no adult’s leave."

DEFAULTS = {
    card.key: card
    for card in (
        Card("911", "An overdose, an emergency of the body", crisis.NOW, crisis.STAY, (POISON,)),
        Card("withdrawal", "Stopping alcohol or a medicine suddenly", crisis.NOW, crisis.QUIT),
        Card("988", "Suicide, self-harm, voices, eating, no hope", crisis.ALONE, crisis.TALK),
        Card("harm-others", "Afraid of hurting someone", crisis.ALONE, crisis.APART),
        Card("violence", "Violence and abuse", crisis.FAULT, crisis.PLAN, VIOLENCE),
        Card("other", "Asking for someone else", crisis.OTHER, crisis.ASK),
        Card("youth", "Added when someone under 18 is named", "Under 18?", TEENS, (CHILDHELP,)),
    )
}
_by_words = {(card.title, card.sentence): card.key for card in DEFAULTS.values()}

_lock = threading.Lock()
_known, _asked = {}, None


def of(found):
    """The `Card` for what `crisis.detect` found."""
    key = _by_words.get((found.title, found.sentence))
    if key is None:  # the detector says something new
        return Card("", "", found.title, found.sentence)
    return current()[key]


def current():
    """Key -> `Card`, all of them."""
    global _known, _asked
    now = time.monotonic()
    with _lock:
        due = _asked is None or now - _asked >= ASK_EVERY
        if due:
            _asked = now
    if due:
        try:
            _known = {row.key: _card(row) for row in CrisisCard.objects.order_by("version")}
        except Exception as error:
            log.warning("Cards of help stay as they were known: %s", type(error).__name__)
    return DEFAULTS | {key: card for key, card in _known.items() if key in DEFAULTS}


def due():
    """The cards whose numbers somebody has to read again."""
    return [card for card in current().values() if card.is_due]


def forget():
    """Ask the database at the next question; what it said before stands until it answers."""
    global _asked
    _asked = None


def read_numbers(text):
    """The numbers in lines such as “Poison Help: 1-800-222-1222”.

    Raises ValueError with a sentence about the first line that is none.
    """
    return tuple(_read_line(line.strip()) for line in text.splitlines() if line.strip())


def _read_line(line):
    label, _, number = (part.strip() for part in line.rpartition(":"))
    if not label:
        raise ValueError(f"“{line}” has no name. Write it as “Poison Help: 1-800-222-1222”.")
    if len(label) > 60:
        raise ValueError(f"“{label}” is too long for a button. Use 60 letters at most.")
    if not _NUMBER.fullmatch(number):
        raise ValueError(
            f"“{number}” does not look like a number to call (1-800-222-1222, 211) or a short code "
            "to text (88788)."
        )
    return Number(label, number)


def _card(row):
    numbers = tuple(Number(each["label"], each["number"]) for each in row.numbers)
    default = DEFAULTS.get(row.key) or Card(row.key, "", "", "")
    return replace(
        default,
        title=row.title,
        sentence=row.sentence,
        numbers=numbers,
        version=row.version,
        checked_on=row.checked_on,
    )
