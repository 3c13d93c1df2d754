"""The states of the map of the country: a hundred on a page, for which a template takes long."""

from django import template
from django.utils.html import format_html, format_html_join

register = template.Library()


@register.simple_tag
def states_drawn(states):
    """The shapes of the states; those with places are links and say how many."""
    return format_html_join("", "{}", ((_state(state),) for state in states))


def _state(state):
    if not state.count:
        return format_html('<path class="m-state m0" d="{}"/>', state.path)
    text = ""
    if state.text:
        text = format_html('<text x="{}" y="{}">{}</text>', state.x, state.y, state.text)
    return format_html(
        '<a class="m-state m{}" href="{}" aria-label="{}"><path d="{}"/>{}</a>',
        state.step, state.url, state.says, state.path, text,
    )  # fmt: skip


@register.simple_tag
def states_listed(states):
    """The same as links of a list."""
    return format_html_join(
        "",
        '<li><a href="{}">{} <span>{}<span class="vh"> place{}</span></span></a></li>',
        ((state.url, state.name, state.text, "" if state.count == 1 else "s") for state in states),
    )
