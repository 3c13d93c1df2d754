"""LEAF: all pictures of the site, on a disk or in a bucket, by the name that rows give them.

For what goes over all of them: a backup, a restore, the doctor. A bucket that does not answer is an
OSError, as a disk is.
"""

import errno
import os
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage

AT_ONCE = 1 << 20  # bytes


def on_disk():
    return isinstance(default_storage, FileSystemStorage)


def place():
    """Where they are, in words."""
    return str(settings.MEDIA_ROOT) if on_disk() else "the bucket"


def names(folder=""):
    """Names of all files, in an order that stays."""
    with _asked():
        try:
            folders, files = default_storage.listdir(folder)
        except FileNotFoundError:  # a disk before the first picture
            return
    inside = f"{folder}/" if folder else ""
    yield from (inside + name for name in sorted(files) if name)
    for name in sorted(filter(None, folders)):
        yield from names(inside + name)


@contextmanager
def opened(name):
    with _asked(), default_storage.open(name) as file:
        yield file


def put(name, file):
    """In the place of what has this name; on a disk whole or not at all, as others may read it."""
    with _asked():
        if on_disk():
            _replace(Path(default_storage.path(name)), file)
        else:
            default_storage.delete(name)  # else the new one gets another name
            default_storage.save(name, ContentFile(file.read()))  # 10 MB at most: pictures.py


def delete(name):
    with _asked():
        default_storage.delete(name)


@contextmanager
def _asked():
    try:
        yield
    except OSError:
        raise
    except Exception as error:  # each kind of bucket has its own
        if on_disk():
            raise
        raise OSError(errno.EIO, f"{type(error).__name__}: see MEDIA_BUCKET", place()) from error


def _replace(target, file):
    target.parent.mkdir(parents=True, exist_ok=True)
    partly = target.with_name(f".{target.name}.restoring")
    try:
        with partly.open("wb") as held:
            while data := file.read(AT_ONCE):
                held.write(data)
        os.replace(partly, target)
    finally:
        partly.unlink(missing_ok=True)
