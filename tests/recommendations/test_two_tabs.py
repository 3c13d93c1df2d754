"""Two tabs saving at once lose nothing."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client

from recommendations.models import Saved, Visitor
from tests.factories import create_provider, create_therapy

HEADERS = {"Sec-Fetch-Site": "same-origin"}


@pytest.mark.django_db(transaction=True)
def test_two_tabs_saving_at_once_lose_nothing(client):
    therapy = create_therapy()
    places = [create_provider(therapies=[therapy]) for _ in range(12)]
    first = client.post("/saved/", {"therapy": therapy.slug}, headers=HEADERS)
    key = first.cookies[settings.VISITOR_COOKIE_NAME].value

    def save(slug):
        tab = Client()
        tab.cookies[settings.VISITOR_COOKIE_NAME] = key
        try:
            return tab.post("/saved/", {"provider": slug}, headers=HEADERS).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as tabs:
        answers = list(tabs.map(save, [place.slug for place in places] * 2))
    assert set(answers) == {302}
    assert Visitor.objects.count() == 1
    assert Saved.objects.exclude(provider=None).count() == 12


def tab_without_cookie(**data):
    """The answer to a form that was sent before the browser had any cookie."""
    path = data.pop("path", "/saved/")
    return Client().post(path, data, headers=HEADERS)


def browser_after(*answers):
    """A browser that got these answers, in this order: later cookies replace earlier ones."""
    browser = Client()
    for answer in answers:
        browser.cookies.update(answer.cookies)
    return browser


@pytest.mark.django_db
def test_two_tabs_that_save_before_either_has_the_cookie_become_one_visitor():
    therapy = create_therapy(short_name="MBSR")
    place = create_provider(name="Larch House", therapies=[therapy])
    one = tab_without_cookie(provider=place.slug, therapy=therapy.slug)
    other = tab_without_cookie(therapy=therapy.slug)
    yes = tab_without_cookie(path="/recommendations/choice/", act="yes", thing="therapy:mbsr")
    assert Visitor.objects.count() == 3
    browser = browser_after(one, other, yes)
    page = browser.get("/saved/")
    assert Visitor.objects.count() == 1
    assert [item.card.provider for item in page.context["places"]] == [place]
    assert [item.therapy for item in page.context["therapies"]] == [therapy]
    assert page.context["suggestions"].on
    assert "MBSR, just opened" in page.context["suggestions"].using
    # From now on there is one cookie again.
    assert [name for name, each in browser.cookies.items() if each.value] == [
        settings.VISITOR_COOKIE_NAME
    ]


@pytest.mark.django_db
def test_two_tabs_that_save_the_same_keep_it_once():
    place = create_provider()
    answers = [tab_without_cookie(provider=place.slug) for _ in range(2)]
    browser_after(*answers).get("/")
    assert Visitor.objects.count() == Saved.objects.count() == 1


@pytest.mark.django_db
def test_after_one_save_the_next_page_asks_the_database_nothing_more(most_queries):
    therapy = create_therapy(short_name="MBSR")
    browser = browser_after(tab_without_cookie(therapy=therapy.slug))
    browser.get("/about/")  # warm
    browser = browser_after(tab_without_cookie(therapy=therapy.slug))
    with most_queries(2):  # the visitor, and what it saved
        browser.get("/about/")


@pytest.mark.django_db
def test_a_key_that_nobody_has_takes_nothing_over():
    therapy = create_therapy(short_name="MBSR")
    browser = browser_after(tab_without_cookie(therapy=therapy.slug))
    browser.cookies[settings.VISITOR_COOKIE_NAME] = "someone-else"
    assert browser.get("/saved/").context["therapies"] == []
    assert Saved.objects.count() == 1
