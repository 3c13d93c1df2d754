"""What the cards of help say, as staff wrote it, and counts of nobody: no visitor's words."""

from django.conf import settings
from django.db import models


class CrisisCard(models.Model):
    """One version of a card. A version is never changed: an edit is the next one (see `cards`)."""

    key = models.CharField("card", max_length=20)
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    sentence = models.CharField(max_length=400)
    # [{"label": "Poison Help", "number": "1-800-222-1222"}, …]; 911 and 988 stand on every card.
    numbers = models.JSONField(default=list, blank=True)
    checked_on = models.DateField("numbers checked on", null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="written by",
    )

    class Meta:
        ordering = ["key", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="one_card_of_a_version")
        ]

    def __str__(self):
        return f"{self.key}, version {self.version}"


class Count(models.Model):
    """How often something came of a message on one day. `section` is an address of ours, or ""."""

    day = models.DateField(db_index=True)
    outcome = models.CharField(max_length=40)
    section = models.CharField(max_length=200, blank=True)
    n = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "count of answers"
        verbose_name_plural = "Tru AI: what came of questions"
        constraints = [
            models.UniqueConstraint(fields=["day", "outcome", "section"], name="one_count_of_a_day")
        ]
