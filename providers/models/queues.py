"""What waits for a person: each item has an owner, an age, and an outcome once it is closed."""

import secrets

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone

from .listings import Provider
from .parts import Check
from .sources import ImportRun, Source

# Without letters and digits that are taken for one another when read aloud.
CODE_ALPHABET = "BCDFGHJKLMNPQRSTVWXZ23456789"
CODE_LENGTH = 8  # 28 ** 8: nobody finds a code by trying


def new_code():
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))


class QueuedQuerySet(models.QuerySet):
    def open(self):
        return self.filter(closed_at=None)


class Queued(models.Model):
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Who looks into it.",
    )
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False, db_index=True)

    objects = QueuedQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["created_at", "pk"]

    @property
    def is_open(self):
        """See also `QueuedQuerySet.open`."""
        return self.closed_at is None

    @property
    def age(self):
        """Whole days since it came, up to now or to the day it was closed."""
        return ((self.closed_at or timezone.now()) - self.created_at).days


class Proposal(Queued):
    """A value for one field of a listing that a person must say yes or no to.

    `field` is a field of `Provider` ("phone"), a term ("pay:medicaid") or a therapy
    ("service:cbt"); `value` is in the shape that `imports.records.Record.said` has for it.
    """

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", "Accepted"
        DECLINED = "declined", "Declined"

    provider = models.ForeignKey(Provider, models.CASCADE, related_name="proposals")
    field = models.CharField(max_length=80)
    value = models.JSONField(null=True)
    reason = models.CharField(max_length=240, blank=True)
    source = models.ForeignKey(
        Source, models.SET_NULL, null=True, blank=True, help_text="None: the place itself."
    )
    run = models.ForeignKey(ImportRun, models.SET_NULL, null=True, blank=True)
    as_of = models.DateField(help_text="The day from which the source says so.")
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True)

    def __str__(self):
        return f"{self.field} of {self.provider}"


class Coded(Queued):
    """Something a visitor sent: the code looks up what became of it."""

    code = models.CharField(max_length=CODE_LENGTH, unique=True, default=new_code, editable=False)
    taken_up_at = models.DateTimeField(null=True, blank=True, editable=False)
    resolution = models.CharField(
        "what we found",
        max_length=400,
        blank=True,
        help_text="One or two sentences for whoever reported it. Everyone with the code reads it.",
    )

    class Meta(Queued.Meta):
        abstract = True

    def get_absolute_url(self):
        return reverse("providers:correction", args=[self.code])


class Correction(Coded):
    """A visitor says that something on a listing is wrong."""

    class Status(models.TextChoices):
        RECEIVED = "received", "Received"
        CHECKING = "checking", "Being checked"
        FIXED = "fixed", "Put right"
        STANDS = "stands", "Checked: it is right as it stands"
        DECLINED = "declined", "Could not be used"

    CLOSED = (Status.FIXED, Status.STANDS, Status.DECLINED)

    provider = models.ForeignKey(Provider, models.CASCADE, related_name="corrections")
    aspect = models.CharField(max_length=12, choices=Check.Aspect)
    message = models.TextField(blank=True, validators=[MaxLengthValidator(1000)])
    status = models.CharField(max_length=8, choices=Status, default=Status.RECEIVED)

    def __str__(self):
        return f"{self.get_aspect_display()} of {self.provider}"


class SuggestedPlace(Coded):
    """A place that someone thinks we should list: never a listing by itself."""

    class Status(models.TextChoices):
        RECEIVED = "received", "Received"
        CHECKING = "checking", "Being checked"
        LISTED = "listed", "Listed"
        DECLINED = "declined", "Not listed"

    CLOSED = (Status.LISTED, Status.DECLINED)

    name = models.CharField(max_length=200)
    city = models.CharField(max_length=120)
    state = models.CharField(max_length=2)
    phone = models.CharField(max_length=40, blank=True)
    website = models.URLField(blank=True)
    message = models.TextField(blank=True, validators=[MaxLengthValidator(1000)])
    status = models.CharField(max_length=8, choices=Status, default=Status.RECEIVED)
    provider = models.ForeignKey(
        Provider, models.SET_NULL, null=True, blank=True, help_text="The listing made from it."
    )

    def __str__(self):
        return f"{self.name}, {self.city}, {self.state}"


class PossibleDuplicate(Queued):
    """Two listings that may be one place. The older one comes first."""

    class Outcome(models.TextChoices):
        DIFFERENT = "different", "Two places"

    first = models.ForeignKey(Provider, models.CASCADE, related_name="+")
    second = models.ForeignKey(Provider, models.CASCADE, related_name="+")
    why = models.CharField(max_length=120, help_text="What they share: phone, address, name.")
    outcome = models.CharField(max_length=9, choices=Outcome, blank=True)

    class Meta(Queued.Meta):
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="one_duplicate_a_pair"),
            models.CheckConstraint(
                condition=models.Q(first__lt=models.F("second")), name="duplicate_older_first"
            ),
        ]

    def __str__(self):
        return f"{self.first} and {self.second}"


class SuspiciousPoint(Queued):
    """Coordinates that a source gave and that are far from the ZIP code: not used until checked."""

    class Outcome(models.TextChoices):
        USED = "used", "The point is right"
        LEFT = "left", "The ZIP code is right"

    provider = models.ForeignKey(Provider, models.CASCADE, related_name="suspicious_points")
    source = models.ForeignKey(Source, models.CASCADE)
    lat = models.FloatField()
    lon = models.FloatField()
    miles = models.FloatField(help_text="From the middle of the ZIP code.")
    outcome = models.CharField(max_length=4, choices=Outcome, blank=True)

    class Meta(Queued.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "source", "lat", "lon"], name="one_suspicion_a_point"
            )
        ]

    def __str__(self):
        return f"{self.provider}: {self.miles:.0f} miles off"


class Confirmation(models.Model):
    """A link mailed to a place. The token itself is in the mail only; here is its hash."""

    provider = models.ForeignKey(Provider, models.CASCADE, related_name="confirmations")
    email = models.EmailField()
    token_hash = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["-sent_at", "-pk"]

    def __str__(self):
        return f"{self.provider}, {self.sent_at:%Y-%m-%d}"
