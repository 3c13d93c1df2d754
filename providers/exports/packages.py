"""The rows of exports/hsds.py as files: a tabular data package, or JSON. Both are written beside
their place first and put there whole, and hold one listing at a time in memory."""

import csv
import json
import shutil
import tempfile
import zipfile
from contextlib import ExitStack, contextmanager
from itertools import groupby
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from ..hsds import HOMEPAGE, TABLES, VERSION
from .hsds import listing_rows, listings, organization_id, organization_row
from .vocabulary import Vocabulary


class CannotWrite(Exception):
    """A sentence that names the path and says what to do; nothing was written."""


def write_tables(path, *, progress=iter):
    """A folder of CSV tables with datapackage.json, or a zip of it when the path says so.

    Returns the number of listings.
    """
    path = _free(path, may_replace=Path(path).suffix == ".zip")
    with _beside(path) as work:
        vocabulary = Vocabulary.read()
        with _tables(work) as write:
            for entity, row in vocabulary.rows():
                write(entity, row)
            count = 0
            for _, group in groupby(progress(listings()), organization_id):
                for n, provider in enumerate(group):
                    if n == 0:
                        write("organization", organization_row(provider))
                    for entity, row in listing_rows(provider, vocabulary):
                        write(entity, row)
                    count += 1
        (work / "datapackage.json").write_text(json.dumps(_description(vocabulary), indent=2))
        if path.suffix == ".zip":
            packed = work / path.name
            with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
                for name in ["datapackage.json", *(table.path for table in TABLES.values())]:
                    archive.write(work / name, name)
            packed.replace(path)
        else:
            work.rename(path)
            work.mkdir()  # for `_beside` to take away
    return count


def write_json(path, *, progress=iter):
    """One page as the API of the standard has it: full organizations, each with its locations and
    services. Returns the number of listings."""
    path = _free(path, may_replace=True)
    with _beside(path) as work:
        vocabulary = Vocabulary.read()
        words = {word.id: word.row for word in vocabulary.words.values()}
        count = organizations = 0
        made = work / path.name
        with made.open("w", encoding="utf-8") as file:
            file.write('{"contents": [')
            for _, group in groupby(progress(listings()), organization_id):
                whole = None
                for provider in group:
                    whole = whole or organization_row(provider) | {"locations": [], "services": []}
                    _nest(whole, listing_rows(provider, vocabulary), words)
                    count += 1
                file.write(",\n" if organizations else "\n")
                file.write(json.dumps(whole, ensure_ascii=False))  # `dump` is ten times slower
                organizations += 1
            file.write(f"\n], {json.dumps(_page(organizations))[1:]}\n")
        made.replace(path)
    return count


def _free(path, *, may_replace):
    """The path, where nothing stands in the way; an older file of one piece may be replaced."""
    path = Path(path).absolute()
    if not path.parent.is_dir():
        raise CannotWrite(f"There is no folder {path.parent}: make it first.")
    if path.is_dir() or (path.exists() and not may_replace):
        raise CannotWrite(f"{path} is there already: give a name that is not, or take it away.")
    return path


@contextmanager
def _beside(path):
    """A folder of our own on the same disk, so that the last step is one rename."""
    work = Path(tempfile.mkdtemp(prefix=".export-", dir=path.parent))
    work.chmod(0o755)
    try:
        yield work
    finally:
        shutil.rmtree(work)


@contextmanager
def _tables(folder):
    """`write(entity, row)` into the CSV files of all tables, also of those that stay empty."""
    with ExitStack() as stack:
        writers = {}
        for entity, table in TABLES.items():
            file = stack.enter_context(
                (folder / table.path).open("w", encoding="utf-8", newline="")
            )
            writers[entity] = csv.DictWriter(file, table.columns)
            writers[entity].writeheader()
        yield lambda entity, row: writers[entity].writerow(row)


def _description(vocabulary):
    """datapackage.json: what the tables hold, and whom to name as their sources."""
    return {
        **_about(),
        "name": "trupaths",
        "description": "Open Referral Human Services Data Specification (HSDS)",
        "profile": "tabular-data-package",
        "version": VERSION,
        "specification": HOMEPAGE,
        "sources": [
            {
                name: value
                for name, value in (
                    ("title", source.name),
                    ("path", source.website),
                    ("notice", source.notice),
                )
                if value
            }
            for source in sorted(vocabulary.sources.values(), key=lambda each: each.slug)
        ],
        "resources": [_resource(table) for table in TABLES.values()],
    }


def _about():
    """Whose listings these are, and of when."""
    return {
        "title": f"Listings of {settings.SITE_URL.partition('://')[2]}",
        "homepage": settings.SITE_URL,
        "created": timezone.now().isoformat(timespec="seconds"),
    }


def _resource(table):
    return {
        "name": table.entity,
        "path": table.path,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "fields": table.fields,
            "primaryKey": "id",
            "foreignKeys": [
                {"fields": name, "reference": {"resource": entity, "fields": "id"}}
                for name, entity in table.keys
            ],
        },
    }


def _page(count):
    return {
        **_about(),
        "total_items": count,
        "total_pages": 1,
        "page_number": 1,
        "size": count,
        "first_page": True,
        "last_page": True,
        "empty": not count,
    }


# What hangs on a location or a service, by the name of its list there.
_LISTS = {
    "address": "addresses",
    "phone": "phones",
    "schedule": "schedules",
    "cost_option": "cost_options",
    "language": "languages",
    "accessibility": "accessibility",
    "attribute": "attributes",
    "service_at_location": "service_at_locations",
}
_OWNERS = ("service_id", "location_id", "link_id")


def _nest(organization, rows, words):
    """Put the rows of one listing where the JSON of the standard has them."""
    held = {}
    for entity, row in rows:
        if entity in ("location", "service"):
            held[row["id"]] = row
            organization[f"{entity}s"].append(row)
            continue
        owner = next(row[name] for name in _OWNERS if name in row)
        part = {name: value for name, value in row.items() if name not in _OWNERS}
        if entity == "service_at_location":
            there = held[row["location_id"]]
            part["location"] = {
                name: there[name] for name in ("id", "location_type", "name") if name in there
            }
        elif entity == "attribute":
            part["taxonomy_term"] = words[part.pop("taxonomy_term_id")]
        held[owner].setdefault(_LISTS[entity], []).append(part)
