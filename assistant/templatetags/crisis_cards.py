"""What the cards of help say now, for every template that shows one."""

from django import template

from assistant import cards

register = template.Library()


@register.simple_tag
def card_of(crisis):
    """The `Card` for what `crisis.detect` found."""
    return cards.of(crisis)


@register.simple_tag
def card_named(key):
    return cards.current()[key]
