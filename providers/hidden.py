"""LEAF: does a text tell the street of a place whose address is confidential?"""

import re

from trupaths.text import fold

_STREET = re.compile(
    r"\b\d{1,6}(?:-\d+)? (?:[NSEW]{1,2}\.? )?(?:[A-Z0-9][\w.’'-]* ){1,3}"
    r"(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Way|Court|Ct|Place|Pl|"
    r"Terrace|Highway|Hwy|Route|Rte)\b"
)


def tells_street(text, street=""):
    """Does it hold this street, or a number with the name of one?

    >>> tells_street("Come to 14 Secret St."), tells_street("A house with 14 rooms")
    (True, False)
    """
    own = fold(street)
    return bool(own and f" {own} " in f" {fold(text)} ") or bool(_STREET.search(text))
