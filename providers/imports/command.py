"""What all import commands share: arguments, progress, reports, errors in one sentence."""

import csv
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from providers.models import ImportRow, ImportRun

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
        for path in files:
            try:
                self._import(path, options)
            except (Unreadable, running.Stopped) as error:
                raise CommandError(str(error)) from error
            except FileNotFoundError as error:
                raise CommandError(f"There is no file {path}.") from error
            except PermissionError as error:
                raise CommandError(f"{path} may not be read by this user.") from error

    def _import(self, path, options):
        reading = self.reader(path, options)
        with tqdm(total=reading.total, unit=" rows", desc=path.name, disable=None) as progress:
            if options["dry_run"]:
                self._rehearse(path, reading, options["report"], progress)
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
        rejected = options["rejected"] or Path(f"{path.name}.rejected.csv")
        if count := write_rejected(outcome.run, rejected):
            self.stdout.write(f"  {count:,} refused rows, each with its reason: {rejected}")

    def _rehearse(self, path, reading, report, progress):
        report = report or Path(f"{path.name}.report.csv")
        with report.open("w", encoding="utf-8", newline="") as file:
            table = csv.writer(file)
            table.writerow(["row", "name", "would be", "why"])

            def tell(row, action, why):
                name = row.record.name if row.record else " ".join(row.raw.values())[:80]
                table.writerow([row.number, plain(name), action, plain(why)])

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


def _digest(path):
    return running.file_hash(path) if path.is_file() else running.folder_hash(path)


def plain(text):
    """For a spreadsheet: what begins like a formula is text."""
    return f"'{text}" if text[:1] in tuple("=+-@\t\r") else text


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
            cells = {name: plain(str(value or "")) for name, value in row.raw.items()}
            table.writerow({"row": row.number, "reason": row.reason} | cells)
    return rows.count()


def write_report(run, path):
    """What the run did with each row that it did anything with."""
    rows = run.rows.values_list("number", "listing__provider__name", "action", "reason")
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["row", "name", "became", "why"])
        for number, name, action, reason in rows.iterator():
            table.writerow([number, plain(name or ""), action, plain(reason)])
