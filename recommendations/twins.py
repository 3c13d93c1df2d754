"""Two tabs that save at once, before either has the cookie, make two visitors: made one again.

With a script they wait for each other (site.js). Without one, a new visitor's key comes in the
cookie and, until the next request, in a twin whose name is its own. The later answer replaces the
cookie of the earlier one, but not its twin: so the next request knows both keys. It moves
everything to one visitor and ends the twins.
"""

from django.conf import settings
from django.db import transaction

from .kept import PLACE, YES, key_hash
from .models import Visitor

NAME = f"{settings.VISITOR_COOKIE_NAME}-"
MOST = 5


def name_for(key):
    return f"{NAME}{key_hash(key)[:8]}"


def names(cookies):
    """The twins among these cookies."""
    return [name for name, key in cookies.items() if name.startswith(NAME) and key][:MOST]


def merge(key, twins):
    """Move what the visitors of these keys hold to that of `key`, unless nobody has that."""
    others = {key_hash(twin) for twin in twins} - {key_hash(key)}
    if not others:
        return
    with transaction.atomic():
        rows = Visitor.objects.select_for_update().filter(key_hash__in={key_hash(key), *others})
        rows = {row.key_hash: row for row in rows.order_by("pk")}
        mine = rows.pop(key_hash(key), None)
        for other in rows.values() if mine else ():
            _move(other, mine)
            other.delete()


def _move(other, mine):
    put = {(row.provider_id, row.provider_id or row.therapy_id) for row in mine.saved.all()}
    for row in other.saved.all():
        if (row.provider_id, row.provider_id or row.therapy_id) not in put:
            row.visitor = mine
            row.save(update_fields=["visitor"])
    seen = set(mine.events.values_list("kind", "thing", "day"))
    for event in other.events.all():
        if (event.kind, event.thing, event.day) not in seen:
            event.visitor = mine
            event.save(update_fields=["visitor"])
    if other.consents and not mine.consents:
        for name in (*PLACE, *YES):
            setattr(mine, name, getattr(other, name))
        mine.save()
