from datetime import date

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext

from providers import editing
from providers.changes import listing_changes, search_rows
from providers.index import index
from providers.models import (
    Check,
    FieldOrigin,
    ImportRow,
    ImportRun,
    OldSlug,
    Organization,
    Proposal,
    Provider,
    SearchClock,
    SearchRow,
    SuspiciousPoint,
)
from providers.query import Query
from tests.factories import (
    create_listing_source,
    create_provider,
    create_service,
    create_term,
    create_therapy,
    create_zip,
)

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


def test_a_saved_listing_keeps_its_lines_and_whose_they_are(admin_client):
    lines = {"hours": "Mon to Fri\n9 to 5", "description": "One.\n\nTwo."}
    provider = create_provider(name="Quiet Water", slug="quiet-water", kind="Clinic", **lines)
    sent = {name: text.replace("\n", "\r\n") for name, text in lines.items()}  # as browsers do
    assert admin_client.post(change(provider), form(**sent)).status_code == 302
    provider.refresh_from_db()
    assert {name: getattr(provider, name) for name in lines} == lines
    assert not FieldOrigin.objects.exists()
    assert "Hours" not in LogEntry.objects.get().get_change_message()


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


def origins(provider):
    return {row.field: row.by for row in FieldOrigin.objects.filter(provider=provider)}


def test_what_staff_change_is_remembered_as_theirs_field_by_field(admin_client):
    therapy, paid, other = create_therapy(), create_term(), create_term(slug="cash")
    provider = create_provider(name="Quiet Water", yes=[paid, other], zip="97214", kind="Clinic")
    answers = list(provider.provider_terms.order_by("pk"))
    parts = {
        "phone": "(503) 234-9999",
        "lat": "45.6",
        "precision": "street",
        "services-TOTAL_FORMS": "1",
        "services-0-therapy": therapy.pk,
        "services-0-order": "0",
        "services-0-accepting_new": "yes",
        "provider_terms-TOTAL_FORMS": "2",
        "provider_terms-INITIAL_FORMS": "2",
    }
    for n, (row, answer) in enumerate(zip(answers, ("no", "yes"), strict=True)):
        parts |= {
            f"provider_terms-{n}-id": row.pk,
            f"provider_terms-{n}-provider": provider.pk,
            f"provider_terms-{n}-term": row.term_id,
            f"provider_terms-{n}-answer": answer,
        }
    assert admin_client.post(change(provider), form(**parts)).status_code == 302
    changed = {"phone", "point", "pay:medicaid", "service:mbsr"}
    assert origins(provider) == dict.fromkeys(changed, "admin")
    assert not provider.checks.exists()


def test_saving_a_form_without_a_change_marks_nothing_and_moves_no_date(admin_client):
    provider = create_provider(name="Quiet Water", kind="Clinic", checked_on=date(2026, 1, 1))
    check = provider.checks.get()
    parts = {
        "checks-TOTAL_FORMS": "1",
        "checks-INITIAL_FORMS": "1",
        "checks-0-id": check.pk,
        "checks-0-provider": provider.pk,
        "checks-0-aspect": "contact",
        "checks-0-checked_on": "2026-01-01",
        "checks-0-how": "called",
    }
    assert admin_client.post(change(provider), form(**parts)).status_code == 302
    assert origins(provider) == {}
    assert provider.checks.get().checked_on == date(2026, 1, 1)


def test_one_click_records_a_check_of_the_aspects_named(admin_client):
    provider = create_provider(checked_on=date(2025, 1, 1))
    page = admin_client.get(change(provider)).content.decode()
    assert "Record the check" in page
    answer = admin_client.post(
        LIST,
        {
            "action": "called",
            ACTION_CHECKBOX_NAME: [provider.pk],
            "aspects": ["contact", "payment", "nonsense"],
            "from_page": "1",
        },
    )
    assert answer.headers["Location"] == change(provider)
    checks = {check.aspect: check for check in provider.checks.all()}
    assert set(checks) == {"contact", "payment"}
    for check in checks.values():
        assert (check.checked_on, check.how, check.by) == (date.today(), "called", "admin")
    assert_index_is_true()


def test_nothing_named_and_nobody_real_records_no_check(admin_client):
    provider, example = create_provider(), create_provider(demonstration=True)
    nothing = {"action": "called", "from_page": "1", ACTION_CHECKBOX_NAME: [provider.pk]}
    nobody = {"action": "called", ACTION_CHECKBOX_NAME: [example.pk]}
    for data in (nothing, nobody):
        page = admin_client.post(LIST, data, follow=True).content.decode()
        assert "Nothing was recorded" in page
    assert not Check.objects.exists()


def test_several_listings_are_checked_at_once(admin_client):
    providers = [create_provider() for _ in range(3)]
    chosen = {ACTION_CHECKBOX_NAME: [provider.pk for provider in providers]}
    admin_client.post(LIST, {"action": "called_all"} | chosen)
    assert Check.objects.filter(by="admin", how="called").count() == 12
    assert_index_is_true()


def test_a_new_check_needs_the_right_to_change_listings(client, django_user_model):
    user = django_user_model.objects.create_user("looker", password="x", is_staff=True)
    user.user_permissions.add(_permission("view_provider"))
    client.force_login(user)
    provider = create_provider()
    client.post(LIST, {"action": "called", ACTION_CHECKBOX_NAME: [provider.pk]})
    assert not provider.checks.exists()
    assert "Record the check" not in client.get(change(provider)).content.decode()


def _permission(codename):
    from django.contrib.auth.models import Permission

    return Permission.objects.get(codename=codename)


@pytest.mark.parametrize("phone", ["---", "xxx", "12", "911", "9-1-1", "988", "211"])
def test_a_phone_has_three_digits_and_is_not_911(admin_client, phone):
    provider = create_provider(name="Quiet Water")
    page = admin_client.post(change(provider), form(phone=phone)).content.decode()
    provider.refresh_from_db()
    takes = phone in ("988", "211")
    assert ("Write the number as it is dialed" in page) is not takes
    assert (provider.phone == phone) is takes


def test_a_confidential_address_is_forgotten_everywhere(admin_client):
    provider = create_provider(name="Quiet Water", street="9 Hidden Road", precision="street")
    said = {"name": "Quiet Water", "street": "9 Hidden Road", "point": [45.5, -122.6]}
    source = create_listing_source(provider=provider, said=said)
    run = ImportRun.objects.create(
        source=source.source, edition="2022", as_of=source.as_of, file="a.csv", file_hash="0"
    )
    row = ImportRow.objects.create(
        run=run, number=1, action="changed", listing=source, before={"said": said}, raw=said
    )
    facts = {"provider": provider, "as_of": source.as_of}
    Proposal.objects.create(field="street", value="9 Hidden Road", **facts)
    Proposal.objects.create(field="point", value=[45.5, -122.6], **facts)
    SuspiciousPoint.objects.create(
        provider=provider, source=source.source, lat=45.5, lon=-122.6, miles=30
    )
    parts = form(confidential_address="on", street="9 Hidden Road", precision="street")
    assert admin_client.post(change(provider), parts).status_code == 302
    provider.refresh_from_db()
    assert (provider.street, provider.lat, provider.lon) == ("", None, None)
    assert provider.precision == "none" and provider.confidential_address
    source.refresh_from_db(), row.refresh_from_db()
    assert source.said == {"name": "Quiet Water"} == row.before["said"]
    assert row.raw is None
    assert not Proposal.objects.exists() and not SuspiciousPoint.objects.exists()
    assert "Hidden Road" not in admin_client.get(change(provider)).content.decode()
    assert_index_is_true()


def test_without_a_point_a_listing_stands_in_the_middle_of_its_zip_code(admin_client):
    create_zip(at=(45.51, -122.64))
    create_zip(code="97301", city="Salem", at=(44.94, -123.03))
    admin_client.post(ADD, form(lat="", lon="", precision="street"))
    provider = Provider.objects.get()
    assert (provider.lat, provider.lon, provider.precision) == (45.51, -122.64, "zip")
    assert "point" not in origins(provider)
    moved = form(zip="97301", lat="45.51", lon="-122.64")
    assert admin_client.post(change(provider), moved).status_code == 302
    provider.refresh_from_db()
    assert (provider.lat, provider.lon, provider.precision) == (44.94, -123.03, "zip")


def test_a_listing_shows_what_each_source_says_and_who_set_each_field(admin_client):
    provider = create_provider(phone="(503) 234-5678")
    said = {"phone": "(503) 234-0000", "pay:medicaid": "no: not now"}
    create_listing_source(provider=provider, said=said, gone_from="2024")
    create_term()
    FieldOrigin.objects.create(provider=provider, field="phone", set_on=date(2026, 3, 4), by="ana")
    page = admin_client.get(change(provider)).content.decode()
    assert "(503) 234-0000" in page and "Says no: not now" in page
    assert "ana, Mar 4, 2026" in page
    assert "no longer in the 2024 edition" in page


def test_deleting_an_imported_listing_offers_to_withdraw_it(admin_client):
    provider, ours = create_provider(), create_provider()
    create_listing_source(provider=provider, name="SAMHSA directory")
    page = admin_client.get(f"{LIST}{provider.pk}/delete/").content.decode()
    assert "the next import would add it again" in page and "SAMHSA directory" in page
    assert "would add it again" not in admin_client.get(f"{LIST}{ours.pk}/delete/").content.decode()
    data = {"action": "delete_selected", ACTION_CHECKBOX_NAME: [provider.pk]}
    assert "is added again by its next import" in admin_client.post(LIST, data).content.decode()


def test_a_listing_that_does_not_exist_is_not_found(admin_client):
    for key in ("999", "x", "9" * 30):
        page = admin_client.get(f"{LIST}{key}/change/", follow=True)
        assert page.redirect_chain and "doesn’t exist" in page.content.decode()
        assert admin_client.get(f"{LIST}{key}/delete/").status_code == 302


def test_an_old_form_puts_nothing_back(admin_client):
    """What changed since it was opened stays: a phone, or that the place took itself out."""
    provider = create_provider(name="Quiet Water", slug="quiet-water", kind="Clinic")
    opened = admin_client.get(change(provider)).context["adminform"].form
    sent = form(phone=provider.phone, summary="New.", seen=opened.initial["seen"])
    with listing_changes() as changed:
        editing.put(provider.pk, {"phone": "(503) 234-9999"})
        changed.add(provider.pk)
    page = admin_client.post(change(provider), sent)
    assert page.status_code == 200 and "was changed after you opened it" in page.content.decode()
    provider.refresh_from_db()
    assert (provider.phone, provider.summary) == ("(503) 234-9999", "")
    opened = admin_client.get(change(provider)).context["adminform"].form
    sent |= {"phone": provider.phone, "seen": opened.initial["seen"]}
    assert admin_client.post(change(provider), sent).status_code == 302
    provider.refresh_from_db()
    assert provider.summary == "New."


def test_a_start_that_is_past_is_no_next_start(client):
    therapy = create_therapy()
    provider = create_provider(therapies=[therapy])
    for day, shown in ((date(2020, 1, 5), False), (date(2999, 1, 5), True)):
        with listing_changes() as changed:
            provider.services.update(next_start=day)
            changed.add(provider.pk)
        page = client.get(provider.get_absolute_url()).content.decode()
        assert ("Next start" in page) == shown


@pytest.mark.parametrize(
    "summary",
    ["Come to 12 Hidden St.", "Ring at 12 hidden street", "A house at 7 Old Mill Road, quiet."],
)
def test_a_text_of_a_hidden_place_tells_no_street(admin_client, summary):
    sent = form(confidential_address="on", street="12 Hidden Street", summary=summary)
    page = admin_client.post(ADD, sent)
    assert "The address is confidential, but this tells a street" in page.content.decode()
    assert not Provider.objects.exists()
    sent = form(confidential_address="on", street="12 Hidden Street", summary="14 quiet rooms.")
    assert admin_client.post(ADD, sent).status_code == 302


def test_a_check_of_a_day_to_come_is_refused(admin_client):
    parts = {
        "checks-TOTAL_FORMS": "1",
        "checks-0-aspect": "contact",
        "checks-0-checked_on": "2099-01-01",
        "checks-0-how": "called",
    }
    page = admin_client.post(ADD, form(**parts)).content.decode()
    assert "This day is yet to come." in page
    assert not Provider.objects.exists()


def test_an_address_that_cannot_be_is_refused(admin_client):
    create_zip()
    create_zip(code="10001", state="NY", at=(40.75, -74.0))
    page = admin_client.post(ADD, form(zip="10001")).content.decode()
    assert "ZIP code 10001 lies in NY, not in OR." in page
    page = admin_client.post(ADD, form(lat="40.75", lon="-74.0")).content.decode()
    assert "miles from the ZIP code or town above." in page
    assert not Provider.objects.exists()
    assert admin_client.post(ADD, form()).status_code == 302
    # An old slip keeps nobody from changing something else.
    provider = create_provider(name="Slip", slug="slip", zip="10001")
    sent = form(provider, name="Slip", slug="slip", zip="10001", kind="Hospital")
    sent |= {"lat": provider.lat, "lon": provider.lon, "phone": provider.phone}
    sent |= {"precision": provider.precision}
    assert admin_client.post(change(provider), sent).status_code == 302
