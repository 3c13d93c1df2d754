"""What the standard demands of an export, and ways to make one and look into it."""

import csv
import json
import math
import os
import uuid
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry
from referencing.jsonschema import DRAFT202012

DATA = Path(os.environ.get("TRUPATHS_DATA", settings.BASE_DIR.parent / "shared" / "data"))
OFFICIAL = DATA / "hsds-3.0"
needs_official = pytest.mark.skipif(
    not OFFICIAL.is_dir(),
    reason="The schemas of HSDS 3.0 are not in the project; TRUPATHS_DATA tells where they are.",
)
DEMANDS = ("name", "type", "format", "constraints", "enum")


@cache
def schemas():
    """{file name: the official JSON schema}"""
    return {path.name: json.loads(path.read_text()) for path in OFFICIAL.glob("schema/*.json")}


@cache
def tables():
    """{file name: what the official tabular data package demands of this table}"""
    package = json.loads((OFFICIAL / "datapackage.json").read_text())
    return {
        each["path"]: {
            "entity": each["name"],
            "fields": [_demands(field) for field in each["schema"]["fields"]],
            "foreignKeys": each["schema"].get("foreignKeys", []),
        }
        for each in package["resources"]
    }


def _demands(field):
    found = {key: value for key, value in field.items() if key in DEMANDS}
    told = {key: value for key, value in found.pop("constraints", {}).items() if value}
    return found | ({"constraints": told} if told else {})


def faults(name, record):
    """What the official JSON schema of this name finds wrong."""
    resources = [(key, DRAFT202012.create_resource(value)) for key, value in schemas().items()]
    check = Draft202012Validator(
        {"$ref": f"{name}.json"},
        registry=Registry().with_resources(resources),
        format_checker=FormatChecker(),
    )
    return [f"{error.json_path}: {error.message}" for error in check.iter_errors(record)]


def table(folder, name):
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def table_faults(folder):
    """What the official tabular data package finds wrong with a folder of CSV tables."""
    package = json.loads((folder / "datapackage.json").read_text())
    ids, found = {}, []
    for each in package["resources"]:
        official = tables()[each["path"]]
        ids[each["name"]] = {row["id"] for row in table(folder, each["path"])}
        if each["name"] != official["entity"]:
            found.append(f"{each['path']}: named {each['name']}")
        for ours, theirs in zip(each["schema"]["fields"], official["fields"], strict=True):
            told = {key: value for key, value in ours["constraints"].items() if value}
            if ours | {"constraints": told} != {"constraints": {}} | theirs:
                found.append(f"{each['path']}: {ours['name']} is described otherwise")
    for each in package["resources"]:
        name, official = each["path"], tables()[each["path"]]
        with (folder / name).open(encoding="utf-8", newline="") as file:
            header = next(csv.reader(file))
        if header != [field["name"] for field in official["fields"]]:
            found.append(f"{name}: other columns")
        rows = table(folder, name)
        for field in official["fields"]:
            found += column_faults(name, field, [row[field["name"]] for row in rows])
        for key in official["foreignKeys"]:
            known = ids.get(key["reference"]["resource"], ())
            found += [
                f"{name}: {key['fields']} {row[key['fields']]} is nowhere"
                for row in rows
                if row[key["fields"]] and row[key["fields"]] not in known
            ]
    return found


def column_faults(name, field, cells):
    rules, column = field.get("constraints", {}), field["name"]
    where = f"{name}: {column}"
    filled = [cell for cell in cells if cell]
    if rules.get("required") and len(filled) < len(cells):
        yield f"{where} is blank"
    if rules.get("unique") and len(set(filled)) < len(filled):
        yield f"{where} holds one value twice"
    for cell in filled:
        if "enum" in rules and cell not in rules["enum"]:
            yield f"{where} holds {cell}"
        if not fits(cell, field):
            yield f"{where} holds {cell}, no {field.get('format') or field['type']}"


def fits(cell, field):
    read = {
        "number": lambda: math.isfinite(float(cell)),
        "date": lambda: date.fromisoformat(cell),
        "uuid": lambda: str(uuid.UUID(cell)) == cell,
        "uri": lambda: cell.startswith(("http://", "https://")),
        "email": lambda: "@" in cell,
    }
    try:
        return read.get(field.get("format") or field["type"], lambda: True)()
    except ValueError:
        return False


def export(folder, name="out", **options):
    path = folder / name
    call_command("export_hsds", str(path), verbosity=0, **options)
    return path


def contents(path):
    return json.loads(path.read_text())["contents"]
