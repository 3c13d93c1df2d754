from providers.imports import samhsa
from providers.imports.command import ImportCommand, day


class Command(ImportCommand):
    help = "Imports the national directories of SAMHSA (.xlsx, .csv, .csv.gz). Safe to repeat."

    def add_reader_arguments(self, parser):
        parser.add_argument(
            "--directory", choices=["su", "mh"], default="", help="Substance use or mental health."
        )
        parser.add_argument("--edition", default="", help="Its year, such as 2024.")
        parser.add_argument("--as-of", type=day, help="The day it speaks of: 2024-03-31.")

    def reader(self, path, options):
        return samhsa.read(
            path,
            directory=options["directory"],
            edition=options["edition"],
            as_of=options["as_of"],
        )
