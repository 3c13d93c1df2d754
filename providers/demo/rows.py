"""From an example place to the rows of the fixture."""

from datetime import timedelta

from django.apps import apps
from django.utils.text import slugify

from ..models import Check, Provider, Service
from .areas import area_code
from .shapes import MBSR, Chance
from .tables import AGES, CHANCES, HOURS, NOTES, STREETS

FIRST_NUMBER, LAST_NUMBER = 100, 199  # 555-0100 to 555-0199
MODELS = ("organization", "provider", "service", "providerterm", "check")


def rows(examples, points, today):
    """The rows of the fixture, what others point at first. `points`: a `Place` by ZIP code."""
    numbers = _numbers(examples)
    found = [
        _row("organization", name=name, slug=slugify(name), website=_website(slugify(name)))
        for name in sorted({place.organization for place in examples if place.organization})
    ]
    for place in examples:
        chance = Chance(place.name)
        found.append(_provider(place, points[place.zip], numbers[place.name], today, chance))
        found += _services(place, today, chance)
        found += _terms(place, points[place.zip].state, chance)
        found += _checks(place, today, chance)
    return sorted(found, key=lambda row: MODELS.index(row["model"].removeprefix("providers.")))


def _row(model, **fields):
    """Without what a field holds anyhow, if the fixture does not name it."""
    meta = apps.get_model("providers", model)._meta
    fields = {
        name: value for name, value in fields.items() if value != meta.get_field(name).get_default()
    }
    return {"model": f"providers.{model}", "fields": fields}


def _website(slug):
    return f"https://example.org/{slug}"


def _numbers(examples):
    """555-0100 to 555-0199 are kept free for examples: each area code has a hundred."""
    taken = {(area_code(place.zip), place.number) for place in examples if place.number}
    numbers, last = {}, {}
    for place in examples:
        area, number = area_code(place.zip), place.number
        if not number:
            number = last.get(area, FIRST_NUMBER)
            while (area, number) in taken:
                number += 1
            if number > LAST_NUMBER:
                raise ValueError(f"The area code {area} has no example number left.")
            taken.add((area, number))
            last[area] = number
        numbers[place.name] = f"({area}) 555-{number:04}"
    return numbers


def _provider(place, point, phone, today, chance):
    hidden = place.confidential
    street = place.street
    if street is None:
        street = f"{chance.between(100, 4900, 20)} {chance.pick(STREETS)}"
    website = _website(place.slug) if not hidden and chance.draw() < 0.8 else ""
    email = f"{place.slug}@example.org" if chance.draw() < 0.6 else ""
    hours = place.hours
    if hours is None:
        hours = chance.pick(HOURS) if chance.draw() < 0.85 else ""
    organization = place.organization
    return _row(
        "provider",
        name=place.name,
        slug=place.slug,
        organization=[slugify(organization)] if organization else None,
        kind=place.kind,
        summary=place.summary,
        description=place.description,
        street="" if hidden else street,
        city=place.town,
        state=point.state,
        zip="" if hidden else place.zip,
        lat=None if hidden else point.lat,
        lon=None if hidden else point.lon,
        precision=Provider.Precision.NONE if hidden else Provider.Precision.ZIP,
        confidential_address=hidden,
        phone=phone,
        website="" if place.bare else website,
        email="" if place.bare else email,
        hours=hours,
        demonstration=True,
        status=Provider.Status.PUBLISHED,
        created_at=f"{today}T12:00:00Z",
        updated_at=f"{today}T12:00:00Z",
    )


# --- services -------------------------------------------------------------------------------


def _services(place, today, chance):
    chances = {MBSR: chance}  # one for each therapy, so that one more changes no other
    found = []
    for order, offer in enumerate(place.offers, start=1):
        own = chances.setdefault(offer.therapy, Chance(f"{place.name}, {offer.therapy}"))
        fields = _service(place, offer, today, own)
        provider, therapy = [place.slug], [offer.therapy]
        found.append(_row("service", provider=provider, therapy=therapy, order=order, **fields))
    return found


def _service(place, offer, today, chance):
    accepting = offer.accepting or chance.pick(("yes", "yes", "yes", "no", "unknown", "unknown"))
    low, high = offer.price if offer.price is not None else _price(place, offer, chance)
    unit = ("the course" if offer.weeks else "a session") if low is not None else ""
    start = offer.start
    if not start and offer.weeks and accepting == Service.Accepting.YES and chance.draw() < 0.7:
        # Between six and fifteen weeks ahead, so never in the holidays.
        start = today + timedelta(weeks=chance.between(6, 15), days=chance.between(0, 2))
    return {
        "in_person": "person" in offer.where,
        "virtual": "video" in offer.where,
        "individual": "one" in offer.form,
        "group": "group" in offer.form,
        "couple": "couple" in offer.form,
        "family": "family" in offer.form,
        "languages": offer.languages,
        "price_low": low,
        "price_high": high,
        "price_unit": unit,
        "sessions": offer.sessions,
        "accepting_new": accepting,
        "next_start": str(start) if start else None,
        "note": offer.note,
    }


def _price(place, offer, chance):
    """About two thirds name a price; of these some name a range."""
    if "pay.free" in place.yes or chance.draw() < 0.35:
        return None, None
    low = chance.between(180, 560, 20) if offer.weeks else chance.between(80, 200, 10)
    return low, low + chance.between(20, 120, 20) if chance.draw() < 0.4 else low


# --- terms and checks -----------------------------------------------------------------------


def _terms(place, state, chance):
    rows = []
    for key, (yes, no) in CHANCES.items():
        answer = _answer(place, key, yes, no, chance.draw())
        if not answer:
            continue
        note = place.notes.get(key) or NOTES.get((key, state), "")
        rows.append(
            _row(
                "providerterm",
                provider=[place.slug],
                term=key.split("."),
                answer=answer,
                note=note if answer == "yes" else "",
            )
        )
    return rows


def _answer(place, key, yes, no, draw):
    """What the place says, or nothing: its own words first, then chance."""
    if key in place.yes:
        return "yes"
    if key in place.no:
        return "no"
    if key in place.silent:
        return ""
    return "yes" if draw < yes else "no" if draw < yes + no else ""


def _checks(place, today, chance):
    days = place.checked
    if days is None:
        days = _days(today, chance)
    return [
        _row(
            "check",
            provider=[place.slug],
            aspect=aspect,
            checked_on=str(days[aspect]),
            how=Check.How.EXAMPLE,
            by="",
        )
        for aspect in Check.Aspect.values
        if aspect in days
    ]


def _days(today, chance):
    draw = chance.draw()
    for share, newest, oldest in AGES:
        if draw < share:
            age = chance.between(newest, oldest)
            break
        draw -= share
    else:
        return {}
    days = {"contact": today - timedelta(days=age)}
    for aspect in ("services", "payment", "availability"):
        if chance.draw() < 0.7:
            days[aspect] = today - timedelta(days=age + chance.between(0, 120))
    return days
