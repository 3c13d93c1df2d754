"""What many listings share: organizations and terms."""

from django.contrib import admin

from providers.changes import listing_changes
from providers.models import Organization, Provider, ProviderTerm, Term
from therapies.admin import LINKS, StaffEdits

from .spreadsheets import TermSheets


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
class TermAdmin(TermSheets, SharedAdmin):
    list_display = ["name", "facet", "meaning", "order"]
    list_filter = ["facet"]
    search_fields = ["name", "slug", "searched_as"]
    prepopulated_fields = {"slug": ["name"]}

    def listings_with(self, terms):
        found = ProviderTerm.objects.filter(term__in=terms)
        return set(found.values_list("provider", flat=True))
