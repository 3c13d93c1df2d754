"""Ask places by mail whether their listing is still right."""

from smtplib import SMTPException

from django.conf import settings
from django.core.mail import get_connection
from django.core.management.base import BaseCommand, CommandError

from providers import confirming

IN_A_ROW = 20  # failures after which it is not the addresses: the run ends


class Command(BaseCommand):
    help = (
        "Mails real, published listings whose contact facts nobody has checked lately a link with "
        "which they confirm, change or withdraw their listing. Nobody is mailed twice in "
        f"{confirming.REST_DAYS} days."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--older-than", type=int, default=180, metavar="DAYS", help="Checked so long ago."
        )
        parser.add_argument("--limit", type=int, default=100, help="Mails at most.")
        parser.add_argument("--dry-run", action="store_true", help="Say whom, and mail nobody.")

    def handle(self, *, older_than, limit, dry_run, **options):
        if older_than < 0 or limit < 1:
            raise CommandError("--older-than is 0 or more days, --limit is 1 or more mails.")
        due = confirming.due(older_than)
        if dry_run:
            places = list(due[:limit])
            for place in places:
                self.stdout.write(f"{place.name}, {place.town}")
            self.stdout.write(f"{len(places):,} would be mailed. Nobody was.")
            return
        if settings.LOCAL and settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
            raise CommandError("Set SITE_URL: the links would lead to this machine.")
        sent, failed = self.send(due, limit)
        self.stdout.write(f"{sent:,} places were mailed.")
        if failed:
            raise CommandError(
                f"{failed:,} mails could not be sent. The next run tries them again."
            )

    def send(self, due, limit):
        """How many mails were sent, at most `limit`, and how many could not be; what a mail server
        says is told, place by place. An address that is refused holds up nobody behind it."""
        sent, failed, running, connection = 0, 0, 0, get_connection()
        for place in due.iterator(chunk_size=100):
            if sent == limit or running == IN_A_ROW:
                break
            try:
                confirming.send(place, connection)
            except (SMTPException, OSError, ValueError) as error:
                failed, running = failed + 1, running + 1
                self.stderr.write(f"{place.name}, {place.town}: {error}")
            else:
                sent, running = sent + 1, 0
        return sent, failed
