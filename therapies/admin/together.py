"""Two people at one page. The form carries the state that it was opened with; when something else
is stored by now, it is not saved. What only the others changed is put into the form, what the
person changed stays there, and the page says who changed what."""

from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.response import TemplateResponse

from therapies import history, publishing
from therapies.merging import merged, read_token, token, typed
from therapies.models import Therapy
from therapies.states import differences, state

UNKNOWN = "We cannot tell what this page said when you opened it. Look it over, then save again."
MEANWHILE = (
    "{} saved this page while you were writing. Nothing of yours is lost: look at what changed, "
    "then save again. A picture must be chosen once more."
)
READ_BY_VISITORS = "Visitors read this page, so it was not saved. It must meet each check first:"


class WrittenTogether:
    """For the admin of therapies: nobody writes over what they have not seen."""

    change_form_template = "admin/therapies/therapy/change_form.html"

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method != "POST" or object_id is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        context = dict(extra_context or {})
        with transaction.atomic():
            page = self._locked(object_id)
            if page is not None and self._is_out_of_reach(request, page):
                return self._typed(request, page)
            if page is not None and self.has_change_permission(request, page):
                history.remember_before(page)
                context |= self._meanwhile(request, page)
            try:
                with transaction.atomic():
                    return super().changeform_view(request, object_id, form_url, context)
            except NotReady as error:
                request.refusal = [READ_BY_VISITORS, *error.messages]
                request.FILES.clear()  # read once; to choose again
                return super().changeform_view(request, object_id, form_url, context)

    def _locked(self, object_id):
        """Whoever saves second, waits until the first has saved."""
        pk = unquote(object_id)
        known = pk.isdecimal() and len(pk) < 19
        return Therapy.objects.select_for_update().filter(pk=pk).first() if known else None

    def _meanwhile(self, request, page):
        """What others saved since the form was opened; the form is refused, and made up to date."""
        seen, now = read_token(request.POST.get("seen", "")), state(history.fresh(page.pk))
        if seen == now:
            return {}
        if seen is None:
            request.refusal = [UNKNOWN]
            return {}
        request.POST, both = merged(request.POST, seen, now, *self._forms(request, page))
        request.FILES.clear()
        request.refusal = [MEANWHILE.format(_who(page))]
        changes = [(change, change.at in both) for change in differences(seen, now)]
        return {"meanwhile": changes}

    def _forms(self, request, page):
        """The class of the page's form, and those of its parts by their prefix."""
        parts = self.get_formsets_with_inlines(request, page)
        formsets = {formset.get_default_prefix(): formset.form for formset, _ in parts}
        return self.get_form(request, page), formsets

    def _is_out_of_reach(self, request, page):
        """May this person write drafts, and this is none any more?"""
        writes = self.has_change_permission(request)
        return writes and not self.has_change_permission(request, page)

    def _typed(self, request, page):
        """Somebody published or archived it meanwhile: what was typed, to copy it."""
        seen = read_token(request.POST.get("seen", "")) or state(history.fresh(page.pk))
        context = self.admin_site.each_context(request) | {
            "title": "Not saved",
            "subtitle": str(page),
            "opts": self.opts,
            "therapy": page,
            "who": _who(page),
            "typed": typed(request.POST, seen, *self._forms(request, page)),
        }
        template = "admin/therapies/therapy/not_saved.html"
        return TemplateResponse(request, template, context, status=403)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.refusal = getattr(request, "refusal", ())
        return form

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj is not None and self.has_change_permission(request, obj):
            context["seen"] = token(state(history.fresh(obj.pk)))
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if form.instance.status == Therapy.Status.PUBLISHED:
            try:
                publishing.stand_up(form.instance)
            except ValidationError as error:
                raise NotReady(error.messages) from error


class NotReady(ValidationError):
    """Saved like this, what visitors read would no longer meet the checks."""


def _who(page):
    newest = history.revisions(page).first()
    return newest.user.get_username() if newest and newest.user else "Someone"
