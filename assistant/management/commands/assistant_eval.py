import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.templatetags.static import static

from assistant.evaluation import crisis, places, questions, refusals, retrieval

SETS = {
    "crisis": crisis.run,
    "retrieval": retrieval.run,
    "questions": questions.run,
    "refusals": refusals.run,
    "places": places.run,
}


class Command(BaseCommand):
    help = "Measure Tru AI on messages with known answers (docs/assistant.md, docs/crisis.md)."

    def add_arguments(self, parser):
        parser.add_argument("--set", choices=[*SETS, "all"], required=True, dest="name")
        parser.add_argument(
            "--data", type=Path, help="The folder with assistant-eval, clinc_oos, medquad, …"
        )
        parser.add_argument(
            "--messages", type=Path, help="Of the set crisis or places: another file."
        )
        parser.add_argument(
            "--engines", nargs="+", choices=retrieval.ENGINES, help="Of the set retrieval."
        )
        parser.add_argument("--show", action="store_true", help="Print the texts that went wrong.")
        parser.add_argument("--json", type=Path, help="Where to write the figures, without texts.")

    def handle(self, **options):
        try:
            static("img/sprite.svg")  # the pages of words are read as they are served
        except ValueError as error:
            raise CommandError("Run manage.py collectstatic first.") from error
        if options["name"] == "all":
            figures = self._all(options)
        else:
            figures = SETS[options["name"]](self, options)
        if options["json"]:
            options["json"].write_text(json.dumps(figures, indent=1) + "\n")

    def _all(self, options):
        """{set: its figures}, one set after the other."""
        if options["data"] is None:
            raise CommandError("Name the folder with the sets of others: --data FOLDER.")
        if options["messages"]:
            raise CommandError("--messages is of one set: name it with --set.")
        figures = {}
        for name, run in SETS.items():
            self.stdout.write(self.style.MIGRATE_HEADING(f"\n{name}"))
            figures[name] = run(self, options)
        return figures
