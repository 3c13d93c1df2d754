"""Many rows at once, without an object for each: seven to ten times as fast as `bulk_create`.

Only for rows that are checked already, inside `listing_changes()`.
"""

import json
from itertools import chain

from django.db import connection, models, transaction
from django.utils import timezone

# What both drivers take as it is; the rest goes through the field.
PLAIN = (
    models.CharField,
    models.TextField,
    models.IntegerField,
    models.FloatField,
    models.BooleanField,
    models.ForeignKey,
    models.BinaryField,
)


@models.Field.register_lookup
class Among(models.Lookup):
    """As `__in`, of thousands of values: one parameter, however many they are."""

    lookup_name, prepare_rhs = "among", False

    def as_sqlite(self, compiler, connection):
        lhs, params = self.process_lhs(compiler, connection)
        sql = f"{lhs} IN (SELECT value FROM json_each(%s))"  # nosec B608 # a column of ours
        return sql, [*params, json.dumps(list(self.rhs))]

    def as_postgresql(self, compiler, connection):
        lhs, params = self.process_lhs(compiler, connection)
        kind = self.lhs.output_field.rel_db_type(connection)
        return f"{lhs} = ANY(%s::{kind}[])", [*params, list(self.rhs)]


AT_ONCE = 100  # rows of one statement on SQLite: half the time of a statement for each
MARKS = 999  # values of one statement, at most


def take_ids(model, count):
    """So many new primary keys, for rows that are written later. Outside of long transactions:
    on SQLite it takes the lock for a moment. Keys that are not used in the end are no harm."""
    table, key = model._meta.db_table, model._meta.pk.column
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [connection.ops.quote_name(table), key, count],
            )
            return [row[0] for row in cursor.fetchall()]
        # Its counter never falls below the highest key, and knows those that were deleted.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        if (row := cursor.fetchone()) is None:
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, 0)", [table])
        last = row[0] if row else 0
        cursor.execute("UPDATE sqlite_sequence SET seq = %s WHERE name = %s", [last + count, table])
        return list(range(last + 1, last + 1 + count))


class Insert:
    """Rows made ready outside a transaction, so that `write()` holds its lock for a moment only.

    `rows` are {attname: value}, all naming the same fields, or, with the names in `columns`, tuples
    of what the database takes as it is; `same` has values that all rows share; the rest has its
    default. JSON may be given as text that is JSON already.
    """

    def __init__(self, model, rows, columns=(), **same):
        self.model, self.values = model, []
        if not rows:
            return
        concrete = model._meta.concrete_fields
        given = [field for field in concrete if field.attname in (columns or rows[0])]
        left = [field for field in concrete if field not in given]
        left = [field for field in left if field.attname in same or not field.primary_key]
        constants = tuple(
            _prepared(field, same[field.attname] if field.attname in same else _default(field))
            for field in left
        )
        if columns:
            given = [model._meta.get_field(name.removesuffix("_id")) for name in columns]
            self.values = [(*row, *constants) for row in rows] if constants else rows
        else:
            self.values = _values(rows, given, constants)
        self.columns = [field.column for field in (*given, *left)]

    def write(self):
        if not self.values:
            return
        name = connection.ops.quote_name
        table = name(self.model._meta.db_table)
        columns = ", ".join(map(name, self.columns))
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                    for row in self.values:
                        copy.write_row(row)
            else:
                insert = f"INSERT INTO {table} ({columns}) VALUES "  # nosec B608 # names of ours
                self._write_many(cursor, insert)

    def _write_many(self, cursor, insert):
        marks = f"({', '.join('?' * len(self.columns))})"
        size = min(AT_ONCE, MARKS // len(self.columns))
        whole = len(self.values) // size * size
        statement = insert + ", ".join([marks] * size)
        for start in range(0, whole, size):
            rows = self.values[start : start + size]
            cursor.execute(statement, list(chain.from_iterable(rows)))
        if whole < len(self.values):
            cursor.executemany(insert + marks, self.values[whole:])


def insert(model, rows, **same):
    Insert(model, rows, **same).write()


def update(model, rows):
    """Write fields of rows that exist: {attname: value}, each with the key, all of one kind."""
    if not rows:
        return
    name, key = connection.ops.quote_name, model._meta.pk
    fields = [f for f in model._meta.concrete_fields if f.attname in rows[0] and f is not key]
    fields_set = ", ".join(f"{name(field.column)} = %s" for field in fields)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {name(model._meta.db_table)} SET {fields_set} "  # nosec B608 # names of ours
            f"WHERE {name(key.column)} = %s",
            _values(rows, [*fields, key], ()),
        )


def insert_missing(model, values):
    """A row for each of these texts that has none yet, of a model that is nothing but its key."""
    if not values:
        return
    name = connection.ops.quote_name
    into = f"INSERT INTO {name(model._meta.db_table)} ({name(model._meta.pk.column)})"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"{into} SELECT unnest(%s::text[]) ON CONFLICT DO NOTHING", [values])
        else:
            rows = [(value,) for value in values]
            cursor.executemany(f"{into} VALUES (%s) ON CONFLICT DO NOTHING", rows)


def _values(rows, fields, constants):
    """Each row as a tuple, in the order of the columns."""
    columns = [_column(field, [row[field.attname] for row in rows]) for field in fields]
    if not constants:
        return list(zip(*columns, strict=True))
    return [(*row, *constants) for row in zip(*columns, strict=True)]


def _column(field, values):
    if isinstance(field, PLAIN):
        return values
    if isinstance(field, models.DateField):  # few days, each very often
        known = {value: _prepared(field, value) for value in set(values)}
        return [known[value] for value in values]
    return [value if isinstance(value, str) else _prepared(field, value) for value in values]


def _prepared(field, value):
    return None if value is None else field.get_db_prep_save(value, connection)


def _default(field):
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        return timezone.now()
    return field.get_default()
