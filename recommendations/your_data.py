"""`/your-data/`: all that is held, in words; what may shape suggestions; download; erasing."""

from django.http import HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from trupaths.pages import local

from .kept import Kept, plain
from .suggestions import in_words

ACTS = {
    "erase-place": Kept.erase_place,
    "erase-saved": Kept.erase_saved,
    "erase-hidden": Kept.erase_hidden,
    "erase-events": Kept.erase_events,
    "end-links": Kept.end_links,
    "erase-all-now": Kept.erase_all,
}
DONE = {
    "use": "Your choice is kept.",
    "forget": "It no longer shapes your suggestions.",
    "count": "It shapes your suggestions again.",
    "shown": "It is shown again.",
    "gone": "That was no longer there. Nothing was changed.",
    "erase-place": "Your place is erased.",
    "erase-saved": "Your saved list is erased.",
    "erase-hidden": "Nothing is hidden any more.",
    "erase-events": "Pages and filters are erased.",
    "end-links": "All links to your list are ended. Your list itself has a new one.",
    "erase-all-now": "Everything is erased. We hold nothing about you.",
}


@require_http_methods(["GET", "HEAD", "POST"])
def your_data(request):
    if request.method != "POST":
        return TemplateResponse(request, "recommendations/your_data.html", _held(request))
    act = request.POST.get("act", "")
    if act == "erase-all":
        return TemplateResponse(request, "recommendations/erase.html", _held(request))
    done = _do(request.visitor, act, request.POST)
    here = reverse("recommendations:your_data")
    answer = HttpResponseRedirect(local(request.POST.get("next", ""), f"{here}?done={done}"))
    if act == "erase-all-now":
        # Without "cookies": ours is deleted by its name, and staff stay signed in.
        answer["Clear-Site-Data"] = '"cache", "storage"'
    return answer


def _do(visitor, act, post):
    """Do it; the key of DONE that says so."""
    if act == "use":
        ticked = post.getlist("use")
        visitor.choose(
            opened="opened" in ticked,
            filters="filters" in ticked,
            saved="saved" in ticked if "asked" in post else None,
        )
    elif act in ("forget", "count"):
        signal, _, thing = plain(post.get("signal", "")).partition(" ")
        if act == "forget":
            found = visitor.forget(signal, thing)
        else:
            found = visitor.count(thing, counts=True)
        done = "shown" if signal == "not-for-me" else act
        return done if found else "gone"
    elif act in ACTS:
        ACTS[act](visitor)
    else:
        return ""
    return act


def _held(request):
    visitor = request.visitor
    saved, hidden = visitor.saved, list(visitor.hidden.values())
    return {
        "visitor": visitor.row,
        "events": in_words(visitor.events),
        "saved": saved,
        "hidden": hidden,
        "saved_places": sum(bool(row.provider_id) for row in saved),
        "saved_therapies": sum(not row.provider_id for row in saved),
        "notes": sum(bool(row.note) for row in saved),
        "suggestions": visitor.suggestions(next=request.path),
        "notice": DONE.get(request.GET.get("done", ""), ""),
    }


@require_safe
def download(request):
    """All that is held, as a file: the same as on the page, for a program to read."""
    response = JsonResponse(_everything(request.visitor), json_dumps_params={"indent": 2})
    response["Content-Disposition"] = 'attachment; filename="trupaths-your-data.json"'
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "private, no-store"
    return response


def _everything(visitor):
    row = visitor.row
    if row is None:
        return {"held": "nothing"}
    return {
        "last_visit": row.seen_on,
        "yes": {"on": row.consent_on, "wording": row.consent_version} if row.consents else None,
        "shapes_suggestions": {
            "saved": row.counts_saved,
            "opened": row.counts_opened,
            "filters": row.counts_filters,
        },
        "place": None
        if row.lat is None
        else {"name": row.place_name, "lat": float(row.lat), "lon": float(row.lon)},
        "saved": [
            _named(each)
            | {"note": each.note, "saved_on": each.saved_on, "shapes_suggestions": each.counts}
            for each in visitor.saved
        ],
        "not_for_me": [
            _named(each) | {"note": each.note, "saved_on": each.saved_on, "on": each.hidden_on}
            for each in visitor.hidden.values()
        ],
        "pages_and_filters": [
            {"day": event.day, "kind": event.get_kind_display(), "what": text, "key": event.thing}
            for event, text in in_words(visitor.events)
        ],
        "cookie": "a random key, of which we keep only a fingerprint",
        "links_to_your_list": "a random key that they carry, so that you can end them",
    }


def _named(row):
    """What a saved row is about, with the address of its page."""
    return {
        "place": row.provider.name if row.provider else None,
        "therapy": str(row.therapy) if row.therapy else None,
        "address": (row.provider or row.therapy).get_absolute_url(),
        "listed": row.listed,
    }
