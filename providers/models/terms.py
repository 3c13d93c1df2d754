"""What a listing may say yes or no to."""

from django.db import models

from therapies.models import Edited, lines


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
    searched_as = models.TextField(
        blank=True,
        help_text="Everyday words that people type for it and that we do not print, one a line.",
    )
    order = models.PositiveSmallIntegerField(
        default=0,
        help_text="Lower comes first. From 100 on, a listing shows it only where it says so or no.",
    )

    objects = TermManager()

    class Meta:
        ordering = ["facet", "order", "name"]
        constraints = [models.UniqueConstraint(fields=["facet", "slug"], name="one_term_a_slug")]

    def __str__(self):
        return f"{self.get_facet_display()}: {self.name}"

    def natural_key(self):
        return (self.facet, self.slug)

    @property
    def names(self):
        """All that finds it, printed or not."""
        return [self.name, *lines(self.searched_as)]
