"""Who set a field: people, where a `FieldOrigin` says so, else the sources of the listing."""

from django.utils import timezone

from .imports.records import ADDRESS
from .imports.revising import without_address
from .models import FieldOrigin, ImportRow, Provider


def mark(names, *, by):
    """A person set these fields today. `names` is {id of a listing: names of fields}."""
    today = timezone.localdate()
    FieldOrigin.objects.bulk_create(
        [
            FieldOrigin(provider_id=key, field=name, set_on=today, by=by)
            for key, fields in names.items()
            for name in sorted(fields)
        ],
        update_conflicts=True,
        unique_fields=["provider", "field"],
        update_fields=["set_on", "by"],
    )


def hide_address(provider):
    """Make a listing confidential and keep no trace of where it stands, whoever said so.

    Gone are street and point of the listing, of what its sources say and said before, and all that
    waited to be decided about them. Within `listing_changes()`; the caller adds the listing to it.
    """
    provider.confidential_address = True
    provider.street, provider.lat, provider.lon = "", None, None
    provider.precision = Provider.Precision.NONE
    fields = ["confidential_address", "street", "lat", "lon", "precision", "updated_at"]
    provider.save(update_fields=fields)
    for source in provider.sources.all():
        source.said = without_address(source.said)
        source.save(update_fields=["said"])
    for row in ImportRow.objects.filter(listing__provider=provider):
        row.raw = None
        if row.before and "said" in row.before:
            row.before["said"] = without_address(row.before["said"])
        if row.wrote:
            row.wrote = without_address(row.wrote)
        row.save(update_fields=["raw", "before", "wrote"])
    provider.proposals.filter(field__in=ADDRESS).delete()
    provider.suspicious_points.all().delete()
