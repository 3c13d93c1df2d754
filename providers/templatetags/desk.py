"""Tags for the admin's own pages."""

from django import template

from providers.admin.waiting import waiting

register = template.Library()


@register.inclusion_tag("admin/_waiting.html")
def queues_waiting(user):
    """What waits for staff, as a table: the first thing on the admin's first page."""
    return {
        "queues": waiting(user),
        "caption": "Waiting for someone",
        "counted": "Open",
        "owned": True,
    }
