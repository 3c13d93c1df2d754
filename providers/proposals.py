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
        editing.put(proposal.provider_id, {proposal.field: _value(proposal)})
        origins.mark({proposal.provider_id: [proposal.field]}, by=by)
        changed.add(proposal.provider_id)
        close(proposal, Outcome.ACCEPTED)
        editing.close_answered(editing.snapshot([proposal.provider_id]))


def _value(proposal):
    """What is proposed. A place that says by our link if it takes new people says nothing of its
    prices: what else a service offers is kept as it is now."""
    offers = isinstance(proposal.value, dict) and "accepting_new" in proposal.value
    if proposal.source_id or not offers:
        return proposal.value
    stands = editing.snapshot([proposal.provider_id])[proposal.provider_id].get(proposal.field)
    if stands is None:
        return proposal.value
    return stands | {"accepting_new": proposal.value["accepting_new"]}


def decline(proposal):
    """The listing stays as it is, and is not asked the same again."""
    with listing_changes():
        close(taken(proposal), Outcome.DECLINED)
