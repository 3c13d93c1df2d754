"""The order is the sum of its parts, and each reason is a part that moved it."""

from datetime import date

import numpy as np
import pytest

from providers import loading, taking_in
from providers.changes import listing_changes
from providers.index import index
from providers.models import Organization, Provider
from providers.query import Query
from providers.snapshot import Snapshot
from recommendations import ranking
from recommendations.ranking import Ranking, Signal, Weights, space_of
from tests.factories import PORTLAND, create_provider, create_service, create_term, create_therapy
from tests.recommendations import made

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)
DIRECTORY = made.snapshot()


def north(miles):
    """A point so many miles north of Portland."""
    return (PORTLAND[0] + miles / 69.09, PORTLAND[1])


def near_portland(therapies, **changes):
    pool = tuple(therapy.pk for therapy in therapies)
    return Query(pool=pool, lat=PORTLAND[0], lon=PORTLAND[1], **changes)


def names(query, scorer):
    ids = index.current().search(query, scorer=scorer).ids.tolist()
    rows = Provider.objects.in_bulk(ids)
    return [rows[key].name for key in ids]


def scored(query, scorer, provider):
    seen = index.current().candidates([provider.pk], query)
    return float(scorer.score(seen)[0])


def test_a_saved_place_draws_places_like_it_up():
    mbsr, cbt = create_therapy(short_name="MBSR"), create_therapy(short_name="CBT")
    medicaid, free = create_term(slug="medicaid"), create_term(slug="free")
    saved = create_provider(name="Larch", therapies=[mbsr], yes=[medicaid], at=north(20))
    create_provider(name="Near", therapies=[cbt], yes=[free], at=north(1))
    create_provider(name="Alike", therapies=[mbsr], yes=[medicaid], at=north(3))
    query = near_portland([mbsr, cbt], leave_out=(saved.pk,))
    assert names(query, None) == ["Near", "Alike"]
    scorer = Ranking([Signal("saved", ("provider", saved.pk), "Larch")], today=TODAY)
    assert names(query, scorer) == ["Alike", "Near"]


def test_the_order_changes_exactly_where_the_weight_says():
    """Likeness adds at most 0.30: a lead in distance greater than that stays a lead."""
    mbsr, cbt = create_therapy(short_name="MBSR"), create_therapy(short_name="CBT")
    near = create_provider(name="Near", therapies=[cbt], at=north(2))
    far = create_provider(name="Far", therapies=[mbsr], at=north(40))
    query = near_portland([mbsr, cbt])
    scorer = Ranking([Signal("explored", ("therapy", mbsr.pk))], today=TODAY)
    falls = scorer.falls(index.current().candidates([far.pk, near.pk], query))
    alike = falls["therapy", mbsr.pk]
    assert alike[0] > 0 > alike[1]
    assert np.abs(alike).max() <= ranking.BEST.likeness
    lead = falls["distance"][1] - falls["distance"][0]
    assert lead > alike[0] - alike[1]
    assert names(query, scorer) == ["Near", "Far"]
    heavier = Ranking(scorer.signals, today=TODAY, weights=Weights(likeness=2.0))
    assert names(query, heavier) == ["Far", "Near"]


def test_distance_counts_half_at_twenty_five_miles():
    assert ranking.nearness(0) == 1
    assert ranking.nearness(25) == 0.5
    assert ranking.nearness(np.nan) == 0


def test_each_reason_is_a_part_that_moved_the_score():
    mbsr, cbt = create_therapy(short_name="MBSR"), create_therapy(short_name="CBT")
    medicaid = create_term(slug="medicaid")
    create_provider(therapies=[cbt], at=north(30))
    place = create_provider(therapies=[mbsr], yes=[medicaid], at=north(2))
    query = near_portland([mbsr, cbt])
    opened = Signal("explored", ("therapy", mbsr.pk))
    used = Signal("filter", ("term", medicaid.pk))
    scorer = Ranking([opened, used], today=TODAY, origin="97214")
    seen = index.current().candidates([place.pk], query)
    texts = [reason.text for reason in scorer.reasons(seen)[0]]
    assert texts == [
        "About 2 miles from 97214",
        "Takes Medicaid, a filter you used",
        "Offers MBSR, which you just opened",
    ]
    for reason in scorer.reasons(seen)[0]:
        assert reason.adds >= 0.01


def test_a_reason_names_what_was_saved_and_what_both_have():
    mbsr, cbt = create_therapy(short_name="MBSR"), create_therapy(short_name="CBT")
    larch = create_provider(name="Larch House")
    create_service(provider=larch, therapy=mbsr, group=True)
    alder = create_provider(name="Alder")
    create_service(provider=alder, therapy=mbsr, group=True)
    create_provider(name="Other", therapies=[cbt])
    scorer = Ranking([Signal("saved", ("provider", larch.pk), "Larch House")], today=TODAY)
    query = Query(pool=(mbsr.pk, cbt.pk))
    seen = index.current().candidates([alder.pk], query)
    (reasons,) = scorer.reasons(seen)
    assert reasons[0].icon == "save"
    assert reasons[0].text.startswith("Like Larch House, which you saved: both ")
    assert "offer MBSR" in reasons[0].text and "run groups" in reasons[0].text


def test_not_stated_counts_a_quarter_and_no_counts_nothing():
    mbsr, medicaid = create_therapy(), create_term(slug="medicaid")
    yes = create_provider(therapies=[mbsr], yes=[medicaid])
    silent = create_provider(therapies=[mbsr])
    no = create_provider(therapies=[mbsr], no=[medicaid])
    query = Query(pool=(mbsr.pk,), terms=(("pay", (medicaid.pk,)),))
    scorer = Ranking(today=TODAY)
    assert 0.05 < scored(query, scorer, yes) < ranking.BEST.filters
    assert scored(query, scorer, silent) == pytest.approx(scored(query, scorer, yes) / 4)
    assert scored(query, scorer, no) == 0


def test_equals_take_turns_by_day_and_agree_within_a_day():
    mbsr = create_therapy()
    for n in range(8):
        create_provider(name=f"Twin {n}", therapies=[mbsr])
    query = Query(pool=(mbsr.pk,))
    orders = {
        tuple(names(query, Ranking([Signal("saved-therapy", ("therapy", mbsr.pk))], today=day)))
        for day in [TODAY, TODAY, date(2026, 11, 25), date(2026, 11, 26)]
    }
    assert len(orders) == 3


def test_an_old_act_weighs_less():
    fresh = Signal("explored", ("therapy", 1))
    assert fresh.weight == 1
    assert Signal("explored", ("therapy", 1), age=14).weight == 0.5
    assert Signal("saved", ("provider", 1), age=400).weight == 4


# --- the list -------------------------------------------------------------------------------


def in_numbers(point=None, **changes):
    """A query of the made directory, from where one of its places stands."""
    lat, lon = DIRECTORY.point(point) if point else (None, None)
    return Query(lat=lat, lon=lon, **changes)


def acts_of(*ids):
    return [Signal("saved", ("provider", key), f"Place {key}") for key in ids]


def found(query, scorer, most=None, directory=None):
    return (directory or DIRECTORY).search(query, scorer=scorer).ids[:most].tolist()


def test_the_fast_sums_are_the_plain_ones():
    space, rows = space_of(DIRECTORY), np.arange(0, 700, 7)
    direction = np.random.default_rng(0).normal(size=len(space.features))
    assert space.along(direction, rows) == pytest.approx(space.vectors(rows) @ direction, abs=1e-5)
    everyone = np.arange(DIRECTORY.columns.size)
    assert (space.along(direction, everyone)[rows] == space.along(direction, rows)).all()


def test_likeness_that_is_left_out_for_speed_would_bring_nobody_up(monkeypatch):
    """Looking at all gives the same list as looking at those who can be among the first."""
    scorer = Ranking(acts_of(3, 50, 700), today=TODAY, wants=[("term", 1), ("term", 9)])
    for point in (1, 77, 1500, None):
        query = in_numbers(point)
        monkeypatch.setattr(ranking, "SOME", 60)
        some = found(query, scorer, 100)
        monkeypatch.setattr(ranking, "SOME", 10**6)
        assert some == found(query, scorer, 100)


def test_a_longer_list_begins_like_a_shorter_one():
    """Pages of one list neither repeat nor skip a place."""
    query = in_numbers(5)
    whole = found(query, Ranking(acts_of(5), today=TODAY))
    assert sorted(whole) == DIRECTORY.ids.tolist()
    for most in (3, 10, 20, 59, 60, 61, 200):
        assert found(query, Ranking(acts_of(5), today=TODAY), most) == whole[:most]


def test_the_best_are_spread_out():
    space = space_of(DIRECTORY)

    def alike(spread):
        """Over the lists of some visitors, how alike their ten places are."""
        total = 0
        for key in range(1, 600, 60):
            scorer = Ranking(acts_of(key), today=TODAY, weights=Weights(spread=spread))
            ids = found(in_numbers(key, leave_out=(key,)), scorer, 10)
            vectors = space.vectors(DIRECTORY.columns.rows_of(ids))
            total += (vectors @ vectors.T).sum()
        return total

    assert alike(ranking.BEST.spread) < 0.97 * alike(1.0)


def test_at_most_two_of_one_organization_stand_among_the_first():
    mbsr, chain = create_therapy(), Organization.objects.create(name="Chain", slug="chain")
    chains = [create_provider(therapies=[mbsr], at=north(n), organization=chain) for n in range(5)]
    others = [create_provider(therapies=[mbsr], at=north(20 + n)) for n in range(3)]
    create_provider(therapies=[create_therapy(short_name="CBT")], at=north(50))
    query = near_portland([mbsr])
    scorer = Ranking([Signal("saved-therapy", ("therapy", mbsr.pk))], today=TODAY)
    ids = index.current().search(query, scorer=scorer).ids.tolist()
    first = ids[: 2 + len(others)]
    assert len({place.pk for place in chains} & set(first)) == 2
    assert {place.pk for place in others} <= set(first)
    assert len(ids) == 9  # all are still there


def test_the_tenth_suggestion_is_kept_for_a_listing_that_tells_little():
    """Only where an act moves the order, and who takes the seat was among the next ten."""
    space, moved = space_of(DIRECTORY), 0
    for key in range(1, 400, 40):
        query, acts = in_numbers(key, leave_out=(key,)), acts_of(key)
        plain = found(query, Ranking(acts, today=TODAY, weights=Weights(seat=0)), 30)
        ours = found(query, Ranking(acts, today=TODAY), 30)
        told = space.has(DIRECTORY.columns.rows_of(plain)).sum(axis=1)
        least = plain[9 + int(np.argmin(told[9:19]))]
        assert ours[9] == least and [key for key in ours if key != least] == [
            key for key in plain if key != least
        ]
        moved += ours != plain
        assert found(query, Ranking(today=TODAY), 30) == found(
            query, Ranking(today=TODAY, weights=Weights(seat=0)), 30
        )
    assert moved >= 5


def test_equals_take_other_turns_in_another_state():
    ids = np.arange(1, 50)
    turns = {
        state: tuple(np.argsort(ranking._turns(ids, TODAY, Query(home=state))))
        for state in ("OR", "WA", "")
    }
    assert len(set(turns.values())) == 3


def test_the_order_is_the_same_in_every_worker():
    """One has loaded all at once, one has taken in what changed: rows stand elsewhere."""
    known = made.rows(600)
    terms = made.terms()
    late = {row[0] for row in known[::3]}
    old = loading.load([[row for row in known if row[0] not in late]])
    one = Snapshot(1, loading.load([known]), terms)
    other = Snapshot(1, taking_in.changed(old, [row for row in known if row[0] in late]), terms)
    for signals in ([], acts_of(3, 9, 30), [Signal("filter", ("term", 2)), *acts_of(4)]):
        for point in (1, 300):
            lat, lon = one.point(point)
            query = Query(lat=lat, lon=lon, home="OR")
            scorer = Ranking(signals, today=TODAY, wants=[("term", 1)])
            assert found(query, scorer, directory=one) == found(query, scorer, directory=other)


# --- gates ----------------------------------------------------------------------------------


def test_what_decides_is_a_condition_where_twenty_have_it():
    mbsr, medicaid = create_therapy(), create_term(slug="medicaid")
    for n in range(20):
        create_provider(therapies=[mbsr], yes=[medicaid], at=north(2 + n))
    create_provider(name="Next door", therapies=[mbsr])
    scorer = Ranking(today=TODAY, wants=[("term", medicaid.pk)])
    query, soft = scorer.gated(index.current(), near_portland([mbsr]))
    assert (query.terms, soft) == ((("pay", (medicaid.pk,)),), [])
    assert "Next door" not in names(query, scorer)


def test_where_fewer_have_it_the_others_stay_and_it_is_said():
    mbsr, medicaid = create_therapy(), create_term(slug="medicaid")
    for n in range(19):
        create_provider(therapies=[mbsr], yes=[medicaid], at=north(2 + n))
    create_provider(therapies=[mbsr], yes=[medicaid], at=north(51))
    create_provider(name="Next door", therapies=[mbsr])
    scorer = Ranking(today=TODAY, wants=[("term", medicaid.pk)])
    query, soft = scorer.gated(index.current(), near_portland([mbsr]))
    assert (query.terms, soft) == ((), ["take Medicaid"])
    assert "Next door" in names(query, scorer)


def test_a_language_is_never_a_condition():
    mbsr, spanish = create_therapy(), create_term(facet="language", slug="es")
    for n in range(22):
        create_provider(therapies=[mbsr], yes=[spanish], at=north(n))
    scorer = Ranking(today=TODAY, wants=[("term", spanish.pk)])
    query = near_portland([mbsr])
    assert scorer.gated(index.current(), query) == (query, [])


def test_the_middle_of_what_was_opened_is_one_of_these_places():
    mbsr = create_therapy()
    places = [create_provider(therapies=[mbsr], at=north(n)) for n in (0, 4, 5, 300)]
    opened = [Signal("explored", ("provider", place.pk)) for place in places]
    lat, _ = Ranking(opened, today=TODAY).middle(index.current())
    assert lat == pytest.approx(north(4)[0], abs=0.001) or lat == pytest.approx(
        north(5)[0], abs=0.001
    )
    assert Ranking(today=TODAY).middle(index.current()) is None


# --- the page -------------------------------------------------------------------------------


def test_the_page_and_its_twin_print_the_weights_in_use(client, monkeypatch):
    page = client.get("/how-we-suggest/").content.decode()
    assert "The same for programs (JSON)" in page
    twin = client.get("/how-we-suggest.json").json()
    assert twin["weights"]["likeness"] == ranking.BEST.likeness == 0.30
    assert twin["acts"]["not-for-me"] == {"weight": -3.0, "half_life_days": 90}
    assert twin["version"] == ranking.VERSION == twin["changes"][0]["version"]
    for change in twin["changes"]:
        assert change["change"][:60].split("“")[0] in page
    monkeypatch.setattr(ranking, "BEST", Weights(likeness=0.42))
    assert "from −0.42 to 0.42" in client.get("/how-we-suggest/").content.decode()
    assert client.get("/how-we-suggest.json").json()["weights"]["likeness"] == 0.42


def test_one_marked_example_is_added_up_and_no_real_place(client):
    medicaid = create_term(slug="medicaid")
    mbsr, fields = create_therapy(), {"demonstration": True, "yes": [medicaid]}
    create_provider(name="Saved one", therapies=[mbsr], at=PORTLAND, **fields)
    far = create_provider(name="Far one", therapies=[mbsr], at=north(40), **fields)
    near = create_provider(name="Near one", therapies=[mbsr], at=north(5), **fields)
    page = client.get("/how-we-suggest/")
    worked = page.context["worked"]
    assert worked.place == near
    assert [row.reasons for row in worked.rows][:2] == [
        ["About 5 miles from Saved one"], ["Takes Medicaid, as you asked"],
    ]  # fmt: skip
    assert sum(row.adds for row in worked.rows) == pytest.approx(worked.total, abs=1e-5)
    assert f"<strong>{worked.total:.2f}</strong>" in page.text
    assert "Example, not a real place" in page.text
    assert far.name not in page.text


def test_without_examples_no_place_is_added_up(client):
    mbsr = create_therapy()
    for miles in (0, 3):
        create_provider(therapies=[mbsr], at=north(miles))
    page = client.get("/how-we-suggest/")
    assert page.context["worked"] is None
    assert 'id="case"' not in page.text


def test_the_parts_of_a_score_sum_up_to_it():
    query = Query(pool=(1, 2), lat=40.0, lon=-100.0, terms=(("pay", (1,)),))
    seen = DIRECTORY.candidates(list(range(1, 400)), query)
    scorer = Ranking(
        [Signal("saved", ("provider", 7)), Signal("not-for-me", ("provider", 9))],
        today=TODAY, wants=[("term", 6)],
    )  # fmt: skip
    parts = scorer.parts(seen)
    assert all(part.any() for name, part in parts.items() if name != "fresh")
    np.testing.assert_allclose(sum(parts.values()), scorer.score(seen), atol=1e-5)


# --- the page of suggestions ----------------------------------------------------------------


def post(client, path, **data):
    return client.post(path, data, headers={"Sec-Fetch-Site": "same-origin"})


def test_suggestions_keep_to_what_decides_and_say_where_they_cannot(client):
    """A filter used before is a condition where twenty places near have it, else a wish."""
    mbsr, medicaid = create_therapy(), create_term(slug="medicaid")
    silent = create_provider(name="Silent", therapies=[mbsr])
    for n in range(20):
        create_provider(name=f"Takes {n}", therapies=[mbsr], yes=[medicaid], at=north(3 + n))
    post(client, "/recommendations/choice/", act="yes", pay="medicaid")
    near = f"/recommendations/?near={PORTLAND[0]}, {PORTLAND[1]}"
    page = client.get(near)
    assert "Silent" not in [card.provider.name for card in page.context["cards"]]
    assert "Takes Medicaid, a filter you used" in page.content.decode()
    with listing_changes() as changed:
        gone = Provider.objects.filter(name__in=["Takes 18", "Takes 19"])
        changed.update(gone.values_list("pk", flat=True))
        gone.update(status=Provider.Status.WITHDRAWN)
    page = client.get(near)
    # It tells least of the second ten, and so has the tenth place.
    assert silent.name == page.context["cards"][9].provider.name
    sentence = "Fewer than 20 places within 25 miles say that they take Medicaid."
    assert sentence in page.content.decode()


def test_who_saved_a_place_is_not_said_to_have_opened_it(client):
    mbsr = create_therapy()
    saved = create_provider(name="Saved", therapies=[mbsr])
    create_provider(name="Near", therapies=[mbsr], at=north(9))
    post(client, "/saved/", provider=saved.slug, act="save")
    page = client.get("/recommendations/?near=zzzzz")
    assert "a place you opened" not in page.content.decode()
    assert "a place you saved" in page.content.decode()


def test_without_a_place_suggestions_are_near_what_was_opened(client):
    mbsr = create_therapy()
    opened = create_provider(name="Opened", therapies=[mbsr])
    create_provider(name="Far", therapies=[mbsr], at=(29.76, -95.37))
    create_provider(name="Near", therapies=[mbsr], at=north(9))
    post(client, "/recommendations/choice/", act="yes", thing=f"provider:{opened.slug}")
    cards = client.get("/recommendations/").context["cards"]
    assert [card.provider.name for card in cards if card.provider != opened] == ["Near", "Far"]
    near = next(card for card in cards if card.provider.name == "Near")
    assert "from a place you opened" in near.reasons[0].text
