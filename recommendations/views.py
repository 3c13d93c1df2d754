from dataclasses import dataclass
from types import SimpleNamespace

from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from providers.cards import Card, cards
from providers.index import index
from providers.models import Provider
from providers.query import Query
from therapies.library import library
from trupaths.pages import local

from . import memory, sheet
from .models import Saved
from .near_you import places
from .suggestions import in_words

SUGGESTED = 3


@dataclass
class SavedItem:
    card: Card
    saved: Saved


@require_http_methods(["GET", "HEAD", "POST"])
def saved(request):
    if request.method == "POST":
        return _change_saved(request)
    visitor = request.visitor
    snapshot = index.current()
    here = visitor.place
    query = Query(
        pool=library().pool,
        lat=here.lat if here else None,
        lon=here.lon if here else None,
        leave_out=tuple(visitor.saved_providers),
    )
    ranking = visitor.ranking(origin=here.label if here else "")
    suggested = []
    if visitor.saved_providers:
        ids = snapshot.search(query, scorer=ranking).ids[:SUGGESTED]
        suggested = cards(request, ids, query=query, ranking=ranking, shared=True)
    rows = Provider.objects.published().for_cards().in_bulk(list(visitor.saved_providers))
    context = {
        "places": [
            SavedItem(_saved_card(request, rows[row.provider_id], row), row)
            for row in visitor.saved
            if row.provider_id in rows
        ],
        "therapies": [
            SimpleNamespace(therapy=library().by_id[row.therapy_id], saved_on=row.saved_on)
            for row in visitor.saved
            if not row.provider_id
        ],
        "suggested": suggested,
        "undo": _undo(request),
    }
    return _private(TemplateResponse(request, "recommendations/saved.html", context))


def _saved_card(request, provider, row):
    therapy = library().by_id.get(row.therapy_id)
    return Card(
        provider, saved=True, therapy=therapy, next=request.path, url=provider.get_absolute_url()
    )


def _change_saved(request):
    """Save, remove or keep a note; then back to where the visitor was."""
    post, visitor = request.POST, request.visitor
    therapy = library().by_slug.get(post.get("therapy", ""))
    provider = None
    if slug := post.get("provider", ""):
        provider = get_object_or_404(Provider.objects.published(), slug=slug[:200])
    elif therapy is None:
        return _nothing_to_save(request)
    act, thing = post.get("act", "save"), {"provider": provider, "therapy": therapy}
    back = local(post.get("next", ""), "/saved/")
    if act == "remove":
        visitor.remove(**thing)
        if back.partition("#")[0] == request.path:
            back = f"{request.path}?removed={(provider or therapy).slug}"
    elif act == "note" and provider:
        visitor.keep_note(provider, post.get("note", ""))
    else:
        visitor.save(**thing)
    if request.htmx:
        return _private(_save_button(request, provider, therapy, saved=act != "remove", back=back))
    return _private(HttpResponseRedirect(back))


def _save_button(request, provider, therapy, *, saved, back):
    context = {
        "provider": provider,
        "therapy": therapy,
        "saved": saved,
        "next": back,
        "small": request.POST.get("small") == "1",
    }
    return TemplateResponse(request, "recommendations/_saved_now.html", context)


def _nothing_to_save(request):
    context = {"sentence": "We could not find what you wanted to save. Nothing was changed."}
    return TemplateResponse(request, "400.html", context, status=400)


def _undo(request):
    """What was just removed, so that one press brings it back."""
    slug = request.GET.get("removed", "").replace("\x00", "")[:200]
    if not slug:
        return None
    if therapy := library().by_slug.get(slug):
        return SimpleNamespace(provider=None, therapy=therapy, name=therapy.short_name)
    provider = Provider.objects.published().filter(slug=slug).first()
    return provider and SimpleNamespace(provider=provider, therapy=None, name=provider.name)


@require_GET
def recommendation_list(request):
    visitor = request.visitor
    found = places(request, most=10, leave_out=tuple(visitor.saved_providers))
    context = {
        "places": found,
        "cards": found.cards,
        "known": bool(found.cards),
        "therapies": library().therapies,
        "suggestions": visitor.suggestions(next=request.get_full_path(), place=found.place),
    }
    return _private(TemplateResponse(request, "recommendations/list.html", context))


@require_POST
def choice(request):
    """The one switch. Yes starts with the page and the filters at hand."""
    visitor = request.visitor
    if request.POST.get("act") == "no":
        visitor.say_no()
    else:
        visitor.say_yes()
        _start_with(visitor, request.POST)
    return _private(HttpResponseRedirect(local(request.POST.get("next", ""), "/your-data/")))


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
    if request.method == "GET" or request.method == "HEAD":
        return _private(TemplateResponse(request, "recommendations/your_data.html", _held(request)))
    act = request.POST.get("act", "")
    if act == "erase-all":
        return _private(TemplateResponse(request, "recommendations/erase.html", _held(request)))
    if act == "use":
        visitor.say_yes() if request.POST.get("use") else visitor.say_no()
    elif act in _ERASE:
        _ERASE[act](visitor)
    return _private(HttpResponseRedirect(f"{request.path}?done={act if act in _DONE else ''}"))


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
        "saved_places": len(visitor.saved_providers),
        "saved_therapies": len(visitor.saved_therapies),
        "notes": sum(bool(row.note) for row in visitor.saved),
        "suggestions": visitor.suggestions(next=request.path),
        "notice": _DONE.get(request.GET.get("done", ""), ""),
    }


@require_GET
def how(request):
    context = {
        "sheet": sheet.sheet(),
        "suggestions": request.visitor.suggestions(next=request.path),
    }
    return TemplateResponse(request, "recommendations/how.html", context)


def _private(response):
    """Personal: no cache keeps it, not even the browser's."""
    add_never_cache_headers(response)
    response["Cache-Control"] = "private, no-store"
    return response
