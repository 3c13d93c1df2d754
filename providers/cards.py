"""A place as a card: the row, and what this visitor should know about it."""

from dataclasses import dataclass, field

from trupaths.pages import link

from . import provenance, wording
from .index import index
from .models import Check, Provider

KEPT = 2000  # listings at hand in a process


@dataclass
class Card:
    provider: Provider
    number: int | None = None
    reasons: list = field(default_factory=list)
    saved: bool = False
    therapy: object = None
    next: str = ""
    distance: str = ""
    path: str = ""  # the address of its page
    url: str = ""  # and with what this search carries along

    @property
    def anchor(self):
        return f"p{self.provider.pk}"

    @property
    def personal(self):
        """Some reason comes from what the visitor did before, so it can be left out."""
        acts = (reason.signal[0] for reason in self.reasons if reason.signal)
        return any(act not in ("distance", "asked") for act in acts)

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
):
    """Cards for these listings and then for those of a second group, in order.

    `start` numbers them; what the whole list has in `common` is no reason for one of them; `carry`
    holds parameters for their addresses. Takes two queries for what is not at hand yet.
    """
    ids = [int(key) for key in [*ids, *also]]
    seen = index.current().candidates(ids, query)
    at = {key: n for n, key in enumerate(seen.ids.tolist())}
    rows = _listings(seen)
    why = ranking.reasons(seen, common=common)
    here, carried, found = request.get_full_path(), link("", **dict(carry)), []
    for n, key in enumerate(ids):
        if key not in rows:  # withdrawn within the last second
            continue
        provider = rows[key]
        card = Card(
            provider,
            number=None if start is None else start + n,
            reasons=why[at[key]],
            saved=key in request.visitor.saved_providers,
            therapy=therapy,
            distance=wording.away(seen, at[key]),
            path=provider.path,
            url=f"{provider.path}{carried}",
        )
        card.next = f"{here}#{card.anchor}"
        found.append(card)
    if start in (None, 1):  # the beginning of a list
        request.visitor.shown([card.provider.pk for card in found[: len(ids) - len(also)]])
    return found


def listings(ids):
    """Id -> listing with all that a card says of it; those that visitors may see."""
    found = Provider.objects.published().for_cards().in_bulk(ids)
    provenance.know_sources(found.values())
    return found


def _listings(seen):
    """Id -> listing with its checks, for all that are seen: shared, so nobody changes them.

    A row of the index stands for one state of a listing, so what was read for it stays true.
    """
    kept = seen.snapshot.columns.kept
    rows = dict(zip(seen.ids.tolist(), seen.rows.tolist(), strict=True))
    # What is shown is held here: another thread may empty the keep at any time.
    found = {key: kept.get(row) for key, row in rows.items()}
    if missing := [key for key, listing in found.items() if listing is None]:
        if len(kept) > KEPT:
            kept.clear()
        for key, listing in listings(missing).items():
            listing.path = listing.get_absolute_url()
            found[key] = kept[rows[key]] = listing
    return {key: listing for key, listing in found.items() if listing is not None}
