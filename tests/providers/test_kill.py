"""A process that changes listings may be killed at any moment: the drill, made small."""

import os
import re
import subprocess
import sys

import psycopg
import pytest
from django.conf import settings
from django.db import connection


@pytest.fixture
def own_database(tmp_path):
    """The environment of a process whose database is empty and nobody else's."""
    plain = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    plain |= {"VAR_DIR": str(tmp_path)}
    if connection.vendor != "postgresql":
        yield plain
        return
    url, name = os.environ["DATABASE_URL"], f"drill_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield plain | {"DATABASE_URL": f"{url.rpartition('/')[0]}/{name}"}
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def drill(environment, *options):
    command = [sys.executable, "-m", "drills", "kill_index", *options]
    return subprocess.run(
        command,
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_a_kill_leaves_index_and_listings_together_and_changes_are_served(own_database):
    done = drill(own_database, "--rounds=8", "--listings=40", "--changes=2", "--seed=1")
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"8 rounds on {connection.vendor}" in done.stdout
    assert "apart: 0" in done.stdout
    # Else this has shown nothing.
    assert int(re.search(r"killed (\d+) within a transaction", done.stdout)[1]) > 0


def test_the_drill_refuses_a_database_that_holds_something(own_database, tmp_path):
    environment = {"DATABASE_URL": f"sqlite:///{tmp_path / 'held.sqlite3'}"} | own_database
    migrate = [sys.executable, "manage.py", "migrate", "sessions", "-v0"]
    subprocess.run(migrate, cwd=settings.BASE_DIR, env=environment, check=True)
    done = drill(environment)
    assert done.returncode == 2
    assert "is not empty" in done.stderr
