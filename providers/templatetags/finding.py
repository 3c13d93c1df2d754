"""Tags for the boxes of the search for places, and for what stands on a card."""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join

from providers import provenance, suggestions, wording
from therapies.library import library
from trupaths.templatetags.site import icon

register = template.Library()

# How an answer is shown: class, icon, words.
ANSWERS = {
    "yes": ("yes", "check", "Yes"),
    "no": ("no", "x", "Says no"),
    "": ("ask", "ask", "Not stated"),
}


@register.simple_tag
def names_to_choose():
    """All therapies and conditions as a `datalist`, for browsers without our script."""
    return _names_to_choose(library())


@lru_cache(maxsize=1)  # every search shows them
def _names_to_choose(shelf):
    return render_to_string("providers/_names.html", {"names": suggestions.names(shelf)})


@register.inclusion_tag("providers/_suggests.html")
def suggests(box):
    """Attributes of an input that offers suggestions while typing, in the list named `box`-list."""
    return {"box": box}


@register.filter
def places(n):
    """“1 place”, “1,200 places”."""
    return wording.places(n)


@register.filter
def thousands(n):
    """“1,200”."""
    return f"{n:,}"


@register.simple_tag
def answered(rows):
    """Terms of a listing with their answers, as items of a list: half a hundred on a page."""
    return format_html_join(
        "",
        "{}",
        ((_answered(answer, term.name, note or term.meaning),) for term, answer, note in rows),
    )


@lru_cache(maxsize=4096)
def _answered(answer, name, more):
    css, drawn, words = ANSWERS[answer]
    return format_html(
        '<li class="{}">{}<span>{}{}</span><b>{}</b></li>',
        css, icon(drawn), name, format_html("<small>{}</small>", more) if more else "", words,
    )  # fmt: skip


@register.simple_tag
def checked(provider, check):
    """When and how a place was checked last: a `provenance.Fact`."""
    return provenance.checked(provider, check)
