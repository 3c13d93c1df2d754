"""Functions that make things; each test states only what matters to it."""

from datetime import date
from itertools import count

from providers.changes import listing_changes
from providers.models import (
    Check,
    Correction,
    ListingSource,
    Place,
    Provider,
    ProviderTerm,
    Service,
    Source,
    Term,
)
from therapies.library import content_changes
from therapies.models import FAQ, Condition, Evidence, Reference, Therapy, TherapyPoint
from trupaths.text import fold

_number = count(1)

PORTLAND = (45.514, -122.637)


def create_therapy(
    *, short_name="MBSR", slug="", name="", status=Therapy.Status.PUBLISHED, parts=0, **fields
):
    slug = slug or short_name.lower().replace(" ", "-")
    name = name or f"{short_name} therapy"
    fields = {"kind": Therapy.Kind.MIND, "headline": "How it helps", "lead": "A course."} | fields
    with content_changes():
        therapy = Therapy.objects.create(
            short_name=short_name, slug=slug, name=name, status=status, **fields
        )
        for n in range(parts):
            for section in TherapyPoint.Section:
                TherapyPoint.objects.create(
                    therapy=therapy, section=section, title=f"{section} {n}", text="x", order=n
                )
            FAQ.objects.create(therapy=therapy, question=f"Why {n}?", answer="No.", order=n)
            Reference.objects.create(therapy=therapy, number=n + 1, citation="A.", year=2020)
    return therapy


def create_whole_therapy(*, short_name="MBSR", condition=None, **fields):
    """A page that meets every check before publishing."""
    this_year = date.today().year
    fields = {
        "goals_title": "What is it?",
        "goals_intro": "A course for people with pain.[1]",
        "best_for_text": "Long-term pain",
        "session_format": "In a group",
        "cadence": "Once a week",
        "home_practice": "Ten minutes on most days.",
        "combined_text": "Physical therapy",
        "evidence_summary": "Some trials agree. Most of them are small.[2]",
        "benefits_intro": "It may ease pain a little.[3]",
        "sessions_intro": "You talk of sleep, work and family.",
        "candidates_intro": "It suits people who want to try.",
        "before_you_start": "Keep your medicine and your care.",
        "who_should_be_careful": "have seen no doctor yet\nlive with flashbacks",
        "risks": "Old memories can feel stronger.[4]\nIt does not help everyone.",
        "alternatives": "A walk each day.\nDoing nothing for now. You can wait.",
        "typical_cost": "About as much as a class.",
        "questions_to_ask": "How were you trained?\nWhat does it cost?\nWhom can I call?",
        "credentials_to_look_for": "A license in a health profession.",
        "find_call": "You can start near you.",
        "author": "TruPaths editors",
        "review_due_on": date(this_year + 1, 6, 1),
    } | fields
    therapy = create_therapy(short_name=short_name, parts=3, **fields)
    condition = condition or create_condition(name=f"What {short_name} is for")
    with content_changes():
        therapy.references.all().delete()
        references = [
            Reference.objects.create(
                therapy=therapy, number=n, citation=f"A study. {this_year}.", year=this_year,
                url=f"https://doi.org/10.1000/{n}",
            )
            for n in range(1, 5)
        ]  # fmt: skip
        therapy.best_for.add(condition)
        evidence = create_evidence(therapy=therapy, condition=condition)
        evidence.checked_on = date(this_year, 1, 1)
        evidence.save()
        evidence.references.set(references)
    return therapy


def create_term(*, facet="pay", slug="medicaid", name="", order=0, searched_as=""):
    name = name or slug.replace("-", " ").capitalize()
    with listing_changes() as changed:
        term, _ = Term.objects.get_or_create(
            facet=facet,
            slug=slug,
            defaults={
                "name": name,
                "phrase": f"takes {name}",
                "phrase_plural": f"take {name}",
                "meaning": "One line.",
                "order": order,
                "searched_as": searched_as,
            },
        )
        changed.vocabulary()
    return term


def create_provider(
    *,
    name="",
    at=PORTLAND,
    therapies=(),
    yes=(),
    no=(),
    checked_on=None,
    demonstration=False,
    status=Provider.Status.PUBLISHED,
    **fields,
):
    """A published listing at a point; `therapies` get a service that states nothing more."""
    n = next(_number)
    name = name or f"Place {n}"
    lat, lon = at or (None, None)
    fields = {
        "slug": fold(name).replace(" ", "-"),
        "kind": "Outpatient clinic",
        "city": "Portland",
        "state": "OR",
        "zip": "97214",
        "phone": "(503) 555-0142" if demonstration else "(503) 234-5678",
    } | fields
    with listing_changes() as changed:
        provider = Provider.objects.create(
            name=name, lat=lat, lon=lon, demonstration=demonstration, status=status, **fields
        )
        for therapy in therapies:
            Service.objects.create(provider=provider, therapy=therapy)
        for answer, terms in (("yes", yes), ("no", no)):
            for term in terms:
                ProviderTerm.objects.create(provider=provider, term=term, answer=answer)
        if checked_on:
            how = Check.How.EXAMPLE if demonstration else Check.How.CALLED
            Check.objects.create(
                provider=provider, aspect="contact", checked_on=checked_on, how=how
            )
        changed.add(provider.pk)
    return provider


def create_service(*, provider, therapy, **fields):
    with listing_changes() as changed:
        order = provider.services.count()
        service = Service.objects.create(provider=provider, therapy=therapy, order=order, **fields)
        changed.add(provider.pk)
    return service


def create_zip(*, code="97214", city="Portland", state="OR", at=PORTLAND):
    return Place.objects.create(
        kind="zip", zip=code, name=city, state=state, lat=at[0], lon=at[1], folded=code
    )


def create_town(*, name="Portland", state="OR", at=PORTLAND, population=650000):
    return Place.objects.create(
        kind="town",
        name=name,
        state=state,
        lat=at[0],
        lon=at[1],
        population=population,
        folded=fold(name),
    )


LONG_AGO = date(2024, 1, 5)


def create_condition(*, name="Chronic pain", **fields):
    with content_changes():
        return Condition.objects.create(name=name, slug=fold(name).replace(" ", "-"), **fields)


def create_evidence(*, therapy, condition, strength="some", sentence="It may help."):
    with content_changes():
        return Evidence.objects.create(
            therapy=therapy, condition=condition, strength=strength, sentence=sentence
        )


def create_listing_source(
    *, provider, name="SAMHSA directory", edition="2022", as_of=date(2022, 8, 1), **fields
):
    source, _ = Source.objects.get_or_create(slug=fold(name).replace(" ", "-"), name=name)
    return ListingSource.objects.create(
        provider=provider,
        source=source,
        identifier=fields.pop("identifier", str(next(_number))),
        edition=edition,
        as_of=as_of,
        first_seen=as_of,
        last_seen=as_of,
        **fields,
    )


def create_correction(*, provider, aspect="contact", **fields):
    return Correction.objects.create(provider=provider, aspect=aspect, **fields)
