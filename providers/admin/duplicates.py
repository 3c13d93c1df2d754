"""Two listings side by side: two places, or made one."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from providers import duplicates
from providers.imports.revising import held
from providers.models import PossibleDuplicate

from .queues import QueueAdmin, listing_link
from .words import Words, unquoted


@admin.register(PossibleDuplicate)
class PossibleDuplicateAdmin(QueueAdmin):
    list_display = ["__str__", "one", "other", "why", "owner", "age"]
    list_select_related = ["first", "second", "owner"]
    list_filter = [*QueueAdmin.list_filter, "why"]
    search_fields = ["first__name", "second__name", "first__city", "first__zip"]
    actions = ["keep_apart", "take"]
    verbs = ["keep_apart"]
    fields = ["one", "other", "why", "owner", ("created_at", "closed_at", "outcome")]

    @admin.display(description="first", ordering="first__name")
    def one(self, pair):
        return listing_link(pair.first)

    @admin.display(description="second", ordering="second__name")
    def other(self, pair):
        return listing_link(pair.second)

    @admin.action(description="They are two places", permissions=["change"])
    def keep_apart(self, request, queryset):
        self.each(request, queryset, duplicates.keep_apart, "Two places")

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Side by side, while the pair is open."""
        pair = self._pair(object_id)
        if pair is None or not pair.is_open or not self.has_change_permission(request, pair):
            return super().change_view(request, object_id, form_url, extra_context)
        if request.method == "POST":
            return self._merge(request, pair)
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": "One place, or two?",
            "pair": pair,
            "rows": side_by_side(pair),
            "may_merge": self.may_merge(request),
        }
        return TemplateResponse(request, "admin/providers/merge.html", context)

    def may_merge(self, request):
        """One listing changes, the other goes."""
        return request.user.has_perms(["providers.change_provider", "providers.delete_provider"])

    def _pair(self, object_id):
        pairs = PossibleDuplicate.objects.select_related("first", "second", "owner")
        return pairs.filter(pk=unquoted(object_id)).first()

    def _merge(self, request, pair):
        if not self.may_merge(request):
            raise PermissionDenied
        of_second = [
            name.removeprefix("choice-")
            for name, side in request.POST.items()
            if name.startswith("choice-") and side == "second"
        ]
        gone = f"{pair.second}, {pair.second.town} ({pair.second.slug})"
        try:
            duplicates.merge(pair, of_second, by=request.user.get_username())
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
            return redirect(request.path)
        self.log_change(request, pair.first, f"Merged with {gone}.")
        self.message_user(
            request, f"{gone} is part of this listing now; its address leads here.",
            messages.SUCCESS,
        )  # fmt: skip
        return redirect("admin:providers_provider_change", pair.first_id)


def side_by_side(pair):
    """What differs, each with both values in words and the side that is chosen unless told."""
    known = held([pair.first_id, pair.second_id])
    if len(known) < 2:
        raise Http404
    words = Words()
    return [
        {
            "name": name,
            "label": words.label(name),
            "first": words.value(name, mine),
            "second": words.value(name, other),
            "chosen": "second" if mine is None or _is_public(name, other) else "first",
        }
        for name, mine, other in duplicates.differing(known[pair.first_id], known[pair.second_id])
        if name != "confidential"
    ]


def _is_public(name, other):
    """What visitors see of one of the two they see of the one that remains."""
    return name == "status" and other == "published"
