"""The parts of a therapy page, in order, and the evidence behind it."""

from django.db import models

from .base import PartManager
from .conditions import Condition
from .therapies import Therapy


class Part(models.Model):
    """Something that belongs to one therapy page, in order."""

    key_fields = (
        "therapy__slug",
        "order",
    )
    order = models.PositiveSmallIntegerField(default=0)

    objects = PartManager()

    class Meta:
        abstract = True
        ordering = ["order", "pk"]

    def natural_key(self):
        return (self.therapy.slug, *(getattr(self, field) for field in self.key_fields[1:]))

    natural_key.dependencies = ["therapies.therapy"]


class TherapyPoint(Part):
    class Section(models.TextChoices):
        GOAL = "goal", "What it works toward"
        BENEFIT = "benefit", "How it helps"
        STEP = "step", "What happens in sessions"
        CANDIDATE = "candidate", "Who it suits"

    key_fields = ("therapy__slug", "section", "order")
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
    key_fields = (
        "therapy__slug",
        "number",
    )
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
        Strength.LIMITED: "Few, small or weak studies, or ones that cannot tell.",
        Strength.NONE: "Studied, and no effect was found.",
        Strength.HARM: "Studies found that it can do harm.",
    }

    IN_WORDS = {
        Strength.STRONG: "Strong evidence",
        Strength.SOME: "Some evidence",
        Strength.LIMITED: "Limited evidence",
        Strength.NONE: "No evidence found",
        Strength.HARM: "May harm",
    }

    key_fields = (
        "therapy__slug",
        "condition__slug",
    )
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
    def in_words(self):
        return self.IN_WORDS[self.strength]

    @property
    def may_help(self):
        return self.strength not in (self.Strength.NONE, self.Strength.HARM)

    def natural_key(self):
        return (self.therapy.slug, self.condition.slug)

    natural_key.dependencies = ["therapies.therapy", "therapies.condition", "therapies.reference"]
