"""Many rows at once, without an object for each: seven to ten times as fast as `bulk_create`.

Only for rows that are checked already, inside `listing_changes()`.
"""

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
)


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
    default.
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
            self.values = [(*row, *constants) for row in rows]
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
                marks = ", ".join(["%s"] * len(self.columns))
                cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", self.values)


def insert(model, rows, **same):
    Insert(model, rows, **same).write()


def _values(rows, fields, constants):
    """Each row as a tuple, in the order of the columns."""
    columns = [
        [row[field.attname] for row in rows]
        if isinstance(field, PLAIN)
        else [_prepared(field, row[field.attname]) for row in rows]
        for field in fields
    ]
    return [(*row, *constants) for row in zip(*columns, strict=True)]


def _prepared(field, value):
    return None if value is None else field.get_db_prep_save(value, connection)


def _default(field):
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        return timezone.now()
    return field.get_default()
