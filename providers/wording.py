"""Words for facts of a listing, the same on every page."""

import math

from django.utils import timezone

from therapies.formats import DELIVERY, GROUPING, either, inside

from .models import Service

ACCEPTING = {"accepting": "Taking new people"}
MEANINGS = {
    "accepting": "It says that there is room. Call to be sure.",
    "in-person": "You go there.",
    "virtual": "You take part from home, on a screen.",
    "individual": "You and one clinician or teacher.",
    "group": "With others who come for the same reason.",
    "couple": "You come with your partner.",
    "family": "You come with people you live with or love.",
}
# For sentences: "both run groups", "it meets by video".
PHRASES = {
    "in-person": ("meets in person", "meet in person"),
    "virtual": ("meets by video", "meet by video"),
    "individual": ("works one to one", "work one to one"),
    "group": ("runs groups", "run groups"),
    "couple": ("sees couples", "see couples"),
    "family": ("sees families", "see families"),
    "accepting": ("takes new people", "take new people"),
}


def away(candidates, n):
    """How far candidate `n` is, as exactly as we know: “about 2 miles”, “town center about …”."""
    text = distance(candidates.miles[n], rough=candidates.query.rough)
    return f"town center {text}" if text and candidates.by_town[n] else text


def distance(miles, *, rough=False):
    """ "about 2 miles", rounded to 5 beyond 20, or always when `rough`; "" when unknown."""
    if miles is None or math.isnan(miles):
        return ""
    if rough:
        return f"roughly {max(5, round(miles / 5) * 5):,} miles"
    if miles < 1:
        return "less than a mile"
    if miles < 1.5:
        return "about 1 mile"
    return f"about {round(miles / 5) * 5 if miles > 20 else round(miles):,} miles"


def day(when):
    """“Nov 3”, with the year when it is another one: of a date, or of a time in UTC."""
    year = "" if when.year == timezone.localdate().year else f", {when.year}"
    return f"{when:%b} {when.day}{year}"


def whereabouts(provider):
    """Where it is, when that is not its street: “near the middle of 97214”. Else ""."""
    if provider.confidential_address:
        return "address not shown, for safety"
    middles = {provider.Precision.ZIP: provider.zip, provider.Precision.TOWN: provider.city}
    middle = middles.get(provider.precision) if provider.lat is not None else None
    return f"near the middle of {middle}" if middle else ""


def service_facts(service):
    """What a listing says of one service, as short phrases."""
    where = [DELIVERY[v] for v, field in Service.DELIVERY if getattr(service, field)]
    who = [GROUPING[v] for v, field in Service.GROUPING if getattr(service, field)]
    facts = [either(where), either(who), service.sessions, service.languages]
    facts.append(price(service))
    if service.next_start and service.next_start >= (today := timezone.localdate()):
        year = "" if service.next_start.year == today.year else f", {service.next_start.year}"
        facts.append(f"Next start {service.next_start:%b} {service.next_start.day}{year}")
    if service.accepting_new != Service.Accepting.UNKNOWN:
        facts.append(service.get_accepting_new_display())
    facts.append(service.note)
    return [fact for fact in facts if fact]


def price(service):
    low, high = service.price_low, service.price_high
    if low is None and high is None:
        return "Price not stated"
    if low == 0 and high in (0, None):
        return "Free"
    amounts = [f"${amount:,}" for amount in dict.fromkeys((low, high)) if amount is not None]
    return f"{' to '.join(amounts)} {service.price_unit}".strip()


def places(n):
    """“1 place”, “1,200 places”."""
    return "1 place" if n == 1 else f"{n:,} places"


def listed(phrases, last="and"):
    """“a, b and c”."""
    phrases = list(phrases)
    if len(phrases) < 2:
        return "".join(phrases)
    return f"{', '.join(phrases[:-1])} {last} {phrases[-1]}"


def what(asked):
    """What a `ProviderFilter` looks for: “MBSR or CBT”, “Care for chronic pain”, “Places”."""
    if names := [therapy.short_name for therapy in asked.therapies]:
        return listed(names, "or")
    if names := [inside(condition.name) for condition in asked.conditions]:
        return f"Care for {listed(names, 'or')}"
    return "Places"


def where(asked):
    """Where it looks: “within 25 miles of 97214”, “in Oregon”; "" for everywhere."""
    if place := asked.place:
        if asked.within == "any":
            return f"at any distance from {place.label}"
        miles = f"roughly {asked.within}" if place.rough else asked.within
        return f"within {miles} miles of {place.label}"
    return f"in {asked.state.name}" if asked.state else ""
