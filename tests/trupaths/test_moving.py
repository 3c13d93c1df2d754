"""From SQLite to PostgreSQL by one command: the same rows, or nothing."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing

import psycopg
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

pytestmark = pytest.mark.django_db(transaction=True)

CONTENT = ("conditions", "terms", "therapies", "starting_points")


def on(vendor):
    if connection.vendor != vendor:
        pytest.skip(f"needs {vendor}")


@pytest.mark.parametrize(
    "address, sentence",
    [
        ("sqlite:///other", "has to be PostgreSQL"),
        ("nothing", "give postgres://user@host/name"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused_with_a_sentence(address, sentence):
    on("sqlite")
    with pytest.raises(CommandError, match=rf"{sentence}.*Nothing was moved\."):
        call_command("move_to", address)


def test_from_postgresql_it_does_not_move():
    on("postgresql")
    with pytest.raises(CommandError, match="does not use SQLite"):
        call_command("move_to", "postgres://nobody@127.0.0.1:1/none")


@pytest.fixture
def manage(tmp_path):
    """`manage.py` on a site of its own; (exit code, what it said)."""

    def run(*command, database=f"sqlite:///{tmp_path}/site.sqlite3"):
        environment = os.environ | {"VAR_DIR": str(tmp_path), "DATABASE_URL": database}
        done = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True,
        )  # fmt: skip
        return done.returncode, done.stdout + done.stderr

    return run


def test_a_database_that_is_away_is_told_in_a_sentence(manage):
    on("sqlite")
    code, said = manage("move_to", "postgres://nobody:secret@127.0.0.1:1/none")
    assert code == 1 and "The new database does not answer" in said
    assert "Traceback" not in said and "secret" not in said


@pytest.fixture
def empty():
    """The address of an empty database on the server of this run."""
    on("postgresql")
    with connection.cursor() as cursor:
        cursor.execute("DROP DATABASE IF EXISTS moved_to_test")
        cursor.execute("CREATE DATABASE moved_to_test")
    yield f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/moved_to_test"
    with connection.cursor() as cursor:
        cursor.execute("DROP DATABASE moved_to_test WITH (FORCE)")


def test_all_rows_are_there_and_the_next_key_is_behind_them_or_nothing_is(manage, empty, tmp_path):
    assert manage("migrate", "-v0") == (0, "")
    assert manage("loaddata", *CONTENT, "-v0") == (0, "")
    here = sqlite3.connect(tmp_path / "site.sqlite3", isolation_level=None)
    there = psycopg.connect(empty, autocommit=True)
    with closing(here), closing(there):
        change = "UPDATE therapies_condition SET name = ? WHERE id = 7"
        ((name,),) = here.execute("SELECT name FROM therapies_condition WHERE id = 7")
        here.execute(change, ["x" * 999])  # which SQLite takes
        code, said = manage("move_to", empty)
        assert code == 1 and "a row of therapies_condition (line 7, column name): value too" in said
        assert "Nothing was moved." in said and "xxx" not in said
        tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
        assert there.execute(tables).fetchone() == (0,)

        here.execute(change, [name])
        code, said = manage("move_to", empty)
        assert code == 0 and "counts and sums of all tables are equal" in said
        named = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
        for (table,) in here.execute(named).fetchall():
            count = f"SELECT count(*) FROM {table}"
            assert there.execute(count).fetchone() == here.execute(count).fetchone(), table
        for asked in (
            "SELECT id, name, slug FROM therapies_condition ORDER BY id",
            "SELECT id, short_name, lead, review_due_on || '' FROM therapies_therapy ORDER BY id",
            "SELECT app, name FROM django_migrations ORDER BY id",
        ):
            assert there.execute(asked).fetchall() == here.execute(asked).fetchall()
        add = "INSERT INTO auth_group (name) VALUES ('Later') RETURNING id"
        assert there.execute(add).fetchone()[0] == 1 + here.execute(
            "SELECT coalesce(max(id), 0) FROM auth_group"
        ).fetchone()[0]  # fmt: skip
    code, said = manage("move_to", empty)
    assert code == 1 and "not empty" in said
