"""Sets of rows as bitmaps in 64-bit words: row r is bit r % 64 of word r // 64."""

import numpy as np

WORD = 64


def words_for(rows):
    """How many words hold so many rows."""
    return (rows + WORD - 1) // WORD


def pack(flags):
    """Words from a boolean array, whose length is a whole number of words."""
    return np.packbits(flags, bitorder="little").view(np.uint64)


def of(rows, words):
    """The set of these rows, as so many words."""
    flags = np.zeros(words * WORD, dtype=bool)
    flags[rows] = True
    return pack(flags)


def put(words, which):
    """Add rows to a set, in place."""
    np.bitwise_or.at(words, which >> 6, np.uint64(1) << (which & 63).astype(np.uint64))


def take(words, which):
    """Take rows out of a set, in place."""
    np.bitwise_and.at(words, which >> 6, ~(np.uint64(1) << (which & 63).astype(np.uint64)))


def flags(words):
    return np.unpackbits(words.view(np.uint8), bitorder="little").view(bool)


def rows(words):
    """The rows of a set, ascending."""
    return np.flatnonzero(flags(words))


def count(words):
    """How many rows; along the last axis for a matrix of sets."""
    return np.bitwise_count(words).sum(axis=-1, dtype=np.uint32).astype(np.int64)


def before(words, which):
    """How many rows of the set come before each of these (up to the number of all rows)."""
    whole = np.concatenate([[0], np.cumsum(np.bitwise_count(words), dtype=np.int64)])
    part = np.append(words, np.uint64(0))[which >> 6]
    part &= (np.uint64(1) << (which & 63).astype(np.uint64)) - np.uint64(1)
    return whole[which >> 6] + np.bitwise_count(part)


def at(words, which):
    """Which of these rows are in the set, as a boolean array."""
    which = np.asarray(which, dtype=np.int64)
    if len(which) > 16 * len(words):  # a quarter of all rows: quicker than to pick each
        return flags(words)[which]
    return (words[which >> 6] >> (which & 63).astype(np.uint64) & np.uint64(1)).astype(bool)
