"""What listings hold as text: asked of the database, for it is too long for the memory."""

import re
from types import SimpleNamespace

from django.db import connections
from django.db.models import Value
from django.db.models.functions import Concat, StrIndex
from django.db.models.lookups import GreaterThan
from django.utils.text import slugify

from trupaths.text import words as words_of

from .models import Provider, SearchRow, SearchWord

SHORT = 3  # letters
_PHONE = re.compile(
    r"[\s+(]*(?:1[\s.)-]*)?\(?([2-9]\d\d)[\s.)/-]*(\d{3})[\s.-]*(\d{4})\s*", re.ASCII
)


def listings_with(words):
    """Ids of the listings whose text has all of these: short words whole, others as beginnings.

    Ten digits alone are a telephone number: those who have it.
    """
    if len(words) == 1 and (number := phone(words[0])):
        found = SearchRow.objects.filter(same_phone=int(number), live=True)
    else:
        begins = [GreaterThan(StrIndex(*_sought(word)), 0) for word in words]
        found = SearchRow.objects.filter(*begins, live=True)
    found = found.values_list("provider_id")
    # They may be very many, and nothing is to be made of them.
    with connections[found.db].cursor() as cursor:
        cursor.execute(*found.query.sql_with_params())
        return [key for (key,) in cursor.fetchall()]


def phone(text):
    """The ten digits of a text that is a telephone number and nothing else; else ""."""
    found = _PHONE.fullmatch(text)
    return "".join(found.groups()) if found else ""


def _sought(word):
    """Where to look, and what for. “die” is not the beginning of “Diego”."""
    if len(word) > SHORT:
        return "search_text", Value(f" {word}")
    return Concat("search_text", Value(" ")), Value(f" {word} ")


def holding(text):
    """What of this text listings hold: `.word(folded)`, `.name(folded)`, `.begins_name(folded)`."""
    known = words_of(text)
    held = frozenset()
    if known:
        held = frozenset(SearchWord.objects.filter(word__in=known).values_list("word", flat=True))
    return SimpleNamespace(
        word=held.__contains__,
        name=lambda name: called(name).exists(),
        begins_name=_begins_name,
    )


def _begins_name(folded):
    return SearchRow.objects.filter(live=True, sort_key__startswith=folded).exists()


def called(folded):
    """Listings of exactly this name, or of an organization of this name."""
    published = Provider.objects.published()
    so = SearchRow.objects.filter(live=True, sort_key=folded[:200]).values("provider_id")
    parts = published.filter(organization__slug=slugify(folded)[:200]).order_by().values("pk")
    return published.filter(pk__in=so.union(parts))  # an OR would read a million rows
