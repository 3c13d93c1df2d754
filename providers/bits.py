"""A set of rows as a packed bitmap."""

from functools import reduce
from operator import and_, or_

import numpy as np


class Bits:
    """Rows 0 to size-1, one bit each. Never changed once made."""

    __slots__ = ("bytes", "size")

    def __init__(self, packed, size):
        self.bytes, self.size = packed, size

    @classmethod
    def packed(cls, flags):
        """From a boolean array."""
        return cls(np.packbits(flags), len(flags))

    @classmethod
    def of(cls, rows, size):
        flags = np.zeros(size, dtype=bool)
        flags[rows] = True
        return cls.packed(flags)

    @classmethod
    def full(cls, size):
        return cls.packed(np.ones(size, dtype=bool))

    @classmethod
    def empty(cls, size):
        return cls.packed(np.zeros(size, dtype=bool))

    @staticmethod
    def intersection(sets, start):
        return reduce(and_, sets, start)

    @staticmethod
    def union(sets, start):
        return reduce(or_, sets, start)

    def __and__(self, other):
        return Bits(self.bytes & other.bytes, self.size)

    def __or__(self, other):
        return Bits(self.bytes | other.bytes, self.size)

    def __invert__(self):
        # Through the flags, so that the bits past the last row stay zero.
        return Bits.packed(~self.flags())

    def flags(self):
        return np.unpackbits(self.bytes, count=self.size).view(bool)

    def count(self):
        return int(np.bitwise_count(self.bytes).sum())

    def rows(self):
        return np.flatnonzero(self.flags())

    def at(self, rows):
        """Which of these rows are in the set, as a boolean array."""
        return (self.bytes[rows >> 3] >> (7 - (rows & 7)).astype(np.uint8) & 1).astype(bool)
