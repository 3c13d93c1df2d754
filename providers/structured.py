"""Listings as schema.org sees them. Examples are not described: they are not real."""

from trupaths.schema import absolute, breadcrumbs, document, item_list, node

LIST = ("Find care", "/providers/")


def provider(place, therapies):
    if place.demonstration or not place.is_published:
        return []
    address = node(
        "PostalAddress",
        streetAddress=place.street,
        addressLocality=place.city,
        addressRegion=place.state,
        postalCode=place.zip,
        addressCountry="US",
    )
    return document(
        node(
            "MedicalClinic",
            name=place.name,
            url=absolute(place.get_absolute_url()),
            description=place.summary,
            telephone=place.phone,
            address=address,
            parentOrganization=place.part_of and node("Organization", name=place.part_of),
            availableService=[node("MedicalTherapy", name=each.name) for each in therapies],
        ),
        breadcrumbs(LIST, (place.name, place.get_absolute_url())),
    )


def provider_list(cards):
    """A page of results, when they are real."""
    cards = [card for card in cards if not card.provider.demonstration]
    if not cards:
        return []
    return document(item_list((card.provider.name, card.path) for card in cards), breadcrumbs(LIST))
