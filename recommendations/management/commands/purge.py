from django.core.management.base import BaseCommand

from recommendations.purging import purge


class Command(BaseCommand):
    help = "Delete visitors' memories that are past the time the site promises. Run it daily."

    def handle(self, **options):
        self.stdout.write(f"{purge():,} rows were past their time and are gone.")
