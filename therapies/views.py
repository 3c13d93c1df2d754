from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from trupaths import crisis
from trupaths.pages import address, link, staff_may

from . import structured
from .compare import MOST, compare
from .filters import TITLES, TherapyFilter
from .library import library
from .models import Evidence, OldSlug, Therapy
from .sections import Reading, meanings, surest_first

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@require_safe
def therapy_list(request):
    shelf = library()
    found = TherapyFilter(request.GET, shelf)
    # Also what is too long to be looked for.
    danger = crisis.detect(request.GET.get("q", "")[: crisis.READ].replace("\x00", ""))
    therapies, letters = found.therapies, {}
    for therapy in therapies:
        letters.setdefault(therapy.name[0].upper(), []).append(therapy)
    ticked = [shelf.by_slug[slug] for slug in request.GET.getlist("t") if slug in shelf.by_slug]
    context = {
        "letters": sorted(letters.items()),
        "alphabet": [(letter, letter in letters) for letter in ALPHABET],
        "q": "" if danger else found.q,  # not repeated to who wrote it
        "crisis": danger,
        "read_as": [] if danger else found.read_as,
        "in_text": found.in_text,
        "total": len(therapies),
        "ticked": ticked,
        "away": [each for each in dict.fromkeys(ticked) if each not in therapies],
        "condition": found.condition,
        "facets": found.facets(),
        "meanings": meanings(),
        "chips": found.chips(request),
        "clear_url": address(request, **dict.fromkeys(TITLES)),
        "noindex": bool(request.GET),
        "json_ld": structured.therapy_list(therapies) if therapies else [],
    }
    return TemplateResponse(request, "therapies/list.html", context)


@require_safe
def therapy_detail(request, slug):
    shelf = library()
    therapy = shelf.by_slug.get(slug)
    if therapy is None:
        return _unpublished(request, slug)
    answer = therapy_page(request, shelf.readings[therapy.pk])
    request.visitor.explored(therapy=therapy)
    return answer


def therapy_page(request, reading, *, preview=False, preview_until=None):
    """A therapy as visitors read it; `preview_until` is when the link to a preview ends."""
    therapy = reading.therapy
    places = request.visitor.places_near(request, therapy=therapy)
    context = {
        "therapy": therapy,
        "reading": reading,
        "sections": reading.sections,
        "preview": preview,
        "preview_until": preview_until,
        "noindex": preview,
        "saved": therapy.pk in request.visitor.saved_therapies,
        "places": places,
        "related": request.visitor.related(therapy),
        "suggestions": request.visitor.suggestions(
            next=request.get_full_path(), thing=f"therapy:{therapy.slug}", place=places.place
        ),
        "json_ld": [] if preview else structured.therapy(therapy),
    }
    return TemplateResponse(request, "therapies/detail.html", context)


def _unpublished(request, slug):
    """A preview, for staff who may see it; an address from before; else it is not there."""
    if staff_may(request, "therapies.view_therapy"):
        draft = Therapy.objects.with_parts().filter(slug=slug).first()
        if draft is not None:
            return therapy_page(request, Reading(draft), preview=True)
    moved = get_object_or_404(OldSlug.objects.select_related("therapy"), slug=slug).therapy
    if not moved.is_published:
        raise Http404
    return HttpResponsePermanentRedirect(moved.get_absolute_url())


@require_safe
def therapy_compare(request):
    shelf = library()
    comparison = compare(request, shelf)
    context = {"comparison": comparison, "therapies": shelf.therapies, "noindex": True}
    nothing = comparison.unknown and not comparison.sides
    return TemplateResponse(
        request, "therapies/compare.html", context, status=404 if nothing else 200
    )


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
    helping = [row.therapy.slug for row in surest_first(rows) if row.may_help]
    context = {
        "condition": condition,
        "answers": [
            (Evidence.IN_WORDS[strength], strength.value, Evidence.MEANINGS[strength], found)
            for strength in Evidence.Strength
            if (found := [row for row in rows if row.strength == strength])
        ],
        "also": [each for each in shelf.best_for.get(condition.pk, ()) if each not in assessed],
        "compare_url": _compare_url(condition, helping),
        "json_ld": structured.condition(condition, shelf.helping(condition)),
    }
    return TemplateResponse(request, "therapies/condition_detail.html", context)


def _compare_url(condition, slugs):
    """The surest of them side by side for this condition; "" when there are fewer than two."""
    if len(slugs) < 2:
        return ""
    return link(reverse("therapies:compare"), t=slugs[:MOST], condition=condition.slug)
