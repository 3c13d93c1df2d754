"""Yes or no to what a source, or the place itself, says against what people set."""

from . import editing, origins
from .changes import listing_changes
from .deciding import close, taken
from .models import Proposal

Outcome = Proposal.Outcome


def accept(proposal, *, by):
    """Set the field as proposed; a person said so today.

    Raises `ValidationError` with a sentence when the listing cannot hold it.
    """
    with listing_changes() as changed:
        proposal = taken(proposal)
        editing.put(proposal.provider_id, {proposal.field: proposal.value})
        origins.mark({proposal.provider_id: [proposal.field]}, by=by)
        changed.add(proposal.provider_id)
        close(proposal, Outcome.ACCEPTED)
        editing.close_answered(editing.snapshot([proposal.provider_id]))


def decline(proposal):
    """The listing stays as it is, and is not asked the same again."""
    with listing_changes():
        close(taken(proposal), Outcome.DECLINED)
