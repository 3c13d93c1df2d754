"""What a listing offers, what it says, and when that was checked."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from therapies.models import PartManager, SessionFormat, Therapy

from .listings import Provider
from .terms import Term


class Service(SessionFormat):
    """What a place does with one therapy. What is asked of a service must hold on one row."""

    class Accepting(models.TextChoices):
        YES = "yes", "Taking new people"
        NO = "no", "Not taking new people"
        UNKNOWN = "unknown", "Not stated"

    key_fields = ("provider__slug", "therapy__slug", "order")
    # The unique constraint begins with the listing: an index of its own would say it twice.
    provider = models.ForeignKey(Provider, models.CASCADE, related_name="services", db_index=False)
    therapy = models.ForeignKey(Therapy, models.CASCADE, related_name="services")
    languages = models.CharField(max_length=120, blank=True)
    price_low = models.PositiveIntegerField("price from, dollars", null=True, blank=True)
    price_high = models.PositiveIntegerField("price to, dollars", null=True, blank=True)
    price_unit = models.CharField(
        max_length=40, blank=True, help_text="a session, for the course, …"
    )
    sessions = models.CharField(max_length=120, blank=True, help_text="8 weeks, 2½ hours a week")
    accepting_new = models.CharField(max_length=7, choices=Accepting, default=Accepting.UNKNOWN)
    next_start = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=240, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    objects = PartManager()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "therapy", "order"], name="one_service_a_place"
            ),
            models.CheckConstraint(
                condition=Q(price_low=None)
                | Q(price_high=None)
                | Q(price_low__lte=F("price_high")),
                name="service_price_in_order",
                violation_error_message="The lower price comes first.",
            ),
        ]

    def __str__(self):
        return f"{self.therapy.short_name} at {self.provider}"

    def natural_key(self):
        return (self.provider.slug, self.therapy.slug, self.order)

    natural_key.dependencies = ["providers.provider", "therapies.therapy"]


class ProviderTerm(models.Model):
    """What a listing says about a term. No row: not stated."""

    class Answer(models.TextChoices):
        YES = "yes", "Yes"
        NO = "no", "Says no"

    key_fields = ("provider__slug", "term__facet", "term__slug")
    # The unique constraint begins with the listing: an index of its own would say it twice.
    provider = models.ForeignKey(
        Provider, models.CASCADE, related_name="provider_terms", db_index=False
    )
    # Half of the rows of a directory are these. Only the deletion of a term asks for them by term,
    # and a constraint would look each one's term up again: docs/decisions/0012-terms-are-held.md.
    term = models.ForeignKey(
        Term, models.CASCADE, related_name="provider_terms", db_index=False, db_constraint=False
    )
    answer = models.CharField(max_length=3, choices=Answer, default=Answer.YES)
    note = models.CharField(max_length=120, blank=True)

    objects = PartManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "term"], name="one_answer_a_term")
        ]

    def __str__(self):
        return f"{self.term.name}: {self.get_answer_display()}"

    def natural_key(self):
        return (self.provider.slug, *self.term.natural_key())

    natural_key.dependencies = ["providers.provider", "providers.term"]


class Check(models.Model):
    """When and how someone last checked an aspect. Saving or importing a listing moves no date:
    what a source says from when is in `ListingSource`."""

    class Aspect(models.TextChoices):
        CONTACT = "contact", "Contact"
        SERVICES = "services", "Services"
        PAYMENT = "payment", "Payment"
        AVAILABILITY = "availability", "Availability"

    class How(models.TextChoices):
        CALLED = "called", "called"
        CONFIRMED = "confirmed", "confirmed by the place"
        EXAMPLE = "example", "example"

    BY_PEOPLE = (How.CALLED, How.CONFIRMED)
    FRESH_DAYS = 180  # after these, a page says to ask before going
    STALE_DAYS = 365  # after these, that it may have changed

    key_fields = ("provider__slug", "aspect")
    # The unique constraint begins with the listing: an index of its own would say it twice.
    provider = models.ForeignKey(Provider, models.CASCADE, related_name="checks", db_index=False)
    aspect = models.CharField(max_length=12, choices=Aspect)
    checked_on = models.DateField()
    how = models.CharField(max_length=10, choices=How)
    by = models.CharField(max_length=80, blank=True)

    objects = PartManager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["provider", "aspect"], name="one_check_an_aspect")
        ]

    def __str__(self):
        return f"{self.get_aspect_display()}, {self.checked_on}, {self.get_how_display()}"

    @property
    def is_old(self):
        return self.checked_on < timezone.localdate() - timedelta(days=self.FRESH_DAYS)

    @property
    def is_stale(self):
        return self.checked_on < timezone.localdate() - timedelta(days=self.STALE_DAYS)

    def natural_key(self):
        return (self.provider.slug, self.aspect)

    natural_key.dependencies = ["providers.provider"]
