"""LEAF: pages of a list, whole page or part, addresses that change one thing."""

from functools import lru_cache
from urllib.parse import quote_plus, urlencode

from django.core.paginator import Paginator
from django.template.response import TemplateResponse
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme

# What a changed search forgets: where one was in the lists that it no longer shows.
FIRST = {"page": None, "more": None}


def render_page(request, template, context, *, partial, status=200):
    """Give htmx the partial and everyone else the whole page."""
    # On a history restore htmx asks again for a page it no longer holds.
    wants_partial = request.htmx and not request.htmx.history_restore_request
    response = TemplateResponse(
        request, partial if wants_partial else template, context, status=status
    )
    patch_vary_headers(response, ["HX-Request"])
    return response


def page_of(items, number, size=20):
    """The page asked for; nonsense and less than one give the first, too far the last."""
    number = str(number or "1")
    number = int(number) if number.isdecimal() and len(number) < 10 else 1
    return Paginator(items, size).get_page(max(1, number))


def pager(request, page, *, param="page", anchor=""):
    """Links of a paginated list, or None when one page holds it all. A None label is a gap."""
    if page.paginator.num_pages < 2:
        return None

    def url(number):
        return address(request, **{param: number if number > 1 or anchor else None}) + anchor

    links = [
        (str(n), url(n), n == page.number) if isinstance(n, int) else (None, "", False)
        for n in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]
    return {
        "number": page.number,
        "last": page.paginator.num_pages,
        "previous_url": url(page.number - 1) if page.has_previous() else "",
        "next_url": url(page.number + 1) if page.has_next() else "",
        "links": links,
    }


def address(request, *, path=None, **changes):
    """This page's address with parameters changed: a list, a value, or None to drop it."""
    return link(path or request.path, **dict(request.GET.lists()) | changes)


_quoted = lru_cache(maxsize=1000)(quote_plus)  # a page has a hundred links of the same words


def link(path, /, **params):
    """An address with these parameters; lists repeat, empty ones are left out."""
    said = {
        # What is said five hundred times, is said once.
        name: dict.fromkeys(value) if isinstance(value, (list, tuple)) else (value,)
        for name, value in params.items()
        if value not in (None, "")
    }
    query = urlencode(said, doseq=True, quote_via=_quoted)
    return f"{path}?{query}" if query else path


def staff_may(request, permission):
    """Is this staff with the permission? Visitors have no session: theirs is not even read."""
    return bool(request.COOKIES) and request.user.has_perm(permission)


def local(path, default="/"):
    """A path on this site, or the default: no redirect ever leaves it."""
    safe = url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if safe and path.startswith("/") else default
