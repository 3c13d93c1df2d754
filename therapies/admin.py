"""Staff write therapy pages here. Every change goes through `content_changes()`."""

from django import forms
from django.contrib import admin, messages
from django.db import models
from django.utils import timezone

from .library import content_changes
from .models import (
    FAQ,
    Condition,
    Evidence,
    Reference,
    StartingPoint,
    Therapy,
    TherapyPoint,
)
from .pictures import PicturesForm

# An address typed without a scheme is https.
LINKS = {models.URLField: {"assume_scheme": "https"}}


class SharedChoices:
    """Rows of an inline share one list of choices; a plain select asks the database for each."""

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        for field in formset.form.base_fields.values():
            if isinstance(field, forms.ModelChoiceField):
                field.choices = list(field.choices)
        return formset


class StaffEdits(admin.ModelAdmin):
    """What is saved here was edited by staff: loading a fixture again keeps it."""

    def save_model(self, request, obj, form, change):
        obj.edited_at = timezone.now()
        super().save_model(request, obj, form, change)


class ContentAdmin(StaffEdits):
    """What visitors read: saved together with its parts, and the content version rises.

    An address stays once it was given: links lead there, and fixtures know the page by it.
    """

    def get_readonly_fields(self, request, obj=None):
        fixed = ("slug",) if obj and self.prepopulated_fields else ()
        return (*super().get_readonly_fields(request, obj), *fixed)

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else super().get_prepopulated_fields(request, obj)

    def save_related(self, request, form, formsets, change):
        with content_changes():
            super().save_related(request, form, formsets, change)

    def delete_model(self, request, obj):
        with content_changes():
            super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        with content_changes():
            super().delete_queryset(request, queryset)


class PointForm(PicturesForm):
    pictures = (("picture", "picture_alt"),)


class PointInline(admin.StackedInline):
    model = TherapyPoint
    form = PointForm
    fields = [("section", "order"), "title", "text", ("picture", "picture_alt")]
    ordering = ["section", "order", "pk"]
    extra = 0


class FAQInline(admin.StackedInline):
    model = FAQ
    fields = ["order", "question", "answer"]
    extra = 0


class ReferenceInline(admin.StackedInline):
    model = Reference
    fields = [("number", "year"), "citation", "url"]
    formfield_overrides = LINKS
    extra = 0


class EvidenceInline(SharedChoices, admin.StackedInline):
    model = Evidence
    fields = [("condition", "strength"), "sentence", "references", ("checked_on", "due_on")]
    extra = 0

    def get_queryset(self, request):
        rows = super().get_queryset(request).select_related("therapy", "condition")
        return rows.prefetch_related("references")

    def get_formset(self, request, obj=None, **kwargs):
        self.therapy = obj
        return super().get_formset(request, obj, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        # Only the page's own references; a new one can be chosen once it is saved.
        kwargs["queryset"] = Reference.objects.filter(therapy=self.therapy)
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class TherapyForm(PicturesForm):
    pictures = (
        ("overview_figure", "overview_alt"),
        ("overview_figure_narrow", "overview_alt"),
        ("sessions_picture", "sessions_alt"),
    )


@admin.register(Therapy)
class TherapyAdmin(ContentAdmin):
    form = TherapyForm
    list_display = ["__str__", "short_name", "kind", "status", "reviewed_on", "review_due_on"]
    list_filter = ["status", "kind"]
    search_fields = ["name", "name_suffix", "short_name", "also_known_as"]
    date_hierarchy = "review_due_on"
    prepopulated_fields = {"slug": ["short_name"]}
    filter_horizontal = ["best_for", "combined_with"]
    inlines = [PointInline, FAQInline, ReferenceInline, EvidenceInline]
    actions = ["publish", "withdraw"]
    save_on_top = True
    fieldsets = [
        (
            "Name",
            {
                "fields": [
                    ("name", "name_suffix"),
                    ("short_name", "slug"),
                    "kind",
                    "also_known_as",
                    "headline",
                    "lead",
                ]
            },
        ),
        (
            "Review",
            {
                "fields": [
                    ("status", "publish_at"),
                    ("author", "reviewed_by"),
                    ("reviewed_on", "review_due_on"),
                ]
            },
        ),
        (
            "At a glance",
            {
                "fields": [
                    "best_for_text",
                    "best_for",
                    "session_format",
                    ("in_person", "virtual", "individual", "group", "couple", "family"),
                    "cadence",
                    "duration",
                    ("weeks_from", "weeks_to"),
                    "home_practice",
                    "combined_text",
                    "combined_with",
                    "evidence_summary",
                ]
            },
        ),
        (
            "What it works toward",
            {
                "fields": [
                    "goals_title",
                    "goals_intro",
                    "overview_figure",
                    "overview_figure_narrow",
                    "overview_alt",
                    "overview_caption",
                ]
            },
        ),
        ("How it helps", {"fields": ["benefits_title", "benefits_intro"]}),
        (
            "What happens in sessions",
            {
                "fields": [
                    "sessions_title",
                    "sessions_intro",
                    "sessions_picture",
                    "sessions_alt",
                    "sessions_caption",
                ]
            },
        ),
        ("Who it suits", {"fields": ["candidates_title", "candidates_intro"]}),
        (
            "Before you start",
            {
                "fields": [
                    "before_you_start",
                    "who_should_be_careful",
                    "risks",
                    "alternatives",
                    "typical_cost",
                    "waiting",
                    "questions_to_ask",
                    "credentials_to_look_for",
                ]
            },
        ),
        ("Why we highlight it", {"fields": ["highlight_title", "why_we_highlight"]}),
        ("Questions and finding a place", {"fields": ["faqs_title", "find_title", "find_call"]}),
    ]

    def view_on_site(self, obj):
        # Also for a draft: the page shows staff a preview at the ordinary address.
        return obj.get_absolute_url()

    def has_delete_permission(self, request, obj=None):
        """A therapy that places offer is archived, not deleted: listings would lose a service."""
        allowed = super().has_delete_permission(request, obj)
        return allowed and obj is not None and not obj.services.exists()

    @admin.action(description="Publish the chosen therapies", permissions=["change"])
    def publish(self, request, queryset):
        self._set_status(request, queryset, Therapy.Status.PUBLISHED)

    @admin.action(description="Withdraw the chosen therapies to draft", permissions=["change"])
    def withdraw(self, request, queryset):
        self._set_status(request, queryset, Therapy.Status.DRAFT)

    def _set_status(self, request, queryset, status):
        with content_changes():
            changed = list(queryset.exclude(status=status))
            for therapy in changed:
                therapy.status, therapy.edited_at = status, timezone.now()
                therapy.save(update_fields=["status", "edited_at", "updated_at"])
            log_status(self, request, changed)


def log_status(model_admin, request, changed):
    """A line in each history, and one sentence for the person who did it."""
    for obj in changed:
        model_admin.log_change(request, obj, f"Status: {obj.get_status_display()}.")
    one, many = model_admin.opts.verbose_name, model_admin.opts.verbose_name_plural
    count = f"{len(changed)} {one if len(changed) == 1 else many}"
    model_admin.message_user(request, f"{count} changed.", messages.SUCCESS)


@admin.register(Condition)
class ConditionAdmin(ContentAdmin):
    list_display = ["name", "parent"]
    list_select_related = ["parent"]
    search_fields = ["name", "also_known_as", "searched_as"]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["parent"]


@admin.register(StartingPoint)
class StartingPointAdmin(ContentAdmin):
    list_display = ["text", "link", "order"]
