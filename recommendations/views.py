from types import SimpleNamespace

from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from providers import provenance
from providers.cards import Card, cards
from providers.compare import compare
from providers.index import index
from providers.models import Provider
from providers.query import Query, measured_from
from therapies.library import library
from trupaths.pages import local

from . import memory, sheet
from .near_you import places
from .suggestions import in_words

SUGGESTED = 3


@require_http_methods(["GET", "HEAD", "POST"])
def saved(request):
    if request.method == "POST":
        return _change_saved(request)
    return _compare_page(request) if "c" in request.GET else _saved_page(request)


def _saved_page(request, undo=None):
    """The list; after a removal with the row removed, so that one press brings it back."""
    visitor = request.visitor
    here = visitor.place or visitor.saved_place
    snapshot = index.current()
    suggested = []
    if visitor.saved_providers:
        query = Query(
            pool=library().pool,
            leave_out=tuple(visitor.saved_providers),
            **measured_from(here),
        )
        ranking = visitor.ranking(here)
        ids = snapshot.search(query, scorer=ranking).ids[:SUGGESTED]
        suggested = cards(request, ids, query=query, ranking=ranking)
    rows = Provider.objects.published().for_cards().in_bulk(list(visitor.saved_providers))
    provenance.know_sources(rows.values())
    context = {
        "places": [
            SimpleNamespace(card=_saved_card(rows[key], row), saved=row)
            for key, row in visitor.saved_providers.items()
            if key in rows
        ],
        "therapies": [
            SimpleNamespace(therapy=library().by_id[key], saved_on=row.saved_on)
            for key, row in visitor.saved_therapies.items()
        ],
        "unlisted": [row for row in visitor.saved if not row.listed],
        "suggested": suggested,
        "undo": undo,
    }
    return TemplateResponse(request, "recommendations/saved.html", context)


def _compare_page(request):
    """Places side by side, saved or not; below, the saved ones that could stand there too."""
    comparison = compare(request)
    here = {provider.pk for provider in comparison.providers}
    saved = request.visitor.saved_providers
    context = {
        "comparison": comparison,
        "others": [row.provider for key, row in saved.items() if key not in here],
    }
    return TemplateResponse(request, "recommendations/compare.html", context)


def _saved_card(provider, row):
    therapy = library().by_id.get(row.therapy_id)
    url = provider.get_absolute_url()
    return Card(
        provider, saved=True, therapy=therapy, next=reverse("recommendations:saved"), url=url
    )


def _change_saved(request):
    """Save, remove or keep a note; then back to where the visitor was."""
    post, visitor = request.POST, request.visitor
    act, back = post.get("act", "save"), local(post.get("next", ""), "/saved/")
    if act == "remove" and (row := visitor.held(post.get("provider"), post.get("therapy"))):
        return _remove(request, row, back)
    therapy = library().by_slug.get(post.get("therapy", ""))
    provider = None
    if slug := post.get("provider", ""):
        provider = get_object_or_404(Provider.objects.published(), slug=slug[:200])
    elif therapy is None:
        return _nothing_to_save(request)
    if act == "note" and provider:
        visitor.keep_note(provider, post.get("note", ""))
    elif act != "remove":  # else another tab was first
        visitor.save(provider=provider, therapy=therapy, note=post.get("note", ""))
    if request.htmx:
        return _save_button(request, back, provider, therapy, saved=act != "remove")
    return HttpResponseRedirect(back)


def _remove(request, row, back):
    """Listed or not, it leaves the list; its note and its therapy wait for an undo."""
    request.visitor.remove(row)
    if request.htmx:
        return _save_button(request, back, row.provider, row.therapy, saved=False, note=row.note)
    if row.note or back.partition("#")[0] == request.path:
        return _saved_page(request, undo=row)
    return HttpResponseRedirect(back)


def _save_button(request, back, provider, therapy, *, saved, note=""):
    context = {
        "provider": provider,
        "therapy": therapy,
        "saved": saved,
        "note": note,
        "next": back,
        "small": request.POST.get("small") == "1",
    }
    return TemplateResponse(request, "recommendations/_saved_now.html", context)


def _nothing_to_save(request):
    context = {"sentence": "We could not find what you wanted to save. Nothing was changed."}
    return TemplateResponse(request, "400.html", context, status=400)


@require_safe
def recommendation_list(request):
    visitor = request.visitor
    found = places(request, most=10, leave_out=tuple(visitor.saved_providers))
    context = {
        "places": found,
        "cards": found.cards,
        "known": bool(found.cards or found.nearest),
        "therapies": library().therapies,
        "suggestions": visitor.suggestions(next=request.get_full_path(), place=found.place),
    }
    return TemplateResponse(request, "recommendations/list.html", context)


@require_POST
def choice(request):
    """The one switch. Yes starts with the page and the filters at hand."""
    visitor = request.visitor
    if request.POST.get("act") == "no":
        visitor.say_no()
    else:
        visitor.say_yes()
        _start_with(visitor, request.POST)
    return HttpResponseRedirect(local(request.POST.get("next", ""), "/your-data/"))


def _start_with(visitor, post):
    kind, _, slug = post.get("thing", "").partition(":")
    if kind == "therapy" and slug in library().by_slug:
        visitor.explored(therapy=library().by_slug[slug])
    elif kind == "provider":
        provider = Provider.objects.published().filter(slug=slug[:200]).first()
        if provider:
            visitor.explored(provider=provider)
    visitor.filtered(index.current().things(post.lists()))


@require_http_methods(["GET", "HEAD", "POST"])
def your_data(request):
    visitor = request.visitor
    if request.method != "POST":
        return TemplateResponse(request, "recommendations/your_data.html", _held(request))
    act = request.POST.get("act", "")
    if act == "erase-all":
        return TemplateResponse(request, "recommendations/erase.html", _held(request))
    if act == "use":
        visitor.say_yes() if request.POST.get("use") else visitor.say_no()
    elif act in _ERASE:
        _ERASE[act](visitor)
    return HttpResponseRedirect(f"{request.path}?done={act if act in _DONE else ''}")


_ERASE = {
    "erase-place": memory.Memory.erase_place,
    "erase-saved": memory.Memory.erase_saved,
    "erase-events": memory.Memory.erase_events,
    "erase-all-now": memory.Memory.erase_all,
}
_DONE = {
    "use": "Your choice is kept.",
    "erase-place": "Your place is erased.",
    "erase-saved": "Your saved list is erased.",
    "erase-events": "Pages and filters are erased.",
    "erase-all-now": "Everything is erased. We hold nothing about you.",
}


def _held(request):
    visitor = request.visitor
    return {
        "visitor": visitor.row,
        "events": in_words(visitor.events),
        "saved_places": sum(bool(row.provider_id) for row in visitor.saved),
        "saved_therapies": sum(not row.provider_id for row in visitor.saved),
        "notes": sum(bool(row.note) for row in visitor.saved),
        "suggestions": visitor.suggestions(next=request.path),
        "notice": _DONE.get(request.GET.get("done", ""), ""),
    }


@require_safe
def how(request):
    context = {
        "sheet": sheet.sheet(),
        "suggestions": request.visitor.suggestions(next=request.path),
    }
    return TemplateResponse(request, "recommendations/how.html", context)
