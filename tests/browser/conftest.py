"""A real Chromium visits the site as it is served: all middleware, static files, pictures."""

import os
import shutil
import threading
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.test import override_settings
from playwright.sync_api import expect, sync_playwright

from tests.conftest import forget
from tests.factories import create_town, create_zip

HERE = Path(__file__).parent
ARGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--hide-scrollbars",
]
PATIENCE = 10_000  # milliseconds; a busy machine is no failure

expect.set_options(timeout=PATIENCE)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(autouse=True)
def fresh_memory(asking_each_time):
    """In place of that of all tests: rows change through the doors here, so memory is true."""


@pytest.fixture(scope="package")
def browser():
    told = os.environ.get("CHROMIUM")
    known = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"]
    names = [told] if told else known
    program = next(filter(None, map(shutil.which, names)), None)
    if program is None:
        say = pytest.fail if os.environ.get("REQUIRE_BROWSER") == "1" else pytest.skip
        say("no Chromium found: install one or name it, CHROMIUM=/path/to/it")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=ARGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="package")
def db(django_db_setup, django_db_blocker):
    """In place of pytest-django's: filled once, without a transaction, for all tests here.

    What a test leaves behind belongs to its own visitor, whom no other test knows.
    """
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        # Playwright runs an event loop in this thread; Django takes it for asynchronous code.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        fixtures = "conditions", "terms", "therapies", "demo_providers"
        call_command("loaddata", *fixtures, verbosity=0)
        create_zip()
        create_zip(code="99501", city="Anchorage", state="AK", at=(61.21, -149.88))
        create_town()
        create_town(name="Salem", state="OR", at=(44.94, -123.03), population=170000)
        create_town(name="Salem", state="MA", at=(42.52, -70.9), population=44000)
        forget()  # tests before
        yield
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture(scope="package")
def site(db):
    """The address of the site; Django's live server would serve files past our middleware."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(
        MEDIA_ROOT=settings.BASE_DIR / "fixtures" / "media",
        STORAGES=settings.STORAGES | {"staticfiles": plain},
        WHITENOISE_AUTOREFRESH=True,
        WHITENOISE_USE_FINDERS=True,
    ):
        server = ThreadedWSGIServer(("127.0.0.1", 0), WSGIRequestHandler)
        server.set_app(WSGIHandler())
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def visit(browser, site):
    """Opens the window of a visitor whom nobody knows yet.

    The test fails when a page asks another host, breaks the content security policy, writes an
    error to the console or misses a file. `status` is an answer from 400 on that it expects.
    """
    windows, faults = [], []

    def open_window(*, width=1280, javascript=True, dark=False, status=None):
        window = browser.new_context(
            base_url=site,
            viewport={"width": width, "height": 900},
            java_script_enabled=javascript,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
        )
        window.set_default_timeout(PATIENCE)
        _watch(window, site, status, faults)
        windows.append(window)
        return window.new_page()

    yield open_window
    for window in windows:
        window.close()
    assert not faults


def _watch(window, site, status, faults):
    def asked(request):
        address = urlsplit(request.url)
        if address.netloc != urlsplit(site).netloc:
            faults.append(f"asks {address.scheme}://{address.netloc}")

    def failed(request):
        if request.failure != "net::ERR_ABORTED":  # the visitor went on
            faults.append(f"{request.url}: {request.failure}")

    def answered(response):
        if response.status >= 400 and response.status != status:
            faults.append(f"{response.url}: {response.status}")

    def said(message):
        if message.type == "error" and str(status) not in message.text:
            faults.append(message.text)

    window.on("request", asked)
    window.on("requestfailed", failed)
    window.on("response", answered)
    window.on("console", said)
    window.on("weberror", lambda error: faults.append(str(error.error)))
