"""Tags for the admin's own pages."""

from django import template

from therapies.admin.waiting import pages_waiting

register = template.Library()


@register.inclusion_tag("admin/_waiting.html")
def pages_to_review(user):
    """Pages that wait for staff, as a table beside the queues of listings."""
    return {"queues": pages_waiting(user), "caption": "Pages to look at", "counted": "Pages"}
