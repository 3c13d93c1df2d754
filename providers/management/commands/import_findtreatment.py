from providers.imports import findtreatment
from providers.imports.command import ImportCommand, day


class Command(ImportCommand):
    help = "Imports answers of the locator findtreatment.gov (.json). Safe to repeat."

    def add_reader_arguments(self, parser):
        parser.add_argument("--edition", default="", help="What to call it; else its day.")
        parser.add_argument("--as-of", type=day, help="The day it was asked: 2024-05-31.")

    def reader(self, path, options):
        return findtreatment.read(path, edition=options["edition"], as_of=options["as_of"])
