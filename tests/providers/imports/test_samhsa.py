"""The national directories: what codes become, which directory a file is, names, identity."""

import csv
import json
import os
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from providers.imports import samhsa
from providers.imports.codes import CODES, mapping, meant
from providers.models import Provider
from tests.factories import create_term, create_therapy
from trupaths.text import words

from .malformed import COLUMNS, CSV, book, plain, row

DATA = Path(os.environ.get("TRUPATHS_DATA", settings.BASE_DIR.parent / "shared" / "data"))
REAL = DATA / "samhsa-directory-2022"
REFERENCE = DATA / "samhsa-service-codes" / "service_codes.csv"
real = pytest.mark.skipif(not REAL.is_dir(), reason=f"the real directories are not at {DATA}")
FIXTURES = settings.BASE_DIR / "fixtures"


@pytest.fixture
def read(tmp_path):
    def read(*rows, name=CSV, header=COLUMNS, **options):
        path = tmp_path / name
        path.write_bytes((book if name.endswith("xlsx") else plain)(*rows, header=header))
        return samhsa.read(path, **options)

    return read


def fixture_of(name, model, *fields):
    held = json.loads((FIXTURES / f"{name}.json").read_text(encoding="utf-8"))
    rows = [each["fields"] for each in held if each["model"] == model]
    return {":".join(each[field] for field in fields) for each in rows}


def answers(codes, directory="su"):
    terms, services = meant(codes, directory)
    said = {f"{facet}:{slug}": answer for (facet, slug), answer in terms.items()}
    return said | {f"service:{slug}": "yes" for slug in services}


# --- the mapping ------------------------------------------------------------------------------


def test_each_code_becomes_a_term_that_comes_with_the_site():
    ours = fixture_of("terms", "providers.term", "facet", "slug")
    for line in mapping().rows:
        term = line["becomes"].removeprefix("no:")
        if not term.startswith("service:") and term != "nothing":
            assert term in ours, line


def test_each_therapy_named_by_a_code_has_its_page_or_says_that_it_comes():
    ours = fixture_of("therapies", "therapies.therapy", "slug")
    for line in mapping().rows:
        kind, _, slug = line["becomes"].partition(":")
        if kind == "service" and slug not in ours:
            assert "once the library has this page" in line["why"], line
            others = [row for row in mapping().rows if row["code"] == line["code"]]
            assert any(row["becomes"] == f"approach:{slug}" for row in others), line


def test_what_becomes_nothing_says_why():
    assert all(line["why"] for line in mapping().rows if line["becomes"] == "nothing")


@pytest.mark.skipif(not REFERENCE.is_file(), reason=f"the code reference is not at {DATA}")
def test_no_code_of_the_reference_is_forgotten():
    with REFERENCE.open(encoding="utf-8", newline="") as file:
        official = {line["service_code"] for line in csv.DictReader(file)}
    assert official <= {line["code"] for line in mapping().rows}


# Ten descriptions of the official sheet belong to other codes; EMDR has that of electroshock.
WRONG = [
    "low-voltage electrical stimulation of the brain",
    "supportive techniques which encourage the patient",
    "discussions and problem-solving sessions facilitated",
    "current life and relationships within the family, social",
    "multi-disciplinary clinical team approach",
    "self-initiated community partnership",
    "drug and alcohol-free living environment",
    "specifically tailored for persons with eating disorders",
]


def shown_texts():
    for path in (CODES, FIXTURES / "terms.json"):
        yield " ".join(words(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_description_is_nowhere(wrong):
    assert not any(" ".join(words(wrong)) in text for text in shown_texts())


@pytest.mark.skipif(not REFERENCE.is_file(), reason=f"the code reference is not at {DATA}")
def test_no_five_words_of_a_wrong_description_are_anywhere():
    with REFERENCE.open(encoding="utf-8", newline="") as file:
        wrong = [r for r in csv.DictReader(file) if r["description_ok"] == "no"]
    assert len(wrong) == 10
    texts = list(shown_texts())
    for line in wrong:
        said = words(line["service_description"])
        for at in range(len(said) - 4):
            assert not any(" ".join(said[at : at + 5]) in text for text in texts), line


# --- what codes become ------------------------------------------------------------------------

DOES_NOT = "NAUT NMAUT NOOP NMOA"


@pytest.mark.parametrize("code", DOES_NOT.split())
def test_what_a_place_does_not_do_is_never_a_yes(code):
    said = answers(code)
    assert said and set(said.values()) == {"no"}


def test_what_a_code_does_not_say_is_not_said():
    assert answers("") == {} and answers("ZZZ * SMON VAPN") == {}


@pytest.mark.parametrize(
    ("codes", "directory", "said"),
    [
        ("CBT", "su", {"service:cbt": "yes"}),
        ("DBT EMDR", "mh", {"service:dbt": "yes", "service:emdr": "yes"}),
        ("MOTI", "su", {"service:motivational-interviewing": "yes"}),
        (
            "CMI",
            "su",
            {"approach:contingency-management": "yes", "service:contingency-management": "yes"},
        ),
        # Assertive community treatment; individual psychotherapy; a rating scale.
        ("ACT", "mh", {"approach:assertive-community": "yes"}),
        ("IPT", "mh", {"approach:one-to-one": "yes"}),
        ("AIM", "mh", {}),
        ("TELE", "su", {"access:telehealth": "yes"}),
        ("NAUT", "su", {"focus:alcohol": "no", "medication:alcohol": "no"}),
        ("RES RL RS", "su", {"care:residential": "yes: long stays, short stays"}),
        ("DT * ODTX ADTX MDET", "su", {"care:detox": "yes: from alcohol, opioids, with medicine"}),
        ("MALE FEM", "su", {}),
        ("FEM", "su", {"for:women": "yes: names women only"}),
        ("DU DUO", "su", {"for:dui": "yes: serves only these people"}),
        (
            "OUDO",
            "su",
            {
                "focus:opioid": "yes: serves only people with opioid use",
                "focus:alcohol": "no: serves only people with opioid use",
            },
        ),
        (
            "OUDO AUDO",
            "su",
            {
                "focus:opioid": "yes: serves only people with opioid use",
                "focus:alcohol": "yes: serves only people with alcohol use",
            },
        ),
        ("CHLD", "su", {"age:teens": "yes: says children or teens; ask which ages"}),
        (
            "CHLD",
            "mh",
            {
                "age:teens": "yes: says children or teens; ask which ages",
                "age:children": "yes: says children or teens; ask which ages",
            },
        ),
        ("SP AH", "mh", {"language:es": "yes", "language:asl": "yes"}),
        ("MD SS NP", "su", {"pay:medicaid": "yes", "pay:sliding": "yes", "pay:free": "yes"}),
        ("SMHA CMHG FSA PVTN CARF", "mh", {}),
    ],
)
def test_codes_in_our_words(codes, directory, said):
    assert answers(codes, directory) == said


def test_who_says_yes_and_no_has_not_told_us():
    assert "medication:alcohol" not in answers("PMAT NMAUT")
    said = answers("NMOA BU NU")
    assert not {"medication:opioid", "medication:buprenorphine"} & said.keys()
    assert said["medication:methadone"] == "no" and said["medication:naltrexone"] == "yes"


def test_notes_fit_their_field():
    every = " ".join({line["code"] for line in mapping().rows if line["code"][0] != "-"})
    for directory in ("su", "mh"):
        for answer in answers(every, directory).values():
            assert len(answer.partition(": ")[2]) <= 120


# --- one row ----------------------------------------------------------------------------------


def test_a_row_becomes_a_record(read):
    cells = row(
        name1="CEDAR CLINIC OF PORTLAND INC", street2="Suite 3", intake1="503-234-5678 x2",
        service_code_info="SA DT * OP RES * OTP * CBT * MD * OUDO",
    )  # fmt: skip
    (found,) = read(cells).rows
    record = found.record
    assert record.name == "Cedar Clinic of Portland Inc"
    assert record.kind == "Opioid treatment program"
    assert record.summary == (
        "Outpatient and residential care for alcohol and drug use and withdrawal. "
        "Serves only people with opioid use."
    )
    assert record.street == "12 Main Street, Suite 3"
    assert (record.phone, record.intake_phone) == ("(503) 234-5678", "(503) 234-5678 x2")
    assert record.services == {"cbt": {}, "medications-for-opioid-use-disorder": {}}
    assert record.terms["pay", "medicaid"] == "yes"
    assert found.raw["service_code_info"].startswith("SA DT") and record.repairs == ()
    assert not record.confidential and record.point is None


def test_a_bad_phone_is_left_out_and_the_intake_line_takes_its_place(read):
    (found,) = read(row(phone="999-999-9999", intake2="503-234-5679")).rows
    assert (found.record.phone, found.record.intake_phone) == ("(503) 234-5679", "")
    assert found.record.repairs == (
        "Phone left out: The phone “999-999-9999” is no number of ten digits.",
    )


@pytest.mark.parametrize(
    ("first", "second", "name", "organization"),
    [
        ("Cedar Clinic", "", "Cedar Clinic", ""),
        ("Cedar Clinic", "Colfax", "Cedar Clinic, Colfax", "Cedar Clinic"),
        ("Edgewater for", "Balanced Living", "Edgewater for Balanced Living", ""),
        ("Insights and", "Treatment Services", "Insights and Treatment Services", ""),
        ("Allied Behavioral", "Health Services Inc", "Allied Behavioral Health Services Inc", ""),
        ("Mid Atlantic Services", "(MARS) ATP", "Mid Atlantic Services (MARS) ATP", ""),
        ("Soba Mesa LLC", "DBA Soba Recovery Center", "Soba Recovery Center", "Soba Mesa LLC"),
        ("Greenwich House Inc", "Greenwich House Inc", "Greenwich House Inc", ""),
        ("Greenwich House", "Greenwich House Youth", "Greenwich House Youth", "Greenwich House"),
        ("CEDAR HOUSE", "YOUTH SERVICES", "Cedar House, Youth Services", "Cedar House"),
        ("MK Hasan Ctr for Behav Hlth", "", "MK Hasan Center for Behavioral Health", ""),
        ("", "Cedar Clinic", "Cedar Clinic", ""),
    ],
)  # fmt: skip
def test_two_lines_of_a_name_become_one(first, second, name, organization):
    assert samhsa.names(first, second) == (name, organization)


def test_who_has_this_name_at_this_address_is_the_same(read):
    """Written otherwise in the next edition, in capitals and without the zeros of the ZIP code."""
    at = {"state": "MA", "city": "Boston"}
    old = row(name1="Cedar &amp; Fir", zip="02134", phone="617-234-5678", **at)
    new = row(name1="CEDAR & FIR ", zip="2134", phone="617-234-9999", **at)
    other = row(name1="Cedar & Fir", name2="Annex", zip="02134", **at)
    first, second, third = (found.record.identifier for found in read(old, new, other).rows)
    assert first == second != third


# --- which directory, which edition -----------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "codes", "slug"),
    [
        ("National_Directory_SA_Facilities_2022.xlsx", "OP", "samhsa-su"),
        ("National_Directory_MH_Facilities_2022.xlsx", "OP", "samhsa-mh"),
        ("national directory of mental health 2021.csv", "OP", "samhsa-mh"),
        ("facilities 2022.csv", "SA OP MOTI", "samhsa-su"),
        ("facilities 2022.csv", "MH OP DBT", "samhsa-mh"),
    ],
)
def test_a_file_tells_its_directory_by_name_or_by_codes(read, name, codes, slug):
    assert read(row(service_code_info=codes), name=name).source["slug"] == slug


def test_an_option_settles_it(read):
    reading = read(row(service_code_info="OP"), name="x.csv", directory="mh", edition="2024")
    assert reading.source["slug"] == "samhsa-mh"
    assert (reading.edition, reading.as_of, reading.whole) == ("2024", date(2024, 1, 1), True)


def test_a_day_is_kept_as_it_was_said(read):
    reading = read(as_of=date(2024, 3, 31), name="sa.csv")
    assert (reading.edition, reading.as_of) == ("2024", date(2024, 3, 31))


def test_an_edition_without_a_year_asks_for_its_day(read):
    with pytest.raises(samhsa.Unreadable, match=r"^The edition “spring” has no year\. Say its day"):
        read(edition="spring")


# --- the table of 2024 ------------------------------------------------------------------------

HEADER_2024 = ["facility_id", "directory_type", *COLUMNS]


def rows_2024():
    codes_su, codes_mh = "SA * OP * MOTI", "MH * OP * DBT"
    return [
        ["1", "SU", *row(name1="Cedar Clinic", service_code_info=codes_su)],
        ["2", "MH", *row(name1="Cedar Clinic", service_code_info=codes_mh)],
        ["3", "Mental Health", *row(name1="Fir Clinic", service_code_info=codes_mh)],
        ["4", "??", *row(name1="Elm Clinic")],
        [""] * 15,
        ["", "", *[""] * 13],
        ["", "", "category_code", "category_name", "service_code", "service_name"],
        ["", "", "SET", "Service Setting", "OP", "Outpatient", "Describes patients who …"],
    ]


@pytest.mark.parametrize(("directory", "names"), [
    ("su", ["Cedar Clinic", None]), ("mh", ["Cedar Clinic", "Fir Clinic", None]),
])  # fmt: skip
def test_of_a_table_of_both_one_is_read_at_a_time(read, directory, names):
    reading = read(*rows_2024(), name="2024.csv", header=HEADER_2024, directory=directory)
    rows = [found for found in reading.rows if found.record or found.refused]
    assert [found.record and found.record.name for found in rows] == names
    assert str(rows[-1].refused) == "Its directory “??” is neither SU nor MH."


def test_a_facility_without_its_place_is_refused_and_not_taken_for_a_legend(read):
    (found,) = read(row(city="", state="", zip="")).rows
    assert str(found.refused) == "It has no state."


# --- through the command ----------------------------------------------------------------------


@pytest.mark.django_db
def test_a_place_in_both_directories_is_one_listing_with_both_sources(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for facet, slug in (("pay", "medicaid"), ("focus", "recovery"), ("focus", "mental-health")):
        create_term(facet=facet, slug=slug)
    for slug in ("cbt", "dbt"):
        create_therapy(slug=slug, short_name=slug.upper())
    su, mh = tmp_path / "sa_2022.csv", tmp_path / "mh_2022.csv"
    su.write_bytes(plain(row(service_code_info="SA * OP * CBT * MD"), row(zip="9721")))
    mh.write_bytes(plain(row(service_code_info="MH * OP * DBT")))
    call_command("import_samhsa", su, mh, verbosity=0)
    provider = Provider.objects.get()
    assert [each.source.slug for each in provider.sources.order_by("pk")] == [
        "samhsa-su",
        "samhsa-mh",
    ]
    assert {service.therapy.slug for service in provider.services.all()} == {"cbt", "dbt"}
    assert {row.term.slug for row in provider.provider_terms.filter(answer="yes")} == {
        "medicaid",
        "recovery",
        "mental-health",
    }
    with (tmp_path / "sa_2022.csv.rejected.csv").open(encoding="utf-8", newline="") as file:
        (refused,) = csv.DictReader(file)
    assert refused["reason"] == "The ZIP code “9721” has not five digits."
    assert refused["name1"] == "Cedar Clinic"


# --- the real directories ---------------------------------------------------------------------


@real
@pytest.mark.parametrize(
    ("name", "total"),
    [("sa_facilities_2022.csv.gz", 12_176), ("mh_facilities_2022.csv.gz", 9_037)],
)
def test_each_row_of_the_real_directories_becomes_a_record(name, total):
    reading = samhsa.read(REAL / name)
    rows = list(reading.rows)
    assert len(rows) == reading.total == total
    assert [str(found.refused) for found in rows if found.refused] == []
    records = [found.record for found in rows]
    assert sum(not record.phone for record in records) <= 3
    assert sum(bool(record.summary) for record in records) > total * 0.99
    assert Counter(record.kind for record in records)["Treatment center"] < total / 50
    names = [record.name for record in records]
    assert not [name for name in names if re.search(r"\s\s|^\s|\s$|&amp;|,,", name)]


@real
def test_the_workbook_says_what_the_text_says():
    book = samhsa.read(REAL / "National_Directory_MH_Facilities_2022.xlsx")
    text = samhsa.read(REAL / "mh_facilities_2022.csv.gz")
    assert book.total == text.total
    for one, other in zip(book.rows, text.rows, strict=True):
        assert one.record == other.record


def test_medicine_for_opioid_use_is_a_service_unless_the_place_does_not_treat_it():
    _, services = meant("UB OTP", "su")
    assert set(services) == {"medications-for-opioid-use-disorder"}
    for no in ("NOOP", "NMOA"):
        assert meant(f"UB {no}", "su")[1] == {}
    assert meant("DB DM MOA", "su")[1] == {}  # detox, or prescribed elsewhere
