"""LEAF: all that the site holds in one file, and back: the database, the pictures, a manifest.

A backup is a gzipped tar: `database`, `media/…`, and last `manifest.json`, so that one that was cut
off has none. The manifest holds of each table how many rows it has and the sum of their sha256
(256 bits, hexadecimal; the order of rows does not count), of each file its bytes and its sha256.
The database is of one moment, also while others write. Pictures are read after it: a picture is
there before the row that names it.
"""

import hashlib
import io
import json
import os
import shutil
import tarfile
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from . import databases, media

FORM = 1
DATABASE, MANIFEST, MEDIA = "database", "manifest.json", "media/"


class Refused(Exception):
    """A sentence that says why nothing was done."""


def write(target):
    """Back up to a file, all or nothing; returns the manifest."""
    partly = target.with_name(f"{target.name}.part")
    try:
        with (
            open(os.open(partly, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file,
            tarfile.open(fileobj=file, mode="w:gz", compresslevel=3) as tar,
            tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as folder,
        ):
            dump = Path(folder) / DATABASE
            tables = databases.of(connection).dump(dump)
            with dump.open("rb") as held:
                files = {DATABASE: _add(tar, held, dump.stat().st_size, DATABASE)}
            for name in media.names():
                with media.opened(name) as picture:
                    files[MEDIA + name] = _add(tar, picture, picture.size, MEDIA + name)
            manifest = {
                "form": FORM,
                "made": timezone.now().isoformat(timespec="seconds"),
                "database": connection.vendor,
                "migrations": tables.pop("migrations"),
                "tables": tables["tables"],
                "files": files,
            }
            _add_text(tar, json.dumps(manifest, indent=1))
        os.replace(partly, target)
        _last().touch()
    finally:
        partly.unlink(missing_ok=True)
    return manifest


def last_made():
    """When the last backup was made from here, in seconds since 1970; None when none was."""
    try:
        return _last().stat().st_mtime
    except FileNotFoundError:
        return None


def _last():
    return settings.VAR_DIR / "last-backup"


def check(source):
    """Read a backup to its end; returns the manifest, or refuses one that is not whole."""
    found, manifest = {}, None
    with _opened(source) as tar:
        for member in tar:
            if not _safe(member):
                raise Refused(f"{source} holds {member.name!r}, which no backup of ours does.")
            if member.name == MANIFEST:
                manifest = json.load(tar.extractfile(member))
            else:
                digest = hashlib.file_digest(tar.extractfile(member), "sha256").hexdigest()
                found[member.name] = {"bytes": member.size, "sha256": digest}
    if manifest is None:
        raise Refused(f"{source} ends too early: it has no manifest.")
    if manifest.get("form") != FORM:
        raise Refused(f"{source} is of another form than this version of TruPaths reads.")
    if wrong := _differing(manifest["files"], found):
        raise Refused(f"{source} is damaged: {', '.join(wrong[:5])} is not as it was backed up.")
    return manifest


def refusal(manifest, *, replace):
    """Why this site cannot take the backup, as a sentence; "" when it can."""
    if manifest["database"] != connection.vendor:
        return f"The backup is of {manifest['database']}, this site uses {connection.vendor}."
    known = MigrationLoader(None).disk_migrations
    ours = {app for app, _ in known}
    newer = [
        f"{app}.{name}"
        for app, name in manifest["migrations"]
        if app in ours and (app, name) not in known and not _squashed(known, app, name)
    ]
    if newer:
        return f"The backup is of a newer TruPaths, which has {newer[-1]}. Update this one first."
    if replace:
        return ""
    if connection.introspection.table_names():
        return "The database is not empty. To give up what it holds, add --replace."
    if any(media.names()):
        return f"There are pictures in {media.place()}. To give them up, add --replace."
    return ""


def read(source, manifest):
    """Put database and pictures in the place of those here; refuses when they are not equal then.

    Pictures come first and those of before go last: at no moment a row names one that is missing.
    """
    with _opened(source) as tar, tempfile.TemporaryDirectory(dir=settings.VAR_DIR) as folder:
        dump = Path(folder) / DATABASE
        for member in tar:
            if member.name == DATABASE:
                with dump.open("wb") as held:
                    shutil.copyfileobj(tar.extractfile(member), held, media.AT_ONCE)
            elif member.name.startswith(MEDIA):
                media.put(member.name.removeprefix(MEDIA), tar.extractfile(member))
        database = databases.of(connection)
        database.restore(dump)
        held = database.contents()["tables"]
    if wrong := _differing(manifest["tables"], held):
        raise Refused(f"After the restore these tables are not as backed up: {', '.join(wrong)}.")
    for name in list(media.names()):
        if MEDIA + name not in manifest["files"]:
            media.delete(name)


def behind(manifest):
    """Whether migrations are to be applied after the restore."""
    applied = {tuple(pair) for pair in manifest["migrations"]}
    return any(key not in applied for key in MigrationLoader(None).graph.nodes)


def _squashed(known, app, name):
    return any((app, name) in migration.replaces for migration in known.values())


def _differing(ours, theirs):
    return sorted(k for k in ours.keys() | theirs.keys() if ours.get(k) != theirs.get(k))


def _safe(member):
    path = PurePosixPath(member.name)
    inside = not path.is_absolute() and ".." not in path.parts
    ours = member.name in (DATABASE, MANIFEST) or member.name.startswith(MEDIA)
    return member.isfile() and inside and ours


@contextmanager
def _opened(source):
    try:
        with tarfile.open(source, "r:gz") as tar:
            yield tar
    except (tarfile.TarError, EOFError, OSError, ValueError, KeyError) as error:
        if isinstance(error, OSError) and error.errno:  # the disk, not what the file holds
            raise
        raise Refused(f"{source} is no backup, or damaged ({error}).") from error


class _Hashed:
    """A file that is hashed while it is read."""

    def __init__(self, file):
        self._file, self.sha256 = file, hashlib.sha256()

    def read(self, size=-1):
        data = self._file.read(size)
        self.sha256.update(data)
        return data


def _add(tar, file, size, name):
    member = tarfile.TarInfo(name)
    member.size, member.mtime, member.mode = size, int(time.time()), 0o600
    hashed = _Hashed(file)
    tar.addfile(member, hashed)
    return {"bytes": size, "sha256": hashed.sha256.hexdigest()}


def _add_text(tar, text):
    data = text.encode()
    member = tarfile.TarInfo(MANIFEST)
    member.size, member.mode = len(data), 0o600
    tar.addfile(member, io.BytesIO(data))
