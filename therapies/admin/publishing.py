"""The checks of a page, its steps to visitors, and the link to a preview: one page of the desk."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from therapies import checks, previews, publishing, versions
from therapies.models import Therapy

from .shared import one_of_ours


class PublishForm(forms.Form):
    at = forms.DateTimeField(
        label="Not before",
        required=False,
        help_text="In UTC. Leave it empty to publish now.",
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def clean_at(self):
        at = self.cleaned_data["at"]
        if at is not None and at <= timezone.now():
            raise ValidationError("This moment has passed. Leave it empty to publish now.")
        return at


class WaiverForm(forms.Form):
    check = forms.ChoiceField(
        choices=[(check.name, check.title) for check in checks.CHECKS],
        error_messages={"invalid_choice": "There is no such check."},
    )
    reason = forms.CharField(
        max_length=500,
        error_messages={"required": "Say in a sentence why the page need not meet this."},
    )


class WithPublishing:
    """For the admin of therapies. Who may write sends to review; who may publish, does the rest."""

    def get_urls(self):
        view = require_http_methods(["GET", "HEAD", "POST"])(self.publishing_view)
        ours = path(
            "<int:pk>/publishing/",
            self.admin_site.admin_view(view),
            name="therapies_therapy_publishing",
        )
        return [ours, *super().get_urls()]

    def publishing_view(self, request, pk):
        therapy = one_of_ours(self, request, pk)
        if request.method != "POST":
            template = "admin/therapies/therapy/publishing.html"
            return TemplateResponse(request, template, self._context(request, therapy))
        try:
            done, page = self._step(request, therapy)
        except ValidationError as error:
            for say in error.messages:
                messages.error(request, say)
            return HttpResponseRedirect(self.publishing_url(therapy))
        self.log_step(request, page, done)
        messages.success(request, done)
        return HttpResponseRedirect(self.publishing_url(page))

    def _context(self, request, therapy):
        found = checks.results(therapy)
        link, until = previews.link(therapy)
        return self.admin_site.each_context(request) | {
            "title": "Checks and publishing",
            "subtitle": str(therapy),
            "opts": self.opts,
            "therapy": therapy,
            "results": found,
            "score": checks.score(found),
            "most": checks.MOST,
            "grade": checks.Page(therapy).grade,
            "open": sum(result.open for result in found),
            "form": PublishForm(auto_id="publish-%s"),
            "new_version": _newer(therapy),
            "may_publish": self.has_publish_permission(request),
            "may_write": self.has_change_permission(request, therapy),
            "may_begin": therapy.status == Therapy.Status.PUBLISHED
            and not therapy.has_new_version
            and self.has_change_permission(request),
            "preview": request.build_absolute_uri(link),
            "preview_until": until,
        }

    def _step(self, request, therapy):
        """Do what was asked. Returns what was done in words, and the page to go on with."""
        step, by = request.POST.get("step", ""), request.user
        if not self._may(request, step, therapy):
            raise PermissionDenied
        if step == "review":
            publishing.send_to_review(therapy, by=by)
            return "Sent to review.", therapy
        if step == "draft":
            publishing.back_to_draft(therapy, by=by)
            return "Taken back to draft.", therapy
        if step == "archive":
            publishing.archive(therapy, by=by)
            return "Archived: visitors no longer find it.", therapy
        if step == "version":
            return "This is the new version. Visitors still read the page.", versions.begin(
                therapy, by=by
            )
        if step in ("waive", "ask"):
            return self._waiver(request, therapy), therapy
        if step == "publish":
            return self._publish(request, therapy)
        raise ValidationError("There is no such step.")

    def _may(self, request, step, therapy):
        if step == "version":
            return self.has_change_permission(request)
        if step == "review" or (step == "draft" and therapy.is_draft):
            return self.has_change_permission(request, therapy)
        return self.has_publish_permission(request, therapy)

    def _waiver(self, request, therapy):
        form = WaiverForm(request.POST)
        if request.POST["step"] == "ask":
            form.fields["reason"].required = False
        if not form.is_valid():
            raise ValidationError([say for said in form.errors.values() for say in said])
        check, reason = form.cleaned_data["check"], form.cleaned_data["reason"]
        if request.POST["step"] == "ask":
            publishing.ask_again(therapy, check, by=request.user)
            return "The check counts again."
        publishing.waive(therapy, check, by=request.user, reason=reason)
        return "Waived. The reason stays with the page."

    def _publish(self, request, therapy):
        form = PublishForm(request.POST)
        if not form.is_valid():
            raise ValidationError(form.errors["at"])
        at = form.cleaned_data["at"]
        page = publishing.publish(therapy, by=request.user, at=at)
        if at:
            return f"Visitors will read it from {at:%b} {at.day}, {at:%Y, %H:%M} UTC.", page
        return "Published: visitors read it now.", page

    def publishing_url(self, therapy):
        return reverse("admin:therapies_therapy_publishing", args=[therapy.pk])

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj is not None:
            context |= {"publishing_url": self.publishing_url(obj), "new_version": _newer(obj)}
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)


def _newer(therapy):
    """The draft that will take its place, or None."""
    return Therapy.objects.filter(replaces=therapy).first()
