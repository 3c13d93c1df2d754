"""Tru AI: one page, and the same as a panel on every other. What is typed travels by POST, is
answered and forgotten."""

from urllib.parse import urlsplit

from django import db
from django.views.decorators.http import require_http_methods, require_POST

from trupaths import limits
from trupaths.pages import render_page

from . import counts
from .replying import PER_ADDRESS, reply
from .turns import Talk


@require_http_methods(["GET", "HEAD", "POST"])
def page(request):
    """A question, or a button of a card, and what Tru AI says to it."""
    talk = Talk.read(request.POST.get("talk", ""))
    turn, message = reply(request, talk)
    if turn is None:
        return _page(request, talk, status=200)
    counts.count_answer(turn.answer)
    later = talk.after(turn, message=message, show=not request.htmx)
    response = _page(request, later, turn=turn, stale=talk.stale, status=turn.status)
    if turn.seconds:
        response["Retry-After"] = str(turn.seconds)
    return response


@require_POST
def vote(request):
    """Was an answer of use? One more for the section that it came from; nothing of the talk."""
    outcome = counts.HELPFUL if "yes" in request.POST else counts.UNHELPFUL
    section = counts.unsign(request.POST.get("yes") or request.POST.get("no", ""))
    if section and not limits.wait(request, "tru vote", **PER_ADDRESS):
        counts.count(outcome, section)
    # Nobody is told that a vote did not count: there is nothing to do about it.
    talk = Talk.read(request.POST.get("talk", ""))
    return _page(request, talk, thanks=True, partial="assistant/_thanks.html")


def _page(request, talk, *, status=200, partial="assistant/_turn.html", **context):
    context = {"talk": talk, "noindex": True, "beside": _on_own_page(request)} | context
    if turn := context.get("turn"):
        context["answer"] = turn.answer
    response = render_page(request, "assistant/page.html", context, partial=partial, status=status)
    response["Cache-Control"] = "private, no-store"
    try:
        return response.render()
    except db.Error:  # the frame of the page asks for what a visitor saved
        response.template_name = "assistant/bare.html"
        return response.render()


def _on_own_page(request):
    """Is it asked on the page of Tru AI, where sources stand beside the talk? Else in the panel."""
    return bool(request.htmx) and urlsplit(request.htmx.current_url or "").path == request.path
