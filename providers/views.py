from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

from trupaths.pages import render_page

from . import listing, structured
from .models import OldSlug, Provider
from .search import search


def provider_list(request):
    results = search(request)
    context = {
        "results": results,
        "noindex": bool(request.GET),
        "json_ld": structured.provider_list(card.provider for card in results.cards),
    }
    return render_page(request, "providers/list.html", context, partial="providers/_results.html")


def provider_detail(request, slug):
    provider = Provider.objects.published().for_page().filter(slug=slug).first()
    if provider is None:
        return _moved(slug)
    context = listing.page(request, provider)
    request.visitor.explored(provider=provider)
    return TemplateResponse(request, "providers/detail.html", context)


def _moved(slug):
    old = get_object_or_404(OldSlug.objects.select_related("provider"), slug=slug)
    if not old.provider.is_published:
        raise Http404
    return HttpResponsePermanentRedirect(old.provider.get_absolute_url())
