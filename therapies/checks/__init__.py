"""What a page must meet before visitors read it, or be excused from with a reason.

The first fifteen are the questions of DISCERN, the instrument by which readers judge written
information on treatment choices, as far as a program can answer them. Each asks for a few things
that are there or not: all of them give 5 points, none of them 1, the rest lies between. Whether
the words are true, and fair, a person must judge.
"""

from . import discern, plain
from .page import CHECKS, Page, Result

__all__ = ["CHECKS", "LEAST", "MOST", "Page", "discern", "plain", "results", "score"]

MOST = 15 * 5  # points of DISCERN
LEAST = 60


def results(therapy):
    """Each check of this page, in order. Ask with its parts fetched: `with_parts()`."""
    page, waived = Page(therapy), {each.check_name: each for each in therapy.waivers.all()}
    found = []
    for each in CHECKS:
        asked = list(each.ask(page))
        missing = [say for so, say in asked if not so]
        found.append(Result(each, len(asked) or 1, missing, waived.get(each.name)))
    return found


def score(found):
    """The points of DISCERN in these results, of 75."""
    return sum(result.score for result in found if result.check.discern)
