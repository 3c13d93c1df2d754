"""Which words of a longer text are a place: a town, a town with its state, or a state.

At most two questions to the database, both about names as they stand in its index. In prose, what
people write to somebody and not into a search box, fewer words are a place: “Hope” and “hurt” are
towns only in capitals after “in”, or with a state; a town alone stands beside what is looked for.
"""

from django.db.models import Q

from trupaths.text import fold

from .everyday import CARE, CARE_PLACES, NEAR, SPOKEN_TOO, WITHIN, WORDS_TOO
from .models import Place
from .near import SHORT
from .spelling import allowed, apart
from .states import BY_NAME, BY_WORDS, STATES

MOST_WORDS = 4  # of a town's name that we look for
KNOWN = 30_000  # people: a town that is meant without “near” and without a state
SOME = 1_000  # people: a town that is meant after “in”
FAR_LARGER = 10  # times the next town of that name: nobody needs to choose

# Codes that are words: a state only where they stand last, after a comma or in capitals.
_WORDS = frozenset("in or me hi ok oh al de la id ma pa md mi co va as".split())
_NOT_ALONE = _WORDS - set(SHORT) | {"ms"}  # without “in” they may be anything
_SPOKEN = frozenset("in or me hi ok oh al de as".split())  # hardly ever a state in small letters
_BESIDE = CARE | CARE_PLACES  # what a town alone may stand beside, in prose


class Towns:
    """The towns in a text. `windows` are (first, end, folded text) of what may be one.

    `means(word)` says whether a word stands for something that we know, as “teen” does.
    """

    def __init__(self, q, said, windows, *, prose=False, means=lambda word: False):
        self.q, self.said, self.prose, self.means = q, said, prose, means
        self.windows = list(windows)
        self.by_name = {}
        asked = {text for _, _, text in self.windows}
        asked |= {fold(SHORT[text][0]) for text in asked if text in SHORT}
        if asked:
            rows = Place.objects.filter(kind=Place.Kind.TOWN, folded__in=asked).order_by()
            self._add(rows)
        self.singles = {name for name in self.by_name if " " not in name}

    def _add(self, rows):
        rows = rows.values_list("folded", "name", "state", "population")
        for folded, name, state, people in sorted(rows, key=lambda row: (-row[3], row[2])):
            self.by_name.setdefault(folded, []).append((name, state, people))

    def sure(self):
        """(first, end, near, firm) of places with a state or after “near”, “in” and the like."""
        for first, end, text in self.windows:
            towns = self.by_name.get(text, ())
            for last, code in self._states_at(end, town=text):
                here = next((town for town in towns if town[1] == code), None)
                if here and self._is_town_with(first, end, last):
                    yield first, last, f"{here[0]}, {code}", False
            before = self._before(first)
            if before in NEAR | WITHIN and (near := self._label(text)):
                small = towns and towns[0][2] < SOME and text not in BY_NAME
                large = before in NEAR or text in SHORT or not small
                if large and self._is_meant(first, end, text):
                    yield first, end, near, before in NEAR or _is_code(text)
            elif " " in text and self._is_known(text) and self._is_at_an_end(first, end, text):
                yield first, end, self._label(text), False

    def _is_at_an_end(self, first, end, text):
        return (first == 0 or end == len(self.said)) and self._is_meant(first, end, text)

    def bare(self, is_apart, held, is_taken):
        """(first, end, near) of towns that stand at an end, or between things understood."""
        for first, end, text in reversed(self.windows):
            near = self._label(text)
            if not near or text in WORDS_TOO or text in _NOT_ALONE or not is_apart(end):
                continue
            if self.prose:
                known = text not in SPOKEN_TOO | _WORDS and self._is_known(text)
                if known and self._is_beside(first, end, is_taken):
                    yield first, end, near
                continue
            if end < len(self.said) and not is_apart(first - 1):
                continue
            # A small town is one only where no listing holds its words.
            if self._is_known(text) or (end == len(self.said) and not held(first, end)):
                yield first, end, near

    def misspelled(self, is_odd, is_free):
        """(first, end, near) of towns in words that nobody knows, last or after “near”."""
        spans = []
        for first, end, text in self.windows:
            known = text in self.by_name and not self._is_elsewhere(end, text)
            if len(text) < 5 or known or not self._may_slip(first, end):
                continue
            if all(map(is_free, range(first, end))) and any(map(is_odd, range(first, end))):
                spans.append((first, end, text))
        spans = sorted(spans, key=lambda span: span[0] - span[1])[:MOST_WORDS]
        if not spans:
            return
        same_start = Q()
        for start in {text[:2] for _, _, text in spans if text[:2].isalpha()}:
            # A range and not LIKE, which no index of SQLite answers.
            same_start |= Q(folded__gte=start, folded__lt=start[0] + chr(ord(start[1]) + 1))
        rows = Place.objects.filter(same_start, kind=Place.Kind.TOWN, population__gte=KNOWN)
        self._add(rows.order_by())
        for first, end, text in spans:
            likes = [
                (n, -towns[0][2], name)
                for name, towns in self.by_name.items()
                if name != text
                and name[:2] == text[:2]
                and (n := apart(text, name, allowed(text))) is not None
            ]
            if likes:
                yield first, *self._in_its_state(end, min(likes)[2])

    def _in_its_state(self, end, name):
        """(end, near) of a town by the state that follows it, if any does."""
        for last, code in self._states_at(end, town=name):
            if here := next((town for town in self.by_name[name] if town[1] == code), None):
                return last, f"{here[0]}, {code}"
        return end, self._label(name)

    def spans(self):
        """(first, end) of whatever is a town by name, with its state if that follows."""
        for first, end, text in self.windows:
            if text in self.by_name:
                yield first, end
                yield from ((first, last) for last, _ in self._states_at(end, strict=False))

    def _is_known(self, text):
        towns = self.by_name.get(text, ())
        return text in SHORT or text in BY_WORDS or (bool(towns) and towns[0][2] >= KNOWN)

    def _label(self, text):
        """The town if there is one, or one far larger than the rest; else the bare name."""
        if text in SHORT:
            return ", ".join(SHORT[text])
        if text in BY_NAME:
            return STATES[BY_NAME[text]]
        if _is_code(text):  # “NY” is the state, where its name would be the town
            return text.upper()
        towns = self.by_name.get(text)
        if not towns:
            return ""
        name, state, people = towns[0]
        if len(towns) == 1 or people > FAR_LARGER * towns[1][2]:
            return f"{name}, {state}"
        return name

    def _states_at(self, at, *, strict=True, town=""):
        """(end, code) of a state that begins at this word."""
        for end in range(min(at + 3, len(self.said)), at, -1):
            code = BY_WORDS.get(" ".join(word.text for word in self.said[at:end]))
            if code and (not strict or self._is_state(at, end, town)):
                yield end, code

    def _is_state(self, at, end, town):
        word = self.said[at]
        if word.text not in _WORDS or (end == len(self.said) and not self.prose):
            return True
        comma, capitals = "," in self._between(at), self._in_capitals(word)
        if self.prose:  # in capitals behind a comma; also at the end, behind a city
            at_end = end == len(self.said)
            return capitals or (at_end and (comma or self._is_known(town)))
        return comma or capitals

    # --- in prose ---------------------------------------------------------------------------

    def _is_meant(self, first, end, text):
        """After “in”: no everyday word, but for one in capitals."""
        if not self.prose:
            return True
        if self._is_elsewhere(end, text):
            return False
        if _is_code(text) and text not in SHORT:
            at_end = end == len(self.said) and text not in _SPOKEN
            return text not in _WORDS or at_end or self._in_capitals(self.said[first])
        return self._is_name(first, end) or not self._is_everyday(first, end)

    def _is_town_with(self, first, end, last):
        """Is it a town with a state, and not “treatment center Texas”?"""
        if not self.prose or not all(map(self._means_something, self.said[first:end])):
            return True
        return (
            self._before(first) in NEAR | WITHIN
            or self._is_name(first, end)
            or ("," in self._between(end) and last > end)
        )

    def _is_beside(self, first, end, is_taken):
        """Does a town alone stand beside what is looked for, and not after a person?"""
        if all(map(self._means_something, self.said[first:end])):
            return False
        after = end == len(self.said) or is_taken(end) or self.said[end].text in _BESIDE
        if first == 0:
            return after
        return is_taken(first - 1) or self.said[first - 1].text in _BESIDE

    def _may_slip(self, first, end):
        near = self._before(first) in NEAR | WITHIN
        if not self.prose:
            return near or end == len(self.said)
        with_state = any(True for _ in self._states_at(end))
        return with_state or (near and (self._is_name(first, end) or end == len(self.said)))

    def _is_elsewhere(self, end, text):
        """Does a state follow in which no town has this name?"""
        states = {code for _, code in self._states_at(end, town=text)} if self.prose else ()
        return bool(states) and states.isdisjoint(town[1] for town in self.by_name.get(text, ()))

    def _is_everyday(self, first, end):
        words = self.said[first:end]
        return all(word.text in SPOKEN_TOO or self._means_something(word) for word in words)

    def _means_something(self, word):
        return word.text in CARE_PLACES or self.means(word.text)

    def _is_name(self, first, end):
        """Begins each word with a capital, and no sentence with it?"""
        begins = all(self.q[word.start].isupper() for word in self.said[first:end])
        return first > 0 and begins and not self.q.isupper()

    def _before(self, at):
        """The word before this one; “close to” is as good as “near”."""
        before = self.said[at - 1].text if at else ""
        close = before == "to" and at > 1 and self.said[at - 2].text in ("close", "next", "closer")
        return "near" if close else before

    def _between(self, at):
        """What is typed before this word and behind the one before."""
        return self.q[self.said[at - 1].end : self.said[at].start] if at < len(self.said) else ""

    def _in_capitals(self, word):
        return self.q[word.start : word.end].isupper() and not self.q.isupper()


def _is_code(text):
    return text.upper() in STATES
