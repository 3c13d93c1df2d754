import runpy

import pytest
from django.core.management import call_command
from django.db import transaction

from assistant import cards
from providers import near
from providers.index import index
from therapies import library


def forget():
    """What the site remembers of rows that are gone."""
    for memory in (index, library, near, cards):
        memory.forget()


@pytest.fixture
def asking_each_time(monkeypatch):
    """Index and library ask at every question whether they are true, not once a second."""
    monkeypatch.setattr("providers.index.ASK_EVERY", 0.0)
    monkeypatch.setattr("therapies.library._ASK_EVERY", 0.0)


@pytest.fixture(autouse=True)
def fresh_memory(asking_each_time):
    """Each test reads its own rows: index and library load anew, and ask at every question."""
    forget()
    yield
    index.forget()
    library.forget()


@pytest.fixture(scope="module")
def content(django_db_setup, django_db_blocker):
    """The conditions, terms and therapies that come with the site: loaded once for a module."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("loaddata", "conditions", "terms", "therapies", verbosity=0)
        library.forget()
        yield library.library()
        transaction.set_rollback(True)


@pytest.fixture
def pages(content, db, fresh_memory, monkeypatch):
    """For tests that change no page: the library as it was loaded, which Tru AI reads only once."""
    monkeypatch.setattr(library, "_library", content)
    return content


@pytest.fixture(autouse=True)
def plain_static(settings):
    """Tests need no collected static files."""
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.WHITENOISE_AUTOREFRESH = True
    settings.LIMITS = False  # a test asks more often than a person
    settings.PAGES_KEPT_MB = 0  # a test changes rows by the side of the doors
    # client.force_login() is all that tests of the desk need; tests of the sign-in turn it on.
    settings.STAFF_SECOND_FACTOR = False
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def most_queries(monkeypatch, django_assert_max_num_queries):
    """Pin the queries of a page in a process that has just asked both clocks.

    A process asks them at most once a second, so a page takes at most two more than pinned.
    """

    def pin(most):
        monkeypatch.setattr("providers.index.ASK_EVERY", 3600.0)
        monkeypatch.setattr("therapies.library._ASK_EVERY", 3600.0)
        return django_assert_max_num_queries(most)

    return pin


@pytest.fixture
def started(settings, monkeypatch, tmp_path):
    """The settings of a start with these variables; those of a start before are gone."""

    def start(**variables):
        with monkeypatch.context() as patch:
            patch.setenv("VAR_DIR", str(tmp_path))
            for name, value in variables.items():
                patch.setenv(name, value)
            return runpy.run_path(settings.BASE_DIR / "trupaths" / "settings.py")

    return start
