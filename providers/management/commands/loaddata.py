"""Django's loaddata through our doors: what was loaded is searchable, or nothing was loaded.

What staff edited is kept, parts included, unless told otherwise.
"""

import json
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.core.management.commands import loaddata
from django.db.models.fields.related_descriptors import ForwardManyToOneDescriptor

from providers.changes import listing_changes
from providers.models import Provider, Term, TermManager
from therapies.library import content_changes
from therapies.models import Edited, PartManager, SlugManager, Therapy

# Fields that tell a person which record is meant.
TELLING = "slug name therapy provider term condition facet section aspect order number question"

NAMED = 10  # at most so many names in a message
AT_ONCE = 50_000  # a table of parts up to this size is read whole instead of asked for each row


class Command(loaddata.Command):
    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument(
            "--overwrite-edits",
            action="store_true",
            help="Also replace what staff edited in the admin. Without it such rows are kept.",
        )

    def handle(self, *labels, overwrite_edits=False, **options):
        self.opened, self.seen, self.at_work = [], 0, None
        self.edited, self.kept = ({} if overwrite_edits else edited()), set()
        try:
            with content_changes(), listing_changes() as self.changed, _each_looked_up_once():
                super().handle(*labels, **options)
        except CommandError:
            raise
        except Exception as error:
            raise CommandError(f"{self._where(error)}{_why(error)}\nNothing was loaded.") from error
        if self.kept:
            names = sorted(str(row) for row in self.kept)
            more = f" and {len(names) - NAMED:,} more" if len(names) > NAMED else ""
            self.stdout.write(
                f"Kept as staff edited them: {', '.join(names[:NAMED])}{more}. "
                "--overwrite-edits replaces them."
            )

    def load_label(self, label):
        self.opened += [file for file, _, _ in self.find_fixtures(label)]
        super().load_label(label)

    def save_obj(self, obj):
        self.seen += 1
        if self._is_kept(obj.object):
            return False
        place = (self._file, self.seen - self.fixture_object_count)
        self.at_work = place
        _check_values(obj.object)
        saved = super().save_obj(obj)
        self.at_work = None
        if saved:
            self._touched(obj.object)
        if obj.deferred_fields:
            self._remember(obj, place)
        return saved

    def _is_kept(self, row):
        for model, key in root(row):
            if kept := self.edited.get(model, {}).get(key):
                self.kept.add(kept)
                return True
        return False

    def _remember(self, obj, place):
        """References to what stands further down are written after all files were read."""
        save = obj.save_deferred_fields

        def save_later(using=None):
            self.at_work = place
            save(using=using)
            self.at_work = None

        obj.save_deferred_fields = save_later

    def _touched(self, row):
        if isinstance(row, Provider):
            self.changed.add(row.pk)
        elif row._meta.app_label == "providers" and hasattr(row, "provider_id"):
            self.changed.add(row.provider_id)
        elif isinstance(row, Term):
            self.changed.vocabulary()

    @property
    def _file(self):
        return self.opened[self.fixture_count - 1]

    def _where(self, error):
        if str(error).startswith("Problem installing fixtures:") or not self.opened:
            return ""  # found after everything was read: the message names the row
        # What cannot be read is the one after the last that was.
        file, number = self.at_work or (self._file, self.seen - self.fixture_object_count + 1)
        return f"{file}{_record(file, number)}: "


def _check_values(row):
    """As a form would: choices, lengths, links, numbers. The databases do not agree on these."""
    fields = row._meta.concrete_fields
    not_ours = [
        f.name for f in fields if f.is_relation or f.primary_key or f.value_from_object(row) is None
    ]
    if row._meta.app_label in ("providers", "therapies"):
        row.clean_fields(exclude=not_ours)


def edited():
    """model -> {pk: row} of everything that staff edited."""
    models = [model for model in apps.get_models() if issubclass(model, Edited)]
    return {
        model: model._default_manager.filter(edited_at__isnull=False).in_bulk() for model in models
    }


def root(row):
    """What staff edit as one form: the row itself, or the page or listing it is a part of."""
    yield type(row), row.pk
    if getattr(row, "provider_id", None):
        yield Provider, row.provider_id
    elif getattr(row, "therapy_id", None):
        yield Therapy, row.therapy_id


@contextmanager
def _each_looked_up_once():
    """A fixture names one place a hundred times; Django would ask the database each time.

    What is not there yet is not remembered, and of what is only the key is used.
    """
    rows = {}

    def by_name(manager, *words):
        return manager.model, words

    def by_id(descriptor, instance):
        return descriptor.field, getattr(instance, descriptor.field.attname)

    with ExitStack() as stack:
        for owner, name, knowing in (
            (SlugManager, "get_by_natural_key", partial(_remembering, by_name, rows)),
            (TermManager, "get_by_natural_key", partial(_remembering, by_name, rows)),
            (PartManager, "get_by_natural_key", _knowing_all),
            (ForwardManyToOneDescriptor, "get_object", partial(_remembering, by_id, rows)),
        ):
            ask = getattr(owner, name)
            stack.callback(setattr, owner, name, ask)
            setattr(owner, name, knowing(ask))
        yield


def _remembering(key, rows, ask):
    def remembered(self, *args):
        known = key(self, *args)
        if known not in rows:
            rows[known] = ask(self, *args)
        return rows[known]

    return remembered


def _knowing_all(ask):
    """Parts, as they were when the first was asked for: of a new directory that is none."""
    tables, missed = {}, set()

    def known(manager, *words):
        model, key = manager.model, tuple(map(str, words))
        if model not in tables:
            tables[model] = _keys(manager)
        if tables[model] is None or (model, key) in missed:  # missed once, it may be there by now
            return ask(manager, *words)
        if pk := tables[model].get(key):
            return model(pk=pk)
        missed.add((model, key))
        raise model.DoesNotExist(f"{model.__name__} {words}")

    return known


def _keys(manager):
    """{natural key: pk} of a table, or None of one that is too large to be read."""
    if manager.count() > AT_ONCE:
        return None
    rows = manager.values_list(*manager.model.key_fields, "pk")
    return {tuple(map(str, key)): pk for *key, pk in rows}


def _record(file, number):
    """Which record of a JSON file, as a person would look for it."""
    try:
        record = json.loads(Path(file).read_text())[number - 1]
        fields = record.get("fields", {})
    except (OSError, ValueError, LookupError, AttributeError, TypeError):
        return ""
    telling = [f"{name} {_shown(fields[name])}" for name in TELLING.split() if name in fields]
    return f", record {number} ({', '.join([str(record.get('model')), *telling])})"


def _shown(value):
    return "/".join(map(str, value)) if isinstance(value, list) else str(value)


def _why(error):
    if isinstance(error, ValidationError) and hasattr(error, "error_dict"):
        return " ".join(f"{name}: {' '.join(said)}" for name, said in error.message_dict.items())
    text = str(error)
    if text.startswith("Problem installing fixture '"):
        text = text.partition("': ")[2]
    if isinstance(error, KeyError):
        text = f"“{text.strip(chr(39))}” is missing."
    return (text or str(error.__cause__ or type(error).__name__)).strip()
