"""Published, real listings as rows of the HSDS tables: (entity, {column: value}), blank left out.

A listing is one location. What it says of itself hangs on one service that stands for the whole
place; each therapy it offers is a service more. A “no” is a term of its own, in a taxonomy of its
own, so that nobody who reads attributes alone can take it for a yes.
"""

import re

from django.db.models import Prefetch

from ..hsds import ALONE, HIDDEN, NOT_STATED, OURS, SERVICE_FACTS, identifier
from ..models import Check, ListingSource, Provider, Term
from .vocabulary import filled

BATCH = 500

_extension = re.compile(r"(.*[0-9)]) x([1-9][0-9]{0,8})")


def listings():
    """What may leave: published and real, those of one organization together. Streams.

    The order is that of addresses, so that it does not depend on when a row was written.
    """
    sources = ListingSource.objects.only("provider", "source", "edition", "as_of", "gone_from")
    sources = sources.order_by("source__slug", "identifier")
    found = (
        Provider.objects.published()
        .filter(demonstration=False)
        .select_related("organization")
        .prefetch_related(
            "services",
            "provider_terms",
            "checks",
            Prefetch("sources", sources),
        )
    )
    grouped = found.exclude(organization=None).order_by("organization__slug", "slug")
    yield from grouped.iterator(chunk_size=BATCH)
    yield from found.filter(organization=None).order_by("slug").iterator(chunk_size=BATCH)


def organization_row(provider):
    """The organization of a listing; where it has none, the place stands for one."""
    above = provider.organization
    return filled(
        id=organization_id(provider),
        name=above.name if above else provider.name,
        description=above.name if above else ALONE,
        website=above.website if above else provider.website,
    )


def organization_id(provider):
    if provider.organization:
        return identifier("organization", provider.organization.slug)
    return identifier("place", provider.slug)


def listing_rows(provider, vocabulary):
    """Everything about one listing, but its organization and the vocabulary."""
    here = identifier("location", provider.slug)
    yield "location", _location(provider, here)
    yield "address", _address(provider, here)
    for number, about in ((provider.phone, ""), (provider.intake_phone, "Intake")):
        if number:
            yield "phone", _phone(number, about, here)
    for n, line in enumerate(provider.hours.splitlines()):
        yield (
            "schedule",
            filled(id=identifier("schedule", here, str(n)), location_id=here, description=line),
        )
    known = (row for row in provider.sources.all() if row.source_id in vocabulary.sources)
    for source in known:
        code = f"source:{vocabulary.sources[source.source_id].slug}"
        said = f"{source.edition}, as of {source.as_of}"
        if source.gone_from:
            said += f"; no longer in {source.gone_from}"
        yield vocabulary.attribute("location", here, code, said)
    yield from _whole(provider, here, vocabulary)
    for service in sorted(provider.services.all(), key=lambda each: (each.order, each.therapy_id)):
        if therapy := vocabulary.therapies.get(service.therapy_id):
            yield from _offer(provider, here, service, therapy, vocabulary)


def _location(provider, here):
    row = filled(
        id=here,
        location_type="physical",
        url=provider.website,
        organization_id=organization_id(provider),
        name=provider.name,
        description=provider.summary,
        external_identifier=provider.slug,
        external_identifier_type=OURS,
    )
    known = provider.precision == Provider.Precision.STREET and provider.lat is not None
    if known and not provider.confidential_address:
        row |= {"latitude": round(provider.lat, 6), "longitude": round(provider.lon, 6)}
    return row


def _address(provider, here):
    hidden = provider.confidential_address
    return {
        "id": identifier("address", here),
        "location_id": here,
        "address_1": HIDDEN if hidden else provider.street or NOT_STATED,
        "city": provider.city,
        "state_province": provider.state,
        "postal_code": provider.zip or NOT_STATED,
        "country": "US",
        "address_type": "physical",
    }


def _phone(number, about, here):
    """“(503) 234-5678 x12” in its two parts; an extension is a number in the standard."""
    row = {"id": identifier("phone", here, about), "location_id": here, "number": number}
    if parts := _extension.fullmatch(number):
        row |= {"number": parts[1], "extension": int(parts[2])}
    return row | filled(type="voice", description=about)


def _whole(provider, here, vocabulary):
    """The service that stands for the place as a whole, with all that it says yes or no to."""
    key = identifier("service", provider.slug)
    checks = {check.aspect: check for check in provider.checks.all()}
    checked = checks.get(Check.Aspect.SERVICES)
    yield (
        "service",
        filled(
            id=key,
            organization_id=organization_id(provider),
            name=provider.kind or provider.name,
            description=provider.description,
            url=provider.website,
            email=provider.email,
            status="active",
            assured_date=str(checked.checked_on) if checked else "",
        ),
    )
    yield _at(key, here)
    if provider.kind:
        yield vocabulary.attribute("service", key, "listing:kind", provider.kind)
    said = [
        (vocabulary.terms[row.term_id], row)
        for row in provider.provider_terms.all()
        if row.term_id in vocabulary.terms  # one made since the export began comes with the next
    ]
    for term, row in sorted(said, key=lambda pair: pair[0].natural_key()):
        no = "no:" if row.answer == "no" else ""
        value = f"{row.answer}: {row.note}" if row.note else row.answer
        yield vocabulary.attribute("service", key, f"{no}{term.facet}:{term.slug}", value)
        if not no and term.facet == Term.Facet.LANGUAGE:
            yield (
                "language",
                filled(
                    id=identifier("language", here, term.slug),
                    location_id=here,
                    name=term.name,
                    code=term.slug if len(term.slug) == 2 else "",
                    note=row.note,
                ),
            )
        elif not no and term.facet == Term.Facet.ACCESS:
            yield (
                "accessibility",
                filled(
                    id=identifier("accessibility", here, term.slug),
                    location_id=here,
                    description=term.name,
                    details=row.note,
                ),
            )
    for aspect, check in sorted(checks.items()):
        # Who checked stays with us: a name of staff is nobody's business.
        value = f"{check.checked_on} {check.how}"
        yield vocabulary.attribute("service", key, f"check:{aspect}", value)


def _offer(provider, here, service, therapy, vocabulary):
    """One therapy of a place: where and with whom, price, languages, dates."""
    key = identifier("service", provider.slug, therapy.slug, str(service.order))
    yield (
        "service",
        filled(
            id=key,
            organization_id=organization_id(provider),
            name=str(therapy),
            alternate_name=therapy.short_name,
            description=service.note,
            status="active",
        ),
    )
    yield _at(key, here)
    order = str(service.order) if service.order else ""
    yield vocabulary.attribute("service", key, f"therapy:{therapy.slug}", order)
    for code, name, value, _ in SERVICE_FACTS:
        if getattr(service, name) == value:
            yield vocabulary.attribute("service", key, f"service:{code}")
    for n, language in enumerate(service.languages.split(", ") if service.languages else ()):
        yield "language", {
            "id": identifier("language", key, str(n)), "service_id": key, "name": language
        }  # fmt: skip
    yield from _costs(service, key)
    if service.sessions or service.next_start:
        yield (
            "schedule",
            filled(
                id=identifier("schedule", key),
                service_id=key,
                dtstart=str(service.next_start or ""),
                description=service.sessions,
            ),
        )


def _costs(service, key):
    low, high = service.price_low, service.price_high
    if low == high:
        costs = [("price", low)] if low is not None or service.price_unit else []
    else:
        costs = [("price from", low), ("price to", high)]
    for option, amount in costs:
        if amount is not None or option == "price":
            yield (
                "cost_option",
                filled(
                    id=identifier("cost_option", key, option),
                    service_id=key,
                    option=option,
                    currency="USD" if amount is not None else "",
                    amount=amount,
                    amount_description=service.price_unit,
                ),
            )


def _at(service, location):
    return "service_at_location", {
        "id": identifier("service_at_location", service, location),
        "service_id": service,
        "location_id": location,
    }
