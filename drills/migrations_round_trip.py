"""Each migration of ours is taken back and applied again, the last first, with all content loaded.

Pass: after each, every table is as before, column by column, and no row is lost in a table that
stood all the time; and from nothing again, the tables are the same. A migration that makes a table
takes its rows along when it is taken back: that is what it says.
"""

import time
from collections import Counter

from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.exceptions import IrreversibleError
from django.db.migrations.executor import MigrationExecutor

from . import site

ROOMS = {"assistant", "recommendations", "providers", "therapies", "trupaths"}


def run(*, seed):
    site.prepare()
    ours = {c.label for c in apps.get_app_configs() if c.module.__name__.split(".")[0] in ROOMS}
    graph = MigrationExecutor(connection).loader.graph
    plan = [key for key in _order(graph) if key[0] in ours]
    schema, longest, held = _schema(), 0.0, True
    for app, name in reversed(plan):
        before = _counts()
        target = [parent for parent in graph.node_map[app, name].parents if parent[0] == app]
        began = time.perf_counter()
        try:
            call_command("migrate", app, target[0].key[1] if target else "zero", verbosity=0)
        except IrreversibleError as error:
            print(f"  {app}.{name} cannot be taken back: {error}")
            held = False
            continue
        stood = _counts()
        call_command("migrate", verbosity=0)
        longest = max(longest, time.perf_counter() - began)
        held &= _same(f"{app}.{name}", schema, before, stood)
    print(f"  {len(plan)} migrations back and forward; the longest pair took {longest:.1f} s")
    for app in sorted(ours):
        call_command("migrate", app, "zero", verbosity=0)
    call_command("migrate", verbosity=0)
    anew = _schema() == schema
    print(f"  all back to nothing and forward: tables as before: {anew}", flush=True)
    return held and anew


def _order(graph):
    """All migrations, each after those it needs."""
    found = {}
    for leaf in graph.leaf_nodes():
        found |= dict.fromkeys(graph.forwards_plan(leaf))
    return list(found)


def _same(name, schema, before, stood):
    now, differing = _counts(), _apart(schema, _schema())
    # A table that was gone meanwhile begins anew; one that stood has what it had.
    lost = {t: (before[t], now[t]) for t in before if t in stood and now[t] < before[t]}
    gone = sorted(t for t in before if t not in stood and before[t])
    note = f" (rows went with {', '.join(gone)})" if gone else ""
    fine = not (lost or differing)
    print(f"  {name}: {'as before' if fine else f'lost {lost}, differing {differing}'}{note}",
          flush=True)  # fmt: skip
    return fine


def _counts():
    with connection.cursor() as cursor:
        found = Counter()
        for table in connection.introspection.table_names(cursor):
            if table == "django_migrations":
                continue
            cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(table)}")  # nosec B608
            found[table] = cursor.fetchone()[0]
        return found


def _apart(one, other):
    return sorted(t for t in one.keys() | other.keys() if one.get(t) != other.get(t))


def _schema():
    """Of each table its columns and constraints, in no order: a column that came back is last."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            columns = connection.introspection.get_table_description(cursor, table)
            constraints = connection.introspection.get_constraints(cursor, table).values()
            found[table] = (
                sorted((c.name, str(c.type_code), c.null_ok, str(c.display_size)) for c in columns),
                sorted(str(sorted(_facts(c).items())) for c in constraints),
            )
    return found


def _facts(constraint):
    return {key: str(value) for key, value in constraint.items() if key != "definition"}
