from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from trupaths.pages import render_page, staff_may

from . import listing, structured, suggestions
from .models import OldSlug, Provider
from .search import search


@require_safe
def provider_list(request):
    results = search(request)
    context = {
        "results": results,
        "noindex": bool(request.GET),
        "json_ld": structured.provider_list(card.provider for card in results.cards),
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
def provider_detail(request, slug):
    everything = Provider.objects.for_page().filter(slug=slug)
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
