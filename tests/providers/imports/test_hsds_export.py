"""The directory as Open Referral HSDS, for others."""

import json
import zipfile
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from providers.changes import listing_changes
from providers.imports import hsds
from providers.models import ListingSource, Organization, Provider, ProviderTerm, Source
from tests.factories import create_provider, create_service, create_term, create_therapy
from therapies import library

from .hsds_official import contents, export, faults, needs_official, table, table_faults

pytestmark = pytest.mark.django_db


def full_place(**fields):
    """A listing with something of everything."""
    cbt = create_therapy(short_name="CBT")
    above = Organization.objects.create(name="Quiet Health", slug="quiet-health")
    place = create_provider(
        **{
            "name": "Quiet Water, “north”",
            "organization": above,
            "summary": "Courses by daylight.",
            "description": "One line.\n\nAnother, with “quotes” and a comma.",
            "street": "40 Main Street",
            "precision": "street",
            "phone": "(503) 234-5678 x12",
            "intake_phone": "(503) 234-5679",
            "website": "https://quiet.example/",
            "email": "hello@quiet.example",
            "hours": "Mon to Thu, 8 am to 6 pm\nFri, 8 am to 1 pm",
            "yes": [create_term(), create_term(facet="language", slug="es", name="Spanish")],
            "no": [create_term(slug="medicare")],
        }
        | fields
    )
    facts = {"price_low": 60, "price_high": 120, "price_unit": "a session", "group": True}
    facts |= {"languages": "English, Spanish", "next_start": date(2027, 1, 12), "note": "Tuesdays."}
    create_service(provider=place, therapy=cbt, virtual=True, accepting_new="no", **facts)
    create_service(provider=place, therapy=cbt, in_person=True, sessions="8 weeks")
    with listing_changes() as changed:
        ProviderTerm.objects.filter(answer="yes", term__slug="medicaid").update(note="OHP")
        for aspect, day in (("contact", date(2026, 11, 3)), ("services", date(2026, 10, 1))):
            place.checks.create(aspect=aspect, checked_on=day, how="called", by="Robin Staff")
        changed.add(place.pk)
    return place


@needs_official
def test_the_json_passes_the_official_schemas(tmp_path):
    full_place()
    create_provider(name="Bare", at=None, zip="")
    found = contents(export(tmp_path, "out.json"))
    assert [len(each["services"]) for each in found] == [3, 1]
    for organization in found:
        assert faults("organization", organization) == []
        for service in organization["services"]:
            assert faults("service", service) == []


@needs_official
def test_the_tables_pass_the_official_package(tmp_path):
    full_place()
    create_provider(name="Bare", at=None, zip="")
    folder = export(tmp_path)
    assert len(table(folder, "services.csv")) == 4
    assert table_faults(folder) == []


def test_a_zip_holds_the_same_tables(tmp_path):
    full_place()
    folder, packed = export(tmp_path), export(tmp_path, "out.zip")
    with zipfile.ZipFile(packed) as archive:
        assert archive.namelist()[0] == "datapackage.json"
        for name in archive.namelist()[1:]:
            assert archive.read(name) == (folder / name).read_bytes()


def test_drafts_examples_and_withdrawn_places_stay(tmp_path):
    create_provider(status=Provider.Status.DRAFT)
    create_provider(status=Provider.Status.WITHDRAWN, demonstration=True)
    create_provider(name="Real")
    assert [each["name"] for each in contents(export(tmp_path, "out.json"))] == ["Real"]


@needs_official
def test_an_example_alone_leaves_an_empty_and_valid_package(tmp_path):
    create_provider(demonstration=True)
    folder = export(tmp_path)
    assert table(folder, "locations.csv") == []
    assert table_faults(folder) == []


def test_a_confidential_address_gives_neither_street_nor_point(tmp_path):
    create_provider(name="Shelter", at=None, precision="none", confidential_address=True)
    folder = export(tmp_path)
    (location,), (address,) = table(folder, "locations.csv"), table(folder, "addresses.csv")
    assert (location["latitude"], location["longitude"]) == ("", "")
    assert address["address_1"] == "Confidential address"
    assert address["city"] == "Portland"


def test_the_middle_of_a_zip_code_is_no_point_to_hand_on(tmp_path):
    create_provider(precision="zip")
    (location,) = table(export(tmp_path), "locations.csv")
    assert location["latitude"] == ""


def test_a_no_cannot_be_read_as_a_yes(tmp_path):
    """Whoever only asks which terms hang on a place finds other terms for yes and no."""
    term = create_term()
    create_provider(name="Takes it", yes=[term])
    create_provider(name="Does not", no=[term])
    folder = export(tmp_path)
    names = {row["id"]: row["name"] for row in table(folder, "services.csv")}
    words = {row["id"]: row for row in table(folder, "taxonomy_terms.csv")}
    said = {}
    for row in table(folder, "attributes.csv"):
        word = words[row["taxonomy_term_id"]]
        if "medicaid" in word["code"]:
            said[row["link_id"]] = (word["name"], word["taxonomy"], row["value"])
    yes, no = sorted(said.values())
    assert yes == ("Medicaid", "trupaths:pay", "yes")
    assert no == ("Says no: Medicaid", "trupaths:pay:no", "no")
    assert len(names) == 2


def test_who_checked_is_not_told_and_when_is(tmp_path):
    full_place()
    path = export(tmp_path, "out.json")
    assert "Robin" not in path.read_text()
    whole = contents(path)[0]["services"][0]
    assert whole["assured_date"] == "2026-10-01"
    values = {each["taxonomy_term"]["code"]: each.get("value") for each in whole["attributes"]}
    assert values["check:contact"] == "2026-11-03 called"


def test_sources_and_what_they_ask_to_be_said_go_along(tmp_path):
    notice = "ZIP code locations: GeoNames (CC BY 4.0)"
    source = Source.objects.create(slug="d", name="A directory", notice=notice)
    dates = dict.fromkeys(("as_of", "first_seen", "last_seen"), date(2024, 5, 1))
    ListingSource.objects.create(
        provider=create_provider(), source=source, identifier="1", edition="2024",
        content_hash="x", **dates,
    )  # fmt: skip
    folder = export(tmp_path)
    package = json.loads((folder / "datapackage.json").read_text())
    assert package["sources"] == [{"title": "A directory", "notice": notice}]
    (word,) = [row for row in table(folder, "taxonomy_terms.csv") if row["code"] == "source:d"]
    (row,) = [
        row for row in table(folder, "attributes.csv") if row["taxonomy_term_id"] == word["id"]
    ]
    assert row["value"] == "2024, as of 2024-05-01"
    assert notice in hsds.read(folder).source["notice"]


def test_ids_stay_from_one_export_to_the_next(tmp_path):
    full_place()
    assert contents(export(tmp_path, "a.json")) == contents(export(tmp_path, "b.json"))


def test_more_listings_take_no_more_queries(tmp_path, django_assert_max_num_queries):
    cbt, term = create_therapy(short_name="CBT"), create_term()
    for n in range(30):
        create_provider(name=f"Place {n}", therapies=[cbt], yes=[term])
    library.library()
    with django_assert_max_num_queries(9):
        export(tmp_path, "out.json")


def test_what_is_there_stays_until_the_new_one_is_whole(tmp_path, monkeypatch):
    (tmp_path / "there").mkdir()
    (tmp_path / "file").touch()
    for name in ("there", "file"):
        with pytest.raises(CommandError, match="is there already"):
            export(tmp_path, name)
    with pytest.raises(CommandError, match="no folder"):
        export(tmp_path, "nowhere/out")
    create_provider()
    older = {name: export(tmp_path, name).read_bytes() for name in ("a.json", "a.zip")}
    monkeypatch.setattr(
        "providers.exports.packages.listing_rows", lambda *args: [("location", {"x": 1})]
    )
    for name in ("new", "a.json", "a.zip"):
        with pytest.raises((ValueError, KeyError)):
            export(tmp_path, name)
    assert {path.name for path in tmp_path.iterdir()} == {"there", "file", "a.json", "a.zip"}
    assert {name: (tmp_path / name).read_bytes() for name in older} == older


def test_the_form_may_be_named(tmp_path):
    create_provider()
    assert contents(export(tmp_path, "page", json=True))
    assert (export(tmp_path, "a.json", tabular=True) / "locations.csv").exists()


@pytest.mark.parametrize("name", ["x", "x.json", "x.zip"])
def test_a_disk_that_takes_no_files_is_told_in_a_sentence(name):
    with pytest.raises(CommandError, match=rf"^/proc/{name} cannot be written here: "):
        call_command("export_hsds", f"/proc/{name}")
