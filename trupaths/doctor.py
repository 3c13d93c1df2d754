"""Is all well? Each check yields findings: what is so, and where it is not well, what to do.

A check never changes anything but a file that it writes and deletes again.
"""

import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage, staticfiles_storage
from django.core import checks, mail
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import Error, connection, models
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from assistant import cards
from providers import checking
from providers.changes import differing
from providers.models import ImportRun, Place, Provider, SearchClock
from therapies.admin import waiting
from therapies.models import Therapy

from . import backups, pace

WELL, LOOK, WRONG = "well", "look", "WRONG"
ROOM = 1024**3  # bytes that should be free
LONG = timedelta(days=1)  # after which a run that is not finished was killed
DAILY = timedelta(days=2)  # after which what is done daily was not done


class Finding(NamedTuple):
    level: str
    sentence: str


def examine():
    """(name of the check, its findings) of all checks; one that fails is a finding itself."""
    for name, check in CHECKS.items():
        try:
            yield name, list(check())
        except Error as error:
            yield name, [Finding(WRONG, f"The database does not answer: {_first_line(error)}")]


def of_settings():
    found = checks.run_checks(include_deployment_checks=settings.HTTPS)
    found = [each for each in found if each.level >= checks.WARNING and not each.is_silenced()]
    for each in found:
        level = WRONG if each.is_serious() else LOOK
        yield Finding(level, " ".join(filter(None, [f"{each.id}: {each.msg}", each.hint])))
    if not found:
        yield Finding(WELL, f"The site is {settings.SITE_URL}.")
    if settings.DEBUG:
        yield Finding(WRONG, "DEBUG is on: errors show settings to visitors. Unset it.")


def of_database():
    connection.ensure_connection()
    plan = MigrationExecutor(connection)
    if steps := plan.migration_plan(plan.loader.graph.leaf_nodes()):
        yield Finding(WRONG, f"Migrations not applied: {len(steps)}. Run manage.py migrate.")
        return
    version = ".".join(map(str, connection.get_database_version()))
    yield Finding(WELL, f"{connection.display_name} {version}, all migrations applied.")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            said = cursor.execute("PRAGMA quick_check(1)").fetchone()[0]
        if said != "ok":
            yield Finding(WRONG, f"The file is damaged ({said}): restore a backup.")


def of_replicas():
    newest = SearchClock.objects.values_list("version", flat=True).first() or 0
    for alias in settings.REPLICAS:
        try:
            seen = SearchClock.objects.using(alias).values_list("version", flat=True).first() or 0
        except Error as error:
            sentence = f"{alias} does not answer ({_first_line(error)}): the primary is asked."
            yield Finding(WRONG, f"{sentence} See REPLICA_URLS, docs/clusters.md.")
            continue
        if seen < newest:
            yield Finding(LOOK, f"{alias} is {newest - seen:,} changes behind the primary.")
        else:
            yield Finding(WELL, f"{alias} answers and is as new as the primary.")


def of_index():
    if wrong := differing():
        yield Finding(
            WRONG, f"Listings that differ from the index: {len(wrong):,}. Run manage.py reindex."
        )
    else:
        yield Finding(WELL, f"Index and {Provider.objects.count():,} listings agree.")


def of_places():
    counts = {kind: Place.objects.filter(kind=kind).count() for kind in Place.Kind}
    if missing := [kind.label for kind, count in counts.items() if not count]:
        names = " and ".join(missing)
        yield Finding(WRONG, f"No point of any {names} is known. Run manage.py load_places.")
    else:
        zips, towns = counts[Place.Kind.ZIP], counts[Place.Kind.TOWN]
        yield Finding(WELL, f"{zips:,} ZIP codes and {towns:,} towns.")


def of_files():
    """Style sheets and scripts, each under a name with the hash of what it holds."""
    if not isinstance(staticfiles_storage, ManifestStaticFilesStorage):
        return
    there = {name for finder in get_finders() for name, _ in finder.list([])}
    collected = staticfiles_storage.hashed_files
    missing = sorted(there - set(collected))
    gone = [name for name in collected.values() if not staticfiles_storage.exists(name)]
    if missing or gone:
        some = ", ".join([*missing, *gone][:3])
        yield Finding(
            WRONG, f"Files that were not collected ({some}): run manage.py collectstatic."
        )
    else:
        yield Finding(WELL, f"{len(collected)} static files are collected.")


def of_cache():
    """What processes keep, and what they count together."""
    if not settings.PAGES_KEPT_MB:
        yield Finding(LOOK, "Each page is made anew for each visitor: set PAGES_KEPT_MB to 32.")
    else:
        yield Finding(WELL, f"Each process keeps pages of {settings.PAGES_KEPT_MB} MB.")
    if settings.REDIS_URL:
        from redis import RedisError

        try:
            pace.shared_counts(settings.REDIS_URL).wait("doctor", 1)
            yield Finding(WELL, "Redis counts how often one asks, for all machines.")
        except RedisError as error:
            sentence = f"Redis does not answer ({type(error).__name__}): each machine counts alone."
            yield Finding(WRONG, f"{sentence} See REDIS_URL.")
        return
    try:
        with tempfile.TemporaryFile(dir=settings.VAR_DIR):
            yield Finding(WELL, "This machine counts how often one asks, in VAR_DIR.")
    except OSError as error:
        yield Finding(
            WRONG,
            f"{settings.VAR_DIR} cannot be written ({error.strerror}): nobody is held back. Let "
            "the site's user write there.",
        )


def of_media():
    where = settings.MEDIA_ROOT if _on_this_disk() else "the bucket"
    try:
        default_storage.delete(default_storage.save("doctor", ContentFile(b"x")))
    except Exception as error:  # each kind of storage has its own
        why = getattr(error, "strerror", None) or type(error).__name__
        sentence = f"{where} cannot be written ({why}): let the site's user"
        yield Finding(WRONG, f"{sentence} write there, or staff cannot upload pictures.")
        return
    missing = [name for name in _pictures() if not default_storage.exists(name)]
    if missing:
        some = f"{len(missing)} ({', '.join(missing[:5])})"
        yield Finding(WRONG, f"Pictures that are not in {where}: {some}. Restore them.")
    else:
        yield Finding(WELL, "All pictures are there.")


def of_mail():
    if settings.EMAIL_BACKEND.endswith(("console.EmailBackend", "locmem.EmailBackend")):
        yield Finding(LOOK, "Mail is printed, not sent: give EMAIL_URL before send_confirmations.")
        return
    try:
        with mail.get_connection():
            yield Finding(WELL, "The mail server answers.")
    except OSError as error:  # smtplib's own errors are of this kind
        yield Finding(
            WRONG, f"The mail server does not answer ({_first_line(error)}): see EMAIL_URL."
        )


def of_room():
    free = {
        folder: shutil.disk_usage(folder).free
        for folder in (settings.VAR_DIR, settings.MEDIA_ROOT)
        if folder.exists()
    }
    for folder, left in free.items():
        if left < ROOM:
            yield Finding(LOOK, f"{folder} has {left // 1024**2:,} MB left: make room.")
    if min(free.values()) >= ROOM:
        yield Finding(WELL, f"{min(free.values()) // ROOM:,} GB are free.")


def of_backups():
    """Of those made from here: what the machine keeps by itself is not known."""
    made = backups.last_made()
    if made is None:
        yield Finding(LOOK, "No backup was made from here: manage.py backup FOLDER, each day.")
        return
    age = timezone.now() - datetime.fromtimestamp(made, UTC)
    if age > DAILY:
        yield Finding(LOOK, f"The last backup is {age.days} days old: manage.py backup FOLDER.")
    else:
        hours = int(age.total_seconds() // 3600)
        yield Finding(WELL, f"The last backup is {hours} hours old.")


def of_duties():
    """What somebody, or a timer, has to do again and again."""
    if Session.objects.filter(expire_date__lt=timezone.now() - DAILY).exists():
        yield Finding(LOOK, "What is past its time was not deleted: run manage.py purge each day.")
    else:
        yield Finding(WELL, "Nothing is kept past its time.")
    if count := len(cards.due()):
        yield Finding(
            LOOK,
            f"Cards of help whose numbers nobody read for {cards.FRESH_DAYS} days: {count}. Read "
            "them at their source and write the day on the card, in the admin.",
        )


def of_content():
    if not (count := Therapy.objects.published().count()):
        yield Finding(WRONG, "No therapy is published: manage.py prepare, or publish one.")
    else:
        yield Finding(WELL, f"{count} therapies are published.")
    for title, found, where in [
        ("Reviews of pages overdue", waiting.overdue(), "therapies"),
        ("Pages with evidence to check again", waiting.evidence_due(), "therapies"),
    ]:
        if count := found.count():
            yield Finding(LOOK, f"{title}: {count}. See the staff desk, {where}.")


def of_listings():
    real = Provider.objects.filter(demonstration=False)
    if not real.exists():
        yield Finding(LOOK, "All listings are examples: import a directory (docs/operating.md).")
    elif count := checking.overdue(real).count():
        yield Finding(
            LOOK, f"Listings that wait for a check: {count:,}. See the staff desk, providers."
        )
    else:
        yield Finding(WELL, "No listing waits for a check.")
    running = ImportRun.objects.filter(
        status=ImportRun.Status.RUNNING,
        started_at__lt=timezone.now() - LONG,
    )
    for run in running:
        yield Finding(
            LOOK, f"{run} stopped at row {run.position:,}: import the same file again, or --undo."
        )


CHECKS = {
    "settings": of_settings,
    "database": of_database,
    "replicas": of_replicas,
    "index": of_index,
    "places": of_places,
    "files": of_files,
    "cache": of_cache,
    "media": of_media,
    "mail": of_mail,
    "room": of_room,
    "backups": of_backups,
    "duties": of_duties,
    "content": of_content,
    "listings": of_listings,
}


def _on_this_disk():
    return settings.STORAGES["default"]["BACKEND"].endswith(".FileSystemStorage")


def _pictures():
    """The names of all files that rows speak of."""
    for model in apps.get_models():
        fields = [f.name for f in model._meta.fields if isinstance(f, models.FileField)]
        for field in fields:
            rows = model._default_manager.exclude(**{field: ""}).values_list(field, flat=True)
            yield from rows.distinct()


def _first_line(error):
    return next(iter(str(error).splitlines()), type(error).__name__)
