from datetime import date, timedelta
from io import StringIO

import pytest
from django.contrib.admin.models import LogEntry
from django.core.management import call_command

from providers.models import (
    Confirmation,
    FieldOrigin,
    OldSlug,
    PossibleDuplicate,
    Proposal,
    Provider,
    Source,
    SuggestedPlace,
    SuspiciousPoint,
)
from recommendations.models import Event, Saved, Visitor
from tests.factories import (
    create_correction,
    create_listing_source,
    create_provider,
    create_term,
    create_therapy,
)
from tests.providers.test_admin import assert_index_is_true
from tests.providers.test_queues import act, propose, queries

pytestmark = pytest.mark.django_db

DESK = "/admin/providers/possibleduplicate/"


def find():
    told = StringIO()
    call_command("find_duplicates", stdout=told)
    return told.getvalue()


def pairs():
    return [
        (pair.first.name, pair.second.name, pair.why) for pair in PossibleDuplicate.objects.all()
    ]


def pair_of(first, second):
    return PossibleDuplicate.objects.create(first=first, second=second, why="The same phone.")


def merge(client, pair, **choices):
    data = {"merge": "1"} | {f"choice-{name}": side for name, side in choices.items()}
    return client.post(f"{DESK}{pair.pk}/change/", data, follow=True)


def visitor(n):
    return Visitor.objects.create(key_hash=str(n), seen_on=date(2026, 11, 1))


def test_pairs_in_one_zip_code_are_found_by_what_they_share():
    create_provider(name="Herons Clinic", street="9 Oak St", phone="(503) 234-0001")
    create_provider(name="HERONS clinic", street="9 Oak St.", phone="(503) 234-0002", slug="h2")
    create_provider(name="Quiet Water", phone="503-234-0002 x4")
    create_provider(name="Herons Clinic", zip="97301", phone="(503) 234-0001", slug="h3")
    create_provider(name="Other", phone="(503) 234-0009")
    assert find() == "2 new pairs wait in the admin.\n"
    assert pairs() == [
        ("Herons Clinic", "HERONS clinic", "The same name and address."),
        ("HERONS clinic", "Quiet Water", "The same phone."),
    ]


def test_what_is_no_sign_files_nothing():
    for n in range(6):  # a central number of six sites
        create_provider(name=f"Site {n}", phone="(503) 234-0001")
    for n in range(2):
        create_provider(name=f"No phone {n}", phone="")
        create_provider(name="Withdrawn", slug=f"w{n}", phone="(503) 234-0003", status="withdrawn")
        create_provider(name="Nowhere", slug=f"n{n}", phone="(503) 234-0004", zip="")
    assert find() == "0 new pairs wait in the admin.\n"


def test_examples_are_nobodys_duplicates():
    for n in range(2):
        create_provider(name="Example", slug=f"e{n}", demonstration=True)
    assert find() == "0 new pairs wait in the admin.\n"


def test_two_places_stay_two_places(admin_client):
    one, two = (create_provider(name="Herons", slug=f"h{n}") for n in range(2))
    find()
    pair = PossibleDuplicate.objects.get()
    assert (pair.first, pair.second) == (one, two)
    act(admin_client, "possibleduplicate", "keep_apart", pair)
    pair.refresh_from_db()
    assert pair.outcome == "different" and pair.closed_at
    assert find() == "0 new pairs wait in the admin.\n"
    assert not PossibleDuplicate.objects.open().exists()


def test_both_stand_side_by_side_field_by_field(admin_client):
    cbt, paid = create_therapy(short_name="CBT"), create_term()
    first = create_provider(name="Herons", phone="(503) 234-0001", yes=[paid])
    second = create_provider(name="Herons", slug="h2", phone="(503) 234-0002", therapies=[cbt])
    pair = pair_of(first, second)
    page = admin_client.get(f"{DESK}{pair.pk}/change/").content.decode()
    for text in ("(503) 234-0001", "(503) 234-0002", "Payment: Medicaid", "Therapy: CBT", "h2"):
        assert text in page, text
    assert "choice-name" not in page  # equal on both
    # The side that says something is chosen unless told.
    assert 'name="choice-service:cbt" value="second"' in page
    chosen = page.split('name="choice-service:cbt" value="second"')[1].split(">")[0]
    assert "checked" in chosen


def test_a_merged_listing_has_the_chosen_fields_and_keeps_the_first_address(admin_client, client):
    cbt, mbsr = create_therapy(short_name="CBT"), create_therapy()
    paid, cash = create_term(), create_term(slug="cash")
    first = create_provider(
        name="Herons", slug="herons", phone="(503) 234-0001", therapies=[mbsr], yes=[paid]
    )
    second = create_provider(
        name="Herons Clinic", slug="herons-2", phone="(503) 234-0002", therapies=[cbt], no=[cash],
        website="https://herons.example",
    )  # fmt: skip
    OldSlug.objects.create(slug="herons-old", provider=second)
    merge(
        admin_client,
        pair_of(first, second),
        **{"phone": "second", "name": "first", "website": "second", "service:cbt": "second",
           "pay:cash": "second", "service:mbsr": "first", "pay:medicaid": "first"},
    )  # fmt: skip
    kept = Provider.objects.get()
    assert (kept.pk, kept.name, kept.slug) == (first.pk, "Herons", "herons")
    assert (kept.phone, kept.website) == ("(503) 234-0002", "https://herons.example")
    assert {s.therapy for s in kept.services.all()} == {cbt, mbsr}
    assert {(t.term, t.answer) for t in kept.provider_terms.all()} == {(paid, "yes"), (cash, "no")}
    for old in ("herons-2", "herons-old"):
        answer = client.get(f"/providers/{old}/")
        assert answer.status_code == 301 and answer["Location"] == "/providers/herons/"
    # What both said, and a person decided, is theirs; what only one said is its source's.
    assert set(FieldOrigin.objects.values_list("field", flat=True)) == {"name", "phone"}
    assert LogEntry.objects.get().change_message == (
        "Merged with Herons Clinic, Portland, OR (herons-2)."
    )
    assert_index_is_true()


def test_all_that_belonged_to_the_second_belongs_to_the_first(admin_client):
    first, second, third = create_provider(), create_provider(), create_provider()
    source = create_listing_source(provider=second)
    owned = [
        source,
        create_correction(provider=second),
        propose(second, "website", "https://a.example"),
        SuggestedPlace.objects.create(name="A", city="B", state="OR", provider=second),
        SuspiciousPoint.objects.create(
            provider=second, source=source.source, lat=1, lon=1, miles=99
        ),
        Confirmation.objects.create(
            provider=second, email="a@b.example", token_hash="x", expires_at="2027-01-01T00:00Z"
        ),
        Saved.objects.create(visitor=visitor(1), provider=second, saved_on=date(2026, 11, 1)),
        Event.objects.create(
            visitor=visitor(2), kind="explored", thing="x", provider=second, day=date(2026, 11, 1)
        ),
        FieldOrigin.objects.create(
            provider=second, field="website", set_on=date(2026, 1, 1), by="ana"
        ),
    ]
    with_third = pair_of(second, third)
    Provider.objects.filter(pk=second.pk).update(website="https://b.example")
    merge(admin_client, pair_of(first, second), website="second")
    for row in owned:
        row.refresh_from_db()
        assert row.provider_id == first.pk, row
    with_third.refresh_from_db()
    assert (with_third.first, with_third.second) == (first, third)
    assert Provider.objects.count() == 2
    assert_index_is_true()


def test_what_both_had_is_kept_once(admin_client):
    today = date.today()
    first = create_provider(checked_on=today - timedelta(days=9))
    second, third = create_provider(checked_on=today), create_provider()
    second.checks.create(aspect="payment", checked_on=today, how="called")
    who = visitor(1)
    Saved.objects.create(visitor=who, provider=first, saved_on=today)
    Saved.objects.create(visitor=who, provider=second, saved_on=today, note="Ask for Ana.")
    source = Source.objects.create(slug="s", name="S")
    for provider in (first, second):
        SuspiciousPoint.objects.create(provider=provider, source=source, lat=1, lon=1, miles=99)
    apart = pair_of(first, third)
    PossibleDuplicate.objects.filter(pk=apart.pk).update(outcome="different")
    pair_of(second, third)
    merge(admin_client, pair_of(first, second))
    assert {c.aspect: c.checked_on for c in first.checks.all()} == {
        "contact": today,
        "payment": today,
    }
    saved = Saved.objects.get()
    assert (saved.provider, saved.note) == (first, "Ask for Ana.")
    assert SuspiciousPoint.objects.get().provider == first
    left = PossibleDuplicate.objects.get()
    assert (left.first, left.second, left.outcome) == (first, third, "different")


def test_if_either_is_confidential_no_address_remains(admin_client):
    first = create_provider(street="9 Hidden Road")
    second = create_provider(at=None, confidential_address=True, precision="none")
    create_listing_source(provider=first, said={"street": "9 Hidden Road", "name": "A"})
    merge(admin_client, pair_of(first, second), street="first", point="first")
    kept = Provider.objects.get()
    assert kept.confidential_address and (kept.street, kept.lat) == ("", None)
    assert kept.sources.get().said == {"name": "A"}

    third = create_provider(street="9 Hidden Road")
    create_listing_source(provider=third, said={"street": "9 Hidden Road"})
    merge(admin_client, pair_of(kept, third), street="second", point="second")
    kept.refresh_from_db()
    assert kept.confidential_address and (kept.street, kept.lat) == ("", None)
    assert [row.said for row in kept.sources.order_by("pk")] == [{"name": "A"}, {}]
    assert_index_is_true()


def test_an_example_and_a_real_place_are_never_one(admin_client):
    first = create_provider(demonstration=True)
    second = create_provider()
    page = merge(admin_client, pair_of(first, second)).content.decode()
    assert "An example and a real place are never one." in page
    assert Provider.objects.count() == 2


def test_a_merge_that_cannot_be_saved_changes_nothing(admin_client):
    first, second = create_provider(phone="(503) 234-0001"), create_provider()
    Provider.objects.filter(pk=second.pk).update(phone="call us")
    page = merge(admin_client, pair_of(first, second), phone="second").content.decode()
    assert "Write the number as it is dialed" in page
    first.refresh_from_db()
    assert first.phone == "(503) 234-0001" and Provider.objects.count() == 2


def test_a_pair_that_is_gone_is_not_found(admin_client):
    pair = pair_of(create_provider(), create_provider())
    url = f"{DESK}{pair.pk}/change/"
    pair.second.delete()
    assert admin_client.get(url).status_code == 302
    assert admin_client.post(url, {"merge": "1"}).status_code == 302


def test_the_merge_page_asks_the_same_number_of_questions_for_many_fields(admin_client):
    terms = [create_term(slug=f"t{n}") for n in range(12)]
    therapies = [create_therapy(short_name=f"T{n}") for n in range(6)]
    few = pair_of(create_provider(yes=terms[:1], therapies=therapies[:1]), create_provider())
    many = pair_of(create_provider(yes=terms), create_provider(no=terms, therapies=therapies))
    admin_client.get(DESK)
    paths = [f"{DESK}{pair.pk}/change/" for pair in (few, many)]
    assert queries(admin_client, paths[0]) == queries(admin_client, paths[1])
    assert Proposal.objects.count() == 0
