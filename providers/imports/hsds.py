"""Open Referral HSDS 3: one record for each location, with the services that are given there.

Files of our own say everything in our words (see ../hsds.py) and are taken at their word. Of others
we take what has the same meaning here: docs/hsds.md says which.
"""

from dataclasses import dataclass, field
from datetime import date
from functools import partial
from itertools import islice

from django.utils import timezone
from django.utils.text import slugify

from ..hsds import OURS
from . import hsds_ours, hsds_theirs, repair
from .hsds_store import Store, key_of
from .records import Reading, Refused, Row, Unreadable, as_text, text_hash

BATCH = 200  # locations looked up together
MOST = 400  # held at once, each with all that belongs to it: 100 kB


def read(path, *, name="", as_of=None, whole=False):
    """A `Reading` of a JSON file, a folder of CSV tables, or a zip of either.

    `name` is that of the source, `as_of` the day from which it says so; the file's own word counts
    where they are not given.
    """
    if not path.exists():
        raise Unreadable(f"There is no file or folder {path}.")
    store = Store()
    store.load(path)
    as_of = as_of or _day(store, path)
    name = name or store.meta.get("title") or store.meta.get("name") or path.stem
    return Reading(
        source={
            "slug": f"hsds-{slugify(name)}"[:60],
            "name": name[:200],
            "notice": _notice(store.terms),
            "website": repair.or_left_out(repair.website, store.meta.get("homepage", ""), None),
        },
        edition=str(as_of),
        as_of=as_of,
        rows=_rows(store),
        whole=whole,
        total=store.count("location"),
        most=MOST,
    )


def _day(store, path):
    """When the file was made, as it says itself; else the newest day in it."""
    for said in (store.meta.get("created", "")[:10], store.newest):
        try:
            return min(date.fromisoformat(said), timezone.localdate())
        except ValueError:
            continue
    raise Unreadable(
        f"{path.name} does not say from which day it is. Add --as-of with the day, as in "
        "--as-of 2026-11-03."
    )


def _notice(terms):
    """What the sources of an export of ours ask to be said goes along."""
    said = [row.get("description", "") for row in terms.values() if hsds_ours.is_source(row)]
    return "\n".join(dict.fromkeys(filter(None, said)))


@dataclass
class Place:
    """A location with all that belongs to it. Rows are {column: text}, blank left out."""

    location: dict
    parts: dict  # of the location: entity -> rows
    services: list  # (row, parts), what is said of a service at this location included
    organization: dict = field(default_factory=dict)
    about: dict = field(default_factory=dict)  # parts of the organization
    contacts: dict = field(default_factory=dict)  # parts of whom one may ask

    @property
    def is_ours(self):
        return self.location.get("external_identifier_type") == OURS


def _rows(store):
    """`Row`s, numbered as the locations are; then what belongs to no location."""
    try:
        translate, number = hsds_theirs.Translation(store.terms), 0
        keys, words = store.locations(), text_hash(as_text(translate.words()))
        while batch := list(islice(keys, BATCH)):
            for place in _places(store, batch):
                number += 1
                yield _row(number, place, store.terms, translate, words)
        for service in store.nowhere():
            number += 1
            name = service.get("name", "")
            yield Row(
                number,
                {"service": service.get("id", ""), "name": name},
                refused=Refused(f"The service “{name}” is given at no location.", "No location"),
            )
        for file, line, refused in store.damaged:
            number += 1
            yield Row(number, {"table": file, "line": str(line)}, refused=refused)
    finally:
        store.close()


def _row(number, place, terms, translate, words):
    make = (
        partial(hsds_ours.record, place, terms)
        if place.is_ours
        else partial(translate.record, place)
    )
    return Row(number, _raw(place), make=make, whole=text_hash(as_text([words, vars(place)])))


def _raw(place):
    """What tells a refused location; a street only when it is no secret."""
    address = next(iter(place.parts.get("address", ())), {})
    street = {} if hsds_theirs.is_hidden(place) else address
    return {
        "location": place.location.get("id", ""),
        "name": place.location.get("name", ""),
        "organization": place.organization.get("name", ""),
        "services": "; ".join(row.get("name", "") for row, _ in place.services),
        "address_1": street.get("address_1", ""),
        "address_2": street.get("address_2", ""),
        "city": address.get("city", ""),
        "state_province": address.get("state_province", ""),
        "postal_code": address.get("postal_code", ""),
    }


def _places(store, keys):
    """The locations of these keys, each with what belongs to it: a constant number of look-ups."""
    here = store.of(keys)
    links = {key: here[key].get("service_at_location", ()) for key in keys}
    ids = [
        link[name]
        for some in links.values()
        for link in some
        for name in ("id", "service_id")
        if name in link
    ]
    there = store.of(map(key_of, ids))
    places = []
    for key in keys:
        location = here[key]["location"][0]
        services = list(_services(links[key], there))
        owner = next(
            (row["organization_id"] for row in (location, *(row for row, _ in services))
             if "organization_id" in row),
            "",
        )  # fmt: skip
        places.append((Place(location, here[key], services), owner))
    above = store.of(key_of(owner) for _, owner in places if owner)
    for place, owner in places:
        place.about = above.get(key_of(owner), {}) if owner else {}
        place.organization = next(iter(place.about.get("organization", ())), {})
    _find_contacts(store, [place for place, _ in places])
    return [place for place, _ in places]


def _services(links, there):
    for link in links:
        parts = there.get(key_of(link.get("service_id", "")), {})
        if row := next(iter(parts.get("service", ())), None):
            yield row, _joined(there.get(key_of(link.get("id", "")), {}), parts)


def _joined(*some):
    """{entity: rows} of several, the first ones first."""
    found = {}
    for parts in some:
        for entity, rows in parts.items():
            found[entity] = [*found.get(entity, ()), *rows]
    return found


def _find_contacts(store, places):
    """Their phones stand under the contact itself."""
    named = {
        id(place): [
            row["id"]
            for parts in (place.parts, *(parts for _, parts in place.services), place.about)
            for row in parts.get("contact", ())
            if "id" in row
        ]
        for place in places
    }
    found = store.of(key_of(key) for keys in named.values() for key in keys)
    for place in places:
        place.contacts = _joined(*(found.get(key_of(key), {}) for key in named[id(place)]))
