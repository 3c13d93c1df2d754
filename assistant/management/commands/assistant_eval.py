import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from assistant.evaluation import crisis, places, questions, refusals, retrieval


class Command(BaseCommand):
    help = "Measure Tru AI on sets of messages with known answers (see docs/crisis.md)."

    def add_arguments(self, parser):
        parser.add_argument("--set", choices=SETS, required=True, dest="name")
        parser.add_argument(
            "--data", type=Path, help="The folder with assistant-eval and clinc_oos."
        )
        parser.add_argument(
            "--messages", type=Path, help="Other messages than assistant-eval/crisis_dev.jsonl."
        )
        parser.add_argument(
            "--engines", nargs="+", choices=retrieval.ENGINES, help="Of the set retrieval."
        )
        parser.add_argument("--show", action="store_true", help="Print the texts that went wrong.")
        parser.add_argument("--json", type=Path, help="Where to write the figures, without texts.")

    def handle(self, **options):
        figures = SETS[options["name"]](self, options)
        if options["json"]:
            options["json"].write_text(json.dumps(figures, indent=1) + "\n")

    def _crisis(self, options):
        if options["data"] is None:
            raise CommandError("Name the folder with the messages: --data FOLDER.")
        path = options["messages"] or options["data"] / "assistant-eval" / "crisis_dev.jsonl"
        clinc = options["data"] / "clinc_oos" / "clinc150_test.json"
        try:
            messages, ordinary = crisis.read_messages(path), crisis.read_clinc(clinc)
        except (OSError, ValueError) as error:
            raise CommandError(f"A set cannot be read: {error}") from error
        figures, floor = crisis.measure(messages, ordinary), crisis.carried(messages)
        self.stdout.write(crisis.table(figures, floor))
        for sentence in figures.misses_of_goals():
            self.stdout.write(self.style.ERROR(f"Goal missed. {sentence}"))
        if options["show"]:
            for category, text in [*figures.missed, *figures.false, *figures.clinc_false]:
                self.stdout.write(f"{category} | {text}")
        return figures.as_json() | {"floor": floor}


SETS = {
    "crisis": Command._crisis,
    "places": places.run,
    "questions": questions.run,
    "refusals": refusals.run,
    "retrieval": retrieval.run,
}
