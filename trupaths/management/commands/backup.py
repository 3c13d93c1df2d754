from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from trupaths import backups, databases


class Command(BaseCommand):
    help = "Backs up database and pictures to one file. The site may run meanwhile."

    def add_arguments(self, parser):
        parser.add_argument(
            "target", type=Path, help="A file that is not there yet, or a folder: its name then "
            "is the time.",
        )  # fmt: skip

    def handle(self, *, target, **options):
        if target.is_dir():
            target = target / f"trupaths-{timezone.now():%Y%m%d-%H%M%S}.tar.gz"
        if target.exists():
            raise CommandError(f"{target} is there already. Nothing was changed.")
        try:
            manifest = backups.write(target)
        except databases.Failed as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            where = error.filename or target
            raise CommandError(f"No backup was made. {where}: {error.strerror}.") from error
        rows = sum(table["rows"] for table in manifest["tables"].values())
        self.stdout.write(
            f"{target}: {len(manifest['tables'])} tables with {rows:,} rows, "
            f"{len(manifest['files']) - 1} pictures, {target.stat().st_size:,} bytes. "
            "It holds what staff and visitors entrusted to you: keep it as safe as the site."
        )
