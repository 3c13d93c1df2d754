"""What we keep of one visitor: its rows, and every way in which they change.

Nothing is written, and no cookie set, before the first save, “not for me” or yes.
"""

import hashlib
import secrets
from functools import cached_property

from django.db import IntegrityError, transaction
from django.utils import timezone

from therapies.library import library
from trupaths import outages

from .models import Event, Saved, Visitor, share_key

CONSENT_VERSION = 2  # of the wording in templates/recommendations/_reco.html
PLACE = ("lat", "lon", "place_name")
YES = ("consent_version", "consent_on", "counts_opened", "counts_filters")


class Kept:
    """The rows behind one request. Reads the database only when it is asked something."""

    def __init__(self, key=""):
        self.key = key
        self.new_key = ""  # set when a visitor was made: the middleware sets the cookie
        self.gone = False  # everything was erased: the middleware deletes the cookie

    @cached_property
    def row(self):
        if not self.key:
            return None
        return Visitor.objects.filter(key_hash=key_hash(self.key)).first()

    @property
    def on(self):
        """The visitor said yes: pages opened or filters used count, perhaps both."""
        return self.row is not None and self.row.consents

    @cached_property
    def _put(self):
        """Saved and hidden rows; `listed` tells whether visitors may still read of it."""
        if self.row is None:
            return []
        rows = list(self.row.saved.select_related("provider", "therapy"))
        for row in rows:
            row.listed = (
                row.provider.is_published if row.provider else row.therapy_id in library().by_id
            )
        return rows

    @property
    def saved(self):
        """Saved rows, newest first."""
        return [row for row in self._put if row.hidden_on is None]

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
    def hidden(self):
        """Places that are “not for me”, by id, newest first: no list shows them."""
        rows = [row for row in self._put if row.hidden_on is not None]
        rows.sort(key=lambda row: (row.hidden_on, row.pk), reverse=True)
        return {row.provider_id: row for row in rows}

    @cached_property
    def events(self):
        if not self.on:
            return []
        return list(self.row.events.select_related("provider")[: Event.KEPT])

    # --- the list ---------------------------------------------------------------------------

    def save(self, *, provider=None, therapy=None, note=""):
        """Save a place (found for a therapy, perhaps) or a therapy. Twice is once."""
        kept = {"therapy": therapy, "note": plain(note)[:280], "saved_on": timezone.localdate()}
        try:
            with transaction.atomic():
                row, _ = Saved.objects.get_or_create(
                    visitor=self._made(), **_known(provider, therapy), defaults=kept
                )
                if row.hidden_on is not None:  # so it is for them after all
                    self._write(row, hidden_on=None, saved_on=row.saved_on or kept["saved_on"])
        except IntegrityError:
            pass  # the other tab was first: it is saved
        self._forget_cached()

    def save_all(self, pairs):
        """Save many (place or None, therapy or None): all of them, or nothing."""
        with transaction.atomic():
            for provider, therapy in pairs:
                self.save(provider=provider, therapy=therapy)

    def hide(self, provider):
        """“Not for me”: no list shows the place. A note on it waits for an undo."""
        today = timezone.localdate()
        try:
            with transaction.atomic():
                row, _ = Saved.objects.get_or_create(
                    visitor=self._made(), provider=provider, defaults={"hidden_on": today}
                )
                if row.hidden_on is None:
                    self._write(row, hidden_on=today)
        except IntegrityError:
            pass
        self._forget_cached()

    def show(self, row):
        """Undo “not for me”; what was saved before is saved again."""
        if row.saved_on is None:
            row.delete()
        else:
            self._write(row, hidden_on=None)
        self._forget_cached()
        self._end_if_empty()

    def keep_note(self, row, note):
        """The visitor's own words on what is saved."""
        self._write(row, note=plain(note)[:280])
        self._forget_cached()

    def held(self, provider, therapy, *, hidden=False):
        """The saved row of this place, or of this therapy alone, by slug; None when not saved."""
        for row in self.hidden.values() if hidden else self.saved:
            if provider and row.provider and row.provider.slug == provider:
                return row
            if therapy and not provider and not row.provider and row.therapy.slug == therapy:
                return row
        return None

    def remove(self, row):
        """Take a saved row off the list."""
        row.delete()
        self._forget_cached()
        self._end_if_empty()

    # --- a yes, and what follows from it ------------------------------------------------------

    def say_yes(self, *, opened=True, filters=True):
        with transaction.atomic():
            self._made()
            self._set(
                consent_version=CONSENT_VERSION,
                consent_on=timezone.localdate(),
                counts_opened=opened,
                counts_filters=filters,
            )
        self._forget_cached()

    def say_no(self):
        """Stop and erase: events, place and consent. Saves stay."""
        if self.row is None:
            return
        with transaction.atomic():
            self.row.events.all().delete()
            self._set(**none(PLACE, YES))
        self._forget_cached()
        self._end_if_empty()

    def choose(self, *, opened, filters, saved=None):
        """What may shape suggestions. What may not is stopped, and what we kept of it deleted.

        `saved` is None when nobody was asked. The list itself stays: it is no suggestion.
        """
        if opened or filters:
            self.say_yes(opened=opened, filters=filters)
        else:
            self.say_no()
        if self.row is None:
            return
        if not opened:
            self._delete_events(kind=Event.Kind.EXPLORED)
        if not filters:
            self._delete_events(kind=Event.Kind.FILTER)
            self.erase_place()
        if saved is not None:
            self._set(counts_saved=saved)

    def forget(self, act, thing):
        """Take one signal out of the suggestions; see suggestions.py. True when there was one."""
        if act in Event.Kind.values:
            return bool(self._delete_events(kind=act, thing=thing))
        if act != "not-for-me":
            return self.count(thing, counts=False)
        for row in self.hidden.values():
            if row.thing == thing:
                self.show(row)
                return True
        return False

    def count(self, thing, *, counts):
        """Whether this saved place or therapy shapes suggestions. False when it is not saved."""
        for row in self.saved:
            if row.thing == thing:
                self._write(row, counts=counts)
                self._forget_cached()
                return True
        return False

    def remember(self, kind, things):
        """Note events (thing, provider or None) of today: each once, and the newest 40 stay."""
        if not self.on:
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
        with outages.given_up("What a visitor opened"), transaction.atomic():
            if not self._is_there():
                return
            Event.objects.bulk_create(new, ignore_conflicts=True)
            if len(self.events) + len(new) > Event.KEPT:
                kept = self.row.events.values_list("pk", flat=True)[: Event.KEPT]
                self.row.events.exclude(pk__in=list(kept)).delete()

    def remember_place(self, place):
        lat, lon = place.coarse
        if (float(self.row.lat or 0), float(self.row.lon or 0)) != (lat, lon):
            with outages.given_up("Where a visitor searched"):
                self._set(lat=lat, lon=lon, place_name=place.name)

    # --- erasing ------------------------------------------------------------------------------

    def erase_place(self):
        if self.row is not None:
            self._set(**none(PLACE))

    def erase_events(self):
        self._delete_events()

    def erase_saved(self):
        self._erase(hidden_on=None)

    def erase_hidden(self):
        self._erase(hidden_on__isnull=False)

    def end_links(self):
        """Links to the list that were sent open nothing any more; one made from now on does."""
        if self.row is not None:
            self._set(shared_as=share_key())

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
        with outages.given_up("The day of a visit"):
            Visitor.objects.filter(pk=self.row.pk).update(seen_on=today)
            return True
        return False

    # --- rows ---------------------------------------------------------------------------------

    def _erase(self, **which):
        if self.row is not None:
            self.row.saved.filter(**which).delete()
            self._forget_cached()
            self._end_if_empty()

    def _delete_events(self, **which):
        if self.row is None:
            return 0
        gone, _ = self.row.events.filter(**which).delete()
        self._forget_cached()
        return gone

    def _made(self):
        """Within a transaction: the visitor's row, a new one if another tab erased it meanwhile."""
        if self.row is None or not self._is_there():
            self.new_key = self.key = secrets.token_urlsafe(16)  # 128 bits
            self.row = Visitor.objects.create(
                key_hash=key_hash(self.key), seen_on=timezone.localdate()
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

    @staticmethod
    def _write(row, **fields):
        """Write these fields of a saved row; nothing where another tab took it off meanwhile."""
        Saved.objects.filter(pk=row.pk).update(**fields)

    def _end_if_empty(self):
        if self.row is not None and not self.on and not self.row.saved.exists():
            self.erase_all()

    def _forget_cached(self):
        for name in ("_put", "saved_providers", "saved_therapies", "hidden", "events"):
            self.__dict__.pop(name, None)


def none(*names):
    """These fields of a visitor as they are when nothing is held."""
    empty = {"place_name": "", "counts_opened": False, "counts_filters": False}
    return {name: empty.get(name) for group in names for name in group}


def _known(provider, therapy):
    """What makes a saved thing one of its kind: the place, or else the therapy alone."""
    return {"provider": provider} if provider else {"provider": None, "therapy": therapy}


def plain(text):
    """What a form sent, without NUL, which is no text and which PostgreSQL refuses."""
    return text.replace("\x00", "")


def key_hash(key):
    return hashlib.sha256(key.encode()).hexdigest()
