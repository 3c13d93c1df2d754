"""How each therapy page stands: its points of DISCERN, its reading grade, what it does not meet."""

from statistics import median

from django.core.management.base import BaseCommand, CommandError

from therapies import checks
from therapies.models import Therapy


class Command(BaseCommand):
    help = (
        "A table of all therapy pages but archived ones: points of DISCERN (of 75, by what a "
        "program can check; each of the fifteen questions counts 1 to 5, for the share of what it "
        "asks that is there), Flesch-Kincaid reading grade, and the checks that are neither met "
        "nor waived."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--least",
            type=int,
            metavar="POINTS",
            help=f"Fail when a published page has fewer points. The house asks for {checks.LEAST}.",
        )

    def handle(self, *, least=None, **options):
        pages = Therapy.objects.exclude(status=Therapy.Status.ARCHIVED).for_desk()
        rows = [_row(each) for each in pages.order_by("slug")]
        if not rows:
            self.stdout.write("There are no therapy pages.")
            return
        width = max(len(row["slug"]) for row in rows)
        self.stdout.write(f"{'Page':{width}}  State      DISCERN  Grade  Neither met nor waived")
        for row in rows:
            self.stdout.write(
                f"{row['slug']:{width}}  {row['state']:9}  {row['score']:4}/75  {row['grade']}"
                f"  {', '.join(row['open']) or '-'}"
            )
        self._sum(rows)
        if low := [row["slug"] for row in rows if row["published"] and row["score"] < (least or 0)]:
            raise CommandError(f"Fewer than {least} points: {', '.join(low)}.")

    def _sum(self, rows):
        grades = [row["number"] for row in rows if row["number"] is not None]
        middle = f"{median(grades):.1f}" if grades else "-"
        fewest = min(row["score"] for row in rows)
        self.stdout.write(
            f"{len(rows)} pages. Fewest points: {fewest}. Median reading grade: {middle}."
        )


def _row(therapy):
    found, number = checks.results(therapy), checks.Page(therapy).grade
    return {
        "slug": therapy.slug,
        "state": therapy.state,
        "published": therapy.status == Therapy.Status.PUBLISHED,
        "score": checks.score(found),
        "number": number,
        "grade": f"{number:5.1f}" if number is not None else "    -",
        "open": [result.check.name for result in found if result.open],
    }
