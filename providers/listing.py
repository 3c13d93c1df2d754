"""What the page of one listing shows."""

from types import SimpleNamespace

from django.urls import reverse

from therapies.library import library
from trupaths.pages import link

from . import corrections, provenance, structured, wording
from .cards import Card, cards
from .index import index
from .map import spot
from .models import Check, Term
from .near import measured_place
from .query import Query, measured_from

SIMILAR = 3
# What visitors decide by is shown whatever the answer, up to this order; the rest where it is said.
ALWAYS_BELOW = 100
GROUPS = [
    ("pay", "Payment", (Term.Facet.PAY,), ALWAYS_BELOW),
    ("level", "Level of care", (Term.Facet.CARE,), ALWAYS_BELOW),
    ("who", "Who can come", (Term.Facet.AGE, Term.Facet.FOR), ALWAYS_BELOW),
    ("acc", "Language and access", (Term.Facet.LANGUAGE, Term.Facet.ACCESS), ALWAYS_BELOW),
    ("focus", "What they treat", (Term.Facet.FOCUS,), 0),
    ("approach", "How they work", (Term.Facet.APPROACH,), 0),
    ("medication", "Medication", (Term.Facet.MEDICATION,), 0),
    ("setting", "The place", (Term.Facet.SETTING,), 0),
]


def page(request, provider):
    """The context of templates/providers/detail.html."""
    snapshot, visitor = index.current(), request.visitor
    place = measured_place(request)
    therapy = library().by_slug.get(request.GET.get("therapy", ""))
    query = Query(
        pool=library().pool,
        therapies=(therapy.pk,) if therapy else (),
        **measured_from(place),
    )
    seen = snapshot.candidates([provider.pk], query)  # empty for a draft
    reasons = visitor.ranking(place).reasons(seen)
    services = _services(provider)
    preview = not provider.is_published
    card = Card(
        provider,
        reasons=reasons[0] if reasons else [],
        saved=provider.pk in visitor.saved_providers,
        therapy=therapy,
        next=request.get_full_path(),
    )
    return {
        "provider": provider,
        "preview": preview,
        "siblings_url": _siblings_url(provider),
        "services": services,
        "groups": _groups(provider, snapshot),
        "reasons": card.reasons,
        "near": place.near if place else "",
        "distance": wording.away(seen, 0) if len(seen.rows) else "",
        "unchecked": None if provider.checks.all() else provenance.checked(provider, None),
        "aspects": _aspects(provider),
        "sources": [
            SimpleNamespace(
                source=each.source,
                edition=provenance.edition(each),
                as_of=each.as_of,
                gone=provenance.gone(each),
            )
            for each in provider.known_sources
        ],
        "set_by_people": provenance.set_by_people(provider, snapshot.terms.values()),
        "whereabouts": wording.whereabouts(provider),
        "similar": _similar(request, provider, snapshot),
        "hidden": provider.pk in visitor.hidden,
        "card": card,
        "map": spot(card),
        "back": _back(place, therapy),
        "noindex": preview or provider.demonstration,
        "json_ld": structured.provider(provider, dict.fromkeys(s.therapy for s in services)),
        "suggestions": visitor.suggestions(
            next=request.get_full_path(), thing=f"provider:{provider.slug}", place=place
        ),
    }


def _siblings_url(provider):
    """A search for the name of its organization, where that has more places than this one."""
    above = provider.organization
    if above is None or not above.providers.published().exclude(pk=provider.pk).exists():
        return ""
    return link(reverse("providers:list"), q=above.name)


def _services(provider):
    """Services of therapies that are published, with their facts in words."""
    shown = []
    for service in provider.services.all():
        if therapy := library().by_id.get(service.therapy_id):
            shown.append(SimpleNamespace(therapy=therapy, facts=wording.service_facts(service)))
    return shown


def _groups(provider, snapshot):
    """Terms with their answer: yes, says no, or "" for not stated where that matters."""
    said = {row.term_id: (row.answer, row.note) for row in provider.provider_terms.all()}
    found = []
    for key, title, names, below in GROUPS:
        terms = [term for facet in names for term in snapshot.by_facet.get(facet, ())]
        rows = [
            (term, *said.get(term.pk, ("", "")))
            for term in terms
            if term.order < below or term.pk in said
        ]
        if rows:
            found.append(SimpleNamespace(id=key, title=title, rows=rows))
    return found


def _aspects(provider):
    """When each aspect was checked, and what visitors reported about it."""
    by_aspect = {check.aspect: check for check in provider.checks.all()}
    reports = corrections.on_listing(provider)
    return [
        SimpleNamespace(
            label=label,
            fact=provenance.checked(provider, by_aspect.get(aspect)),
            report=reports.get(aspect, ""),
        )
        for aspect, label in Check.Aspect.choices
    ]


def parts(provider):
    """All that a place is asked to confirm: the lines of each aspect, in their order."""
    contact = [
        provider.name,
        " ".join(
            filter(None, [provider.street and f"{provider.street},", provider.town, provider.zip])
        ),
        *filter(None, [provider.phone, provider.intake_phone, provider.website, provider.email]),
        *provider.hours.splitlines(),
    ]
    services = [
        f"{each.therapy.short_name}: {'; '.join(each.facts)}" for each in _services(provider)
    ]
    said = [(group, _said(group)) for group in _groups(provider, index.current())]
    payment = [line for group, lines in said if group.id == "pay" for line in lines]
    services += [
        f"{group.title}: {line}" for group, lines in said if group.id != "pay" for line in lines
    ]
    room = [
        f"{therapy.short_name}: {service.get_accepting_new_display().lower()}"
        for service in provider.services.all()
        if (therapy := library().by_id.get(service.therapy_id))
    ]
    return contact, services, payment, room


def _said(group):
    """“Medicaid and Medicare”, “Says no: cash”; what is not stated is left out."""
    lines = []
    for answer, start in (("yes", ""), ("no", "Says no: ")):
        if names := [term.name for term, given, _ in group.rows if given == answer]:
            lines.append(f"{start}{wording.listed(names)}")
    return lines


def _similar(request, provider, snapshot):
    """Like this place, and near it: who asks plays no part. Without a point nothing is near."""
    point = snapshot.point(provider.pk)
    if point is None:
        return []
    leave_out = (provider.pk, *request.visitor.hidden)
    query = Query(pool=library().pool, lat=point[0], lon=point[1], leave_out=leave_out)
    ranking = request.visitor.likeness(provider)
    ids = snapshot.search(query, scorer=ranking).ids[:SIMILAR]
    found = cards(request, ids, query=query, ranking=ranking)
    for card in found:  # its distance stands beside it; what they share is the one reason shown
        card.reasons = [reason for reason in card.reasons if reason.icon != "pin"][:1]
    return found


def _back(place, therapy):
    """The search a visitor came from, for the breadcrumb."""
    if not (place or therapy):
        return None
    label = f"{therapy.short_name if therapy else 'Places'}{f' near {place.name}' if place else ''}"
    near = place.near if place else ""
    slug = therapy.slug if therapy else ""
    return (label, link(reverse("providers:list"), near=near, therapy=slug))
