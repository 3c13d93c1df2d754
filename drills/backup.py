"""All content is backed up while visitors save, then backed up at rest, emptied and restored.

Pass: no save fails beside the first; after the restore each table and each picture is as before it,
by count and by sum, and both backup and restore took less than five minutes.
"""

import hashlib
import io
import tempfile
import time
from pathlib import Path

from django.core.management import call_command
from django.db import connection, connections

from providers.models import Provider
from recommendations.models import Saved, Visitor
from trupaths import media

from . import site

WITHIN = 300  # seconds
OF_THE_DATABASE = {"django_migrations", "sqlite_sequence"}


def run(*, clients, seed):
    site.prepare()
    slugs = list(Provider.objects.values_list("slug", flat=True))
    connections.close_all()
    with tempfile.TemporaryDirectory() as folder:
        busy, calm = Path(folder, "busy.tar.gz"), Path(folder, "calm.tar.gz")
        with site.Site() as running, site.Load(running, _saving(slugs), clients) as load:
            beside = _timed("backup", busy)
        print(f"  backup beside {clients} who save: {beside:.1f} s, {load.shown()}", flush=True)
        before = _facts()
        took = [beside, _timed("backup", calm)]
        Saved.objects.all().delete()
        Visitor.objects.all().delete()
        for name in list(media.names()):
            media.delete(name)
        took.append(_timed("restore", calm, replace=True))
        after = _facts()
        size = calm.stat().st_size / 1e6
    apart = sorted(
        name for name in before.keys() | after.keys() if before.get(name) != after.get(name)
    )
    rows = sum(count for count, _ in before.values())
    print(
        f"  {len(before)} tables and pictures, {rows:,} rows, {size:.1f} MB, differing {apart or 0}"
    )
    print(f"  backup at rest {took[1]:.1f} s, restore {took[2]:.1f} s", flush=True)
    return not (apart or load.failed() or load.lost) and max(took) < WITHIN


def _timed(command, file, **options):
    began = time.monotonic()
    call_command(command, str(file), stdout=io.StringIO(), **options)
    return time.monotonic() - began


def _saving(slugs):
    def act(n, visitor):
        turn = visitor.turn = getattr(visitor, "turn", n * 7) + 1
        slug = slugs[turn * 31 % len(slugs)]
        return visitor.ask("/saved/", provider=slug, next="/saved/")

    return act


def _facts():
    """{table or picture: (how many rows, a sum of what they hold)}, in no order of rows."""
    found = {}
    with connection.cursor() as cursor:
        for table in set(connection.introspection.table_names(cursor)) - OF_THE_DATABASE:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # nosec B608
            sums = sorted(hashlib.sha256(repr(row).encode()).digest() for row in cursor)
            found[table] = len(sums), hashlib.sha256(b"".join(sums)).hexdigest()
    for name in media.names():
        with media.opened(name) as file:
            found[name] = 0, hashlib.sha256(file.read()).hexdigest()
    return found
