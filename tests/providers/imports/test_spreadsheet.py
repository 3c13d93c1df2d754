"""Spreadsheets of operators: our own columns."""

import csv
import os
from datetime import date

import openpyxl
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from providers.imports import spreadsheet
from providers.imports.records import Unreadable
from providers.models import ImportRow, Provider
from tests.factories import create_term, create_therapy

pytestmark = pytest.mark.django_db

TEMPLATE = settings.BASE_DIR / "docs" / "listings-template.csv"
PLACE = {"name": "Quiet Water", "city": "Portland", "state": "OR"}


@pytest.fixture
def sheet(tmp_path):
    """`sheet(row, row)` -> the path of a file with these rows."""

    def write(*rows, name="list.csv"):
        rows = [PLACE | row for row in rows]
        columns = list(dict.fromkeys(column for row in rows for column in row))
        path = tmp_path / name
        if name.endswith(".xlsx"):
            book = openpyxl.Workbook()
            book.active.append(columns)
            for row in rows:
                book.active.append([row.get(column) for column in columns])
            book.save(path)
        else:
            with path.open("w", newline="", encoding="utf-8") as file:
                writer = csv.DictWriter(file, columns)
                writer.writeheader()
                writer.writerows(rows)
        return path

    return write


@pytest.fixture
def words():
    create_term(slug="medicaid", name="Medicaid")
    create_term(slug="medicare", name="Medicare")
    create_term(facet="focus", slug="alcohol", name="Alcohol use (care)")
    create_therapy(short_name="DBT", name="Dialectical Behavior Therapy (DBT)")
    return create_therapy(short_name="CBT", name="Cognitive Behavioral Therapy (CBT)")


def read(path, **options):
    """[the record, or the sentence of its refusal]"""
    return [row.record or str(row.refused) for row in spreadsheet.read(path, **options).rows]


def test_a_row_says_what_its_cells_say(sheet, words):
    row = {
        "name": " QUIET WATER  COUNSELING ",
        "state": "oregon",
        "id": "7",
        "Kind": "Outpatient clinic",
        "organization": "Quiet Health",
        "summary": "A clinic.",
        "description": "One.\n\nTwo.",
        "street": "1 Main Street",
        "ZIP": "97214-1234",
        "latitude": "45.5",
        "longitude": "-122.6",
        "phone": "503.234.5678 ext 12",
        "Intake_Phone": "5032345679",
        "website": "quiet.test/a",
        "email": "hello@quiet.test",
        "hours": "Mon, 8 to 5; Fri, 8 to 1",
        "therapies": "CBT (in person, group, $60-120 a session, taking new people); cbt"
        "\nDBT (video)",
        "payment": "medicaid (Oregon Health Plan)",
        "Payment no": "Medicare",
        "focus": "Alcohol use (care)",
        "x remarks": "ours",
    }
    path = sheet(
        {name: value for name, value in row.items() if name != "State"} | {"state": "oregon"}
    )
    (record,) = read(path)
    assert record.identifier == "7"
    assert record.said() == {
        "name": "Quiet Water Counseling",
        "kind": "Outpatient clinic",
        "organization": "Quiet Health",
        "summary": "A clinic.",
        "description": "One.\nTwo.",
        "street": "1 Main Street",
        "city": "Portland",
        "state": "OR",
        "zip": "97214",
        "point": [45.5, -122.6],
        "phone": "(503) 234-5678 x12",
        "intake_phone": "(503) 234-5679",
        "website": "http://quiet.test/a",
        "email": "hello@quiet.test",
        "hours": "Mon, 8 to 5\nFri, 8 to 1",
        "pay:medicaid": "yes: Oregon Health Plan",
        "pay:medicare": "no",
        "focus:alcohol": "yes",
        "service:cbt": {
            "in_person": True,
            "group": True,
            "price_low": 60,
            "price_high": 120,
            "price_unit": "a session",
            "accepting_new": "yes",
        },
        "service:cbt#1": {},
        "service:dbt": {"virtual": True},
    }


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"payment": "Medicade"}, "“Medicade” is not in our list for “payment”. Did you mean "
         "“Medicare” or “Medicaid”?"),
        ({"age": "Zebras"}, "“Zebras” is not in our list for “age”."),
        ({"payment": "Medicaid", "payment no": "Medicaid"}, "It says yes and no to “Medicaid”."),
        ({"therapies": "CTB"}, "The therapy “CTB” has no page here. Did you mean “CBT”?"),
        ({"therapies": "CBT (by vidio)"}, "“by vidio” behind a therapy is not understood. Did you "
         "mean “by video”?"),
        ({"therapies": "CBT ($120 to $60)"}, "“$120 to $60” is no price; write $60 to $120."),
        ({"confidential": "perhaps"}, "“perhaps” under “confidential” is neither yes nor no."),
        ({"zip": "9721"}, "The ZIP code “9721” has not five digits."),
        ({"phone": "12"}, "The phone “12” is no number of ten digits."),
        ({"website": "not an address"}, "“not an address” is no address of a website."),
        ({"state": "Ore-gone"}, "“Ore-gone” is no state; write its two letters, such as OR."),
        ({"payment": f"Medicaid ({'x' * 121})"}, f"“{'x' * 40}…” is longer than 120 characters."),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_refused_and_the_nearest_offered(sheet, words, cells, sentence):
    assert read(sheet(cells)) == [sentence]


def test_a_confidential_address_is_kept_nowhere_not_even_when_refused(sheet, words, tmp_path):
    hidden = {"street": "1 Secret Street", "latitude": "45.5", "longitude": "-122.6", "id": "1"}
    rows = [
        hidden | {"confidential": "yes"},
        hidden | {"confidential": "yes", "phone": "12", "id": "2"},
        hidden | {"confidential": "maybe", "id": "3"},
        hidden | {"confidential": "yes"},  # the id of the first
    ]
    call_command("import_listings", str(sheet(*rows)), rejected=tmp_path / "refused.csv")
    place = Provider.objects.get()
    assert (place.confidential_address, place.street, place.lat) == (True, "", None)
    assert "Secret" not in str(list(ImportRow.objects.values_list("raw", "reason")))
    assert "Secret" not in (tmp_path / "refused.csv").read_text()


def test_a_later_row_with_the_id_of_another_is_refused_by_name(sheet, words, tmp_path, capsys):
    first, other = {"id": "7", "phone": "5032345678"}, {"id": "8", "name": "Other Place"}
    again = {"id": " 7 ", "name": "Third Place", "phone": "5032345679"}
    path, refused = (
        sheet(first, other, again, {"name": "A"}, {"name": "B", "id": "n/a"}),
        tmp_path / "refused.csv",
    )
    sentence = "Row 4 has the same id as row 2; give each place one of its own."
    assert read(path)[2] == sentence
    for told in ("4 added", "4 left"):  # also the second time, when nothing else is read
        call_command("import_listings", str(path), rejected=refused)
        out = capsys.readouterr().out
        assert told in out and "Refused: The same id twice 1 rows" in out
        with refused.open(encoding="utf-8") as file:
            (row,) = csv.DictReader(file)
        assert (row["row"], row["reason"], row["name"]) == ("4", sentence, "Third Place")
    names = sorted(Provider.objects.values_list("name", flat=True))
    assert names == ["A", "B", "Other Place", "Quiet Water"]


def test_a_mistyped_column_stops_the_import_and_one_of_their_own_does_not(sheet):
    with pytest.raises(Unreadable) as error:
        read(sheet({"confidental": "yes"}))
    assert str(error.value) == (
        "list.csv has a column “confidental” that we do not know. Did you mean “confidential”? "
        "Begin the name of a column of your own with “x ”, and it is passed over."
    )
    assert len(read(sheet({"X Remarks": "call them"}))) == 1


def test_a_workbook_says_the_same_as_text(sheet, words):
    row = {"zip": "97214", "therapies": "CBT (group)", "payment": "Medicaid"}
    assert read(sheet(row, name="list.xlsx")) == read(sheet(row))


def test_rows_of_the_template_are_right_but_for_being_examples(monkeypatch):
    call_command("loaddata", "conditions", "terms", "therapies", verbosity=0)
    assert set(read(TEMPLATE)) == {"This is an example, not a place: delete the row."}
    monkeypatch.setattr(spreadsheet, "_no_example", lambda cell: None)
    first, second = read(TEMPLATE)
    assert first.services["cbt"]["price_high"] == 120
    assert first.terms["pay", "medicaid"] == "yes: Oregon Health Plan"
    assert second.confidential
    with TEMPLATE.open(newline="") as file:
        assert next(csv.reader(file)) == spreadsheet.COLUMNS


def test_the_day_it_was_saved_is_the_day_it_speaks_of(sheet):
    path = sheet({})
    os.utime(path, (1762171200, 1762171200))  # 2025-11-03, noon
    assert spreadsheet.read(path).as_of == date(2025, 11, 3)
    assert spreadsheet.read(path, as_of=date(2024, 1, 1)).as_of == date(2024, 1, 1)


def test_the_command_makes_listings_once_and_says_whose_list_it_is(sheet, words, capsys):
    path = sheet({"id": "1", "therapies": "CBT"}, {"id": "2", "name": "Other Place"})
    call_command("import_listings", str(path), source="Cedar County list")
    assert Provider.objects.count() == 2
    place = Provider.objects.get(slug="quiet-water-portland-or")
    assert str(place.sources.get().source) == "Cedar County list"
    capsys.readouterr()
    call_command("import_listings", str(path), source="Cedar County list")
    assert "2 left" in capsys.readouterr().out


def test_a_text_of_a_hidden_place_tells_no_street(sheet):
    hidden = {"confidential": "yes", "street": "14 Secret St"}
    (told,) = read(sheet({**hidden, "summary": "Come to 14 Secret St."}))
    assert told == (
        "Its address is confidential, but its summary tells a street. Take the street out of it."
    )
    (kept,) = read(sheet({**hidden, "summary": "A house with 14 rooms."}))
    assert kept.said().get("street") is None


def test_no_file_speaks_of_a_day_to_come(sheet, capsys):
    with pytest.raises(CommandError, match="2099-01-01 is yet to come"):
        call_command("import_listings", str(sheet({})), "--as-of", "2099-01-01")
