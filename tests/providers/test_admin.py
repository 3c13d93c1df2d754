from datetime import date

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db import connection
from django.test.utils import CaptureQueriesContext

from providers.changes import search_rows
from providers.index import index
from providers.models import Check, OldSlug, Organization, Provider, SearchClock, SearchRow
from providers.query import Query
from tests.factories import create_provider, create_service, create_term, create_therapy

pytestmark = pytest.mark.django_db

LIST = "/admin/providers/provider/"
ADD = f"{LIST}add/"


def change(provider):
    return f"{LIST}{provider.pk}/change/"


def form(provider=None, **fields):
    """What the browser sends for a listing without parts; parts of a saved one stay as they are."""
    data = {
        "name": "Quiet Water",
        "slug": "quiet-water",
        "kind": "Clinic",
        "status": "published",
        "city": "Portland",
        "state": "OR",
        "zip": "97214",
        "lat": "45.514",
        "lon": "-122.637",
        "precision": "zip",
        "phone": "(503) 234-5678",
    }
    for prefix in ("services", "provider_terms", "checks"):
        data |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}
    return data | fields


def found():
    return set(index.current().search(Query()).ids.tolist())


def assert_index_is_true():
    """Each row says what would be written now, and no row is left over."""
    wanted = {}
    for row in search_rows(list(Provider.objects.values_list("pk", flat=True)), 0):
        wanted[row.pk] = row
    for row in SearchRow.objects.filter(live=True):
        expected = wanted.pop(row.pk)
        for field in SearchRow._meta.fields:
            if field.name not in ("version", "search_text"):
                value, other = getattr(row, field.name), getattr(expected, field.name)
                assert bytes(value) == bytes(other) if isinstance(other, bytes) else value == other
    assert not [row for row in wanted.values() if row.live]


def version():
    return SearchClock.objects.values_list("version", flat=True).first() or 0


def queries(client, path):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_a_saved_listing_is_found_with_its_parts(admin_client):
    therapy, term = create_therapy(), create_term()
    parts = {
        "services-TOTAL_FORMS": "1",
        "services-0-therapy": therapy.pk,
        "services-0-order": "0",
        "services-0-virtual": "on",
        "services-0-accepting_new": "yes",
        "provider_terms-TOTAL_FORMS": "1",
        "provider_terms-0-term": term.pk,
        "provider_terms-0-answer": "yes",
        "checks-TOTAL_FORMS": "1",
        "checks-0-aspect": "contact",
        "checks-0-checked_on": "2026-11-03",
        "checks-0-how": "called",
    }
    assert admin_client.post(ADD, form(**parts)).status_code == 302
    provider = Provider.objects.get()
    query = Query(therapies=(therapy.pk,), delivery=("virtual",), terms=(("pay", (term.pk,)),))
    assert index.current().search(query).ids.tolist() == [provider.pk]
    assert_index_is_true()


def test_withdrawing_and_publishing_reach_the_search(admin_client):
    provider = create_provider()
    for action, seen in (("withdraw", False), ("publish", True)):
        admin_client.post(LIST, {"action": action, ACTION_CHECKBOX_NAME: [provider.pk]})
        assert (provider.pk in found()) == seen
    assert_index_is_true()


def test_deleting_takes_listings_out_of_the_search(admin_client):
    one, two, three = create_provider(), create_provider(), create_provider()
    admin_client.post(f"{LIST}{one.pk}/delete/", {"post": "yes"})
    data = {"action": "delete_selected", ACTION_CHECKBOX_NAME: [two.pk], "post": "yes"}
    admin_client.post(LIST, data)
    assert found() == {three.pk}
    assert_index_is_true()


def test_an_old_address_redirects_after_a_new_slug(admin_client, client):
    provider = create_provider(name="Old Name")
    assert admin_client.post(change(provider), form(slug="new-name")).status_code == 302
    assert OldSlug.objects.get(slug="old-name").provider == provider
    answer = client.get("/providers/old-name/")
    assert answer.status_code == 301 and answer["Location"].endswith("/providers/new-name/")
    admin_client.post(change(provider), form(slug="old-name"))
    assert [old.slug for old in OldSlug.objects.all()] == ["new-name"]


def test_a_refused_form_changes_nothing(admin_client):
    provider = create_provider(name="Old Name")
    before = version()
    for wrong in (
        {"slug": "new name"},
        {"lat": "100"},
        {"lat": ""},
        {"confidential_address": "on"},
        {"demonstration": "on"},
    ):
        assert admin_client.post(change(provider), form(**wrong)).status_code == 200
    assert version() == before
    assert not OldSlug.objects.exists()


def test_a_changed_term_reaches_every_process(admin_client):
    term = create_term(slug="medicaid")
    create_provider(yes=[term])
    before = version()
    data = {
        "facet": "pay",
        "slug": "medicaid",
        "name": "Oregon Medicaid",
        "phrase": "takes it",
        "phrase_plural": "take it",
        "meaning": "State cover.",
        "order": "0",
    }
    assert admin_client.post(f"/admin/providers/term/{term.pk}/change/", data).status_code == 302
    assert version() > before
    assert index.current().terms[term.pk].name == "Oregon Medicaid"


def test_deleting_what_listings_share_rewrites_them(admin_client):
    organization = Organization.objects.create(name="Water", slug="water")
    term = create_term()
    create_provider(yes=[term], organization=organization)
    admin_client.post(f"/admin/providers/term/{term.pk}/delete/", {"post": "yes"})
    admin_client.post(f"/admin/providers/organization/{organization.pk}/delete/", {"post": "yes"})
    assert_index_is_true()
    row = SearchRow.objects.get()
    assert bytes(row.yes) == b"" and row.organization_id == 0


def test_a_picture_needs_words(admin_client, settings, tmp_path):
    from tests.therapies.test_admin import picture

    settings.MEDIA_ROOT = tmp_path
    answer = admin_client.post(ADD, form(picture=picture()))
    assert "people who cannot see it" in answer.content.decode()


def test_no_page_asks_the_database_for_each_row(admin_client):
    therapies = [create_therapy(short_name=f"T{n}") for n in range(8)]
    terms = [create_term(slug=f"t{n}") for n in range(12)]
    few = create_provider(yes=terms[:1], therapies=therapies[:1], checked_on=date(2026, 1, 1))
    many = create_provider(yes=terms, therapies=therapies, checked_on=date(2026, 1, 1))
    create_service(provider=many, therapy=therapies[0])
    Check.objects.create(provider=many, aspect="payment", checked_on=date(2026, 1, 1), how="called")
    admin_client.get(LIST)
    assert queries(admin_client, change(few)) == queries(admin_client, change(many))
    for _ in range(3):
        create_provider(checked_on=date(2026, 1, 1))
    five = queries(admin_client, LIST)
    for _ in range(45):
        create_provider(checked_on=date(2026, 1, 1))
    assert queries(admin_client, LIST) == five


def test_publishing_a_real_place_says_what_becomes_of_the_examples(admin_client):
    create_provider(demonstration=True)
    place = create_provider(name="Real", status=Provider.Status.DRAFT)
    page = admin_client.post(
        "/admin/providers/provider/",
        {"action": "publish", "_selected_action": [place.pk]},
        follow=True,
    )
    assert "1 examples were withdrawn, because a real place" in page.content.decode()
