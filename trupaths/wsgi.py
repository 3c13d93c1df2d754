import os
from contextlib import suppress
from threading import Thread

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trupaths.settings")
application = get_wsgi_application()

from django import db  # noqa: E402 (needs the apps, as all below)

from providers.index import index  # noqa: E402
from therapies.library import library  # noqa: E402
from trupaths import metrics  # noqa: E402
from trupaths.views import warm  # noqa: E402


def load():
    """What this process holds in memory; without the database, the first who asks loads it."""
    with suppress(db.Error):
        library()
        index.current()
    db.connections.close_all()  # those of this thread


# Each worker before its first visitor; beside it, as a million listings take longer than the
# server waits for a sign of life.
warm()
Thread(target=load, daemon=True).start()
metrics.listen()
