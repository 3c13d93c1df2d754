"""A file as rows of text, whatever its wrapping and encoding. None but a workbook is held whole."""

import codecs
import csv
import gzip
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial, reduce
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from .records import Refused, Row, Unreadable

DELIMITERS = ",;\t|"
HEADER_WITHIN = 20  # rows; a title may stand above the header
OLE = bytes.fromhex("d0cf11e0a1b11ae1")  # workbooks before 2007, and those with a password
EXTRA = "(beyond the last column)"
MOST_CELLS = 5_000_000  # from the first to the last in use; each takes 32 bytes and its text


@dataclass
class Table:
    """`rows` are (number, {column: text}) or (number, Refused), read as they are asked for.

    `number` is the row as a spreadsheet counts it, from 1, the header included. Columns that the
    reader asked for are named as it named them, others as the file does. `total` is how many rows
    there are below the header, blank ones included.
    """

    columns: list
    rows: Iterator
    total: int | None


def table(path, *, needs, may=()):
    """The table in a .csv, .csv.gz or .xlsx file. Raises `Unreadable`, also from its rows.

    Column names are matched loosely: “Street 1”, “STREET_1” and “street1” are one.
    """
    path = Path(path)
    try:
        with path.open("rb") as file:
            start = file.read(8192)
    except OSError as error:
        raise Unreadable(f"{path.name} cannot be opened: {error.strerror}.") from None
    if not start:
        raise Unreadable(f"{path.name} is empty.")
    if start.startswith(OLE):
        raise Unreadable(f"{path.name} {_why_ole(path)}")
    if start.startswith(b"PK\x03\x04"):
        return _workbook(path, needs, may)
    return _text(path, needs, may)


def as_rows(found, record):
    """`Row`s of a table. `record({column: text})` makes a `Record`, None (no row) or refuses."""
    for number, raw in found.rows:
        if isinstance(raw, Refused):
            yield Row(number, {}, refused=raw)
        else:
            yield Row(number, raw, make=partial(_made, raw, record))


def _made(raw, record):
    if EXTRA in raw:
        raise Refused(
            "This row has more cells than there are columns; a comma may lack its quotes.",
            kind="More cells than columns",
        )
    return record(raw)


def loosely(column):
    """
    >>> loosely(" Street_1 ")
    'street1'
    """
    return re.sub(r"[\W_]+", "", column).casefold()


# --- text -------------------------------------------------------------------------------------


def _stray_byte(error):
    """A byte that is no UTF-8 is Windows-1252: some files hold both."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    letters = error.object[error.start : error.end].decode("cp1252", errors="replace")
    return letters, error.end


codecs.register_error("windows-1252", _stray_byte)


def _errors(encoding):
    return "windows-1252" if encoding.startswith("utf-8") else "replace"


def _text(path, needs, may):
    try:
        with _open(path) as file:
            start = file.read(8192)
            lines = start.count(b"\n")
            # To the end once, so that a damaged archive is known before any row is taken.
            while chunk := file.read(1 << 20):
                lines += chunk.count(b"\n")
    except (EOFError, gzip.BadGzipFile, zlib.error):
        raise Unreadable(
            f"{path.name} is a damaged gzip archive; it may be cut short. Get it again."
        ) from None
    if not start.strip():
        raise Unreadable(f"{path.name} is empty.")
    if start.startswith((b"PK\x03\x04", OLE)):
        raise Unreadable(f"{path.name} is a workbook inside a gzip archive. Unpack it first.")
    encoding = _encoding(path, start)
    sample = start.decode(encoding, errors="replace").lstrip("\ufeff \r\n\t")
    if sample.startswith(("{", "[")):
        raise Unreadable(f"{path.name} is JSON. This import reads .csv, .csv.gz and .xlsx.")
    if sample.startswith("<"):
        raise Unreadable(f"{path.name} is a web page. The download may have failed; get it again.")
    rows = _csv_rows(path, encoding, _delimiter(sample, needs))
    number, columns = _header(path, rows, needs, may)
    return Table(columns, _dicts(rows, number, columns), max(0, lines - number))


def _open(path):
    with path.open("rb") as file:
        zipped = file.read(2) == b"\x1f\x8b"
    return gzip.open(path) if zipped else path.open("rb")


def _encoding(path, start):
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF32_LE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if start.startswith(mark):
            return encoding
    # Letters of English in UTF-16 have a zero for every second byte.
    even, odd = start[::2].count(0), start[1::2].count(0)
    if max(even, odd) > len(start) // 4:
        return "utf-16-be" if even > odd else "utf-16-le"
    if start.count(0) > len(start) // 50:
        raise Unreadable(f"{path.name} is neither text nor a workbook.")
    return "utf-8"


def _delimiter(sample, needs):
    """The one by which most of the columns are found in some line near the top."""
    wanted = {loosely(name) for name in needs}
    lines = sample.splitlines()[:HEADER_WITHIN]

    def hits(delimiter):
        return max(
            len(wanted & {loosely(cell) for cell in line.split(delimiter)}) for line in lines
        )

    return max(DELIMITERS, key=hits)


def _csv_rows(path, encoding, delimiter):
    """Lists of cells; or `Refused`, where no cells can be made out."""
    with _open(path) as file:
        text = io.TextIOWrapper(file, encoding=encoding, errors=_errors(encoding), newline="")
        reader = csv.reader(text, delimiter=delimiter, strict=True)
        while True:
            first = reader.line_num + 1
            try:
                yield next(reader)
            except StopIteration:
                return
            except csv.Error:
                last = reader.line_num
                where = f"Line {first}" if last <= first else f"Lines {first} to {last}"
                yield Refused(
                    f"{where} cannot be read; a quotation mark may not be closed.",
                    kind="Quotation marks",
                )


# --- workbooks --------------------------------------------------------------------------------


def _why_ole(path):
    # Names in this container are UTF-16.
    if "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
        return "has a password. Save it without one, as .xlsx or .csv."
    return "is a workbook in the form from before 2007. Save it as .xlsx or .csv."


def _workbook(path, needs, may):
    missing = None
    for sheet in _sheets(path):
        rows = ([_cell(value) for value in row] for row in sheet.iter_rows())
        try:
            number, columns = _header(path, rows, needs, may)
        except Unreadable as error:
            missing = missing or error
            continue
        return Table(columns, _dicts(rows, number, columns), sheet.end[0] + 1 - number)
    raise missing or Unreadable(f"{path.name} has no sheet with rows.")


def _sheets(path):
    """The sheets that hold cells, each read whole when it is asked for."""
    try:
        _look_into(path)
        with CalamineWorkbook.from_path(path) as book:
            for about in book.sheets_metadata:
                if about.typ == SheetTypeEnum.WorkSheet:
                    sheet = book.get_sheet_by_name(about.name)
                    if sheet.end:
                        yield sheet
    except (CalamineError, zipfile.BadZipFile, zlib.error, ValueError, EOFError, OSError):
        raise Unreadable(f"{path.name} is a damaged workbook. Get it again.") from None


def _look_into(path):
    """A sheet is read into a field of all its cells, which one stray cell makes endless."""
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        if "xl/workbook.xml" not in names:
            held = ", ".join(sorted(names)[:3]) or "nothing"
            raise Unreadable(f"{path.name} is an archive that holds {held}. Unpack it first.")
        for name in names:
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                with archive.open(name) as sheet:
                    column, row = _last_cell(sheet)
                if column * row > MOST_CELLS:
                    raise Unreadable(
                        f"{path.name} has a sheet of {row:,} rows and {column:,} columns. That is "
                        "too much for a workbook: delete what stands far off, or save it as .csv."
                    )


_position = re.compile(rb"""\br=["']([A-Z]{1,3})(\d{1,7})["']""")


def _last_cell(sheet):
    """(the last column in use, the last row), counted from 1, of the XML of a sheet."""
    columns, rows, rest = {b""}, {0}, b""
    while chunk := sheet.read(1 << 20):
        found = _position.findall(rest + chunk)
        columns.update(letters for letters, _ in found)
        rows.update(int(number) for _, number in found[-1:])
        rest = chunk[-20:]  # a position may be cut in two
    return max(map(_column, columns)), max(rows)


def _column(letters):
    """
    >>> _column(b"A"), _column(b"Z"), _column(b"AA")
    (1, 26, 27)
    """
    return reduce(lambda number, letter: 26 * number + letter - 64, letters, 0)


def _cell(value):
    if isinstance(value, str):
        return "" if value.startswith("#") and value in ERRORS else value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return (value.date() if not value.time() else value).isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


ERRORS = {"#N/A", "#NAME?", "#REF!", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!"}


# --- both -------------------------------------------------------------------------------------


def _header(path, rows, needs, may):
    """(its number, the names of its columns), from the first row that has all columns needed."""
    known = {loosely(name): name for name in (*needs, *may)}
    best, found = [], ()
    for number, row in zip(range(1, HEADER_WITHIN + 1), rows, strict=False):
        if isinstance(row, Refused):
            continue
        columns = [known.get(loosely(cell), " ".join(cell.split())) for cell in row]
        while columns and not columns[-1]:
            columns.pop()
        named = [column for column in columns if column in needs]
        if len(set(named)) == len(needs):
            twice = next((name for name in columns if name and columns.count(name) > 1), None)
            if twice:
                raise Unreadable(f"{path.name} has two columns named “{twice}”.")
            return number, columns
        if len(named) > len(found) or not best:
            best, found = columns, named
    missing = [name for name in needs if name not in found]
    has = ", ".join(filter(None, best[:20]))
    raise Unreadable(
        f"{path.name} has no column{'s' if len(missing) > 1 else ''} {', '.join(missing)}. "
        + (f"Its first row has {has}." if has else "It has no rows.")
    )


def _dicts(rows, header, columns):
    """(number, {column: text}) of each row that is not blank; what lacks at its end is blank."""
    width = len(columns)
    for number, row in enumerate(rows, start=header + 1):
        if isinstance(row, Refused):
            yield number, row
            continue
        row = [cell.replace("\0", "") if "\0" in cell else cell for cell in row]
        if not any(cell and not cell.isspace() for cell in row):
            continue
        raw = dict(zip(columns, row, strict=False)) | dict.fromkeys(columns[len(row) :], "")
        if any(cell and not cell.isspace() for cell in row[width:]):
            raw[EXTRA] = " | ".join(row[width:])
        raw.pop("", None)
        yield number, raw


def json_of(path):
    """What a .json file holds, in any of the encodings of text."""
    path = Path(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Unreadable(f"{path.name} cannot be opened: {error.strerror}.") from None
    if data.startswith(b"\x1f\x8b"):
        try:
            data = gzip.decompress(data)
        except (EOFError, gzip.BadGzipFile, zlib.error):
            raise Unreadable(
                f"{path.name} is a damaged gzip archive; it may be cut short. Get it again."
            ) from None
    if not data.strip():
        raise Unreadable(f"{path.name} is empty.")
    encoding = _encoding(path, data[:8192])
    try:
        return json.loads(data.decode(encoding, errors=_errors(encoding)).lstrip("\ufeff"))
    except (json.JSONDecodeError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise Unreadable(
            f"{path.name} is no JSON from line {line} on; it may be cut short."
        ) from None
