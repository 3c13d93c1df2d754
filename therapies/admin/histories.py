"""The history of a page: who did what, what each change did, and the way back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods

from therapies import history, publishing
from therapies.models import Therapy
from therapies.states import differences, state
from trupaths.pages import page_of, pager

from .shared import one_of_ours

NOW = "now"


class WithHistory:
    """For the admin of therapies: each change is remembered with all parts, whoever made it."""

    def get_urls(self):
        view = self.admin_site.admin_view
        revision = require_http_methods(["GET", "HEAD", "POST"])(self.revision_view)
        return [
            path(
                "<int:pk>/history/<int:number>/",
                view(revision),
                name="therapies_therapy_revision",
            ),
            *super().get_urls(),
        ]

    def log_addition(self, request, obj, message):
        return self._logged(request, obj, super().log_addition(request, obj, message))

    def log_change(self, request, obj, message):
        return self._logged(request, obj, super().log_change(request, obj, message))

    def _logged(self, request, obj, entry):
        history.remember(obj, by=request.user, what=entry.get_change_message())
        return entry

    def log_step(self, request, therapy, done):
        """A line in Django's log of who did what; the step itself is in the page's history."""
        super().log_change(request, therapy, done)

    def history_view(self, request, object_id, extra_context=None):
        pk = int(object_id) if object_id.isdecimal() and len(object_id) < 19 else None
        therapy = one_of_ours(self, request, pk)
        page = page_of(history.revisions(therapy), request.GET.get("page"), 50)
        context = self._about(request, therapy, f"History: {therapy}") | {
            "page": page,
            "pages": pager(request, page),
        }
        return TemplateResponse(request, "admin/therapies/therapy/history.html", context)

    def _about(self, request, therapy, title):
        return self.admin_site.each_context(request) | {
            "title": title,
            "opts": self.opts,
            "therapy": therapy,
            "may_restore": self.has_change_permission(request, therapy),
        }

    def revision_view(self, request, pk, number):
        """What a change did; or what differs between it and another, or now."""
        therapy = one_of_ours(self, request, pk)
        known = list(history.revisions(therapy))
        revision = next((each for each in known if each.pk == number), None)
        if revision is None:
            raise Http404
        if request.method == "POST":
            return self._restore(request, therapy, revision)
        other = self._other(request, known, revision)
        sides = self._sides(therapy, revision, other)
        context = self._about(request, therapy, "What changed") | {
            "revision": revision,
            "revisions": known,
            "other": other,
            "is_newest": revision == known[0],
            "changes": differences(*sides),
        }
        return TemplateResponse(request, "admin/therapies/therapy/revision.html", context)

    def _other(self, request, known, revision):
        """“now”, a revision, or None for the first; unless asked, the one before."""
        asked = request.GET.get("with", "")
        if asked == NOW:
            return NOW
        if asked:
            found = [each for each in known if str(each.pk) == asked]
            if not found:
                raise Http404
            return found[0]
        return next((each for each in known if each.pk < revision.pk), None)

    def _sides(self, therapy, revision, other):
        """The two states, the older first."""
        this = history.said_in(revision)
        if other == NOW:
            return this, state(therapy)
        if other is None:
            return {name: {} for name in this}, this
        that = history.said_in(other)
        return (that, this) if other.pk < revision.pk else (this, that)

    def _restore(self, request, therapy, revision):
        if not self.has_change_permission(request, therapy):
            raise PermissionDenied
        try:
            with transaction.atomic():
                history.restore(therapy, revision, by=request.user)
                if therapy.status == Therapy.Status.PUBLISHED:
                    publishing.stand_up(therapy)
        except ValidationError as error:
            for say in error.messages:
                messages.error(request, say)
            messages.error(request, "It was not restored: what visitors read must meet each check.")
            return HttpResponseRedirect(request.path)
        self.log_step(request, therapy, f"Restored as of {revision.date_created:%Y-%m-%d %H:%M}.")
        messages.success(
            request, "Restored, with all its parts. What it said until now is in its history."
        )
        return HttpResponseRedirect(reverse("admin:therapies_therapy_history", args=[therapy.pk]))
