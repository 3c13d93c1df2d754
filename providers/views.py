from copy import copy

from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from trupaths import limits
from trupaths.crisis import detect
from trupaths.pages import render_page, staff_may

from . import confirming, corrections, listing, provenance, structured, suggestions
from .forms import ConfirmForm, ReportForm, SuggestForm
from .models import Correction, OldSlug, Provider
from .search import meanings, search

READ_AND_SEND = ["GET", "HEAD", "POST"]
SENT_AT_MOST = {"most": 10, "seconds": 3600}  # one clinic or shelter may share a connection
kept_by_nobody = cache_control(private=True, no_store=True)


@require_safe
def provider_list(request):
    results = search(request)
    context = {
        "results": results,
        "noindex": bool(request.GET),
        "json_ld": structured.provider_list(results.cards),
    }
    response = render_page(
        request, "providers/list.html", context, partial="providers/_results.html"
    )
    response.asks_where = True  # it has the button; see the headers
    return response


@require_safe
def provider_suggestions(request):
    """Suggestions while typing, for the box for words (`q`) or for a place (`near`)."""
    box = "near" if "near" in request.GET else "q"
    typed = request.GET.get(box, "")
    kinds = suggestions.for_place(typed) if box == "near" else suggestions.for_words(typed)
    return TemplateResponse(request, "providers/_suggestions.html", {"box": box, "kinds": kinds})


@require_safe
def provider_meanings(request, param):
    """What one filter means: the part that its fold fetches when it is opened, or a page."""
    context = meanings(request, param)
    if context is None:
        raise Http404
    context["noindex"] = bool(request.GET)
    return render_page(
        request, "providers/meanings.html", context, partial="providers/_meanings.html"
    )


@require_safe
def provider_detail(request, slug):
    everything = Provider.objects.for_page().prefetch_related(provenance.SOURCES, "origins")
    everything = everything.filter(slug=slug)
    provider = everything.published().first()
    if provider is None and staff_may(request, "providers.view_provider"):
        provider = everything.first()  # a preview
    if provider is None:
        return _moved(slug)
    context = listing.page(request, provider)
    if provider.is_published:
        request.visitor.explored(provider=provider)
    return TemplateResponse(request, "providers/detail.html", context)


def _moved(slug):
    old = get_object_or_404(OldSlug.objects.select_related("provider"), slug=slug)
    if not old.provider.is_published:
        raise Http404
    return HttpResponsePermanentRedirect(old.provider.get_absolute_url())


@require_http_methods(READ_AND_SEND)
def report(request, slug):
    """Something on a listing is wrong."""
    provider = get_object_or_404(Provider.objects.published(), slug=slug)
    form = ReportForm(_posted(request), instance=Correction(provider=provider))
    return _take(request, form, "providers/report.html", {"provider": provider})


@require_http_methods(READ_AND_SEND)
def suggest(request):
    """A place that is not listed."""
    return _take(request, SuggestForm(_posted(request)), "providers/suggest.html", {})


def _posted(request):
    return request.POST if request.method == "POST" else None


def _take(request, form, template, context):
    """Keep what was sent and show its code; or the form, with what it lacks."""
    crisis = detect(" ".join(request.POST.values())[:5000])
    if form.is_valid():
        if seconds := limits.wait(request, "sent", **SENT_AT_MOST):
            return limits.too_many(seconds, crisis=crisis)
        sent = form.save()
        # Nothing is remembered from page to page, so the card stands on the answer itself.
        return _correction(request, sent, crisis) if crisis else redirect(sent)
    context |= {"form": form, "crisis": crisis}
    return TemplateResponse(request, template, context, status=400 if form.is_bound else 200)


@require_safe
@kept_by_nobody
def correction_list(request):
    """A field for a code; nobody gets a list."""
    if code := request.GET.get("code", "").strip():
        found = corrections.find(code)
        return redirect(found) if found else _no_such_code(request, code)
    return TemplateResponse(request, "providers/correction_list.html", {"noindex": True})


@require_safe
@kept_by_nobody
def correction(request, code):
    """What became of a report or a suggestion."""
    found = corrections.find(code)
    return _correction(request, found) if found else _no_such_code(request, code)


def _correction(request, sent, crisis=None):
    context = {"sent": sent, "crisis": crisis, "noindex": True}
    return TemplateResponse(request, "providers/correction.html", context)


def _no_such_code(request, code):
    context = {"unknown": code[:40], "noindex": True}
    return TemplateResponse(request, "providers/correction_list.html", context, status=404)


@require_http_methods(READ_AND_SEND)
@kept_by_nobody
def confirm(request, token):
    """A place looks at its own listing. Opening the link changes nothing: programs open mail."""
    link = confirming.open_link(token)
    if link is None:
        return _used_up(request)
    provider, act = link.provider, request.POST.get("act")
    if act == "out":
        return TemplateResponse(request, "providers/confirm_out.html", {"provider": provider})
    if act == "out-now":
        return _thanks(request, link, out=True) if confirming.take_out(link) else _used_up(request)
    crisis = detect(request.POST.get("other", "")[:5000])
    form = ConfirmForm(
        _posted(request), instance=copy(provider)
    )  # a form writes on what it is given
    if form.is_valid():
        done = confirming.answer(link, **form.answer())
        return _thanks(request, link, crisis=crisis) if done else _used_up(request)
    context = {
        "form": form,
        "crisis": crisis,
        "provider": provider,
        "parts": zip(form["still_right"], listing.parts(provider), strict=True),
    }
    status = 400 if form.is_bound else 200
    return TemplateResponse(request, "providers/confirm.html", context, status=status)


def _thanks(request, link, *, out=False, crisis=None):
    context = {"out": out, "crisis": crisis, "name": link.provider.name}
    return TemplateResponse(request, "providers/confirmed.html", context)


def _used_up(request):
    """The same whether the link is unknown, used or old: it tells nothing of any listing."""
    return TemplateResponse(request, "providers/confirm_gone.html", {}, status=404)
