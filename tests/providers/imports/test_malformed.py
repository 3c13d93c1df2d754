"""Each malformed file gets its sentence; a bad row never stops the rest."""

import csv

import pytest

from providers.imports import samhsa
from providers.imports.records import Unreadable

from . import malformed
from .malformed import COLUMNS, CSV, REFUSED, UNREADABLE, XLSX, book, plain, row, text

NO_COLUMNS = "name1, street1, city, state, zip, phone, service_code_info"
DAMAGED_GZIP = "is a damaged gzip archive; it may be cut short. Get it again."

SENTENCES = {
    "empty": f"{CSV} is empty.",
    "blank": f"{CSV} is empty.",
    "empty gzip": f"{CSV}.gz is empty.",
    "gzip cut short": f"{CSV}.gz {DAMAGED_GZIP}",
    "gzip with damage": f"{CSV}.gz {DAMAGED_GZIP}",
    "workbook in gzip": f"{XLSX}.gz is a workbook inside a gzip archive. Unpack it first.",
    "workbook cut short": f"{XLSX} is a damaged workbook. Get it again.",
    "workbook with damage": f"{XLSX} is a damaged workbook. Get it again.",
    "workbook of before 2007": "sa_2022.xls is a workbook in the form from before 2007. "
    "Save it as .xlsx or .csv.",
    "workbook with a password": f"{XLSX} has a password. Save it without one, as .xlsx or .csv.",
    "workbook with a stray cell": f"{XLSX} has a sheet of 1,048,576 rows and 16,384 columns. That "
    "is too much for a workbook: delete what stands far off, or save it as .csv.",
    "workbook without rows": f"{XLSX} has no sheet with rows.",
    "workbook without our columns": f"{XLSX} has no columns {NO_COLUMNS}. Its first row has id.",
    "csv in zip": "sa_2022.zip is an archive that holds sa_2022.csv. Unpack it first.",
    "document in zip": "sa_2022.docx is an archive that holds word.xml. Unpack it first.",
    "web page": f"{CSV} is a web page. The download may have failed; get it again.",
    "json": f"{CSV} is JSON. This import reads .csv, .csv.gz and .xlsx.",
    "pdf": "directory_2022.pdf is neither text nor a workbook.",
    "no header": f"{CSV} has no columns {NO_COLUMNS}. Its first row has "
    f"{', '.join(filter(None, row()))}.",
    "column missing": f"{CSV} has no column zip. Its first row has "
    f"{', '.join(c for c in COLUMNS if c != 'zip')}.",
    "several columns missing": f"{CSV} has no columns street1, zip, phone, service_code_info. "
    "Its first row has name1, city, state.",
    "column twice": f"{CSV} has two columns named “zip”.",
    "no year": "The name of sa_facilities.csv does not tell its year. Say it: --edition 2022.",
    "two years": "The name of sa_2021_2022.csv does not tell its year. Say it: --edition 2022.",
    "which directory": "facilities_2022.csv does not tell which directory it is. Say it: "
    "--directory su (substance use) or --directory mh (mental health).",
    "both directories": "facilities_2024.csv holds both directories. Import it twice, with "
    "--directory su and with --directory mh.",
}
REASONS = {
    "too many cells": "This row has more cells than there are columns; "
    "a comma may lack its quotes.",
    "no name": "It has no name.",
    "no town": "It has no town.",
    "no state": "It has no state.",
    "unknown state": "“XX” is no state; write its two letters, such as OR.",
    "zip too short": "The ZIP code “9721” has not five digits.",
    "zip with a letter": "The ZIP code “9721O” has not five digits.",
    "zip of another state": "The ZIP code 97214 is in Oregon, and the state says WA.",
    "unreadable letters": "It holds letters that cannot be read.",
    "endless name": "Its name has more than 200 letters; a cell may have swallowed others.",
    "endless street": "Its street has more than 200 letters; a cell may have swallowed others.",
    "endless town": "Its city has more than 120 letters; a cell may have swallowed others.",
}


@pytest.fixture
def write(tmp_path):
    def write(name, data):
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write


def test_each_malformed_file_has_its_sentence():
    assert UNREADABLE.keys() == SENTENCES.keys() and REFUSED.keys() == REASONS.keys()
    assert len(SENTENCES) + len(REASONS) >= 30


@pytest.mark.parametrize("kind", UNREADABLE)
def test_a_file_that_cannot_be_read_says_why(write, kind):
    with pytest.raises(Unreadable) as error:
        list(samhsa.read(write(*UNREADABLE[kind])).rows)
    assert str(error.value) == SENTENCES[kind]


def test_a_file_that_is_not_there_says_so(tmp_path):
    with pytest.raises(Unreadable, match=r"^gone_2022\.csv cannot be opened: No such file"):
        samhsa.read(tmp_path / "gone_2022.csv")


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(Unreadable, match=r"cannot be opened: Is a directory\.$"):
        samhsa.read(tmp_path)


@pytest.mark.parametrize("kind", REFUSED)
def test_a_bad_row_is_refused_by_name_and_the_rest_is_taken(write, kind):
    file = write(CSV, plain(row(), REFUSED[kind], row(name1="Fir Clinic")))
    first, bad, last = samhsa.read(file).rows
    assert (first.number, first.record.name) == (2, "Cedar Clinic")
    assert (bad.number, str(bad.refused), bad.record) == (3, REASONS[kind], None)
    assert (last.number, last.record.name) == (4, "Fir Clinic")


def test_a_quotation_mark_that_is_not_closed_costs_only_what_it_swallowed(write):
    lines = text(row(), row(name1="Fir Clinic"), row(name1="Elm Clinic")).splitlines()
    lines[2] = lines[2].replace("Fir", '"Fir', 1)
    rows = list(samhsa.read(write(CSV, "\n".join(lines).encode())).rows)
    assert [r.record and r.record.name for r in rows] == ["Cedar Clinic", None]
    assert str(rows[1].refused) == (
        "Lines 3 to 4 cannot be read; a quotation mark may not be closed."
    )


def test_a_quotation_mark_astray_costs_one_row(write):
    lines = text(row(), row(name1="Fir Clinic"), row(name1="Elm Clinic")).splitlines()
    lines[2] = lines[2].replace("Fir Clinic", '"Fir" Clinic', 1)
    rows = list(samhsa.read(write(CSV, "\n".join(lines).encode())).rows)
    assert [r.record and r.record.name for r in rows] == ["Cedar Clinic", None, "Elm Clinic"]
    assert str(rows[1].refused) == "Line 3 cannot be read; a quotation mark may not be closed."


def test_a_huge_cell_costs_one_row(write):
    huge = row(name1="x" * (csv.field_size_limit() + 1))
    rows = list(samhsa.read(write(CSV, plain(row(), huge, row(name1="Fir Clinic")))).rows)
    assert [r.record and r.record.name for r in rows] == ["Cedar Clinic", None, "Fir Clinic"]


# --- readable, though not as one would write it ----------------------------------------------

TWO = [row(), malformed.CANON]


@pytest.mark.parametrize(
    ("name", "data"),
    {
        "utf-8": (CSV, text(*TWO).encode()),
        "utf-8 with a mark": (CSV, text(*TWO).encode("utf-8-sig")),
        "utf-16": (CSV, text(*TWO).encode("utf-16")),
        "utf-16 without a mark": (CSV, text(*TWO).encode("utf-16-le")),
        "utf-16 big end first": (CSV, text(*TWO).encode("utf-16-be")),
        "utf-32": (CSV, text(*TWO).encode("utf-32")),
        "windows-1252": (CSV, text(*TWO).encode("cp1252")),
        "gzip": (f"{CSV}.gz", malformed.gzip.compress(text(*TWO).encode())),
        "gzip by another name": (CSV, malformed.gzip.compress(text(*TWO).encode())),
        "semicolons": (CSV, plain(*TWO, delimiter=";")),
        "tabs": (CSV, plain(*TWO, delimiter="\t")),
        "lines of old Macs": (CSV, text(*TWO).replace("\r\n", "\r").encode()),
        "blank rows": (CSV, plain(TWO[0], [], ["  "] * 13, TWO[1], [""] * 13)),
        "header in other words": (
            CSV,
            plain(*TWO, header=[c.upper().replace("_", " ") + " " for c in COLUMNS]),
        ),
        "a title above": (CSV, b"Directory,2022\n\n" + plain(*TWO)),
        "cells to spare": (CSV, plain(*[[*each, "", ""] for each in TWO])),
        "NUL bytes": (CSV, plain(*TWO).replace(b"Main", b"Ma\0in")),
        "a workbook": (XLSX, book(*TWO)),
        "a workbook by another name": (CSV, book(*TWO)),
        "a workbook with a first sheet of notes": (
            XLSX,
            book(["Read me"], header=None, title="Notes", more=[("Data", [COLUMNS, *TWO])]),
        ),
    }.values(),
)
def test_whatever_the_wrapping_the_rows_are_the_same(write, name, data):
    records = [found.record for found in samhsa.read(write(name, data)).rows]
    assert [record.name for record in records] == ["Cedar Clinic", "Cañon Clinic"]
    assert {record.street for record in records} == {"12 Main Street"}


def test_one_byte_of_windows_spoils_no_other_row(write):
    data = text(malformed.CANON, row(name1="Peña Clinic")).encode()
    data = data.replace("Peña".encode(), "Peña".encode("cp1252"))
    records = [found.record.name for found in samhsa.read(write(CSV, data)).rows]
    assert records == ["Cañon Clinic", "Peña Clinic"]


def test_numbers_of_a_workbook_are_read_as_they_are_shown(write):
    cells = dict(zip(COLUMNS, row(state="MA", city="Boston"), strict=True))
    cells |= {"zip": 2134, "phone": 6172345678.0, "street2": "#N/A"}
    (found,) = samhsa.read(write(XLSX, book([*cells.values()]))).rows
    assert (found.record.zip, found.record.phone) == ("02134", "(617) 234-5678")
    assert found.record.street == "12 Main Street"


@pytest.mark.parametrize("name", [CSV, f"{CSV}.gz", XLSX])
def test_a_table_knows_how_many_rows_it_has(write, name):
    rows = [row()] * 25
    data = book(*rows) if name == XLSX else plain(*rows)
    data = malformed.gzip.compress(data) if name.endswith(".gz") else data
    assert samhsa.read(write(name, data)).total == 25
