"""Which words of a longer text are a place: a town, a town with its state, or a state.

At most two questions to the database, both about names as they stand in its index.
"""

from django.db.models import Q

from trupaths.text import fold

from .everyday import NEAR, WITHIN, WORDS_TOO
from .models import Place
from .near import SHORT
from .spelling import allowed, apart
from .states import BY_NAME, BY_WORDS, STATES

MOST_WORDS = 3  # of a town's name that we look for
KNOWN = 30_000  # people: a town that is meant without “near” and without a state
SOME = 1_000  # people: a town that is meant after “in”
FAR_LARGER = 10  # times the next town of that name: nobody needs to choose

# Codes that are words: a state only where they stand last, after a comma or in capitals.
_WORDS = frozenset("in or me hi ok oh al de la id ma pa md mi co va as".split())
_NOT_ALONE = _WORDS - set(SHORT) | {"ms"}  # without “in” they may be anything


class Towns:
    """The towns in a text. `windows` are (first, end, folded text) of what may be one."""

    def __init__(self, q, said, windows):
        self.q, self.said = q, said
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
            for last, code in self._states_at(end):
                if here := next((town for town in towns if town[1] == code), None):
                    yield first, last, f"{here[0]}, {code}", False
            before = self.said[first - 1].text if first else ""
            if before in NEAR | WITHIN and (near := self._label(text)):
                if before in NEAR or text in SHORT or not towns or towns[0][2] >= SOME:
                    yield first, end, near, before in NEAR or _is_code(text)
            elif " " in text and self._is_known(text) and (first == 0 or end == len(self.said)):
                yield first, end, self._label(text), False

    def bare(self, is_apart, held):
        """(first, end, near) of towns that stand at an end, or between things understood."""
        for first, end, text in reversed(self.windows):
            near = self._label(text)
            if not near or text in WORDS_TOO or text in _NOT_ALONE or not is_apart(end):
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
            after = first and self.said[first - 1].text in NEAR | WITHIN
            if len(text) < 5 or text in self.by_name or not (after or end == len(self.said)):
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
                if name[:2] == text[:2] and (n := apart(text, name, allowed(text))) is not None
            ]
            if likes:
                yield first, end, self._label(min(likes)[2])

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

    def _states_at(self, at, *, strict=True):
        """(end, code) of a state that begins at this word."""
        for end in range(min(at + 3, len(self.said)), at, -1):
            code = BY_WORDS.get(" ".join(word.text for word in self.said[at:end]))
            if code and (not strict or self._is_state(at, end)):
                yield end, code

    def _is_state(self, at, end):
        word = self.said[at]
        if word.text not in _WORDS or end == len(self.said):
            return True
        typed = self.q[word.start : word.end]
        before = self.q[self.said[at - 1].end : word.start]
        return "," in before or (typed.isupper() and not self.q.isupper())


def _is_code(text):
    return text.upper() in STATES
