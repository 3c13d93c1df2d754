import csv
from pathlib import Path

from django.core.management.base import BaseCommand

from assistant import wishes
from assistant.engine import engine
from assistant.evaluation.questions import SETS
from therapies.library import library


class Command(BaseCommand):
    help = "Learn what questions ask for anew from evaluation/sets/lessons.csv (docs/assistant.md)."

    def add_arguments(self, parser):
        parser.add_argument("--to", type=Path, help="Where to write, if not over weights.txt.")

    def handle(self, **options):
        from assistant.wishes import teaching  # needs numpy, which the site itself does not

        read = engine(library()).reader.read
        with (SETS / "lessons.csv").open(encoding="utf-8", newline="") as file:
            rows = [(row["question"], row["wish"]) for row in csv.DictReader(file)]
        lessons = [
            (read(text.replace("{t}", "it").replace("{c}", wishes.ILLNESS)).wording, wish)
            for text, wish in rows
        ]
        table, bias = teaching.learn(lessons)
        teaching.write(table, bias, options["to"] or wishes.PATH)
        self.stdout.write(f"{len(lessons):,} lessons, {len(table):,} features")
