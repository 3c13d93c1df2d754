from datetime import timedelta

from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.core.management.base import BaseCommand
from django.utils import timezone

from assistant import counts
from providers import corrections
from providers.models import Confirmation
from recommendations.purging import purge
from trupaths import limits


class Command(BaseCommand):
    help = "Delete what is past the time the site promises, of visitors and of staff. Run it daily."

    def handle(self, **options):
        gone = purge() + corrections.forget() + limits.forget() + counts.forget()
        gone += old_acts() + ended_sessions()
        self.stdout.write(f"{gone:,} rows were past their time and are gone.")


def old_acts():
    """What staff did, and mail to places; the history of a therapy page stays with the page."""
    since = timezone.now() - timedelta(days=settings.ACTS_KEPT_DAYS)
    gone = LogEntry.objects.filter(action_time__lt=since).delete()[0]
    return gone + Confirmation.objects.filter(sent_at__lt=since).delete()[0]


def ended_sessions():
    return Session.objects.filter(expire_date__lt=timezone.now()).delete()[0]
