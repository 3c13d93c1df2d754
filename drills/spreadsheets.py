"""Files that staff might upload as a spreadsheet to break the site, each in a process of its own.

Each goes through the page that takes them. Pass: each is refused with a sentence or previewed,
nothing is written, none takes more than 2 s of work (CPU time, so that other work on the machine
plays no part) or makes the process larger than 200 MB, and no answer holds what only the machine
has.
"""

import io
import re
import resource
import struct
import tempfile
import time
import zipfile
import zlib
from html import unescape
from pathlib import Path

import openpyxl
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client, override_settings

from providers.models import Provider

from .image_bombs import MEGABYTES, SECONDS
from .processes import alone, make_files

PAGE = "/admin/providers/provider/import/"
HERE = {"host": "127.0.0.1", "sec-fetch-site": "same-origin"}
ERRORS = re.compile(r'<ul class="errorlist"[^>]*>\s*<li>(.*?)</li>', re.S)
SECRET = "root:x:0:0"  # /etc/passwd
MOST = 5_000_000  # bytes of a file


def run(*, seed):
    with tempfile.TemporaryDirectory() as folder:
        make_files(_prepare, Path(folder))
        found = [_shown(name, *alone(_ask, Path(folder, name))) for name in CORPUS]
    held, works, sizes = zip(*found, strict=True)
    print(f"  {len(held)} files, {sum(held)} as they should; most work {max(works):.2f} s, "
          f"largest process {max(sizes):.0f} MB")  # fmt: skip
    return all(held)


def _shown(name, said, seconds, megabytes, fine):
    held = fine and seconds < SECONDS and megabytes < MEGABYTES
    fault = "" if held else "FAULT "
    print(f"  {fault}{name}: {said[:100]}; {seconds:.2f} s, {megabytes:.0f} MB", flush=True)
    return held, seconds, megabytes


def _prepare(folder):
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    get_user_model().objects.create_superuser("drill")
    for name, make in CORPUS.items():
        (folder / name).write_bytes(make())
        if (folder / name).stat().st_size > MOST:
            raise SystemExit(f"{name} is refused by its size alone.")


def _ask(path, pipe):
    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))  # it, and not the machine
    resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
    visitor = Client(raise_request_exception=False)
    kind = "1" if path.suffix == ".xlsx" else "0"
    form = {"import_file": SimpleUploadedFile(path.name, path.read_bytes()), "format": kind,
            "resource": "0"}  # fmt: skip
    with override_settings(STAFF_SECOND_FACTOR=False):
        visitor.force_login(get_user_model().objects.get())
        visitor.get(PAGE, headers=HERE)  # a process starts but once
        began = time.process_time()
        answer = visitor.post(PAGE, form, headers=HERE)
        seconds = time.process_time() - began
    page = answer.content.decode()
    told = [unescape(re.sub(r"<[^>]+>", " ", one)) for one in ERRORS.findall(page)]
    said = " ".join(told[0].split()) if told else f"previewed ({answer.status_code})"
    previewed = 'name="import_file_name"' in page
    fine = answer.status_code in (200, 400) and bool(told or previewed) and SECRET not in page
    fine = fine and not Provider.objects.exists()
    largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    pipe.send((said, seconds, largest, bool(fine)))


HEAD = "slug,name,kind,city,state,zip,status\n"
ROW = "quiet-water,Quiet Water,Clinic,Portland,OR,97214,published\n"


def text(words, encoding="utf-8"):
    return lambda: words.encode(encoding)


def book(sheet=b"", *, strings=b"", sheets=1, lie=False):
    """A workbook of one part as XML; `sheets` name it, `lie` hides what it unpacks to."""
    held = io.BytesIO()
    openpyxl.Workbook().save(held)
    parts = {name: zipfile.ZipFile(held).read(name) for name in zipfile.ZipFile(held).namelist()}
    if sheet:
        parts["xl/worksheets/sheet1.xml"] = sheet
    if strings:
        parts["xl/sharedStrings.xml"] = strings
    if sheets > 1:
        one = re.search(rb"<sheet [^>]*/>", parts["xl/workbook.xml"])[0]
        more = b"".join(one.replace(b'"Sheet"', b'"S%d"' % n) for n in range(sheets))
        parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(one, more)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    data = held.getvalue()
    if lie:  # the directory at the end says 100 bytes, and their sum
        at = data.rindex(b"PK\x01\x02", 0, data.rindex(b"xl/worksheets/sheet1.xml"))
        says = zlib.crc32(sheet[:100]), int.from_bytes(data[at + 20 : at + 24], "little"), 100
        data = data[: at + 16] + struct.pack("<III", *says) + data[at + 28 :]
    return data


MAIN = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
TABLE = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'


def rows(data, before=b""):
    return before + MAIN + b"<sheetData>" + data + b"</sheetData></worksheet>"


def cell(at, words):
    return b'<c r="%s" t="inlineStr"><is><t>%s</t></is></c>' % (at, words)


def cell_row(words):
    return b'<row r="1">' + cell(b"A1", b"slug") + cell(b"B1", words) + b"</row>"


def unfolding():
    """Ten entities of ten entities, nine times."""
    names = [b'<!ENTITY a0 "ha">']
    for n in range(1, 10):
        names.append(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10))
    head = b"<!DOCTYPE w [" + b"".join(names) + b"]>"
    return book(rows(b'<row r="1">' + cell(b"A1", b"&a9;") + b"</row>", head))


def outside():
    head = b'<!DOCTYPE w [<!ENTITY out SYSTEM "file:///etc/passwd">]>'
    body = b'<row r="1">' + cell(b"A1", b"slug") + b'</row><row r="2">' + cell(b"A2", b"&out;")
    return book(rows(body + b"</row>", head))


def formulas():
    made, held = openpyxl.Workbook(), io.BytesIO()
    made.active.append(HEAD.strip().split(","))
    made.active.append(['=HYPERLINK("https://x.example")', "=1+1", "=cmd|' /C calc'!A0"])
    made.save(held)
    return held.getvalue()


CORPUS = {
    "zip-bomb.xlsx": lambda: book(bytes(500 << 20)),
    "lying-zip.xlsx": lambda: book(bytes(100 << 20), lie=True),
    "unfolding.xlsx": unfolding,
    "outside.xlsx": outside,
    "10-million-cells.xlsx": lambda: book(rows(b"<row>" + b"<c/>" * 10_000_000)),
    "3-million-cells.xlsx": lambda: book(
        rows((b"<row>" + b"<c><v>1</v></c>" * 100 + b"</row>") * 30_000)
    ),
    "as-many-cells-as-may.xlsx": lambda: book(
        rows((b"<row>" + b"<c><v>1</v></c>" * 100 + b"</row>") * 1_480)
    ),
    "19-million-signs.xlsx": lambda: book(rows(cell_row(b"x" * 19_000_000))),
    "one-row.xlsx": lambda: book(rows(b"<row>" + b"<c/>" * 4_000_000 + b"</row>")),
    "far-cell.xlsx": lambda: book(
        rows(b'<row r="1">' + cell(b"A1", b"slug") + b'</row><row r="1048576">'
             + cell(b"XFD1048576", b"far") + b"</row>")
    ),
    "far-promised.xlsx": lambda: book(
        rows(b'<row r="1">' + cell(b"A1", b"slug") + b'</row><row r="1048576">'
             + cell(b"A1048576", b"far") + b"</row>").replace(
            b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>')
    ),
    "many-words.xlsx": lambda: book(strings=TABLE + b"<si><t/></si>" * 3_000_000 + b"</sst>"),
    "many-sheets.xlsx": lambda: book(rows(b"<row><c/></row>" * 50_000), sheets=1000),
    "formulas.xlsx": formulas,
    "no-book.xlsx": text("PK\x03\x04 this is none"),
    "table.xlsx": text(HEAD + ROW),
    "book.csv": lambda: book(),
    "formulas.csv": text(HEAD + "=1+1,@SUM(A1),+1,-1,\t=1,\r=1,published\n"),
    "2-million-rows.csv": text("slug\n" + "a\n" * 2_400_000),
    "2-million-columns.csv": text("slug" + ",a" * 2_400_000 + "\n" + ROW),
    "100-thousand-rows.csv": text("slug,name\n" + "".join(f"p{n},P\n" for n in range(100_000))),
    "4-thousand-wrong.csv": text("slug,name\n" + "".join(f"p{n},\n" for n in range(4_000))),
    "huge-cell.csv": text(HEAD + "a," + "x" * 4_900_000 + "\n"),
    "open-quote.csv": text(HEAD + '"' + ROW * 80_000),
    "nul.csv": text(HEAD + ROW.replace("Quiet", "Qui\0et")),
    "bytes.csv": lambda: bytes(range(256)) * 10_000,
    "utf-16.csv": text(HEAD + ROW, "utf-16"),
    "other-columns.csv": text("first,second\n1,2\n"),
    "same-columns.csv": text("slug,slug,name\na,b,c\n"),
    "head-alone.csv": text(HEAD),
    "one-byte.csv": text("\n"),
    "good.csv": text(HEAD + ROW),
}  # fmt: skip
