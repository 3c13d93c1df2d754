"""An answer of Tru AI without a model: questions at 3,000 passages, places at 20,000 listings.

`python -m benchmarks assistant [--sizes 20000]`. CPU time of `answer`, each question asked once.
Our pages are there several times, under other names, until they hold 3,000 passages.
"""

import copy
import time
from functools import partial
from statistics import median

import numpy as np

from assistant import answers, parsing
from assistant.engine import engine
from assistant.evaluation import rows
from assistant.passages import passages
from providers.index import index
from therapies.library import library

from . import world
from .recommendations import timed

PASSAGES = 3_000
WARM = 5
LETTERS = "BCDEFGH"


def run(size):
    world.make(size, full=True, ours=True)
    library.__globals__["_ASK_EVERY"] = index.current.__globals__["ASK_EVERY"] = 3600.0
    shelf = fuller(library())
    for module in (answers, parsing):
        module.library = lambda: shelf
    began = time.process_time()
    ours = engine(shelf)
    print(
        f"\n{size:,} places, {len(ours.passages):,} passages, read in "
        f"{time.process_time() - began:.1f} s; the first question waits for it"
    )
    print(f"  {'CPU ms':34}{'p50':>8}{'p95':>8}{'most':>8}{'asked':>8}")
    own = [row["question"] for row in rows("own.csv")]
    show("questions about our pages", own)
    show("their own questions, reworded", [row["question"] for row in rows("faq_variants.csv")])
    show("questions for places", [row["question"] for row in rows("providers.csv")])


def fuller(shelf):
    """The library with copies of its pages, enough for PASSAGES."""
    therapies = list(shelf.therapies)
    for turn, letter in enumerate(LETTERS, start=1):
        shelf.therapies = [*shelf.therapies, *(_copy(each, turn, letter) for each in therapies)]
        if len(passages(shelf)) >= PASSAGES:
            return shelf
    raise ValueError(f"No {PASSAGES:,} passages in {len(shelf.therapies)} pages.")


def _copy(therapy, turn, letter):
    made = copy.copy(therapy)
    made._state = copy.copy(therapy._state)
    made.pk = therapy.pk + 10_000 * turn
    made.short_name, made.name = (f"{name} {letter}" for name in (made.short_name, made.name))
    made.slug, made.also_known_as = f"{therapy.slug}-{letter.lower()}", ""
    return made


def show(name, questions):
    times = timed([partial(answers.answer, question) for question in questions], warm=WARM)
    print(
        f"  {name:34}{median(times):8.2f}{np.percentile(times, 95):8.2f}{max(times):8.2f}"
        f"{len(times):8,}",
        flush=True,
    )
