"""A small directory and what may happen to it, each change as staff or an import would make it."""

from datetime import date, timedelta
from itertools import product

from django.core.management import call_command

from providers.changes import listing_changes
from providers.models import Check, Provider, ProviderTerm, Service, Term
from providers.query import Query
from therapies.library import content_changes
from therapies.models import Therapy
from trupaths.text import fold

NAMES = ("Alder", "Birch", "Cedar", "Dogwood", "Elm")
TOWNS = {"OR": (45.52, -122.68), "TX": (29.76, -95.37), "NY": (40.71, -74.01)}
DAY = date(2026, 1, 1)
FEWEST = 10


def make(chance, size):
    """Examples only, until a real place comes."""
    call_command("migrate", verbosity=0)
    with content_changes():
        for n in range(3):
            Therapy.objects.create(
                name=f"Therapy {n}", short_name=f"T{n}", slug=f"t{n}", kind="talking",
                headline="How it helps", lead="A course.", status="published",
            )  # fmt: skip
    with listing_changes() as changed:
        for facet, n in product(("pay", "care"), range(4)):
            Term.objects.create(
                facet=facet, slug=f"{facet}-{n}", name=f"{facet} {n}", meaning="One line.",
                phrase="has it", phrase_plural="have it", order=n,
            )  # fmt: skip
        for _ in range(size):
            _add(chance, changed, example=True)


def questions():
    """Of each kind one: place, words, terms, one and the same service, what to leave out."""
    pool = tuple(Therapy.objects.order_by("pk").values_list("pk", flat=True))
    pay, care = (tuple(Term.objects.filter(facet=f).values_list("pk", flat=True)) for f in
                 ("pay", "care"))  # fmt: skip
    lat, lon = TOWNS["OR"]
    asked = [
        {"sort": "name"},
        {"state": "TX", "since": (DAY + timedelta(days=100)).toordinal()},
        {"lat": lat, "lon": lon, "radius": 25.0, "therapies": pool[:1]},
        {"words": ("ceda",), "terms": (("pay", pay[:1]),)},
        {"terms": (("care", care[:2]), ("pay", pay[1:3])), "exclude": (("term", care[3]),)},
        {"therapies": pool[1:], "delivery": ("virtual",), "accepting": ("accepting",)},
        {"grouping": ("group",), "delivery": ("in-person",), "sort": "checked"},
    ]
    return [Query(pool=pool, **each) for each in asked]


def change(chance):
    """One change of any kind, in one transaction."""
    act = chance.choices(list(WEIGHTS), WEIGHTS.values())[0]
    with listing_changes() as changed:
        act(chance, changed)


def edit(chance, changed):
    place = chance.choice(list(Provider.objects.order_by("pk")))
    changed.add(place.pk)
    place.name, place.state = _name(chance), chance.choice(list(TOWNS))
    place.lat, place.lon = _point(chance, place.state)
    place.status = chance.choice(Provider.Status.values)
    place.save()
    _say(chance, place)


def edit_many(chance, changed):
    for _ in range(20):
        edit(chance, changed)


def add_example(chance, changed):
    _add(chance, changed, example=True)


def add_real(chance, changed):
    """All examples leave."""
    _add(chance, changed, example=False)


def delete(chance, changed):
    keys = list(Provider.objects.order_by("pk").values_list("pk", flat=True))
    if len(keys) > FEWEST:
        key = chance.choice(keys)
        changed.add(key)
        Provider.objects.get(pk=key).delete()


def bring_examples_back(chance, changed):
    changed.everything()
    Provider.objects.filter(demonstration=False).delete()
    Provider.objects.update(status=Provider.Status.PUBLISHED)


def rebuild(chance, changed):
    changed.everything()


WEIGHTS = {
    edit: 4,
    edit_many: 1,
    add_example: 2,
    add_real: 1,
    delete: 2,
    bring_examples_back: 1,
    rebuild: 1,
}


def check(day):
    """A published place was checked on this day, later than any other."""
    with listing_changes() as changed:
        place = Provider.objects.published().order_by("pk").first()
        changed.add(place.pk)
        Check.objects.update_or_create(
            provider=place,
            aspect=Check.Aspect.PAYMENT,
            defaults={"checked_on": day, "how": "called"},
        )


def _add(chance, changed, *, example):
    name, state = _name(chance), chance.choice(list(TOWNS))
    lat, lon = _point(chance, state)
    place = Provider.objects.create(
        name=name, slug=fold(name).replace(" ", "-"), kind="Clinic", city="Town", state=state,
        zip="97214", lat=lat, lon=lon, phone="(503) 234-5678", demonstration=example,
        status=Provider.Status.PUBLISHED,
    )  # fmt: skip
    changed.add(place.pk)
    _say(chance, place)


def _say(chance, place):
    """What it says of terms, services and checks, all anew."""
    for part in (place.provider_terms, place.services, place.checks):
        part.all().delete()
    for term in Term.objects.order_by("pk"):
        if answer := chance.choice(["yes", "no", None]):
            ProviderTerm.objects.create(provider=place, term=term, answer=answer)
    flags = [field for _, field in Service.DELIVERY + Service.GROUPING]
    for therapy in Therapy.objects.order_by("pk"):
        Service.objects.create(
            provider=place,
            therapy=therapy,
            accepting_new=chance.choice(Service.Accepting.values),
            **{field: chance.random() < 0.5 for field in flags},
        )
    Check.objects.create(
        provider=place,
        aspect=Check.Aspect.CONTACT,
        checked_on=DAY + timedelta(days=chance.randrange(300)),
        how=Check.How.CALLED,
    )


def _name(chance):
    return f"{chance.choice(NAMES)} {chance.choice(NAMES)} {chance.randrange(10**9)}"


def _point(chance, state):
    lat, lon = TOWNS[state]
    return lat + chance.uniform(-0.5, 0.5), lon + chance.uniform(-0.5, 0.5)
