"""A place as a card: the row, and what this visitor should know about it."""

from dataclasses import dataclass, field

from trupaths.pages import link

from . import wording
from .index import index
from .models import Check, Provider


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


def cards(
    request,
    ids,
    *,
    query,
    ranking,
    also=(),
    therapy=None,
    start=None,
    common=frozenset(),
    carry=(),
    brief=False,
):
    """Cards for these listings and then for those of a second group, in order.

    `start` numbers them; what the whole list has in `common` is no reason for one of them; `carry`
    holds parameters for their addresses; a `brief` card shows no check. Takes two queries, or one.
    """
    ids = [int(key) for key in [*ids, *also]]
    rows = Provider.objects.published()
    rows = (rows if brief else rows.for_cards()).in_bulk(ids)
    seen = index.current().candidates(ids, query)
    at = {key: n for n, key in enumerate(seen.ids.tolist())}
    why = ranking.reasons(seen, common=common)
    found = []
    for n, key in enumerate(ids):
        if key not in rows or key not in at:  # withdrawn within the last second
            continue
        provider = rows[key]
        card = Card(
            provider,
            number=None if start is None else start + n,
            reasons=why[at[key]],
            saved=key in request.visitor.saved_providers,
            therapy=therapy,
            distance=wording.away(seen, at[key]),
            url=link(provider.get_absolute_url(), **dict(carry)),
        )
        card.next = f"{request.get_full_path()}#{card.anchor}"
        found.append(card)
    return found
