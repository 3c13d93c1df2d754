"""Pages that only read ask a copy of the database; nobody sees their own words of a while ago.

The copy is a small SQLite of its own, so that a page shows which of the two it was read from.
"""

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connections, models
from django.test import override_settings

from providers.models import Provider, SearchClock
from recommendations.models import Event, Saved, Visitor
from tests.factories import create_provider
from therapies.models import Therapy
from trupaths import replicas
from trupaths.replicas import MODELS, Replica

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


@pytest.fixture(scope="module", autouse=True)
def copy(django_db_setup, django_db_blocker, tmp_path_factory):
    """A database with the tables of listings, and the router that may choose it."""
    connections.databases["copy"] = connections.databases["default"] | {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(tmp_path_factory.mktemp("copy") / "copy.sqlite3"),
        "OPTIONS": {"init_command": "PRAGMA foreign_keys=OFF"},  # of tables that it lacks
        "CONN_HEALTH_CHECKS": True,
    }
    with (
        override_settings(DATABASE_ROUTERS=["trupaths.replicas.Router"]),
        django_db_blocker.unblock(),
    ):
        with connections["copy"].schema_editor() as editor:
            listings = map(apps.get_app_config("providers").get_model, sorted(MODELS))
            for model in [SearchClock, Therapy, Visitor, Saved, Event, *listings]:
                editor.create_model(model)
        connections["copy"].close()  # which the editor left without the option above
        yield
        connections["copy"].close()
    del connections.databases["copy"], connections["copy"]


@pytest.fixture
def house():
    """Its page says “Copied House” when it was read from the copy."""
    house = create_provider(name="House", slug="house")
    replicate(house)
    return house


@pytest.fixture
def client(client, monkeypatch):
    monkeypatch.setattr(replicas, "replicas", {"copy": Replica("copy")})
    client.handler.load_middleware()  # with copies there is one more
    return client


def replicate(house):
    """All that was committed has come to the copy."""
    version = SearchClock.objects.using("default").get().version
    SearchClock.objects.using("copy").update_or_create(pk=1, defaults={"version": version})
    copied = Provider.objects.using("default").get(pk=house.pk)
    copied.name = "Copied House"
    Provider.objects.using("copy")._raw_delete("copy")
    models.Model.save_base(copied, raw=True, using="copy")


def names(client, path="/providers/house/", **more):
    page = client.get(path, **more).content.decode()
    return "copy" if "Copied House" in page else "primary" if "House" in page else "neither"


def test_a_page_that_reads_asks_the_copy(client, house):
    assert names(client) == names(client, "/providers/") == "copy"
    assert names(client, f"/providers/{house.slug}/report/") == "primary"  # a page that writes


def test_staff_and_who_wrote_read_what_they_wrote(client, admin_user, house):
    assert "(0)" in client.get("/providers/house/").content.decode()
    client.post("/saved/", {"act": "save", "provider": "house"})
    assert names(client, "/saved/") == "primary"
    page = client.get("/providers/house/").content.decode()  # a listing from the copy, their own
    assert "Copied House" in page and "(1)" in page  # save from the primary
    client.force_login(admin_user)
    assert names(client) == "primary"


def test_a_copy_that_is_behind_what_we_show_is_passed_over_until_it_has_caught_up(client, house):
    assert names(client) == "copy"
    create_provider(name="Next", slug="next")  # a version that the copy does not have yet
    assert names(client) == "primary"
    assert b"Next" in client.get("/providers/").content
    replicate(house)
    assert names(client) == "copy"


def test_a_copy_that_was_started_anew_is_asked_again_what_it_holds(client, house):
    assert names(client) == "copy"
    SearchClock.objects.using("copy").update(version=0)  # older than before it was away
    assert names(client) == "copy"  # on one connection nothing goes back
    connections["copy"].close()
    assert names(client) == "primary"


def test_a_copy_that_fails_in_the_middle_of_a_page_is_made_good(client, house, caplog, monkeypatch):
    monkeypatch.setattr(
        "trupaths.outages.is_one", lambda error: isinstance(error, OperationalError)
    )
    monkeypatch.setattr(type(connections["copy"]), "is_usable", lambda self: False)
    with connections["copy"].cursor() as cursor:
        cursor.execute("ALTER TABLE providers_service RENAME TO away")
    assert [names(client), names(client)] == ["primary", "primary"]
    assert caplog.text.count("copy is away") == 1  # and then it is not asked for a while
    with connections["copy"].cursor() as cursor:
        cursor.execute("ALTER TABLE away RENAME TO providers_service")


def test_a_copy_that_does_not_answer_is_made_good(client, house, monkeypatch, caplog):
    connections["copy"].close()
    monkeypatch.setitem(connections["copy"].settings_dict, "NAME", "/nowhere/copy.sqlite3")
    assert names(client) == "primary"
    assert "copy is away" in caplog.text


def test_while_the_primary_is_away_a_visitor_reads_what_they_saved_from_the_copy(
    client, house, monkeypatch, settings, tmp_path
):
    settings.LIMITS, settings.VAR_DIR = True, tmp_path
    client.post("/saved/", {"act": "save", "provider": "house"})
    for row in (*Visitor.objects.all(), *Saved.objects.all()):
        row.save_base(raw=True, using="copy", force_insert=True)
    assert names(client) == "copy"
    connections["default"].close()

    def away():
        raise OperationalError("the primary is away")

    with monkeypatch.context() as patch:
        patch.setattr(connections["default"], "connect", away)
        assert "(1)" in client.get("/providers/house/").content.decode()
        assert names(client, "/saved/") == "copy"
        assert client.get("/therapies/?q=sleep").status_code == 200  # which is counted
        assert "(1)" in client.get("/about/").content.decode()
        client.raise_request_exception = False
        assert client.post("/saved/", {"act": "save", "provider": "house"}).status_code == 503


def test_settings_name_the_copies_and_refuse_what_is_none(started):
    sqlite = {"DATABASE_URL": "sqlite:///site.sqlite3"}
    primary = {
        "DATABASE_URL": "postgres://u:password@/site?host=a,b&target_session_attrs=read-write"
    }
    found = started(
        **primary, REPLICA_URLS="postgres://u:password@c/site postgres://u:password@d/site"
    )
    assert found["REPLICAS"] == ["replica1", "replica2"]
    assert found["DATABASES"]["replica2"]["HOST"] == "d"
    assert found["DATABASES"]["default"]["OPTIONS"]["host"] == "a,b"
    assert started()["DATABASE_ROUTERS"] == []
    with pytest.raises(ImproperlyConfigured, match="PostgreSQL"):
        started(**sqlite, REPLICA_URLS="postgres://u:password@c/site")
    with pytest.raises(ImproperlyConfigured, match="DATABASE_POOL"):
        started(**sqlite, DATABASE_POOL="4")
