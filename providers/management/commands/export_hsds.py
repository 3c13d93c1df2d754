from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from providers.exports import packages


class Command(BaseCommand):
    help = (
        "Writes all published, real listings as Open Referral HSDS 3: JSON, or CSV tables with "
        "datapackage.json. See docs/hsds.md."
    )

    def add_arguments(self, parser):
        parser.add_argument("path", type=Path, help="A .json file, a .zip, or a new folder.")
        kind = parser.add_mutually_exclusive_group()
        kind.add_argument("--json", action="store_true", help="JSON, whatever the path is called.")
        kind.add_argument("--tabular", action="store_true", help="CSV tables; a .zip packs them.")

    def handle(self, *, path, json, tabular, **options):
        json = json or (path.suffix == ".json" and not tabular)
        write = packages.write_json if json else packages.write_tables
        with tqdm(unit=" listings", desc=path.name, disable=None) as progress:

            def told(listings):
                for listing in listings:
                    yield listing
                    progress.update(1)

            try:
                count = write(path, progress=told)
            except packages.CannotWrite as error:
                raise CommandError(str(error)) from error
            except OSError as error:
                why = error.strerror or error
                raise CommandError(f"{path} cannot be written here: {why}.") from error
        self.stdout.write(f"{path}: {count:,} listings.")
