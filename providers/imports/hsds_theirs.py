"""A location of another directory, as far as it says what we have a word for."""

import re
from collections import defaultdict

from django.utils import timezone
from django.utils.html import strip_tags

from providers.models import Term
from therapies.library import library
from trupaths.text import fold

from . import repair
from .hsds_ours import answers, dollars, fitted, words_of
from .records import Record, Refused

CONFIDENTIAL = re.compile(
    r"(?i)\b(confidential|undisclosed|withheld|not (disclosed|published|public|given out))\b"
)
HIDDEN_PLACE = re.compile(r"(?i)\b(confidential|undisclosed|secret) (address|location|site)\b")
NO_VOICE = {"fax", "text", "sms", "tty", "tdd", "textphone", "video", "pager"}
NO_SPEECH = {"fax", "facsimile", "tty", "tdd", "textphone"}
VOICE = {"voice", "phone", "telephone", "call", "main"}
INTAKE = re.compile(r"(?i)\b(intake|admissions?)\b")
YES, NO = {"", "yes", "true", "y", "1"}, {"no", "false", "n", "0"}
DAYS = dict(zip("MO TU WE TH FR SA SU".split(), "Mon Tue Wed Thu Fri Sat Sun".split(), strict=True))
# Texts of a service that help whoever comes, and what to put before them.
TOLD = (
    ("description", ""),
    ("eligibility_description", "Who can come: "),
    ("application_process", "How to begin: "),
    ("fees_description", "Fees: "),
    ("alert", ""),
)


class Translation:
    """Their words into ours: by our own taxonomies, else by a name that is exactly one of ours."""

    def __init__(self, terms):
        self.theirs = terms
        named, self.within = defaultdict(set), {}
        for term in Term.objects.all():
            key = term.natural_key()
            named[fold(term.name)].add(key)
            self.within[term.facet, fold(term.name)] = key
        # A name of two terms says neither.
        self.terms = {name: next(iter(keys)) for name, keys in named.items() if len(keys) == 1}
        self.therapies = library().by_name

    def words(self):
        """All that the meaning of a place depends on besides itself, for its fingerprint."""
        therapies = sorted((name, found.slug) for name, found in self.therapies.items())
        return [sorted(self.within), sorted(self.terms.items()), therapies, self.theirs]

    def record(self, place):
        """The `Record` of a `Place`; raises `Refused`."""
        active = [each for each in place.services if each[0].get("status", "active") == "active"]
        if not active:
            some = "No service here is active" if place.services else "No service is given here"
            raise Refused(f"{some}; a listing needs one.", kind="No active service")
        repairs, location = [], place.location
        levels = [place.parts, *(parts for _, parts in active), place.about, place.contacts]
        services, above = [row for row, _ in active], place.organization
        contacts = [row for parts in levels for row in parts.get("contact", ())]
        address = _address(place, repairs)
        phone, intake = _phones(levels, repairs)
        virtual = location.get("location_type") == "virtual"
        return Record(
            identifier=location.get("id", "")[:110],
            name=repair.name(location.get("name") or above.get("name", ""))[:200],
            organization=repair.name(above.get("name", ""))[:200],
            description=_description(location, services),
            point=_point(location, address, repairs),
            phone=phone,
            intake_phone=intake,
            website=_first(
                repair.website,
                [*_values(services, "url"), *_values([above], "website")],
                repairs,
            ),
            email=_first(repair.email, _values([*services, above, *contacts], "email"), repairs),
            hours=_hours([place.parts, *(parts for _, parts in active)]),
            terms=self._terms(place.parts, active),
            services=self._services(active, virtual=virtual),
            repairs=tuple(repairs),
            **address,
        )

    # --- terms ----------------------------------------------------------------------------------

    def _terms(self, here, active):
        levels = [here, *(parts for _, parts in active)]
        found = {}
        for parts in levels:
            for key, answer in [
                *answers(words_of(parts, self.theirs)).items(),
                *self._named(parts),
            ]:
                if answer.startswith("yes") or key not in found:
                    found[key] = answer
        return found

    def _named(self, parts):
        for row in parts.get("attribute", ()):
            name = fold(self.theirs.get(row.get("taxonomy_term_id"), {}).get("name", ""))
            value = fold(row.get("value", ""))
            if key := self.terms.get(name):
                # Any other value is about the term, and neither a yes nor a no.
                if value in YES or value == name:
                    yield key, "yes"
                elif value in NO:
                    yield key, "no"
        for entity, column, facet in (
            ("language", "name", Term.Facet.LANGUAGE),
            ("accessibility", "description", Term.Facet.ACCESS),
            ("cost_option", "option", Term.Facet.PAY),
        ):
            for row in parts.get(entity, ()):
                if key := self.within.get((facet, fold(row.get(column, "")))):
                    yield key, "yes"

    # --- therapies ------------------------------------------------------------------------------

    def _services(self, active, *, virtual):
        """{therapy slug, “cbt#1” for the second: offer} of the services that name a therapy."""
        found, times = {}, defaultdict(int)
        for row, parts in active:
            therapies = self._therapies(row, parts)
            offer = _offer(parts, virtual) if len(therapies) == 1 else {}
            for slug in therapies:
                n, times[slug] = times[slug], times[slug] + 1
                found[f"{slug}#{n}" if n else slug] = offer
        return found

    def _therapies(self, row, parts):
        names = [row.get("name", ""), row.get("alternate_name", "")]
        coded = []
        for attribute in parts.get("attribute", ()):
            if fold(attribute.get("value", "")) not in NO:
                term = self.theirs.get(attribute.get("taxonomy_term_id"), {})
                names.append(term.get("name", ""))
        for name, slug, _ in words_of(parts, self.theirs):
            coded += [slug] if name == "therapy" else []
        known = (self.therapies.get(fold(name)) for name in names if name)
        return list(dict.fromkeys([*coded, *(therapy.slug for therapy in known if therapy)]))


def _offer(parts, virtual):
    offer = {"virtual": True} if virtual else {}
    names = (repair.stated(row.get("name", "")) for row in parts.get("language", ()))
    offer["languages"] = ", ".join(dict.fromkeys(filter(None, names)))
    costs = [row for row in parts.get("cost_option", ()) if _is_due(row) and _is_dollars(row)]
    amounts = [amount for row in costs if (amount := dollars(row.get("amount", ""))) is not None]
    if amounts:
        offer |= {"price_low": min(amounts), "price_high": max(amounts)}
        offer["price_unit"] = repair.stated(costs[0].get("amount_description", ""))
    return fitted(offer)


def _is_dollars(row):
    return row.get("currency", "usd").casefold() == "usd"


def _is_due(row):
    return not row.get("valid_to") or row["valid_to"][:10] >= str(timezone.localdate())


# --- where ------------------------------------------------------------------------------------


def is_hidden(place):
    """Whether the place says that its address is not for everybody."""
    told = " ".join([place.location.get("name", ""), place.location.get("description", "")])
    lines = (
        row.get(name, "")
        for row in place.parts.get("address", ())
        for name in ("attention", "address_1", "address_2")
    )
    return bool(CONFIDENTIAL.search(" ".join(lines)) or HIDDEN_PLACE.search(told))


def _address(place, repairs):
    """The fields of the record that say where it stands."""
    rows = sorted(
        place.parts.get("address", ()), key=lambda row: row.get("address_type") != "physical"
    )
    if not rows:
        raise Refused("The location has no address; a listing needs a town and a state.", "Address")
    row, hidden, street = rows[0], is_hidden(place), ""
    state = repair.state(row.get("state_province", ""), row.get("postal_code", ""), repairs)
    # A post box or a place on the web is nowhere to go to.
    kinds = {place.location.get("location_type"), row.get("address_type")} - {None}
    if not hidden and kinds <= {"physical"}:
        lines = (repair.stated(row.get(name, "")) for name in ("address_1", "address_2"))
        street = repair.street(", ".join(filter(None, lines)))[:200]
    return {
        "street": street,
        "city": repair.city(row.get("city", "")),
        "state": state,
        "zip": repair.zip_code(row.get("postal_code", ""), state, repairs),
        "confidential": hidden,
    }


def _point(location, address, repairs):
    if address["confidential"] or location.get("location_type", "physical") != "physical":
        return None
    return repair.point(location.get("latitude", ""), location.get("longitude", ""), repairs)


# --- how to reach it --------------------------------------------------------------------------


def _phones(levels, repairs):
    """(phone, intake phone): what is said of the location before what is said of what is above."""
    phones, intakes = [], []
    for parts in levels:
        for row in parts.get("phone", ()):
            about = f"{row.get('type', '')} {row.get('description', '')}"
            if NO_VOICE & set(fold(row.get("type", "")).split()):
                continue
            said = set(fold(row.get("description", "")).split())
            if NO_SPEECH & said and not VOICE & said:  # some say it in words alone
                continue
            number = row.get("number", "").strip("\" '")
            if extension := row.get("extension", "").removesuffix(".0"):
                number = f"{number} x{extension}"
            if number := repair.or_left_out(repair.phone, number, repairs):
                (intakes if INTAKE.search(about) else phones).append(number)
    intake = next((number for number in intakes if number not in phones), "")
    return (phones[0], intake) if phones else (intake, "")


def _values(rows, column):
    return [row[column] for row in rows if row.get(column)]


def _first(read, texts, repairs):
    """The first of the texts that can be used."""
    for text in texts:
        if found := repair.or_left_out(read, text, repairs):
            return found
    return ""


# --- words ------------------------------------------------------------------------------------


def _description(location, services):
    """What location and services say in paragraphs; markup goes."""
    parts = [location.get("description", "")]
    for row in services:
        told = [(before, row.get(column, "")) for column, before in TOLD]
        said = " ".join(f"{before}{text.strip()}" for before, text in told if text.strip())
        name = row.get("name", "").strip()
        parts.append(f"{name}: {said}" if said and name else name)
    return "\n\n".join(dict.fromkeys(filter(None, map(_plain, parts))))


def _plain(text):
    # Twice: what is left of “&lt;b&gt;” is markup too.
    lines = strip_tags(repair.html.unescape(strip_tags(text))).splitlines()
    return "\n".join(filter(None, map(repair.stated, lines)))


def _hours(levels):
    """The first level that says any, one line for each group of days."""
    for parts in levels:
        lines = [_line(row) for row in parts.get("schedule", ()) if _is_due(row)]
        if lines := list(dict.fromkeys(filter(None, lines))):
            return "\n".join(lines)
    return ""


def _line(row):
    """“Thu, Fri: 10 am to 6 pm”, or the words of the schedule itself.

    >>> _line({"byday": "TH,FR", "opens_at": "10:00", "closes_at": "18:30:00"})
    'Thu, Fri: 10 am to 6:30 pm'
    """
    text = " ".join(_plain(row.get("description", "")).split())
    if _is_seldom(row):
        return text  # its days hold for some weeks, and are said only in its own words
    days = ", ".join(
        DAYS[day] for day in re.findall("[A-Z]{2}", row.get("byday", "")) if day in DAYS
    )
    times = " to ".join(filter(None, map(_clock, (row.get("opens_at"), row.get("closes_at")))))
    when = ": ".join(filter(None, (days, times)))
    return f"{text} ({when})" if text and when else text or when


def _is_seldom(row):
    """Every second week, the first Monday of a month: “Mon” alone would be false."""
    by_day = row.get("byday", "")
    every = row.get("interval", "").strip().removesuffix(".0") or "1"
    weekly = row.get("freq", "").strip().upper() in ("", "WEEKLY", "DAILY")
    return (
        not weekly
        or every != "1"
        or bool(re.search(r"\d", by_day))
        or any(row.get(name, "").strip() for name in ("bymonthday", "byweekno", "byyearday"))
    )


def _clock(text):
    """
    >>> _clock("18:30:00+00:00"), _clock("00:00"), _clock("late")
    ('6:30 pm', '12 am', '')
    """
    found = re.match(r"([01]?\d|2[0-4]):([0-5]\d)", text or "", re.ASCII)
    if not found:
        return ""
    hour, minute = int(found[1]) % 24, found[2]
    shown = f"{hour % 12 or 12}" if minute == "00" else f"{hour % 12 or 12}:{minute}"
    return f"{shown} {'am' if hour < 12 else 'pm'}"
