import pytest

from tests.factories import create_term, create_zip


@pytest.fixture(autouse=True)
def prepared(request):
    """A site with a ZIP code (of no place here) and a term: without both nothing is imported."""
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        create_zip(code="00001", city="Nowhere", state="AK", at=(64.0, -150.0))
        create_term(slug="cash")
