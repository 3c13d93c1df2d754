"""LEAF of this room: how far apart two words are written, and which known one is meant."""


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
    change = 1 if shortest > 5 else 2
    before, last = [], list(range(len(known) + 1))
    for i, a in enumerate(word, start=1):
        row = [i]
        for j, b in enumerate(known, start=1):
            n = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (0 if a == b else change))
            if i > 1 and j > 1 and a == known[j - 2] and word[i - 2] == b:
                n = min(n, before[j - 2] + 1)
            row.append(n)
        if min(row) > limit:
            return None
        before, last = last, row
    return last[-1] if last[-1] <= limit else None
