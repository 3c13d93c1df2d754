"""A listing at one address, and whom it belongs to."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from therapies.models import Edited, SlugManager, Therapy
from trupaths.text import fold

from .terms import Term


class Organization(Edited):
    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=200, unique=True)
    website = models.URLField(blank=True)

    objects = SlugManager()

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.slug,)


class ProviderQuerySet(models.QuerySet):
    def published(self):
        """What visitors may see. See also `Provider.is_published`."""
        return self.filter(status=Provider.Status.PUBLISHED)

    def for_cards(self):
        return self.select_related("organization").prefetch_related("checks")

    def for_page(self):
        return self.select_related("organization").prefetch_related(
            "services", "provider_terms", "checks"
        )


class ProviderManager(models.Manager.from_queryset(ProviderQuerySet), SlugManager):
    def get_by_natural_key(self, slug):
        """By its address, or by one that it had before staff gave it another."""
        try:
            return super().get_by_natural_key(slug)
        except Provider.DoesNotExist:
            return self.get(old_slugs__slug=slug)


dialable = RegexValidator(
    # Three digits or more; 911 is for emergencies, and no place's own.
    r"^(?![^0-9]*9[^0-9]*1[^0-9]*1[^0-9]*$)(?=(?:[^0-9]*[0-9]){3})[0-9+() .x-]{3,40}$",
    "Write the number as it is dialed, such as (503) 234-5678 x12; 911 is no place’s own.",
)


class Provider(Edited):
    """One listing at one address. Its changes go through `listing_changes()`."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Published"
        WITHDRAWN = "withdrawn", "Withdrawn"

    class Precision(models.TextChoices):
        STREET = "street", "Street"
        ZIP = "zip", "Middle of the ZIP code"
        TOWN = "town", "Middle of the town"
        NONE = "none", "No point"

    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=200, unique=True)
    organization = models.ForeignKey(
        Organization, models.SET_NULL, null=True, blank=True, related_name="providers"
    )
    kind = models.CharField(max_length=80, help_text="What it is, as on a card: Outpatient clinic.")
    summary = models.CharField(max_length=300, blank=True, help_text="One sentence, for cards.")
    description = models.TextField(blank=True)

    street = models.CharField(max_length=200, blank=True)
    city = models.CharField(max_length=120)
    state = models.CharField(max_length=2)
    zip = models.CharField("ZIP code", max_length=5, blank=True)
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    precision = models.CharField(max_length=6, choices=Precision, default=Precision.ZIP)
    confidential_address = models.BooleanField(
        default=False, help_text="A shelter, for example: no street and no point is shown."
    )

    phone = models.CharField(max_length=40, blank=True, validators=[dialable])
    intake_phone = models.CharField(max_length=40, blank=True, validators=[dialable])
    website = models.URLField(blank=True)
    email = models.EmailField(blank=True)
    hours = models.TextField(blank=True, help_text="Phone hours, one line for each group of days.")
    picture = models.FileField(upload_to="providers/", blank=True)
    picture_alt = models.CharField("alternative text", max_length=240, blank=True)

    demonstration = models.BooleanField(
        default=False,
        help_text="An example, not a real place. Marked as such wherever it stands. As soon as one "
        "real listing is published, all examples are withdrawn.",
    )
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    keeper = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Who keeps this listing true.",
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    therapies = models.ManyToManyField(Therapy, through="Service", related_name="providers")
    terms = models.ManyToManyField(Term, through="ProviderTerm", related_name="providers")

    objects = ProviderManager()

    class Meta:
        ordering = ["name", "pk"]
        indexes = [
            models.Index(
                fields=["status"], condition=Q(demonstration=True), name="provider_examples"
            )
        ]
        constraints = [
            models.CheckConstraint(
                # A comparison with NULL is neither true nor false, and a check lets it pass.
                condition=Q(lat=None, lon=None)
                | Q(
                    lat__isnull=False,
                    lon__isnull=False,
                    lat__range=(-90, 90),
                    lon__range=(-180, 180),
                ),
                name="provider_point_whole",
                violation_error_message="Give both latitude and longitude, or neither.",
            ),
            models.CheckConstraint(
                condition=Q(confidential_address=False) | Q(lat=None, lon=None, street=""),
                name="provider_confidential_no_point",
                violation_error_message=(
                    "A confidential address is kept without street, latitude and longitude."
                ),
            ),
        ]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.slug,)

    def get_absolute_url(self):
        # As reverse("providers:detail") has it; twice as fast, and a list asks forty times.
        return f"{reverse('providers:list')}{self.slug}/"

    def clean(self):
        digits = "".join(c for c in self.phone if c.isdigit())
        if self.demonstration and self.phone and not ("5550100" <= digits[-7:] <= "5550199"):
            raise ValidationError({"phone": "An example has a number from 555-0100 to 555-0199."})

    @property
    def is_published(self):
        """See also `ProviderQuerySet.published`."""
        return self.status == self.Status.PUBLISHED

    @property
    def town(self):
        return f"{self.city}, {self.state}"

    @property
    def part_of(self):
        """The name of the organization above it; "" where the place’s own name says it already."""
        above = self.organization.name if self.organization else ""
        return "" if fold(above) in fold(self.name) else above

    @property
    def horizon(self):
        """Which of the six small landscapes tells this place apart."""
        return self.pk % 6 + 1

    @property
    def last_check(self):
        return max(self.checks.all(), key=lambda check: check.checked_on, default=None)


class OldSlug(models.Model):
    """An address a listing once had; it redirects."""

    slug = models.SlugField(max_length=200, unique=True)
    provider = models.ForeignKey(Provider, models.CASCADE, related_name="old_slugs")

    def __str__(self):
        return self.slug
