"""What search engines are shown: every address answers, says what it is, and is the only one."""

import json
import re
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.management import call_command

from tests.factories import create_provider, create_therapy, create_zip

pytestmark = pytest.mark.django_db

_LOC = re.compile(r"<loc>([^<]+)</loc>")
_JSON_LD = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.S)

# Types and properties used, as schema.org (29.x) defines them, inherited ones included.
VOCABULARY = {
    "WebSite": {"name", "url"},
    "MedicalWebPage": {
        "name", "url", "about", "lastReviewed", "reviewedBy", "author", "citation",
    },
    "MedicalTherapy": {"name", "alternateName", "description", "url"},
    "PhysicalTherapy": {"name", "alternateName", "description", "url"},
    "MedicalCondition": {"name", "alternateName", "description", "url", "possibleTreatment"},
    "MedicalClinic": {
        "name", "url", "description", "telephone", "address", "availableService",
    },
    "PostalAddress": {
        "streetAddress", "addressLocality", "addressRegion", "postalCode", "addressCountry",
    },
    "FAQPage": {"url", "mainEntity"},
    "Question": {"name", "acceptedAnswer"},
    "Answer": {"text"},
    "Person": {"name"},
    "Organization": {"name"},
    "BreadcrumbList": {"itemListElement"},
    "ItemList": {"itemListElement"},
    "ListItem": {"position", "name", "item", "url"},
}  # fmt: skip


@pytest.fixture
def library():
    call_command("loaddata", "conditions", "terms", "therapies", "starting_points", verbosity=0)


def addresses(client):
    index = client.get("/sitemap.xml").content.decode()
    for section in _LOC.findall(index):
        yield from _LOC.findall(client.get(urlsplit(section).path).content.decode())


def things(page):
    """Every typed thing in a page's JSON-LD, however deep."""
    found = [json.loads(text) for text in _JSON_LD.findall(page)]
    while found:
        each = found.pop()
        if isinstance(each, list):
            found += each
        elif isinstance(each, dict):
            yield each
            found += each.values()


def test_every_address_of_the_sitemap_answers_and_says_what_it_is(client, library):
    paths = [urlsplit(address).path for address in addresses(client)]
    assert len(paths) == len(set(paths)) > 15
    for path in paths:
        response = client.get(path)
        assert response.status_code == 200, path
        page = response.content.decode()
        assert f'<link rel="canonical" href="{settings.SITE_URL}{path}">' in page, path
        assert 'name="robots"' not in page, path
        for thing in things(page):
            assert thing["@type"] in VOCABULARY, (path, thing)
            unknown = set(thing) - VOCABULARY[thing["@type"]] - {"@type", "@context"}
            assert not unknown, (path, unknown)


def test_a_therapy_page_is_described_in_full(client, library):
    page = client.get("/therapies/mbsr-medical-pain/").content.decode()
    kinds = {thing["@type"] for thing in things(page)}
    assert {"MedicalWebPage", "MedicalTherapy", "FAQPage", "BreadcrumbList"} <= kinds
    text = re.sub(r"<[^>]+>", "", page)
    for thing in things(page):
        if thing["@type"] == "Question":
            assert thing["name"] in text.replace("&#x27;", "'")


def test_a_list_of_examples_is_not_in_the_sitemap(client):
    create_provider(demonstration=True)
    assert "/providers/" not in {urlsplit(address).path for address in addresses(client)}


def test_only_what_is_published_is_in_the_sitemap(client):
    create_therapy(slug="open")
    create_therapy(slug="draft", status="draft")
    create_provider(name="Real place")
    create_provider(name="Made up", demonstration=True)
    create_provider(name="Not yet", status="draft")
    paths = {urlsplit(address).path for address in addresses(client)}
    assert "/therapies/open/" in paths and "/providers/real-place/" in paths
    assert not {"/therapies/draft/", "/providers/made-up/", "/providers/not-yet/"} & paths


def test_filtered_lists_and_examples_are_not_for_search_engines(client):
    create_zip()
    therapy = create_therapy()
    example = create_provider(name="Made up", therapies=[therapy], demonstration=True)
    for path in ("/providers/?near=97214", "/therapies/?q=x", example.get_absolute_url()):
        page = client.get(path).content.decode()
        assert '<meta name="robots" content="noindex">' in page, path


def test_a_real_place_is_described(client):
    therapy = create_therapy()
    real = create_provider(name="Real & <place>", slug="real", therapies=[therapy])
    found = {thing["@type"]: thing for thing in things(page_of(client, real))}
    assert found["MedicalClinic"]["name"] == "Real & <place>"
    assert found["MedicalClinic"]["telephone"] == real.phone


def test_an_example_is_not_described_as_a_place(client):
    example = create_provider(name="Made up", demonstration=True)
    assert "Made up" in page_of(client, example)
    assert "MedicalClinic" not in {thing["@type"] for thing in things(page_of(client, example))}


def page_of(client, provider):
    return client.get(provider.get_absolute_url()).content.decode()


def test_robots_names_the_sitemap_and_hides_nothing_else(client):
    text = client.get("/robots.txt").content.decode()
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in text
    assert "/admin/" not in text
