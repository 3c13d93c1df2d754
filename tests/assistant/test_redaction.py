"""What tells who somebody is leaves a message before anything else reads it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.redaction import redact

SEVEN = re.compile(r"\d{7}", re.ASCII)


@pytest.mark.parametrize(
    "private",
    [
        "503-555-0123", "(503) 555 0123", "+1 503.555.0123", "5035550123", "5 0 3 5 5 5 0 1 2 3",
        "joe@example.org", "joe.smith+x@mail.example.co.uk", "joe (at) example.org",
        "123-45-6789", "123 45 6789", "4111 1111 1111 1111", "1220 Oak Street", "1220 oak st apt 4",
        "55 N. Martin Luther King Blvd", "P.O. Box 512", "4/12/88", "1988-04-12", "April 12, 1988",
        "12 apr 1988", "https://example.org/me?id=7", "Calle Roble 1220",
    ],
)  # fmt: skip
def test_what_tells_who_somebody_is_goes(private):
    said = redact(f"I am at {private} and need DBT in Denver, CO 80202")
    assert private not in said and "DBT in Denver, CO 80202" in said
    assert not re.search(r"\d", said.replace("80202", ""))


@pytest.mark.parametrize(
    "message",
    [
        "DBT near 97214", "DBT near 97214 or 97202", "within 25 miles of 97214, 12 weeks, 2 hours",
        "is 911 or 988 open 24/7", "my 15 year old", "I drove 20 miles down the street to a group",
    ],
)  # fmt: skip
def test_the_rest_stays_as_it_was(message):
    assert redact(message) == message


@pytest.mark.parametrize("message", ["97214 503-555-0123", "503 555 0123 97214"])
def test_a_zip_code_beside_a_phone_number_stays(message):
    assert "97214" in redact(message) and "555" not in redact(message)


def test_the_last_four_of_a_zip_code_go():
    assert redact("CBT near 97214-1234") == "CBT near 97214"


@given(st.lists(st.sampled_from(["1", "42", "555", "97214", "-", " ", ".", "a", ",", "(", ")"])))
def test_no_run_of_seven_digits_is_left(parts):
    assert not SEVEN.search(redact("".join(parts)))


@given(st.text(alphabet="0123456789-.()", max_size=60))
def test_digits_set_apart_are_one_number(text):
    assert not re.search(r"\d(?:[-.()]{0,3}\d){6}", redact(text))
