"""A place as a card: the row, and what this visitor should know about it."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone

from trupaths.pages import link

from . import wording
from .index import index
from .models import Check, Provider

OLD_AFTER = timedelta(days=182)


@dataclass
class Card:
    provider: Provider
    number: int | None = None
    reasons: list = field(default_factory=list)
    saved: bool = False
    therapy: object = None
    next: str = ""
    distance: str = ""
    url: str = ""

    @property
    def anchor(self):
        return f"p{self.provider.pk}"

    @property
    def check(self) -> Check | None:
        return self.provider.last_check

    @property
    def check_old(self):
        return self.check is not None and is_old(self.check)


def is_old(check):
    return check.checked_on < timezone.localdate() - OLD_AFTER


def cards(
    request,
    ids,
    *,
    query,
    ranking,
    also=(),
    therapy=None,
    start=None,
    shared=False,
    carry=(),
    brief=False,
):
    """Cards for these listings and then for those of a second group, in order.

    `start` numbers them; `carry` holds parameters for their addresses; a `brief` card shows no
    check. Takes two queries, or one.
    """
    groups = [[int(key) for key in group] for group in (ids, also)]
    ids = [*groups[0], *groups[1]]
    rows = Provider.objects.published()
    rows = (rows if brief else rows.for_cards()).in_bulk(ids)
    snapshot = index.current()
    why, miles = {}, {}
    for group in groups:  # a card says what sets it apart within its own group
        seen = snapshot.candidates(group, query)
        known = seen.ids.tolist()
        why |= zip(known, ranking.reasons(seen, shared=shared), strict=True)
        miles |= zip(known, seen.miles.tolist(), strict=True)
    found = []
    for n, key in enumerate(ids):
        if key not in rows:  # withdrawn within the last second
            continue
        provider = rows[key]
        card = Card(
            provider,
            number=None if start is None else start + n,
            reasons=why.get(key, []),
            saved=key in request.visitor.saved_providers,
            therapy=therapy,
            distance=wording.distance(miles.get(key)),
            url=link(provider.get_absolute_url(), **dict(carry)),
        )
        card.next = f"{request.get_full_path()}#{card.anchor}"
        found.append(card)
    return found
