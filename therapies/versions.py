"""A new version of what visitors read: a draft beside the page, which takes its place whole.

Meanwhile the page itself does not change at the desk, so there is nothing to bring together.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from . import history
from .library import content_changes
from .models import OldSlug, Reference, Therapy
from .states import PARTS

RELATED = ("best_for", "combined_with")
# What belongs to the page, whatever it says.
ITS_OWN = ("id", "slug", "status", "publish_at", "replaces", "edited_at", "updated_at")


@transaction.atomic
def begin(therapy, *, by):
    """Returns the draft: all that the page says, to be changed."""
    page = Therapy.objects.select_for_update().get(pk=therapy.pk)
    if page.status != Therapy.Status.PUBLISHED:
        raise ValidationError("Visitors do not read this page: it can be changed itself.")
    if page.has_new_version:
        raise ValidationError("A new version is being written already.")
    draft = Therapy(replaces=page, slug=_free_slug(page), edited_at=timezone.now())
    with content_changes():
        _say(draft, as_in=page)
        history.remember(draft, by=by, what=f"A new version of {page}.")
    return draft


def take_place(draft, *, by):
    """The page says what its new version says, which is gone then. Returns the page."""
    with content_changes():
        draft = Therapy.objects.select_for_update().get(pk=draft.pk)
        page = Therapy.objects.select_for_update().get(pk=draft.replaces_id)
        if draft.services.exists():
            raise ValidationError(f"Places offer the new version: let them offer {page} itself.")
        history.remember_before(page)
        for name in reversed(PARTS):
            getattr(page, name).all().delete()
        page.edited_at = timezone.now()
        _say(page, as_in=draft)
        draft.delete()
        history.remember(page, by=by, what="Its new version took its place.")
    return page


def _free_slug(page):
    start = f"{page.slug[:110]}-new"
    taken = {
        *Therapy.objects.filter(slug__startswith=start).values_list("slug", flat=True),
        *OldSlug.objects.filter(slug__startswith=start).values_list("slug", flat=True),
    }
    return next(
        slug for n in range(1, 1000) if (slug := f"{start}{n if n > 1 else ''}") not in taken
    )


def _say(page, *, as_in):
    """Words, relations and parts; `page` has no parts yet."""
    for field in Therapy._meta.concrete_fields:
        if field.name not in ITS_OWN:
            setattr(page, field.attname, getattr(as_in, field.attname))
    page.save()
    for name in RELATED:
        getattr(page, name).set(getattr(as_in, name).all())
    for name in PARTS:
        for row in getattr(as_in, name).all():
            cited = [each.number for each in row.references.all()] if name == "evidence" else []
            row.pk, row.therapy = None, page
            row._state.adding = True
            row.save()
            if cited:
                row.references.set(Reference.objects.filter(therapy=page, number__in=cited))
