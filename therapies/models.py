"""What can help: therapies with all their parts, conditions, and the evidence between them."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone


class SlugManager(models.Manager):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)


class TextManager(models.Manager):
    def get_by_natural_key(self, text):
        return self.get(text=text)


class ContentClock(models.Model):
    """One row. Its version rises with each change to what visitors read (see library.py)."""

    version = models.PositiveBigIntegerField(default=0)


class Edited(models.Model):
    """Something that staff may edit. Loading a fixture again keeps what they edited."""

    edited_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True


class SessionFormat(models.Model):
    """Where and with whom. Neither ticked within a group of two or four: not stated."""

    DELIVERY = (("in-person", "in_person"), ("virtual", "virtual"))
    GROUPING = (
        ("individual", "individual"),
        ("group", "group"),
        ("couple", "couple"),
        ("family", "family"),
    )

    in_person = models.BooleanField(default=False)
    virtual = models.BooleanField("by video", default=False)
    individual = models.BooleanField("one to one", default=False)
    group = models.BooleanField("in a group", default=False)
    couple = models.BooleanField("as a couple", default=False)
    family = models.BooleanField("as a family", default=False)

    class Meta:
        abstract = True


class Condition(Edited):
    name = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(max_length=120, unique=True)
    summary = models.TextField(blank=True, help_text="Two or three plain sentences.")
    also_known_as = models.TextField(blank=True, help_text="Other names, one a line.")
    parent = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="children"
    )

    objects = SlugManager()

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.slug,)

    @property
    def names(self):
        return [self.name, *lines(self.also_known_as)]


class TherapyQuerySet(models.QuerySet):
    def published(self, *, at=None):
        """What visitors may see now. See also `Therapy.is_published`."""
        at = at or timezone.now()
        return self.filter(status=Therapy.Status.PUBLISHED).filter(
            Q(publish_at=None) | Q(publish_at__lte=at)
        )

    def with_parts(self):
        """Everything a therapy page shows, in a fixed number of queries."""
        return self.prefetch_related(
            "points",
            "faqs",
            "references",
            "best_for",
            "combined_with",
            models.Prefetch(
                "evidence",
                Evidence.objects.select_related("condition").prefetch_related("references"),
            ),
        )


class TherapyManager(models.Manager.from_queryset(TherapyQuerySet), SlugManager):
    pass


class Therapy(SessionFormat, Edited):
    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        IN_REVIEW = "in-review", "In review"
        PUBLISHED = "published", "Published"
        ARCHIVED = "archived", "Archived"

    class Kind(models.TextChoices):
        MIND = "mind", "Mind and attention"
        TALKING = "talking", "Talking"
        BODY = "body", "Body and movement"
        GROUPS = "groups", "Groups and peers"
        MEDICAL = "medical", "Medical"
        CREATIVE = "creative", "Creative"

    # Name
    name = models.CharField(max_length=160, help_text="The main part of the page's title.")
    name_suffix = models.CharField(
        max_length=160, blank=True, help_text="Set lighter after the name: “for …”."
    )
    short_name = models.CharField(max_length=60, help_text="As people say it: MBSR.")
    slug = models.SlugField(max_length=120, unique=True)
    also_known_as = models.TextField(blank=True, help_text="Other names, one a line.")
    kind = models.CharField(max_length=20, choices=Kind)
    headline = models.CharField(
        max_length=160, help_text="Above the facts at a glance: what the page is about."
    )
    lead = models.TextField(help_text="One or two sentences under the title.")

    # At a glance
    best_for = models.ManyToManyField(Condition, blank=True, related_name="therapies_best_for")
    best_for_text = models.CharField("best for", max_length=240, blank=True)
    session_format = models.CharField(
        max_length=160, blank=True, help_text="Delivery and grouping, in words."
    )
    cadence = models.CharField("typical cadence", max_length=160, blank=True)
    duration = models.TextField(blank=True, help_text="One line for each kind of session.")
    home_practice = models.CharField(max_length=240, blank=True)
    combined_text = models.CharField("often combined with", max_length=240, blank=True)
    combined_with = models.ManyToManyField(
        "self", blank=True, symmetrical=False, related_name="combined_by"
    )
    evidence_summary = models.TextField("evidence base", blank=True)

    # Sections: an introduction each; the points are TherapyPoint rows
    goals_title = models.CharField(max_length=160, blank=True)
    goals_intro = models.TextField(blank=True)
    overview_figure = models.FileField(upload_to="therapies/", blank=True)
    overview_figure_narrow = models.FileField(
        upload_to="therapies/", blank=True, help_text="The same figure, drawn for phones."
    )
    overview_alt = models.TextField(
        "overview alternative text", blank=True, help_text="What the figure says, in a sentence."
    )
    overview_caption = models.CharField(max_length=240, blank=True)
    benefits_title = models.CharField(max_length=160, blank=True)
    benefits_intro = models.TextField(blank=True)
    sessions_title = models.CharField(max_length=160, blank=True)
    sessions_intro = models.TextField(blank=True)
    sessions_picture = models.FileField(upload_to="therapies/", blank=True)
    sessions_alt = models.TextField("sessions alternative text", blank=True)
    sessions_caption = models.CharField(max_length=240, blank=True)
    candidates_title = models.CharField(max_length=160, blank=True)
    candidates_intro = models.TextField(blank=True)
    highlight_title = models.CharField(max_length=160, blank=True)
    why_we_highlight = models.TextField(blank=True, help_text="The first line is set large.")
    faqs_title = models.CharField(max_length=160, blank=True)
    find_title = models.CharField(max_length=160, blank=True)
    find_call = models.TextField(blank=True)

    # Before you start
    before_you_start = models.TextField(
        blank=True, help_text="The warm line that stands first: keep your medicine and your care."
    )
    who_should_be_careful = models.TextField(
        blank=True, help_text="“Ask a clinician first if you …”, one a line."
    )
    risks = models.TextField(blank=True, help_text="What can go wrong, one a line.")
    alternatives = models.TextField(blank=True)
    typical_cost = models.TextField(blank=True)
    questions_to_ask = models.TextField(blank=True, help_text="One a line.")
    credentials_to_look_for = models.TextField(blank=True, help_text="One a line.")

    # Review
    status = models.CharField(max_length=12, choices=Status, default=Status.DRAFT)
    publish_at = models.DateTimeField(
        null=True, blank=True, help_text="Published, but not before this moment."
    )
    author = models.CharField("written by", max_length=120, blank=True)
    reviewed_by = models.CharField(max_length=120, blank=True)
    reviewed_on = models.DateField(null=True, blank=True)
    review_due_on = models.DateField(null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = TherapyManager()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "therapies"
        constraints = [
            models.CheckConstraint(
                condition=~Q(slug="compare"),
                name="therapy_slug_not_reserved",
                violation_error_message="“compare” is an address of the site: choose another slug.",
            )
        ]

    def __str__(self):
        return f"{self.name} {self.name_suffix}".strip()

    def natural_key(self):
        return (self.slug,)

    def get_absolute_url(self):
        return reverse("therapies:detail", args=[self.slug])

    @property
    def is_published(self):
        """See also `TherapyQuerySet.published`."""
        return self.status == self.Status.PUBLISHED and (
            self.publish_at is None or self.publish_at <= timezone.now()
        )

    @property
    def names(self):
        """All names a person may type."""
        return [self.short_name, self.name, str(self), *lines(self.also_known_as)]

    def points_in(self, section):
        return [point for point in self.points.all() if point.section == section]

    @property
    def goals(self):
        return self.points_in(TherapyPoint.Section.GOAL)

    @property
    def benefits(self):
        return self.points_in(TherapyPoint.Section.BENEFIT)

    @property
    def steps(self):
        return self.points_in(TherapyPoint.Section.STEP)

    @property
    def candidates(self):
        return self.points_in(TherapyPoint.Section.CANDIDATE)


class PartManager(models.Manager):
    """Parts are known by their therapy and their place in it, so fixtures can load twice."""

    def get_by_natural_key(self, slug, *rest):
        return self.get(therapy__slug=slug, **dict(zip(self.model.key_fields, rest, strict=True)))


class Part(models.Model):
    """Something that belongs to one therapy page, in order."""

    key_fields = ("order",)
    order = models.PositiveSmallIntegerField(default=0)

    objects = PartManager()

    class Meta:
        abstract = True
        ordering = ["order", "pk"]

    def natural_key(self):
        return (self.therapy.slug, *(getattr(self, field) for field in self.key_fields))

    natural_key.dependencies = ["therapies.therapy"]


class TherapyPoint(Part):
    class Section(models.TextChoices):
        GOAL = "goal", "What it works toward"
        BENEFIT = "benefit", "How it helps"
        STEP = "step", "What happens in sessions"
        CANDIDATE = "candidate", "Who it suits"

    key_fields = ("section", "order")
    therapy = models.ForeignKey(Therapy, models.CASCADE, related_name="points")
    section = models.CharField(max_length=12, choices=Section)
    title = models.CharField(max_length=120)
    text = models.TextField(help_text="Cite a reference by its number in brackets: [2].")
    picture = models.FileField(upload_to="therapies/", blank=True)
    picture_alt = models.CharField("alternative text", max_length=240, blank=True)

    class Meta(Part.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["therapy", "section", "order"], name="one_point_a_place"
            )
        ]

    def __str__(self):
        return self.title


class FAQ(Part):
    therapy = models.ForeignKey(Therapy, models.CASCADE, related_name="faqs")
    question = models.CharField(max_length=200)
    answer = models.TextField(help_text="Begin with the answer: “No. …”")

    class Meta(Part.Meta):
        verbose_name = "question"
        constraints = [models.UniqueConstraint(fields=["therapy", "order"], name="one_faq_a_place")]

    def __str__(self):
        return self.question


class Reference(models.Model):
    key_fields = ("number",)
    therapy = models.ForeignKey(Therapy, models.CASCADE, related_name="references")
    number = models.PositiveSmallIntegerField()
    citation = models.TextField(help_text="Authors, title, place.")
    url = models.URLField(blank=True)
    year = models.PositiveSmallIntegerField()

    objects = PartManager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["therapy", "number"], name="one_reference_a_number")
        ]

    def __str__(self):
        return f"{self.number}. {self.citation[:80]}"

    def natural_key(self):
        return (self.therapy.slug, self.number)

    natural_key.dependencies = ["therapies.therapy"]


class Evidence(models.Model):
    class Strength(models.TextChoices):
        STRONG = "strong", "Strong"
        SOME = "some", "Some"
        LIMITED = "limited", "Limited"
        NONE = "none", "None found"
        HARM = "harm", "May harm"

    MEANINGS = {
        Strength.STRONG: "Several good studies agree.",
        Strength.SOME: "Studies lean one way, with doubts.",
        Strength.LIMITED: "Few, small or weak studies.",
        Strength.NONE: "Studied, and no effect was found.",
        Strength.HARM: "Studies found that it can do harm.",
    }

    key_fields = ("condition__slug",)
    therapy = models.ForeignKey(Therapy, models.CASCADE, related_name="evidence")
    condition = models.ForeignKey(Condition, models.CASCADE, related_name="evidence")
    strength = models.CharField(max_length=8, choices=Strength)
    sentence = models.TextField(help_text="What was found, in one plain sentence.")
    references = models.ManyToManyField(Reference, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)

    objects = PartManager()

    class Meta:
        verbose_name_plural = "evidence"
        ordering = ["condition__name"]
        constraints = [
            models.UniqueConstraint(fields=["therapy", "condition"], name="one_evidence_a_pair")
        ]

    def __str__(self):
        return f"{self.therapy} for {self.condition}: {self.get_strength_display()}"

    @property
    def may_help(self):
        return self.strength not in (self.Strength.NONE, self.Strength.HARM)

    def natural_key(self):
        return (self.therapy.slug, self.condition.slug)

    natural_key.dependencies = ["therapies.therapy", "therapies.condition", "therapies.reference"]


class StartingPoint(Edited):
    """A sentence on the home page that a visitor may recognize, and where it leads."""

    text = models.CharField(max_length=80, unique=True)
    link = models.CharField(
        max_length=200,
        validators=[
            RegexValidator(r"^/[^/\\]", "A path on this site, such as /conditions/chronic-pain/.")
        ],
    )
    order = models.PositiveSmallIntegerField(default=0)

    objects = TextManager()

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self):
        return self.text

    def natural_key(self):
        return (self.text,)


def lines(text):
    """The non-empty lines of a field that holds one thing a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]
