"""What people change on listings, field by field: remembered as theirs, and never half done.

Fields are named and valued as in `imports.records.Record.said`: "phone", "pay:medicaid",
"service:cbt"; besides these there is "status".
"""

import hashlib

from django.core.exceptions import ValidationError
from django.utils import timezone

from trupaths.text import fold

from . import origins
from .imports.listing import PLAIN, STREET, Book
from .imports.merging import Merged
from .imports.points import FAR_MILES
from .imports.revising import Revision, held
from .models import Place, Proposal, Provider
from .sphere import miles_between

# The fields of the model behind a name that is not a field itself.
BEHIND = {
    "point": ("lat", "lon"),
    "confidential": ("confidential_address",),
    "organization": ("organization",),
    "status": ("status",),
}
TOWN, POINT = ("zip", "city", "state"), ("lat", "lon", "precision")


def fields_of(one):
    """{name: value} of a `Held` listing: all that a person may set."""
    return {name: value for name, value in one.stands.items() if not name.startswith("check:")}


def snapshot(ids):
    """{id: {name: value}} of these listings as they stand."""
    return {key: fields_of(one) for key, one in held(ids).items()}


def fingerprint(key):
    """Another one when anything that a person may set on this listing has changed."""
    stands = sorted((name, repr(value)) for name, value in snapshot([key]).get(key, {}).items())
    return hashlib.sha256(repr(stands).encode()).hexdigest()[:32]


def record(before, *, by):
    """What differs from `before`, a snapshot, was set by this person, today.

    Proposals that ask for what is so now are closed. Within `listing_changes()`.
    """
    after = snapshot(before.keys())
    changed = {}
    for key, now in after.items():
        was = before[key]
        changed[key] = {name for name in now.keys() | was.keys() if now.get(name) != was.get(name)}
        if now.get("confidential") and "confidential" in changed[key]:
            origins.hide_address(Provider.objects.get(pk=key))
    origins.mark(changed, by=by)
    close_answered(after)


def close_answered(now):
    """A proposal of what is so already needs nobody. `now` is a snapshot.

    That a place took itself out is told by one, and stays until a person has read it.
    """
    waiting = Proposal.objects.open().filter(provider__in=now.keys())
    waiting = waiting.exclude(field="status", source=None)
    answered = [
        row.pk
        for row in waiting
        if now[row.provider_id].get(row.field) == (None if row.value == "" else row.value)
    ]
    Proposal.objects.filter(pk__in=answered).update(
        closed_at=timezone.now(), outcome=Proposal.Outcome.ACCEPTED
    )


def put(provider_id, writes):
    """Write these fields of one listing; None: no longer said. Within `listing_changes()`.

    A point is used as it is given. Raises `ValidationError` where the listing could not be saved.
    """
    one = held([provider_id], lock=True)[provider_id]
    book, provider = Book(), one.provider
    if unknown := [name for name in writes if not _known(name, book)]:
        raise ValidationError(f"There is no “{unknown[0]}” here: add it first, or decline.")
    hidden = provider.confidential_address or writes.get("confidential")
    if hidden:
        writes = writes | {"street": None, "point": None}
    revision = Revision(book, None, None)
    revision.add(one, Merged(writes=writes))
    revision.points.clear()  # doubts are for what sources say
    if point := writes.get("point"):
        (provider.lat, provider.lon), provider.precision = point, STREET
    _check(provider, writes)
    provider.edited_at = timezone.now()
    if provider not in revision.providers:
        revision.providers.append(provider)
    revision.save()
    if hidden:
        origins.hide_address(provider)


def _known(name, book):
    return name in PLAIN or name in BEHIND or (":" in name and book.knows(name))


def _check(provider, writes):
    """Only what is written: an old fault elsewhere must not stop it."""
    written = {field for name in writes for field in BEHIND.get(name, (name,))}
    provider.clean_fields(exclude={field.name for field in provider._meta.fields} - written)
    provider.clean()
    provider.validate_constraints()


def where(provider):
    """{name: value} of what says where a listing stands."""
    return {name: getattr(provider, name) for name in (*TOWN, *POINT)}


def placed(here, changed=frozenset()):
    """{"lat", "lon", "precision"} of a listing that is saved; `here` is as `where` has it.

    It keeps a point of its own. Without one, or when it stood in the middle of another ZIP code or
    town, it stands in the middle of this one. `changed` names what changed of one that was there.
    """
    nowhere = here["lat"] is None and here["lon"] is None
    in_the_middle = here["precision"] != Provider.Precision.STREET
    moved = not changed.isdisjoint(TOWN) and changed.isdisjoint(POINT)
    if nowhere or (moved and in_the_middle):
        found = middle(here["zip"], here["city"], here["state"])
        return dict(zip(POINT, found, strict=True))
    return {name: here[name] for name in POINT}


def misplaced(here):
    """{name: sentence} of what of an address cannot be true together; `here` as of `placed`.

    A ZIP code lies in one state, and no place far from it: nobody should be sent elsewhere.
    """
    zips = Place.objects.filter(kind=Place.Kind.ZIP, zip=here["zip"])
    place = zips.first() if here["zip"] else None
    if place and place.state and place.state != here["state"]:
        return {"zip": f"ZIP code {here['zip']} lies in {place.state}, not in {here['state']}."}
    around = (place.lat, place.lon) if place else middle("", here["city"], here["state"])[:2]
    if None in (*around, here["lat"], here["lon"]):
        return {}
    miles = miles_between((here["lat"], here["lon"]), around)
    if miles > FAR_MILES:
        return {"lat": f"This point lies {miles:,.0f} miles from the ZIP code or town above."}
    return {}


def middle(zip_code, city, state):
    """(latitude, longitude, precision) of an address without a point of its own."""
    zips = Place.objects.filter(kind=Place.Kind.ZIP, zip=zip_code)
    if zip_code and (place := zips.first()):
        return place.lat, place.lon, Provider.Precision.ZIP
    towns = Place.objects.filter(kind=Place.Kind.TOWN, folded=fold(city), state=state)
    if place := towns.first():
        return place.lat, place.lon, Provider.Precision.TOWN
    return None, None, Provider.Precision.NONE
