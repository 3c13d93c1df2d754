"""Ask places by mail whether their listing is still right."""

from smtplib import SMTPException

from django.conf import settings
from django.core.mail import get_connection
from django.core.management.base import BaseCommand, CommandError

from providers import confirming


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
        places = list(confirming.due(older_than)[:limit])
        if dry_run:
            for place in places:
                self.stdout.write(f"{place.name}, {place.town}")
            self.stdout.write(f"{len(places):,} would be mailed. Nobody was.")
            return
        if settings.LOCAL and settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
            raise CommandError("Set SITE_URL: the links would lead to this machine.")
        failed = self.send(places)
        self.stdout.write(f"{len(places) - failed:,} places were mailed.")
        if failed:
            raise CommandError(
                f"{failed:,} mails could not be sent. The next run tries them again."
            )

    def send(self, places):
        """How many mails could not be sent; what a mail server says is told, place by place."""
        failed, connection = 0, get_connection()
        for place in places:
            try:
                confirming.send(place, connection)
            except (SMTPException, OSError, ValueError) as error:
                failed += 1
                self.stderr.write(f"{place.name}, {place.town}: {error}")
        return failed
