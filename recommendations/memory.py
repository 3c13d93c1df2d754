"""`request.visitor`: what we remember of the person who asks, and only what they allow.

The search at hand and explicit saves count. Pages opened and filters used count only after a
plain yes. What is kept, and how it changes, is in kept.py.
"""

from django.utils import timezone

from providers.near import Located
from therapies.library import library

from . import exposure, near_you
from .kept import Kept
from .models import Event
from .ranking import ALIKE, Ranking, Signal
from .related import related
from .suggestions import Suggestions, name_of, thing_of, used, using


class Memory(Kept):
    """The memory behind one request, as pages ask it."""

    def __init__(self, key="", *, gpc=False, looks=True, person=False):
        super().__init__(key)
        self.first, self.opened = (), None  # listings that this page shows first, and opened
        self.gpc = gpc  # Global Privacy Control: we do not even ask
        self.looks = looks  # somebody sees this page: it was not fetched ahead, or for its head
        self.person = looks and person  # and no program that says so: for counts of nobody

    @property
    def place(self):
        """Where the visitor last searched, to a tenth of a degree; None when not kept."""
        if not self.on or self.row.lat is None:
            return None
        lat, lon = float(self.row.lat), float(self.row.lon)
        return Located(
            "where you last searched",
            self.row.place_name or "where you last searched",
            lat,
            lon,
            near=f"{lat:.1f}, {lon:.1f}",  # the town's own point may be miles from this one
            rough=True,
        )

    @property
    def saved_place(self):
        """Where the newest saved place stands that has a point: saves count by their place too."""
        for row in self._counting:
            if row.provider_id and row.provider.lat is not None:
                here = row.provider
                return Located(here.name, here.town, here.lat, here.lon, here.state, here.town)
        return None

    @property
    def _counting(self):
        """Saved rows that may shape suggestions, newest first."""
        if self.row is None or not self.row.counts_saved:
            return []
        return [row for row in self.saved if row.listed and row.counts]

    @property
    def opened_today(self):
        """Ids of places whose pages were opened today: they need not be suggested again."""
        today = timezone.localdate()
        return [
            event.provider_id
            for event in self.events
            if event.kind == Event.Kind.EXPLORED and event.provider_id and event.day == today
        ]

    # --- ranking ----------------------------------------------------------------------------

    def signals(self):
        """All that may move an order, apart from the search itself."""
        today = timezone.localdate()
        found = []
        for row in self._counting:
            if row.provider_id:
                found.append(Signal("saved", ("provider", row.provider_id), row.provider.name))
            else:
                name = library().by_id[row.therapy_id].short_name
                found.append(Signal("saved-therapy", ("therapy", row.therapy_id), name))
        for row in self.hidden.values():
            if row.listed:
                thing = ("provider", row.provider_id)
                age = (today - row.hidden_on).days
                found.append(Signal("not-for-me", thing, row.provider.name, age))
        for later, event in enumerate(self.events):  # the newest first
            if name := name_of(event):
                thing, age = thing_of(event.thing), (today - event.day).days
                found.append(Signal(event.kind, thing, name, age, 0 if age else later))
        return found

    def wants(self):
        """What was filtered by on the last day of which we keep that."""
        filters = [event for event in self.events if event.kind == Event.Kind.FILTER]
        last = [event for event in filters if event.day == filters[0].day]
        return [thing_of(event.thing) for event in last if name_of(event)]

    def ranking(self, place=None, *, acts=True, wants=()):
        """A Ranking for this visitor, from `place`; without `acts`, from the search alone."""
        return Ranking(
            self.signals() if acts else (),
            wants=wants,
            today=timezone.localdate(),
            origin=place.label if place else "",
        )

    def likeness(self, provider):
        """A Ranking by likeness to one place and nearness to it, whoever asks."""
        signal = Signal("similar", ("provider", provider.pk), provider.name)
        today = timezone.localdate()
        return Ranking([signal], today=today, origin="here", weights=ALIKE)

    def suggestions(self, *, next, thing="", filters=(), place=None):
        """What the prompt beside recommendations shows; see _reco.html."""
        return Suggestions(
            on=self.on,
            asks=not self.on and not self.gpc,
            using=using(self, place) if self.on else [],
            used=used(self.signals()),
            hidden=len(self.hidden),
            thing=thing,
            filters=tuple(filters),
            next=next,
        )

    def filters_used(self):
        """Features of the index that the visitor filtered by, the newest first."""
        filters = (event for event in self.events if event.kind == Event.Kind.FILTER)
        return list(dict.fromkeys(thing_of(event.thing) for event in filters))

    def places_near(self, request, **about):
        """Places for a page of a lower room, which may not know this one; see near_you.py."""
        return near_you.places(request, **about)

    def related(self, therapy):
        """Other therapies for the page of one; who asks plays no part."""
        return related(therapy)

    # --- acts -------------------------------------------------------------------------------

    def shown(self, ids):
        """A list was shown that begins with these listings."""
        self.first = tuple(ids[: exposure.FIRST])
        if self.person:
            exposure.counter.shown(ids)

    def explored(self, *, therapy=None, provider=None):
        """A page was opened. Counts from the next page on."""
        if provider is not None:
            self.opened = provider.pk
            if self.person:
                exposure.counter.opened(provider.pk)
        if not (self.looks and self.on and self.row.counts_opened):
            return
        if therapy is not None:
            self.remember(Event.Kind.EXPLORED, [(f"therapy:{therapy.pk}", None)])
        if provider is not None:
            self.remember(Event.Kind.EXPLORED, [(f"provider:{provider.pk}", provider)])

    def filtered(self, things):
        """Filters were used: features of the index, such as ("term", 5)."""
        if self._keeps_filters:
            self.remember(Event.Kind.FILTER, [(f"{kind}:{value}", None) for kind, value in things])

    def searched(self, query, place=None):
        """Filters were used and a place was searched from."""
        self.filtered(query.things())
        if self._keeps_filters and place is not None:
            self.remember_place(place)

    @property
    def _keeps_filters(self):
        return self.looks and self.on and self.row.counts_filters
