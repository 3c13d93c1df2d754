"""`request.visitor`: what we remember of the person who asks, and only what they allow.

The search at hand and explicit saves always count. Pages opened and filters used count only
after a plain yes. Nothing is written, and no cookie set, before the first save or yes.
"""

import hashlib
import secrets
from functools import cached_property

from django.db import IntegrityError, transaction
from django.utils import timezone

from providers.near import Located
from therapies.library import library

from . import near_you
from .models import Event, Saved, Visitor
from .ranking import SIMILAR, SIMILAR_LIKENESS, Ranking, Signal
from .suggestions import Suggestions, name_of, thing_of, using

CONSENT_VERSION = 2  # of the wording in templates/recommendations/_reco.html


class Memory:
    """The memory behind one request. Reads the database only when it is asked something."""

    def __init__(self, key="", *, gpc=False, looks=True):
        self.key = key
        self.gpc = gpc  # Global Privacy Control: we do not even ask
        self.looks = looks  # somebody sees this page: it was not fetched ahead, or for its head
        self.new_key = ""  # set when a visitor was made: the middleware sets the cookie
        self.gone = False  # everything was erased: the middleware deletes the cookie

    @cached_property
    def row(self):
        if not self.key:
            return None
        return Visitor.objects.filter(key_hash=_hash(self.key)).first()

    @property
    def on(self):
        """The visitor said yes: pages opened and filters used count."""
        return self.row is not None and self.row.consents

    @cached_property
    def saved(self):
        """Saved rows, newest first; `listed` tells whether visitors may still read of it."""
        if self.row is None:
            return []
        rows = list(self.row.saved.select_related("provider", "therapy"))
        for row in rows:
            row.listed = (
                row.provider.is_published if row.provider else row.therapy_id in library().by_id
            )
        return rows

    @property
    def saved_count(self):
        return len(self.saved)

    @cached_property
    def saved_providers(self):
        """By id, of what is still listed."""
        return {row.provider_id: row for row in self.saved if row.provider_id and row.listed}

    @cached_property
    def saved_therapies(self):
        return {row.therapy_id: row for row in self.saved if not row.provider_id and row.listed}

    @cached_property
    def events(self):
        if not self.on:
            return []
        return list(self.row.events.select_related("provider")[: Event.KEPT])

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
        for row in self.saved:
            if row.provider_id and row.listed and row.provider.lat is not None:
                here = row.provider
                return Located(here.name, here.town, here.lat, here.lon, here.state, here.town)
        return None

    # --- ranking ----------------------------------------------------------------------------

    def signals(self):
        today = timezone.localdate()
        found = []
        for row in self.saved_providers.values():
            found.append(Signal("saved", ("provider", row.provider_id), row.provider.name))
        for therapy_id in self.saved_therapies:
            name = library().by_id[therapy_id].short_name
            found.append(Signal("saved-therapy", ("therapy", therapy_id), name))
        for event in self.events:
            if name := name_of(event):
                thing = thing_of(event.thing)
                found.append(Signal(event.kind, thing, name, (today - event.day).days))
        return found

    def ranking(self, place=None, *, acts=True):
        """A Ranking for this visitor, from `place`; without `acts`, from the search alone."""
        return Ranking(
            self.signals() if acts else (),
            today=timezone.localdate(),
            origin=place.label if place else "",
        )

    def likeness(self, provider):
        """A Ranking by likeness to one place and nearness to it, whoever asks."""
        signal = Signal(SIMILAR, ("provider", provider.pk), provider.name)
        today = timezone.localdate()
        return Ranking([signal], today=today, origin="here", likeness=SIMILAR_LIKENESS)

    def suggestions(self, *, next, thing="", filters=(), place=None):
        """What the prompt beside recommendations shows; see _reco.html."""
        return Suggestions(
            on=self.on,
            asks=not self.on and not self.gpc,
            using=using(self, place) if self.on else [],
            thing=thing,
            filters=tuple(filters),
            next=next,
        )

    def places_near(self, request, **about):
        """Places for a page of a lower room, which may not know this one; see near_you.py."""
        return near_you.places(request, **about)

    # --- acts -------------------------------------------------------------------------------

    def explored(self, *, therapy=None, provider=None):
        """A page was opened. Counts from the next page on."""
        if therapy is not None:
            self._remember(Event.Kind.EXPLORED, [(f"therapy:{therapy.pk}", None)])
        if provider is not None:
            self._remember(Event.Kind.EXPLORED, [(f"provider:{provider.pk}", provider)])

    def filtered(self, things):
        """Filters were used: features of the index, such as ("term", 5)."""
        self._remember(Event.Kind.FILTER, [(f"{kind}:{value}", None) for kind, value in things])

    def searched(self, query, place=None):
        """Filters were used and a place was searched from."""
        self.filtered(query.things())
        if self.looks and self.on and place is not None:
            lat, lon = place.coarse
            if (float(self.row.lat or 0), float(self.row.lon or 0)) != (lat, lon):
                self._set(lat=lat, lon=lon, place_name=place.name)

    def _remember(self, kind, things):
        if not (self.looks and self.on):
            return
        today = timezone.localdate()
        known = {(event.kind, event.thing) for event in self.events if event.day == today}
        new = [
            Event(visitor=self.row, kind=kind, thing=thing, provider=provider, day=today)
            for thing, provider in things
            if (kind, thing) not in known
        ]
        if not new:
            return
        with transaction.atomic():
            if not self._is_there():
                return
            Event.objects.bulk_create(new, ignore_conflicts=True)
            if len(self.events) + len(new) > Event.KEPT:
                kept = self.row.events.values_list("pk", flat=True)[: Event.KEPT]
                self.row.events.exclude(pk__in=list(kept)).delete()

    def save(self, *, provider=None, therapy=None, note=""):
        """Save a place (found for a therapy, perhaps) or a therapy. Twice is once."""
        kept = {"therapy": therapy, "note": _as_note(note), "saved_on": timezone.localdate()}
        try:
            with transaction.atomic():
                Saved.objects.get_or_create(
                    visitor=self._made(), **_known(provider, therapy), defaults=kept
                )
        except IntegrityError:
            pass  # the other tab was first: it is saved
        self._forget_cached()

    def keep_note(self, provider, note):
        """The visitor's own words on a saved place."""
        if self.row is not None:
            self.row.saved.filter(provider=provider).update(note=_as_note(note))
            self._forget_cached()

    def held(self, provider, therapy):
        """The saved row of this place, or of this therapy alone, by slug; None when not saved."""
        for row in self.saved:
            if provider and row.provider and row.provider.slug == provider:
                return row
            if therapy and not provider and not row.provider and row.therapy.slug == therapy:
                return row
        return None

    def remove(self, row):
        """Take a saved row off the list."""
        row.delete()
        self._forget_cached()

    def say_yes(self):
        with transaction.atomic():
            self._made()
            self._set(consent_version=CONSENT_VERSION, consent_on=timezone.localdate())
        self._forget_cached()

    def say_no(self):
        """Stop and erase: events, place and consent. Saves stay."""
        if self.row is None:
            return
        with transaction.atomic():
            self.row.events.all().delete()
            self._set(lat=None, lon=None, place_name="", consent_version=None, consent_on=None)
        self._forget_cached()
        self._end_if_empty()

    def erase_place(self):
        if self.row is not None:
            self._set(lat=None, lon=None, place_name="")

    def erase_events(self):
        if self.row is not None:
            self.row.events.all().delete()
            self._forget_cached()

    def erase_saved(self):
        if self.row is not None:
            self.row.saved.all().delete()
            self._forget_cached()
            self._end_if_empty()

    def erase_all(self):
        """Nothing is left: rows, cookie, all."""
        if self.row is not None:
            self.row.delete()
        self.row = None
        self.key, self.gone = "", True
        self._forget_cached()

    def touch(self):
        """Once a day, note the day of the visit: idle memories are purged. True when noted."""
        today = timezone.localdate()
        if "row" not in self.__dict__ or self.row is None or self.row.seen_on == today:
            return False
        Visitor.objects.filter(pk=self.row.pk).update(seen_on=today)
        return True

    def _made(self):
        """Within a transaction: the visitor's row, a new one if another tab erased it meanwhile."""
        if self.row is None or not self._is_there():
            self.new_key = self.key = secrets.token_urlsafe(16)  # 128 bits
            self.row = Visitor.objects.create(
                key_hash=_hash(self.key), seen_on=timezone.localdate()
            )
            self.gone = False
        return self.row

    def _is_there(self):
        """Within a transaction: no other tab erased the visitor, and none can until it ends."""
        return Visitor.objects.select_for_update().filter(pk=self.row.pk).first() is not None

    def _set(self, **fields):
        """Write these fields; nothing where another tab erased the visitor meanwhile."""
        for name, value in fields.items():
            setattr(self.row, name, value)
        Visitor.objects.filter(pk=self.row.pk).update(**fields)

    def _end_if_empty(self):
        if self.row is not None and not self.on and not self.row.saved.exists():
            self.erase_all()

    def _forget_cached(self):
        for name in ("saved", "saved_providers", "saved_therapies", "events"):
            self.__dict__.pop(name, None)


def _known(provider, therapy):
    """What makes a saved thing one of its kind: the place, or else the therapy alone."""
    return {"provider": provider} if provider else {"provider": None, "therapy": therapy}


def _as_note(text):
    return text.replace("\x00", "")[:280]


def _hash(key):
    return hashlib.sha256(key.encode()).hexdigest()
