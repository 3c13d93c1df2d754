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
