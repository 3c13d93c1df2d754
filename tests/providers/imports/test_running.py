"""What every import does, whatever the file: see also the readers' own tests."""

import threading
import time
from datetime import date

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from providers.changes import differing, listing_changes
from providers.imports import running, undoing, writing
from providers.imports.records import Reading, Record, Refused, Row
from providers.models import (
    Check,
    FieldOrigin,
    ImportRow,
    ImportRun,
    ListingSource,
    PossibleDuplicate,
    Proposal,
    Provider,
    ProviderTerm,
    SearchRow,
    Source,
    SuspiciousPoint,
    Term,
)
from tests.factories import (
    create_correction,
    create_provider,
    create_term,
    create_therapy,
    create_town,
    create_zip,
)

CARE = {"slug": "care-directory", "name": "Directory of care", "publisher": "An agency"}
MIND = {"slug": "mind-directory", "name": "Directory of minds", "publisher": "An agency"}
FAR = (40.7, -74.0)


def record(identifier="F1", **fields):
    return Record(
        **{
            "identifier": identifier,
            "name": f"Cedar House {identifier}",
            "street": f"{identifier[1:] or 1} Main Street",
            "city": "Portland",
            "state": "OR",
            "zip": "97214",
            "phone": "(503) 234-5678",
        }
        | fields
    )


def reading(*records, source=CARE, edition="2022", whole=False):
    """A file of these records; what is a sentence is a row refused for it."""
    rows = [
        Row(n, {"name": "as it stood"}, refused=Refused(made))
        if isinstance(made, str)
        else Row(n, {"row": repr(made)}, make=lambda made=made: made)
        for n, made in enumerate(records, start=1)
    ]
    return Reading(source, edition, date(int(edition), 6, 1), iter(rows), whole, len(rows))


def load(*records, digest="a file", **more):
    options = {key: more.pop(key) for key in ("publish", "mark_gone") if key in more}
    made = reading(*records, **more)
    return running.run(made, name="made.csv", digest=f"{digest}{made.edition}", **options)


def counts(outcome):
    return {str(key): value for key, value in outcome.counts.items() if value}


@pytest.fixture(autouse=True)
def no_rest(monkeypatch):
    monkeypatch.setattr(running, "REST", 0)


@pytest.mark.django_db
class TestLoading:
    def test_a_record_becomes_a_listing_that_is_found(self, client):
        cbt, medicaid = create_therapy(short_name="CBT"), create_term()
        create_zip()
        made = record(terms={("pay", "medicaid"): "yes"}, services={"cbt": {"virtual": True}})
        assert counts(load(made)) == {"added": 1}
        page = client.get("/providers/?near=97214&therapy=cbt&pay=medicaid&delivery=virtual")
        assert "Cedar House F1" in page.content.decode()
        provider = Provider.objects.get()
        assert provider.slug == "cedar-house-f1-portland-or"
        assert provider.services.get().therapy == cbt
        assert provider.provider_terms.get().term == medicaid
        assert not provider.checks.exists()  # to be in a directory is no check
        assert differing() == []

    def test_the_same_file_again_changes_nothing(self):
        load(record("F1"), record("F2"))
        before = list(Provider.objects.values_list("updated_at", flat=True))
        again = load(record("F1"), record("F2"), digest="again")
        assert counts(again) == {"left": 2}
        assert list(Provider.objects.values_list("updated_at", flat=True)) == before

    def test_what_the_source_says_no_longer_is_no_longer_said(self):
        create_term(slug="medicaid")
        create_term(slug="medicare")
        load(record(terms={("pay", "medicaid"): "yes", ("pay", "medicare"): "no"}, website=""))
        load(record(terms={("pay", "medicare"): "yes"}, phone="(503) 234-9999"), edition="2024")
        provider = Provider.objects.get()
        assert provider.phone == "(503) 234-9999"
        assert [str(row) for row in provider.provider_terms.all()] == ["Medicare: Yes"]
        assert differing() == []

    def test_two_directories_make_one_listing(self):
        create_term(slug="medicaid")
        create_therapy(short_name="CBT")
        create_therapy(short_name="DBT")
        load(record("S7", name="Oak House", services={"cbt": {}}))
        shared = record("M3", name="OAK HOUSE", street="7 Main Street", services={"dbt": {}})
        assert counts(load(shared, source=MIND)) == {"changed": 1}
        provider = Provider.objects.get()
        assert {row.source.slug for row in provider.sources.all()} == {
            "care-directory",
            "mind-directory",
        }
        assert {row.therapy.slug for row in provider.services.all()} == {"cbt", "dbt"}

    def test_two_rows_of_one_place_in_a_file_are_one_listing_each_time(self):
        rows = [record("F1"), record("F1", phone="(503) 234-0000"), record("F2")]
        load(*rows)
        assert Provider.objects.count() == 2
        assert counts(load(*rows, digest="again")) == {"left": 3}

    def test_terms_and_therapies_that_are_not_here_are_left_out(self):
        load(record(terms={("pay", "gold"): "yes"}, services={"unheard-of": {}}))
        provider = Provider.objects.get()
        assert not provider.provider_terms.exists()
        assert not provider.services.exists()

    def test_equal_names_in_one_town_get_addresses_of_their_own(self):
        rows = [record(f"F{n}", name="Oak House", street=f"{n} Main Street") for n in range(4)]
        load(*rows)
        assert Provider.objects.values("slug").distinct().count() == 4

    def test_a_listing_made_by_staff_keeps_what_they_wrote(self):
        staff = create_provider(name="Cedar House F1", street="1 Main Street", phone="503 555 1")
        load(record(website="https://example.org"))
        staff.refresh_from_db()
        assert Provider.objects.count() == 1
        assert (staff.phone, staff.website) == ("503 555 1", "https://example.org")
        assert Proposal.objects.get(field="phone").value == "(503) 234-5678"

    def test_examples_leave_when_a_real_listing_comes(self):
        create_provider(demonstration=True)
        load(record())
        assert Provider.objects.get(demonstration=True).status == "withdrawn"

    def test_as_drafts_they_wait_for_staff(self):
        load(record(), publish=False)
        assert Provider.objects.get().status == "draft"

    def test_an_edition_older_than_what_is_known_is_refused(self):
        load(record(), edition="2024")
        with pytest.raises(running.Stopped, match="An older edition would undo newer facts"):
            load(record(phone="(503) 234-0000"), edition="2022")
        assert Provider.objects.get().phone == "(503) 234-5678"


@pytest.mark.django_db
class TestPeopleKnowBetter:
    def test_a_field_that_a_person_set_later_is_proposed_and_not_changed(self):
        load(record())
        provider = Provider.objects.get()
        Provider.objects.update(phone="(503) 234-1111")
        FieldOrigin.objects.create(provider=provider, field="phone", set_on="2024-07-01", by="ana")
        newer = record(phone="(503) 234-2222", hours="Always")
        assert counts(load(newer, edition="2024")) == {"changed": 1, "proposed": 1}
        provider.refresh_from_db()
        assert (provider.phone, provider.hours) == ("(503) 234-1111", "Always")
        proposal = Proposal.objects.get()
        assert (proposal.field, proposal.value) == ("phone", "(503) 234-2222")

    def test_what_was_declined_is_not_asked_again(self):
        load(record())
        provider = Provider.objects.get()
        FieldOrigin.objects.create(provider=provider, field="phone", set_on="2025-01-01", by="ana")
        load(record(phone="(503) 234-2222"), edition="2024")
        load(record(phone="(503) 234-2222", hours="Always"), edition="2025")
        assert Proposal.objects.count() == 1

    def test_a_call_after_the_sources_date_protects_its_aspect(self):
        load(record())
        provider = Provider.objects.get()
        Check.objects.create(
            provider=provider, aspect="contact", checked_on="2024-08-01", how="called"
        )
        load(record(phone="(503) 234-2222", kind="Clinic"), edition="2024")
        provider.refresh_from_db()
        assert (provider.phone, provider.kind) == ("(503) 234-5678", "Clinic")

    def test_a_newer_source_is_believed_over_an_older_call(self):
        load(record())
        provider = Provider.objects.get()
        Check.objects.create(
            provider=provider, aspect="contact", checked_on="2023-08-01", how="called"
        )
        load(record(phone="(503) 234-2222"), edition="2024")
        provider.refresh_from_db()
        assert provider.phone == "(503) 234-2222"

    def test_a_withdrawn_listing_stays_withdrawn(self):
        load(record())
        Provider.objects.update(status="withdrawn")
        load(record(phone="(503) 234-2222"), edition="2024")
        assert Provider.objects.get().status == "withdrawn"

    def test_a_newer_source_that_was_believed_is_named_as_the_one_who_says_so(self):
        load(record())
        provider = Provider.objects.get()
        FieldOrigin.objects.create(provider=provider, field="phone", set_on="2023-01-01", by="ana")
        load(record(phone="(503) 234-2222"), edition="2024")
        assert not FieldOrigin.objects.exists()
        undoing.undo(ImportRun.objects.first())
        origin = FieldOrigin.objects.get()
        assert (origin.field, origin.by, str(origin.set_on)) == ("phone", "ana", "2023-01-01")

    def test_what_is_said_no_longer_goes_though_a_person_checked_it_before(self):
        create_term(slug="medicaid")
        load(record(terms={("pay", "medicaid"): "yes"}))
        provider = Provider.objects.get()
        Check.objects.create(
            provider=provider, aspect="payment", checked_on="2023-05-01", how="called"
        )
        load(record(), edition="2024")
        assert not provider.provider_terms.exists()

    def test_a_dropped_fact_that_a_person_checked_is_proposed(self):
        create_term(slug="medicaid")
        load(record(terms={("pay", "medicaid"): "yes"}))
        provider = Provider.objects.get()
        Check.objects.create(
            provider=provider, aspect="payment", checked_on="2025-05-01", how="called"
        )
        load(record(), edition="2024")
        proposal = Proposal.objects.get()
        assert (proposal.field, proposal.value) == ("pay:medicaid", None)

    def test_a_declined_service_is_not_asked_again_whatever_the_order_of_its_words(self):
        create_therapy(short_name="CBT")
        load(record())
        provider = Provider.objects.get()
        Check.objects.create(
            provider=provider, aspect="services", checked_on="2026-05-01", how="called"
        )
        for edition in ("2024", "2025"):
            offer = {"virtual": True, "accepting_new": "yes", "sessions": edition[:3]}
            load(record(services={"cbt": offer}, hours=edition), edition=edition)
        assert Proposal.objects.filter(field="service:cbt").count() == 1


@pytest.mark.django_db
class TestLeaving:
    def test_what_only_one_source_said_goes_when_it_lists_the_place_no_more(self):
        create_term(slug="medicaid")
        create_term(slug="medicare")
        shared = {"name": "Oak House", "street": "7 Main Street"}
        load(record("F7", terms={("pay", "medicaid"): "yes"}, **shared))
        mine = record("M7", terms={("pay", "medicare"): "yes"}, **shared)
        load(mine, record("M1"), source=MIND, whole=True)
        load(record("M1"), source=MIND, edition="2024", whole=True, mark_gone=True)
        oak = Provider.objects.get(name="Oak House")
        assert [row.term.slug for row in oak.provider_terms.all()] == ["medicaid"]
        assert not Proposal.objects.exists()
        undoing.undo(ImportRun.objects.first())
        assert oak.provider_terms.count() == 2

    def test_who_comes_back_waits_for_nobody_any_longer(self):
        four = [record(f"F{n}") for n in range(1, 5)]
        load(*four, whole=True)
        load(*four[:3], edition="2023", whole=True)
        assert Proposal.objects.open().count() == 1
        load(*four, edition="2024", whole=True)
        assert not Proposal.objects.open().exists()

    def test_who_left_the_directory_is_marked_and_waits_for_staff(self):
        load(record("F1"), record("F2"), record("F3"), record("F4"), whole=True)
        outcome = load(record("F1"), record("F2"), record("F3"), edition="2024", whole=True)
        assert counts(outcome) == {"left": 3, "gone": 1}
        gone = Provider.objects.get(name="Cedar House F4")
        assert gone.status == "published"
        assert gone.sources.get().gone_from == "2024"
        proposal = Proposal.objects.get(provider=gone)
        assert (proposal.field, proposal.value) == ("status", "withdrawn")
        assert proposal.reason == "No longer in the 2024 edition of Directory of care."

    def test_who_comes_back_is_marked_no_longer(self):
        four = [record(f"F{n}") for n in range(1, 5)]
        load(*four, whole=True)
        load(*four[:3], edition="2023", whole=True)
        load(*four, edition="2024", whole=True)
        assert not ListingSource.objects.exclude(gone_from="").exists()

    def test_when_very_many_seem_to_leave_none_is_marked_unless_asked(self):
        load(record("F1"), record("F2"), whole=True)
        outcome = load(record("F1"), edition="2024", whole=True)
        assert outcome.gone_held_back == 1
        assert not ListingSource.objects.exclude(gone_from="").exists()
        sure = load(record("F1"), edition="2024", whole=True, digest="again", mark_gone=True)
        assert counts(sure) == {"left": 1, "gone": 1}

    def test_a_file_that_is_no_whole_edition_marks_nobody(self):
        load(record("F1"), record("F2"))
        assert counts(load(record("F1"), edition="2024")) == {"left": 1}


@pytest.mark.django_db
class TestPoints:
    def test_a_point_near_its_zip_code_is_used(self):
        create_zip()
        load(record(point=(45.52, -122.65)))
        provider = Provider.objects.get()
        assert (provider.lat, provider.lon, provider.precision) == (45.52, -122.65, "street")

    def test_a_point_far_from_its_zip_code_waits_for_staff(self):
        place = create_zip()
        load(record(point=FAR))
        provider = Provider.objects.get()
        assert (provider.lat, provider.precision) == (place.lat, "zip")
        doubt = SuspiciousPoint.objects.get()
        assert (doubt.lat, doubt.lon) == FAR
        assert 2400 < doubt.miles < 2500
        load(record(point=FAR, phone="(503) 234-2222"), edition="2024")
        assert SuspiciousPoint.objects.count() == 1

    def test_without_a_point_it_stands_in_its_zip_code_else_in_its_town(self):
        create_zip()
        create_town(name="Astoria", at=(46.19, -123.83))
        load(
            record("F1"), record("F2", zip="97103", city="Astoria"), record("F3", zip="", city="X")
        )
        found = Provider.objects.order_by("name").values_list("precision", flat=True)
        assert list(found) == ["zip", "town", "none"]

    def test_a_confidential_address_is_kept_nowhere(self):
        create_zip()
        load(record(confidential=True, street="12 Secret Street", point=(45.52, -122.65)))
        provider = Provider.objects.get()
        assert (provider.street, provider.lat, provider.precision) == ("", None, "none")
        held = [*ListingSource.objects.values_list("said", flat=True)]
        assert "Secret" not in str(held) and "point" not in held[0]
        assert SearchRow.objects.get().same_place == 0

    def test_a_place_that_staff_hid_stays_hidden(self):
        create_zip()
        load(record())
        provider = Provider.objects.get()
        provider.confidential_address, provider.street = True, ""
        provider.lat = provider.lon = None
        provider.save()
        load(record(street="1 Main St", point=(45.52, -122.65)), edition="2024")
        provider.refresh_from_db()
        assert (provider.street, provider.lat) == ("", None)
        assert not {"street", "point"} & ListingSource.objects.get().said.keys()

    def test_a_source_that_calls_it_confidential_hides_what_others_said(self):
        create_zip()
        load(record())
        load(record("M1", name="Cedar House F1", confidential=True), source=MIND)
        provider = Provider.objects.get()
        assert provider.confidential_address
        assert (provider.street, provider.lat) == ("", None)
        assert "Main Street" not in str([*ListingSource.objects.values_list("said", flat=True)])

    def test_no_trace_stays_of_an_address_that_a_source_calls_confidential(self):
        create_zip()
        load(record(street="12 Secret Street", point=(45.52, -122.65)))
        provider = Provider.objects.get()
        Check.objects.create(
            provider=provider, aspect="contact", checked_on="2023-06-01", how="called"
        )
        load(record(street="13 Secret Street", point=FAR, hours="x"), edition="2023")
        load(record(street="14 Secret Street", confidential=True), edition="2024")
        held = str(
            [
                *ListingSource.objects.values_list("said", flat=True),
                *ImportRow.objects.values_list("before", "wrote", "raw"),
                *Proposal.objects.values_list("value", flat=True),
                *SuspiciousPoint.objects.values_list("lat", flat=True),
            ]
        )
        assert "Secret" not in held and "45.52" not in held and "40.7" not in held
        for run in ImportRun.objects.all():
            undoing.undo(run)
            for one in Provider.objects.all():
                assert (one.street, one.lat) == ("", None)
        assert "Secret" not in str([*ListingSource.objects.values_list("said", flat=True)])


@pytest.mark.django_db
class TestRefusing:
    def test_on_a_site_without_places_or_terms_nothing_begins(self):
        Term.objects.all().delete()
        with pytest.raises(running.Stopped, match="load_places"):
            load(record())
        assert not ImportRun.objects.exists()

    def test_the_same_bad_row_waits_once(self):
        load("It has no name.")
        load("It has no name.", digest="again")
        assert ImportRow.objects.filter(action="refused", closed_at=None).count() == 1

    def test_a_bad_row_goes_into_the_book_and_stops_no_other(self):
        outcome = load(record("F1"), "It has no name.", record("F2"))
        assert counts(outcome) == {"added": 2, "refused": 1}
        row = outcome.run.rows.get(action="refused")
        assert (row.number, row.reason, row.raw) == (2, "It has no name.", {"name": "as it stood"})

    def test_what_no_column_could_hold_is_refused_by_name(self):
        load(record(name="x" * 201))
        row = ImportRun.objects.get().rows.get()
        assert row.reason == "Its name is longer than 200 characters."


def state():
    """All that an import writes about listings, without ids, runs and times."""
    return sorted(
        (
            provider.slug,
            *(getattr(provider, name) for name in ("name", "street", "zip", "phone", "hours")),
            str(provider.precision),
            provider.status,
            tuple(sorted(str(row) for row in provider.provider_terms.all())),
            tuple(sorted(row.therapy.slug for row in provider.services.all())),
            tuple(
                sorted(
                    (row.identifier, row.edition, row.gone_from, row.content_hash)
                    for row in provider.sources.all()
                )
            ),
        )
        for provider in Provider.objects.all()
    )


@pytest.mark.django_db
class TestStopping:
    def test_a_run_that_was_interrupted_goes_on_where_it_stopped(self, monkeypatch):
        monkeypatch.setattr(running, "BATCH", 2)
        monkeypatch.setattr(running, "KNOWN", 2)
        rows = [record(f"F{n}") for n in range(1, 8)]
        broken = reading(*rows)
        broken.rows = _cut(broken.rows, after=5)
        with pytest.raises(KeyboardInterrupt):
            running.run(broken, name="made.csv", digest="a file2022")
        assert Provider.objects.count() == 4
        outcome = load(*rows)
        assert outcome.resumed_at == 4
        assert counts(outcome) == {"added": 7}
        assert ImportRun.objects.get().status == "finished"

    def test_it_goes_on_between_batches_that_were_looked_up_together(self, monkeypatch):
        rows = [record(f"F{n}") for n in (1, 2, 3, 3, 4, 5, 1)]  # two say the same place twice
        load(*rows, digest="whole")
        expected = state()
        undoing.undo(ImportRun.objects.get())
        monkeypatch.setattr(running, "BATCH", 2)
        write, written = running._write, []

        def killed(*args):
            if len(written) == 2:
                raise KeyboardInterrupt
            written.append(args)
            return write(*args)

        monkeypatch.setattr(running, "_write", killed)
        with pytest.raises(KeyboardInterrupt):
            load(*rows)
        assert ImportRun.objects.first().position == 4
        monkeypatch.setattr(running, "_write", write)
        assert load(*rows).resumed_at == 4
        assert state() == expected

    def test_a_listing_that_goes_while_its_row_is_on_the_way_is_made_anew(self, monkeypatch):
        load(record("F1"))
        first = Provider.objects.get()
        ready = writing.Prepared

        def gone(*args):
            monkeypatch.setattr(writing, "Prepared", ready)
            made = ready(*args)
            with listing_changes() as changed:
                changed.add(first.pk)
                Provider.objects.all().delete()
            return made

        monkeypatch.setattr(writing, "Prepared", gone)
        assert counts(load(record("F1", phone="(503) 234-9999"), edition="2024")) == {"added": 1}
        assert Provider.objects.get().phone == "(503) 234-9999"
        assert differing() == []

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.skipif(connection.vendor == "sqlite", reason="one writes at a time")
    def test_it_goes_on_behind_a_batch_that_the_server_was_still_at(self):
        rows, written = [record("F1"), record("F2")], threading.Event()
        create_term()
        create_zip()
        source = Source.objects.create(**CARE)
        day = date(2022, 6, 1)
        run = ImportRun.objects.create(
            source=source, edition="2022", as_of=day, file_hash="a file2022"
        )

        def last_batch():
            with transaction.atomic():
                ImportRun.objects.filter(pk=run.pk).update(position=1)
                written.set()
                time.sleep(0.2)
            connection.close()

        killed = threading.Thread(target=last_batch)
        killed.start()
        written.wait()
        assert load(*rows).resumed_at == 1
        killed.join()

    def test_a_term_that_goes_while_its_answer_is_on_the_way_is_not_written(self, monkeypatch):
        create_term(slug="medicaid")
        ready = writing.Prepared

        def gone(*args):
            monkeypatch.setattr(writing, "Prepared", ready)
            Term.objects.all().delete()
            return ready(*args)

        create_term(slug="medicare")
        monkeypatch.setattr(writing, "Prepared", gone)
        row = record(terms={("pay", "medicaid"): "yes"})
        with pytest.raises(running.Stopped, match="A term was deleted meanwhile"):
            load(row)
        assert not Provider.objects.exists()
        create_term(slug="medicare")
        assert counts(load(row)) == {"added": 1}
        assert not ProviderTerm.objects.exists()
        assert differing() == []

    def test_a_second_process_takes_over_and_the_first_writes_no_more(self, monkeypatch):
        monkeypatch.setattr(running, "BATCH", 1)
        monkeypatch.setattr(running, "KNOWN", 1)
        first = reading(record("F1"), record("F2"))
        first.rows = _take_over(first.rows)
        with pytest.raises(running.Stopped, match="took this run over"):
            running.run(first, name="made.csv", digest="a file2022")
        assert Provider.objects.count() == 1


def _cut(rows, after):
    for n, row in enumerate(rows, start=1):
        if n > after:
            raise KeyboardInterrupt
        yield row


def _take_over(rows):
    yield next(rows)
    ImportRun.objects.update(token="another")
    yield from rows


@pytest.mark.django_db
class TestUndoing:
    def test_what_a_run_added_goes_and_what_it_changed_comes_back(self):
        load(record("F1"), record("F2"))
        before = state()
        load(record("F1", phone="(503) 234-2222"), record("F2"), record("F3"), edition="2024")
        assert undoing.undo(ImportRun.objects.first()) == {
            "removed": 1,
            "withdrawn": 0,
            "restored": 1,
        }
        assert state() == before
        assert differing() == []

    def test_what_a_visitor_keeps_is_withdrawn_and_not_deleted(self, client):
        load(record())
        client.post(
            "/saved/",
            {"provider": Provider.objects.get().slug, "next": "/"},
            headers={"sec-fetch-site": "same-origin"},
        )
        done = undoing.undo(ImportRun.objects.get())
        assert done == {"removed": 0, "withdrawn": 1, "restored": 0}
        assert Provider.objects.get().status == "withdrawn"

    def test_what_a_run_wrote_over_comes_back_also_after_a_call(self):
        load(record())
        provider = Provider.objects.get()
        Check.objects.create(
            provider=provider, aspect="contact", checked_on="2023-06-01", how="called"
        )
        load(record(phone="(503) 234-2222"), edition="2024")
        undoing.undo(ImportRun.objects.first())
        provider.refresh_from_db()
        assert provider.phone == "(503) 234-5678"
        assert not Proposal.objects.exists()

    def test_a_pair_of_duplicates_keeps_nobody_from_going(self):
        load(record("F1"), record("F2"))
        first, second = Provider.objects.order_by("pk")
        PossibleDuplicate.objects.create(first=first, second=second, why="phone")
        assert undoing.undo(ImportRun.objects.get())["removed"] == 2

    def test_what_was_withdrawn_is_published_by_the_next_import(self):
        load(record())
        provider = Provider.objects.get()
        create_correction(provider=provider)
        undoing.undo(ImportRun.objects.get())
        assert Provider.objects.get().status == "withdrawn"
        load(record(phone="(503) 234-2222"), edition="2024")
        provider = Provider.objects.get()
        assert (provider.status, provider.phone) == ("published", "(503) 234-2222")
        assert not FieldOrigin.objects.exists()

    def test_a_process_that_still_works_on_it_writes_no_more(self, monkeypatch):
        monkeypatch.setattr(running, "BATCH", 1)
        monkeypatch.setattr(running, "KNOWN", 1)
        first = reading(record("F1"), record("F2"), record("F3"))

        def undone(rows):
            yield next(rows)
            yield next(rows)
            undoing.undo(ImportRun.objects.get())
            yield from rows

        first.rows = undone(first.rows)
        with pytest.raises(running.Stopped, match="took it back"):
            running.run(first, name="made.csv", digest="a file2022")
        assert not Provider.objects.exists()

    def test_dates_come_back_with_the_facts(self):
        load(record("F1"))
        load(record("F2"), edition="2023")
        load(record("F1"), record("F2"), edition="2024")
        undoing.undo(ImportRun.objects.first())
        found = ListingSource.objects.order_by("identifier").values_list("edition", "as_of")
        assert [(edition, str(day)) for edition, day in found] == [
            ("2022", "2022-06-01"),
            ("2023", "2023-06-01"),
        ]

    def test_what_staff_changed_since_stays(self):
        load(record())
        load(record(phone="(503) 234-2222", hours="Always"), edition="2024")
        provider = Provider.objects.get()
        FieldOrigin.objects.create(provider=provider, field="phone", set_on="2025-01-01", by="ana")
        Provider.objects.update(phone="(503) 234-3333")
        undoing.undo(ImportRun.objects.first())
        provider.refresh_from_db()
        assert (provider.phone, provider.hours) == ("(503) 234-3333", "")

    def test_a_run_below_another_waits_for_it(self):
        load(record())
        load(record(), edition="2024")
        later, first = ImportRun.objects.all()
        with pytest.raises(running.Stopped, match=f"First: --undo {later.pk}"):
            undoing.undo(first)
        undoing.undo(later)
        undoing.undo(first)
        assert not Provider.objects.exists()
        with pytest.raises(running.Stopped, match="taken back already"):
            undoing.undo(first)


@pytest.mark.django_db
class TestRehearsing:
    def test_it_foretells_who_will_have_left(self):
        load(record("F1"), record("F2"), whole=True)
        told = running.rehearse(
            reading(record("F1"), edition="2024", whole=True), tell=lambda *row: None
        )
        assert counts(told) == {"left": 1, "gone": 1}

    def test_it_tells_of_each_row_and_writes_nothing(self):
        create_term()
        load(record("F1"), record("F2"))
        before, told = state(), []
        outcome = running.rehearse(
            reading(
                record("F1"),
                record("F2", phone="(503) 234-2222"),
                record("F3"),
                record("F3"),
                "It has no name.",
                edition="2024",
            ),
            tell=lambda row, action, why: told.append((row.number, action, why)),
        )
        assert sorted(told) == [
            (1, "left", ""),
            (2, "changed", "Changed: phone."),
            (3, "added", ""),
            (4, "changed", "It is listed already: this source was added to it."),
            (5, "refused", "It has no name."),
        ]
        assert counts(outcome) == {"added": 1, "changed": 2, "left": 1, "refused": 1}
        assert state() == before
        assert ImportRun.objects.count() == 1


KEYS = st.sampled_from(["F1", "F2", "F3", "F4"])
RECORDS = st.builds(
    record,
    KEYS,
    phone=st.sampled_from(["(503) 234-5678", "(503) 234-2222", ""]),
    hours=st.sampled_from(["", "Always"]),
    zip=st.sampled_from(["97214", "97103"]),
    terms=st.dictionaries(
        st.sampled_from([("pay", "medicaid"), ("pay", "medicare")]), st.sampled_from(["yes", "no"])
    ),
    services=st.dictionaries(st.sampled_from(["cbt", "dbt"]), st.just({})),
)
SOME = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate, Phase.shrink],
)
EDITIONS = st.lists(RECORDS, max_size=6)


class TestForAllEditions(TestCase):
    @classmethod
    def setUpTestData(cls):
        create_term(slug="medicaid")
        create_term(slug="medicare")
        create_therapy(short_name="CBT")
        create_therapy(short_name="DBT")
        create_zip()

    @SOME
    @given(EDITIONS, EDITIONS, st.booleans())
    def test_a_rehearsal_counts_as_the_run_and_undoing_brings_back(self, old, new, whole):
        load(*old, whole=True)
        before = state()
        told = running.rehearse(reading(*new, edition="2024", whole=whole), tell=lambda *row: None)
        done = load(*new, edition="2024", whole=whole, mark_gone=True)
        assert counts(told) == counts(done)
        assert differing() == []
        again = load(*new, edition="2024", whole=whole, mark_gone=True, digest="again")
        assert counts(again) in ({}, {"left": len(new)})
        undoing.undo(again.run)
        undoing.undo(done.run)
        assert state() == before
        assert differing() == []

    @SOME
    @given(EDITIONS, st.integers(1, 5))
    def test_an_interrupted_run_ends_as_an_uninterrupted_one(self, rows, after):
        whole = load(*rows, digest="whole")
        expected = state()
        undoing.undo(whole.run)
        usual = running.BATCH, running.KNOWN
        running.BATCH = running.KNOWN = 2
        try:
            broken = reading(*rows)
            broken.rows = _cut(broken.rows, after=after)
            try:
                running.run(broken, name="made.csv", digest="cut2022")
            except KeyboardInterrupt:
                load(*rows, digest="cut")
        finally:
            running.BATCH, running.KNOWN = usual
        assert state() == expected
