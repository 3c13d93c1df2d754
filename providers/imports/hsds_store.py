"""The tables of an HSDS file in a temporary database, where a location finds what belongs to it.

CSV tables come in any order and JSON nests in several ways; here both are rows under the id of what
they belong to. Memory stays flat however large the file.
"""

import hashlib
import json
import re
import sqlite3
import tempfile
import zipfile
import zlib
from collections import defaultdict
from pathlib import Path

from ..hsds import TABLES
from . import hsds_json
from .reading import table
from .records import Refused, Unreadable

FILES = {each.path: entity for entity, each in TABLES.items()} | {"contacts.csv": "contact"}
# Lists and objects within records of the JSON, by the entity that they hold.
WITHIN = {path.removesuffix(".csv"): entity for path, entity in FILES.items()} | {
    "service_at_locations": "service_at_location",
    "service_at_location": "service_at_location",
    "organization": "organization",
    "location": "location",
    "service": "service",
    "taxonomy_term": "taxonomy_term",
}
WORDS = ("taxonomy", "taxonomy_term")  # few, and each is met again and again
THINGS = ("organization", "location", "service", "contact")  # found under their own id too
OWNERS = (
    "organization_id",
    "location_id",
    "service_id",
    "service_at_location_id",
    "contact_id",
    "phone_id",
    "link_id",
)
_day = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_encode = json.JSONEncoder(ensure_ascii=False).encode  # `json.dumps` would make one for each row
AT_ONCE = 2000  # rows written together
KEYS = 500  # ids asked for together


class Store:
    """`load(path)`, then `locations()` and `of(keys)`.

    `terms` is {id: row} of the taxonomy terms, `meta` what the file says of itself, `newest` the
    latest day of a service, `damaged` (table, line, Refused) of what is no row.
    """

    def __init__(self):
        self.file = sqlite3.connect("", isolation_level=None)  # on disk, and gone when closed
        self.file.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -32000;"
            "CREATE TABLE held (key INTEGER, entity TEXT, body TEXT);"
        )
        self.waiting, self.terms, self.meta, self.newest, self.damaged = [], {}, {}, "", []

    def close(self):
        self.file.close()

    # --- in -------------------------------------------------------------------------------------

    def load(self, path):
        """Take in a file, a folder or a zip; raises `Unreadable`."""
        self.file.execute("BEGIN")
        if path.is_dir():
            self._folder(path)
        elif _is_packed(path):
            self._zip(path)
        else:
            self._json(path)
        self._flush()
        self.file.execute("COMMIT")
        self.file.execute("CREATE INDEX held_key ON held (key)")
        if not self.count("location"):
            raise Unreadable(
                f"{path.name} holds no location. This import reads HSDS 3: CSV tables in a folder "
                "or a zip (organizations.csv, services.csv, locations.csv, …), or JSON."
            )

    def _zip(self, path):
        with tempfile.TemporaryDirectory(prefix="hsds-") as inside:
            try:
                with zipfile.ZipFile(path) as archive:
                    for n, member in enumerate(archive.infolist()):
                        name = Path(member.filename).name
                        if name in FILES or name.endswith(".json"):
                            # Two folders in the archive may hold files of one name.
                            member.filename = f"{n}/{name}"
                            archive.extract(member, inside)
            except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError):
                raise Unreadable(
                    f"{path.name} cannot be unpacked: it is damaged or has a password."
                ) from None
            self._folder(Path(inside))

    def _folder(self, folder):
        files = (each for each in folder.rglob("*") if each.is_file() and each.stat().st_size)
        for file in sorted(files):
            if file.name in FILES:
                self._table(FILES[file.name], file)
            elif file.suffix == ".json":
                self._json(file)

    def _table(self, entity, file):
        for number, row in table(file, needs=("id",)).rows:
            if isinstance(row, Refused):
                self.damaged.append((file.name, number, row))
            else:
                self._add(entity, {name: text for name, text in row.items() if text})

    def _json(self, file):
        for key, value in hsds_json.values(file):
            if not isinstance(value, dict):
                continue
            if entity := FILES.get(key) or _kind(value):
                self._record(entity, value)
            elif key is None:
                self.meta |= {
                    name: _text(said) for name, said in value.items() if isinstance(said, str)
                }

    def _record(self, entity, value, owner=None):
        """Take in a record of the JSON with all that it holds; returns its id."""
        row, inner = {}, []
        for name, held in value.items():
            if isinstance(held, dict | list):
                inner += [(name, held)] if name in WITHIN else []
            elif held not in (None, ""):
                row[name] = _text(held)
        if owner:
            row.setdefault(*owner)
        column = f"{entity}_id"
        for name, held in inner:
            if isinstance(held, dict):
                row[f"{name}_id"] = self._record(WITHIN[name], held)
                continue
            link = ("link_id" if name == "attributes" else column, row.get("id", ""))
            for each in held:
                if isinstance(each, dict):
                    self._record(WITHIN[name], each, link)
        self._add(entity, row)
        return row.get("id", "")

    def _add(self, entity, row):
        key = row.get("id", "")
        if entity in WORDS:
            if entity == "taxonomy_term":
                self.terms[key] = self.terms.get(key, {}) | row
            return
        if entity in THINGS and entity != "contact" and not key:
            self.damaged.append((entity, "", Refused(f"A {entity} without an id.", "No id")))
            return
        owners = {row[name] for name in OWNERS if name in row}
        if entity in THINGS:
            owners = {key} if entity != "contact" else {key, *owners}
        if entity == "service":
            for name in ("last_modified", "assured_date"):
                if day := _day.match(row.get(name, "")):
                    self.newest = max(self.newest, day[0])
        body = _encode(row)
        self.waiting += [(key_of(owner), entity, body) for owner in owners if owner]
        if len(self.waiting) >= AT_ONCE:
            self._flush()

    def _flush(self):
        self.file.executemany("INSERT INTO held VALUES (?, ?, ?)", self.waiting)
        self.waiting.clear()

    # --- out ------------------------------------------------------------------------------------

    def count(self, entity):
        rows = self.file.execute("SELECT count(DISTINCT key) FROM held WHERE entity = ?", [entity])
        return rows.fetchone()[0]

    def locations(self):
        """The keys of all locations, in the order of the file."""
        return self._column(
            "SELECT key FROM held WHERE entity = 'location' GROUP BY key ORDER BY min(rowid)"
        )

    def nowhere(self):
        """The rows of services that are given at no location."""
        bodies = self._column(
            "SELECT body FROM held AS one WHERE entity = 'service' AND NOT EXISTS (SELECT 1 FROM "
            "held WHERE key = one.key AND entity = 'service_at_location') ORDER BY rowid"
        )
        return map(json.loads, bodies)

    def of(self, keys):
        """{key: {entity: [row]}} of what stands under these keys, in the order of the file.

        A record that is met twice is one, with what either says.
        """
        found = defaultdict(lambda: defaultdict(dict))
        keys = list(dict.fromkeys(keys))
        for start in range(0, len(keys), KEYS):
            some = keys[start : start + KEYS]
            marks = ",".join("?" * len(some))
            for key, entity, body in self.file.execute(
                f"SELECT key, entity, body FROM held WHERE key IN ({marks}) ORDER BY rowid",  # nosec B608
                some,
            ):
                row, rows = json.loads(body), found[key][entity]
                rows.setdefault(row.get("id") or len(rows), row).update(row)
        return {
            key: {entity: list(rows.values()) for entity, rows in entities.items()}
            for key, entities in found.items()
        }

    def _column(self, query):
        return (value for (value,) in self.file.execute(query))


def key_of(text):
    """64 bits for an id of whatever length: small to hold, and hardly ever met twice by chance."""
    digest = hashlib.blake2b(text.strip().casefold().encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def _is_packed(path):
    """Whether it wants to be a zip, damaged or not."""
    with path.open("rb") as file:
        return file.read(2) == b"PK"


def _text(value):
    """As both databases can hold it: JSON may escape what is no letter at all."""
    text = str(value)
    if text.isascii() and "\0" not in text:
        return text
    return text.replace("\0", "").encode(errors="replace").decode()


def _kind(value):
    """What a record at the top of the JSON is: the standard does not say it in the record."""
    if "location_type" in value:
        return "location"
    if "id" not in value:
        return None
    if "service" in value and "location" in value:
        return "service_at_location"
    if "status" in value:
        return "service"
    return "organization" if "name" in value and "taxonomy" not in value else None
