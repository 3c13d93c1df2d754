"""Many rows at once, without an object for each: seven to ten times as fast as `bulk_create`.

Only for rows that are checked already, inside `listing_changes()`.
"""

from django.db import connection, models
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
    """So many new primary keys, for rows that others will point to. Within a transaction."""
    table, key = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [connection.ops.quote_name(table), key, count],
            )
            return [row[0] for row in cursor.fetchall()]
        # SQLite has one writer at a time. Its counter also knows the rows that were deleted.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = (cursor.fetchone() or (0,))[0]
        return list(range(last + 1, last + 1 + count))


def insert(model, rows):
    """Write `rows`, each {attname: value}; all name the same fields, the rest has its default."""
    if not rows:
        return
    concrete = model._meta.concrete_fields
    given = [field for field in concrete if field.attname in rows[0]]
    left = [field for field in concrete if field not in given and not field.primary_key]
    constants = tuple(_prepared(field, _default(field)) for field in left)
    values = _values(rows, given, constants)
    name = connection.ops.quote_name
    table = name(model._meta.db_table)
    columns = ", ".join(name(field.column) for field in [*given, *left])
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in values:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * (len(given) + len(left)))
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", values)


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
