"""LEAF: schema.org in JSON-LD. Every value stands on the page too."""

from django.conf import settings

CONTEXT = "https://schema.org"


def absolute(path):
    return f"{settings.SITE_URL}{path}"


def node(kind, **properties):
    """One thing; what is empty is left out."""
    return {"@type": kind} | {name: v for name, v in properties.items() if v not in ("", None, [])}


def document(*nodes):
    """A list of top-level things, each in the schema.org context."""
    return [{"@context": CONTEXT} | each for each in nodes]


def breadcrumbs(*crumbs):
    """From (name, path) pairs, home first."""
    return node(
        "BreadcrumbList",
        itemListElement=[
            node("ListItem", position=n, name=name, item=absolute(path))
            for n, (name, path) in enumerate([("Home", "/"), *crumbs], start=1)
        ],
    )


def item_list(pairs):
    """From (name, path) pairs, in the order of the page."""
    return node(
        "ItemList",
        itemListElement=[
            node("ListItem", position=n, name=name, url=absolute(path))
            for n, (name, path) in enumerate(pairs, start=1)
        ],
    )
