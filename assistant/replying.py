"""From what was sent to a turn of the talk. Danger is looked for first: before the limit, the
database and whatever else may fail; a card needs none of them."""

import logging
import traceback
from dataclasses import replace

from django.urls import reverse

from providers.index import index
from trupaths import crisis, limits

from . import places
from .answers import Answer, answer
from .choosing.brakes import patience
from .turns import Turn

log = logging.getLogger(__name__)

LONGEST = 500  # letters that are answered
PER_ADDRESS = {"most": 120, "seconds": 60 * 60}  # a library shares one
PER_TAB = {"most": 20, "seconds": 10 * 60}
GO = {"safe": "I am safe, keep looking for care", "other": "I am asking for someone else"}
NO_REAL = (
    "All places here are examples for now, so none stands in this answer. The free SAMHSA helpline "
    "names real ones near you, day and night: 1-800-662-4357."
)


def reply(request, talk):
    """(turn, message) for what was sent; (None, "") when nothing was. A button sends no message."""
    if go := GO.get(request.POST.get("go")):
        follow = _still_safe if go == GO["safe"] else _for_other
        return _turn(request, talk, go, lambda: follow(talk, request.visitor)), ""
    typed = request.POST.get("send") or request.POST.get("q", "")
    typed = typed.replace("\x00", "").strip()
    if not typed:
        return None, ""
    message = typed[:LONGEST]
    danger = crisis.detect(typed[: crisis.READ], talk.messages)
    turn = _turn(
        request, talk, message, lambda: answer(message, talk.messages, request.visitor), danger
    )
    return replace(turn, too_long=len(typed) > LONGEST), message


def _turn(request, talk, said, find, danger=None):
    seconds = _too_often(request, talk)
    found = Answer("limited") if seconds else _guarded(find, real=danger or talk.danger)
    if found.kind in ("limited", "failed"):  # nobody looked
        found = replace(found, remember=not crisis.names_minor(said))
    return Turn(said, replace(found, crisis=found.crisis or danger), seconds=seconds)


def _guarded(find, *, real):
    """The answer; "failed" when there is none. `real`: without examples."""
    try:
        found = find()
        return _without_examples(found) if real and found.places else found
    except Exception as error:
        # Its own words may hold what was typed.
        at = traceback.extract_tb(error.__traceback__)[-1]
        log.error("Tru AI gave no answer: %s at %s:%d", type(error).__name__, at.name, at.lineno)
        return Answer("failed")


def _without_examples(found):
    if not index.demonstration:
        return found
    none = replace(found.places, cards=(), total=0, relaxed=(), notes=(NO_REAL,))
    return replace(found, places=none)


def _still_safe(talk, visitor):
    """Real places, or the question where to look."""
    asked = talk.messages[-1] if talk.messages else ""
    found = places.find(asked, visitor=visitor, examples=False)
    if not (found.near or found.asks):
        found = replace(found, cards=(), total=0, relaxed=(), notes=(places.ASK,), asks=True)
    return Answer("ask-place" if found.asks else "places", places=found)


def _for_other(talk, visitor):
    """The card of this talk once more, for them."""
    title, sentence = crisis.CATEGORIES[talk.danger or "suicide"][1:]
    if title == crisis.ALONE:
        title, sentence = crisis.OTHER, crisis.ASK
    category = talk.danger or "suicide"
    card = crisis.Crisis(category, title, sentence, for_other=True, abuse=category == "violence")
    links = (("How to help someone else", reverse("for_someone_else")),)
    return Answer("crisis", crisis=card, links=links)


def _too_often(request, talk):
    """For how many seconds there is no other answer; 0 also when nobody can count."""
    try:
        with patience():
            return limits.wait(request, "tru", **PER_ADDRESS) or limits.wait(
                request, f"tru {talk.tab}", **PER_TAB
            )
    except Exception as error:
        log.warning("Messages to Tru AI are not limited now: %s", type(error).__name__)
        return 0
