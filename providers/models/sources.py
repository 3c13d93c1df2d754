"""Where listings come from: sources, what each says, the runs that read them."""

import secrets

from django.conf import settings
from django.db import models

from .listings import Provider


class SourceManager(models.Manager):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)


class Source(models.Model):
    """A directory that listings are taken from."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200, help_text="As in “no longer in the … of 2024”.")
    publisher = models.CharField(max_length=200, blank=True)
    website = models.URLField(blank=True)
    notice = models.TextField(blank=True, help_text="What its licence asks us to say.")

    objects = SourceManager()

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.slug,)


class ImportRun(models.Model):
    """One reading of one file. Its rows are committed in batches, each with its `position`."""

    class Status(models.TextChoices):
        RUNNING = "running", "Not finished"
        FINISHED = "finished", "Finished"
        UNDONE = "undone", "Taken back"

    source = models.ForeignKey(Source, models.PROTECT, related_name="runs")
    edition = models.CharField(max_length=40, help_text="As the source calls it: 2024.")
    as_of = models.DateField(help_text="The day from which the source says so.")
    file = models.CharField(max_length=200)
    file_hash = models.CharField(max_length=64)
    whole = models.BooleanField(
        default=False, help_text="The whole edition: who is not in it has left the directory."
    )
    status = models.CharField(max_length=8, choices=Status, default=Status.RUNNING)
    position = models.PositiveIntegerField(default=0, help_text="Rows read and committed.")
    counts = models.JSONField(default=dict)  # action -> rows
    problems = models.JSONField(default=dict)  # sentence -> rows
    token = models.CharField(max_length=64, default=secrets.token_hex)
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return f"Run {self.pk}: {self.file}"


class ListingSource(models.Model):
    """What one source says of one listing. A listing may have several."""

    provider = models.ForeignKey(Provider, models.CASCADE, related_name="sources")
    source = models.ForeignKey(Source, models.PROTECT, related_name="listings")
    identifier = models.CharField(max_length=120)
    edition = models.CharField(max_length=40)
    as_of = models.DateField()
    first_seen = models.DateField(help_text="The date of the edition that listed it first.")
    last_seen = models.DateField(help_text="The date of the edition that listed it last.")
    gone_from = models.CharField(
        max_length=40, blank=True, help_text="The edition that lists it no more."
    )
    said = models.JSONField(default=dict)
    content_hash = models.CharField(max_length=32)
    fingerprint = models.BigIntegerField(
        default=0, help_text="Of the row as it stood and of how it was read."
    )
    run = models.ForeignKey(ImportRun, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "identifier"], name="one_listing_an_identifier"
            )
        ]
        indexes = [models.Index(fields=["fingerprint"], name="listing_source_fingerprint")]

    def __str__(self):
        return f"{self.source}, {self.edition}"


class FieldOrigin(models.Model):
    """A person set this field. Without such a row, the sources of the listing did.

    `field` is named as in `Proposal`.
    """

    provider = models.ForeignKey(Provider, models.CASCADE, related_name="origins")
    field = models.CharField(max_length=80)
    set_on = models.DateField()
    by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "field"], name="one_origin_a_field")
        ]

    def __str__(self):
        return f"{self.field}: {self.by}, {self.set_on}"


class ImportRow(models.Model):
    """What a run did with a row of its file, if it did anything. Undone from `before`."""

    class Action(models.TextChoices):
        ADDED = "added", "Added"
        CHANGED = "changed", "Changed"
        REFUSED = "refused", "Refused"
        GONE = "gone", "No longer listed"
        SEEN = "seen", "Said the same in a newer edition"

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(help_text="The line or record in the file, from 1.")
    action = models.CharField(max_length=8, choices=Action)
    reason = models.CharField(max_length=240, blank=True)
    listing = models.ForeignKey(ListingSource, models.SET_NULL, null=True, related_name="+")
    before = models.JSONField(null=True)  # the source as it was
    wrote = models.JSONField(null=True)  # {field of the listing: what it was, is, who had set it}
    raw = models.JSONField(null=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["run", "action"], name="import_row_action")]

    def __str__(self):
        return f"{self.run}, row {self.number}: {self.action}"
