"""LEAF: dump and restore of the two databases, and what their tables hold, in sums to compare.

`dump(path)` writes one moment of the database to a file and returns the contents of that moment:
{"migrations": [[app, name]], "tables": {name: {"rows": count, "sha256": sum}}}. `restore(path)`
puts a dump in the place of all that is there, in one transaction. `contents()` is of now.
"""

import hashlib
import os
import re
import shutil
import sqlite3
import subprocess
from contextlib import closing

from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

MODULUS = 1 << 256
# What every libpq understands: the programs may be older than the library that the site brings.
ADDRESS = {
    *("host", "hostaddr", "port", "user", "dbname", "target_session_attrs", "connect_timeout"),
    *("sslmode", "sslrootcert", "sslcert", "sslkey", "passfile", "service"),
}


class Failed(Exception):
    """A sentence that says what did not work."""


def of(connection):
    return SQLite() if connection.vendor == "sqlite" else PostgreSQL()


def sums(rows):
    """How many rows, and the sum of their sha256: the same in whatever order they come."""
    count = total = 0
    for row in rows:
        digest = hashlib.sha256(repr(tuple(row)).encode("utf-8", "surrogatepass")).digest()
        count, total = count + 1, total + int.from_bytes(digest)
    return {"rows": count, "sha256": f"{total % MODULUS:064x}"}


def _quoted(name):
    return connection.ops.quote_name(name)


class SQLite:
    def cannot_dump(self):
        """Why `dump` would fail, as a sentence; "" when nothing is known that speaks against it."""
        return ""

    def dump(self, path):
        # One read transaction, beside which others write; leaves out what was deleted.
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(path)])
        with closing(sqlite3.connect(path)) as copy:
            return self._contents(copy)

    def restore(self, path):
        """Through the engine, so that whoever has the file open sees the old or the new rows."""
        connection.ensure_connection()
        with closing(sqlite3.connect(path)) as dump:
            if (said := dump.execute("PRAGMA integrity_check(1)").fetchone()[0]) != "ok":
                raise Failed(f"The database in the backup is damaged: {said}.")
            try:
                dump.backup(connection.connection)
            except sqlite3.OperationalError as error:
                raise Failed(f"The database cannot be replaced ({error}): stop the site.") from None
        connection.close()

    def contents(self):
        # A connection without Django's converters: what is stored, as it is stored.
        with closing(sqlite3.connect(connection.settings_dict["NAME"])) as base:
            return self._contents(base)

    def _contents(self, base):
        named = base.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' "
            "ESCAPE '\\'"
        )
        tables = [name for (name,) in named]
        applied = "SELECT app, name FROM django_migrations ORDER BY id"
        return {
            "migrations": [list(row) for row in base.execute(applied)],
            # A name out of the file itself, quoted.
            "tables": {t: sums(base.execute(f"SELECT * FROM {_quoted(t)}")) for t in tables},  # nosec B608
        }


class PostgreSQL:
    def cannot_dump(self):
        try:
            ours = int(re.search(r"\d+", self._run("pg_dump", None, "--version"))[0])
        except Failed as error:
            return str(error)
        theirs = connection.pg_version // 10000
        if ours < theirs:
            return f"pg_dump is of PostgreSQL {ours}, the server of {theirs}. Install that client."
        return ""

    def dump(self, path):
        with transaction.atomic(durable=True), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            snapshot = cursor.fetchone()[0]
            options = ["--format=custom", "--no-owner", "--no-privileges"]
            here = self._address()
            self._run("pg_dump", here, *options, f"--snapshot={snapshot}", f"--file={path}")
            return self.contents()

    def restore(self, path):
        """As SQL, so that emptying and filling are one transaction."""
        sql = path.with_suffix(".sql")
        here = self._address()
        self._run("pg_restore", None, "--no-owner", "--no-privileges", f"--file={sql}", path)
        anew = "DROP SCHEMA public CASCADE; CREATE SCHEMA public"
        options = ["--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1"]
        self._run("psql", here, *options, f"--command={anew}", f"--file={sql}")
        connection.close()  # it knows tables that are gone

    def contents(self):
        with connection.cursor() as cursor:
            tables = connection.introspection.table_names(cursor)
        applied = MigrationRecorder.Migration.objects.order_by("pk").values_list("app", "name")
        return {
            "migrations": [list(row) for row in applied],
            "tables": {name: sums(self._rows(name)) for name in tables},
        }

    def _rows(self, table):
        """Rows of text, as PostgreSQL itself writes them: streamed, nothing is read into types."""
        with connection.cursor() as cursor, cursor.copy(f"COPY {_quoted(table)} TO STDOUT") as copy:
            yield from copy.rows()

    def _address(self):
        """(where the database is; its password, which no list of processes shows), for libpq."""
        from psycopg.conninfo import make_conninfo  # SQLite needs no driver

        connection.ensure_connection()
        info = connection.connection.info
        said = info.get_parameters() | {"dbname": info.dbname}
        parts = {name: value for name, value in said.items() if name in ADDRESS}
        return make_conninfo("", **parts), info.password or ""

    def _run(self, program, address, *options):
        found = shutil.which(program)
        if found is None:
            raise Failed(
                f"{program} was not found. Install the client programs of PostgreSQL, "
                "of the version that the server has."
            )
        command, environment = [found, *map(str, options)], dict(os.environ)
        if address:
            place, environment["PGPASSWORD"] = address
            command.append(f"--dbname={place}")
        done = subprocess.run(command, env=environment, capture_output=True, text=True)
        if done.returncode:
            said = (done.stderr.strip().splitlines() or ["it did not say why"])[0]
            raise Failed(f"{said} ({program})")
        return done.stdout
