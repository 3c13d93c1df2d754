"""Structured data of the library: every term as schema.org defines it, every value on the page."""

import json
import re
from datetime import date
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.management import call_command

from tests.factories import (
    create_condition,
    create_evidence,
    create_provider,
    create_therapy,
    create_zip,
)

pytestmark = pytest.mark.django_db

# Terms of schema.org (29.x) that the library uses: type -> property -> what it may hold. Inherited
# properties stand with the type that has them: MedicalWebPage is a WebPage and a CreativeWork,
# MedicalTherapy and MedicalCondition are MedicalEntities, FAQPage and Question are CreativeWorks.
TEXT, URL, DATE, NUMBER = "Text", "URL", "Date", "Integer"
THING = {"name": {TEXT}, "alternateName": {TEXT}, "description": {TEXT}, "url": {URL}}
THERAPIES = {"MedicalTherapy", "PhysicalTherapy"}
TERMS = {
    "MedicalWebPage": THING
    | {
        "about": THERAPIES | {"MedicalCondition"},
        "lastReviewed": {DATE},
        "reviewedBy": {"Person", "Organization"},
        "author": {"Person", "Organization"},
        "citation": {TEXT, "CreativeWork"},
    },
    "MedicalTherapy": THING,
    "PhysicalTherapy": THING,  # a MedicalTherapy
    "MedicalCondition": THING | {"possibleTreatment": THERAPIES},
    "FAQPage": THING | {"mainEntity": {"Question"}},
    "Question": THING | {"acceptedAnswer": {"Answer"}},
    "Answer": {"text": {TEXT}},
    "Person": THING,
    "Organization": THING,
    "BreadcrumbList": THING | {"itemListElement": {"ListItem"}},
    "ItemList": THING | {"itemListElement": {"ListItem"}},
    "ListItem": THING | {"position": {NUMBER}, "item": {URL}},
}
NEEDED = {
    "MedicalWebPage": {"name", "url", "about"},
    "FAQPage": {"mainEntity"},
    "Question": {"name", "acceptedAnswer"},
    "Answer": {"text"},
    "BreadcrumbList": {"itemListElement"},
    "ItemList": {"itemListElement"},
    "ListItem": {"position"},
}
_JSON_LD = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.S)


def documents(page):
    return [json.loads(text) for text in _JSON_LD.findall(page)]


def faults(thing, where="page"):
    """What schema.org would not take of a typed thing, and of all within it."""
    kind = thing.get("@type")
    if kind not in TERMS:
        yield f"{where}: no such type: {kind}"
        return
    for name in NEEDED.get(kind, set()) - set(thing):
        yield f"{where}: {kind} without {name}"
    for name, value in thing.items():
        if name in ("@type", "@context"):
            continue
        if name not in TERMS[kind]:
            yield f"{where}: {kind} has no {name}"
            continue
        for each in value if isinstance(value, list) else [value]:
            yield from _unfit(each, TERMS[kind][name], f"{where}.{name}")


def _unfit(value, expected, where):
    if isinstance(value, dict):
        if value.get("@type") not in expected:
            yield f"{where}: {value.get('@type')}, not {sorted(expected)}"
        yield from faults(value, where)
    elif not any(_is(value, kind) for kind in expected):
        yield f"{where}: {value!r} is none of {sorted(expected)}"


def _is(value, kind):
    if kind == NUMBER:
        return type(value) is int
    if not isinstance(value, str) or not value.strip():
        return False
    if kind == URL:
        return value.startswith(f"{settings.SITE_URL}/") and " " not in value
    if kind == DATE:
        return date.fromisoformat(value) is not None
    return kind == TEXT


def things(found):
    if isinstance(found, list):
        for each in found:
            yield from things(each)
    elif isinstance(found, dict):
        yield found
        yield from things(list(found.values()))


@pytest.fixture
def library():
    call_command("loaddata", "conditions", "terms", "therapies", verbosity=0)


def paths(client):
    for section in ("therapies", "conditions"):
        text = client.get(f"/sitemap-{section}.xml").content.decode()
        yield from (urlsplit(found).path for found in re.findall(r"<loc>([^<]+)</loc>", text))
    yield from ("/therapies/", "/conditions/", "/therapies/?kind=talking")


def test_every_page_says_what_it_is_in_terms_of_schema_org_and_nothing_that_it_does_not_show(
    client, library
):
    seen = set()
    for path in paths(client):
        page = client.get(path).content.decode()
        found = documents(page)
        assert len(found) == 1, path
        for node in found[0]:
            assert node["@context"] == "https://schema.org", path
            assert not list(faults(node)), path
        shown = unescape(re.sub(r"<[^>]+>", " ", _JSON_LD.sub("", page)))
        for thing in things(found):
            seen.add(thing.get("@type"))
            for name in {"name", "text", "description"} & set(thing):
                assert _within(thing[name], shown), (path, thing["@type"], name)
    assert seen >= {"MedicalWebPage", "MedicalTherapy", "MedicalCondition", "FAQPage", "ItemList"}


def test_all_parts_of_a_page_are_described(client):
    therapy = create_therapy(
        parts=2,
        kind="body",
        also_known_as="Another name",
        author="TruPaths editors",
        reviewed_by="Ada Hill",
        reviewed_on="2026-11-01",
    )
    page = {node["@type"]: node for node in documents(read(client, therapy))[0]}
    web = page["MedicalWebPage"]
    assert web["lastReviewed"] == "2026-11-01" and web["reviewedBy"]["name"] == "Ada Hill"
    assert web["about"]["@type"] == "PhysicalTherapy"
    assert "Another name" in web["about"]["alternateName"]
    assert len(web["citation"]) == 2 and len(page["FAQPage"]["mainEntity"]) == 2
    assert [each["name"] for each in page["BreadcrumbList"]["itemListElement"]] == [
        "Home", "Therapies", "MBSR",
    ]  # fmt: skip


def _within(text, shown):
    """Without punctuation, because a number of a reference may stand in the midst of it."""
    plain = re.compile(r"[\W\d_]+")
    return plain.sub("", text) in plain.sub("", shown)


def test_a_condition_names_what_may_help_and_not_what_does_not(client):
    pain = create_condition()
    helps, fails = create_therapy(short_name="CBT"), create_therapy(short_name="EMDR")
    create_evidence(therapy=helps, condition=pain)
    create_evidence(therapy=fails, condition=pain, strength="none")
    page = documents(client.get(pain.get_absolute_url()).content.decode())[0]
    about = next(node["about"] for node in page if "about" in node)
    assert [each["name"] for each in about["possibleTreatment"]] == ["CBT"]


def test_a_preview_and_places_are_not_described(client, admin_client):
    create_zip()
    draft = create_therapy(status="draft")
    create_provider(therapies=[draft])
    assert documents(admin_client.get(draft.get_absolute_url()).content.decode()) == []


def read(client, therapy):
    return client.get(therapy.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("thing", "fault"),
    [
        ({"@type": "Therapy"}, "no such type"),
        ({"@type": "Answer", "text": ""}, "is none of"),
        ({"@type": "Answer"}, "without text"),
        ({"@type": "Person", "age": "5"}, "has no age"),
        ({"@type": "ListItem", "position": "1"}, "is none of"),
        ({"@type": "ListItem", "position": 1, "item": "/therapies/"}, "is none of"),
        ({"@type": "FAQPage", "mainEntity": [{"@type": "Person"}]}, "Person, not"),
    ],
)
def test_the_check_itself_finds_faults(thing, fault):
    assert any(fault in found for found in faults(thing))
