"""What all import commands share: what they refuse before they begin."""

import csv

import pytest
from django.core.management import CommandError, call_command

from providers.models import ImportRun, Provider

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    """Files that nobody named are written to where the operator stands."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def sheet(here):
    path = here / "list.csv"
    path.write_text("id,name,city,state,zip\n1,Quiet Water,Portland,OR,\n2,=Herons,Salem,OR,9\n")
    return path


def refused(*files, **options):
    """The sentence with which the command stops."""
    with pytest.raises(CommandError) as error:
        call_command("import_listings", *map(str, files), **options)
    assert not ImportRun.objects.exists() and not Provider.objects.exists()
    return str(error.value)


@pytest.mark.parametrize("output", ["report", "rejected"])
def test_what_cannot_be_written_stops_the_import_before_it_begins(sheet, here, output):
    (here / "folder").mkdir()
    beside = here / "missing" / "out.csv"
    assert refused(sheet, **{output: beside}) == (
        f"There is no folder {here / 'missing'} for out.csv: make it first. Nothing was imported."
    )
    assert refused(sheet, **{output: sheet / "out.csv"}).startswith(f"There is no folder {sheet}")
    assert refused(sheet, **{output: here / "folder"}) == (
        f"{here / 'folder'} is a folder: name a file in it. Nothing was imported."
    )
    before = sheet.read_bytes()
    assert "is a file to be imported" in refused(sheet, **{output: here / "folder/../list.csv"})
    assert sheet.read_bytes() == before


def test_a_folder_that_may_not_be_written_stops_it_too(sheet, here, monkeypatch):
    monkeypatch.setattr("os.access", lambda path, mode: False)
    assert (
        refused(sheet)
        == "list.csv.rejected.csv may not be written by this user. Nothing was imported."
    )
    assert "list.csv.report.csv may not" in refused(sheet, dry_run=True)


def test_the_default_file_for_refused_rows_may_be_a_folder(sheet, here):
    (here / "list.csv.rejected.csv").mkdir()
    assert "list.csv.rejected.csv is a folder" in refused(sheet)


def test_a_file_that_is_not_there_is_named_before_any_is_imported(sheet, here):
    assert refused(sheet, here / "other.csv") == f"There is no file {here / 'other.csv'}."


def test_one_report_is_not_written_over_by_the_next_file(sheet, here):
    other = here / "other.csv"
    other.write_bytes(sheet.read_bytes())
    assert "import one file at a time" in refused(sheet, other, report=here / "report.csv")
    assert "import one file at a time" in refused(sheet, other, rejected=here / "out.csv")


@pytest.mark.parametrize("name", ["samhsa", "findtreatment", "hsds", "listings"])
def test_a_day_that_is_none_says_how_to_write_one(sheet, name):
    with pytest.raises(CommandError) as error:
        call_command(f"import_{name}", str(sheet), "--as-of=11/03/2026")
    assert "“11/03/2026” is no day; write it as 2026-11-03." in str(error.value)


def test_reports_hold_no_formula(sheet, here):
    call_command("import_listings", str(sheet), dry_run=True)
    with (here / "list.csv.report.csv").open(encoding="utf-8") as file:
        rows = {row["row"]: (row["name"], row["would be"]) for row in csv.DictReader(file)}
    assert rows["2"] == ("Quiet Water", "added")
    call_command("import_listings", str(sheet), report=here / "done.csv")
    with (here / "list.csv.rejected.csv").open(encoding="utf-8") as file:
        (row,) = csv.DictReader(file)
    assert row["name"] == "'=Herons" and row["id"] == "2"
    assert Provider.objects.get().name == "Quiet Water"
