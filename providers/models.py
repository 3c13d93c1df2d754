"""Who offers it, and where: places, listings, their services, what they say, and the checks."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from therapies.models import Edited, SessionFormat, SlugManager, Therapy


class PlaceManager(models.Manager):
    def get_by_natural_key(self, kind, name, state, zip_code):
        return self.get(kind=kind, name=name, state=state, zip=zip_code)


class Place(models.Model):
    """A ZIP code or a town as one point. Loaded by `load_places`; visitors search from here."""

    class Kind(models.TextChoices):
        ZIP = "zip", "ZIP code"
        TOWN = "town", "Town"

    kind = models.CharField(max_length=4, choices=Kind)
    name = models.CharField(max_length=120)
    state = models.CharField(max_length=2)
    zip = models.CharField("ZIP code", max_length=5, blank=True)
    lat = models.FloatField()
    lon = models.FloatField()
    population = models.PositiveIntegerField(default=0)
    folded = models.CharField(max_length=120, db_index=True, editable=False)

    objects = PlaceManager()

    class Meta:
        ordering = ["-population", "name", "state"]
        indexes = [models.Index(fields=["zip"], name="place_zip")]

    def __str__(self):
        return self.zip if self.kind == self.Kind.ZIP else self.label

    @property
    def label(self):
        return f"{self.name}, {self.state}" if self.name else self.zip


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


class TermManager(models.Manager):
    def get_by_natural_key(self, facet, slug):
        return self.get(facet=facet, slug=slug)


class Term(Edited):
    """One thing a listing may say yes or no to: “Medicaid” in the facet payment."""

    class Facet(models.TextChoices):
        """Each value is the parameter of the URL contract."""

        PAY = "pay", "Payment"
        CARE = "care", "Level of care"
        AGE = "age", "Age"
        FOR = "for", "For"
        LANGUAGE = "language", "Language"
        ACCESS = "access", "Access"
        APPROACH = "approach", "Approach"
        MEDICATION = "medication", "Medication"
        FOCUS = "focus", "Focus"
        SETTING = "setting", "Setting"

    facet = models.CharField(max_length=12, choices=Facet)
    slug = models.SlugField(max_length=60)
    name = models.CharField(max_length=120)
    phrase = models.CharField(
        max_length=160,
        help_text="After “it” or “both”, as in “it takes Medicaid”: takes Medicaid.",
    )
    phrase_plural = models.CharField(
        max_length=160, help_text="After “both”, as in “both take Medicaid”: take Medicaid."
    )
    meaning = models.CharField(max_length=240, help_text="One line in plain words.")
    order = models.PositiveSmallIntegerField(default=0)

    objects = TermManager()

    class Meta:
        ordering = ["facet", "order", "name"]
        constraints = [models.UniqueConstraint(fields=["facet", "slug"], name="one_term_a_slug")]

    def __str__(self):
        return f"{self.get_facet_display()}: {self.name}"

    def natural_key(self):
        return (self.facet, self.slug)


class ProviderQuerySet(models.QuerySet):
    def published(self):
        """What visitors may see. See also `Provider.is_published`."""
        return self.filter(status=Provider.Status.PUBLISHED)

    def for_cards(self):
        return self.prefetch_related("checks")

    def for_page(self):
        return self.select_related("organization").prefetch_related(
            "services", "provider_terms", "checks"
        )


class ProviderManager(models.Manager.from_queryset(ProviderQuerySet), SlugManager):
    pass


dialable = RegexValidator(
    r"^[0-9+() .x-]{3,40}$", "Write the number as it is dialed, such as (503) 234-5678 x12."
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
        default=False, help_text="An example, not a real place. Marked as such wherever it stands."
    )
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
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
        return reverse("providers:detail", args=[self.slug])

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
    def horizon(self):
        """Which of the six small landscapes tells this place apart."""
        return self.pk % 6 + 1

    @property
    def last_check(self):
        return max(self.checks.all(), key=lambda check: check.checked_on, default=None)

    @property
    def contact_check(self):
        return next((c for c in self.checks.all() if c.aspect == Check.Aspect.CONTACT), None)


class ListingPartManager(models.Manager):
    def get_by_natural_key(self, slug, *rest):
        fields = self.model.key_fields
        return self.get(provider__slug=slug, **dict(zip(fields, rest, strict=True)))


class Service(SessionFormat):
    """What a place does with one therapy. What is asked of a service must hold on one row."""

    class Accepting(models.TextChoices):
        YES = "yes", "Taking new people"
        NO = "no", "Not taking new people"
        UNKNOWN = "unknown", "Not stated"

    key_fields = ("therapy__slug", "order")
    provider = models.ForeignKey(Provider, models.CASCADE, related_name="services")
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

    objects = ListingPartManager()

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

    key_fields = ("term__facet", "term__slug")
    provider = models.ForeignKey(Provider, models.CASCADE, related_name="provider_terms")
    term = models.ForeignKey(Term, models.CASCADE, related_name="provider_terms")
    answer = models.CharField(max_length=3, choices=Answer, default=Answer.YES)
    note = models.CharField(max_length=120, blank=True)

    objects = ListingPartManager()

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
    """When and how someone last checked an aspect. Saving or importing a listing moves no date."""

    class Aspect(models.TextChoices):
        CONTACT = "contact", "Contact"
        SERVICES = "services", "Services"
        PAYMENT = "payment", "Payment"
        AVAILABILITY = "availability", "Availability"

    class How(models.TextChoices):
        CALLED = "called", "called"
        CONFIRMED = "confirmed", "confirmed by the place"
        IMPORTED = "imported", "imported"
        EXAMPLE = "example", "example"

    key_fields = ("aspect",)
    provider = models.ForeignKey(Provider, models.CASCADE, related_name="checks")
    aspect = models.CharField(max_length=12, choices=Aspect)
    checked_on = models.DateField()
    how = models.CharField(max_length=10, choices=How)
    by = models.CharField(max_length=80, blank=True)

    objects = ListingPartManager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["provider", "aspect"], name="one_check_an_aspect")
        ]

    def __str__(self):
        return f"{self.get_aspect_display()}, {self.checked_on}, {self.get_how_display()}"

    def natural_key(self):
        return (self.provider.slug, self.aspect)

    natural_key.dependencies = ["providers.provider"]


class OldSlug(models.Model):
    """An address a listing once had; it redirects."""

    slug = models.SlugField(max_length=200, unique=True)
    provider = models.ForeignKey(Provider, models.CASCADE, related_name="old_slugs")

    def __str__(self):
        return self.slug


class SearchClock(models.Model):
    """One row. Its lock makes version order commit order (see changes.py)."""

    version = models.PositiveBigIntegerField(default=0)


class SearchRow(models.Model):
    """What the index knows of one listing: derived, narrow, written only by changes.py.

    `yes` and `no` are term ids, `services` pairs of a therapy id and flags, all as
    little-endian uint32.
    """

    provider_id = models.BigIntegerField(primary_key=True)
    live = models.BooleanField(default=True)
    demonstration = models.BooleanField(default=False)
    organization_id = models.BigIntegerField(default=0)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    state = models.CharField(max_length=2)
    exact = models.BooleanField(default=False)
    checked = models.IntegerField(default=0)
    yes = models.BinaryField(default=b"")
    no = models.BinaryField(default=b"")
    services = models.BinaryField(default=b"")
    sort_key = models.CharField(max_length=200)
    search_text = models.TextField(blank=True)
    version = models.PositiveBigIntegerField(db_index=True)
