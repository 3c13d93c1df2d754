"""Files of Open Referral HSDS from other directories."""

import csv
import json
import zipfile
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from providers.imports import hsds, hsds_theirs
from providers.imports.records import Unreadable
from providers.models import ImportRow, Provider, Source, Term
from tests.factories import PORTLAND, create_term, create_therapy

pytestmark = pytest.mark.django_db


def records(path, **options):
    """[(record or the sentence of a refusal)]"""
    rows = hsds.read(path, **{"as_of": date(2026, 1, 1)} | options).rows
    return [row.record or str(row.refused) for row in rows]


def written(folder, value, name="theirs.json"):
    path = folder / name
    path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    return path


def theirs(**service):
    """A page of an API with one organization, full, as the standard shows it."""
    location = {
        "id": "l1",
        "location_type": "physical",
        "name": "OAK STREET CENTER",
        "latitude": 45.514,
        "longitude": -122.637,
        "addresses": [
            {
                "id": "a1",
                "address_1": "12 Oak Street",
                "address_2": "Suite 4",
                "city": "Portland",
                "state_province": "Oregon",
                "postal_code": "97214-1234",
                "country": "US",
                "address_type": "physical",
            }
        ],
        "phones": [
            {"id": "p0", "number": "503 555 0199", "type": "fax"},
            {"id": "p1", "number": "+1 503-234-5678", "extension": 12, "type": "voice"},
        ],
        "schedules": [
            {"id": "h1", "byday": "MO,TU", "opens_at": "09:00:00", "closes_at": "17:30:00"}
        ],
        "languages": [{"id": "g1", "name": "spanish", "code": "es"}],
        "accessibility": [{"id": "y1", "description": "Parking"}],
    }
    service = {
        "id": "s1",
        "name": "Cognitive behavioral therapy",
        "description": "<p>Weekly &amp; free of charge.</p>",
        "status": "active",
        "email": "hello@oak.example",
        "service_at_locations": [{"id": "sl1", "location": location}],
        "cost_options": [
            {"id": "c1", "amount": 40, "currency": "usd", "amount_description": "a session"}
        ],
    } | service
    organization = {"id": "o1", "name": "Oak Health", "description": "A charity."}
    return [organization | {"website": "oak.example", "services": [service]}]


@pytest.fixture
def words():
    create_term(facet="language", slug="es", name="Spanish")
    create_term(facet="access", slug="parking", name="Parking")
    create_term(slug="medicaid", name="Medicaid")
    return create_therapy(short_name="CBT", name="Cognitive Behavioral Therapy (CBT)")


def as_tables(organization):
    """The tables that say what this organization says."""
    organization = dict(organization)
    (service,) = organization.pop("services")
    service = dict(service)
    (link,) = service.pop("service_at_locations")
    location = dict(link["location"])
    named = {"service_id": service["id"], "location_id": location["id"]}
    tables = {
        "organizations.csv": [organization],
        "cost_options.csv": [
            row | {"service_id": service["id"]} for row in service.pop("cost_options")
        ],
        "services.csv": [service | {"organization_id": organization["id"]}],
        "service_at_location.csv": [{"id": link["id"]} | named],
    }
    for name in ("addresses", "phones", "schedules", "languages", "accessibility"):
        rows = location.pop(name)
        tables[f"{name}.csv"] = [row | {"location_id": location["id"]} for row in rows]
    return tables | {"locations.csv": [location]}


def test_a_location_with_its_services_is_a_record(tmp_path, words):
    (record,) = records(written(tmp_path, theirs()))
    assert record.said() == {
        "name": "Oak Street Center",
        "organization": "Oak Health",
        "description": "Cognitive behavioral therapy: Weekly & free of charge.",
        "street": "12 Oak Street, Suite 4",
        "city": "Portland",
        "state": "OR",
        "zip": "97214",
        "point": [45.514, -122.637],
        "phone": "(503) 234-5678 x12",
        "website": "http://oak.example",
        "email": "hello@oak.example",
        "hours": "Mon, Tue: 9 am to 5:30 pm",
        "language:es": "yes",
        "access:parking": "yes",
        "service:cbt": {"price_low": 40, "price_high": 40, "price_unit": "a session"},
    }
    assert record.identifier == "l1"
    assert record.checks == {}


def test_one_way_of_nesting_is_as_good_as_another(tmp_path, words):
    """A list of organizations, a page of services, a single record, tables, a zip of them."""
    (organization,) = theirs()
    service = organization["services"][0]
    upside_down = service | {
        "organization": {k: v for k, v in organization.items() if k != "services"}
    }
    (link,) = service["service_at_locations"]
    bare = {k: v for k, v in upside_down.items() if k != "service_at_locations"}
    ways = [
        [organization],
        {"total_items": 1, "contents": [organization]},
        {"contents": [upside_down], "total_pages": 1},
        organization,
        upside_down,
        {"contents": [link | {"service": bare}]},
        as_tables(organization),
    ]
    found = [records(written(tmp_path, way, f"{n}.json")) for n, way in enumerate(ways)]
    folder = tmp_path / "tables"
    folder.mkdir()
    for name, rows in as_tables(organization).items():
        with (folder / name).open("w", newline="", encoding="utf-16") as file:
            writer = csv.DictWriter(file, list(dict.fromkeys(k for row in rows for k in row)))
            writer.writeheader()
            writer.writerows(rows)
    packed = tmp_path / "tables.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for file in folder.iterdir():
            archive.write(file, f"export/{file.name}")
    found += [records(folder), records(packed)]
    assert all(each == found[0] for each in found)
    assert len(found[0]) == 1


def test_a_term_of_theirs_counts_when_its_name_is_ours(tmp_path, words):
    def attribute(name, **fields):
        return {"id": name, "taxonomy_term": {"id": f"t{name}", "name": name}} | fields

    said = [
        attribute("MEDICAID"),
        attribute("Parking", value="No"),
        attribute("Spanish", value="on request"),
        attribute("Chess"),
    ]
    (organization,) = theirs(attributes=said)
    location = organization["services"][0]["service_at_locations"][0]["location"]
    location |= {"accessibility": [], "languages": []}
    (record,) = records(written(tmp_path, [organization]))
    assert record.terms == {("pay", "medicaid"): "yes", ("access", "parking"): "no"}


def test_our_taxonomies_count_whoever_uses_them(tmp_path, words):
    def attribute(code, taxonomy):
        return {"id": code, "taxonomy_term": {"id": code, "name": "x", "description": "x",
                "code": code, "taxonomy": taxonomy}}  # fmt: skip

    said = [attribute("medicaid", "trupaths:pay"), attribute("parking", "trupaths:access:no")]
    said += [attribute("cbt", "trupaths:therapy")]
    (record,) = records(written(tmp_path, theirs(name="Counseling", attributes=said)))
    assert record.terms["pay", "medicaid"] == "yes"
    assert set(record.services) == {"cbt"}


@pytest.mark.parametrize(
    "change",
    [
        {"address_1": "Confidential"},
        {"address_2": "Address not disclosed"},
    ],
)
def test_a_confidential_location_gives_no_street_and_no_point(tmp_path, words, change):
    page = theirs()
    location = page[0]["services"][0]["service_at_locations"][0]["location"]
    location["addresses"][0] |= change
    (record,) = records(written(tmp_path, page))
    assert record.confidential
    assert (record.street, record.point) == ("", None)
    assert "street" not in record.said()


@pytest.mark.parametrize("kind", ["postal", "virtual"])
def test_a_post_box_is_nowhere_to_go_to(tmp_path, words, kind):
    page = theirs()
    location = page[0]["services"][0]["service_at_locations"][0]["location"]
    location["location_type"] = kind
    (record,) = records(written(tmp_path, page))
    assert (record.street, record.point, record.city) == ("", None, "Portland")
    assert record.services["cbt"].get("virtual", False) is (kind == "virtual")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"status": "defunct"}, "No service here is active; a listing needs one."),
        ({"service_at_locations": []}, "The service “Cognitive behavioral therapy” is given "
         "at no location."),
    ],
)  # fmt: skip
def test_what_cannot_be_a_listing_is_refused_by_name(tmp_path, words, change, sentence):
    page = theirs(**change)
    page[0]["locations"] = [{"id": "l2", "location_type": "physical"}]
    found = records(written(tmp_path, page))
    assert sentence in found
    assert "No service is given here; a listing needs one." in found


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        (None, "The location has no address; a listing needs a town and a state."),
        ({"state_province": "MyState"}, "“MyState” is no state; write its two letters, such as "
         "OR."),
        ({"postal_code": "ABC 1234"}, "The ZIP code “ABC 1234” has not five digits."),
    ],
)  # fmt: skip
def test_an_address_that_is_none_is_refused(tmp_path, words, address, sentence):
    page = theirs()
    location = page[0]["services"][0]["service_at_locations"][0]["location"]
    location["addresses"] = [location["addresses"][0] | address] if address else []
    assert records(written(tmp_path, page)) == [sentence]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "theirs.json is no JSON at its end; it may be cut short. Get it again."),
        ('[{"id": "o1", "na', "theirs.json is no JSON near “{\"id\": \"o1\", \"na”; it may be "
         "cut short. Get it again."),
        ("<html>", "theirs.json is no JSON near “<html>”; it may be cut short. Get it again."),
        ('{"contents": [1, [2], null, "x", {}]}', "theirs.json holds no location. This import "
         "reads HSDS 3: CSV tables in a folder or a zip (organizations.csv, services.csv, "
         "locations.csv, …), or JSON."),
        ("PK\x03\x04 not a zip", "theirs.json cannot be unpacked: it is damaged or has a "
         "password."),
        ("[" * 5000, f"theirs.json is no JSON near “{'[' * 40}”; it may be cut short. Get it "
         "again."),
    ],
)  # fmt: skip
def test_a_file_that_is_none_is_named_in_a_sentence(tmp_path, text, sentence):
    with pytest.raises(Unreadable) as error:
        records(written(tmp_path, text))
    assert str(error.value) == sentence


def test_hostile_shapes_are_rows_refused_and_no_fault(tmp_path, words):
    odd = [
        {"id": 5, "location_type": ["x"], "addresses": {"city": 1}, "phones": [[], 3, None]},
        {"id": "l2", "location_type": "physical", "addresses": [{"city": 0}], "name": "\0 \ud800"},
        {"name": "no id", "location_type": "physical"},
        {"id": "s", "name": "s", "status": "active", "last_modified": "zzz",
         "service_at_locations": [{"location": {"id": "l2"}}, {"location": 7}]},
        {"id": "s2", "name": "s", "status": "active", "service_at_locations": [{"id": "l9"}]},
        [], 7, None,
    ]  # fmt: skip
    options = {"as_of": date(2026, 1, 1), "rejected": tmp_path / "refused.csv"}
    call_command("import_hsds", str(written(tmp_path, odd)), **options)
    assert [row.reason for row in ImportRow.objects.all()] == [
        "No service is given here; a listing needs one.",
        "It has no state.",
        "A location without an id.",
    ]


def test_pages_of_one_name_in_two_folders_of_a_zip_are_both_read(tmp_path, words):
    first, second = theirs(), theirs(id="s2")
    second[0]["services"][0]["service_at_locations"][0]["location"]["id"] = "l2"
    packed = tmp_path / "pages.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for name, page in (("a/page.json", first), ("../b/page.json", second)):
            archive.writestr(name, json.dumps(page))
        archive.writestr("b/funding.csv", "")
        archive.writestr("b/phones.csv", "")
    assert [record.identifier for record in records(packed)] == ["l1", "l2"]
    assert [path.name for path in tmp_path.iterdir()] == ["pages.zip"]


def test_an_archive_that_is_damaged_inside_is_named(tmp_path):
    packed = tmp_path / "tables.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("locations.csv", "id,location_type\n" + "l1,physical\n" * 500)
    data = bytearray(packed.read_bytes())
    data[60:70] = b"0123456789"
    packed.write_bytes(data)
    with pytest.raises(Unreadable, match="cannot be unpacked: it is damaged or has a password"):
        records(packed)


def test_a_damaged_row_of_a_table_is_refused_and_the_rest_is_read(tmp_path, words):
    folder = tmp_path / "tables"
    folder.mkdir()
    for name, rows in as_tables(theirs()[0]).items():
        with (folder / name).open("w", newline="") as file:
            writer = csv.DictWriter(file, list(dict.fromkeys(k for row in rows for k in row)))
            writer.writeheader()
            writer.writerows(rows)
    with (folder / "phones.csv").open("a") as file:
        file.write('p9,"never closed')
    found = records(folder)
    assert found[0].name == "Oak Street Center"
    assert "a quotation mark may not be closed" in found[1]


def test_a_file_without_a_day_asks_for_one(tmp_path, words):
    path = written(tmp_path, theirs())
    with pytest.raises(CommandError, match=r"--as-of 2026-11-03"):
        call_command("import_hsds", str(path))
    path = written(tmp_path, theirs(last_modified="2024-05-01T10:00:00Z"))
    assert hsds.read(path).as_of == date(2024, 5, 1)


def test_the_command_makes_listings_and_a_second_time_changes_nothing(tmp_path, words, capsys):
    path = written(tmp_path, theirs())
    options = {"source": "Oak directory", "as_of": date(2026, 1, 1)}
    call_command("import_hsds", str(path), **options)
    place = Provider.objects.get()
    assert (place.name, place.lat, place.organization.name) == (
        "Oak Street Center",
        PORTLAND[0],
        "Oak Health",
    )
    assert Source.objects.get().name == "Oak directory"
    capsys.readouterr()
    call_command("import_hsds", str(path), **options)
    assert "1 left" in capsys.readouterr().out


def test_what_stands_as_before_is_not_translated_until_our_words_are_others(
    tmp_path, words, monkeypatch
):
    path = written(tmp_path, theirs())
    options = {"source": "Oak directory", "as_of": date(2026, 1, 1)}
    call_command("import_hsds", str(path), **options)
    translate, asked = hsds_theirs.Translation.record, []

    def counted(self, place):
        asked.append(place.location["id"])
        return translate(self, place)

    monkeypatch.setattr(hsds_theirs.Translation, "record", counted)
    call_command("import_hsds", str(path), **options)
    assert asked == []
    Term.objects.filter(slug="parking").update(name="Room for cars")
    call_command("import_hsds", str(path), **options)
    assert asked == ["l1"]
    assert not Provider.objects.get().terms.filter(slug="parking").exists()


def test_the_street_of_a_secret_place_is_not_kept_with_its_refusal(tmp_path, words):
    page = theirs()
    location = page[0]["services"][0]["service_at_locations"][0]["location"]
    location |= {"description": "Confidential location; call first."}
    location["addresses"][0]["postal_code"] = "nowhere"
    options = {"as_of": date(2026, 1, 1), "rejected": tmp_path / "refused.csv"}
    call_command("import_hsds", str(written(tmp_path, page)), **options)
    (row,) = ImportRow.objects.all()
    assert row.raw["city"] == "Portland"
    assert "Oak Street" not in row.raw["address_1"]


def test_a_fax_is_no_phone_also_where_words_alone_say_so():
    rows = [
        {"number": "503-234-0001", "description": "Fax"},
        {"number": "503-234-0003", "description": "Voice/TTY"},
        {"number": "503-234-0002"},
    ]
    assert hsds_theirs._phones([{"phone": rows}], [])[0] == "(503) 234-0003"


@pytest.mark.parametrize(
    ("row", "line"),
    [
        ({"byday": "MO,TU", "opens_at": "09:00", "closes_at": "17:00"}, "Mon, Tue: 9 am to 5 pm"),
        ({"byday": "1MO,-1FR", "freq": "MONTHLY", "opens_at": "08:00"}, ""),
        ({"byday": "WE", "freq": "WEEKLY", "interval": "2", "opens_at": "08:00"}, ""),
        ({"bymonthday": "1", "opens_at": "09:00", "closes_at": "17:00"}, ""),
        ({"byday": "1MO", "description": "First Monday, 8 am"}, "First Monday, 8 am"),
        (
            {"byday": "MO", "opens_at": "09:00", "closes_at": "11:00", "description": "Walk-in"},
            "Walk-in (Mon: 9 am to 11 am)",
        ),
    ],
)
def test_hours_that_hold_in_some_weeks_are_not_said_of_all(row, line):
    assert hsds_theirs._line(row) == line
