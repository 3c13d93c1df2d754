"""A tag for the admin's first page."""

from django import template
from django.urls import reverse

from assistant import cards

register = template.Library()


@register.inclusion_tag("admin/_waiting.html")
def cards_to_check(user):
    """Cards of help whose numbers nobody has read for long, as a table beside the other queues."""
    due = cards.due() if user.has_perm("assistant.view_crisiscard") else []
    queue = {
        "title": f"Numbers not checked within {cards.FRESH_DAYS} days",
        "url": reverse("admin:assistant_crisiscard_changelist"),
        "count": len(due),
    }
    return {"queues": [queue] if due else [], "caption": "Cards of help", "counted": "Cards"}
