"""Items of queues are decided once: by whoever is first."""

from django.core.exceptions import ValidationError
from django.utils import timezone


def taken(item):
    """The open item, locked until the transaction ends. Raises `ValidationError` with a sentence
    when someone was faster."""
    rows = type(item)._base_manager.select_for_update()
    row = rows.filter(pk=item.pk, closed_at=None).first()
    if row is None:
        raise ValidationError("Someone has decided this already.")
    return row


def close(item, outcome):
    """End an item that is `taken`."""
    item.outcome, item.closed_at = outcome, timezone.now()
    item.save(update_fields=["outcome", "closed_at"])
