import json

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from providers.index import index
from providers.models import OldSlug, Provider, SearchClock, Service
from providers.query import Query
from tests.factories import create_provider, create_term, create_therapy
from therapies.library import library
from therapies.models import Therapy

pytestmark = pytest.mark.django_db


def provider(slug="quiet-water", **fields):
    fields = {
        "name": "Quiet Water",
        "slug": slug,
        "kind": "Clinic",
        "city": "Portland",
        "state": "OR",
        "lat": 45.5,
        "lon": -122.6,
        "status": "published",
        "created_at": "2026-01-01T00:00:00Z",
        "updated_at": "2026-01-01T00:00:00Z",
    } | fields
    return {"model": "providers.provider", "fields": fields}


def service(slug="quiet-water", therapy="mbsr", **fields):
    fields = {"provider": [slug], "therapy": [therapy], "virtual": True, "order": 0} | fields
    return {"model": "providers.service", "fields": fields}


@pytest.fixture
def load(tmp_path):
    def load(*records, text=None, **options):
        file = tmp_path / "places.json"
        file.write_text(json.dumps(records) if text is None else text)
        call_command("loaddata", str(file), verbosity=0, **options)

    return load


def found(**query):
    return index.current().search(Query(**query)).ids.tolist()


def test_loaded_listings_are_found_at_once(load):
    therapy = create_therapy()
    load(provider(), service())
    assert found(therapies=(therapy.pk,), delivery=("virtual",)) == [Provider.objects.get().pk]


def test_loading_again_changes_rows_and_makes_none(load):
    therapy = create_therapy()
    load(provider(), service())
    load(provider(name="Still Water"), service(virtual=False))
    assert Provider.objects.get().name == "Still Water"
    assert Service.objects.count() == 1
    assert found(therapies=(therapy.pk,), delivery=("virtual",)) == []


def test_a_part_alone_marks_its_listing(load):
    therapy, place = create_therapy(), create_provider(name="Quiet Water")
    load(service())
    assert found(therapies=(therapy.pk,)) == [place.pk]


def test_loaded_therapies_are_shown_at_once(load):
    assert library().therapies == []
    fields = {"name": "A", "short_name": "A", "slug": "a", "kind": "mind", "status": "published"}
    fields |= {"headline": "h", "lead": "l", "updated_at": "2026-01-01T00:00:00Z"}
    load({"model": "therapies.therapy", "fields": fields})
    assert [t.slug for t in library().therapies] == ["a"]


WRONG = {
    "json": ({"text": '[{"model": "providers.provider",]'}, ["places.json", "line 1"]),
    "not-a-list": ({"text": '"providers"'}, ["places.json"]),
    "model": ([{"model": "providers.clinic", "fields": {}}], ["record 2", "providers.clinic"]),
    "no-fields": ([{"model": "providers.provider"}], ["record 2", "fields"]),
    "field": ([provider("b", colour="teal")], ["record 2", "slug b", "colour"]),
    "value": ([provider("b", lat="north")], ["record 2", "slug b", "north"]),
    "key": ([service(therapy="none-such")], ["record 2", "therapy none-such"]),
    "constraint": ([provider("b", lat=100.0)], ["record 2", "slug b", "provider_point_whole"]),
    "choice": ([provider("b", status="bogus")], ["record 2", "slug b", "bogus"]),
    "length": ([provider("b", state="Oregon")], ["record 2", "slug b", "2 characters"]),
    "link": ([provider("b", website="javascript:alert(1)")], ["record 2", "slug b", "URL"]),
    "number": ([provider("b", phone="call me <b>")], ["record 2", "slug b", "dialed"]),
    "empty": ([provider("b", name=None)], ["record 2", "slug b", "name"]),
}


@pytest.mark.parametrize("name", WRONG)
def test_an_error_names_file_and_record_and_changes_nothing(load, name):
    create_therapy()
    before = SearchClock.objects.values_list("version", flat=True).first()
    content = library().version
    records, words = WRONG[name]
    with pytest.raises(CommandError) as error:
        if isinstance(records, dict):
            load(**records)
        else:
            load(provider(), *records)
    text = str(error.value)
    for word in ["places.json", "Nothing was loaded", *words]:
        assert word in text, text
    assert not Provider.objects.exists()
    assert SearchClock.objects.values_list("version", flat=True).first() == before
    assert library().version == content


def test_a_reference_to_nothing_names_the_record(load):
    fields = {"name": "A", "short_name": "A", "slug": "a", "kind": "mind", "headline": "h"}
    fields |= {"lead": "l", "updated_at": "2026-01-01T00:00:00Z", "best_for": [["none-such"]]}
    with pytest.raises(CommandError, match=r"record 1 \(therapies.therapy, slug a, name A\)"):
        load({"model": "therapies.therapy", "fields": fields})
    assert not Therapy.objects.exists()


def test_a_missing_file_is_named(load):
    with pytest.raises(CommandError, match="none-such"):
        call_command("loaddata", "none-such", verbosity=0)


def test_a_renamed_term_reaches_the_index(load):
    term = create_term(slug="medicaid")
    fields = {"facet": "pay", "slug": "medicaid", "name": "State cover", "meaning": "m"}
    fields |= {"phrase": "p", "phrase_plural": "p", "order": 0}
    load({"model": "providers.term", "fields": fields})
    assert index.current().terms[term.pk].name == "State cover"


def test_what_staff_edited_is_kept_with_its_parts_and_said(load, admin_client, capsys):
    therapy = create_therapy()
    load(provider(), service())
    place = Provider.objects.get()
    place.name, place.edited_at = "Edited by staff", timezone.now()
    place.save()
    load(provider(name="From the file"), service(virtual=False), provider(slug="new", name="New"))
    place.refresh_from_db()
    assert place.name == "Edited by staff"
    assert Service.objects.get().virtual
    assert Provider.objects.filter(slug="new").exists()
    assert "Kept as staff edited them: Edited by staff." in capsys.readouterr().out
    load(provider(name="From the file"), service(virtual=False), overwrite_edits=True)
    place.refresh_from_db()
    assert (place.name, place.edited_at) == ("From the file", None)
    assert found(therapies=(therapy.pk,), delivery=("virtual",)) == []


def test_saving_in_the_admin_marks_an_edit(admin_client):
    term = create_term(slug="medicaid")
    admin_client.post(
        f"/admin/providers/term/{term.pk}/change/",
        {"facet": "pay", "slug": "medicaid", "name": "Medicaid", "phrase": "takes Medicaid",
         "phrase_plural": "take Medicaid", "meaning": "A plan.", "order": "0"},
    )  # fmt: skip
    term.refresh_from_db()
    assert term.meaning == "A plan." and term.edited_at is not None


def test_a_place_whose_address_staff_changed_is_still_the_same_place(load, admin_client):
    create_therapy()
    load(provider("b"))
    place = Provider.objects.get()
    place.slug, place.edited_at = "new-address", timezone.now()
    place.save()
    OldSlug.objects.create(slug="b", provider=place)
    load(provider("b"))
    assert [row.slug for row in Provider.objects.all()] == ["new-address"]
