"""Yes or no to what a source, or the place itself, says against what people set."""

from django.core.exceptions import ValidationError
from django.utils import timezone

from . import editing, origins
from .changes import listing_changes
from .models import Proposal

Outcome = Proposal.Outcome


def accept(proposal, *, by):
    """Set the field as proposed; a person said so today.

    Raises `ValidationError` with a sentence when the listing cannot hold it.
    """
    with listing_changes() as changed:
        proposal = _taken(proposal)
        editing.put(proposal.provider_id, {proposal.field: proposal.value})
        origins.mark({proposal.provider_id: [proposal.field]}, by=by)
        changed.add(proposal.provider_id)
        _close(proposal, Outcome.ACCEPTED)
        editing.close_answered(editing.snapshot([proposal.provider_id]))


def decline(proposal):
    """The listing stays as it is, and is not asked the same again."""
    with listing_changes():
        _close(_taken(proposal), Outcome.DECLINED)


def _taken(proposal):
    """The proposal, locked, unless someone else was faster."""
    row = Proposal.objects.select_for_update().open().filter(pk=proposal.pk).first()
    if row is None:
        raise ValidationError("Someone has decided this already.")
    return row


def _close(proposal, outcome):
    proposal.outcome, proposal.closed_at = outcome, timezone.now()
    proposal.save(update_fields=["outcome", "closed_at"])
