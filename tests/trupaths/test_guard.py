import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

OURS, OTHER = "http://testserver", "http://elsewhere.example"


def post(path="/saved/", *, data=None, client=None, **headers):
    client = client or Client(enforce_csrf_checks=True)
    return client.post(path, data or {"act": "save", "provider": "none-such"}, headers=headers)


@pytest.mark.parametrize(
    ("headers", "accepted"),
    [
        ({"sec-fetch-site": "same-origin", "origin": OURS}, True),
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "same-site", "origin": OURS}, False),
        ({"sec-fetch-site": "cross-site", "origin": OTHER}, False),
        ({"sec-fetch-site": "none"}, False),
        ({"origin": OURS}, True),
        ({"origin": OTHER}, False),
        ({"origin": "null"}, False),
        ({}, False),
    ],
)
def test_only_our_own_pages_may_post(headers, accepted):
    assert (post(**headers).status_code != 403) == accepted


def test_the_browsers_word_goes_before_a_valid_token():
    client = Client(enforce_csrf_checks=True)
    token = client.get("/admin/login/").cookies["csrftoken"].value
    data = {"csrfmiddlewaretoken": token, "act": "save"}
    assert post(client=client, data=data, **{"sec-fetch-site": "cross-site"}).status_code == 403


def test_a_page_without_token_offers_the_same_fields_again():
    client = Client(enforce_csrf_checks=True)
    data = {"act": "save", "provider": "<quiet>", "tag": ["a", "b"], "password": "secret"}
    answer = post("/saved/?from=1", client=client, data=data)
    assert answer.status_code == 403
    assert ("provider", "<quiet>") in answer.context["fields"]
    assert [v for k, v in answer.context["fields"] if k == "tag"] == ["a", "b"]
    assert b"secret" not in answer.content and b"<quiet>" not in answer.content
    assert answer.context["action"] == "/saved/?from=1"
    again = data | {"csrfmiddlewaretoken": answer.context["token"]}
    assert post(client=client, data=again).status_code != 403


def test_a_request_from_another_site_is_not_offered_anything():
    answer = post(origin=OTHER)
    assert answer.status_code == 403
    assert b"<form" not in answer.content and not answer.cookies


def test_staff_sign_in_passes_by_origin_alone(django_user_model):
    django_user_model.objects.create_superuser("staff", password="a long password here")
    data = {"username": "staff", "password": "a long password here", "next": "/admin/"}
    assert post("/admin/login/", data=data, origin=OURS).status_code == 302
    assert post("/admin/login/", data=data, origin=OTHER).status_code == 403


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PUT", "PATCH", "DELETE", "BREW"])
def test_other_methods_are_refused_with_a_sentence(client, method):
    for path in ("/saved/", "/admin/", "/static/css/base.css", "/media/a.png", "/healthz", "/none"):
        answer = client.generic(method, path)
        assert answer.status_code == 405
        assert answer["Allow"] == "GET, HEAD, POST, OPTIONS"
        assert b"answers" in answer.content


@pytest.mark.parametrize("path", ["/", "/therapies/", "/providers/", "/therapies/none-such/"])
def test_reading_sets_no_cookie(client, path):
    assert not client.get(path).cookies
