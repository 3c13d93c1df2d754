"""Where listings come from: sources, runs, and the rows that were rejected."""

from django.contrib import admin
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode

from providers.deciding import taken
from providers.models import ImportRow, ImportRun, Source
from therapies.admin import LINKS, ReadOnly

from .queues import OwnerFilter, QueueAdmin, StateFilter


@admin.register(Source)
class SourceAdmin(admin.ModelAdmin):
    """A source comes with its first import; staff write what pages say of it."""

    formfield_overrides = LINKS
    list_display = ["name", "publisher", "slug"]
    fields = ["slug", "name", "publisher", "website", "notice"]
    readonly_fields = ["slug"]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnly):
    """Read-only: runs are made, resumed and taken back by commands."""

    list_display = ["__str__", "source", "edition", "as_of", "status", "position", "started_at"]
    list_filter = ["status", "source"]
    list_select_related = ["source"]
    show_full_result_count = False
    fields = [
        ("source", "edition", "as_of"),
        ("file", "file_hash"),
        ("status", "position", "whole"),
        ("started_at", "finished_at"),
        "what_it_did",
        "what_was_wrong",
    ]
    readonly_fields = ["started_at", "what_it_did", "what_was_wrong"]

    @admin.display(description="what it did")
    def what_it_did(self, run):
        told = ([self._told(run, action, count)] for action, count in run.counts.items())
        return format_html_join("", "<p>{}</p>", told) or "nothing"

    def _told(self, run, action, count):
        if action not in ImportRow.Action.values:
            return f"{action.capitalize()}: {count:,}"
        kept = {"state": "all", "run__id__exact": run.pk, "action__exact": action}
        rows = f"{reverse('admin:providers_importrow_changelist')}?{urlencode(kept)}"
        label = ImportRow.Action(action).label
        return format_html('<a href="{}">{}: {}</a>', rows, label, f"{count:,}")

    @admin.display(description="problems")
    def what_was_wrong(self, run):
        problems = sorted(run.problems.items(), key=lambda pair: -pair[1])
        told = ((sentence, f"{rows:,}") for sentence, rows in problems)
        return format_html_join("", "<p>{}: {}</p>", told) or "none"


@admin.register(ImportRow)
class ImportRowAdmin(QueueAdmin):
    """Rejected rows wait here; of a run, all that it did can be read."""

    list_display = ["number", "run", "reason", "action", "owner", "age"]
    list_display_links = ["number", "reason"]
    list_select_related = ["run", "owner"]
    list_filter = [StateFilter, OwnerFilter, "action"]
    search_fields = ["reason"]
    actions = ["close", "take"]
    verbs = ["close"]
    fields = [("run", "number", "action"), "reason", "listing", "columns", "owner", "closed_at"]

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        if request.GET.get("state", "open") != "all" and self._is_list(request):
            return rows.filter(action=ImportRow.Action.REFUSED)
        return rows

    def _is_list(self, request):
        return request.resolver_match.url_name == "providers_importrow_changelist"

    @admin.display(description="age, days", ordering="run__started_at")
    def age(self, row):
        return ((row.closed_at or timezone.now()) - row.run.started_at).days

    @admin.display(description="listing")
    def listing(self, row):
        return row.listing and row.listing.provider

    @admin.display(description="the row as it stood")
    def columns(self, row):
        cells = ((name, value) for name, value in (row.raw or {}).items() if value)
        table = format_html_join("", '<tr><th scope="row">{}</th><td>{}</td></tr>', cells)
        return format_html("<table>{}</table>", table) if table else None

    @admin.action(description="Close: nothing is left to do", permissions=["change"])
    def close(self, request, queryset):
        self.each(request, queryset, close_row, "Closed")


@transaction.atomic
def close_row(row):
    row = taken(row)
    row.closed_at = timezone.now()
    row.save(update_fields=["closed_at"])
