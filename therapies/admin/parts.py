"""The parts of a therapy page, below its form."""

from itertools import count

from django.contrib import admin
from django.db import models

from therapies.models import FAQ, Evidence, Reference, TherapyPoint
from trupaths.pictures import PicturesForm

from .shared import LINKS, Lines, SharedChoices


class PartInline(admin.StackedInline):
    """Rows are added by a script; without one, a link opens the form with an empty row each."""

    formfield_overrides = {models.TextField: {"form_class": Lines}, **LINKS}

    def get_extra(self, request, obj=None, **kwargs):
        return 1 if "parts" in request.GET else 0


class PointForm(PicturesForm):
    pictures = (("picture", "picture_alt"),)


class PointInline(PartInline):
    model = TherapyPoint
    form = PointForm
    fields = [("section", "order"), "title", "text", ("picture", "picture_alt")]
    ordering = ["section", "order", "pk"]


class FAQInline(PartInline):
    model = FAQ
    fields = ["order", "question", "answer"]


class ReferenceInline(PartInline):
    model = Reference
    fields = [("number", "year"), "citation", "url"]


class EvidenceInline(SharedChoices, PartInline):
    model = Evidence
    fields = [("condition", "strength"), "sentence", "references", ("checked_on", "due_on")]

    def get_queryset(self, request):
        rows = super().get_queryset(request).select_related("therapy", "condition")
        return rows.prefetch_related("references")

    def get_formset(self, request, obj=None, **kwargs):
        self.therapy = obj
        return super().get_formset(request, obj, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        # Only the page's own references; a new one can be chosen once it is saved.
        kwargs["queryset"] = Reference.objects.filter(therapy=self.therapy)
        return super().formfield_for_manytomany(db_field, request, **kwargs)


# By what a part is known on its page, and what of it can move.
PLACES = {
    TherapyPoint: ("section", "order"),
    FAQ: ("order",),
    Reference: ("number",),
    Evidence: ("condition",),
}


def make_room(formset):
    """Before saving: rows that leave their place or the page no longer keep it from the others.

    Rows are saved one after the other; two that change places would each find the other there.
    """
    place = PLACES[formset.model]
    leaving = [
        form.instance.pk
        for form in formset.initial_forms
        if form in formset.deleted_forms or any(name in form.changed_data for name in place)
    ]
    rows = formset.model.objects.filter(pk__in=leaving)
    if formset.model is Evidence:
        rows.delete()  # saving writes those that stay anew, with their id and references
        return
    number = place[-1]
    siblings = formset.model.objects.filter(therapy=formset.instance)
    taken = set(siblings.values_list(number, flat=True))
    taken |= {getattr(form.instance, number) for form in formset.forms}
    free = (n for n in count() if n not in taken)
    for pk in leaving:
        rows.filter(pk=pk).update(**{number: next(free)})
