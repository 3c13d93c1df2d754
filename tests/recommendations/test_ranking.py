"""The order is the sum of its parts, and each reason is a part that moved it."""

from datetime import date

import numpy as np
import pytest

from providers.index import index
from providers.query import Query
from recommendations import ranking
from recommendations.ranking import Ranking, Signal
from tests.factories import PORTLAND, create_provider, create_service, create_term, create_therapy

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)


def north(miles):
    """A point so many miles north of Portland."""
    return (PORTLAND[0] + miles / 69.09, PORTLAND[1])


def near_portland(therapies, **changes):
    pool = tuple(therapy.pk for therapy in therapies)
    return Query(pool=pool, lat=PORTLAND[0], lon=PORTLAND[1], **changes)


def names(query, scorer):
    from providers.models import Provider

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
    parts = scorer.parts(index.current().candidates([far.pk, near.pk], query))
    alike = parts["alike", scorer.signals[0]]
    assert alike[0] > 0 > alike[1]
    assert np.abs(alike).max() <= ranking.LIKENESS
    lead = parts["distance"][1] - parts["distance"][0]
    assert lead > alike[0] - alike[1]
    assert names(query, scorer) == ["Near", "Far"]
    heavier = Ranking(scorer.signals, today=TODAY, likeness=2.0)
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
    assert scored(query, scorer, yes) == pytest.approx(0.30)
    assert scored(query, scorer, silent) == pytest.approx(0.075)
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
