"""Published content as fixtures, so that it can live in git.

What was loaded and not changed is written byte for byte as it was, whatever the database.
"""

import json
import shutil
from pathlib import Path

from django.conf import settings
from django.core import serializers
from django.core.management.base import BaseCommand, CommandError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import FileField, ManyToManyField

from providers.models import Term
from therapies.models import (
    FAQ,
    Condition,
    Evidence,
    Reference,
    StartingPoint,
    Therapy,
    TherapyPoint,
)

PAGE = (Therapy, TherapyPoint, FAQ, Reference, Evidence)
FILES = {
    "conditions": (Condition,),
    "terms": (Term,),
    "therapies": PAGE,
    "starting_points": (StartingPoint,),
}
NOT_CONTENT = {"edited_at"}  # loading a fixture is no edit


class Command(BaseCommand):
    help = "Writes published therapies, conditions, terms and starting points to fixtures."

    def add_arguments(self, parser):
        parser.add_argument(
            "folder", nargs="?", type=Path, default=settings.BASE_DIR / "fixtures",
            help="Where the fixtures stand, or shall stand; the project’s own unless told.",
        )  # fmt: skip

    @transaction.atomic  # one moment of the content, not several
    def handle(self, *, folder, **options):
        try:
            for name, kinds in FILES.items():
                rows = sorted((row for kind in kinds for row in _published(kind)), key=_order)
                self.stdout.write(_write(folder / f"{name}.json", [_record(row) for row in rows]))
            copied = sum(_copy(name, folder / "media") for name in _pictures())
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}.") from error
        self.stdout.write(f"Pictures: {copied} copied to {folder / 'media'}.")


def _published(kind):
    """What visitors may read now or from a day that is set."""
    rows = kind.objects.all()
    if kind is Therapy:
        return rows.filter(status=Therapy.Status.PUBLISHED)
    if kind in PAGE:
        return rows.filter(therapy__status=Therapy.Status.PUBLISHED).select_related("therapy")
    return rows


def _order(row):
    """The same in each database: a page stands together with its parts, others in their order."""
    if type(row) in PAGE:
        page, *rest = row.natural_key()
        return page, PAGE.index(type(row)), rest
    return getattr(row, "facet", ""), getattr(row, "order", 0), row.natural_key()


def _record(row):
    """As a fixture holds it, without what a new row holds anyhow."""
    [record] = serializers.serialize(
        "python", [row], use_natural_foreign_keys=True, use_natural_primary_keys=True
    )
    fields = {}
    for name, value in record["fields"].items():
        field = row._meta.get_field(name)
        if isinstance(field, ManyToManyField):
            fields[name] = sorted(value)  # also when empty: what a fixture leaves out, stays
        elif name not in NOT_CONTENT and value != field.get_default():
            fields[name] = value
    return {"model": record["model"], "fields": fields}


def _write(file, records):
    """A sentence on what was done."""
    text = json.dumps(records, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1) + "\n"
    if file.exists() and file.read_text(encoding="utf-8") == text:
        return f"{file.name}: {len(records)} records, unchanged."
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return f"{file.name}: {len(records)} records, written."


def _pictures():
    """Names of all pictures of published pages."""
    for kind in PAGE:
        fields = [field for field in kind._meta.fields if isinstance(field, FileField)]
        for row in _published(kind) if fields else ():
            yield from filter(None, (field.value_from_object(row).name for field in fields))


def _copy(name, folder):
    """Was it to be copied?"""
    source, target = settings.MEDIA_ROOT / name, folder / name
    if target.exists() and target.read_bytes() == source.read_bytes():
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    return True
