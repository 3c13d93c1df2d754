"""The table of security requirements is whole, and what it names is there."""

import re
from collections import Counter

from django.conf import settings

# Sections of ASVS 5.0.0: how many requirements of level 1 and 2 each has. They come first in it.
SECTIONS = """
    1.1 2  1.2 9  1.3 11  1.4 3  1.5 2  2.1 3  2.2 3  2.3 4  2.4 1  3.2 2  3.3 4  3.4 6  3.5 5
    3.7 2  4.1 3  4.2 1  4.3 2  4.4 4  5.1 1  5.2 3  5.3 2  5.4 3  6.1 3  6.2 12  6.3 4  6.4 4
    6.5 5  6.6 3  6.8 4  7.1 3  7.2 4  7.3 2  7.4 5  7.5 2  7.6 2  8.1 2  8.2 3  8.3 1  8.4 1
    9.1 3  9.2 4  10.1 2  10.2 2  10.3 4  10.4 11  10.5 5  10.6 2  10.7 3  11.1 2  11.2 3
    11.3 3  11.4 4  11.5 1  11.6 1  12.1 3  12.2 2  12.3 4  13.1 1  13.2 5  13.3 2  13.4 5
    14.1 2  14.2 4  14.3 3  15.1 3  15.2 3  15.3 7  16.1 1  16.2 5  16.3 4  16.4 3  16.5 3
    17.1 1  17.2 4  17.3 2
""".split()
ASVS = settings.BASE_DIR / "docs" / "asvs.md"


def expected():
    for section, count in zip(SECTIONS[::2], SECTIONS[1::2], strict=True):
        yield from (f"{section}.{n}" for n in range(1, int(count) + 1))


def told():
    """Each number that a row of the tables is about, ranges written out."""
    for row in re.findall(
        r"^\| ([0-9][^|]*) \| [^|]+ \| [^|]+ \|$", ASVS.read_text(), re.MULTILINE
    ):
        for part in row.split(", "):
            first, _, last = part.partition("–")
            section, _, n = first.rpartition(".")
            for number in range(int(n), int((last or first).rpartition(".")[2]) + 1):
                yield f"{section}.{number}"


def test_each_requirement_of_level_two_has_one_row():
    wanted, rows = list(expected()), Counter(told())
    assert len(wanted) == 253
    assert rows == Counter(wanted)


def test_every_file_and_test_that_it_names_is_there():
    named = re.findall(r"`((?:\w+/)+(?:[\w.-]+\.(?:py|md|js))?)(?:::(\w+))?`", ASVS.read_text())
    assert len(named) > 100
    for path, test in named:
        file = settings.BASE_DIR / path
        assert file.exists(), path
        assert not test or f"def {test}(" in file.read_text(), (path, test)
