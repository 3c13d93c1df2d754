"""A therapy page: everything on it that is not a list of parts."""

import re

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from .base import Edited, SessionFormat, SlugManager, lines
from .conditions import Condition

_bracketed = re.compile(r"\s*\([^)]*\)")


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
            "evidence__condition",
            "evidence__references",
        )

    def for_desk(self):
        """Everything the desk asks of a page: its parts, and the checks it is excused from."""
        return self.with_parts().prefetch_related("waivers")


class TherapyManager(models.Manager.from_queryset(TherapyQuerySet), SlugManager):
    def get_by_natural_key(self, slug):
        """By its address, or by one that it had before staff gave it another."""
        try:
            return super().get_by_natural_key(slug)
        except Therapy.DoesNotExist:
            return self.get(old_slugs__slug=slug)


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
    weeks_from = models.PositiveSmallIntegerField(
        "usual length from, weeks",
        null=True,
        blank=True,
        help_text="Empty: it has no usual length.",
    )
    weeks_to = models.PositiveSmallIntegerField("to, weeks", null=True, blank=True)
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
    waiting = models.TextField(
        blank=True, help_text="How long people usually wait, and what they can do meanwhile."
    )
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
    # A draft that takes the place of this page when it is published (versions.py).
    replaces = models.OneToOneField(
        "self", models.CASCADE, null=True, editable=False, related_name="new_version"
    )

    objects = TherapyManager()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "therapies"
        permissions = [("publish_therapy", "Can publish therapy")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(slug__in=("compare", "preview")),
                name="therapy_slug_not_reserved",
                violation_error_message="“compare” and “preview” are addresses of the site: "
                "choose another slug.",
            ),
            models.CheckConstraint(
                condition=Q(weeks_from=None) | Q(weeks_to=None) | Q(weeks_from__lte=F("weeks_to")),
                name="therapy_weeks_in_order",
                violation_error_message="The fewest weeks come first.",
            ),
        ]

    def __str__(self):
        version = " (new version)" if self.replaces_id else ""
        return f"{self.name} {self.name_suffix}".strip() + version

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
    def state(self):
        """Its status in words; what is published and not yet seen is scheduled."""
        if self.status == self.Status.PUBLISHED and not self.is_published:
            return "Scheduled"
        return self.get_status_display()

    @cached_property
    def has_new_version(self):
        """Is a draft being written that will take its place?"""
        return Therapy.objects.filter(replaces=self).exists()

    @property
    def is_draft(self):
        """Still being written: editors may change it."""
        return self.status in (self.Status.DRAFT, self.Status.IN_REVIEW)

    @property
    def names(self):
        """All names a person may type; a name also without its abbreviation in brackets."""
        full = _bracketed.sub("", self.name)
        names = [self.short_name, self.name, full, str(self), *lines(self.also_known_as)]
        return list(dict.fromkeys(names))

    def points_in(self, section):
        """Its points of one `TherapyPoint.Section`, in order."""
        return [point for point in self.points.all() if point.section == section]

    @property
    def goals(self):
        return self.points_in("goal")

    @property
    def benefits(self):
        return self.points_in("benefit")

    @property
    def steps(self):
        return self.points_in("step")

    @property
    def candidates(self):
        return self.points_in("candidate")
