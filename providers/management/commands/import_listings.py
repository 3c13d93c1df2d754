from providers.imports import spreadsheet
from providers.imports.command import ImportCommand, day


class Command(ImportCommand):
    help = "Imports a spreadsheet with our own columns (.csv, .xlsx). See docs/listings.md."

    def add_reader_arguments(self, parser):
        parser.add_argument(
            "--source", default="", help="Whose list it is, as visitors read it. Default: our own."
        )
        parser.add_argument(
            "--as-of",
            type=day,
            help="The day it speaks of: 2026-11-03. Default: the day the file was last saved.",
        )
        parser.add_argument(
            "--whole",
            action="store_true",
            help="It is the whole list: what is not in it has left the list.",
        )

    def reader(self, path, options):
        return spreadsheet.read(
            path, name=options["source"], as_of=options["as_of"], whole=options["whole"]
        )
