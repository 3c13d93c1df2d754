from providers.imports import hsds
from providers.imports.command import ImportCommand, day


class Command(ImportCommand):
    help = (
        "Imports Open Referral HSDS 3: JSON, or CSV tables in a folder or a zip. See docs/hsds.md."
    )
    files = "JSON files, folders of CSV tables, or zips"

    def add_reader_arguments(self, parser):
        parser.add_argument("--source", default="", help="Its name. Default: as the file says.")
        parser.add_argument(
            "--as-of",
            type=day,
            help="The day from which it says so, as 2026-11-03. Default: as the file says.",
        )
        parser.add_argument(
            "--whole",
            action="store_true",
            help="It is all that the source lists: what is not in it has left the directory.",
        )

    def reader(self, path, options):
        return hsds.read(
            path, name=options["source"], as_of=options["as_of"], whole=options["whole"]
        )
