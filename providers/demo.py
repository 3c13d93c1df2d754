"""Writes fixtures/demo_providers.json: 60 example places. None is real, and each says so.

The same input gives the same bytes. Chance comes from a seed made of the place's own name, so
one more place changes no other; days are counted back from TODAY, not from the clock.
"""

import json
import random
from datetime import date, timedelta
from pathlib import Path

from django.utils.text import slugify

from . import places
from .demo_places import FIRST_NUMBER, PLACES
from .models import Check, Provider, Service

TODAY = date(2026, 11, 24)
THERAPY = "mbsr-medical-pain"
PATH = Path(__file__).resolve().parent.parent / "fixtures" / "demo_providers.json"

# The share of places that says yes and that says no; the others have not stated it.
CHANCES = {
    "pay.medicaid": (0.40, 0.15),
    "pay.medicare": (0.35, 0.15),
    "pay.private": (0.65, 0.08),
    "pay.sliding": (0.30, 0.12),
    "pay.free": (0.00, 0.55),
    "pay.military": (0.15, 0.10),
    "pay.payment-help": (0.20, 0.08),
    "pay.self-pay": (0.60, 0.00),
    "care.outpatient": (0.70, 0.00),
    "care.intensive-outpatient": (0.06, 0.35),
    "care.day": (0.03, 0.40),
    "care.residential": (0.00, 0.60),
    "care.inpatient": (0.00, 0.60),
    "age.adults": (0.70, 0.00),
    "age.older": (0.45, 0.00),
    "age.teens": (0.15, 0.25),
    "age.children": (0.05, 0.35),
    "for.veterans": (0.15, 0.03),
    "for.pregnant": (0.08, 0.05),
    "for.lgbtq": (0.25, 0.00),
    "for.women": (0.08, 0.05),
    "for.caregivers": (0.20, 0.03),
    "language.en": (0.70, 0.00),
    "language.es": (0.25, 0.06),
    "language.vi": (0.05, 0.05),
    "language.zh": (0.05, 0.05),
    "language.ar": (0.04, 0.05),
    "language.asl": (0.06, 0.05),
    "language.interpreter": (0.30, 0.08),
    "access.step-free": (0.45, 0.10),
    "access.evenings": (0.30, 0.15),
    "access.weekends": (0.12, 0.20),
    "access.lying-down": (0.30, 0.03),
    "access.transit": (0.30, 0.05),
    "access.parking": (0.40, 0.08),
    "access.captions": (0.20, 0.08),
    "access.quiet-room": (0.15, 0.03),
    "access.childcare": (0.04, 0.20),
    "focus.pain": (0.35, 0.00),
    "focus.cancer": (0.12, 0.00),
    "focus.recovery": (0.10, 0.10),
    "focus.trauma": (0.20, 0.05),
    "setting.hospital": (0.00, 0.30),
    "setting.community": (0.03, 0.20),
}

NOTES = {
    ("pay.medicaid", "OR"): "Oregon Health Plan",
    ("pay.medicaid", "TX"): "Some plans only",
    ("pay.private", "OH"): "Ask about your plan",
}

# By the first three digits of the ZIP code, or by all five where a neighbor differs.
AREA_CODES = {
    "970": "503", "971": "503", "972": "503", "973": "541", "974": "541", "975": "541",
    "977": "541", "430": "614", "432": "614", "436": "419", "439": "740", "441": "216",
    "443": "330", "445": "330", "446": "330", "452": "513", "454": "937", "457": "740",
    "458": "419", "750": "214", "752": "214", "761": "817", "767": "254", "770": "713",
    "773": "713", "778": "979", "782": "210", "784": "361", "786": "512", "787": "512",
    "794": "806", "796": "325", "799": "915",
    "97301": "503", "97031": "541", "43055": "740",
}  # fmt: skip

STREETS = ("Example Street", "Example Avenue", "Example Road", "Example Lane")
HOURS = (
    "Mon to Fri, 9 am to 5 pm",
    "Mon to Thu, 8 am to 6 pm\nFri, 8 am to 1 pm",
    "Mon to Fri, 8 am to 4 pm",
    "Tue to Sat, 10 am to 6 pm",
    "Mon, Wed, Fri, 9 am to 3 pm",
    "Mon to Fri, 8:30 am to 5 pm\nSat, 9 am to noon",
)
# How many days ago the last check was, and the share of places. The rest has had none.
AGES = ((0.45, 3, 90), (0.15, 91, 180), (0.17, 190, 360), (0.12, 370, 620))


def write(*, today=TODAY, path=PATH):
    """Write the fixture; returns how many places it holds."""
    rows = make(today=today)
    text = json.dumps(rows, ensure_ascii=False, indent=1) + "\n"
    Path(path).write_text(text, encoding="utf-8", newline="\n")
    return sum(row["model"] == "providers.provider" for row in rows)


def make(*, today=TODAY):
    """The rows of the fixture, what others point at first."""
    points = {place.zip: place for place in places.read_zips()}
    numbers = _numbers()
    rows = [
        _row("organization", name=name, slug=slugify(name), website=_website(name))
        for name in sorted({place.organization for place in PLACES if place.organization})
    ]
    for place in PLACES:
        chance = Chance(place.name)
        rows.append(_provider(place, points[place.zip], numbers[place.name], today, chance))
        rows += _services(place, today, chance)
        rows += _terms(place, points[place.zip].state, chance)
        rows += _checks(place, today, chance)
    order = ("organization", "provider", "service", "providerterm", "check")
    return sorted(rows, key=lambda row: order.index(row["model"].removeprefix("providers.")))


class Chance:
    """Draws from `random()` only: the one method whose sequence Python promises to keep."""

    def __init__(self, seed):
        self.draw = random.Random(f"TruPaths example: {seed}").random

    def pick(self, options):
        return options[int(self.draw() * len(options))]

    def between(self, low, high, step=1):
        return low + step * int(self.draw() * ((high - low) // step + 1))


def _row(model, **fields):
    return {"model": f"providers.{model}", "fields": fields}


def _website(name):
    return f"https://example.org/{slugify(name)}"


def _numbers():
    """555-0100 to 555-0199 are kept free for examples: each area code has a hundred."""
    taken = {(_area(place), place.number) for place in PLACES if place.number}
    numbers, last = {}, {}
    for place in PLACES:
        area, number = _area(place), place.number
        if not number:
            number = last.get(area, FIRST_NUMBER)
            while (area, number) in taken:
                number += 1
            taken.add((area, number))
            last[area] = number
        numbers[place.name] = f"({area}) 555-{number:04}"
    return numbers


def _area(place):
    return AREA_CODES.get(place.zip) or AREA_CODES[place.zip[:3]]


def _provider(place, point, phone, today, chance):
    hidden = place.confidential
    street = place.street or f"{chance.between(100, 4900, 20)} {chance.pick(STREETS)}"
    organization = place.organization
    return _row(
        "provider",
        name=place.name,
        slug=slugify(place.name),
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
        intake_phone="",
        website=_website(place.name) if not hidden and chance.draw() < 0.8 else "",
        email=f"{slugify(place.name)}@example.org" if chance.draw() < 0.6 else "",
        hours=place.hours or (chance.pick(HOURS) if chance.draw() < 0.85 else ""),
        picture="",
        picture_alt="",
        demonstration=True,
        status=Provider.Status.PUBLISHED,
        created_at=f"{today}T12:00:00Z",
        updated_at=f"{today}T12:00:00Z",
    )


# --- services -------------------------------------------------------------------------------


def _services(place, today, chance):
    return [
        _row("service", provider=[slugify(place.name)], therapy=[THERAPY], order=order, **fields)
        for order, fields in enumerate(
            (_service(place, offer, today, chance) for offer in place.offers), start=1
        )
    ]


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
                provider=[slugify(place.name)],
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
            provider=[slugify(place.name)],
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
