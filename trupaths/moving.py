"""LEAF: all rows of the database that is used now into another, empty one; and are they the same?

Each table travels as values of its fields, in one transaction of either side: the old database
stands still meanwhile, the new one has all or nothing. Then both are read to the end, and of each
table the number of rows and the sum of their sha256 have to be equal (`databases.sums`).
"""

import json
import os
import re
import subprocess
import sys
from contextlib import closing
from datetime import datetime
from decimal import Decimal

import dj_database_url
from django.apps import apps
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, connections, models, transaction
from django.db.migrations.recorder import MigrationRecorder

from . import databases

NEW = "moved_to"  # the name of the new database while this runs
AT_ONCE = 2000  # rows
_place = re.compile(r"line \d+, column \w+")


class Refused(Exception):
    """A sentence that says why nothing was moved."""


def move(address, tell):
    """Move to `address`, a DATABASE_URL; `tell(table, rows)` of each. Returns the sums of all."""
    new = _opened(address)
    with closing(new):
        if kept := new.introspection.table_names():
            raise Refused(f"The new database is not empty: it holds {len(kept)} tables.")
        try:
            _migrate(address)
            with transaction.atomic(), transaction.atomic(using=NEW):
                return _moved(connections[DEFAULT_DB_ALIAS], new, tell)
        except BaseException:  # also when it is stopped by hand: as empty as it was
            _drop(new)
            raise


def _moved(old, new, tell):
    _refuse_others(old, new)
    _empty(new)
    for model in _models():
        tell(model._meta.db_table, _copy(model, old, new))
    _set_sequences(new)
    before, after = _sums(old), _sums(new)
    if wrong := sorted(name for name in before if before[name] != after[name]):
        raise Refused(f"These tables differ after the move: {', '.join(wrong)}.")
    return after


def _opened(address):
    try:
        said = dj_database_url.parse(address)
    except ValueError as error:
        raise Refused(f"{_first_line(error)}: give postgres://user@host/name.") from None
    if not said["ENGINE"].endswith("postgresql"):
        raise Refused("The new database has to be PostgreSQL: postgres://user@host/name.")
    if connections[DEFAULT_DB_ALIAS].vendor != "sqlite":
        raise Refused("This site does not use SQLite: move by pg_dump and pg_restore.")
    ours = connections.settings[DEFAULT_DB_ALIAS]
    connections.settings[NEW] = {**ours, **said, "OPTIONS": said.get("OPTIONS", {})}
    new = connections[NEW]
    try:
        new.ensure_connection()
    except Error as error:
        raise Refused(f"The new database does not answer: {_first_line(error)}") from None
    return new


def _migrate(address):
    """In a process whose database it is: what a migration does to rows, it does to the default."""
    done = subprocess.run(
        [sys.executable, "manage.py", "migrate", "--noinput", "-v0"],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": address},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise Refused(f"The tables were not made: {done.stderr.strip().splitlines()[-1]}")


def _models():
    """All tables with rows: of ours, of Django, between two models, and what was migrated."""
    return [*apps.get_models(include_auto_created=True), MigrationRecorder.Migration]


def _refuse_others(old, new):
    """Both have to be of this version: the same tables, after the same migrations."""
    ours = {model._meta.db_table for model in _models()}
    if others := sorted(set(old.introspection.table_names()) ^ ours):
        raise Refused(f"Tables that this version does not know, or misses: {', '.join(others)}.")
    before, after = (set(MigrationRecorder(each).applied_migrations()) for each in (old, new))
    if before != after:
        raise Refused("Migrations are not applied: run manage.py migrate first.")


def _empty(new):
    """What migrations and `migrate` itself put there: it comes with the rest."""
    names = ", ".join(new.ops.quote_name(model._meta.db_table) for model in _models())
    with new.cursor() as cursor:
        cursor.execute(f"TRUNCATE {names}")


def _drop(new):
    with new.cursor() as cursor:
        if names := new.introspection.table_names(cursor):
            cursor.execute(f"DROP TABLE {', '.join(map(new.ops.quote_name, names))} CASCADE")


def _rows(model, connection):
    """Values of all rows, in the order of their keys."""
    fields = model._meta.concrete_fields
    found = model._base_manager.using(connection.alias).order_by("pk")
    return found.values_list(*[f.attname for f in fields]).iterator(AT_ONCE)


def _copy(model, old, new):
    """How many rows went over."""
    fields, quoted = model._meta.concrete_fields, new.ops.quote_name
    columns = ", ".join(quoted(field.column) for field in fields)
    into = f"COPY {quoted(model._meta.db_table)} ({columns}) FROM STDIN"
    done = 0
    try:
        with new.wrap_database_errors, new.cursor() as cursor, cursor.copy(into) as copy:
            for row in _rows(model, old):
                copy.write_row(
                    [f.get_db_prep_save(v, new) for f, v in zip(fields, row, strict=True)]
                )
                done += 1
    except Error as error:
        # The rest of what PostgreSQL says quotes the row.
        where = (_place.search(str(error)) or [f"after row {done:,}"])[0]
        said = f"PostgreSQL refuses a row of {model._meta.db_table} ({where})"
        raise Refused(f"{said}: {_first_line(error)}.") from None
    return done


def _set_sequences(new):
    """The next row gets a key behind those that came."""
    from django.core.management.color import no_style

    with new.cursor() as cursor:
        for line in new.ops.sequence_reset_sql(no_style(), _models()):
            cursor.execute(line)


def _sums(connection):
    return {
        model._meta.db_table: databases.sums(
            [_plain(field, value) for field, value in zip(fields, row, strict=True)]
            for row in _rows(model, connection)
        )
        for model in _models()
        for fields in [model._meta.concrete_fields]
    }


def _plain(field, value):
    """A value as neither database can tell it from its own."""
    if isinstance(field, models.JSONField) and value is not None:
        return json.dumps(_numbers(value), sort_keys=True)  # PostgreSQL orders keys its own way
    if isinstance(value, (bytes, bytearray, memoryview)):
        return bytes(value)
    if isinstance(value, (Decimal, datetime)):
        return str(value)
    return value


def _numbers(value):
    """1.0 and 1 are one number in the JSON of PostgreSQL when it is large."""
    if isinstance(value, dict):
        return {key: _numbers(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_numbers(inner) for inner in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _first_line(error):
    return next(iter(str(error).splitlines()), type(error).__name__)
