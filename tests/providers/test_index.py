"""The index answers as plain ORM would, whatever the listings and whatever is asked."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from providers.changes import listing_changes
from providers.index import index
from providers.models import Provider, SearchRow
from providers.query import Query
from tests.factories import create_provider, create_service, create_term, create_therapy

from . import plain

pytestmark = pytest.mark.django_db

FACETS = {"pay": ("medicaid", "free"), "care": ("outpatient", "day")}
FLAGS = ("in_person", "virtual", "individual", "group", "couple", "family")
POINTS = [(45.5, -122.6), (45.6, -122.5), (44.9, -123.0), (29.7, -95.4), None]

listings = st.lists(
    st.fixed_dictionaries(
        {
            "name": st.sampled_from(["Alder", "Birch", "Cedar", "alder"]),
            "at": st.sampled_from(POINTS),
            "status": st.sampled_from(["published", "published", "draft"]),
            "answers": st.lists(st.sampled_from(["yes", "no", ""]), min_size=4, max_size=4),
            "services": st.lists(
                st.tuples(st.integers(0, 1), st.sets(st.sampled_from(FLAGS))), max_size=3
            ),
        }
    ),
    max_size=7,
)


def some(values):
    return st.lists(st.sampled_from(values), unique=True, max_size=2)


questions = st.fixed_dictionaries(
    {
        "therapies": some([0, 1]),
        "delivery": some(["in-person", "virtual"]),
        "grouping": some(["individual", "group", "couple", "family"]),
        "pay": some([0, 1]),
        "care": some([0, 1]),
        "at": st.sampled_from([None, (45.5, -122.6), (29.7, -95.4)]),
        "radius": st.sampled_from([None, 5.0, 25.0, 100.0]),
        "sort": st.sampled_from(["best", "distance", "name"]),
    }
)


@given(listings=listings, question=questions)
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_the_index_equals_plain_orm(listings, question):
    therapies, terms = make_world(listings)
    index.forget()
    query = ask(question, therapies, terms)
    snapshot = index.current()
    answer = snapshot.search(query, count=True)

    expected = plain.matches(query)
    assert set(answer.ids.tolist()) == expected
    assert answer.total == len(expected) == snapshot.count(query)
    assert answer.ids.tolist() == in_order(expected, query)
    if query.filtered:
        unstated = plain.maybe(query) - expected
        assert set(answer.unstated.tolist()) == unstated
        offered = plain.matches(replace(query, delivery=(), grouping=(), terms=()))
        assert answer.says_no == len(offered - plain.maybe(query))
    for (facet, value), count in answer.counts.items():
        assert count == len(plain.matches(with_only(query, facet, value))), (facet, value)


def make_world(listings):
    Provider.objects.all().delete()
    SearchRow.objects.all().delete()
    therapies = [create_therapy(short_name=f"T{n}") for n in (0, 1)] if not _made() else _made()
    terms = {
        facet: [create_term(facet=facet, slug=slug) for slug in slugs]
        for facet, slugs in FACETS.items()
    }
    flat = terms["pay"] + terms["care"]
    for n, listing in enumerate(listings):
        provider = create_provider(
            name=listing["name"],
            slug=f"place-{n}",
            at=listing["at"],
            status=listing["status"],
            yes=[t for t, said in zip(flat, listing["answers"], strict=True) if said == "yes"],
            no=[t for t, said in zip(flat, listing["answers"], strict=True) if said == "no"],
        )
        for therapy, flags in listing["services"]:
            create_service(
                provider=provider, therapy=therapies[therapy], **dict.fromkeys(flags, True)
            )
    return therapies, terms


def _made():
    from therapies.models import Therapy

    return list(Therapy.objects.order_by("pk"))


def ask(question, therapies, terms):
    at = question["at"]
    return Query(
        pool=tuple(therapy.pk for therapy in therapies),
        therapies=tuple(therapies[n].pk for n in question["therapies"]),
        delivery=tuple(question["delivery"]),
        grouping=tuple(question["grouping"]),
        terms=tuple(
            (facet, tuple(terms[facet][n].pk for n in question[facet]))
            for facet in FACETS
            if question[facet]
        ),
        lat=at and at[0],
        lon=at and at[1],
        radius=question["radius"] if at else None,
        sort=question["sort"],
    )


def with_only(query, facet, value):
    """The query with one value alone in its facet."""
    if facet == "therapy":
        return replace(query, therapies=(value,))
    if facet in ("delivery", "grouping"):
        return replace(query, **{facet: (value,)})
    others = tuple((key, values) for key, values in query.terms if key != facet)
    return replace(query, terms=(*others, (facet, (value,))))


def in_order(found, query):
    rows = {row.pk: row for row in Provider.objects.filter(pk__in=found)}
    by_name = sorted(rows, key=lambda pk: (rows[pk].name.lower(), pk))
    if query.sort == "name" or not query.located:
        return by_name

    def away(pk):
        row = rows[pk]
        if row.lat is None:
            return float("inf")
        return round(plain.miles(query.lat, query.lon, row.lat, row.lon), 6)

    return sorted(by_name, key=away)


def test_a_changed_listing_is_found_at_the_next_question():
    therapy = create_therapy()
    query = Query(pool=(therapy.pk,), therapies=(therapy.pk,))
    assert index.current().search(query).total == 0
    provider = create_provider(therapies=[therapy])
    assert index.current().search(query).ids.tolist() == [provider.pk]
    with listing_changes() as changed:
        provider.delete()
        changed.add(1)
        changed.everything()
    assert index.current().search(query).total == 0


def test_what_is_asked_of_a_service_holds_on_one_service():
    mbsr, cbt = create_therapy(short_name="MBSR"), create_therapy(short_name="CBT")
    provider = create_provider()
    create_service(provider=provider, therapy=mbsr, in_person=True, group=True)
    create_service(provider=provider, therapy=cbt, virtual=True, individual=True)
    pool = (mbsr.pk, cbt.pk)
    snapshot = index.current()
    assert snapshot.count(Query(pool=pool, therapies=(mbsr.pk,), delivery=("in-person",))) == 1
    assert snapshot.count(Query(pool=pool, therapies=(mbsr.pk,), delivery=("virtual",))) == 0


def test_a_failed_change_leaves_index_and_listings_together():
    create_provider(name="Kept")
    before = index.current().ids.tolist()
    with pytest.raises(RuntimeError), listing_changes() as changed:
        changed.add(Provider.objects.create(name="Lost", slug="lost", kind="x", city="x").pk)
        raise RuntimeError
    assert (
        index.current().ids.tolist()
        == before
        == list(Provider.objects.values_list("pk", flat=True))
    )


def test_the_first_real_place_sends_all_examples_away():
    examples = [create_provider(demonstration=True) for _ in range(3)]
    assert index.current().demonstration
    real = create_provider(name="Real")
    assert index.current().ids.tolist() == [real.pk]
    assert not index.current().demonstration
    for example in examples:
        example.refresh_from_db()
        assert example.status == Provider.Status.WITHDRAWN


def test_an_example_cannot_be_published_beside_real_places():
    create_provider(name="Real")
    example = create_provider(demonstration=True)
    example.refresh_from_db()
    assert not example.is_published
