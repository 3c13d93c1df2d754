import gc
import os
import time
from contextlib import suppress
from threading import Thread

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trupaths.settings")
application = get_wsgi_application()

from django import db  # noqa: E402 (needs the apps, as all below)

from assistant.engine import engine  # noqa: E402
from providers.index import index  # noqa: E402
from therapies.library import library  # noqa: E402
from trupaths import metrics  # noqa: E402
from trupaths.views import warm  # noqa: E402

SETTLED = 5  # seconds: pages come first, and a second of work for Tru AI after them


def load():
    """What this process holds in memory; without the database, the first who asks loads it."""
    with suppress(db.Error):
        shelf = library()
        index.current()
        db.connections.close_all()  # those of this thread
        time.sleep(SETTLED)
        engine(shelf)
        gc.freeze()
    db.connections.close_all()


# Each worker before its first visitor; beside it, as a million listings take longer than the
# server waits for a sign of life.
warm()
# What is here stays: who collects the garbage need not look through it again, for 0.1 s each time.
gc.collect()
gc.freeze()
Thread(target=load, daemon=True).start()
metrics.listen()
