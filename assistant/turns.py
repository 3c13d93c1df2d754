"""The talk of one tab. The page carries it, signed; nothing of it is kept on our side.

A page with a script sends back the visitor's last messages; one without also what was answered, so
that the whole page can show it again.
"""

import math
import secrets
from dataclasses import asdict, dataclass, replace
from datetime import date

from django.core import signing

from trupaths.crisis import Crisis

from . import counts
from .answers import Answer, Said, Source
from .places import Places

MOST = 4  # messages that still count, and turns that a page shows again
LASTS = 30 * 60  # seconds
SALT = "assistant.turns"
LONGEST = 100_000  # letters of a signed talk; ours have at most a tenth of it


@dataclass(frozen=True)
class Turn:
    """What was asked and what came of it; `seconds` to wait when there was too much."""

    q: str
    answer: Answer
    too_long: bool = False
    seconds: int = 0

    @property
    def minutes(self):
        return math.ceil(self.seconds / 60)

    @property
    def status(self):
        return {"limited": 429, "failed": 503}.get(self.answer.kind, 200)

    @property
    def said(self):
        """The name of the template part that says the answer."""
        return f"assistant/says/{SAYS.get(self.answer.kind, self.answer.kind)}.html"

    @property
    def vote(self):
        """What a vote on this answer sends back, "" when there is nothing to vote on."""
        answered = self.answer.sources and self.answer.kind in counts.ANSWERED
        return counts.sign(self.answer.sources[0].url) if answered else ""


SAYS = {
    "ask-place": "places",
    "condition": "answer",
    "warning": "answer",
}


@dataclass(frozen=True)
class Talk:
    """`danger` is the category of the last card in it, which stays; `stale`: what came was too old,
    or not ours, so that this talk is a new one."""

    tab: str = ""
    messages: tuple[str, ...] = ()
    turns: tuple[Turn, ...] = ()
    danger: str = ""
    stale: bool = False

    @classmethod
    def read(cls, signed):
        """The talk that a page sent back; a new one when it is missing, too old or was changed."""
        if not signed:
            return cls(tab=secrets.token_hex(8))
        try:
            if len(signed) > LONGEST:
                raise signing.BadSignature
            told = signing.loads(signed, salt=SALT, max_age=LASTS)
            turns = tuple(_turn(each) for each in told["turns"])
            return cls(told["tab"], tuple(told["messages"]), turns, told["danger"])
        except (signing.BadSignature, KeyError, TypeError, ValueError):  # or from an older release
            return cls(tab=secrets.token_hex(8), stale=True)

    @property
    def signed(self):
        told = {
            "tab": self.tab,
            "messages": self.messages,
            "turns": [_told(turn) for turn in self.turns],
            "danger": self.danger,
        }
        return signing.dumps(told, salt=SALT, compress=True)

    def after(self, turn, *, message="", show=True):
        """The talk with one more turn, that a page is to `show` again; and with its message."""
        messages = (*self.messages, message) if message else self.messages
        danger = turn.answer.crisis.category if turn.answer.crisis else self.danger
        turns = (*self.turns, turn) if show else ()
        return replace(
            self, messages=messages[-MOST:], turns=_last(turns), danger=danger, stale=False
        )


def _last(turns):
    """The last turns, and before them the last one with a card: that stays."""
    older, kept = turns[:-MOST], turns[-MOST:]
    if any(turn.answer.crisis for turn in kept):
        return kept
    return (*[turn for turn in older if turn.answer.crisis][-1:], *kept)


def _told(turn):
    """A turn as plain values. Of places only the way to them: their cards are shown once."""
    answer = turn.answer
    places = answer.places and asdict(replace(answer.places, cards=(), choices=()))
    return {
        "q": turn.q,
        "seconds": turn.seconds,
        "too_long": turn.too_long,
        "kind": answer.kind,
        "topic": answer.topic,
        "quiet": answer.quiet,
        "remember": answer.remember,
        "links": answer.links,
        "sentences": [tuple(said) for said in answer.sentences],
        "sources": [
            [_plain(value) for value in asdict(source).values()] for source in answer.sources
        ],
        "crisis": answer.crisis and asdict(answer.crisis),
        "places": places,
    }


def _plain(value):
    return value.isoformat() if isinstance(value, date) else value


def _turn(told):
    answer = Answer(
        told["kind"],
        topic=told["topic"],
        quiet=told["quiet"],
        remember=told["remember"],
        links=_tuples(told["links"]),
        sentences=tuple(Said(*said) for said in told["sentences"]),
        sources=tuple(_source(*source) for source in told["sources"]),
        crisis=told["crisis"] and Crisis(**told["crisis"]),
        places=told["places"] and Places(**told["places"]),
    )
    return Turn(told["q"], answer, told["too_long"], told["seconds"])


def _source(n, title, section, url, reviewed_on):
    return Source(n, title, section, url, reviewed_on and date.fromisoformat(reviewed_on))


def _tuples(pairs):
    return tuple(tuple(pair) for pair in pairs)
