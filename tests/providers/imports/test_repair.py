"""What directories write carelessly, and what becomes of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from providers.imports import repair
from providers.imports.records import Refused
from providers.models.listings import dialable
from providers.states import STATES

# Texts like those in directories, beside any text at all.
WRITTEN = """
    503 234 5678 x ext. ( ) - / or +1 1 HOPE N/A &amp; &#160; &amp;amp; ST. MCDONALD'S O'BRIEN LLC
    of THE 97214 2134 -1234 .0 Oregon C Ca http:// www. foo.org a@b.org é É NW 1ST (MARS) J.R.
""".split()
UNSEEN = ["\u00a0", "\ufffd", "\x00", "\u200b"]
PIECES = st.lists(st.sampled_from([*WRITTEN, *UNSEEN])).map(" ".join)
ANY = st.one_of(PIECES, PIECES.map(lambda text: text.replace(" ", "")), st.text())
STATE = st.sampled_from(["", *STATES])


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("503-234-5678", "(503) 234-5678"),
        ("503-234-5678 x2970", "(503) 234-5678 x2970"),
        ("(503) 234.5678, Ext. 12", "(503) 234-5678 x12"),
        ("+1 503 234 5678 #5", "(503) 234-5678 x5"),
        ("Phone: 1-800-273-8255", "(800) 273-8255"),
        ("5032345678.0", "(503) 234-5678"),
        ("855-227-HOPE", "(855) 227-4673"),
        ("888-PARNEXT", "(888) 727-6398"),
        ("503-234-5678 or 503-234-9999", "(503) 234-5678"),
        ("988", "988"),
        ("N/A", ""),
        ("  ", ""),
    ],
)
def test_a_phone_is_kept_as_it_is_dialed(written, kept):
    assert repair.phone(written) == kept


@pytest.mark.parametrize(
    "written",
    [
        "503-234-567",
        "999-999-9999",
        "123-456-7890",
        "503-134-5678",
        "+44 20 7946 0958",
        "ask",
        # A word beside a number is no number: each of these became one that somebody has.
        "988 Hotline",
        "211 Hotline",
        "503 CALL NOW",
        "988-234-5678",
        "911-234-5678",
    ],
)
def test_what_cannot_be_dialed_is_refused(written):
    with pytest.raises(Refused, match="is no number of ten digits") as refused:
        repair.phone(written)
    assert refused.value.kind == "Phone"


def test_a_listing_without_its_phone_is_still_a_listing():
    repairs = []
    assert repair.or_left_out(repair.phone, "503-234", repairs) == ""
    assert repairs == ["Phone left out: The phone “503-234” is no number of ten digits."]


@pytest.mark.parametrize(
    ("written", "state", "kept", "said"),
    [
        ("97214", "OR", "97214", []),
        ("97214-1234", "OR", "97214", []),
        ("972141234", "OR", "97214", []),
        ("2134", "MA", "02134", ["The ZIP code was given back its zeros: “2134” is 02134."]),
        ("801", "VI", "00801", ["The ZIP code was given back its zeros: “801” is 00801."]),
        (
            "2134-1234",
            "MA",
            "02134",
            ["The ZIP code was given back its zeros: “2134-1234” is 02134."],
        ),
        (
            "21341234",
            "MA",
            "02134",
            ["The ZIP code was given back its zeros: “21341234” is 02134."],
        ),
        ("NA", "OR", "", []),
        ("96941", "FM", "96941", []),
    ],
)
def test_a_zip_code_gets_its_zeros_back_where_they_can_be_missing(written, state, kept, said):
    repairs = []
    assert repair.zip_code(written, state, repairs) == kept
    assert repairs == said


@pytest.mark.parametrize(
    ("written", "state", "sentence"),
    [
        ("9721", "OR", "The ZIP code “9721” has not five digits."),
        ("O2134", "MA", "The ZIP code “O2134” has not five digits."),
        ("972145", "OR", "The ZIP code “972145” has not five digits."),
        ("97214", "WA", "The ZIP code 97214 is in Oregon, and the state says WA."),
        ("2134", "", "The ZIP code “2134” has not five digits."),
    ],
)
def test_a_zip_code_that_cannot_be_right_is_refused(written, state, sentence):
    with pytest.raises(Refused) as refused:
        repair.zip_code(written, state)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("written", "zip_code", "kept"),
    [
        ("OR", "", "OR"),
        ("Ca", "", "CA"),
        ("oregon ", "", "OR"),
        ("N.Y.", "", "NY"),
        ("C", "94110", "CA"),
        ("Calif.", "94110", "CA"),
        ("", "94110", "CA"),
        ("Micronesia", "", "FM"),
    ],
)
def test_a_state_is_read_in_many_writings(written, zip_code, kept):
    assert repair.state(written, zip_code) == kept


@pytest.mark.parametrize(
    ("written", "zip_code", "sentence"),
    [
        ("C", "", "“C” is no state; write its two letters, such as OR."),
        ("X", "94110", "“X” is no state; write its two letters, such as OR."),
        ("", "", "It has no state."),
    ],
)
def test_what_may_be_several_states_is_refused(written, zip_code, sentence):
    with pytest.raises(Refused) as refused:
        repair.state(written, zip_code)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (
            "NORTHWEST COUNSELING CENTER OF PORTLAND LLC",
            "Northwest Counseling Center of Portland LLC",
        ),
        ("YMCA OF THE EAST BAY INC", "YMCA of the East Bay Inc"),
        ("VA MEDICAL CENTER, THE ANNEX", "VA Medical Center, The Annex"),
        ("MCDONALD'S HOUSE FOR CHILDREN'S HEALTH", "McDonald's House for Children's Health"),
        ("ST. MARY'S HOSPITAL", "St. Mary's Hospital"),
        ("O'BRIEN SMITH-JONES CLINIC", "O'Brien Smith-Jones Clinic"),
        ("J.R. SMITH CENTER (MARS)", "J.R. Smith Center (MARS)"),
        ("1ST STREET CLINIC", "1st Street Clinic"),
        ("SEARHC", "SEARHC"),
        ("SOAP MAT LLC", "SOAP MAT LLC"),
        ("BHG XXIX LLC", "BHG XXIX LLC"),
        ("  Texas   Panhandle &amp; Centers ", "Texas Panhandle & Centers"),
        ("Cañon City Clinic", "Cañon City Clinic"),
        ("iCare wellSpace", "iCare wellSpace"),
        ("n/a", ""),
        ("None", ""),
        ("-", ""),
    ],
)
def test_a_name_in_capitals_becomes_readable(written, kept):
    assert repair.name(written) == kept


@pytest.mark.parametrize(
    ("written", "kept"),
    [("123 MAIN ST NW", "123 Main St NW"), ("PO BOX 12", "PO Box 12"), ("5th Ave", "5th Ave")],
)
def test_a_street_in_capitals_becomes_readable(written, kept):
    assert repair.street(written) == kept


@pytest.mark.parametrize(("written", "kept"), [("PORTLAND", "Portland"), ("new york", "New York")])
def test_a_town_in_one_case_becomes_readable(written, kept):
    assert repair.city(written) == kept


def test_a_website_gets_what_it_lacks():
    assert repair.website("WWW.Foo.org/Bar") == "http://www.foo.org/Bar"
    assert repair.website("https://foo.org") == "https://foo.org"
    with pytest.raises(Refused, match=r"“see our page” is no address of a website\."):
        repair.website("see our page")


def test_an_address_of_mail_is_checked():
    assert repair.email("mailto:a@example.org") == "a@example.org"
    with pytest.raises(Refused, match=r"“a at b” is no e-mail address\."):
        repair.email("a at b")


@pytest.mark.parametrize(
    ("lat", "lon"), [("0", "0"), ("45.5", "122.6"), ("x", "1"), ("nan", "nan")]
)
def test_a_point_elsewhere_is_left_out(lat, lon):
    repairs = []
    assert repair.point(lat, lon, repairs) is None
    assert repairs == [f"The point was left out, it is not in this country: {lat}, {lon}."]


def test_letters_that_cannot_be_read_are_refused():
    with pytest.raises(Refused, match=r"It holds letters that cannot be read\."):
        repair.clean("Ca\ufffdon City")


READERS = [
    repair.clean, repair.stated, repair.name, repair.street, repair.city, repair.phone,
    repair.website, repair.email,
]  # fmt: skip


@pytest.mark.parametrize("read", READERS, ids=lambda read: read.__name__)
@given(text=ANY)
def test_what_was_repaired_needs_no_repair(read, text):
    try:
        once = read(text)
    except Refused:
        return
    assert read(once) == once


@given(text=ANY)
def test_a_phone_can_always_be_dialed(text):
    try:
        number = repair.phone(text)
    except Refused:
        return
    if number:
        dialable(number)


@given(text=ANY, state=STATE)
def test_a_zip_code_is_five_digits_or_blank(text, state):
    try:
        once = repair.zip_code(text, state)
    except Refused:
        return
    assert not once or (len(once) == 5 and once.isascii() and once.isdigit())
    assert repair.zip_code(once, state) == once


@given(text=ANY, zip_code=ANY)
def test_a_state_is_one_of_ours(text, zip_code):
    try:
        once = repair.state(text, zip_code)
    except Refused:
        return
    assert once in STATES
    assert repair.state(once) == once


@given(lat=ANY, lon=ANY)
def test_a_point_is_in_range_or_none(lat, lon):
    try:
        point = repair.point(lat, lon)
    except Refused:
        return
    assert point is None or (-90 <= point[0] <= 90 and -180 <= point[1] <= 180)
