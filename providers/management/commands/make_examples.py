from django.core.management.base import BaseCommand

from providers import demo


class Command(BaseCommand):
    help = "Writes the example places to fixtures/demo_providers.json; the same bytes each time."

    def handle(self, **options):
        self.stdout.write(f"{demo.write()} example places in {demo.PATH.name}.")
