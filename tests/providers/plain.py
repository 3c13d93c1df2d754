"""The same answers by plain ORM and arithmetic: slow, simple, and only here."""

import math

from django.db.models import Q

from providers.models import Provider, ProviderTerm, Service
from trupaths.text import fold

FIELDS = dict(Service.DELIVERY + Service.GROUPING)
HIT = {value: Q(**{field: True}) for value, field in FIELDS.items()} | {
    "accepting": Q(accepting_new="yes")
}
SILENT = {
    "delivery": Q(**dict.fromkeys([field for _, field in Service.DELIVERY], False)),
    "grouping": Q(**dict.fromkeys([field for _, field in Service.GROUPING], False)),
    "accepting": Q(accepting_new="unknown"),
}


def miles(lat1, lon1, lat2, lon2):
    """Haversine, in miles."""
    a, b = math.radians(lat1), math.radians(lat2)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * (
        math.sin(math.radians(lon2 - lon1) / 2) ** 2
    )
    return 2 * 3958.8 * math.asin(math.sqrt(half))


def reach(query):
    """Published listings within the radius that hold the words and are not excluded."""
    found = Provider.objects.published().exclude(pk__in=query.leave_out).prefetch_related("checks")
    if query.state:
        found = found.filter(state=query.state)
    found = [row for row in found if all(holds(row, word) for word in query.words)]
    if query.since:
        days = {
            row.pk: [check.checked_on.toordinal() for check in row.checks.all()] for row in found
        }
        found = [row for row in found if max(days[row.pk], default=0) >= query.since]
    if query.located and query.radius is not None:
        found = [
            row
            for row in found
            if row.lat is not None and miles(query.lat, query.lon, row.lat, row.lon) <= query.radius
        ]
    out = set().union(*(having(thing) for thing in query.exclude))
    return {row.pk for row in found} - out


def holds(row, word):
    text = fold(f"{row.name} {row.kind} {row.city} {row.zip} {row.summary}")
    if len(word) <= 3:
        return word in text.split()
    return any(each.startswith(word) for each in text.split())


def having(thing):
    """Listings that say yes to a term, or have a service of this kind."""
    kind, value = thing
    if kind == "term":
        return by_term([value])
    services = Service.objects.filter(Q(therapy=value) if kind == "therapy" else HIT[value])
    return set(services.values_list("provider", flat=True))


def by_service(query, *, or_unstated=False):
    """Listings with one service that is all that was asked of a service."""
    services = Service.objects.filter(therapy__in=query.therapies or query.pool)
    for kind, wanted in query.of_service.items():
        if not wanted:
            continue
        hit = Q()
        for value in wanted:
            hit |= HIT[value]
        if or_unstated:
            hit |= SILENT[kind]
        services = services.filter(hit)
    return set(services.values_list("provider", flat=True))


def by_term(values, *, or_unstated=False):
    yes = set(
        ProviderTerm.objects.filter(term__in=values, answer="yes").values_list(
            "provider", flat=True
        )
    )
    if not or_unstated:
        return yes
    everyone = set(Provider.objects.values_list("pk", flat=True))
    for value in values:
        said_no = ProviderTerm.objects.filter(term=value, answer="no")
        yes |= everyone - set(said_no.values_list("provider", flat=True))
    return yes


def matches(query):
    found = reach(query)
    if query.therapies or any(query.of_service.values()):
        found &= by_service(query)
    for _, values in query.terms:
        found &= by_term(values)
    return found


def maybe(query):
    found = reach(query)
    if query.therapies or any(query.of_service.values()):
        told = Service.objects.filter(therapy__in=query.pool).values_list("provider", flat=True)
        silent = set() if query.therapies else found - set(told)  # named no service at all
        found &= by_service(query, or_unstated=True) | silent
    for _, values in query.terms:
        found &= by_term(values, or_unstated=True)
    return found
