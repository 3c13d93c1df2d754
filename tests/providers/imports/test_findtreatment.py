"""What the locator answers, page by page."""

import json
import os
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from providers.imports import findtreatment
from providers.imports.records import Unreadable
from providers.models import Provider
from tests.factories import create_term, create_therapy

DATA = Path(os.environ.get("TRUPATHS_DATA", settings.BASE_DIR.parent / "shared" / "data"))
REAL = DATA / "findtreatment-cbhsq"
PLACE = {
    "frid": "d0ac0e21",
    "name1": "Cedar Clinic",
    "name2": "",
    "street1": "12 Main Street",
    "street2": "Suite 3",
    "city": "Portland",
    "state": "OR",
    "zip": "97214",
    "phone": "503-234-5678",
    "intake1": None,
    "website": "http://Www.cedar.example.org",
    "latitude": "45.514",
    "longitude": "-122.637",
    "typeFacility": "SA",
    "services": [
        {"f2": "TAP", "f3": "Cognitive behavioral therapy; Trauma therapy"},
        {"f1": "Type of Opioid Treatment", "f2": "OT", "f3": "Does not treat opioid addiction"},
        {"f1": "Payment", "f2": "PAY", "f3": "Medicaid;  Military insurance (e.g., TRICARE)"},
        {"f1": "Special Programs", "f2": "SG", "f3": "Transitional age young adults"},
    ],
}


@pytest.fixture
def write(tmp_path):
    def write(*places, name="answer_2024-05-31.json"):
        path = tmp_path / name
        path.write_text(json.dumps({"page": 1, "totalPages": 9, "rows": list(places)}))
        return path

    return write


def test_a_place_becomes_a_record(write):
    reading = findtreatment.read(write(PLACE))
    assert (reading.edition, reading.as_of) == ("2024-05-31", date(2024, 5, 31))
    assert reading.total == 1 and not reading.whole  # one page of nine
    (found,) = reading.rows
    record = found.record
    assert (record.identifier, record.name) == ("d0ac0e21", "Cedar Clinic")
    assert record.point == (45.514, -122.637)
    assert record.website == "http://www.cedar.example.org"
    assert record.street == "12 Main Street, Suite 3"
    assert record.services == {"cbt": {}}
    said = {f"{facet}:{slug}": answer for (facet, slug), answer in record.terms.items()}
    assert said["focus:opioid"] == "no" and said["medication:opioid"] == "no"
    assert said["focus:trauma"] == "yes" and said["pay:medicaid"] == "yes"
    assert said["pay:military"].startswith("yes: ")
    assert said["age:young-adults"] == "yes"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"frid": None}, "It has no identifier (frid)."),
        ({"frid": ["x"]}, "It has no identifier (frid)."),
        ({"typeFacility": "BUPREN"}, "Its kind “BUPREN” is neither SA nor MH."),
        ({"name1": None}, "It has no name."),
        ({"city": {}}, "It has no town."),
        ({"state": "XX"}, "“XX” is no state; write its two letters, such as OR."),
        ({"zip": 9721}, "The ZIP code “9721” has not five digits."),
    ],
)
def test_a_bad_place_is_refused_by_name_and_the_rest_is_taken(write, change, sentence):
    bad, good = findtreatment.read(write(PLACE | change, PLACE)).rows
    assert str(bad.refused) == sentence and bad.number == 1
    assert good.record.name == "Cedar Clinic" and good.number == 2


@pytest.mark.parametrize("place", [None, 7, "Cedar Clinic", [PLACE]])
def test_what_is_no_place_is_refused(write, place):
    bad, good = findtreatment.read(write(place, PLACE)).rows
    assert str(bad.refused) == "It is no place with fields."
    assert good.record.name == "Cedar Clinic"


@pytest.mark.parametrize(
    "change",
    [
        {"services": None},
        {"services": "OP"},
        {"services": [None, 7, {"f2": None, "f3": {}}, {"f2": "TAP", "f3": "Something new"}]},
    ],
)
def test_services_in_another_form_say_nothing(write, change):
    (found,) = findtreatment.read(write(PLACE | change)).rows
    assert found.record.terms == {} and found.record.services == {}


@pytest.mark.parametrize(
    ("change", "repair"),
    [
        ({"website": "ask us"}, "Website left out: “ask us” is no address of a website."),
        (
            {"latitude": "0", "longitude": "0"},
            "The point was left out, it is not in this country: 0, 0.",
        ),
        ({"phone": "503"}, "Phone left out: The phone “503” is no number of ten digits."),
    ],
)
def test_what_was_left_out_is_named(write, change, repair):
    (found,) = findtreatment.read(write(PLACE | change)).rows
    assert found.record.repairs == (repair,)


@pytest.mark.parametrize(
    ("held", "sentence"),
    [
        ({"page": 1}, "x_2024-05-31.json is no answer of FindTreatment: it has no list “rows”."),
        ({"rows": {}}, "x_2024-05-31.json is no answer of FindTreatment: it has no list “rows”."),
        ("rows", "x_2024-05-31.json is no answer of FindTreatment: it has no list “rows”."),
        ({"rows": []}, "x_2024-05-31.json holds no places."),
    ],
)
def test_another_answer_says_so(tmp_path, held, sentence):
    path = tmp_path / "x_2024-05-31.json"
    path.write_text(json.dumps(held))
    with pytest.raises(Unreadable) as error:
        findtreatment.read(path)
    assert str(error.value) == sentence


@pytest.mark.parametrize("name", ["answer.json", "answer_2024-13-31.json"])
def test_a_file_without_a_day_asks_for_it(write, name):
    with pytest.raises(Unreadable) as error:
        findtreatment.read(write(PLACE, name=name))
    assert str(error.value) == (
        f"The name of {name} does not tell its day. Say it: --as-of 2024-05-31."
    )
    assert findtreatment.read(write(PLACE, name=name), as_of=date(2024, 5, 31)).total == 1


@pytest.mark.django_db
def test_the_command_lists_what_the_locator_says(write):
    create_term(facet="pay", slug="medicaid")
    create_therapy(slug="cbt", short_name="CBT")
    call_command("import_findtreatment", write(PLACE), verbosity=0)
    provider = Provider.objects.get()
    assert provider.name == "Cedar Clinic" and provider.precision == "street"
    assert provider.services.get().therapy.slug == "cbt"
    assert provider.provider_terms.get(term__slug="medicaid").answer == "yes"


@pytest.mark.skipif(not REAL.is_dir(), reason=f"the answers of the locator are not at {DATA}")
@pytest.mark.parametrize(("day", "total"), [("23", 25), ("24", 30)])
def test_each_place_of_the_real_answers_becomes_a_record(day, total):
    reading = findtreatment.read(REAL / f"api_response_sample_2019-05-{day}.json")
    rows = list(reading.rows)
    assert len(rows) == reading.total == total
    assert not [str(found.refused) for found in rows if found.refused]
    for found in rows:
        assert found.record.point and found.record.phone and found.record.website
        assert found.record.terms["pay", "self-pay"] == "yes"
        assert len(found.record.terms) > 10
