"""The form of a therapy page."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms import CheckboxSelectMultiple

from therapies import publishing
from therapies.models import OldSlug, Therapy
from trupaths.pictures import PicturesForm

from .histories import WithHistory
from .parts import EvidenceInline, FAQInline, PointInline, ReferenceInline, make_room
from .publishing import WithPublishing
from .shared import ContentAdmin, each_in_turn
from .together import WrittenTogether
from .waiting import ReviewFilter, StateFilter


class TherapyForm(PicturesForm):
    """`refusal` is why this form may not be saved as it is, however valid its fields."""

    pictures = (
        ("overview_figure", "overview_alt"),
        ("overview_figure_narrow", "overview_alt"),
        ("sessions_picture", "sessions_alt"),
    )
    refusal = ()

    def clean(self):
        data = super().clean()
        for say in self.refusal:
            self.add_error(None, say)
        return data

    def clean_slug(self):
        slug = self.cleaned_data["slug"]
        other = OldSlug.objects.filter(slug=slug).exclude(therapy=self.instance.pk).first()
        if other:
            raise ValidationError(f"“{slug}” was the address of {other.therapy}, and leads there.")
        return slug


@admin.register(Therapy)
class TherapyAdmin(WrittenTogether, WithPublishing, WithHistory, ContentAdmin):
    form = TherapyForm
    list_display = ["__str__", "short_name", "kind", "state", "reviewed_on", "review_due_on"]
    list_filter = [StateFilter, ReviewFilter, "kind"]
    search_fields = ["name", "name_suffix", "short_name", "also_known_as"]
    date_hierarchy = "review_due_on"
    prepopulated_fields = {"slug": ["short_name"]}
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
            {"fields": [("author", "reviewed_by"), ("reviewed_on", "review_due_on")]},
        ),
        ("Best for", {"fields": ["best_for_text", "best_for"]}),
        ("Often combined with", {"fields": ["combined_text", "combined_with"]}),
        (
            "At a glance",
            {
                "fields": [
                    "session_format",
                    ("in_person", "virtual", "individual", "group", "couple", "family"),
                    "cadence",
                    "duration",
                    ("weeks_from", "weeks_to"),
                    "home_practice",
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

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        # Boxes to tick: named for everyone, and at work without a script.
        kwargs["widget"] = CheckboxSelectMultiple
        if db_field.name == "combined_with":
            kwargs["queryset"] = Therapy.objects.filter(replaces=None)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def has_publish_permission(self, request, obj=None):
        return request.user.has_perm("therapies.publish_therapy")

    def has_change_permission(self, request, obj=None):
        """What visitors read, and what was taken from them, is changed by who may publish; and by
        nobody while a new version of it is being written."""
        allowed = super().has_change_permission(request, obj)
        if not allowed or obj is None or obj.is_draft:
            return allowed
        return self.has_publish_permission(request) and not obj.has_new_version

    def has_delete_permission(self, request, obj=None):
        """A therapy that places offer is archived, not deleted: listings would lose a service."""
        allowed = super().has_delete_permission(request, obj)
        return allowed and obj is not None and not obj.services.exists()

    def get_readonly_fields(self, request, obj=None):
        """Who may publish may give a page another address: the old one redirects."""
        fixed = super().get_readonly_fields(request, obj)
        return () if self.has_publish_permission(request) else fixed

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if change and "slug" in form.changed_data:
            # An address that is in use again redirects no longer.
            OldSlug.objects.filter(slug=obj.slug).delete()
            OldSlug.objects.create(slug=form.initial["slug"], therapy=obj)

    def save_formset(self, request, form, formset, change):
        make_room(formset)
        super().save_formset(request, form, formset, change)

    @admin.action(description="Publish the chosen therapies", permissions=["publish"])
    def publish(self, request, queryset):
        self._each(request, queryset, publishing.publish, "Published")

    @admin.action(description="Take the chosen therapies back to draft", permissions=["publish"])
    def withdraw(self, request, queryset):
        self._each(request, queryset, publishing.back_to_draft, "Taken back to draft")

    def _each(self, request, queryset, step, done):
        def act(therapy):
            page = step(therapy, by=request.user) or therapy
            self.log_step(request, page, f"{done}.")

        each_in_turn(self, request, queryset, act, done)
