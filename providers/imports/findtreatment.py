"""What the locator findtreatment.gov answers: JSON with services as categories and names."""

import re
from datetime import date
from pathlib import Path

from trupaths.text import fold

from . import repair
from .codes import mapping
from .reading import json_of
from .records import Reading, Refused, Row, Unreadable
from .samhsa import NOTICE, facility

SOURCE = {
    "slug": "findtreatment",
    "name": "FindTreatment.gov",
    "publisher": "SAMHSA",
    "website": "https://findtreatment.gov/",
    "notice": NOTICE,
}
TYPES = {"SA": "su", "SU": "su", "SUD": "su", "MH": "mh"}
TEXTS = (
    "frid", "name1", "name2", "street1", "street2", "city", "state", "zip", "phone", "intake1",
    "hotline1", "website", "latitude", "longitude", "typeFacility",
)  # fmt: skip


def read(path, *, edition="", as_of=None):
    """A `Reading` of one answer of the locator: a page of it, so nobody has left the directory."""
    path = Path(path)
    held = json_of(path)
    rows = held.get("rows") if isinstance(held, dict) else held
    if not isinstance(rows, list):
        raise Unreadable(f"{path.name} is no answer of FindTreatment: it has no list “rows”.")
    if not rows:
        raise Unreadable(f"{path.name} holds no places.")
    as_of = as_of or _day_of(path)
    return Reading(
        source=SOURCE,
        edition=edition or as_of.isoformat(),
        as_of=as_of,
        rows=(_row(number, place) for number, place in enumerate(rows, start=1)),
        total=len(rows),
    )


def _day_of(path):
    found = re.search(r"(20\d\d)-?([01]\d)-?([0-3]\d)", path.name)
    try:
        return date(*map(int, found.groups()))
    except (AttributeError, ValueError):
        raise Unreadable(
            f"The name of {path.name} does not tell its day. Say it: --as-of 2024-05-31."
        ) from None


def _row(number, place):
    if not isinstance(place, dict):
        refused = Refused("It is no place with fields.", kind="Not a place")
        return Row(number, {"row": str(place)[:200]}, refused=refused)
    raw = {name: _text(place.get(name)) for name in TEXTS}
    raw["services"] = "; ".join(_names(place))
    try:
        return Row(number, raw, record=_record(raw, place))
    except Refused as refused:
        return Row(number, raw, refused=refused)


def _record(raw, place):
    identifier = repair.stated(raw["frid"])
    if not identifier or len(identifier) > 100:
        raise Refused("It has no identifier (frid).", kind="No identifier")
    directory = TYPES.get(raw["typeFacility"].strip().upper())
    if directory is None:
        raise Refused(
            f"Its kind “{raw['typeFacility'][:20]}” is neither SA nor MH.", kind="Unknown kind"
        )
    codes = [code for category, names in _services(place) for code in _codes(category, names)]
    repairs = []
    website = repair.or_left_out(repair.website, raw["website"], repairs)
    point = repair.point(raw["latitude"], raw["longitude"], repairs)
    return facility(
        raw, " ".join(codes), directory, identifier=identifier, website=website, point=point,
        repairs=repairs,
    )  # fmt: skip


def _services(place):
    """(category, names) of each of its services; whatever is not of this form is passed over."""
    services = place.get("services")
    for service in services if isinstance(services, list) else ():
        if isinstance(service, dict):
            yield _text(service.get("f2")), _text(service.get("f3"))


def _names(place):
    return (names for _, names in _services(place))


def _codes(category, names):
    """The codes that these names stand for; a name nobody has mapped says nothing."""
    labels = mapping().labels
    for name in map(fold, names.split(";")):
        code = labels.get((category, name)) or labels.get(name)
        if code:
            yield code


def _text(value):
    return "" if value is None or isinstance(value, dict | list) else str(value)
