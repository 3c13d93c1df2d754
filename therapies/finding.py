"""Words in the A to Z: what a page is about, else what it says, also a little misspelled."""

from dataclasses import dataclass, field

from trupaths.text import fold, slips

MOST_WORDS = 12  # of what is typed; nobody names a therapy in more
FILLERS = frozenset(
    "a about an and any by for help i in is it me my of on or that the to with".split()
)
SHORTEST = 4  # letters of a word that may be misspelled
LONG = 8  # letters from which two slips are one word still


@dataclass(frozen=True)
class Found:
    """Which therapies hold all the words."""

    ids: frozenset
    read: dict = field(default_factory=dict)  # typed -> the known word it was taken for
    in_text: bool = False  # no page is about them; these only say them


class Words:
    """What finds each therapy. Made once for a version of the library, never changed."""

    def __init__(self, therapies):
        names, about, said = {}, {}, {}
        for therapy in therapies:
            names[therapy.pk] = _words(*therapy.names, *_conditions(therapy))
            about[therapy.pk] = names[therapy.pk] | _words(therapy.headline, therapy.lead)
            said[therapy.pk] = about[therapy.pk] | _words(*_texts(therapy))
        self.about, self.said = about, said
        self.known = sorted(frozenset().union(*names.values()))

    def find(self, q):
        """`Found` for what was typed, or None when it holds no word to look for."""
        typed = list(dict.fromkeys(fold(q).split()))[:MOST_WORDS]
        typed = [word for word in typed if word not in FILLERS] or typed
        if not typed:
            return None
        read = {word: meant for word in typed if (meant := self._meant(word))}
        words = [read.get(word, word) for word in typed]
        ids = _holding(self.about, words)
        if ids:
            return Found(ids, read)
        return Found(_holding(self.said, words), read, in_text=True)

    def _meant(self, word):
        """The known word that this may be a slip of; "" when pages hold it as it is."""
        if len(word) < SHORTEST or _holding(self.said, [word]):
            return ""
        limit = 2 if len(word) >= LONG else 1
        near = ((slips(word, known, limit), known) for known in self.known)
        slip, known = min(near, default=(limit + 1, ""))
        return known if slip <= limit else ""


def _holding(texts, words):
    """Ids of the therapies that have, for each of the words, one that begins with it."""
    return frozenset(
        key
        for key, held in texts.items()
        if all(word in held or any(each.startswith(word) for each in held) for word in words)
    )


def _words(*texts):
    return frozenset(fold(" ".join(texts)).split())


def _conditions(therapy):
    """All names of what it is meant for or was studied for, with or without effect."""
    conditions = [*therapy.best_for.all(), *(row.condition for row in therapy.evidence.all())]
    return [name for condition in dict.fromkeys(conditions) for name in condition.names]


def _texts(therapy):
    yield from (
        therapy.goals_intro,
        therapy.benefits_intro,
        therapy.sessions_intro,
        therapy.candidates_intro,
        therapy.why_we_highlight,
        therapy.risks,
        therapy.who_should_be_careful,
        therapy.home_practice,
        therapy.session_format,
        therapy.combined_text,
    )
    for point in therapy.points.all():
        yield f"{point.title} {point.text}"
    for faq in therapy.faqs.all():
        yield f"{faq.question} {faq.answer}"
    for row in therapy.evidence.all():
        yield row.sentence
