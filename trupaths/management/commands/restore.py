from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from trupaths import backups, databases


class Command(BaseCommand):
    help = "Restores database and pictures from a backup. Stop the site before."
    requires_system_checks = []  # the database may be empty

    def add_arguments(self, parser):
        parser.add_argument("source", type=Path)
        parser.add_argument(
            "--replace", action="store_true", help="Give up what database and pictures hold now."
        )

    def handle(self, *, source, replace, **options):
        try:
            manifest = backups.check(source)
            if why := backups.refusal(manifest, replace=replace):
                raise CommandError(f"{why} Nothing was changed.")
            backups.read(source, manifest)
        except (backups.Refused, databases.Failed) as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{error.filename or source}: {error.strerror}.") from error
        rows = sum(table["rows"] for table in manifest["tables"].values())
        self.stdout.write(
            f"Restored as of {manifest['made']}: {len(manifest['tables'])} tables with {rows:,} "
            f"rows, {len(manifest['files']) - 1} pictures; all sums are equal."
        )
        if backups.behind(manifest):
            self.stdout.write("The backup is of an older TruPaths. Run manage.py migrate.")
        self.stdout.write("Start the site anew: its processes hold what they read before.")
