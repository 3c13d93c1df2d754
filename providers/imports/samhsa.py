"""The national directories of SAMHSA: substance use and mental health, as published."""

import hashlib
import re
from datetime import date
from functools import lru_cache
from pathlib import Path

from trupaths.text import fold

from . import repair
from .codes import kind_of, mapping, meant, summary_of
from .reading import as_rows, table
from .records import Reading, Record, Refused, Unreadable

NEEDS = ("name1", "street1", "city", "state", "zip", "phone", "service_code_info")
MAY = (
    "name2", "street2", "intake1", "intake2", "intake1a", "intake2a", "facility_id",
    "directory_type",
)  # fmt: skip
NOTICE = (
    "From the Substance Abuse and Mental Health Services Administration (SAMHSA). Free to copy; "
    "not for a fee without its written leave."
)
SOURCES = {
    "su": {"slug": "samhsa-su", "name": "SAMHSA directory of substance use treatment"},
    "mh": {"slug": "samhsa-mh", "name": "SAMHSA directory of mental health treatment"},
}
# In the name of a file or in the column directory_type, folded.
CALLED = {
    "su": {"su", "sa", "sud", "substance", "substance use", "substance abuse", "n sumhss su"},
    "mh": {"mh", "mental", "mental health"},
}
LOOKED_AT = 200  # rows, to tell which directory a file is

# Longest names of a field; a directory that has longer ones is broken.
LENGTHS = {"name": 200, "organization": 200, "street": 200, "city": 120}


def read(path, *, directory="", edition="", as_of=None):
    """A `Reading` of one directory. `directory` is "su" or "mh", blank to tell from the file."""
    path = Path(path)
    found = table(path, needs=NEEDS, may=MAY)
    both = "directory_type" in found.columns
    if both and not directory:
        raise Unreadable(
            f"{path.name} holds both directories. Import it twice, with --directory su and with "
            "--directory mh."
        )
    directory = directory or _by_name(path) or _by_codes(path)
    edition, as_of = dated(path, edition, as_of)
    return Reading(
        source={"publisher": "SAMHSA", "website": "https://www.samhsa.gov/", "notice": NOTICE}
        | SOURCES[directory],
        edition=edition,
        as_of=as_of,
        rows=as_rows(found, lambda raw: _record(raw, directory)),
        whole=True,
        total=found.total,
    )


# --- which directory, which year --------------------------------------------------------------


def dated(path, edition, as_of):
    """(edition, as_of), from each other or from a year in the name of the file.

    Of a year its first day is taken, the earliest that it can speak of: so a check by a person
    in that year counts as the newer.
    """
    years = set(re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", edition or path.name))
    if as_of or len(years) == 1:
        as_of = as_of or date(int(years.pop()), 1, 1)
        return edition or str(as_of.year), as_of
    if edition:
        raise Unreadable(f"The edition “{edition}” has no year. Say its day: --as-of 2024-03-31.")
    raise Unreadable(f"The name of {path.name} does not tell its year. Say it: --edition 2022.")


def _by_name(path):
    words = f" {fold(path.name)} "
    found = [key for key, names in CALLED.items() if any(f" {n} " in words for n in names)]
    return found[0] if len(found) == 1 else ""


def _by_codes(path):
    """Each directory has codes that the other never has."""
    own, seen = {"su": set(), "mh": set()}, {"su": 0, "mh": 0}
    for row in mapping().rows:
        if row["only_in"]:
            own[row["only_in"]].add(row["code"])
    rows = table(path, needs=NEEDS, may=MAY).rows
    for (_, raw), _ in zip(rows, range(LOOKED_AT), strict=False):
        if not isinstance(raw, Refused):
            for key, codes in own.items():
                seen[key] += not codes.isdisjoint(raw["service_code_info"].split())
    for key, other in (("su", "mh"), ("mh", "su")):
        if seen[key] and not seen[other]:
            return key
    raise Unreadable(
        f"{path.name} does not tell which directory it is. Say it: --directory su (substance use) "
        "or --directory mh (mental health)."
    )


# --- one row ----------------------------------------------------------------------------------


def _record(raw, directory):
    if _is_legend(raw) or _is_other(raw, directory):
        return None
    return facility(raw, raw["service_code_info"], directory)


def _is_legend(raw):
    """Below the last facility some editions carry the list of codes, shifted into our columns."""
    if re.search(r"\d{3}", raw["zip"]):
        return False
    return sum(fold(cell) in _legend_words() for cell in raw.values() if len(cell) < 200) >= 2


@lru_cache(maxsize=1)
def _legend_words():
    held = {"category code", "category name", "service code", "service name", "service description"}
    for row in mapping().rows:
        held |= {fold(row[column]) for column in ("code", "category", "name")}
    return held - {""}


def _is_other(raw, directory):
    held = raw.get("directory_type", "")
    if not held.strip():
        return False
    called = [key for key, names in CALLED.items() if fold(held) in names]
    if not called:
        raise Refused(
            f"Its directory “{held[:20]}” is neither SU nor MH.", kind="Unknown directory"
        )
    return directory not in called


def facility(raw, codes, directory, *, identifier="", repairs=(), **more):
    """A `Record` from the columns that the directories and the locator share; codes as `meant`."""
    repairs = list(repairs)
    terms, services = meant(codes, directory)
    codes = set(codes.split())
    state = repair.state(raw["state"], raw["zip"], repairs)
    zip_code = repair.zip_code(raw["zip"], state, repairs)
    name, organization = names(raw["name1"], raw.get("name2") or "")
    street = ", ".join(
        filter(None, (repair.street(raw["street1"]), repair.street(raw.get("street2") or "")))
    )
    phones = [
        repair.or_left_out(repair.phone, raw.get(column) or "", repairs)
        for column in ("phone", "intake1", "intake2", "intake1a", "intake2a")
    ]
    phone, *others = phones
    intake = next((other for other in others if other and other != phone), "")
    fields = {
        "name": name,
        "organization": organization,
        "street": street,
        "city": repair.city(raw["city"]),
    }
    for field, longest in LENGTHS.items():
        if len(fields[field]) > longest:
            raise Refused(
                f"Its {field} has more than {longest} letters; a cell may have swallowed others.",
                kind=f"{field.capitalize()} too long",
            )
    if not name:
        raise Refused("It has no name.", kind="No name")
    if not fields["city"]:
        raise Refused("It has no town.", kind="No town")
    return Record(
        identifier=identifier or identified(raw, zip_code),
        state=state,
        zip=zip_code,
        phone=phone or intake,
        intake_phone=intake if phone else "",
        kind=kind_of(codes),
        summary=summary_of(codes, terms),
        terms=terms,
        services=services,
        repairs=tuple(repairs),
        **fields,
        **more,
    )


def identified(raw, zip_code):
    """The directories number nothing that lasts: who has this name at this address is the same."""
    columns = "name1", "name2", "street1", "street2"
    parts = [fold(repair.stated(raw.get(column) or "")) for column in columns]
    return hashlib.blake2b("|".join([*parts, zip_code]).encode(), digest_size=12).hexdigest()


# --- names ------------------------------------------------------------------------------------

# They shorten to fit forty letters.
WHOLE = {
    "Ctr": "Center", "Ctrs": "Centers", "Servs": "Services", "Serv": "Services",
    "Svcs": "Services", "Trt": "Treatment", "Behav": "Behavioral", "Hlth": "Health",
    "Prog": "Program", "Hosp": "Hospital", "Dept": "Department", "Cnty": "County",
    "Outpt": "Outpatient", "Inpt": "Inpatient", "Assoc": "Associates", "Adol": "Adolescent",
    "Yth": "Youth", "Univ": "University",
}  # fmt: skip
_shortened = re.compile(r"\b(?:" + "|".join(WHOLE) + r")\b\.?")
_goes_on = re.compile(r"(?:\b(?:and|at|de|for|in|of|on|the|to|with)|[&/,-])$", re.IGNORECASE)
_legal_only = re.compile(r"[^,]*\b(?:Inc|LLC|PLLC|LLP|PC|PA|Ltd|Corp)\.?$")
_other_name = re.compile(r"(?:DBA|D/B/A)\b[:\s]*", re.IGNORECASE)


def names(first, second):
    """(name of the listing, organization) from the two lines of a directory.

    >>> names("Western Arkansas Counseling and", "Guidance Center Inc")
    ('Western Arkansas Counseling and Guidance Center Inc', '')
    >>> names("Denver Recovery Group", "Colfax")
    ('Denver Recovery Group, Colfax', 'Denver Recovery Group')
    >>> names("Soba Mesa LLC", "DBA Soba Recovery Center")
    ('Soba Recovery Center', 'Soba Mesa LLC')
    """
    # Capitals beside a line in ordinary letters are an abbreviation.
    read = repair.name if f"{first} {second}".isupper() else repair.stated
    first, second = (
        _shortened.sub(lambda found: WHOLE[found[0].rstrip(".")], read(text))
        for text in (first, second)
    )
    if not first or not second or first.lower() == second.lower():
        return first or second, ""
    if _other_name.match(second) and (known_as := _other_name.sub("", second, count=1)):
        return known_as, first
    if second.lower().startswith(first.lower()):
        return second, first
    # One name over two lines.
    if _goes_on.search(first) or second[0] in "(&" or second[0].islower():
        return f"{first} {second}", ""
    same_start = first.split()[0] == second.split()[0]
    if _legal_only.fullmatch(second) and not _legal_only.fullmatch(first) and not same_start:
        return f"{first} {second}", ""
    return f"{first}, {second}", first
