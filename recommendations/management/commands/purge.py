from django.core.management.base import BaseCommand

from providers import corrections
from recommendations.purging import purge
from trupaths import limits


class Command(BaseCommand):
    help = "Delete what visitors left that is past the time the site promises. Run it daily."

    def handle(self, **options):
        gone = purge() + corrections.forget() + limits.forget()
        self.stdout.write(f"{gone:,} rows were past their time and are gone.")
