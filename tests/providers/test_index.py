"""The index answers as plain ORM would, whatever the listings and whatever is asked."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from providers import facets
from providers.changes import listing_changes
from providers.filters import TREATMENT
from providers.index import index
from providers.models import Provider, SearchRow, Term
from providers.query import Query
from tests.factories import (
    create_condition,
    create_evidence,
    create_provider,
    create_service,
    create_term,
    create_therapy,
)
from therapies.models import Condition, Therapy

from . import plain

pytestmark = pytest.mark.django_db

_number = count(1)

FACETS = dict.fromkeys(Term.Facet.values, ("one",)) | {
    "pay": ("medicaid", "free"),
    "care": ("outpatient", "day"),
}
TERMS = sum(map(len, FACETS.values()))
FLAGS = ("in_person", "virtual", "individual", "group", "couple", "family")
POINTS = [(45.5, -122.6), (45.6, -122.5), (44.9, -123.0), (29.7, -95.4), (52.0, 179.9), None]
DAY = date(2026, 11, 25)

listings = st.lists(
    st.fixed_dictionaries(
        {
            "name": st.sampled_from(["Alder", "Birch", "Cedar Alder", "alder"]),
            "at": st.sampled_from(POINTS),
            "state": st.sampled_from(["OR", "TX"]),
            "status": st.sampled_from(["published", "published", "draft"]),
            "checked": st.sampled_from([None, 0, 30, 400]),
            "answers": st.lists(st.sampled_from(["yes", "no", ""]), min_size=TERMS, max_size=TERMS),
            "services": st.lists(
                st.tuples(
                    st.integers(0, 1),
                    st.sets(st.sampled_from(FLAGS)),
                    st.sampled_from(["yes", "no", "unknown"]),
                ),
                max_size=3,
            ),
        }
    ),
    max_size=7,
)


def some(values, most=2):
    return st.lists(st.sampled_from(values), unique=True, max_size=most)


questions = st.fixed_dictionaries(
    {
        "therapies": some([0, 1]),
        "delivery": some(["in-person", "virtual"]),
        "grouping": some(["individual", "group", "couple", "family"]),
        "accepting": some(["accepting"]),
        "terms": st.dictionaries(
            st.sampled_from([*FACETS, "pay", "care"]), st.sets(st.integers(0, 1)), max_size=3
        ),
        "exclude": some([*FACETS, "therapy", "delivery", "grouping", "accepting"]),
        "words": some(["alder", "ceda", "ced", "lder"], 1),
        "state": st.sampled_from(["", "", "OR"]),
        "since": st.sampled_from([0, 0, 90]),
        "at": st.sampled_from([None, (45.5, -122.6), (29.7, -95.4), (52.0, -179.9)]),
        "radius": st.sampled_from([None, 5.0, 25.0, 100.0]),
        "sort": st.sampled_from(["best", "distance", "name", "checked"]),
    }
)
settled = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@given(listings=listings, question=questions)
@settled
def test_the_index_equals_plain_orm(listings, question):
    therapies, terms = make_world(listings)
    index.forget()
    agrees(ask(question, therapies, terms))


@given(
    before=listings,
    after=listings,
    rename=st.sampled_from(["Alder", "Birch", "Zinnia"]),
    question=questions,
)
@settled
def test_the_index_equals_plain_orm_after_changes(before, after, rename, question):
    """What was loaded takes in what changed, and answers as if all were loaded anew."""
    therapies, terms = make_world(before)
    index.forget()
    held = index.current().columns
    with listing_changes() as changed:
        changed.update(Provider.objects.values_list("pk", flat=True)[::2])
        Provider.objects.filter(pk__in=changed).delete()
        for row in Provider.objects.all():
            row.name, row.city = rename, "Salem"
            row.save()
            changed.add(row.pk)
        add(after, therapies, terms)
    index._asked = 0
    assert (index.current().columns is not held) == bool(changed)
    agrees(ask(question, therapies, terms))


@given(listings=listings, question=questions, condition=st.booleans())
@settings(settled, max_examples=5)
def test_the_pages_of_the_list_equal_plain_orm(client, monkeypatch, listings, question, condition):
    """From the address to the cards, page by page; a condition stands for what may help it."""
    monkeypatch.setattr(facets, "PAGE", 3)
    therapies, terms = make_world(listings)
    index.forget()
    pain = Condition.objects.first()
    if pain is None:
        pain = create_condition(name="Pain")
        create_evidence(therapy=therapies[0], condition=pain)
    here = question["at"] if question["at"] in POINTS else None
    asked = {"words": [], "since": 0, "at": here, "state": "" if here else question["state"]}
    query = ask(question | asked, therapies, terms)
    if condition:
        helping = set(query.therapies or query.pool) & {therapies[0].pk}
        query = replace(query, therapies=tuple(helping or {0}))
    if not here and query.sort == "distance":
        query = replace(query, sort="best")
    params = {
        "therapy": [therapies[n].slug for n in question["therapies"]],
        "condition": [pain.slug] if condition else [],
        **query.of_service,
        **{facet: [FACETS[facet][n] for n in chosen_of(question, facet)] for facet in FACETS},
        "near": "{},{}".format(*here) if here else "Oregon" if query.state else "",
        "radius": f"{query.radius:g}" if query.radius else "any",
        "sort": query.sort,
    }
    out = {facet: slugs[0] for facet, slugs in FACETS.items()} | {
        "therapy": therapies[0].slug,
        "delivery": "virtual",
        "grouping": "group",
        "accepting": "accepting",
    }
    params |= {f"not_{name}": out[name] for name in question["exclude"]}

    expected = plain.matches(query)
    assert pages_of(client, params, "page") == in_order(expected, query)
    unstated = plain.maybe(query) - expected if query.filtered else set()
    assert pages_of(client, params, "more") == in_order(unstated, query)


def pages_of(client, params, name):
    """Ids of the cards of all pages of the list, or of those who have not told us."""
    found = []
    for number in range(1, 10):
        results = client.get("/providers/", params | {name: number}).context["results"]
        group = results if name == "page" else results.unstated
        found += [card.provider.pk for card in group.cards] if group else []
        if not group or not group.pager or not group.pager["next_url"]:
            return found
    raise AssertionError("the pages have no end")


def agrees(query):
    snapshot = index.current()
    answer = snapshot.search(query, count=True)

    expected = plain.matches(query)
    assert set(answer.ids.tolist()) == expected
    assert answer.total == len(expected) == snapshot.count(query)
    assert answer.ids.tolist() == in_order(expected, query)
    # Page by page it is the same list.
    pages = [answer.ids[n : n + 2].tolist() for n in range(0, answer.total, 2)]
    assert [key for page in pages for key in page] == answer.ids.tolist()
    if query.filtered:
        unstated = plain.maybe(query) - expected
        assert set(answer.unstated.tolist()) == unstated
        offered = plain.matches(replace(query, delivery=(), grouping=(), accepting=(), terms=()))
        assert answer.says_no == len(offered - plain.maybe(query))
    for (facet, value), number in answer.counts.items():
        alone = with_only(query, facet, value)
        assert number == len(plain.matches(alone)), (facet, value)
        untold = not number and facet not in TREATMENT and bool(plain.maybe(alone))
        assert ((facet, value) in answer.untold) == untold, (facet, value)
    assert snapshot.by_state(answer) == Counter(
        Provider.objects.filter(pk__in=expected).values_list("state", flat=True)
    )
    for day, number in snapshot.ages(query, [DAY.toordinal() - 90, DAY.toordinal()]).items():
        assert number == len(plain.matches(replace(query, since=day))), day
    if query.located:
        for miles, number in snapshot.circles(query, [5.0, 100.0, None]).items():
            assert number == len(plain.matches(replace(query, radius=miles))), miles


def make_world(listings):
    Provider.objects.all().delete()
    SearchRow.objects.all().delete()
    therapies = [create_therapy(short_name=f"T{n}") for n in (0, 1)] if not _made() else _made()
    made = {(term.facet, term.slug): term for term in Term.objects.all()}
    terms = {
        facet: [made.get((facet, slug)) or create_term(facet=facet, slug=slug) for slug in slugs]
        for facet, slugs in FACETS.items()
    }
    with listing_changes():
        add(listings, therapies, terms)
    return therapies, terms


def add(listings, therapies, terms):
    flat = [term for facet in FACETS for term in terms[facet]]
    for listing in listings:
        provider = create_provider(
            name=listing["name"],
            slug=f"place-{next(_number)}",
            at=listing["at"],
            state=listing["state"],
            status=listing["status"],
            checked_on=listing["checked"] and DAY - timedelta(days=listing["checked"]),
            yes=[t for t, said in zip(flat, listing["answers"], strict=True) if said == "yes"],
            no=[t for t, said in zip(flat, listing["answers"], strict=True) if said == "no"],
        )
        for therapy, flags, accepting in listing["services"]:
            create_service(
                provider=provider,
                therapy=therapies[therapy],
                accepting_new=accepting,
                **dict.fromkeys(flags, True),
            )


def _made():
    return list(Therapy.objects.order_by("pk"))


def ask(question, therapies, terms):
    at = question["at"]
    things = {
        **{facet: ("term", terms[facet][0].pk) for facet in FACETS},
        "therapy": ("therapy", therapies[0].pk),
        "delivery": ("delivery", "virtual"),
        "grouping": ("grouping", "group"),
        "accepting": ("accepting", "accepting"),
    }
    return Query(
        pool=tuple(therapy.pk for therapy in therapies),
        therapies=tuple(therapies[n].pk for n in question["therapies"]),
        groups=(
            ("both", tuple(therapy.pk for therapy in therapies)),
            ("one", (therapies[0].pk,)),
        ),
        delivery=tuple(question["delivery"]),
        grouping=tuple(question["grouping"]),
        accepting=tuple(question["accepting"]),
        terms=tuple(
            (facet, tuple(terms[facet][n].pk for n in chosen_of(question, facet)))
            for facet in FACETS
            if chosen_of(question, facet)
        ),
        exclude=tuple(things[name] for name in question["exclude"]),
        words=tuple(question["words"]),
        state=question["state"],
        since=question["since"] and DAY.toordinal() - question["since"],
        lat=at and at[0],
        lon=at and at[1],
        radius=question["radius"] if at else None,
        sort=question["sort"],
    )


def chosen_of(question, facet):
    return [n for n in sorted(question["terms"].get(facet, ())) if n < len(FACETS[facet])]


def with_only(query, facet, value):
    """The query with one value alone in its facet."""
    if facet == "therapy":
        return replace(query, therapies=(value,))
    if facet == "condition":
        return replace(query, therapies=dict(query.groups)[value])
    if facet in ("delivery", "grouping", "accepting"):
        return replace(query, **{facet: (value,)})
    others = tuple((key, values) for key, values in query.terms if key != facet)
    return replace(query, terms=(*others, (facet, (value,))))


def in_order(found, query):
    rows = {row.pk: row for row in Provider.objects.filter(pk__in=found)}
    by_name = sorted(rows, key=lambda pk: (rows[pk].name.lower(), pk))
    if query.sort == "name":
        return by_name
    if query.sort == "checked" or not query.located:
        days = {
            pk: max((c.checked_on.toordinal() for c in rows[pk].checks.all()), default=0)
            for pk in rows
        }
        return sorted(by_name, key=lambda pk: -days[pk])

    def away(pk):
        row = rows[pk]
        if row.lat is None:
            return float("inf")
        return round(plain.miles(query.lat, query.lon, row.lat, row.lon), 2)

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
