from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from providers.models import (
    Correction,
    FieldOrigin,
    ImportRow,
    ImportRun,
    PossibleDuplicate,
    Proposal,
    Provider,
    Source,
    SuggestedPlace,
    SuspiciousPoint,
)
from tests.factories import (
    create_correction,
    create_listing_source,
    create_provider,
    create_term,
    create_therapy,
    create_zip,
)
from tests.providers.test_admin import assert_index_is_true

pytestmark = pytest.mark.django_db

DESK = "/admin/providers"


def propose(provider, field="phone", value="(503) 234-9999", **fields):
    fields = {"as_of": date(2024, 8, 1)} | fields
    return Proposal.objects.create(provider=provider, field=field, value=value, **fields)


def create_source():
    return Source.objects.get_or_create(slug="samhsa", name="SAMHSA directory")[0]


def reject(reason="The ZIP code “9721” has four digits; write five.", **fields):
    run = ImportRun.objects.create(
        source=create_source(), edition="2022", as_of=date(2022, 8, 1), file="a.csv", file_hash="0"
    )
    fields = {"action": "refused", "raw": {"name1": "Herons", "zip": "9721"}} | fields
    return ImportRow.objects.create(run=run, number=7, reason=reason, **fields)


def doubt(provider, **fields):
    fields = {"lat": 46.5, "lon": -120.5, "miles": 121.4} | fields
    return SuspiciousPoint.objects.create(provider=provider, source=create_source(), **fields)


def suggest(**fields):
    fields = {"name": "Herons", "city": "Salem", "state": "OR"} | fields
    return SuggestedPlace.objects.create(**fields)


def pair(**fields):
    one, other = create_provider(), create_provider()
    fields = {"first": one, "second": other, "why": "The same phone."} | fields
    return PossibleDuplicate.objects.create(**fields)


def act(client, model, action, *items, follow=False, **data):
    data |= {"action": action, ACTION_CHECKBOX_NAME: [item.pk for item in items]}
    return client.post(f"{DESK}/{model}/", data, follow=follow)


def fill(size):
    """So many items in each queue."""
    for n in range(size):
        provider = create_provider(phone="(503) 234-5678")
        propose(provider)
        propose(provider, "point", [45.5, -122.6])
        create_correction(provider=provider)
        doubt(provider, lat=40 + n / 100)
        reject()
        suggest()
        pair()


def queries(client, path):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_the_first_page_counts_what_waits(admin_client, admin_user):
    provider = create_provider(created_at=timezone.now())
    propose(provider, owner=admin_user)
    Proposal.objects.update(created_at=timezone.now() - timedelta(days=12))
    propose(provider, "website", "https://a.example")
    propose(provider, closed_at=timezone.now())
    page = admin_client.get("/admin/").content.decode()
    row = page.split("Proposals</a>")[1].split("</tr>")[0]
    numbers = [cell.split("</td>")[0] for cell in row.split("<td>")[1:]]
    assert numbers == ["2", "1", "1", "12 days"]
    assert "?due=contact" in page


def test_the_first_page_shows_a_person_only_their_queues(client, django_user_model):
    user = django_user_model.objects.create_user("cora", password="x", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_correction"))
    client.force_login(user)
    page = client.get("/admin/").content.decode()
    assert "Corrections</a>" in page and "Suspicious points" not in page
    user.user_permissions.clear()
    assert "Waiting for someone" not in client.get("/admin/").content.decode()


def test_no_queue_asks_the_database_for_each_item(admin_client):
    pages = ["/admin/", f"{DESK}/provider/?due=contact"]
    for model in ("proposal", "correction", "suspiciouspoint", "importrow", "suggestedplace"):
        pages.append(f"{DESK}/{model}/")
    pages.append(f"{DESK}/possibleduplicate/")
    fill(2)
    for page in pages:
        admin_client.get(page)
    few = [queries(admin_client, page) for page in pages]
    fill(15)
    assert [queries(admin_client, page) for page in pages] == few


def test_overdue_lists_real_published_places_the_worst_first(admin_client):
    today = date.today()
    create_provider(name="Fresh", checked_on=today - timedelta(days=180))
    create_provider(name="Draft", status="draft")
    never = create_provider(name="Never called")
    create_provider(name="Half a year", checked_on=today - timedelta(days=181))
    create_provider(name="Two years", checked_on=today - timedelta(days=730))
    only_paid = create_provider(name="Payment only")
    only_paid.checks.create(aspect="payment", checked_on=today, how="called")
    page = admin_client.get(f"{DESK}/provider/?due=contact")
    names = [provider.name for provider in page.context["cl"].result_list]
    assert names == ["Never called", "Payment only", "Two years", "Half a year"]
    act(admin_client, "provider", "called", never, only_paid)
    page = admin_client.get(f"{DESK}/provider/?due=contact")
    assert [p.name for p in page.context["cl"].result_list] == ["Two years", "Half a year"]


def test_overdue_leaves_out_examples(admin_client):
    create_provider(demonstration=True)
    page = admin_client.get(f"{DESK}/provider/?due=contact")
    assert list(page.context["cl"].result_list) == []


def test_listings_are_taken_to_keep(admin_client, admin_user):
    mine, other = create_provider(), create_provider()
    answer = admin_client.post(
        f"{DESK}/provider/?due=nobody", {"action": "take", ACTION_CHECKBOX_NAME: [mine.pk]}
    )
    assert answer.status_code == 302
    mine.refresh_from_db(), other.refresh_from_db()
    assert (mine.keeper, other.keeper) == (admin_user, None)
    page = admin_client.get(f"{DESK}/provider/?due=mine")
    assert list(page.context["cl"].result_list) == [mine]


def test_each_queue_lets_a_person_take_an_item(admin_client, admin_user):
    provider = create_provider()
    items = {
        "proposal": propose(provider),
        "correction": create_correction(provider=provider),
        "suspiciouspoint": doubt(provider),
        "importrow": reject(),
        "suggestedplace": suggest(),
        "possibleduplicate": pair(),
    }
    for model, item in items.items():
        page = admin_client.get(f"{DESK}/{model}/{item.pk}/change/")
        assert "Take it: I look into it" in page.content.decode(), model
        act(admin_client, model, "take", item)
        item.refresh_from_db()
        assert item.owner == admin_user, model


def test_a_proposal_stands_beside_what_it_would_change(admin_client):
    provider = create_provider(phone="(503) 234-5678", yes=[create_term()])
    propose(provider, source=create_source())
    propose(provider, "pay:medicaid", "no")
    propose(provider, "service:cbt", {"virtual": True})
    propose(provider, "status", "withdrawn")
    create_therapy(short_name="CBT")
    page = admin_client.get(f"{DESK}/proposal/").content.decode()
    for text in ("(503) 234-5678", "(503) 234-9999", "Payment: Medicaid", "Says no",
                 "Therapy: CBT", "by video", "Withdrawn", "the place itself"):  # fmt: skip
        assert text in page, text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("phone", "(503) 234-9999"),
        ("pay:medicaid", "no: from May"),
        ("pay:medicaid", None),
        ("service:cbt", {"virtual": True, "next_start": "2027-01-04"}),
        ("service:cbt", None),
        ("organization", "Herons"),
        ("point", [45.61, -122.61]),
        ("status", "withdrawn"),
        ("confidential", True),
        ("website", None),
    ],
)
def test_accepting_sets_the_field_and_remembers_who(admin_client, field, value):
    from providers.editing import snapshot

    therapy = create_therapy(short_name="CBT")
    provider = create_provider(
        yes=[create_term()], therapies=[therapy], website="https://a.example"
    )
    item = propose(provider, field, value)
    act(admin_client, "proposal", "accept", item)
    assert snapshot([provider.pk])[provider.pk].get(field) == value
    item.refresh_from_db()
    assert item.outcome == "accepted" and item.closed_at
    origin = FieldOrigin.objects.get(provider=provider)
    assert (origin.field, origin.by, origin.set_on) == (field, "admin", date.today())
    assert not provider.checks.exists()
    assert_index_is_true()


def test_what_a_listing_cannot_hold_is_refused_with_a_sentence(admin_client):
    provider = create_provider(phone="(503) 234-5678")
    wrong = [
        propose(provider, "phone", "call us"),
        propose(provider, "name", None),
        propose(provider, "pay:barter", "yes"),
        propose(provider, "service:nowhere", {}),
    ]
    page = act(admin_client, "proposal", "accept", *wrong, follow=True).content.decode()
    assert "Write the number as it is dialed" in page
    assert "There is no “pay:barter” here" in page
    provider.refresh_from_db()
    assert provider.phone == "(503) 234-5678" and provider.name
    assert Proposal.objects.open().count() == 4
    assert not FieldOrigin.objects.exists()


def test_declining_keeps_the_listing_as_it_is(admin_client):
    provider = create_provider(phone="(503) 234-5678")
    item = propose(provider)
    act(admin_client, "proposal", "decline", item)
    provider.refresh_from_db(), item.refresh_from_db()
    assert provider.phone == "(503) 234-5678"
    assert item.outcome == "declined" and item.closed_at
    page = act(admin_client, "proposal", "accept", item, follow=True)  # closed: no longer offered
    provider.refresh_from_db()
    assert provider.phone == "(503) 234-5678" and page.status_code == 200


def test_a_proposal_of_what_is_so_already_closes_itself(admin_client):
    from tests.providers.test_admin import change, form

    provider = create_provider(name="Quiet Water")
    same, other = propose(provider), propose(provider, "website", "https://a.example")
    admin_client.post(change(provider), form(phone="(503) 234-9999"))
    same.refresh_from_db(), other.refresh_from_db()
    assert same.closed_at and same.outcome == "accepted"
    assert other.closed_at is None


def test_a_suspicious_point_is_used_or_left(admin_client):
    create_zip()
    provider = create_provider()
    use, leave = doubt(provider), doubt(provider, lat=47.0)
    page = admin_client.get(f"{DESK}/suspiciouspoint/{use.pk}/change/").content.decode()
    for text in ("121", "46.5000, -120.5000", "45.5140, -122.6370", "97214"):
        assert text in page
    act(admin_client, "suspiciouspoint", "leave", leave)
    provider.refresh_from_db(), leave.refresh_from_db()
    assert provider.lat == 45.514 and leave.outcome == "left" and leave.closed_at
    act(admin_client, "suspiciouspoint", "use", use)
    provider.refresh_from_db(), use.refresh_from_db()
    assert (provider.lat, provider.lon, provider.precision) == (46.5, -120.5, "street")
    assert use.outcome == "used" and use.closed_at
    assert FieldOrigin.objects.get(provider=provider).field == "point"
    assert_index_is_true()


def test_a_confidential_listing_takes_no_suspicious_point(admin_client):
    provider = create_provider(at=None, confidential_address=True)
    item = doubt(provider)
    page = act(admin_client, "suspiciouspoint", "use", item, follow=True).content.decode()
    assert "The address is confidential" in page
    provider.refresh_from_db()
    assert provider.lat is None


def test_a_rejected_row_shows_its_columns_and_is_closed(admin_client):
    row = reject()
    reject(action="added", reason="")
    page = admin_client.get(f"{DESK}/importrow/")
    assert list(page.context["cl"].result_list) == [row]
    text = admin_client.get(f"{DESK}/importrow/{row.pk}/change/").content.decode()
    assert "has four digits" in text and "Herons" in text and "name1" in text
    act(admin_client, "importrow", "close", row)
    assert list(admin_client.get(f"{DESK}/importrow/").context["cl"].result_list) == []


def test_a_run_shows_what_it_did_and_cannot_be_changed(admin_client):
    row = reject()
    run = row.run
    run.counts, run.problems = {"added": 1200, "refused": 1, "left": 3}, {"ZIP code": 1}
    run.save()
    page = admin_client.get(f"{DESK}/importrun/{run.pk}/change/").content.decode()
    assert "Added: 1,200" in page and "Left: 3" in page and "ZIP code: 1" in page
    assert 'name="_save"' not in page
    rows = f"{DESK}/importrow/?state=all&run__id__exact={run.pk}&action__exact=refused"
    assert rows.replace("&", "&amp;") in page
    assert list(admin_client.get(rows).context["cl"].result_list) == [row]
    assert admin_client.get(f"{DESK}/importrun/add/").status_code == 403


def test_staff_write_what_pages_say_of_a_source(admin_client):
    source = create_source()
    url = f"{DESK}/source/{source.pk}/change/"
    data = {"name": "National directory", "website": "findtreatment.gov", "slug": "other"}
    assert admin_client.post(url, data | {"notice": "Public domain."}).status_code == 302
    source.refresh_from_db()
    assert (source.name, source.slug) == ("National directory", "samhsa")
    assert source.website == "https://findtreatment.gov"
    create_listing_source(provider=create_provider())
    assert (
        admin_client.post(f"{DESK}/source/{source.pk}/delete/", {"post": "yes"}).status_code == 403
    )


def test_a_correction_is_taken_up_and_closed_with_a_sentence(admin_client, admin_user):
    item = create_correction(provider=create_provider(), message="It rings and rings.")
    url = f"{DESK}/correction/{item.pk}/change/"
    act(admin_client, "correction", "take_up", item)
    item.refresh_from_db()
    assert (item.status, item.owner) == ("checking", admin_user)
    data = {"owner": admin_user.pk, "status": "fixed", "resolution": ""}
    page = admin_client.post(url, data).content.decode()
    assert "Say in a sentence what was found" in page
    assert (
        admin_client.post(url, data | {"resolution": "We have the new number."}).status_code == 302
    )
    item.refresh_from_db()
    assert item.closed_at and (item.status, item.resolution) == ("fixed", "We have the new number.")
    again = data | {"status": "stands", "resolution": "No."}
    admin_client.post(url, again)
    item.refresh_from_db()
    assert item.status == "fixed"


def test_a_correction_can_be_closed_from_the_first_look(admin_client, admin_user):
    item = create_correction(provider=create_provider())
    data = {"status": "declined", "resolution": "This is not about the place."}
    admin_client.post(f"{DESK}/correction/{item.pk}/change/", data)
    item.refresh_from_db()
    assert item.closed_at and item.status == "declined" and item.owner == admin_user


def test_a_suggested_place_becomes_a_draft_once(admin_client, admin_user):
    create_provider(slug="herons-salem-or")
    item = suggest(phone="(503) 234-5678", website="https://herons.example")
    answer = act(admin_client, "suggestedplace", "make_draft", item)
    item.refresh_from_db()
    draft = item.provider
    assert answer.headers["Location"] == f"{DESK}/provider/{draft.pk}/change/"
    assert (draft.status, draft.slug, draft.keeper) == ("draft", "herons-salem-or-2", admin_user)
    assert (draft.name, draft.city, draft.phone) == ("Herons", "Salem", "(503) 234-5678")
    assert item.status == "checking" and item.closed_at is None
    page = act(admin_client, "suggestedplace", "make_draft", item, follow=True).content.decode()
    assert "made from it already" in page or "was made from it already" in page
    assert Provider.objects.count() == 2
    assert_index_is_true()


def test_a_suggestion_is_listed_once_its_listing_is_published(admin_client):
    item = suggest(status="checking")
    url = f"{DESK}/suggestedplace/{item.pk}/change/"
    data = {"status": "listed", "resolution": "It is listed now."}
    page = admin_client.post(url, data).content.decode()
    assert "First make a draft listing from it, and publish that." in page
    SuggestedPlace.objects.update(provider=create_provider())
    assert admin_client.post(url, data).status_code == 302
    item.refresh_from_db()
    assert (item.status, item.resolution) == ("listed", "It is listed now.") and item.closed_at


def test_what_someone_else_closed_keeps_what_they_found(admin_client, monkeypatch):
    item = create_correction(provider=create_provider())
    from providers import corrections

    def late(report, status, resolution, by):
        raise corrections.Closed("This was closed on Nov 26, 2026.")

    monkeypatch.setattr(corrections, "close", late)
    data = {"status": "fixed", "resolution": "Mine."}
    page = admin_client.post(f"{DESK}/correction/{item.pk}/change/", data, follow=True)
    assert "This was closed on" in page.content.decode()


def test_closed_items_stay_to_be_read_and_cannot_be_changed(admin_client):
    item = propose(create_provider(), closed_at=timezone.now(), outcome="declined")
    assert list(admin_client.get(f"{DESK}/proposal/").context["cl"].result_list) == []
    page = admin_client.get(f"{DESK}/proposal/?state=closed")
    assert list(page.context["cl"].result_list) == [item]
    text = admin_client.get(f"{DESK}/proposal/{item.pk}/change/").content.decode()
    assert "Take it" not in text and 'name="owner"' not in text


@pytest.fixture
def clerk(client, django_user_model):
    """Signed in: someone who may work on all queues and on nothing else."""
    user = django_user_model.objects.create_user("clerk", password="x", is_staff=True)
    queues = [Proposal, SuspiciousPoint, SuggestedPlace, ImportRow, PossibleDuplicate]
    names = [f"{verb}_{m._meta.model_name}" for m in queues for verb in ("view", "change")]
    user.user_permissions.add(*Permission.objects.filter(codename__in=names))
    client.force_login(user)
    return user


def allow(user, *names):
    user.user_permissions.add(*Permission.objects.filter(codename__in=names))


def test_who_may_not_change_listings_decides_nothing_that_changes_one(client, clerk):
    provider = create_provider(phone="(503) 234-5678")
    phone, status = propose(provider), propose(provider, "status", "withdrawn")
    point, place = doubt(provider), suggest()
    for model, action, item in (
        ("proposal", "accept", phone),
        ("proposal", "accept", status),
        ("suspiciouspoint", "use", point),
        ("suggestedplace", "make_draft", place),
    ):
        page = client.get(f"{DESK}/{model}/{item.pk}/change/").content.decode()
        assert f'value="{action}"' not in page and 'value="take"' in page, action
        act(client, model, action, item)
        item.refresh_from_db()
        assert item.is_open and not getattr(item, "outcome", ""), action
    provider.refresh_from_db()
    assert (provider.phone, provider.lat, provider.status) == (
        "(503) 234-5678",
        45.514,
        "published",
    )
    assert Provider.objects.count() == 1 and not FieldOrigin.objects.exists()


def test_who_may_not_change_listings_still_says_that_one_stays_as_it_is(client, clerk):
    provider = create_provider()
    for model, action, item in (
        ("proposal", "decline", propose(provider)),
        ("suspiciouspoint", "leave", doubt(provider)),
        ("importrow", "close", reject()),
        ("possibleduplicate", "keep_apart", pair()),
    ):
        act(client, model, action, item)
        item.refresh_from_db()
        assert item.closed_at, model


def test_who_may_change_listings_too_decides(client, clerk):
    allow(clerk, "change_provider")
    provider = create_provider(phone="(503) 234-5678")
    act(client, "proposal", "accept", propose(provider))
    act(client, "proposal", "accept", propose(provider, "status", "withdrawn"))
    act(client, "suspiciouspoint", "use", doubt(provider))
    provider.refresh_from_db()
    assert (provider.phone, provider.lat, provider.status) == ("(503) 234-9999", 46.5, "withdrawn")
    act(client, "suggestedplace", "make_draft", suggest())
    assert Provider.objects.count() == 1  # a new listing needs leave to add one
    allow(clerk, "add_provider")
    act(client, "suggestedplace", "make_draft", suggest())
    assert Provider.objects.count() == 2


def test_who_may_change_listings_alone_decides_nothing_in_a_queue(client, django_user_model):
    user = django_user_model.objects.create_user("keeper", password="x", is_staff=True)
    allow(user, "change_provider", "add_provider", "view_proposal", "view_suggestedplace")
    client.force_login(user)
    provider = create_provider(phone="(503) 234-5678")
    act(client, "proposal", "accept", propose(provider))
    act(client, "suggestedplace", "make_draft", suggest())
    provider.refresh_from_db()
    assert provider.phone == "(503) 234-5678" and Provider.objects.count() == 1


CLOSED = {"closed_at": datetime(2026, 11, 1, tzinfo=UTC)}


@pytest.mark.parametrize(
    ("model", "action", "make"),
    [
        ("proposal", "accept", lambda place: propose(place, outcome="declined", **CLOSED)),
        ("proposal", "decline", lambda place: propose(place, outcome="accepted", **CLOSED)),
        ("suspiciouspoint", "use", lambda place: doubt(place, outcome="left", **CLOSED)),
        ("suspiciouspoint", "leave", lambda place: doubt(place, outcome="used", **CLOSED)),
        ("importrow", "close", lambda place: reject(**CLOSED)),
        ("possibleduplicate", "keep_apart", lambda place: pair(outcome="merged", **CLOSED)),
        ("suggestedplace", "make_draft", lambda place: suggest(status="declined", **CLOSED)),
    ],
)
def test_what_is_closed_is_not_decided_again(admin_client, model, action, make):
    provider = create_provider(phone="(503) 234-5678")
    item = make(provider)
    was, places = type(item).objects.values().get(), Provider.objects.count()
    data = {"action": action, ACTION_CHECKBOX_NAME: [item.pk]}
    page = admin_client.post(f"{DESK}/{model}/?state=closed", data, follow=True)
    assert "Someone has decided this already." in page.content.decode()
    assert type(item).objects.values().get() == was
    provider.refresh_from_db()
    assert (provider.lat, provider.phone) == (45.514, "(503) 234-5678")
    assert Provider.objects.count() == places
    data["action"] = "take"  # nor does it get another owner
    admin_client.post(f"{DESK}/{model}/?state=closed", data)
    assert type(item).objects.values().get() == was


def test_nobody_decides_who_may_only_look(client, django_user_model):
    user = django_user_model.objects.create_user("looker", password="x", is_staff=True)
    user.user_permissions.add(*Permission.objects.filter(codename__startswith="view_"))
    client.force_login(user)
    provider = create_provider(phone="(503) 234-5678")
    item, duplicate = propose(provider), pair()
    act(client, "proposal", "accept", item)
    provider.refresh_from_db()
    assert provider.phone == "(503) 234-5678"
    url = f"{DESK}/possibleduplicate/{duplicate.pk}/change/"
    assert "Make them one place" not in client.get(url).content.decode()
    assert client.post(url, {"merge": "1"}).status_code == 403
    assert Correction.objects.count() == 0 and Provider.objects.count() == 3
