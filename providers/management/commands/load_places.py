from django.core.management.base import BaseCommand, CommandError

from providers import places


class Command(BaseCommand):
    help = "Loads ZIP codes and towns, from which visitors search. Safe to repeat."

    def handle(self, **options):
        try:
            self.stdout.write(str(places.load()))
        except places.BadFile as error:
            raise CommandError(str(error)) from error
