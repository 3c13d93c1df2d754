"""The same search by ordinary joins: what the index is measured against."""

from django.db.models import Count, Exists, F, OuterRef

from providers.models import Provider, ProviderTerm, Service


def search(query, size=20):
    """(total, facet counts, first rows): as a careful project does it without an index."""
    found = _matching(query, query.terms)
    order = ["-pk"]
    if query.located:
        found = found.annotate(
            away=(F("lat") - query.lat) * (F("lat") - query.lat)
            + (F("lon") - query.lon) * (F("lon") - query.lon) * 0.6
        )
        order = ["away", "pk"]
    total = found.count()
    counts = {}
    used = {facet for facet, _ in query.terms}
    for facet in [None, *used]:
        base = _matching(query, [pair for pair in query.terms if pair[0] != facet])
        said = ProviderTerm.objects.filter(answer="yes", provider__in=base.values("pk"))
        said = (
            said.exclude(term__facet__in=used) if facet is None else said.filter(term__facet=facet)
        )
        counts |= dict(said.values_list("term").annotate(Count("pk")))
    return total, counts, list(found.order_by(*order).prefetch_related("checks")[:size])


def _matching(query, terms):
    found = Provider.objects.published()
    if query.located and query.radius:
        up, across = query.radius / 69, query.radius / 50
        found = found.filter(
            lat__range=(query.lat - up, query.lat + up),
            lon__range=(query.lon - across, query.lon + across),
        )
    for facet_terms in terms:
        said = ProviderTerm.objects.filter(
            provider=OuterRef("pk"), term__in=facet_terms[1], answer="yes"
        )
        found = found.filter(Exists(said))
    if query.therapies:
        offered = Service.objects.filter(provider=OuterRef("pk"), therapy__in=query.therapies)
        found = found.filter(Exists(offered))
    return found
