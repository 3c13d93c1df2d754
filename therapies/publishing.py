"""A page's way to its readers: draft, in review, published (perhaps later), archived.

Each step is one function. It goes through `content_changes()`, is remembered in the history with
who did it, and raises ValidationError with a sentence when it may not be done.
"""

from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.utils import timezone

from . import checks, history, versions
from .library import content_changes
from .models import Therapy, Waiver

Status = Therapy.Status


@contextmanager
def _step(therapy, *, by, what):
    """Locks the page, so that two people do not step at once; remembers before and after."""
    with content_changes():
        page = Therapy.objects.select_for_update().get(pk=therapy.pk)
        history.remember_before(page)
        yield page
        page.edited_at = timezone.now()
        page.save(update_fields=["status", "publish_at", "edited_at", "updated_at"])
        history.remember(page, by=by, what=what)


def _to(therapy, status, *, by, what, of=tuple(Status)):
    with _step(therapy, by=by, what=what) as page:
        if page.status not in of:
            raise ValidationError(f"{page} is {page.state.lower()}: somebody was faster.")
        page.status, page.publish_at = status, None


def send_to_review(therapy, *, by):
    _to(therapy, Status.IN_REVIEW, by=by, what="Sent to review.", of=[Status.DRAFT])


def back_to_draft(therapy, *, by):
    """From wherever it is: what was published is withdrawn."""
    if therapy.has_new_version:
        raise ValidationError("A new version is being written: publish or delete that one first.")
    _to(therapy, Status.DRAFT, by=by, what="Taken back to draft.")


def archive(therapy, *, by):
    _to(therapy, Status.ARCHIVED, by=by, what="Archived.")


def publish(therapy, *, by, at=None):
    """Visitors read it now, or from the moment `at`; every check must be met or waived.

    Returns the page that visitors read: of a new version, the one whose place it took.
    """
    if therapy.replaces_id:
        if at:
            raise ValidationError("A new version takes its place at once: leave the moment empty.")
        stand_up(therapy)
        return versions.take_place(therapy, by=by)
    what = f"To be published on {at:%Y-%m-%d at %H:%M} UTC." if at else "Published."
    with _step(therapy, by=by, what=what) as page:
        stand_up(page)
        page.status, page.publish_at = Status.PUBLISHED, at
    return page


def stand_up(therapy):
    """Raise ValidationError, one message a check, unless all are met or waived."""
    found = checks.results(history.fresh(therapy.pk))
    if still_open := [result for result in found if result.open]:
        raise ValidationError(
            [f"{result.check.title}: {' '.join(result.missing)}" for result in still_open]
        )


def waive(therapy, name, *, by, reason):
    """Excuse the page from a check of `checks.CHECKS`. The reason is kept and shown."""
    title = next(check.title for check in checks.CHECKS if check.name == name)
    said = {"reason": reason, "by": by.get_username(), "on": timezone.localdate()}
    with _step(therapy, by=by, what=f"Waived: {title}."):
        Waiver.objects.update_or_create(therapy=therapy, check_name=name, defaults=said)


def ask_again(therapy, name, *, by):
    """Take a waiver back. A published page that needs it must be withdrawn first."""
    with _step(therapy, by=by, what="Took a waiver back.") as page:
        if not page.waivers.filter(check_name=name).delete()[0]:
            raise ValidationError("This check is not waived.")
        if page.status == Status.PUBLISHED:
            stand_up(page)
