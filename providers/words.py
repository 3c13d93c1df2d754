"""From what a visitor typed into the one box to what is meant.

A therapy, a condition, a filter and a place, each by any of its names or by everyday words, also
a little misspelled; what is left is searched for as text. Nothing is guessed beyond that: a word
that a listing holds is never taken for another. “No residential” leaves a filter out; what people
say of themselves after a “not” (“I don’t have Medicare”) chooses nothing, and other words behind
one are not searched for. Beside words of danger only what was understood counts: no text is
searched for.
"""

import re
from dataclasses import replace
from itertools import islice, product

from trupaths import crisis

from . import miles
from .everyday import CARE, CARE_PLACES, FILLERS, NEGATIONS, PLAIN
from .lexicon import TEXT, TREATMENT, lexicon
from .negation import is_left_out, negated_end, negation_before
from .spelling import likely
from .towns import MOST_WORDS, Towns
from .understood import ASIDE, HOURS, NEGATED, WHERE, Piece, Understood, split

_ZIP = re.compile(r"\d{5}", re.ASCII)
_HOURS = re.compile(
    r"(?<!\S)(?:open (?:right now|now|today|tonight)"
    r"|(?:open )?(?:24 (?:hours?|hrs?|7)|24h|24hrs?)(?: a day| 365| 7 days a week)*)(?!\S)"
)
_OPEN = frozenset("open opens".split())  # before a day or a time
_WHEN = frozenset([("access", "weekends"), ("access", "evenings")])
_MOST_REPAIRED = 12  # words looked at for a misspelling; nobody types more
_NO_SLIP = FILLERS | CARE | PLAIN | NEGATIONS


def understand(
    q,
    *,
    terms,
    holds,
    near="",
    is_name=lambda text: False,
    begins_name=lambda text: False,
    stated=lambda pairs: 0,
    prose=False,
):
    """Read `q`. `terms` maps a facet to its terms, `holds(word)` says whether any listing's text
    holds that whole word, `is_name(text)` whether a listing is called so, `begins_name(text)`
    whether the name of one begins so, `stated(pairs)` how many listings state all of these
    (parameter, value). A place in `q` counts only where `near` is
    empty. `prose`: these are sentences, and fewer words of them are a place (towns.py).
    """
    said = split(q)
    if not said:
        return Understood(q)
    reading = _Reading(q, said, lexicon(terms), holds, prose)
    reading.read(places=not near.strip())
    if any(reading.of) and any(reading.rest()) and is_name(reading.all_but_place()):
        reading.keep_place_only()
    reading.choose(stated)
    if prose:
        reading.set_aside_beside()
    else:
        reading.set_aside(begins_name)
    return reading.understood()


def _danger(q, said):
    """(first, end) of words of danger: the shortest runs that ask for the card by themselves."""
    found, first = [], 0

    def asks(first, end):
        return crisis.worded(q[said[first].start : said[end - 1].end])

    for end in range(1, len(said) + 1):
        if asks(first, end):
            while first + 1 < end and asks(first + 1, end):
                first += 1
            found.append((first, end))
            first = end
    return found


class _Reading:
    """One text while it is read. A word belongs to one thing at most."""

    def __init__(self, q, said, names, holds, prose):
        self.q, self.said, self.lexicon, self.holds = q, said, names, holds
        self.prose = prose
        self.texts = [word.text for word in said]
        self.of = [None] * len(said)  # the piece that each word belongs to
        self.meanings = {}  # all that the words of a piece stand for
        self.asks_for_card = bool(crisis.detect(q))  # perhaps by words that are no run
        self.runs = _danger(q, said) if self.asks_for_card else []
        self.danger = {at for run in self.runs for at in range(*run)}

    def read(self, *, places):
        if not self.prose:
            self._hours()
            self._miles()
        towns = self._towns() if places and not self._zip() else None
        found = [(end - first, 1, first, end, meant) for first, end, meant in self._named()]
        found += [
            (end - first, 3, first, end, meant) for first, end, meant in self._repaired(towns)
        ]
        if towns:
            found += [
                (end - first, 0 if firm else 2, first, end, _at(near))
                for first, end, near, firm in towns.sure()
            ]
        # The longest first; of equal ones “near reading”, names, “reading pa”, misspelled names.
        for _, _, first, end, meant in sorted(found, key=lambda each: (-each[0], each[1:4])):
            self._take(first, end, meant)
        if towns and not self._place:
            for first, end, near in towns.bare(self._is_apart, self._held, self._is_taken):
                self._take(first, end, _at(near))
        if towns and not self._place:
            for first, end, near in towns.misspelled(self._is_odd, self._is_free):
                self._take(first, end, _at(near))
        self._leave_out_more()

    def _hours(self):
        """“Open now”, “24/7”: no listing tells its hours, and other text with these words does."""
        text = " ".join(self.texts)
        for found in _HOURS.finditer(text):
            first = text.count(" ", 0, found.start())
            end = first + found[0].count(" ") + 1
            if self.danger.isdisjoint(range(first, end)):
                self._put(Piece(ASIDE, HOURS, first, end, self._typed(first, end)), TEXT)

    def _miles(self):
        if far := miles.typed(self.q):
            start, stop, radius = far
            at = [n for n, word in enumerate(self.said) if start <= word.start < stop]
            self._take(at[0], at[-1] + 1, (("radius", radius),))

    def _towns(self, last=None):
        return Towns(
            self.q,
            self.said,
            self._windows(last),
            prose=self.prose,
            means=self.lexicon.names.__contains__,
        )

    # --- taking -----------------------------------------------------------------------------

    @property
    def _place(self):
        return any(piece and piece.param == "near" for piece in self.of)

    def _take(self, first, end, meant):
        """These words are this, unless one of them is something else already."""
        param, value = meant[0] if meant else ("", "")
        if any(self.of[first:end]) or (param == "near" and self._place):
            return
        before = None
        if meant and param not in WHERE:
            before = negation_before(first, self.texts, self.of)
        if before is not None:
            out = is_left_out(param, self.texts[before + 1 : first])
            param, first = (f"not_{param}" if out else ASIDE), before
        self._put(Piece(param, value, first, end, self._typed(first, end)), meant)

    def _put(self, piece, meant):
        self.of[piece.first : piece.end] = [piece] * (piece.end - piece.first)
        self.meanings[piece] = meant

    def _typed(self, first, end):
        return self.q[self.said[first].start : self.said[end - 1].end]

    def _leave_out_more(self):
        """“No residential or detox” leaves out both."""
        out = None
        for at, word in enumerate(self.texts):
            piece = self.of[at]
            if piece is None:
                out = out if word in FILLERS else None
            elif at == piece.first:
                joined = out and piece.first > 0 and self.texts[piece.first - 1] in ("or", "nor")
                if joined and piece.param not in ("", ASIDE, *WHERE):
                    piece = replace(piece, param=f"not_{piece.param.removeprefix('not_')}")
                    self._put(piece, self.meanings[self.of[at]])
                out = piece if piece.param.startswith("not_") else None

    def _named(self):
        names, longest = self.lexicon.names, self.lexicon.longest
        for first, word in enumerate(self.texts):
            if word not in self.lexicon.begins:
                continue
            for end in range(first + 1, min(first + longest, len(self.texts)) + 1):
                phrase = " ".join(self.texts[first:end])
                if phrase in names and not self._is_spanish(phrase, first):
                    yield self._opened(first, names[phrase]), end, names[phrase]

    def _opened(self, first, meant):
        """Where it begins with the “open” before a day: “open on Saturdays”."""
        at = first - 1
        if not _WHEN.isdisjoint(meant):
            while at > 0 and self.texts[at] in ("on", "in", "at", "the"):
                at -= 1
            if at >= 0 and self.texts[at] in _OPEN:
                return at
        return first

    def _is_spanish(self, phrase, first):
        """“Terapia para mi hijo”: “my”. The therapy is MI in capitals, alone, or “mi therapy”."""
        if phrase != "mi" or len(self.texts) == 1 or self._typed(first, first + 1) == "MI":
            return False
        return self.texts[first + 1 : first + 2] not in (["therapy"], ["counseling"])

    def _zip(self):
        """A ZIP code decides the place, with the town and state written beside it."""
        at = next((n for n, word in enumerate(self.texts) if _ZIP.fullmatch(word)), None)
        if at is None:
            return False
        first, end, code = at, at + 1, self.texts[at]
        after = self.said[end] if end < len(self.said) else None
        if after and re.fullmatch(r"\d{4}", after.text):  # ZIP+4
            end += self.q[self.said[at].end : after.start] == "-"
        if at:
            towns = self._towns(last=at)
            first = min((f for f, e in towns.spans() if e == at), default=at)
        self._take(first, end, _at(code))
        return True

    def _windows(self, last=None):
        """(first, end, text) of each one to three words that may be a town."""
        last = len(self.texts) if last is None else last
        for first in range(last):
            if self.texts[first] in FILLERS or self.texts[first] in CARE:
                continue
            for end in range(first + 1, min(first + MOST_WORDS, last) + 1):
                if self.texts[end - 1].isdigit() or end - 1 in self.danger or self.of[end - 1]:
                    break
                if self.texts[end - 1] not in FILLERS:
                    yield first, end, " ".join(self.texts[first:end])

    # --- judging ----------------------------------------------------------------------------

    def _is_apart(self, at):
        """Is there no word of text at this position, to which a town's name could belong?"""
        if not 0 <= at < len(self.texts) or self.texts[at] in FILLERS or self.texts[at] in CARE:
            return True
        return not self._is_text(at)

    def _is_free(self, at):
        return self.of[at] is None

    def _is_taken(self, at):
        return at < len(self.of) and not self._is_text(at)

    def _held(self, first, end):
        return all(self.holds(word) for word in self.texts[first:end])

    def _is_odd(self, at):
        """A word that neither we nor any listing know."""
        word = self.texts[at]
        return (
            word.isalpha()
            and word not in _NO_SLIP
            and word not in self.lexicon.vocabulary
            and not self.holds(word)
        )

    def _repaired(self, towns):
        """(first, end, meant) of names with small misspellings, in words that nobody knows."""
        known_towns = towns.singles if towns else ()
        options, longest = {}, self.lexicon.longest
        for at, word in enumerate(self.texts):
            if len(options) == _MOST_REPAIRED:
                break
            if len(word) < 4 or word in known_towns or at in self.danger:
                continue
            same = likely(word, self.lexicon.by_letter)
            if same and self._is_odd(at):
                options[at] = same
        spans = {
            (first, end)
            for at in options
            for first in range(max(0, at - longest + 1), at + 1)
            for end in range(at + 1, min(first + longest, len(self.texts)) + 1)
        }
        for first, end in spans:
            if found := self._alike(first, end, options):
                yield first, end, found[0]

    def _alike(self, first, end, options):
        """What these words stand for once repaired, in a tuple; an empty one for nothing."""
        if sum(at in options for at in range(first, end)) > 3:
            return ()
        choices = [options.get(at, (self.texts[at],)) for at in range(first, end)]
        phrases = (" ".join(words) for words in product(*choices))
        known = (phrase for phrase in phrases if phrase in self.lexicon.names)
        return tuple(self.lexicon.names[phrase] for phrase in islice(known, 1))

    # --- choosing ---------------------------------------------------------------------------

    def choose(self, stated):
        """Of several things that a name stands for, take the one that listings state."""
        treated = ()
        pieces = dict.fromkeys(piece for piece in self.of if piece and piece.param)
        for piece in sorted(pieces, key=lambda piece: piece.param not in TREATMENT):
            meant = self.meanings[piece]
            if len(meant) > 1 and piece.param != ASIDE:
                param, value = _stated_most(meant, treated, stated)
                param = f"not_{param}" if piece.param.startswith("not_") else param
                piece = replace(piece, param=param, value=value)
                self._put(piece, meant)
            if piece.param in TREATMENT:
                treated = (*treated, (piece.param, piece.value))

    def set_aside(self, begins_name):
        """“No faith” does not look for “faith”. What the first “not” begins may be a name."""
        if self.asks_for_card:
            return  # words of danger stay in the box, and are not repeated
        at, asked = 0, False
        while at < len(self.texts):
            end = negated_end(at, self.texts, self._is_text)
            if not end:
                at += 1
                continue
            if asked or not begins_name(" ".join(self.texts[at:end])):
                self._put(Piece(ASIDE, NEGATED, at, end, self._typed(at, end)), TEXT)
            at, asked = end, True

    def set_aside_beside(self):
        """In prose: one word after a “not”, beside something that was understood."""
        if not any(piece and piece.param not in ("", ASIDE) for piece in self.of):
            return
        for first in range(len(self.texts) - 1):
            if self.texts[first] in NEGATIONS and not any(self.of[first : first + 2]):
                typed = self._typed(first, first + 2)
                self._put(Piece(ASIDE, "", first, first + 2, typed), TEXT)

    # --- what is left -----------------------------------------------------------------------

    def rest(self):
        """Words to search for as text; words for care as such say nothing by themselves."""
        if self.danger:
            return
        before = ""
        for at, word in enumerate(self.texts):
            if not self._is_text(at):
                before = ""
            elif self._is_whole(at):
                before = "text"
                yield word
            elif word in FILLERS or word in NEGATIONS:
                before = ""
            elif before != "text" and word in CARE:
                before = "care"
            elif not (before == "care" and word in CARE_PLACES):  # “treatment center”
                before = "text"  # “music therapy” is not any therapy
                yield word

    def _is_text(self, at):
        return not (self.of[at] and self.of[at].param)

    def _is_whole(self, at):
        """Is it part of a phrase that is searched for with all its words?"""
        return bool(self.of[at] and not self.of[at].param)

    def all_but_place(self):
        return " ".join(
            word
            for word, piece in zip(self.texts, self.of, strict=True)
            if not (piece and piece.param == "near")
        )

    def keep_place_only(self):
        self.of = [piece if piece and piece.param == "near" else None for piece in self.of]

    def understood(self):
        pieces = tuple(dict.fromkeys(piece for piece in self.of if piece and piece.param))
        chosen = [(p.param, p.value) for p in pieces if p.param not in (ASIDE, *WHERE)]
        return Understood(
            q=self.q,
            chosen=tuple(dict.fromkeys(chosen)),
            near=next((piece.value for piece in pieces if piece.param == "near"), ""),
            words=tuple(dict.fromkeys(self.rest())),
            danger=tuple(self._typed(*run) for run in self.runs),
            pieces=pieces,
            said=tuple(self.said),
        )


def _at(near):
    """A place as the one meaning of its words."""
    return (("near", near),)


def _stated_most(meant, treated, stated):
    """A therapy or condition as long as any listing is found by it; else what most state, with
    the therapies that were named too, if any do."""
    first = meant[0]
    if first[0] in TREATMENT:
        return first if stated((first,)) else max(meant, key=lambda each: stated((each,)))
    return max(meant, key=lambda each: (stated((*treated, each)), stated((each,))))
