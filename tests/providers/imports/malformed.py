"""Files as they really come: cut short, wrapped twice, in other encodings, with cells astray.

`FILES` is {name: (file name, bytes)}. All are directories of substance use treatment of 2022.
"""

import csv
import gzip
import io
import zipfile

import openpyxl

COLUMNS = [
    "name1", "name2", "street1", "street2", "city", "state", "zip", "phone", "intake1", "intake2",
    "intake1a", "intake2a", "service_code_info",
]  # fmt: skip
GOOD = {
    "name1": "Cedar Clinic",
    "street1": "12 Main Street",
    "city": "Portland",
    "state": "OR",
    "zip": "97214",
    "phone": "503-234-5678",
    "service_code_info": "SA * OP ORT * CBT * MD",
}
CSV, XLSX = "sa_facilities_2022.csv", "sa_facilities_2022.xlsx"


def row(**cells):
    return [(GOOD | cells).get(column, "") for column in COLUMNS]


def text(*rows, header=COLUMNS, delimiter=","):
    out = io.StringIO()
    table = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    table.writerows([header, *(rows or [row()])] if header else rows)
    return out.getvalue()


def plain(*rows, **more):
    return text(*rows, **more).encode()


def book(*rows, header=COLUMNS, title="Facilities", more=()):
    """A workbook whose first sheet has these rows; `more` are (title, rows) of other sheets."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = title
    for cells in [header, *rows] if header else rows:
        sheet.append(cells)
    for name, cells in more:
        other = workbook.create_sheet(name)
        for each in cells:
            other.append(each)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def book_with_a_stray_cell():
    workbook = openpyxl.Workbook()
    workbook.active.append(COLUMNS)
    workbook.active["XFD1048576"] = " "
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def archive(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        for name, data in files.items():
            zipped.writestr(name.replace("__", "."), data)
    return out.getvalue()


def damaged_book():
    """A workbook whose list of sheets is there and whose rows are no XML."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book(row()))) as good, zipfile.ZipFile(out, "w") as bad:
        for name in good.namelist():
            data = good.read(name)
            bad.writestr(name, data[: len(data) // 2] if "sheet1" in name else data)
    return out.getvalue()


OLE = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 504
CANON = row(name1="Cañon Clinic")

# Nothing can be read of these.
UNREADABLE = {
    "empty": (CSV, b""),
    "blank": (CSV, b" \r\n\r\n  "),
    "empty gzip": (f"{CSV}.gz", gzip.compress(b"")),
    "gzip cut short": (f"{CSV}.gz", gzip.compress(plain(*[row()] * 500))[:-12]),
    "gzip with damage": (f"{CSV}.gz", gzip.compress(plain())[:-8] + b"\0" * 8),
    "workbook in gzip": (f"{XLSX}.gz", gzip.compress(book(row()))),
    "workbook cut short": (XLSX, book(row())[:-200]),
    "workbook with damage": (XLSX, damaged_book()),
    "workbook of before 2007": ("sa_2022.xls", OLE),
    "workbook with a password": (XLSX, OLE + "EncryptedPackage".encode("utf-16-le")),
    "workbook with a stray cell": (XLSX, book_with_a_stray_cell()),
    "workbook without rows": (XLSX, book(header=None)),
    "workbook without our columns": (XLSX, book(["1"], header=["id"])),
    "csv in zip": ("sa_2022.zip", archive(sa_2022__csv=plain())),
    "document in zip": ("sa_2022.docx", archive(word__xml=b"<w/>")),
    "web page": (CSV, b"<!DOCTYPE html><title>Not found</title>"),
    "json": (CSV, b'{"rows": []}'),
    "pdf": ("directory_2022.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 20 + b"\0" * 900),
    "no header": (CSV, plain(row(), header=None)),
    "column missing": (CSV, plain([], header=[c for c in COLUMNS if c != "zip"])),
    "several columns missing": (CSV, plain([], header=["name1", "city", "state"])),
    "column twice": (CSV, plain(header=[*COLUMNS, "ZIP"])),
    "no year": ("sa_facilities.csv", plain()),
    "two years": ("sa_2021_2022.csv", plain()),
    "which directory": ("facilities_2022.csv", plain(row(service_code_info="OP * CBT"))),
    "both directories": (
        "facilities_2024.csv",
        plain([*row(), "SU"], header=[*COLUMNS, "directory_type"]),
    ),
}

# The second row cannot be taken; the rows around it can.
REFUSED = {
    "too many cells": [*row(), "", "OR"],
    "no name": row(name1=" N/A "),
    "no town": row(city=""),
    "no state": row(state="", zip=""),
    "unknown state": row(state="XX"),
    "zip too short": row(zip="9721"),
    "zip with a letter": row(zip="9721O"),
    "zip of another state": row(state="WA"),
    "unreadable letters": row(name1="Ca\ufffdon Clinic"),
    "endless name": row(name1="x" * 201),
    "endless street": row(street1="x" * 201),
    "endless town": row(city="x" * 121),
}
