"""LEAF of this room: how far apart two words are written, and which known one is meant."""

from trupaths.text import slips


def allowed(word):
    """How many slips a word of this length may hold."""
    return 2 if len(word) > 7 else 1


def likely(word, by_letter, *, most=3):
    """Known words of the same first letter that this may be a slip of, the likeliest first."""
    limit = allowed(word)
    # “pstd”: the first two letters change places.
    letters = dict.fromkeys((word[0], word[1:2]))
    found = []
    for letter in letters:
        for known in by_letter.get(letter, ()):
            if letter != word[0] and known[1:2] != word[0]:
                continue
            if (n := apart(word, known, limit)) is not None:
                found.append((n, known))
    return tuple(known for _, known in sorted(found)[:most])


def begun(word, by_letter, *, most=3):
    """Known words that begin nearly like this: “mindfull” for “mindfulness”, likeliest first."""
    if len(word) < 5:
        return ()
    limit, found = allowed(word), []
    for known in by_letter.get(word[0], ()):
        starts = {known[:n] for n in range(len(word) - limit, len(word) + limit + 1)}
        near = [n for each in starts if (n := apart(word, each, limit)) is not None]
        if near:
            found.append((min(near), known))
    return tuple(known for _, known in sorted(found)[:most])


def apart(word, known, limit):
    """Letters left out, put in, changed, or in the wrong order of two; None beyond `limit`.

    In a short word a changed letter is another word (“pain”, “main”), so only its order may slip;
    in one of five letters none may be changed.
    """
    if abs(len(word) - len(known)) > limit or len(set(word) ^ set(known)) > 2 * limit:
        return None
    if word == known:
        return 0
    shortest = min(len(word), len(known))
    if shortest < 5 and (len(word) != len(known) or sorted(word) != sorted(known)):
        return None
    found = slips(word, known, limit, change=1 if shortest > 5 else 2)
    return found if found <= limit else None
