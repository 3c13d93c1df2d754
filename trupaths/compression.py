"""Pages travel compressed, where nothing of them can be guessed by it.

An address with a query string may come back in its page, and so may what was sent: beside a
secret, the length of the compressed page would tell of it to whoever makes a visitor's browser ask
again and again (the BREACH attack). Such a page is compressed only where there is no secret, for
who has no cookie, or where no one else made the browser ask: from a page of ours, as the browser
itself says.
"""

import gzip
import re

import brotli
from django.utils.cache import patch_vary_headers

LEAST = 1000  # bytes: less fits into one packet anyhow
WORDS = ("text/", "application/json", "application/ld+json", "application/xml", "image/svg+xml")
_refused = re.compile(r"\bq=0(?:\.0*)?\s*$")


def compressed(get_response):
    def middleware(request):
        response = get_response(request)
        if _may_be(request, response):
            patch_vary_headers(response, ["Accept-Encoding"])
            if encoding := best(request.headers.get("Accept-Encoding", "")):
                quick = bool(request.META.get("QUERY_STRING"))  # and it is not kept
                response.content = ENCODINGS[encoding](response.content, quick)
                response.headers["Content-Encoding"] = encoding
                response.headers["Content-Length"] = str(len(response.content))
        return response

    return middleware


def _may_be(request, response):
    return (
        request.method in ("GET", "HEAD")
        and not (request.META.get("QUERY_STRING") and _others_may_have_made_it(request))
        and not response.streaming
        and not response.has_header("Content-Encoding")
        and response.headers.get("Content-Type", "").startswith(WORDS)
        and len(response.content) >= LEAST
    )


def _others_may_have_made_it(request):
    came_from = request.headers.get("Sec-Fetch-Site")
    return request.META.get("HTTP_COOKIE") and came_from != "same-origin"


def _brotli(content, quick):
    return brotli.compress(content, mode=brotli.MODE_TEXT, quality=1 if quick else 4)


def _gzip(content, quick):
    return gzip.compress(content, compresslevel=1 if quick else 6, mtime=0)


ENCODINGS = {"br": _brotli, "gzip": _gzip}  # the best first


def best(accepted):
    """The best that the browser takes, or none."""
    said = [each.partition(";") for each in accepted.lower().split(",")]
    taken = {name.strip() for name, _, how in said if not _refused.search(how)}
    return next((encoding for encoding in ENCODINGS if encoding in taken), None)
