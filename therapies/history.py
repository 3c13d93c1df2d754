"""The history of a page with all its parts: remembered at each change, compared, restored."""

import reversion
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from reversion.models import Revision, Version

from .library import content_changes
from .models import Therapy
from .states import PARTS, model_of, state, state_of

reversion.register(Therapy, follow=tuple(PARTS))
for model in PARTS.values():
    reversion.register(model)

BEFORE = "As it was before, changed outside the desk."
# What restoring leaves as it is, beside the waivers: its state and its address.
KEPT = ("status", "publish_at", "slug")


def fresh(pk):
    """The page as it is stored, with all its parts."""
    return Therapy.objects.for_desk().get(pk=pk)


def revisions(therapy):
    """Its revisions, the newest first."""
    own = Version.objects.get_for_object(therapy).values("revision")
    return Revision.objects.filter(pk__in=own).select_related("user").order_by("-pk")


def said_in(revision):
    """The state of the page in a revision."""
    return state_of(revision.version_set.order_by("pk"))


def remember(therapy, *, by, what):
    """A new revision of the page as it is stored now. Call it behind every change."""
    with reversion.create_revision(manage_manually=True):
        reversion.set_user(by)
        reversion.set_comment(what)
        reversion.add_to_revision(fresh(therapy.pk))


def remember_before(therapy):
    """Before a change: what came from elsewhere (a fixture, an import) is not lost either."""
    newest = revisions(therapy).first()
    if newest is None or said_in(newest) != state(fresh(therapy.pk)):
        remember(therapy, by=None, what=BEFORE)


@transaction.atomic
def restore(therapy, revision, *, by):
    """Make the page say what it said then, with all its parts; the history goes on.

    Status, address and waivers stay as they are. Raises ValidationError when the revision is none
    of this page's.
    """
    page = {model_of(version): version for version in revision.version_set.all()}.get(Therapy)
    if page is None or page.object_id != str(therapy.pk):
        raise ValidationError("This page has no such version.")
    with content_changes():
        therapy = Therapy.objects.select_for_update().get(pk=therapy.pk)
        remember_before(therapy)
        _put_back(therapy, revision)
        day = f"{revision.date_created:%b} {revision.date_created.day}, {revision.date_created:%Y}"
        remember(therapy, by=by, what=f"Restored as of {day}, {revision.date_created:%H:%M}.")


def _put_back(therapy, revision):
    kept = {name: getattr(therapy, name) for name in KEPT} | {"edited_at": timezone.now()}
    parts = {name: model for name, model in PARTS.items() if name != "waivers"}
    for name in reversed(parts):  # evidence before the references it leans on
        getattr(therapy, name).all().delete()
    versions = list(revision.version_set.order_by("pk"))
    for model in (Therapy, *parts.values()):
        for version in versions:
            if model_of(version) is model:
                _write(model, version.field_dict, kept if model is Therapy else {})


def _write(model, said, kept):
    """One row as it was, with its own id. Relations to what is gone since are left out."""
    many = {field.name: said.pop(field.attname, []) for field in model._meta.many_to_many}
    related = [field for field in model._meta.concrete_fields if field.is_relation]
    if not all(_there(field, said.get(field.attname)) for field in related):
        return
    row = model(**{**said, **kept})
    row.save(force_insert=model is not Therapy)
    for name, ids in many.items():
        relation = getattr(row, name)
        relation.set(relation.model.objects.filter(pk__in=ids))


def _there(field, pk):
    return pk is None or field.related_model.objects.filter(pk=pk).exists()
