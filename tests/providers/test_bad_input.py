"""Nonsense in the address gets a page with a sentence, never an error of ours."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import create_provider, create_term, create_therapy, create_zip

pytestmark = pytest.mark.django_db

PATHS = ["/providers/", "/therapies/", "/therapies/mbsr/", "/providers/one/"]


@pytest.fixture(autouse=True)
def world():
    create_zip()
    create_provider(name="One", therapies=[create_therapy()], yes=[create_term()])


@pytest.mark.parametrize(
    "query",
    [
        "page=0",
        "page=99999",
        "page=abc",
        "page=-1",
        "page=%C2%B2",
        "radius=-1",
        "radius=25&radius=50",
        "radius=%C2%B2",
        "sort=price",
        "therapy=nothing",
        "therapy=mbsr&therapy=mbsr",
        "pay=medicaid&pay=gold",
        "unknown=1&unknown=2",
        "near=%E2%98%83",
        "near=1e400,1e400",
        "near=12345678901234567890",
        "q=%F0%9F%8C%B2",
        "q=" + "a" * 1000,
        "near=" + "b" * 1000,
        "care=" + "c" * 1000,
        "%FF=%FE",
    ],
)
@pytest.mark.parametrize("path", [*PATHS, "/recommendations/", "/saved/", "/your-data/"])
def test_nonsense_gets_a_page(client, path, query):
    assert client.get(f"{path}?{query}").status_code == 200


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("query", ["near=%00", "q=%00", "a=" + "x" * 10_000])
def test_a_null_or_ten_kilobytes_get_a_sentence(client, path, query):
    response = client.get(f"{path}?{query}")
    assert response.status_code in (200, 400)
    assert b"<h1" in response.content


def test_an_unknown_value_is_said_and_left_out(client):
    results = client.get("/providers/?pay=gold&radius=-1").context["results"]
    assert "“gold” is not something we can filter by" in results.problem
    assert "within 25 miles" in results.problem
    assert results.total == 1


@pytest.mark.parametrize(
    "path",
    ["/providers/none/", "/therapies/none/", "/providers/%00/", "/nowhere/", "/therapies/ü/"],
)
def test_an_unknown_address_is_not_found(client, path):
    response = client.get(path)
    assert response.status_code in (400, 404)
    assert b"<h1" in response.content


@given(
    st.dictionaries(
        st.sampled_from(["q", "near", "radius", "therapy", "pay", "care", "for", "sort", "page",
                         "delivery", "grouping", "more"]),
        st.lists(st.text(max_size=60), min_size=1, max_size=3),
        max_size=6,
    )
)  # fmt: skip
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_query_string_gets_a_page(client, params):
    assert client.get("/providers/", params).status_code in (200, 400)


def test_a_parent_that_is_no_number_is_a_fault_of_the_form(admin_client):
    sent = {"name": "Grief", "slug": "grief", "parent": "1;sleep(9)"}
    answer = admin_client.post("/admin/therapies/condition/add/", sent)
    assert answer.status_code == 200 and "Select a valid choice" in answer.content.decode()


@pytest.mark.parametrize("query", ["pk__in=9223372036854775808", "pk__in=1,-9e18&o=1", "pk__in=²"])
def test_the_desk_gets_a_page_too(admin_client, query):
    answer = admin_client.get(f"/admin/providers/provider/?{query}", follow=True)
    assert answer.status_code in (200, 400)  # PostgreSQL looks such a number up and finds nothing
