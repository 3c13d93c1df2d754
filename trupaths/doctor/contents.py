"""What the database holds: the index, places, content, listings, and what waits for somebody."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.utils import timezone

from assistant import cards
from providers import checking
from providers.changes import differing
from providers.models import ImportRun, Place, Provider
from therapies.admin import waiting
from therapies.models import Therapy

from .finding import LOOK, WELL, WRONG, Finding
from .machine import DAILY

LONG = timedelta(days=1)  # after which a run that is not finished was killed


def of_index():
    if wrong := differing():
        yield Finding(
            WRONG, f"Listings that differ from the index: {len(wrong):,}. Run manage.py reindex."
        )
    else:
        yield Finding(WELL, f"Index and {Provider.objects.count():,} listings agree.")


def of_places():
    counts = {kind: Place.objects.filter(kind=kind).count() for kind in Place.Kind}
    if missing := [kind.label for kind, count in counts.items() if not count]:
        names = " and ".join(missing)
        yield Finding(WRONG, f"No point of any {names} is known. Run manage.py load_places.")
    else:
        zips, towns = counts[Place.Kind.ZIP], counts[Place.Kind.TOWN]
        yield Finding(WELL, f"{zips:,} ZIP codes and {towns:,} towns.")


def of_duties():
    """What somebody, or a timer, has to do again and again."""
    if Session.objects.filter(expire_date__lt=timezone.now() - DAILY).exists():
        yield Finding(LOOK, "What is past its time was not deleted: run manage.py purge each day.")
    else:
        yield Finding(WELL, "Nothing is kept past its time.")
    if count := len(cards.due()):
        yield Finding(
            LOOK,
            f"Cards of help whose numbers nobody read for {cards.FRESH_DAYS} days: {count}. Read "
            "them at their source and write the day on the card, in the admin.",
        )


def of_content():
    if not (count := Therapy.objects.published().count()):
        yield Finding(WRONG, "No therapy is published: manage.py prepare, or publish one.")
    else:
        yield Finding(WELL, f"{count} therapies are published.")
    for title, found, where in [
        ("Reviews of pages overdue", waiting.overdue(), "therapies"),
        ("Pages with evidence to check again", waiting.evidence_due(), "therapies"),
    ]:
        if count := found.count():
            yield Finding(LOOK, f"{title}: {count}. See the staff desk, {where}.")


def of_listings():
    real = Provider.objects.filter(demonstration=False)
    if not real.exists():
        yield Finding(LOOK, "All listings are examples: import a directory (docs/operating.md).")
    elif count := checking.overdue(real).count():
        yield Finding(
            LOOK, f"Listings that wait for a check: {count:,}. See the staff desk, providers."
        )
    else:
        yield Finding(WELL, "No listing waits for a check.")
    running = ImportRun.objects.filter(
        status=ImportRun.Status.RUNNING,
        started_at__lt=timezone.now() - LONG,
    )
    for run in running:
        yield Finding(
            LOOK, f"{run} stopped at row {run.position:,}: import the same file again, or --undo."
        )
