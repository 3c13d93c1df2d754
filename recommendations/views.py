from types import SimpleNamespace

from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from providers.cards import Card, cards, listings
from providers.compare import compare
from providers.index import index
from providers.models import Provider
from providers.query import Query, measured_from
from therapies.library import library
from trupaths.pages import local

from . import calls, sharing, sheet
from .kept import plain
from .near_you import places
from .ranking import GATE_MILES, GATE_PLACES
from .worked import worked_example

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
            leave_out=(*visitor.saved_providers, *visitor.hidden, *visitor.opened_today),
            **measured_from(here),
        )
        ranking = visitor.ranking(here)
        ids = snapshot.search(query, scorer=ranking).ids[:SUGGESTED]
        suggested = cards(request, ids, query=query, ranking=ranking)
    rows = listings(list(visitor.saved_providers))
    context = {
        "places": [
            SimpleNamespace(card=_saved_card(rows[key], row), saved=row)
            for key, row in visitor.saved_providers.items()
            if key in rows
        ],
        "therapies": [
            SimpleNamespace(therapy=library().by_id[key], saved_on=row.saved_on, note=row.note)
            for key, row in visitor.saved_therapies.items()
        ],
        "unlisted": [row for row in visitor.saved if not row.listed],
        "link": sharing.link(visitor.row, [row for row in visitor.saved if row.listed]),
        "suggested": suggested,
        "suggestions": visitor.suggestions(next=reverse("recommendations:saved"), place=here),
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
    """Save, remove, hide, or keep a note; then back to where the visitor was."""
    post, visitor = request.POST, request.visitor
    act, back = post.get("act", "save"), local(post.get("next", ""), "/saved/")
    held = visitor.held(post.get("provider"), post.get("therapy"), hidden=act == "show")
    if act == "remove" and held:
        return _remove(request, held, back)
    therapy = library().by_slug.get(post.get("therapy", ""))
    provider = None
    if slug := plain(post.get("provider", "")):
        provider = get_object_or_404(Provider.objects.published(), slug=slug[:200])
    elif therapy is None or act in ("hide", "show"):
        return _nothing_to_save(request)
    if act == "hide":
        visitor.hide(provider)
    elif act == "show":
        if held:
            visitor.show(held)
    elif act == "note":
        if held:
            visitor.keep_note(held, post.get("note", ""))
    elif act != "remove":  # else another tab was first
        visitor.save(provider=provider, therapy=therapy, note=post.get("note", ""))
    if request.htmx:
        return _save_button(request, back, provider, therapy)
    return HttpResponseRedirect(back)


def _remove(request, row, back):
    """Listed or not, it leaves the list; its note and its therapy wait for an undo."""
    request.visitor.remove(row)
    if request.htmx:
        return _save_button(request, back, row.provider, row.therapy, note=row.note)
    if row.note or back.partition("#")[0] == request.path:
        return _saved_page(request, undo=row)
    return HttpResponseRedirect(back)


def _save_button(request, back, provider, therapy, *, note=""):
    visitor = request.visitor
    if provider:
        saved = provider.pk in visitor.saved_providers
    else:
        saved = therapy.pk in visitor.saved_therapies
    context = {
        "provider": provider,
        "therapy": therapy,
        "saved": saved,
        "hidden": provider is not None and provider.pk in visitor.hidden,
        "note": note,
        "next": back,
        "small": request.POST.get("small") == "1",
    }
    return TemplateResponse(request, "recommendations/_saved_now.html", context)


def _nothing_to_save(request):
    context = {"sentence": "We could not find what you wanted to save. Nothing was changed."}
    return TemplateResponse(request, "400.html", context, status=400)


@require_safe
def call_sheet(request):
    """A page of questions for each saved place, or for each that ?c= names; made to be printed."""
    slugs = [slug[:200] for slug in request.GET.getlist("c") if slug][: calls.MOST]
    snapshot, saved = index.current(), request.visitor.saved_providers
    wanted = snapshot.things(request.GET.lists()) or request.visitor.filters_used()
    places = calls.places(saved, slugs)
    context = {
        "sheets": [calls.sheet(each, saved.get(each.pk), wanted, snapshot) for each in places],
        "chosen": bool(slugs),
        "more": 0 if slugs else max(0, len(saved) - calls.MOST),
        "filtered": bool(wanted),
    }
    return TemplateResponse(request, "recommendations/call_sheet.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def shared(request, token):
    """A list that someone sent, to read; one press puts it on the list of who reads it."""
    try:
        found = sharing.read(token)
    except sharing.Ended:
        return _shared_page(request, "shared_gone", {"ended": True}, status=410)
    except sharing.NotOurs:
        return _shared_page(request, "shared_gone", {"ended": False}, status=404)
    if request.method == "POST":
        alone = [(None, therapy) for therapy in found.therapies]
        request.visitor.save_all([*found.places, *alone])
        return HttpResponseRedirect(reverse("recommendations:saved"))
    context = {
        "places": [_shared_card(request, *pair) for pair in found.places],
        "therapies": found.therapies,
        "unlisted": found.unlisted,
    }
    return _shared_page(request, "shared", context)


def _shared_card(request, provider, therapy):
    saved = provider.pk in request.visitor.saved_providers
    return Card(provider, saved=saved, therapy=therapy, url=provider.get_absolute_url())


def _shared_page(request, name, context, *, status=200):
    """Whoever has the address has the list: no search engine, no cache, no other page learns it."""
    response = TemplateResponse(request, f"recommendations/{name}.html", context, status=status)
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def recommendation_list(request):
    visitor = request.visitor
    left_out = (*visitor.saved_providers, *visitor.opened_today)
    found = places(request, most=10, leave_out=left_out)
    shelf = library()
    context = {
        "places": found,
        "cards": found.cards,
        "known": bool(found.cards or found.nearest),
        "gate_places": GATE_PLACES,
        "gate_miles": GATE_MILES,
        "concerns": [
            (each, len(therapies))
            for each in shelf.conditions
            if (therapies := shelf.helping(each))
        ],
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
    kind, _, slug = plain(post.get("thing", "")).partition(":")
    if kind == "therapy" and slug in library().by_slug:
        visitor.explored(therapy=library().by_slug[slug])
    elif kind == "provider":
        provider = Provider.objects.published().filter(slug=slug[:200]).first()
        if provider:
            visitor.explored(provider=provider)
    visitor.filtered(index.current().things(post.lists()))


@require_safe
def how(request):
    context = {
        "sheet": sheet.sheet(),
        "worked": worked_example(),
        "suggestions": request.visitor.suggestions(next=request.path),
    }
    return TemplateResponse(request, "recommendations/how.html", context)


@require_safe
def how_json(request):
    """The same page for programs."""
    return JsonResponse(sheet.as_json(), json_dumps_params={"indent": 1, "ensure_ascii": False})
