"""Django's loaddata through our doors: what was loaded is searchable, or nothing was loaded."""

import json
from pathlib import Path

from django.core.management.base import CommandError
from django.core.management.commands import loaddata

from providers.changes import listing_changes
from providers.models import Provider, Term
from therapies.library import content_changes

# Fields that tell a person which record is meant.
TELLING = "slug name therapy provider term condition facet section aspect order number question"


class Command(loaddata.Command):
    def handle(self, *labels, **options):
        self.opened, self.seen, self.at_work = [], 0, None
        try:
            with content_changes(), listing_changes() as self.changed:
                super().handle(*labels, **options)
        except CommandError:
            raise
        except Exception as error:
            raise CommandError(f"{self._where(error)}{_why(error)}\nNothing was loaded.") from error

    def load_label(self, label):
        self.opened += [file for file, _, _ in self.find_fixtures(label)]
        super().load_label(label)

    def save_obj(self, obj):
        self.seen += 1
        place = (self._file, self.seen - self.fixture_object_count)
        self.at_work = place
        saved = super().save_obj(obj)
        self.at_work = None
        if saved:
            self._touched(obj.object)
        if obj.deferred_fields:
            self._remember(obj, place)
        return saved

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
    text = str(error)
    if text.startswith("Problem installing fixture '"):
        text = text.partition("': ")[2]
    if isinstance(error, KeyError):
        text = f"“{text.strip(chr(39))}” is missing."
    return (text or str(error.__cause__ or type(error).__name__)).strip()
