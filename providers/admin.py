"""Staff keep listings here. Every change goes through `listing_changes()`."""

from django.contrib import admin, messages
from django.utils import timezone

from therapies.admin import LINKS, SharedChoices, StaffEdits, log_status
from therapies.pictures import PicturesForm

from .changes import listing_changes
from .models import Check, OldSlug, Organization, Provider, ProviderTerm, Service, Term


class ServiceInline(SharedChoices, admin.StackedInline):
    model = Service
    fields = [
        ("therapy", "order"),
        ("in_person", "virtual", "individual", "group", "couple", "family"),
        ("accepting_new", "next_start"),
        ("price_low", "price_high", "price_unit"),
        ("sessions", "languages"),
        "note",
    ]
    extra = 0

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("provider", "therapy")


class TermInline(SharedChoices, admin.TabularInline):
    model = ProviderTerm
    fields = ["term", "answer", "note"]
    ordering = ["term__facet", "term__order", "term__name"]
    verbose_name = "answer"
    verbose_name_plural = "what it says (nothing: not stated)"
    extra = 0

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("term")


class CheckInline(admin.TabularInline):
    model = Check
    fields = ["aspect", "checked_on", "how", "by"]
    extra = 0


class ProviderForm(PicturesForm):
    pictures = (("picture", "picture_alt"),)


@admin.register(Provider)
class ProviderAdmin(StaffEdits):
    form = ProviderForm
    formfield_overrides = LINKS
    list_display = ["name", "kind", "town", "status", "demonstration", "last_checked"]
    list_filter = ["status", "demonstration", "state"]
    search_fields = ["name", "slug", "city", "zip", "phone"]
    show_full_result_count = False
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["organization"]
    readonly_fields = ["created_at", "updated_at"]
    inlines = [ServiceInline, TermInline, CheckInline]
    actions = ["publish", "withdraw"]
    save_on_top = True
    fieldsets = [
        (
            "Listing",
            {
                "fields": [
                    ("name", "slug"),
                    ("kind", "organization"),
                    ("status", "demonstration"),
                    "summary",
                    "description",
                    ("picture", "picture_alt"),
                ]
            },
        ),
        (
            "Address",
            {
                "fields": [
                    "confidential_address",
                    "street",
                    ("city", "state", "zip"),
                    ("lat", "lon", "precision"),
                ]
            },
        ),
        (
            "Contact",
            {"fields": [("phone", "intake_phone"), ("website", "email"), "hours"]},
        ),
        ("Record", {"fields": [("created_at", "updated_at")], "classes": ["collapse"]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("checks")

    @admin.display(description="last checked")
    def last_checked(self, provider):
        check = provider.last_check
        return check and check.checked_on

    def view_on_site(self, obj):
        return obj.get_absolute_url()

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if "slug" not in form.changed_data:
            return
        # An address that is in use again redirects no longer.
        OldSlug.objects.filter(slug=obj.slug).delete()
        if change:
            OldSlug.objects.update_or_create(slug=form.initial["slug"], defaults={"provider": obj})

    def save_related(self, request, form, formsets, change):
        # The admin's own transaction holds save_model too, so rows and index change together.
        with listing_changes() as changed:
            super().save_related(request, form, formsets, change)
            changed.add(form.instance.pk)
        self._say_examples_left(request, changed)

    def delete_model(self, request, obj):
        with listing_changes() as changed:
            changed.add(obj.pk)
            super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        with listing_changes() as changed:
            changed.update(queryset.values_list("pk", flat=True))
            super().delete_queryset(request, queryset)

    @admin.action(description="Publish the chosen listings", permissions=["change"])
    def publish(self, request, queryset):
        self._set_status(request, queryset, Provider.Status.PUBLISHED)

    @admin.action(description="Withdraw the chosen listings", permissions=["change"])
    def withdraw(self, request, queryset):
        self._set_status(request, queryset, Provider.Status.WITHDRAWN)

    def _set_status(self, request, queryset, status):
        with listing_changes() as changes:
            changed = list(queryset.exclude(status=status))
            for provider in changed:
                provider.status, provider.edited_at = status, timezone.now()
                provider.save(update_fields=["status", "edited_at", "updated_at"])
                changes.add(provider.pk)
            log_status(self, request, changed)
        self._say_examples_left(request, changes)

    def _say_examples_left(self, request, changes):
        if changes.examples_left:
            self.message_user(
                request,
                f"{changes.examples_left} examples were withdrawn, because a real place is "
                "published now. To have them back, withdraw the real ones, choose the examples and "
                "publish them.",
                messages.WARNING,
            )


class SharedAdmin(StaffEdits):
    """What many listings share: a change reaches the index, a deletion all who had it."""

    def listings_with(self, objects):
        raise NotImplementedError

    def save_related(self, request, form, formsets, change):
        with listing_changes() as changed:
            super().save_related(request, form, formsets, change)
            changed.vocabulary()

    def delete_model(self, request, obj):
        self.delete_queryset(request, self.model.objects.filter(pk=obj.pk))

    def delete_queryset(self, request, queryset):
        with listing_changes() as changed:
            changed.update(self.listings_with(queryset))
            changed.vocabulary()
            super().delete_queryset(request, queryset)


@admin.register(Organization)
class OrganizationAdmin(SharedAdmin):
    formfield_overrides = LINKS
    list_display = ["name", "website"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}

    def listings_with(self, organizations):
        found = Provider.objects.filter(organization__in=organizations)
        return set(found.values_list("pk", flat=True))


@admin.register(Term)
class TermAdmin(SharedAdmin):
    list_display = ["name", "facet", "meaning", "order"]
    list_filter = ["facet"]
    search_fields = ["name", "slug", "searched_as"]
    prepopulated_fields = {"slug": ["name"]}

    def listings_with(self, terms):
        found = ProviderTerm.objects.filter(term__in=terms)
        return set(found.values_list("provider", flat=True))
