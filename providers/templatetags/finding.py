"""Tags for the boxes of the search for places, and for what stands on a card."""

from django import template

from providers import provenance, suggestions, wording

register = template.Library()


@register.inclusion_tag("providers/_names.html")
def names_to_choose():
    """All therapies and conditions as a `datalist`, for browsers without our script."""
    return {"names": suggestions.names()}


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
def checked(provider, check):
    """When and how a place was checked last: a `provenance.Fact`."""
    return provenance.checked(provider, check)
