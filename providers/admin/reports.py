"""What visitors sent: corrections, and places they think should be listed."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils.text import slugify

from providers import corrections
from providers.changes import listing_changes
from providers.deciding import taken
from providers.models import Correction, OldSlug, Provider, SuggestedPlace

from .queues import QueueAdmin, listing_link


class ReportForm(forms.ModelForm):
    """An outcome needs a sentence for whoever has the code."""

    class Meta:
        widgets = {"resolution": forms.Textarea(attrs={"rows": 3, "cols": 60})}

    def clean(self):
        data = super().clean()
        status = data.get("status")
        if status in self.instance.CLOSED and not (data.get("resolution") or "").strip():
            self.add_error("resolution", "Say in a sentence what was found, before you close it.")
        if status == "received" and self.instance.status != "received":
            self.add_error("status", "It was taken up already. Choose what was found.")
        return data


class SuggestionForm(ReportForm):
    def clean(self):
        data = super().clean()
        made = self.instance.provider
        if data.get("status") == SuggestedPlace.Status.LISTED and not (made and made.is_published):
            self.add_error("status", "First make a draft listing from it, and publish that.")
        return data


class ReportAdmin(QueueAdmin):
    """Status and resolution are the form; what they do is done by `providers.corrections`."""

    form = ReportForm
    editable = ("owner", "status", "resolution")
    verbs = ["take_up"]

    def save_model(self, request, obj, form, change):
        status, resolution = obj.status, obj.resolution
        still_open = self.model.objects.open().filter(pk=obj.pk)
        still_open.update(owner=obj.owner, resolution=resolution)
        if "status" not in form.changed_data:
            return
        try:
            if status in obj.CLOSED:
                corrections.close(obj, status, resolution, request.user)
            else:
                corrections.take_up(obj, obj.owner or request.user)
        except corrections.Closed as error:
            self.message_user(request, str(error), messages.ERROR)

    @admin.action(description="Accept: it is being checked", permissions=["change"])
    def take_up(self, request, queryset):
        def verb(item):
            try:
                corrections.take_up(item, request.user)
            except corrections.Closed as error:
                raise ValidationError(str(error)) from None

        self.each(request, queryset, verb, "Being checked")


@admin.register(Correction)
class CorrectionAdmin(ReportAdmin):
    list_display = ["__str__", "message", "status", "owner", "age"]
    list_select_related = ["provider", "owner"]
    list_filter = [*QueueAdmin.list_filter, "status", "aspect"]
    search_fields = ["code", "provider__name", "provider__city"]
    actions = ["take_up", "take"]
    fields = [
        "listing",
        ("aspect", "code"),
        "message",
        "owner",
        "status",
        "resolution",
        ("created_at", "closed_at"),
    ]


@admin.register(SuggestedPlace)
class SuggestedPlaceAdmin(ReportAdmin):
    form = SuggestionForm
    list_display = ["name", "city", "state", "status", "listing", "owner", "age"]
    list_select_related = ["provider", "owner"]
    list_filter = [*QueueAdmin.list_filter, "status"]
    search_fields = ["code", "name", "city"]
    actions = ["make_draft", "take_up", "take"]
    verbs = ["make_draft", "take_up"]
    fields = [
        ("name", "code"),
        ("city", "state"),
        ("phone", "website"),
        "message",
        "listing",
        "owner",
        "status",
        "resolution",
        ("created_at", "closed_at"),
    ]

    @admin.display(description="listing", ordering="provider__name")
    def listing(self, item):
        return listing_link(item.provider)

    @admin.action(description="Make a draft listing from it", permissions=["draft"])
    def make_draft(self, request, queryset):
        items = list(queryset)
        self.each(request, items, lambda item: draft_from(item, by=request.user), "Draft made")
        if len(items) == 1 and items[0].provider_id:
            return redirect("admin:providers_provider_change", items[0].provider_id)
        return None

    def has_draft_permission(self, request):
        may_add = request.user.has_perm("providers.add_provider")
        return may_add and self.has_change_permission(request)


def draft_from(item, *, by):
    """A draft with what was sent; whoever makes it looks into it."""
    with listing_changes() as changed:
        if taken(item).provider_id:
            raise ValidationError("A listing was made from it already.")
        item.provider = Provider.objects.create(
            name=item.name,
            slug=_free_slug(item),
            kind="Place",
            city=item.city,
            state=item.state,
            phone=item.phone,
            website=item.website,
            precision=Provider.Precision.NONE,
            keeper=by,
        )
        changed.add(item.provider.pk)
        item.owner, item.status = by, SuggestedPlace.Status.CHECKING
        item.save(update_fields=["provider", "owner", "status"])


def _free_slug(item):
    base = slugify(f"{item.name[:100]} {item.city} {item.state}")[:150] or "place"
    slug, n = base, 1
    while Provider.objects.filter(slug=slug).exists() or OldSlug.objects.filter(slug=slug).exists():
        n += 1
        slug = f"{base}-{n}"
    return slug
