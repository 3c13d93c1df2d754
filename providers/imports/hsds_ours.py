"""A location of an export of ours, word for word as it was."""

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug

from providers.models import Check, Provider, Service, Term
from providers.states import STATES

from ..hsds import ALONE, HIDDEN, NOT_STATED, SERVICE_FACTS, taxonomy
from . import repair
from .records import Record, Refused

HOW = {*Check.How.values} - {Check.How.EXAMPLE}
FACETS = frozenset(Term.Facet.values)
OURS = taxonomy("")  # before the name of each of our taxonomies
MOST = 2_147_483_647  # that both databases hold


def is_source(term):
    return term.get("taxonomy") == taxonomy("source")


def words_of(parts, terms):
    """[(facet or the like, slug, value)] of the attributes in our taxonomies, a "no" included."""
    found = []
    for row in parts.get("attribute", ()):
        term = terms.get(row.get("taxonomy_term_id"), {})
        if (name := term.get("taxonomy", "")).startswith(OURS):
            slug = term.get("code", "").rpartition(":")[2]
            found.append((name.removeprefix(OURS), slug, row.get("value", "")))
    return found


def answers(words):
    """{(facet, slug): "yes: a note"} of what the words say on terms; a no is no whatever stands
    beside it."""
    found = {}
    for name, slug, value in words:
        facet, _, no = name.partition(":")
        if facet in FACETS and slug:
            answer = "no" if no else "yes"
            text = value if value.startswith(f"{answer}: ") else answer
            if not found.get((facet, slug), "").startswith("no"):
                found[facet, slug] = text
    return found


def record(place, terms):
    """The `Record` of a `Place`; raises `Refused`."""
    location, address = place.location, next(iter(place.parts.get("address", ())), {})
    whole, words, offers = {}, [], {}
    for row, parts in place.services:
        said = words_of(parts, terms)
        if key := _therapy(said):
            offers[key] = _offer(row, parts, said)
        else:
            whole, words = row, said
    hidden = address.get("address_1") == HIDDEN
    phone, intake = _phones(place.parts.get("phone", ()))
    return Record(
        identifier=location.get("id", ""),
        slug=_checked(validate_slug, location.get("external_identifier", "")[:200]),
        name=_text(location.get("name")),
        kind=_text(next((value for name, slug, value in words if slug == "kind"), "")),
        organization=_organization(place.organization),
        organization_website=_website(place.organization),
        summary=_text(location.get("description")),
        description=_text(whole.get("description")),
        street="" if hidden else _stated(address.get("address_1")),
        city=_text(address.get("city")),
        state=_state(address.get("state_province", "")),
        zip=_zip(address.get("postal_code", "")),
        point=None if hidden else _point(location),
        phone=phone,
        intake_phone=intake,
        website=repair.or_left_out(repair.website, whole.get("url", ""), None),
        email=repair.or_left_out(repair.email, whole.get("email", ""), None),
        hours="\n".join(
            _text(row.get("description")) for row in place.parts.get("schedule", ())
        ),
        confidential=hidden,
        terms=answers(words),
        services=offers,
        checks=_checks(words),
    )  # fmt: skip


def _text(text):
    return (text or "").replace("\0", "")


def _stated(text):
    return "" if text == NOT_STATED else _text(text)


def _checked(validate, text):
    """The text, or blank where Django's own check of it fails."""
    try:
        validate(text)
    except ValidationError:
        return ""
    return text


def _organization(row):
    return "" if row.get("description") == ALONE else _text(row.get("name"))


def _website(row):
    """Of an organization; the place that stands for one has its own."""
    if row.get("description") == ALONE:
        return ""
    return repair.or_left_out(repair.website, row.get("website") or "", None)


def _state(text):
    if text not in STATES:
        raise Refused(f"“{text[:40]}” is no state.", kind="Unknown state")
    return text


def _zip(text):
    text = _stated(text)
    if text and not re.fullmatch(r"[0-9]{5}", text):
        raise Refused(f"The ZIP code “{text[:20]}” has not five digits.", kind="ZIP code")
    return text


def _point(location):
    return repair.point(location.get("latitude", ""), location.get("longitude", ""))


def _phones(rows):
    """(phone, intake phone), as they stood where they can be dialed."""
    found = {"": "", "Intake": ""}
    for row in rows:
        number, extension = row.get("number", ""), row.get("extension", "")
        number = f"{number} x{extension}" if extension else number
        for validate in Provider._meta.get_field("phone").validators:
            number = _checked(validate, number)
        found[row.get("description", "")] = number
    return found[""], found["Intake"]


def _checks(words):
    """{aspect: (day, how, "")}; who checked is not exported."""
    found = {}
    for name, aspect, value in words:
        day, _, how = value.partition(" ")
        if name == "check" and aspect in Check.Aspect.values and how in HOW and _day(day):
            found[aspect] = (day, how, "")
    return found


def _day(text):
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


# --- therapies --------------------------------------------------------------------------------


def _therapy(words):
    """“cbt”, or “cbt#1” for a second offer of it; None where a service stands for the place."""
    for name, slug, value in words:
        if name == "therapy" and slug:
            return f"{slug}#{value}" if re.fullmatch(r"[1-9][0-9]{0,3}", value) else slug
    return None


def _offer(row, parts, words):
    """{field of Service: value}, those that say something."""
    codes = {slug for name, slug, _ in words if name == "service"}
    found = {name: value for code, name, value, _ in SERVICE_FACTS if code in codes}
    found["note"] = _text(row.get("description"))
    found["languages"] = ", ".join(_text(row.get("name")) for row in parts.get("language", ()))
    for schedule in parts.get("schedule", ()):
        found["sessions"] = _text(schedule.get("description"))
        found["next_start"] = schedule.get("dtstart") if _day(schedule.get("dtstart", "")) else ""
    return fitted(found | _price(parts.get("cost_option", ())))


def _price(rows):
    found = {}
    for row in rows:
        amount, option = dollars(row.get("amount", "")), row.get("option")
        if option in ("price", "price from"):
            found["price_low"] = amount
        if option in ("price", "price to"):
            found["price_high"] = amount
        found["price_unit"] = _text(row.get("amount_description"))
    return found


def dollars(text):
    """Whole dollars, or None."""
    try:
        amount = round(float(text))
    except (ValueError, OverflowError):
        return None
    return amount if 0 <= amount <= MOST else None


def fitted(offer):
    """An offer as the database can hold it: no blanks, nothing too long, the lower price first."""
    low, high = offer.get("price_low"), offer.get("price_high")
    if low is not None and high is not None and low > high:
        offer = offer | {"price_low": high, "price_high": low}
    return {
        name: value[: Service._meta.get_field(name).max_length] if isinstance(value, str) else value
        for name, value in offer.items()
        if value not in ("", None)
    }
