"""Import of our own export gives back the same directory, whatever stands in it."""

import tempfile
from datetime import date
from pathlib import Path

from django.core.management import call_command
from django.utils.text import slugify
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from providers.changes import differing, listing_changes
from providers.imports.revising import held
from providers.models import Check, Organization, Provider, Service
from tests.factories import create_term, create_therapy, create_zip
from therapies import library

from .hsds_official import OFFICIAL, contents, export, faults, table, table_faults

line = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=30
).filter(str.strip)
text = st.lists(line, min_size=1, max_size=3).map("\n".join)
AT = st.tuples(st.floats(45.4, 45.6), st.floats(-122.7, -122.5))


def blank_or(strategy):
    return st.just("") | strategy


@st.composite
def offers(draw):
    """Fields of a service that a form would take."""
    low, high = draw(st.none() | st.integers(0, 900)), draw(st.none() | st.integers(0, 900))
    if low is not None and high is not None and low > high:
        low, high = high, low
    flags = "in_person virtual individual group couple family".split()
    return {
        "price_low": low,
        "price_high": high,
        "price_unit": draw(st.sampled_from(["", "a session"])) if low or high else "",
        "languages": draw(blank_or(line)),
        "sessions": draw(blank_or(line)),
        "note": draw(blank_or(line)),
        "accepting_new": draw(st.sampled_from(Service.Accepting.values)),
        "next_start": draw(st.none() | st.dates(date(2020, 1, 1), date(2040, 1, 1))),
        **{name: draw(st.booleans()) for name in flags},
    }


@st.composite
def places(draw):
    hidden = draw(st.booleans())
    point = None if hidden else draw(st.none() | AT)
    return {
        "organization": draw(st.sampled_from([None, "Quiet Health", "Three “Herons”, Inc."])),
        "hidden": hidden,
        "point": point,
        "fields": {
            "name": draw(line),
            "kind": draw(line),
            "summary": draw(blank_or(line)),
            "description": draw(blank_or(text)),
            "street": "" if hidden else draw(blank_or(line)),
            "zip": draw(st.sampled_from(["", "97214"])),
            "phone": draw(st.sampled_from(["", "988", "(503) 234-5678 x12", "503.234.5678 x012"])),
            "intake_phone": draw(st.sampled_from(["", "(503) 234-5679"])),
            "website": draw(st.sampled_from(["", "https://quiet.example/a?b=c,d"])),
            "email": draw(st.sampled_from(["", "hello@quiet.example"])),
            "hours": draw(blank_or(text)),
        },
        "terms": draw(
            st.dictionaries(st.integers(0, 3), st.tuples(st.sampled_from("yes no".split()), line))
        ),
        "plain": draw(st.booleans()),  # terms without a note
        "services": draw(
            st.dictionaries(st.tuples(st.integers(0, 1), st.integers(0, 2)), offers(), max_size=3)
        ),
        "checks": draw(
            st.dictionaries(
                st.sampled_from(Check.Aspect.values),
                st.tuples(
                    st.dates(date(2020, 1, 1), date(2026, 1, 1)),
                    st.sampled_from(["called", "confirmed"]),
                ),
            )
        ),
    }


def settle(specs, terms, therapies):
    """The directory that these places make."""
    with listing_changes() as changed:
        for n, spec in enumerate(specs):
            above = (
                spec["organization"]
                and Organization.objects.get_or_create(
                    name=spec["organization"],
                    slug=slugify(spec["organization"]),
                    website="https://example.org/about",
                )[0]
            )
            lat, lon = spec["point"] or (None, None)
            place = Provider.objects.create(
                slug=f"place-{n}",
                organization=above,
                city="Portland",
                state="OR",
                lat=lat,
                lon=lon,
                precision="street" if spec["point"] else "none",
                confidential_address=spec["hidden"],
                status="published",
                # Two places of one name at one address would be one.
                **spec["fields"] | {"name": f"{n} {spec['fields']['name']}"},
            )
            for index, (answer, note) in spec["terms"].items():
                place.provider_terms.create(
                    term=terms[index], answer=answer, note="" if spec["plain"] else note
                )
            for (index, order), fields in spec["services"].items():
                place.services.create(therapy=therapies[index], order=order, **fields)
            for aspect, (day, how) in spec["checks"].items():
                place.checks.create(aspect=aspect, checked_on=day, how=how)
            changed.add(place.pk)


def told(path):
    """All that an export says, but where it says it comes from and when it was made."""
    if path.suffix == ".json":
        found = contents(path)
        for organization in found:
            for location in organization["locations"]:
                location.pop("attributes", None)  # its sources
        return found
    tables = {}
    for name in sorted(file.name for file in path.glob("*.csv")):
        tables[name] = table(path, name)
    tables["taxonomies.csv"] = []
    tables["attributes.csv"] = [
        row for row in tables["attributes.csv"] if row["link_entity"] != "location"
    ]
    tables["taxonomy_terms.csv"] = [
        row for row in tables["taxonomy_terms.csv"] if not row["code"].startswith("source:")
    ]
    return tables


def stands():
    """{slug: all that the listing says, in the words of records}"""
    ids = list(Provider.objects.values_list("pk", flat=True))
    return {one.provider.slug: one.current for one in held(ids).values()}


class ThereAndBack(TestCase):
    @settings(
        max_examples=12,
        deadline=None,
        phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
        suppress_health_check=[HealthCheck.data_too_large],
    )
    @given(st.lists(places(), max_size=4), st.sampled_from(["a", "a.json", "a.zip"]))
    def test_import_of_our_own_export_gives_back_the_directory(self, specs, name):
        library.forget()
        create_zip()
        terms = [create_term(slug=slug) for slug in ("medicaid", "medicare")]
        terms += [create_term(facet="access", slug="parking")]
        terms += [create_term(facet="language", slug="es", name="Spanish")]
        settle(specs, terms, [create_therapy(short_name="CBT"), create_therapy(short_name="DBT")])
        with tempfile.TemporaryDirectory() as folder:
            folder = Path(folder)
            first, before = export(folder, name), told(export(folder, "before.json"))
            tables = told(export(folder, "tables"))
            places = stands()
            if OFFICIAL.is_dir():
                assert table_faults(folder / "tables") == []
                for each in before:
                    assert faults("organization", each) == []
                    assert [f for s in each["services"] for f in faults("service", s)] == []
            with listing_changes() as changed:
                changed.everything()
                Provider.objects.all().delete()
                Organization.objects.all().delete()
            if specs:
                call_command("import_hsds", str(first), rejected=folder / "refused", verbosity=0)
            assert not (folder / "refused").exists()
            assert stands() == places
            assert told(export(folder, "after.json")) == before
            assert told(export(folder, "again")) == tables
        assert Check.objects.exclude(how__in=["called", "confirmed"]).count() == 0
        assert differing() == []
