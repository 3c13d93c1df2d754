"""What one row of a directory says, in our words."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from providers.hidden import tells_street
from providers.models import Check, Organization, Provider, Term

# The fields of a listing that a source may set, by the aspect whose check confirms them.
FIELDS = {
    "name": Check.Aspect.CONTACT,
    "kind": Check.Aspect.SERVICES,
    "organization": Check.Aspect.CONTACT,
    "summary": Check.Aspect.SERVICES,
    "description": Check.Aspect.SERVICES,
    "street": Check.Aspect.CONTACT,
    "city": Check.Aspect.CONTACT,
    "state": Check.Aspect.CONTACT,
    "zip": Check.Aspect.CONTACT,
    "point": Check.Aspect.CONTACT,
    "phone": Check.Aspect.CONTACT,
    "intake_phone": Check.Aspect.CONTACT,
    "website": Check.Aspect.CONTACT,
    "email": Check.Aspect.CONTACT,
    "hours": Check.Aspect.CONTACT,
}
TEXTS = ("name", "summary", "description", "hours")  # where a street could be told all the same
ADDRESS = ("street", "point")  # never kept of a confidential listing


def aspect_of(name):
    """The aspect whose check confirms this field: "phone", "pay:medicaid", "service:cbt"."""
    if name in FIELDS:
        return FIELDS[name]
    return Check.Aspect.PAYMENT if name.startswith(f"{Term.Facet.PAY}:") else Check.Aspect.SERVICES


LIMITS = (
    {"identifier": 110}
    | {
        name: Provider._meta.get_field(name).max_length
        for name in FIELDS
        if name not in ("point", "organization", "description", "hours")
    }
    | {"organization": Organization._meta.get_field("name").max_length}
)
WORDS = {"zip": "ZIP code", "intake_phone": "intake phone", "kind": "kind of place"}


class Refused(Exception):
    """This row cannot become a listing. `str()` is the sentence; `kind` groups equal problems."""

    def __init__(self, sentence, kind=None):
        super().__init__(sentence)
        self.kind = kind or sentence


@dataclass(frozen=True)
class Record:
    """One listing as one source has it.

    `identifier` is the source's own name for it, or is made of name, street and ZIP code where the
    source has none. `terms` is {(facet, slug): "yes" or "no"}, with ": a note" behind where there
    is one; what is not said is not in it. `services` is {therapy slug: {field of Service: value}},
    with fields that differ from their default only, dates as ISO text; a second service of one
    therapy is "cbt#1", by its `order`. `checks` is {aspect: (ISO date, how, by)}, known from our
    own exports alone: to be in a directory is no check. `point` is (lat, lon) of the street
    address, or None. `slug` is the address it would like here,
    `organization_website` used where the organization is new. `repairs` are sentences on what was
    put right; they change nothing about what is said.
    """

    identifier: str
    name: str
    city: str
    state: str
    kind: str = ""
    organization: str = ""
    summary: str = ""
    description: str = ""
    street: str = ""
    zip: str = ""
    point: tuple | None = None
    phone: str = ""
    intake_phone: str = ""
    website: str = ""
    email: str = ""
    hours: str = ""
    confidential: bool = False
    terms: dict = field(default_factory=dict)
    services: dict = field(default_factory=dict)
    checks: dict = field(default_factory=dict)
    slug: str = ""
    organization_website: str = ""
    repairs: tuple = ()

    def said(self):
        """{name of a field: value}, as JSON holds it; blank is not said.

        Terms are named "facet:slug", services "service:slug", checks "check:aspect". Of a
        confidential address neither street nor point is in it.
        """
        values = {name: getattr(self, name) for name in FIELDS}
        if self.confidential:
            values |= dict.fromkeys(ADDRESS, "") | {"confidential": True}
        if values["point"]:
            values["point"] = [round(float(value), 6) for value in values["point"]]
        values |= {f"{facet}:{slug}": answer for (facet, slug), answer in self.terms.items()}
        values |= {f"service:{slug}": offer for slug, offer in self.services.items()}
        values |= {f"check:{aspect}": list(check) for aspect, check in self.checks.items()}
        return {name: value for name, value in values.items() if value not in ("", None)}

    def check(self):
        """Refuse what the database could not hold. Readers repair; this is the last look."""
        for name in ("identifier", "name", "city", "state"):
            if not getattr(self, name):
                raise Refused(f"It has no {WORDS.get(name, name)}.")
        for name in TEXTS if self.confidential else ():
            if tells_street(getattr(self, name), self.street):
                raise Refused(
                    f"Its address is confidential, but its {WORDS.get(name, name)} tells a street."
                    " Take the street out of it.",
                    kind="Confidential, but a text tells a street",
                )
        for name, limit in LIMITS.items():
            if len(getattr(self, name)) > limit:
                raise Refused(
                    f"Its {WORDS.get(name, name)} is longer than {limit} characters.",
                )


_json = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def as_text(said):
    """As JSON; equal for what is equally said, whatever the order."""
    return _json.encode(said)


def content_hash(said):
    """32 hexadecimal digits; equal for what is equally said, whatever the order."""
    return text_hash(as_text(said))


def text_hash(text):
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


class Row:
    """One row of a file: `number` as the file counts it, from 1; a record, or why it is refused.

    `raw` is {column: text} as it stood, for the file of rejected rows. With `make`, a function
    without arguments, the record is made when it is first asked for: a row that says what it said
    before need not be read at all. `whole` is a text that tells all it is made of, where that is
    not `raw`. A row that is no listing and no mistake either (blank, a legend) has neither.
    """

    def __init__(self, number, raw, record=None, *, refused=None, make=None, whole=""):
        self.number, self.raw, self.whole = number, raw, whole
        self._given, self._refused, self.make = record, refused, make

    @cached_property
    def _made(self):
        if self._refused:
            return None, self._refused
        try:
            record = self.make() if self.make else self._given
            if record is not None:
                record.check()
        except Refused as refused:
            return None, refused
        return record, None

    @property
    def record(self):
        return self._made[0]

    @property
    def refused(self):
        return self._made[1]

    def fingerprint(self, salt):
        """A 63-bit number, equal for an equal row that is read in an equal way; 0 for a row whose
        record was made without it."""
        if self.make is None:
            return 0
        whole = (self.whole,) if self.whole else (*self.raw, *self.raw.values())
        text = "\x1f".join((salt, *whole))
        digest = hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest()
        return int.from_bytes(digest, "big") >> 1


@dataclass
class Reading:
    """A file that a reader has opened: what it is, and its rows, read as they are asked for.

    `source` holds the fields of `Source`; `whole` means that what is not in it has left the
    directory; `total` is the number of rows, when the file tells; `most` is how many may be held
    at once.
    """

    source: dict
    edition: str
    as_of: date
    rows: Iterable[Row]
    whole: bool = False
    total: int | None = None
    most: int = 1 << 30


class Stopped(Exception):
    """The run cannot go on: a sentence for the operator."""


class Unreadable(Exception):
    """The file as a whole cannot be read: a sentence that names it and says what to do."""
