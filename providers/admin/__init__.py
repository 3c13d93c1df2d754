"""The desk: where staff keep listings, decide what waits, and see where facts came from.

listings.py      listings, organizations, terms; every change goes through `listing_changes()`
words.py         fields and values of listings in words
waiting.py       what the first page counts
queues.py        what all queues share; proposals and suspicious points
reports.py       corrections and suggested places
duplicates.py    two listings side by side, and made one
imports.py       sources, runs, rejected rows
spreadsheets.py  listings, services and answers as spreadsheets, both ways
"""

from . import duplicates, imports, listings, queues, reports, shared

__all__ = ["duplicates", "imports", "listings", "queues", "reports", "shared"]
