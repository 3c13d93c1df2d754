"""The JSON of HSDS as it is met: pages of an API, lists, single records. Never held whole."""

import gzip
import json
import zlib

from .records import Unreadable

CHUNK = 1 << 16  # characters
LONGEST = 1 << 26  # of one record; what is longer is no record but a fault
BLANK = " \t\r\n"


def values(path):
    """(key, value) of what is in the file, as it is read.

    Lists at the top, under "contents" or under the name of a table come item by item, with that
    name as key (at the top: ""). The rest of an object comes last, as one value without a key.
    Raises `Unreadable`, at the earliest when the first value is asked for.
    """
    with path.open("rb") as file:
        opened = gzip.open if file.read(2) == b"\x1f\x8b" else open
    try:
        with opened(path, "rt", encoding="utf-8-sig") as file:
            yield from _top(_Text(file, path.name))
    except UnicodeDecodeError:
        raise Unreadable(f"{path.name} is no text in UTF-8, which JSON must be.") from None
    except (EOFError, gzip.BadGzipFile, zlib.error):
        raise Unreadable(f"{path.name} is a damaged gzip archive. Get it again.") from None


def _top(text):
    first = text.peek()
    if first == "[":
        yield from (("", item) for item in _list(text))
    elif first == "{":
        yield from _object(text)
    else:
        raise text.broken()


def _object(text):
    rest = {}
    text.take("{")
    while text.peek() != "}":
        key = text.value()
        if not isinstance(key, str):
            raise text.broken()
        text.take(":")
        if text.peek() == "[" and (key == "contents" or key.endswith(".csv")):
            yield from ((key, item) for item in _list(text))
        else:
            rest[key] = text.value()
        if text.peek() != "}":
            text.take(",")
    text.take("}")
    yield None, rest


def _list(text):
    text.take("[")
    while text.peek() != "]":
        yield text.value()
        if text.peek() != "]":
            text.take(",")
    text.take("]")


class _Text:
    """A file read as far as the next value needs."""

    def __init__(self, file, name):
        self.file, self.name = file, name
        self.held, self.at, self.over = "", 0, False
        self.decoder = json.JSONDecoder()

    def more(self, size=CHUNK):
        chunk = self.file.read(size)
        self.held, self.at = self.held[self.at :] + chunk, 0
        self.over = not chunk

    def peek(self):
        """The next character that is not blank."""
        while True:
            while self.at < len(self.held) and self.held[self.at] in BLANK:
                self.at += 1
            if self.at < len(self.held):
                return self.held[self.at]
            if self.over:
                raise self.broken()
            self.more()

    def take(self, character):
        if self.peek() != character:
            raise self.broken()
        self.at += 1

    def value(self):
        self.peek()
        while True:
            try:
                found, end = self.decoder.raw_decode(self.held, self.at)
            except (json.JSONDecodeError, RecursionError):
                whole = False
            else:
                # “12” may go on as “123” in what is not read yet.
                whole = end < len(self.held) or self.over
            if whole:
                self.at = end
                return found
            if self.over or len(self.held) - self.at > LONGEST:
                raise self.broken()
            self.more(max(CHUNK, len(self.held) - self.at))

    def broken(self):
        near = " ".join(self.held[self.at : self.at + 40].split())
        where = f"near “{near}”" if near else "at its end"
        return Unreadable(f"{self.name} is no JSON {where}; it may be cut short. Get it again.")
