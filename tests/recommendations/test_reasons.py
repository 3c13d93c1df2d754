"""Each reason on a card is true: without its signal the place would stand lower."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from providers.index import index
from providers.query import Query
from recommendations.evaluation.why import falls, unasked
from recommendations.ranking import ALIKE, DECIDES, Ranking, Signal, space_of
from tests.factories import PORTLAND, create_provider, create_service, create_term, create_therapy
from tests.recommendations import made

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)
DIRECTORY = made.snapshot(size=400, seed=2)
FEATURES = space_of(DIRECTORY).features
TERMS = [feature for feature in FEATURES if feature[0] == "term"]

places = st.integers(1, 400).map(lambda key: ("provider", key))
therapies = st.sampled_from([feature for feature in FEATURES if feature[0] == "therapy"])
filters = st.sampled_from([feature for feature in FEATURES if feature[0] != "therapy"])


def done(act, things):
    return st.builds(
        Signal,
        act=st.just(act),
        thing=things,
        name=st.just("Larch House"),
        age=st.integers(0, 40),
        later=st.integers(0, 10),
    )


signals = st.one_of(
    done("saved", places),
    done("saved-therapy", therapies),
    done("filter", filters),
    done("explored", st.one_of(places, therapies)),
)
hidden = done("not-for-me", places)
acts = st.tuples(st.lists(signals, max_size=8), st.lists(hidden, max_size=2)).map(
    lambda lists: [*lists[0], *lists[1]]
)


@st.composite
def queries(draw):
    """What somebody asks, from one of the places or from nowhere, with some filters."""
    point = DIRECTORY.point(draw(st.integers(1, 400))) if draw(st.booleans()) else None
    terms = {}
    for _, key in draw(st.lists(st.sampled_from(TERMS), max_size=3, unique=True)):
        terms.setdefault(DIRECTORY.terms[key].facet, []).append(key)
    query = Query(
        terms=tuple(sorted((facet, tuple(sorted(keys))) for facet, keys in terms.items())),
        home=draw(st.sampled_from(["", "OR", "TX"])),
        leave_out=(draw(st.integers(1, 400)),),
    )
    return replace(query, lat=point[0], lon=point[1]) if point else query


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(acts, queries(), st.lists(filters, max_size=3))
def test_without_its_signal_the_score_falls(signals, query, wants):
    """Any visitor: each shown reason's signal is taken away, and all is scored anew."""
    ranking = Ranking(signals, today=TODAY, origin="97214", wants=wants)
    ids = DIRECTORY.search(query, scorer=ranking).ids[:6].tolist()
    for key, why in zip(ids, ranking.reasons(DIRECTORY.candidates(ids, query)), strict=True):
        assert len(why) <= 3
        assert [reason.adds for reason in why] == sorted((r.adds for r in why), reverse=True)
        for reason in why:
            fall = falls(DIRECTORY, ranking, query, key, reason)
            assert fall > 0, (reason, fall)
            assert fall == pytest.approx(reason.adds, abs=2e-4)


@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
@given(acts, queries(), st.lists(filters, max_size=3))
def test_no_reason_counts_guesses_or_praises(signals, query, wants):
    ranking = Ranking(signals, today=TODAY, origin="97214", wants=wants)
    seen = DIRECTORY.candidates(DIRECTORY.search(query, scorer=ranking).ids[:6].tolist(), query)
    for reason in (reason for why in ranking.reasons(seen) for reason in why):
        text = reason.text.lower()
        assert reason.icon and text
        assert not any(word in text for word in ("%", "best", "match", "because", "you have"))


def test_what_a_place_does_not_say_is_a_question():
    mbsr, medicaid = create_therapy(), create_term(slug="medicaid")
    create_provider(therapies=[mbsr], yes=[medicaid])
    silent = create_provider(therapies=[mbsr])
    no = create_provider(therapies=[mbsr], no=[medicaid])
    query = Query(pool=(mbsr.pk,), terms=(("pay", (medicaid.pk,)),))
    seen = index.current().candidates([silent.pk, no.pk], query)
    of_silent, of_no = Ranking(today=TODAY).reasons(seen)
    assert [reason.text for reason in of_silent] == ["Does not say whether it takes Medicaid: ask"]
    assert of_no == []


def test_each_filter_that_is_met_is_a_reason():
    """However many there are: a place that meets three would stand lower with any one not asked."""
    mbsr = create_therapy()
    asked = [create_term(slug=slug) for slug in ("medicaid", "medicare", "sliding")]
    place = create_provider(therapies=[mbsr], yes=asked)
    create_provider(therapies=[mbsr])
    query = Query(pool=(mbsr.pk,), terms=(("pay", tuple(term.pk for term in asked)),))
    (why,) = Ranking(today=TODAY).reasons(index.current().candidates([place.pk], query))
    assert sorted(reason.text for reason in why) == [
        "Takes Medicaid, as you asked",
        "Takes Medicare, as you asked",
        "Takes Sliding, as you asked",
    ]
    assert {reason.signal[0] for reason in why} == {"asked"}


def test_video_care_in_the_visitors_state_says_so():
    mbsr = create_therapy()
    far = create_provider(therapies=[], at=(PORTLAND[0] + 3, PORTLAND[1]))
    create_service(provider=far, therapy=mbsr, virtual=True)
    query = Query(
        pool=(mbsr.pk,), delivery=("virtual",), home="OR", lat=PORTLAND[0], lon=PORTLAND[1]
    )
    scorer = Ranking(today=TODAY, origin="97214")
    seen = index.current().candidates([far.pk], query)
    texts = [reason.text for reason in scorer.reasons(seen)[0]]
    assert texts == ["Sees people in Oregon by video, as you asked"]
    elsewhere = index.current().candidates([far.pk], replace(query, home="WA"))
    assert scorer.score(seen)[0] > scorer.score(elsewhere)[0] + 0.3
    assert "miles from 97214" in scorer.reasons(elsewhere)[0][0].text


def test_what_is_not_for_someone_lowers_what_is_like_it_and_is_no_reason():
    ids = [1, 2, 3, 4, 5]
    query = Query(leave_out=(9,))
    seen = DIRECTORY.candidates(ids, query)
    ranking = Ranking([Signal("not-for-me", ("provider", 9), "Larch")], today=TODAY)
    alike = space_of(DIRECTORY).vectors(seen.rows) @ _vector(9)
    assert np.argmax(alike) == np.argmin(ranking.score(seen))
    assert not any(ranking.reasons(seen))


def test_an_unknown_place_of_a_signal_is_no_reason():
    """A saved place that was withdrawn leaves the order alone."""
    query = Query()
    seen = DIRECTORY.candidates([1, 2], query)
    ranking = Ranking([Signal("saved", ("provider", 10**6), "Gone")], today=TODAY)
    assert ranking.reasons(seen) == [[], []]
    assert ranking.score(seen).tolist() == [0, 0]


def test_similar_places_are_similar_in_what_they_share():
    ranking = Ranking([Signal("similar", ("provider", 9), "Larch")], today=TODAY, weights=ALIKE)
    point = DIRECTORY.point(9)
    query = Query(lat=point[0], lon=point[1], leave_out=(9,))
    first = DIRECTORY.search(query, scorer=ranking).ids[:3].tolist()
    seen = DIRECTORY.candidates(first, query)
    shared = [r for why in ranking.reasons(seen) for r in why if r.signal[0] == "similar"]
    assert shared and all(reason.text.startswith("Also ") for reason in shared)
    assert unasked(query, "distance").lat is None


def test_similar_places_have_what_the_place_has_however_much_more_they_have():
    """Likeness alone would put one that has little, and of that the same, above one that has it
    all."""
    ranking = Ranking([Signal("similar", ("provider", 9))], today=TODAY, weights=ALIKE)
    seen = DIRECTORY.candidates(range(1, 301), Query(leave_out=(9,)))
    place, others = (space_of(DIRECTORY).has(rows) for rows in (_rows(9), seen.rows))
    twice = [kind == "term" and DIRECTORY.terms[key].facet in DECIDES for kind, key in FEATURES]
    counts = np.where(twice, 2.0, 1.0) * place[0]
    has = others @ counts / counts.sum()
    likeness = space_of(DIRECTORY).vectors(seen.rows) @ _vector(9)
    expected = ALIKE.shares * has + ALIKE.likeness * likeness
    assert ranking.score(seen) == pytest.approx(expected, abs=1e-4)
    blind = ranking.without(("provider", 9)).score(seen)
    falls = ranking.falls(seen)["provider", 9]
    assert falls == pytest.approx(ranking.score(seen) - blind, abs=1e-4)


def _rows(key):
    return DIRECTORY.columns.rows_of([key])


def _vector(key):
    return space_of(DIRECTORY).vectors(_rows(key))[0]
