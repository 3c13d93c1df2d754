"""Help for those who look for someone else, and in Spanish: what must never be missing."""

import re

import pytest

from tests.factories import create_provider, create_term

pytestmark = pytest.mark.django_db


def read(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize(
    ("anchor", "said"),
    [
        ("now", "should not stop without medical help"),
        ("overdose", "Give naloxone, if you have it"),
        ("overdose", "After a break the body takes less."),
        ("suicide", "Are you thinking about suicide?"),
        ("adult", "they can sign a paper that lets the place talk with you"),
        ("young", "A parent or guardian usually agrees to the care."),
        ("phone", "are you taking new people now?"),
    ],
)
def test_who_looks_for_someone_else_finds(client, anchor, said):
    page = read(client, "/for-someone-else/")
    section = page.split(f'id="{anchor}"')[1].split("</section>")[0]
    assert said in section
    assert f'href="#{anchor}"' in page.split('id="toc-h"')[1].split("</nav>")[0]


def test_help_in_spanish_is_in_spanish_and_has_the_lines_that_speak_it(client):
    page = read(client, "/ayuda/")
    assert page.startswith('<!doctype html> <html lang="es">')
    assert "Llame y <strong>oprima 2</strong>" in page
    assert 'href="sms:988?body=AYUDA"' in page
    assert {"tel:911", "tel:988", "tel:+18006624357", "tel:+18007997233"} <= set(
        re.findall(r'href="(tel:[^"]+)"', page.split("<main")[1].split("</main")[0])
    )
    for english in ('<aside class="crisis-strip"', "<header", '<footer class="site-foot"'):
        assert 'lang="en-US"' in page.split(english)[1].split(">")[0], english


def test_all_other_pages_are_in_english_and_lead_to_help_in_spanish(client):
    page = read(client, "/about/")
    assert '<html lang="en-US">' in page
    assert 'href="/ayuda/" lang="es" hreflang="es">Ayuda en español</a>' in page


def test_the_search_that_help_in_spanish_leads_to_asks_for_spanish(client):
    create_provider(name="Casa", yes=[create_term(facet="language", slug="es", name="Spanish")])
    create_provider(name="House")
    found = read(client, "/providers/?language=es").split('class="also')[0]  # who states it
    assert ">Casa</a>" in found and ">House</a>" not in found


def test_what_is_held_of_health_has_a_page_that_all_pages_lead_to(client, settings):
    assert 'href="/consumer-health-data/"' in read(client, "/")
    page = read(client, "/consumer-health-data/")
    assert f"Kept {settings.SAVED_KEPT_MONTHS} months after your last visit." in page
    assert f"Kept up to {settings.SUGGESTIONS_KEPT_DAYS} days" in page
    assert 'href="/your-data/"' in page.split('id="rights"')[1]


def test_global_privacy_control_is_heard_and_says_so(client):
    response = client.get("/.well-known/gpc.json")
    assert response.headers["Content-Type"] == "application/json"
    assert response.json()["gpc"] is True
