"""`manage.py doctor`: what is not well is said, each with what to do."""

import io
import os
import socket
import threading
import time
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, connections
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from providers.models import ImportRun, Place, SearchRow, Source
from tests.factories import create_provider, create_therapy, create_town, create_zip

pytestmark = pytest.mark.django_db


@pytest.fixture
def doctor(settings, tmp_path):
    """What the doctor says of a site in order, but for what a test broke; and whether it fails."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.VAR_DIR = tmp_path
    create_zip()
    create_town()
    create_therapy()

    def examine():
        out, failed = io.StringIO(), False
        try:
            call_command("doctor", stdout=out)
        except CommandError:
            failed = True
        return [" ".join(line.split()) for line in out.getvalue().splitlines()], failed

    return examine


def test_a_site_in_order_has_nothing_to_mend(doctor):
    create_provider(demonstration=False)
    said, failed = doctor()
    assert not failed and not [line for line in said if line.startswith("WRONG")]
    assert "well index Index and 1 listings agree." in said
    assert any(line.startswith("look listings Listings that wait for a check: 1") for line in said)


def test_a_listing_that_the_index_has_otherwise(doctor):
    SearchRow.objects.filter(pk=create_provider().pk).delete()
    assert (
        doctor()[0].count(
            "WRONG index Listings that differ from the index: 1. Run manage.py reindex."
        )
    ) == 1
    assert doctor()[1]


def test_a_picture_that_is_gone(doctor, settings):
    provider = create_provider(picture="providers/a.webp")
    said, failed = doctor()
    assert failed and any(
        "Pictures that are not in" in line and "providers/a.webp" in line for line in said
    )
    path = Path(settings.MEDIA_ROOT) / provider.picture.name
    path.parent.mkdir(parents=True)
    path.touch()
    assert f"well media All pictures are there, in {settings.MEDIA_ROOT}." in doctor()[0]


def test_media_that_nobody_may_write(doctor, settings, tmp_path):
    (tmp_path / "file").touch()
    settings.MEDIA_ROOT = tmp_path / "file" / "media"
    said, failed = doctor()
    assert failed and any("cannot be written" in line for line in said)


def test_mail_that_nobody_takes(doctor, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 2
    said, failed = doctor()
    assert failed and any("The mail server does not answer" in line for line in said)


def test_reviews_that_are_overdue_and_an_import_that_stopped(doctor):
    create_therapy(short_name="CBT", review_due_on=date(2020, 1, 1))
    create_provider(demonstration=False)
    run = ImportRun.objects.create(
        source=Source.objects.create(slug="x", name="X"), as_of=date(2024, 1, 1), position=1200
    )
    ImportRun.objects.filter(pk=run.pk).update(started_at=timezone.now() - timedelta(days=2))
    said, failed = doctor()
    assert not failed
    assert any("Reviews of pages overdue: 1" in line for line in said)
    assert any("stopped at row 1,200" in line for line in said)


def test_no_places_and_debug(doctor, settings):
    Place.objects.all().delete()
    settings.DEBUG = True
    said, failed = doctor()
    assert failed
    assert (
        "WRONG places No point of any ZIP code and Town is known. Run manage.py load_places."
        in said
    )
    assert any("DEBUG is on" in line for line in said)


def test_a_backup_that_is_old_and_what_was_not_deleted(doctor, tmp_path):
    assert (
        "look backups No backup was made from here: manage.py backup FOLDER, each day."
        in (doctor()[0])
    )
    last = tmp_path / "last-backup"
    last.touch()
    said, _ = doctor()
    assert "well backups The last backup is 0 hours old." in said
    assert "well duties Nothing is kept past its time." in said
    os.utime(last, (time.time() - 5 * 86400,) * 2)
    Session.objects.create(session_key="x", expire_date=timezone.now() - timedelta(days=3))
    said, failed = doctor()
    assert not failed
    assert "look backups The last backup is 5 days old: manage.py backup FOLDER." in said
    assert any("run manage.py purge each day" in line for line in said)


def test_numbers_of_help_that_nobody_read(doctor, monkeypatch):
    assert any("Cards of help whose numbers nobody read" in line for line in doctor()[0])
    monkeypatch.setattr("assistant.cards.due", list)
    assert not any("Cards of help" in line for line in doctor()[0])


def test_files_that_were_not_collected(doctor, settings, tmp_path, monkeypatch):
    settings.STATIC_ROOT = tmp_path / "static"
    storage = ManifestStaticFilesStorage()
    monkeypatch.setattr("trupaths.doctor.machine.staticfiles_storage", storage)
    said, failed = doctor()
    assert failed and any("run manage.py collectstatic" in line for line in said)


def test_counts_that_cannot_be_kept(doctor, settings, tmp_path):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    said, failed = doctor()
    assert failed and any("Redis does not answer (ConnectionError)" in line for line in said)
    settings.REDIS_URL, settings.PAGES_KEPT_MB = "", 32
    said, failed = doctor()
    assert not failed and "well cache This machine counts how often one asks, in VAR_DIR." in said


def test_a_folder_that_visitors_and_others_on_the_machine_could_read(doctor, settings, tmp_path):
    assert f"well folder {tmp_path} is the site's own." in doctor()[0]  # as pytest makes it
    settings.MEDIA_ROOT = tmp_path.parent
    said, failed = doctor()
    assert failed and any(
        "VAR_DIR lies in MEDIA_ROOT, which visitors read" in line for line in said
    )


def test_a_clock_that_is_behind_what_was_written(doctor):
    last = MigrationRecorder.Migration.objects.order_by("pk").last()
    MigrationRecorder.Migration.objects.filter(pk=last.pk).update(
        applied=timezone.now() + timedelta(hours=2)
    )
    said, failed = doctor()
    assert failed and any("set clocks by NTP" in line for line in said)


def test_figures_that_nobody_or_another_program_tells(doctor, settings):
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.METRICS_PORT, settings.METRICS_HOST = server.getsockname()[1], "0.0.0.0"

        def answer():
            client, _ = server.accept()
            client.recv(1000)
            client.sendall(b"HTTP/1.0 200 OK\r\n\r\nsomething else")
            client.close()

        other = threading.Thread(target=answer)
        other.start()
        said, failed = doctor()
        other.join()
    assert failed and any("Another program has port" in line for line in said)
    said, failed = doctor()
    assert not failed and any("is the site running?" in line for line in said)


def test_a_copy_that_is_the_primary_and_one_that_is_away(doctor, settings):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no copies")
    settings.REPLICAS = ["copy1", "copy2"]
    for alias in settings.REPLICAS:
        connections[alias] = connection.copy()
    connections["copy2"].settings_dict["PORT"] = "1"
    try:
        said, failed = doctor()
    finally:
        for alias in settings.REPLICAS:
            connections[alias].close()
            del connections[alias]
    assert failed and "well replicas copy1 is the primary itself." in said
    assert any(line.startswith("WRONG replicas copy2 does not answer") for line in said)
