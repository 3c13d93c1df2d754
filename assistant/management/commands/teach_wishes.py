from pathlib import Path

from django.core.management.base import BaseCommand

from assistant import wishes
from assistant.engine import engine
from assistant.evaluation import rows
from assistant.wishes import teaching
from therapies.library import library


class Command(BaseCommand):
    help = "Learn what questions ask for anew from evaluation/sets/lessons.csv (docs/assistant.md)."

    def add_arguments(self, parser):
        parser.add_argument("--to", type=Path, help="Where to write, if not over weights.txt.")

    def handle(self, **options):
        read = engine(library()).reader.read
        lessons = [
            (
                read(row["question"].replace("{t}", "it").replace("{c}", wishes.ILLNESS)).wording,
                row["wish"],
            )
            for row in rows("lessons.csv")
        ]
        table = teaching.learn(lessons)
        teaching.write(table, options["to"] or wishes.PATH)
        self.stdout.write(f"{len(lessons):,} lessons, {len(table):,} features")
