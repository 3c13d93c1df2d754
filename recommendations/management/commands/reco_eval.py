import json
import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from providers.index import index
from recommendations.evaluation import report, running
from recommendations.evaluation.visitors import MODELS


class Command(BaseCommand):
    help = "Measure the order on the places in the index, beside other methods (see evaluation/)."

    def add_arguments(self, parser):
        parser.add_argument("--visitors", default="A,B", help="Models of visitors: A, B or A,B.")
        parser.add_argument("--n", type=int, default=3000, help="Visitors of each model.")
        parser.add_argument("--seed", type=int, default=20261122)
        parser.add_argument(
            "--trained",
            type=int,
            default=running.TRAINED,
            help="Sessions of others that popularity, item-kNN and learned models may see.",
        )
        parser.add_argument("--json", type=Path, help="Where to write all figures.")

    def handle(self, **options):
        models = [name.strip().upper() for name in options["visitors"].split(",")]
        if unknown := [name for name in models if name not in MODELS]:
            raise CommandError(f"There is no model {unknown[0]!r}: A and B.")
        if options["n"] < 1 or options["trained"] < 1:
            raise CommandError("At least one visitor and one session are needed.")
        snapshot = index.current()
        if snapshot.size < running.FEWEST:
            raise CommandError(
                f"{snapshot.size:,} places are in the index, and fewer than {running.FEWEST} "
                "tell nothing. Import a directory first (docs/operating.md)."
            )
        began, outcomes = time.perf_counter(), []
        for model in models:
            self.stdout.write(f"Model {model}")
            outcome = running.run(
                snapshot,
                model=model,
                n=options["n"],
                seed=options["seed"],
                trained=options["trained"],
                tell=self._tell,
            )
            self.stdout.write(report.table(outcome))
            outcomes.append(outcome)
        if options["json"]:
            options["json"].write_text(
                json.dumps([report.as_json(each) for each in outcomes], indent=1) + "\n"
            )
        self.stdout.write(f"{time.perf_counter() - began:.0f} seconds in all.")

    def _tell(self, line):
        self.stderr.write(line)
