"""This machine: its settings, the folder that it writes, its files, room, clock and figures."""

import http.client
import os
import shutil
import tempfile
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage, staticfiles_storage
from django.core import checks
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Max
from django.utils import timezone

from trupaths import backups, databases

from .finding import LOOK, WELL, WRONG, Finding

ROOM = 1024**3  # bytes that should be free
SKEW = timedelta(seconds=5)  # between two clocks
DAILY = timedelta(days=2)  # after which what is done daily was not done
PATIENCE = 5  # seconds


def of_settings():
    found = checks.run_checks(include_deployment_checks=settings.HTTPS)
    found = [each for each in found if each.level >= checks.WARNING and not each.is_silenced()]
    for each in found:
        level = WRONG if each.is_serious() else LOOK
        yield Finding(level, " ".join(filter(None, [f"{each.id}: {each.msg}", each.hint])))
    if not found:
        yield Finding(WELL, f"The site is {settings.SITE_URL}.")
    if settings.DEBUG:
        yield Finding(WRONG, "DEBUG is on: errors show settings to visitors. Unset it.")


def of_folder():
    """VAR_DIR: the database of SQLite, the secret key, what is counted."""
    folder = settings.VAR_DIR
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        sentence = f"{folder} cannot be written ({error.strerror}): let the site's user write there"
        yield Finding(WRONG, f"{sentence}; nobody is held back meanwhile.")
        return
    shown = [n for n in ("STATIC_ROOT", "MEDIA_ROOT") if _inside(folder, getattr(settings, n))]
    for name in shown:
        yield Finding(WRONG, f"VAR_DIR lies in {name}, which visitors read: move it elsewhere.")
    if _open_to_others(folder):
        yield Finding(LOOK, f"Others on this machine can read {folder}: chmod 700 {folder}")
    elif not shown:
        yield Finding(WELL, f"{folder} is the site's own.")


def _inside(folder, other):
    return folder.resolve().is_relative_to(other.resolve())


def _open_to_others(folder):
    """Also a folder around it keeps them out."""
    around = [folder.resolve(), *folder.resolve().parents]
    return os.name == "posix" and all(each.stat().st_mode & 0o001 for each in around)


def of_files():
    """Style sheets and scripts, each under a name with the hash of what it holds."""
    if not isinstance(staticfiles_storage, ManifestStaticFilesStorage):
        return
    there = {name for finder in get_finders() for name, _ in finder.list([])}
    collected = staticfiles_storage.hashed_files
    missing = sorted(there - set(collected))
    gone = [name for name in collected.values() if not staticfiles_storage.exists(name)]
    if missing or gone:
        some = ", ".join([*missing, *gone][:3])
        yield Finding(
            WRONG, f"Files that were not collected ({some}): run manage.py collectstatic."
        )
    else:
        yield Finding(WELL, f"{len(collected)} static files are collected.")


def of_room():
    free = {
        folder: shutil.disk_usage(folder).free
        for folder in (settings.VAR_DIR, settings.MEDIA_ROOT)
        if folder.exists()
    }
    for folder, left in free.items():
        if left < ROOM:
            yield Finding(LOOK, f"{folder} has {left // 1024**2:,} MB left: make room.")
    if min(free.values()) >= ROOM:
        yield Finding(WELL, f"{min(free.values()) // ROOM:,} GB are free.")


def of_clock():
    """Codes from phones, sessions and what is published later go by it."""
    found = MigrationRecorder.Migration.objects.aggregate(newest=Max("applied"))
    now, others = timezone.now(), {}
    if found["newest"] and found["newest"] > now:
        others["the last migration was at"] = found["newest"]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            others["the database has"] = cursor.fetchone()[0]
    wrong = {name: other for name, other in others.items() if abs(other - now) > SKEW}
    for name, other in wrong.items():
        sentence = f"It is {_plain(now)} here, but {name} {_plain(other)}"
        yield Finding(WRONG, f"{sentence}: set clocks by NTP, or codes from phones fail.")
    if not wrong:
        yield Finding(WELL, f"It is {_plain(now)} here.")


def _plain(moment):
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def of_metrics():
    """Figures for Prometheus, where they are asked for."""
    if settings.METRICS_TOKEN:
        yield Finding(WELL, "Figures are at /metrics, for who knows METRICS_TOKEN.")
    if not settings.METRICS_PORT:
        return
    everywhere = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # nosec B104 # asked there, not bound
    host = everywhere.get(settings.METRICS_HOST, settings.METRICS_HOST)
    asked = http.client.HTTPConnection(host, settings.METRICS_PORT, timeout=PATIENCE)
    try:
        asked.request("GET", "/metrics")
        ours = b"trupaths_" in asked.getresponse().read()
    except (OSError, http.client.HTTPException):
        sentence = f"Nobody tells figures on port {settings.METRICS_PORT} of {host}"
        yield Finding(LOOK, f"{sentence}: is the site running?")
        return
    finally:
        asked.close()
    if ours:
        yield Finding(WELL, f"Figures are on port {settings.METRICS_PORT} of {host}.")
    else:
        yield Finding(WRONG, f"Another program has port {settings.METRICS_PORT}: see METRICS_PORT.")


def of_backups():
    """Of those made from here: what the machine keeps by itself is not known."""
    if why := databases.of(connection).cannot_dump():
        yield Finding(LOOK, f"manage.py backup would fail: {why}")
    made = backups.last_made()
    if made is None:
        yield Finding(LOOK, "No backup was made from here: manage.py backup FOLDER, each day.")
        return
    age = timezone.now() - datetime.fromtimestamp(made, UTC)
    if age > DAILY:
        yield Finding(LOOK, f"The last backup is {age.days} days old: manage.py backup FOLDER.")
    else:
        hours = int(age.total_seconds() // 3600)
        yield Finding(WELL, f"The last backup is {hours} hours old.")
