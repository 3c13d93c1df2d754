"""Conditions and starting points: seen by visitors as soon as they are saved."""

from django.contrib import admin

from therapies.models import Condition, StartingPoint

from .shared import ContentAdmin


@admin.register(Condition)
class ConditionAdmin(ContentAdmin):
    list_display = ["name", "parent"]
    list_select_related = ["parent"]
    search_fields = ["name", "also_known_as", "searched_as"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(StartingPoint)
class StartingPointAdmin(ContentAdmin):
    list_display = ["text", "link", "order"]
