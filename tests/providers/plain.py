"""The same answers by plain ORM and arithmetic: slow, simple, and only here."""

import math

from django.db.models import Q

from providers.models import Provider, ProviderTerm, Service

FIELDS = dict(Service.DELIVERY + Service.GROUPING)
DELIVERY = [field for _, field in Service.DELIVERY]
GROUPING = [field for _, field in Service.GROUPING]


def miles(lat1, lon1, lat2, lon2):
    """Haversine, in miles."""
    a, b = math.radians(lat1), math.radians(lat2)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * (
        math.sin(math.radians(lon2 - lon1) / 2) ** 2
    )
    return 2 * 3958.8 * math.asin(math.sqrt(half))


def reach(query):
    """Published listings within the radius."""
    found = Provider.objects.published().exclude(pk__in=query.leave_out)
    if not query.located or query.radius is None:
        return set(found.values_list("pk", flat=True))
    return {
        row.pk
        for row in found
        if row.lat is not None and miles(query.lat, query.lon, row.lat, row.lon) <= query.radius
    }


def by_service(query, *, or_unstated=False):
    """Listings with one service that is all that was asked of a service."""
    services = Service.objects.filter(therapy__in=query.therapies or query.pool)
    for wanted, kind in ((query.delivery, DELIVERY), (query.grouping, GROUPING)):
        if not wanted:
            continue
        hit = Q()
        for value in wanted:
            hit |= Q(**{FIELDS[value]: True})
        if or_unstated:
            hit |= Q(**dict.fromkeys(kind, False))
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
    if query.therapies or query.delivery or query.grouping:
        found &= by_service(query)
    for _, values in query.terms:
        found &= by_term(values)
    return found


def maybe(query):
    found = reach(query)
    if query.therapies or query.delivery or query.grouping:
        found &= by_service(query, or_unstated=True)
    for _, values in query.terms:
        found &= by_term(values, or_unstated=True)
    return found
