"""What all import commands share: arguments, progress, reports, errors in one sentence."""

import csv
import os
from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from providers.models import ImportRow, ImportRun
from trupaths.text import not_a_formula

from . import running, undoing
from .records import Unreadable

SHOWN = 12  # of each kind of problem, the most frequent


class ImportCommand(BaseCommand):
    """A subclass gives `reader(path, options)`, which returns a `Reading`, and its own arguments
    in `add_reader_arguments`."""

    files = "one or more files"

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help=self.files)
        parser.add_argument(
            "--dry-run", action="store_true", help="Write nothing; report what would happen."
        )
        parser.add_argument(
            "--report", type=Path, help="Where to write what becomes of each row, as CSV."
        )
        parser.add_argument(
            "--rejected",
            type=Path,
            help="Where to write rows that were refused. Default: FILE.rejected.csv, here.",
        )
        parser.add_argument(
            "--draft", action="store_true", help="New listings stay drafts until staff publish."
        )
        parser.add_argument(
            "--mark-gone",
            action="store_true",
            help="Mark listings that left the directory even when they are many.",
        )
        parser.add_argument(
            "--undo", type=int, metavar="RUN", help="Take the run of this number back."
        )
        self.add_reader_arguments(parser)

    def add_reader_arguments(self, parser):
        """Arguments of one kind of file only."""

    def reader(self, path, options):
        """A `Reading` of the file; raises `Unreadable`."""
        raise NotImplementedError

    def handle(self, *, files, undo, **options):
        if undo is not None:
            return self._undo(undo)
        if not files:
            raise CommandError("Name a file, or a run to take back with --undo.")
        if len(files) > 1 and (options["report"] or options["rejected"]):
            raise CommandError(
                "--report and --rejected name one file, and each import would write over it: "
                "import one file at a time with them."
            )
        for path in files:
            _look(path, files, options)
        for path in files:
            try:
                self._import(path, options)
            except (Unreadable, running.Stopped) as error:
                raise CommandError(str(error)) from error

    def _import(self, path, options):
        try:
            reading = self.reader(path, options)
        except PermissionError as error:
            raise CommandError(f"{path} may not be read by this user.") from error
        with tqdm(total=reading.total, unit=" rows", desc=path.name, disable=None) as progress:
            if options["dry_run"]:
                self._rehearse(path, reading, _report_of(path, options), progress)
                return
            outcome = running.run(
                reading,
                name=path.name,
                digest=_digest(path),
                publish=not options["draft"],
                mark_gone=options["mark_gone"],
                progress=progress,
            )
        self._say(outcome, path.name)
        if options["report"]:
            write_report(outcome.run, options["report"])
        rejected = _rejected_of(path, options)
        if count := write_rejected(outcome.run, rejected):
            self.stdout.write(f"  {count:,} refused rows, each with its reason: {rejected}")

    def _rehearse(self, path, reading, report, progress):
        with report.open("w", encoding="utf-8", newline="") as file:
            table = csv.writer(file)
            table.writerow(["row", "name", "would be", "why"])

            def tell(row, action, why):
                name = row.record.name if row.record else " ".join(row.raw.values())[:80]
                told = [row.number, name, action, why]
                table.writerow(map(not_a_formula, told))

            outcome = running.rehearse(reading, progress=progress, tell=tell)
        self._say(outcome, path.name)
        self.stdout.write(f"  Nothing was written. What would become of each row: {report}")

    def _say(self, outcome, name):
        counts = ", ".join(f"{count:,} {what}" for what, count in sorted(outcome.counts.items()))
        run = f"run {outcome.run.pk}, " if outcome.run else ""
        rate = outcome.rows / max(outcome.seconds, 0.001)
        self.stdout.write(
            f"{name}: {run}{outcome.rows:,} rows in {outcome.seconds:.1f} s ({rate:,.0f} a second)"
        )
        if outcome.resumed_at:
            self.stdout.write(f"  Went on after row {outcome.resumed_at:,}, where it had stopped.")
        self.stdout.write(f"  {counts or 'no rows'}")
        for title, found in (("Refused", outcome.problems), ("Put right", outcome.repairs)):
            for sentence, count in found.most_common(SHOWN):
                self.stdout.write(f"  {title}: {sentence} {count:,} rows")
        if outcome.gone_held_back:
            self.stdout.write(
                f"  {outcome.gone_held_back:,} listings of this source are not in the file. That "
                "is many: nothing was marked. If the file is the whole edition, run it again with "
                "--mark-gone."
            )

    def _undo(self, number):
        run = ImportRun.objects.filter(pk=number).select_related("source").first()
        if run is None:
            raise CommandError(f"There is no run {number}. The admin lists them under Import runs.")
        try:
            done = undoing.undo(run)
        except running.Stopped as error:
            raise CommandError(str(error)) from error
        words = ", ".join(f"{count:,} {what}" for what, count in done.items())
        self.stdout.write(f"{run} was taken back: {words}.")


def day(text):
    """For arguments: a day as 2026-11-03."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"“{text}” is no day; write it as 2026-11-03.") from None
    if found > timezone.localdate():
        raise ArgumentTypeError(f"{text} is yet to come; give the day that the file speaks of.")
    return found


def _report_of(path, options):
    return options["report"] or Path(f"{path.name}.report.csv")


def _rejected_of(path, options):
    return options["rejected"] or Path(f"{path.name}.rejected.csv")


def _look(path, files, options):
    """Nothing is imported when what it tells could not be written."""
    if not os.path.exists(path):  # of what no one may look at, `Path.exists` raises
        raise CommandError(f"There is no file {path}.")
    if options["dry_run"]:
        outputs = [_report_of(path, options)]
    else:
        outputs = [_rejected_of(path, options), *filter(None, [options["report"]])]
    for output in outputs:
        if sentence := _unwritable(output, files):
            raise CommandError(f"{sentence} Nothing was imported.")


def _unwritable(output, files):
    """Why this file cannot be written, in a sentence; None when it can."""
    folder = output.parent
    if not folder.is_dir():
        return f"There is no folder {folder} for {output.name}: make it first."
    if output.is_dir():
        return f"{output} is a folder: name a file in it."
    if any(output.resolve() == path.resolve() for path in files):
        return f"{output} is a file to be imported: name another one to be written."
    if not os.access(output if output.exists() else folder, os.W_OK):
        return f"{output} may not be written by this user."
    return None


def _digest(path):
    return running.file_hash(path) if path.is_file() else running.folder_hash(path)


def write_rejected(run, path):
    """The refused rows as they stood, with a column for the reason; returns how many.

    Made from the database, so that it is whole after an interruption too.
    """
    rows = run.rows.filter(action=ImportRow.Action.REFUSED)
    columns = {}  # in the order in which they are met
    for raw in rows.values_list("raw", flat=True).iterator():
        columns |= dict.fromkeys(raw)
    if not columns and not rows.exists():
        return 0
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, ["row", "reason", *columns], restval="")
        table.writeheader()
        for row in rows.iterator():
            cells = {name: not_a_formula(str(value or "")) for name, value in row.raw.items()}
            table.writerow({"row": row.number, "reason": row.reason} | cells)
    return rows.count()


def write_report(run, path):
    """What the run did with each row that it did anything with."""
    rows = run.rows.values_list("number", "listing__provider__name", "action", "reason")
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["row", "name", "became", "why"])
        for number, name, action, reason in rows.iterator():
            table.writerow(map(not_a_formula, [number, name or "", action, reason]))
