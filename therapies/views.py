from django.http import Http404
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

from trupaths.text import fold

from .library import library
from .models import Therapy

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def therapy_list(request):
    q = request.GET.get("q", "").replace("\x00", "")[:200].strip()
    wanted = fold(q)
    found = [t for t in library().therapies if any(wanted in fold(name) for name in t.names)]
    letters = {}
    for therapy in found:
        letters.setdefault(therapy.name[0].upper(), []).append(therapy)
    return TemplateResponse(
        request,
        "therapies/list.html",
        {
            "letters": sorted(letters.items()),
            "alphabet": [(letter, letter in letters) for letter in ALPHABET],
            "q": q,
            "total": len(found),
        },
    )


def therapy_detail(request, slug):
    therapy = library().by_slug.get(slug)
    preview = therapy is None
    if preview:
        therapy = _draft(request, slug)
    context = {
        "therapy": therapy,
        "preview": preview,
        "saved": therapy.pk in request.visitor.saved_therapies,
        "places": request.visitor.places_near(request, therapy=therapy),
    }
    context["suggestions"] = request.visitor.suggestions(
        next=request.get_full_path(),
        thing=f"therapy:{therapy.slug}",
        place=context["places"].place,
    )
    if not preview:
        request.visitor.explored(therapy=therapy)
    return TemplateResponse(request, "therapies/detail.html", context)


def _draft(request, slug):
    """What is not published yet, for staff who may see it; for all others it is not there."""
    # Visitors have no session: asking who they are would read it for nothing.
    if not request.COOKIES or not request.user.has_perm("therapies.view_therapy"):
        raise Http404
    return get_object_or_404(Therapy.objects.with_parts(), slug=slug)
