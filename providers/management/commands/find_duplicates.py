from django.core.management.base import BaseCommand

from providers import duplicates


class Command(BaseCommand):
    help = "File pairs of listings that may be one place, for staff to decide."

    def handle(self, **options):
        self.stdout.write(f"{duplicates.find():,} new pairs wait in the admin.")
