from django.http import Http404
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from trupaths import crisis
from trupaths.pages import address, staff_may

from . import structured
from .filters import TITLES, TherapyFilter
from .library import library
from .models import Evidence, Therapy

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@require_safe
def therapy_list(request):
    found = TherapyFilter(request.GET, library())
    danger = crisis.detect(found.q)
    letters = {}
    for therapy in found.therapies:
        letters.setdefault(therapy.name[0].upper(), []).append(therapy)
    context = {
        "letters": sorted(letters.items()),
        "alphabet": [(letter, letter in letters) for letter in ALPHABET],
        "q": "" if danger else found.q,  # not repeated to who wrote it
        "crisis": danger,
        "total": len(found.therapies),
        "facets": found.facets(),
        "chips": found.chips(request),
        "clear_url": address(request, **dict.fromkeys(TITLES)),
        "noindex": bool(request.GET),
        "json_ld": structured.therapy_list(found.therapies) if found.therapies else [],
    }
    return TemplateResponse(request, "therapies/list.html", context)


@require_safe
def therapy_detail(request, slug):
    therapy = library().by_slug.get(slug)
    preview = therapy is None
    if preview:
        therapy = _draft(request, slug)
    places = request.visitor.places_near(request, therapy=therapy)
    context = {
        "therapy": therapy,
        "preview": preview,
        "noindex": preview,
        "saved": therapy.pk in request.visitor.saved_therapies,
        "places": places,
        "suggestions": request.visitor.suggestions(
            next=request.get_full_path(), thing=f"therapy:{therapy.slug}", place=places.place
        ),
        "json_ld": [] if preview else structured.therapy(therapy),
    }
    if not preview:
        request.visitor.explored(therapy=therapy)
    return TemplateResponse(request, "therapies/detail.html", context)


def _draft(request, slug):
    """What is not published yet, for staff who may see it; for all others it is not there."""
    if not staff_may(request, "therapies.view_therapy"):
        raise Http404
    return get_object_or_404(Therapy.objects.with_parts(), slug=slug)


@require_safe
def condition_list(request):
    shelf = library()
    conditions = [(each, len(shelf.therapies_for(each))) for each in shelf.conditions]
    context = {
        "conditions": conditions,
        "total": len(conditions),
        "json_ld": structured.condition_list(shelf.conditions),
    }
    return TemplateResponse(request, "therapies/condition_list.html", context)


@require_safe
def condition_detail(request, slug):
    shelf = library()
    condition = shelf.condition_by_slug.get(slug)
    if condition is None:
        raise Http404
    rows = shelf.evidence.get(condition.pk, [])
    assessed = {row.therapy for row in rows}
    context = {
        "condition": condition,
        "answers": [
            (strength.label, strength.value, Evidence.MEANINGS[strength], found)
            for strength in Evidence.Strength
            if (found := [row for row in rows if row.strength == strength])
        ],
        "also": [each for each in shelf.best_for.get(condition.pk, ()) if each not in assessed],
        "json_ld": structured.condition(condition),
    }
    return TemplateResponse(request, "therapies/condition_detail.html", context)
