"""What all queues share; and two of them: proposals and suspicious points."""

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.utils import flatten
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.html import format_html

from providers import editing, origins, proposals
from providers.changes import listing_changes
from providers.deciding import close, taken
from providers.imports.revising import held
from providers.models import Place, Proposal, SuspiciousPoint
from therapies.admin import each_in_turn

from .words import Words, only_staff


class StateFilter(admin.SimpleListFilter):
    """Open, unless asked for the rest."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [("open", "Open"), ("closed", "Closed"), ("all", "All")]

    def choices(self, changelist):
        for value, title in self.lookup_choices:
            yield {
                "selected": (self.value() or "open") == value,
                "query_string": changelist.get_query_string({self.parameter_name: value}),
                "display": title,
            }

    def queryset(self, request, queryset):
        return {
            "closed": queryset.exclude(closed_at=None),
            "all": queryset,
        }.get(self.value(), queryset.filter(closed_at=None))


class OwnerFilter(admin.SimpleListFilter):
    title = "owner"
    parameter_name = "whose"

    def lookups(self, request, model_admin):
        return [("mine", "Mine"), ("nobody", "Nobody’s")]

    def queryset(self, request, queryset):
        owners = {"mine": request.user, "nobody": None}
        return queryset.filter(owner=owners[self.value()]) if self.value() in owners else queryset


class QueueAdmin(admin.ModelAdmin):
    """Items come by themselves and are closed by an action, in the list or on their own page.

    `verbs` are the actions that an open item offers as buttons, `editable` the fields of its form.
    """

    list_filter = [StateFilter, OwnerFilter]
    list_per_page = 50
    show_full_result_count = False
    change_form_template = "admin/providers/queue_item.html"
    verbs = ()
    editable = ("owner",)

    def has_add_permission(self, request):
        return False

    def has_listing_permission(self, request):
        """Who decides an item in a way that changes a listing must be allowed to do that, too."""
        may_change = request.user.has_perm("providers.change_provider")
        return may_change and self.has_change_permission(request)

    def get_actions(self, request):
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)  # closed items are the memory of the queue
        return actions

    def get_readonly_fields(self, request, obj=None):
        editable = self.editable if obj is None or obj.closed_at is None else ()
        return [name for name in flatten(self.fields) if name not in editable]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        return only_staff(super().formfield_for_foreignkey(db_field, request, **kwargs), db_field)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        actions = self.get_actions(request)
        verbs = [(name, actions[name][2]) for name in (*self.verbs, "take") if name in actions]
        context = {"verbs": verbs, "title": self.opts.verbose_name.capitalize()}
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))

    @admin.display(description="age, days", ordering="created_at")
    def age(self, item):
        return item.age

    @admin.display(description="listing", ordering="provider__name")
    def listing(self, item):
        return listing_link(item.provider)

    @admin.action(description="Take it: I look into it", permissions=["change"])
    def take(self, request, queryset):
        items = list(queryset.filter(closed_at=None))
        self.model.objects.filter(pk__in=[item.pk for item in items]).update(owner=request.user)
        message = f"Taken by {request.user}."
        LogEntry.objects.log_actions(request.user.pk, items, CHANGE, change_message=message)
        self.message_user(request, f"{len(items)} are yours now.", messages.SUCCESS)

    def each(self, request, queryset, verb, done):
        def act(item):
            verb(item)
            self.log_change(request, item, f"{done}.")

        each_in_turn(self, request, queryset, act, done)


def listing_link(provider):
    if provider is None:
        return None
    url = reverse("admin:providers_provider_change", args=[provider.pk])
    return format_html('<a href="{}">{}</a>, {}', url, provider, provider.town)


class ProposalList(ChangeList):
    def get_results(self, request):
        super().get_results(request)
        self.result_list = beside(list(self.result_list))


def beside(items):
    """Give each proposal its field, what stands now and what is proposed, in words."""
    known, words = held({item.provider_id for item in items}), Words()
    for item in items:
        now = editing.fields_of(known[item.provider_id]).get(item.field)
        item.in_words = (
            words.label(item.field),
            words.value(item.field, now),
            words.value(item.field, item.value),
        )
    return items


@admin.register(Proposal)
class ProposalAdmin(QueueAdmin):
    list_display = ["what", "listing", "now", "proposed", "says", "as_of", "owner", "age"]
    list_select_related = ["provider", "source", "owner"]
    list_filter = [*QueueAdmin.list_filter, "source", "field"]
    search_fields = ["provider__name", "provider__city"]
    actions = ["accept", "decline", "take"]
    verbs = ["accept", "decline"]
    fields = [
        "listing",
        "what",
        ("now", "proposed"),
        ("says", "as_of"),
        "reason",
        "owner",
        ("created_at", "closed_at", "outcome"),
    ]

    def get_changelist(self, request, **kwargs):
        return ProposalList

    def get_object(self, request, object_id, from_field=None):
        item = super().get_object(request, object_id, from_field)
        return item and beside([item])[0]

    @admin.display(description="field", ordering="field")
    def what(self, item):
        return item.in_words[0]

    @admin.display(description="stands now")
    def now(self, item):
        return item.in_words[1]

    @admin.display(description="proposed")
    def proposed(self, item):
        return item.in_words[2]

    @admin.display(description="who says so", ordering="source")
    def says(self, item):
        return item.source or "the place itself"

    @admin.action(description="Accept: set the field as proposed", permissions=["listing"])
    def accept(self, request, queryset):
        by = request.user.get_username()
        self.each(request, queryset, lambda item: proposals.accept(item, by=by), "Accepted")

    @admin.action(description="Decline: it stays as it is", permissions=["change"])
    def decline(self, request, queryset):
        self.each(request, queryset, proposals.decline, "Declined")


@admin.register(SuspiciousPoint)
class SuspiciousPointAdmin(QueueAdmin):
    list_display = ["__str__", "listing", "zip", "point", "in_use", "source", "owner", "age"]
    list_select_related = ["provider", "source", "owner"]
    list_filter = [*QueueAdmin.list_filter, "source"]
    search_fields = ["provider__name", "provider__city", "provider__zip"]
    actions = ["use", "leave", "take"]
    verbs = ["use", "leave"]
    fields = [
        "listing",
        ("street", "zip"),
        "source",
        ("point", "off"),
        ("in_use", "middle"),
        "owner",
        ("created_at", "closed_at", "outcome"),
    ]

    @admin.display(ordering="provider__street")
    def street(self, item):
        return item.provider.street

    @admin.display(description="ZIP code", ordering="provider__zip")
    def zip(self, item):
        return item.provider.zip

    @admin.display(description="miles from the middle of the ZIP code", ordering="miles")
    def off(self, item):
        return f"{item.miles:,.0f}"

    @admin.display(description="point of the source")
    def point(self, item):
        return degrees(item.lat, item.lon)

    @admin.display(description="in use now")
    def in_use(self, item):
        provider = item.provider
        if provider.lat is None:
            return "no point"
        precision = provider.get_precision_display()
        return f"{degrees(provider.lat, provider.lon)} ({precision.lower()})"

    @admin.display(description="middle of the ZIP code")
    def middle(self, item):
        place = Place.objects.filter(kind=Place.Kind.ZIP, zip=item.provider.zip).first()
        return degrees(place.lat, place.lon) if place else "not known"

    @admin.action(description="Use the point: it is right", permissions=["listing"])
    def use(self, request, queryset):
        by = request.user.get_username()
        self.each(request, queryset, lambda item: use_point(item, by=by), "The point is used")

    @admin.action(description="Leave: the ZIP code is right", permissions=["change"])
    def leave(self, request, queryset):
        self.each(request, queryset, leave_point, "The ZIP code is right")


def degrees(lat, lon):
    return f"{lat:.4f}, {lon:.4f}"


def use_point(item, *, by):
    """A person says that the listing stands where the source has it."""
    with listing_changes() as changed:
        item = taken(item)
        if item.provider.confidential_address:
            raise ValidationError("The address is confidential: no point is kept.")
        editing.put(item.provider_id, {"point": [item.lat, item.lon]})
        origins.mark({item.provider_id: ["point"]}, by=by)
        changed.add(item.provider_id)
        close(item, SuspiciousPoint.Outcome.USED)


def leave_point(item):
    with transaction.atomic():
        close(taken(item), SuspiciousPoint.Outcome.LEFT)
