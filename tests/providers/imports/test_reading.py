"""Tables and JSON from files. What is wrong with a file: `test_malformed.py`."""

import gzip

import pytest

from providers.imports.reading import as_rows, json_of, loosely, table
from providers.imports.records import Record, Refused, Unreadable


@pytest.fixture
def write(tmp_path):
    def write(name, data):
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write


def test_columns_keep_the_name_the_reader_asked_for_and_others_their_own(write):
    file = write("a.csv", b"ZIP Code, Extra one \n97214,x\n")
    found = table(file, needs=["zip_code"])
    assert found.columns == ["zip_code", "Extra one"]
    assert list(found.rows) == [(2, {"zip_code": "97214", "Extra one": "x"})]


@pytest.mark.parametrize("written", ["Street 1", "STREET_1", " street1 ", "street-1"])
def test_columns_are_matched_loosely(written):
    assert loosely(written) == "street1"


def test_cells_that_lack_at_the_end_of_a_row_are_blank(write):
    found = table(write("a.csv", b"name,city,zip\nCedar\n"), needs=["name", "zip"])
    assert list(found.rows) == [(2, {"name": "Cedar", "city": "", "zip": ""})]


def test_a_delimiter_in_a_title_is_not_taken_for_that_of_the_table(write):
    data = b"Places, clinics, others, and more\nname;city;zip\nCedar;Bend, OR;97701\n"
    found = table(write("a.csv", data), needs=["name", "city", "zip"])
    assert list(found.rows) == [(3, {"name": "Cedar", "city": "Bend, OR", "zip": "97701"})]


def test_a_line_break_inside_quotes_belongs_to_its_cell(write):
    found = table(write("a.csv", b'name,zip\n"Cedar\nClinic",97701\nFir,97702\n'), needs=["name"])
    assert [raw["name"] for _, raw in found.rows] == ["Cedar\nClinic", "Fir"]


def test_rows_are_read_one_by_one(write):
    """A file far larger than what is asked of it costs what is asked."""
    file = write("a.csv", b"name,zip\n" + b"Cedar,97701\n" * 200_000)
    rows = table(file, needs=["name"]).rows
    assert next(rows) == (2, {"name": "Cedar", "zip": "97701"})
    rows.close()


def test_a_row_becomes_a_record_a_refusal_or_nothing(write):
    def record(raw):
        if raw["name"] == "bad":
            raise Refused("It is bad.")
        if raw["name"] == "legend":
            return None
        return Record(identifier="1", name=raw["name"], city="Bend", state="OR")

    file = write("a.csv", b"name\ngood\nbad\nlegend\nlast\n")
    rows = list(as_rows(table(file, needs=["name"]), record))
    assert [(r.number, r.record and r.record.name, r.refused and str(r.refused)) for r in rows] == [
        (2, "good", None),
        (3, None, "It is bad."),
        (4, None, None),
        (5, "last", None),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_json_is_read_in_any_encoding(write, encoding):
    text = '{"rows": ["Cañon"]}'
    assert json_of(write("a.json", text.encode(encoding))) == {"rows": ["Cañon"]}
    assert json_of(write("a.json.gz", gzip.compress(text.encode(encoding)))) == {"rows": ["Cañon"]}


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "a.json is empty."),
        (b'{"rows": [\n{"a": 1},', "a.json is no JSON from line 2 on; it may be cut short."),
        (b"[" * 100_000, "a.json is no JSON from line 1 on; it may be cut short."),
        (b"\x89PNG" + b"\0" * 400 + b"\xff" * 4000, "a.json is neither text nor a workbook."),
        (
            gzip.compress(b'{"rows": []}')[:-9],
            "a.json is a damaged gzip archive; it may be cut short. Get it again.",
        ),
    ],
    ids=["empty", "cut short", "too deep", "picture", "gzip cut short"],
)
def test_what_is_no_json_says_so(write, data, sentence):
    with pytest.raises(Unreadable) as error:
        json_of(write("a.json", data))
    assert str(error.value) == sentence
