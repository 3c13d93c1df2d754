"""Staff keep listings here. Every change goes through `listing_changes()`."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.views.main import ORDER_VAR, ChangeList
from django.db import models
from django.shortcuts import redirect
from django.utils import timezone

from providers import checking, editing
from providers.changes import listing_changes
from providers.forms import Lines
from providers.hidden import tells_street
from providers.imports.records import TEXTS
from providers.models import Check, ListingSource, OldSlug, Provider, ProviderTerm, Service
from therapies.admin import LINKS, SharedChoices, StaffEdits, log_status
from trupaths.pictures import PicturesForm

from .spreadsheets import ListingSheets
from .words import only_staff, sides, unquoted


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


class AnswerForm(forms.ModelForm):
    """Of an answer that is saved the term stays: its row offers no other.

    A listing from a directory has sixty answers, and each could offer all terms there are.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk and "term" in self.fields:
            self.fields["term"].choices = [(self.instance.term_id, str(self.instance.term))]


class TermInline(SharedChoices, admin.TabularInline):
    model = ProviderTerm
    form = AnswerForm
    fields = ["term", "answer", "note"]
    ordering = ["term__facet", "term__order", "term__name"]
    verbose_name = "answer"
    verbose_name_plural = "what it says (nothing: not stated)"
    extra = 0

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("term")


class CheckForm(forms.ModelForm):
    def clean_checked_on(self):
        day = self.cleaned_data["checked_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("This day is yet to come. Give the day of the check.")
        return day


class CheckInline(admin.TabularInline):
    model = Check
    form = CheckForm
    fields = ["aspect", "checked_on", "how", "by"]
    extra = 0


TELLS = "The address is confidential, but this tells a street. Take the street out of it."


class ProviderForm(PicturesForm):
    """`seen` says how the listing stood when the form was opened: an old form puts nothing back."""

    pictures = (("picture", "picture_alt"),)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["seen"] = editing.fingerprint(self.instance.pk)

    def clean(self):
        data = super().clean()
        seen = data.pop("seen", "")
        if self.instance.pk and seen and seen != self.initial["seen"]:
            raise forms.ValidationError(
                "This listing was changed after you opened it: by a colleague, an import, or the "
                "place itself. Nothing was saved. Open it in a new tab, see what is new, and type "
                "there what is still to be changed.",
                code="changed",
            )
        if data.get("confidential_address"):
            for name in TEXTS:
                if tells_street(data.get(name) or "", data.get("street") or self.instance.street):
                    self.add_error(name, TELLS)
            nowhere = Provider.Precision.NONE
            return data | {"street": "", "lat": None, "lon": None, "precision": nowhere}
        if self.errors:
            return data
        changed = set(self.changed_data) if self.instance.pk else set()
        placed = data | editing.placed(data, changed)
        if not self.instance.pk or changed.intersection((*editing.TOWN, *editing.POINT)):
            for name, sentence in editing.misplaced(placed).items():
                self.add_error(name, sentence)
        return placed


class DueFilter(admin.SimpleListFilter):
    """Listings that a person should call again; `ProviderAdmin.get_ordering`: the worst first."""

    title = "checks"
    parameter_name = "due"

    def lookups(self, request, model_admin):
        return [("contact", "Overdue"), ("mine", "Overdue, mine"), ("nobody", "Overdue, nobody's")]

    def queryset(self, request, queryset):
        if self.value() is None:
            return queryset
        due = checking.overdue(queryset)
        keepers = {"mine": {"keeper": request.user}, "nobody": {"keeper": None}}
        return due.filter(**keepers.get(self.value(), {}))


class OverdueList(ChangeList):
    def get_ordering_field_columns(self):
        """No column is marked as sorted, unless a person chose one: see `get_ordering`."""
        return super().get_ordering_field_columns() if ORDER_VAR in self.params else {}


@admin.register(Provider)
class ProviderAdmin(ListingSheets, StaffEdits):
    form = ProviderForm
    formfield_overrides = LINKS | {models.TextField: {"form_class": Lines}}
    list_display = ["name", "kind", "town", "status", "demonstration", "last_checked"]
    list_filter = [DueFilter, "status", "demonstration", "state"]
    search_fields = ["name", "slug", "city", "zip", "phone"]
    show_full_result_count = False
    prepopulated_fields = {"slug": ["name"]}
    raw_id_fields = ["organization"]  # thousands; and it needs no script
    readonly_fields = ["created_at", "updated_at"]
    inlines = [ServiceInline, TermInline, CheckInline]
    actions = ["called", "called_all", "take", "publish", "withdraw"]
    save_on_top = True
    fieldsets = [
        (
            "Listing",
            {
                "fields": [
                    ("name", "slug"),
                    ("kind", "organization"),
                    ("status", "demonstration"),
                    "keeper",
                    "summary",
                    "description",
                    ("picture", "picture_alt"),
                    "seen",
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
        return super().get_queryset(request).select_related("keeper").prefetch_related("checks")

    def get_changelist(self, request, **kwargs):
        return OverdueList if "due" in request.GET else ChangeList

    def get_list_display(self, request):
        if "due" in request.GET:
            return ["name", "town", "phone", "contact_checked", "age", "keeper"]
        return super().get_list_display(request)

    def get_ordering(self, request):
        if "due" in request.GET:
            return [checking.WORST_FIRST, "created_at"]
        return super().get_ordering(request)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        return only_staff(super().formfield_for_foreignkey(db_field, request, **kwargs), db_field)

    @admin.display(description="last checked")
    def last_checked(self, provider):
        check = provider.last_check
        return check and check.checked_on

    @admin.display(description="contact checked", empty_value="never")
    def contact_checked(self, provider):
        return provider.contact_checked

    @admin.display(description="age, days")
    def age(self, provider):
        since = provider.contact_checked or timezone.localdate(provider.created_at)
        return (timezone.localdate() - since).days

    def view_on_site(self, obj):
        return obj.get_absolute_url()

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        context = extra_context or {}
        if object_id and request.method == "GET":
            context |= {"said": sides(object_id), "aspects": Check.Aspect.choices}
        return super().changeform_view(request, object_id, form_url, context)

    def delete_view(self, request, object_id, extra_context=None):
        sources = ListingSource.objects.filter(provider=unquoted(object_id), gone_from="")
        context = {"sources": sources.select_related("source")} | (extra_context or {})
        return super().delete_view(request, object_id, context)

    def save_model(self, request, obj, form, change):
        form.before = editing.snapshot([obj.pk]) if change else {}
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
            key = form.instance.pk
            editing.record({key: form.before.get(key, {})}, by=request.user.get_username())
            changed.add(key)
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

    @admin.action(description="Called, still right: contact", permissions=["change"])
    def called(self, request, queryset):
        """From a list, or by the button on one listing, which names the aspects."""
        if "from_page" not in request.POST:
            return self._checked(request, queryset, [Check.Aspect.CONTACT])
        named = request.POST.getlist("aspects")
        self._checked(request, queryset, [one for one in Check.Aspect.values if one in named])
        return redirect("admin:providers_provider_change", request.POST["_selected_action"])

    @admin.action(description="Called, still right: all four aspects", permissions=["change"])
    def called_all(self, request, queryset):
        self._checked(request, queryset, Check.Aspect.values)

    @admin.action(description="Take them: I keep these listings", permissions=["change"])
    def take(self, request, queryset):
        count = queryset.order_by().update(keeper=request.user)
        self.message_user(request, f"{count} are yours now.", messages.SUCCESS)

    def _checked(self, request, queryset, aspects):
        providers = list(queryset.filter(demonstration=False))  # nobody answers for an example
        if not (providers and aspects):
            say = "Nothing was recorded: name what was right, of places that are real."
            self.message_user(request, say, messages.WARNING)
            return
        checking.record([p.pk for p in providers], aspects, by=request.user.get_username())
        words = ", ".join(Check.Aspect(aspect).label.lower() for aspect in aspects)
        LogEntry.objects.log_actions(
            request.user.pk, providers, CHANGE, change_message=f"Called, still right: {words}."
        )
        self.message_user(
            request, f"Checked today by call ({words}): {len(providers)}.", messages.SUCCESS
        )

    def _set_status(self, request, queryset, status):
        with listing_changes() as changes:
            changed = list(queryset.exclude(status=status))
            before = editing.snapshot([provider.pk for provider in changed])
            for provider in changed:
                provider.status, provider.edited_at = status, timezone.now()
                provider.save(update_fields=["status", "edited_at", "updated_at"])
                changes.add(provider.pk)
            editing.record(before, by=request.user.get_username())
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
