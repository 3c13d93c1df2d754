"""A backup made while others write, restored: the same rows and the same pictures."""

import gzip
import io
import json
import os
import re
import tarfile
import threading

import pytest
from django.core.files.storage import InMemoryStorage, default_storage
from django.core.management import CommandError, call_command
from django.db import connection, connections

from providers.models import Provider
from tests.factories import create_provider, create_therapy
from tests.postgres import VERSION, _package
from therapies.models import Therapy

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def site(settings, tmp_path, monkeypatch):
    """A site with a page, a listing and two pictures; the folder that backups are made in."""
    programs = _package() / VERSION / "bin"
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.VAR_DIR = tmp_path
    for name, data in (("a.jpg", b"\xff\xd8 a"), ("therapies/b/480.avif", os.urandom(70_000))):
        path = settings.MEDIA_ROOT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    create_therapy(lead="Straße, 東京 and a\ttab\nin \\ two lines")
    create_provider(name="Larch House")
    (tmp_path / "backups").mkdir()
    return tmp_path / "backups"


def backup(folder):
    call_command("backup", str(folder), stdout=io.StringIO())
    (file,) = folder.glob("*.tar.gz")
    return file


def restore(file, *options):
    said = io.StringIO()
    call_command("restore", str(file), *options, stdout=said)
    return said.getvalue()


def manifest(file):
    with tarfile.open(file) as tar:
        return json.load(tar.extractfile("manifest.json"))


def test_what_was_changed_since_is_as_before_with_equal_sums(site, settings):
    file = backup(site)
    picture = settings.MEDIA_ROOT / "a.jpg"
    picture.write_bytes(b"overwritten")
    (settings.MEDIA_ROOT / "later.jpg").write_bytes(b"later")
    create_provider(name="Later House")
    create_therapy(short_name="Later")
    Provider.objects.filter(name="Larch House").update(phone="gone")  # past the door: a fault
    assert "all sums are equal" in restore(file, "--replace")
    assert [place.phone for place in Provider.objects.all()] == ["(503) 234-5678"]
    assert Therapy.objects.get().lead == "Straße, 東京 and a\ttab\nin \\ two lines"
    assert picture.read_bytes() == b"\xff\xd8 a"
    assert not (settings.MEDIA_ROOT / "later.jpg").exists()
    create_provider(name="Next House")  # ids go on behind the restored ones
    file.rename(site.parent / "first")
    assert manifest(backup(site))["files"].keys() == manifest(site.parent / "first")["files"].keys()


def test_a_backup_while_others_write_holds_one_moment(site):
    """The clock and the rows are written in one transaction: never one without the other."""
    stop, made = threading.Event(), []

    def write():
        try:
            while not stop.is_set():
                made.append(create_provider(name=f"Busy House {len(made)}").pk)
        finally:
            connections.close_all()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        file = backup(site)
    finally:
        stop.set()
        writer.join()
    restore(file, "--replace")
    call_command("reindex", "--check", stdout=io.StringIO())
    assert made and Provider.objects.count() <= len(made) + 1


class Away(InMemoryStorage):
    """A bucket that refuses its key, in the words of its own library."""

    def listdir(self, path):
        raise LookupError("AccessDenied")


def test_pictures_go_from_a_disk_into_a_bucket_and_out_of_it(site, settings, tmp_path):
    names = {"media/a.jpg", "media/therapies/b/480.avif"}
    file = backup(site).rename(tmp_path / "of-the-disk")
    kinds = settings.STORAGES
    settings.STORAGES = kinds | {"default": {"BACKEND": f"{__name__}.{InMemoryStorage.__name__}"}}
    for name in ("a.jpg", "later/c.jpg"):
        default_storage.save(name, io.BytesIO(b"of another day"))
    restore(file, "--replace")
    assert default_storage.open("a.jpg").read() == b"\xff\xd8 a"
    of_disk, of_bucket = manifest(file)["files"], manifest(backup(site))["files"]
    del of_disk["database"], of_bucket["database"]
    assert of_bucket == of_disk and of_bucket.keys() == names
    settings.STORAGES = kinds | {"default": {"BACKEND": f"{__name__}.{Away.__name__}"}}
    with pytest.raises(CommandError, match=r"No backup was made\. the bucket: LookupError"):
        call_command("backup", str(site / "none"))
    assert not (site / "none").exists()


def test_an_older_pg_dump_is_told_nothing_that_it_does_not_know(site, monkeypatch):
    """The library that the site brings knows options that PostgreSQL 15 refuses."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite needs none")
    program = site.parent / "pg_dump"
    program.write_text('#!/bin/sh\nfor word; do last=$word; done; echo "$last" >&2; exit 1\n')
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    with pytest.raises(CommandError, match="dbname=") as told:
        call_command("backup", str(site))
    words = re.findall(r"(\w+)=", str(told.value))
    assert "dbname" in words and not {"sslcertmode", "client_encoding", "options"} & set(words)


def test_a_site_that_holds_something_is_left_alone(site):
    file = backup(site)
    create_provider(name="Later House")
    with pytest.raises(CommandError, match=r"add --replace\. Nothing was changed"):
        restore(file)
    assert Provider.objects.filter(name="Later House").exists()


def altered(file, change):
    """The same backup with other members: `change(name, data)` gives the bytes, or None."""
    target = file.with_name("altered.tar.gz")
    with tarfile.open(file) as old, tarfile.open(target, "w:gz") as new:
        for member in old:
            data = change(member.name, old.extractfile(member).read())
            if data is not None:
                member.size = len(data)
                new.addfile(member, io.BytesIO(data))
    return target


def other_database(name, data):
    return data.replace(b'"database": "', b'"database": "my') if name == "manifest.json" else data


def newer(name, data):
    if name != "manifest.json":
        return data
    held = json.loads(data)
    held["migrations"].append(["providers", "9999_of_tomorrow"])
    return json.dumps(held).encode()


@pytest.mark.parametrize(
    "change, said",
    [
        (lambda name, data: data[:-1] + b"!" if name == "media/a.jpg" else data, "is damaged"),
        (lambda name, data: None if name == "media/a.jpg" else data, "is damaged"),
        (lambda name, data: None if name == "manifest.json" else data, "ends too early"),
        (other_database, "this site uses"),
        (newer, "newer TruPaths, which has providers.9999_of_tomorrow"),
    ],
)
def test_a_backup_that_does_not_fit_changes_nothing(site, change, said):
    file = altered(backup(site), change)
    create_provider(name="Later House")
    with pytest.raises(CommandError, match=said):
        restore(file, "--replace")
    assert Provider.objects.filter(name="Later House").exists()


def test_a_file_that_is_no_backup_is_refused_with_a_sentence(site, tmp_path):
    file = backup(site)
    whole = file.read_bytes()
    escaping = tmp_path / "escaping"
    with tarfile.open(escaping, "w:gz") as tar:
        tar.addfile(tarfile.TarInfo("media/../../out.jpg"))
    for name, data in (
        ("half", whole[: len(whole) // 2]),
        ("none", b"no archive"),
        ("empty", b""),
        ("zipped", gzip.compress(b"no archive")),
        ("escaping", escaping.read_bytes()),
    ):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(CommandError, match=r"is no backup|ends too early|no backup of ours"):
            restore(tmp_path / name, "--replace")
    with pytest.raises(CommandError, match="No such file"):
        restore(tmp_path / "missing", "--replace")


def test_nothing_is_overwritten_and_nobody_else_may_read_it(site, tmp_path):
    file = backup(site)
    assert file.stat().st_mode & 0o077 == 0
    with pytest.raises(CommandError, match="is there already"):
        call_command("backup", str(file))
    with pytest.raises(CommandError, match="No backup was made"):
        call_command("backup", str(tmp_path / "no" / "folder" / "file"))


def test_without_the_programs_of_postgresql_a_sentence_says_what_to_install(site, monkeypatch):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite needs none")
    monkeypatch.setenv("PATH", "")
    with pytest.raises(CommandError, match="pg_dump was not found"):
        call_command("backup", str(site / "x"))
    assert not list(site.iterdir())
