"""What stands beside the site: the database and its copies, Redis, pictures, the mail server."""

from django.apps import apps
from django.conf import settings
from django.core import mail
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import Error, connection, connections, models
from django.db.migrations.executor import MigrationExecutor

from trupaths import media, pace

from .finding import LOOK, WELL, WRONG, Finding, first_line

BEHIND = 16 << 20  # bytes: a file of the log that copies read
# Is it a copy; when it was started, which tells servers apart; how far it is, in bytes.
STANDS = """
SELECT pg_is_in_recovery(), pg_postmaster_start_time(), pg_wal_lsn_diff(
    CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END,
    '0/0')::bigint
"""


def of_database():
    connection.ensure_connection()
    plan = MigrationExecutor(connection)
    if steps := plan.migration_plan(plan.loader.graph.leaf_nodes()):
        yield Finding(WRONG, f"Migrations not applied: {len(steps)}. Run manage.py migrate.")
        return
    version = ".".join(map(str, connection.get_database_version()))
    yield Finding(WELL, f"{connection.display_name} {version}, all migrations applied.")
    if connection.vendor == "sqlite":
        if (said := _one("PRAGMA quick_check(1)")) != "ok":
            yield Finding(WRONG, f"The file is damaged ({said}): restore a backup.")
        return
    if _one("SELECT pg_is_in_recovery()"):
        yield Finding(
            WRONG, "It is a copy and takes nothing that is sent: name the primary in DATABASE_URL."
        )
    if (coded := _one("SHOW server_encoding")) != "UTF8":
        sentence = f"It is coded in {coded}, which has not all letters: make one with"
        yield Finding(WRONG, f"{sentence} createdb --encoding=UTF8, and restore a backup there.")


def _one(question):
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]


def of_replicas():
    for alias in settings.REPLICAS:
        try:
            yield _replica(alias, *_stands(alias), *_stands(connection.alias))
        except Error as error:
            sentence = f"{alias} does not answer ({first_line(error)}): the primary is asked."
            yield Finding(WRONG, f"{sentence} See REPLICA_URLS, docs/clusters.md.")


def _stands(alias):
    with connections[alias].cursor() as cursor:
        cursor.execute(STANDS)
        return cursor.fetchone()


def _replica(alias, is_copy, started, there, _, primary_started, here):
    if not is_copy and started == primary_started:
        return Finding(WELL, f"{alias} is the primary itself.")
    if not is_copy:
        sentence = f"{alias} takes writes, as the primary does: stop the one that is not in use"
        return Finding(WRONG, f"{sentence} at once, and make it anew as a copy (docs/clusters.md).")
    behind = max(0, here - (there or 0))
    if behind > BEHIND:
        sentence = f"{alias} is {behind >> 20:,} MB behind the primary: look at its log, its disk"
        return Finding(LOOK, f"{sentence} and the network between them.")
    return Finding(WELL, f"{alias} answers and is {behind:,} bytes behind the primary.")


def of_cache():
    """What processes keep, and where they count together."""
    if not settings.PAGES_KEPT_MB:
        yield Finding(LOOK, "Each page is made anew for each visitor: set PAGES_KEPT_MB to 32.")
    else:
        yield Finding(WELL, f"Each process keeps pages of {settings.PAGES_KEPT_MB} MB.")
    if not settings.REDIS_URL:
        yield Finding(WELL, "This machine counts how often one asks, in VAR_DIR.")
        return
    from redis import RedisError

    try:
        pace.shared_counts(settings.REDIS_URL).wait("doctor", 1)
        yield Finding(WELL, "Redis counts how often one asks, for all machines.")
    except RedisError as error:
        sentence = f"Redis does not answer ({type(error).__name__}): each machine counts alone."
        yield Finding(WRONG, f"{sentence} See REDIS_URL.")


def of_media():
    where = media.place()
    try:
        default_storage.delete(default_storage.save("doctor", ContentFile(b"x")))
        missing = [name for name in _pictures() if not default_storage.exists(name)]
    except Error:
        raise
    except Exception as error:  # each kind of storage has its own
        why = getattr(error, "strerror", None) or type(error).__name__
        sentence = f"{where} cannot be written ({why}): let the site's user"
        yield Finding(WRONG, f"{sentence} write there, or staff cannot upload pictures.")
        return
    if missing:
        some = f"{len(missing)} ({', '.join(missing[:5])})"
        yield Finding(WRONG, f"Pictures that are not in {where}: {some}. Restore them.")
    else:
        yield Finding(WELL, f"All pictures are there, in {where}.")


def _pictures():
    """The names of all files that rows speak of."""
    for model in apps.get_models():
        fields = [f.name for f in model._meta.fields if isinstance(f, models.FileField)]
        for field in fields:
            rows = model._default_manager.exclude(**{field: ""}).values_list(field, flat=True)
            yield from rows.distinct()


def of_mail():
    if settings.EMAIL_BACKEND.endswith(("console.EmailBackend", "locmem.EmailBackend")):
        yield Finding(LOOK, "Mail is printed, not sent: give EMAIL_URL before send_confirmations.")
        return
    try:
        with mail.get_connection():
            yield Finding(WELL, "The mail server answers.")
    except OSError as error:  # smtplib's own errors are of this kind
        yield Finding(
            WRONG, f"The mail server does not answer ({first_line(error)}): see EMAIL_URL."
        )
