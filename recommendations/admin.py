"""Exposure, for staff to read: how often places were shown and opened, and whether that is fair."""

from django.contrib import admin

from therapies.admin import ReadOnly

from . import exposure
from .models import ExposureDay


@admin.register(ExposureDay)
class ExposureDayAdmin(ReadOnly):
    """Counts of nobody. Nothing is added, changed or deleted by hand."""

    list_display = ["day", "provider", "shown", "opened"]
    list_select_related = ["provider"]
    search_fields = ["provider__name", "provider__city"]
    date_hierarchy = "day"
    actions = None
    list_display_links = None

    def get_queryset(self, request):
        return super().get_queryset(request).filter(shown__gte=ExposureDay.FEWEST)

    def changelist_view(self, request, extra_context=None):
        watched = {
            "title": "How often places were shown among the first three, and opened",
            "balance": exposure.balance(),
            "fair": exposure.FAIR,
            "watched_days": exposure.WATCHED_DAYS,
            "fewest": ExposureDay.FEWEST,
            "town": exposure.TOWN,
            "near": exposure.NEAR,
        }
        return super().changelist_view(request, watched | (extra_context or {}))
