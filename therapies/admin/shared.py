"""What all pages of content share: saved through one door, kept from fixtures, whole lines."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import Http404
from django.utils import timezone

from therapies.library import content_changes
from therapies.models import Therapy

# An address typed without a scheme is https.
LINKS = {models.URLField: {"assume_scheme": "https"}}


class Lines(forms.CharField):
    """Text whose lines end as in fixtures: browsers send two characters for each end."""

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n")


class SharedChoices:
    """Rows of an inline share one list of choices; a plain select asks the database for each."""

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        for field in formset.form.base_fields.values():
            if isinstance(field, forms.ModelChoiceField):
                field.choices = list(field.choices)
        return formset


class ReadOnly(admin.ModelAdmin):
    """Rows that come and go by themselves: staff look at them."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class StaffEdits(admin.ModelAdmin):
    """What is saved here was edited by staff: loading a fixture again keeps it."""

    def save_model(self, request, obj, form, change):
        obj.edited_at = timezone.now()
        super().save_model(request, obj, form, change)


class ContentAdmin(StaffEdits):
    """What visitors read: saved together with its parts, and the content version rises.

    An address stays once it was given: links lead there, and fixtures know the page by it.
    """

    formfield_overrides = {models.TextField: {"form_class": Lines}}

    class Media:
        js = ["admin/unsaved.js"]

    def get_readonly_fields(self, request, obj=None):
        fixed = ("slug",) if obj and self.prepopulated_fields else ()
        return (*super().get_readonly_fields(request, obj), *fixed)

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else super().get_prepopulated_fields(request, obj)

    def save_related(self, request, form, formsets, change):
        with content_changes():
            super().save_related(request, form, formsets, change)

    def delete_model(self, request, obj):
        with content_changes():
            super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        with content_changes():
            super().delete_queryset(request, queryset)


def one_of_ours(model_admin, request, pk):
    """The page with its parts, for those who may see it here: else 404 or 403."""
    therapy = Therapy.objects.for_desk().filter(pk=pk).first()
    if therapy is None:
        raise Http404
    if not model_admin.has_view_permission(request, therapy):
        raise PermissionDenied
    return therapy


def each_in_turn(model_admin, request, queryset, act, done):
    """Do `act` with each; those that refuse say why, and the others go on."""
    count = 0
    for item in queryset:
        try:
            act(item)
        except ValidationError as error:
            say = f"{item}: {' '.join(error.messages)}"
            model_admin.message_user(request, say, messages.ERROR)
        else:
            count += 1
    if count:
        model_admin.message_user(request, f"{done}: {count}.", messages.SUCCESS)


def log_status(model_admin, request, changed):
    """A line in each history, and one sentence for the person who did it."""
    for obj in changed:
        model_admin.log_change(request, obj, f"Status: {obj.get_status_display()}.")
    one, many = model_admin.opts.verbose_name, model_admin.opts.verbose_name_plural
    count = f"{len(changed)} {one if len(changed) == 1 else many}"
    model_admin.message_user(request, f"{count} changed.", messages.SUCCESS)
