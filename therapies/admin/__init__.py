"""The desk: where staff write therapy pages, check and publish them, and see what became of them.

pages.py       the form of a page; who may change it; its address
parts.py       its parts, below the form
together.py    two people at one page: who comes second is told, and nothing is lost
publishing.py  the checks before publishing, the steps to visitors, the link to a preview
histories.py   what each change did, and the way back
waiting.py     reviews that are due, on the first page
others.py      conditions and starting points
"""

from . import others, pages
from .shared import LINKS, ReadOnly, SharedChoices, StaffEdits, each_in_turn, log_status

__all__ = [
    "LINKS",
    "ReadOnly",
    "SharedChoices",
    "StaffEdits",
    "each_in_turn",
    "log_status",
    "others",
    "pages",
]
