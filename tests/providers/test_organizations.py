"""What stands above a place: found by its name, and said on its page."""

import pytest

from providers.changes import listing_changes
from providers.models import Organization
from tests.factories import create_provider, create_therapy

pytestmark = pytest.mark.django_db


@pytest.fixture
def lantern():
    return Organization.objects.create(name="Lantern Pain & Hope", slug="lantern-pain-hope")


def found(client, q):
    response = client.get("/providers/", {"q": q})
    return sorted(card.provider.name for card in response.context["results"].cards)


def test_places_are_found_by_the_name_of_their_organization(client, lantern):
    create_provider(name="East Clinic", organization=lantern)
    create_provider(name="West Clinic", organization=lantern)
    create_provider(name="Another Clinic")
    assert found(client, "lantern pain & hope") == ["East Clinic", "West Clinic"]
    assert found(client, "lantern") == ["East Clinic", "West Clinic"]


def test_a_therapy_in_the_name_of_an_organization_stays_a_part_of_the_name(client):
    create_therapy(short_name="MBSR")
    partners = Organization.objects.create(name="MBSR Partners", slug="mbsr-partners")
    create_provider(name="East Clinic", organization=partners)  # it has not said that it offers it
    assert found(client, "mbsr partners") == ["East Clinic"]


def test_a_listing_says_what_it_is_part_of_and_leads_to_its_other_places(client, lantern):
    east = create_provider(name="East Clinic", organization=lantern)
    page = client.get(east.get_absolute_url())
    assert "Part of Lantern Pain &amp; Hope" in page.text
    assert "its other places" not in page.text  # there is no other
    create_provider(name="West Clinic", organization=lantern)
    page = client.get(east.get_absolute_url())
    assert found(client, page.context["provider"].organization.name) == [
        "East Clinic",
        "West Clinic",
    ]
    assert page.context["siblings_url"] == "/providers/?q=Lantern+Pain+%26+Hope"
    assert 'href="/providers/?q=Lantern+Pain+%26+Hope"' in page.text
    assert '"parentOrganization"' in page.text
    assert "Part of Lantern Pain &amp; Hope" in client.get("/providers/?q=lantern").text


def test_a_name_that_says_the_organization_does_not_say_it_twice(client, lantern):
    east = create_provider(name="Lantern Pain and Hope East")
    Organization.objects.filter(pk=lantern.pk).update(name="Lantern Pain and Hope")
    with listing_changes() as changes:
        type(east).objects.filter(pk=east.pk).update(organization=lantern)
        changes.add(east.pk)
    page = client.get(east.get_absolute_url())
    assert "Part of" not in page.text
    assert '"parentOrganization"' not in page.text
