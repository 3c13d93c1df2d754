from django.core.management.base import BaseCommand, CommandError

from trupaths import doctor


class Command(BaseCommand):
    help = "Looks whether all is well, and says what to do where it is not. Changes nothing."
    # Its own check tells of unapplied migrations and wrong settings in one list with the rest.
    requires_system_checks = []

    def handle(self, **options):
        wrong = 0
        style = {doctor.WELL: str, doctor.LOOK: self.style.WARNING, doctor.WRONG: self.style.ERROR}
        for name, findings in doctor.examine():
            for level, sentence in findings:
                self.stdout.write(style[level](f"{level:<6}{name:<10}{sentence}"))
                wrong += level == doctor.WRONG
        if wrong:
            raise CommandError(f"{wrong} to mend.")
