"""Maps: where things are drawn, what becomes one pin, and what is said of what is not drawn."""

import json
import math
import re
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string

from providers.country import country
from providers.map import area, spot
from providers.models import Provider
from providers.near import Located
from providers.places import DATA
from providers.states import STATES
from tests.factories import PORTLAND, create_provider, create_town, create_zip

TOWNS = {
    "OR": (45.52, -122.68),
    "WA": (45.64, -122.66),
    "KS": (39.11, -94.63),
    "MO": (39.10, -94.58),
    "NY": (40.71, -74.01),
    "HI": (21.31, -157.86),
    "AK": (58.30, -134.42),
    "DC": (38.90, -77.04),
    "PR": (18.40, -66.06),
    "GU": (13.47, 144.75),
    "MI": (42.33, -83.05),
    "FL": (25.77, -80.21),
}
MILE_NORTH = 1 / 69.09  # in degrees


def place(at=PORTLAND, label="97214", **fields):
    return Located(label, label, at[0], at[1], **fields)


def card(number, at=PORTLAND, precision="street", name=""):
    lat, lon = at or (None, None)
    provider = Provider(
        pk=number + 100,
        name=name or f"Place {number}",
        city="Portland",
        state="OR",
        lat=lat,
        lon=lon,
        precision=precision,
    )
    return SimpleNamespace(number=number, provider=provider, anchor=f"p{provider.pk}")


def north(miles, at=PORTLAND):
    return at[0] + miles * MILE_NORTH, at[1]


def east(miles, at=PORTLAND):
    return at[0], at[1] + miles * MILE_NORTH / math.cos(math.radians(at[0]))


def inside(point, rings):
    x, y = point
    crossed = 0
    for ring in rings:
        for a, b in zip(ring, ring[1:] + ring[:1], strict=True):
            if (a[1] > y) != (b[1] > y):
                crossed += x < (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0]
    return crossed % 2 == 1


def rings_of(numbers):
    """A first point, then steps, as points."""
    x, y, *rest = numbers
    ring = [(x, y)]
    for dx, dy in zip(rest[::2], rest[1::2], strict=True):
        x, y = x + dx, y + dy
        ring.append((x, y))
    return ring


def drawn(path):
    return [
        rings_of([int(n) for n in re.findall(r"-?\d+", part)]) for part in path.split("Z") if part
    ]


def on_land(here):
    return any(inside((here.center.x, here.center.y), [ring]) for ring in drawn(here.land))


class Tags(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def all(self, tag, css=""):
        """The attributes of these elements, with this class if one is named."""
        return [
            attrs
            for found, attrs in self.found
            if found == tag and (not css or css in attrs.get("class", "").split())
        ]


def shown(here):
    return Tags(render_to_string("providers/_map.html", {"map": here}))


# --- where things are -----------------------------------------------------------------------


@pytest.mark.parametrize("code", TOWNS)
def test_a_town_falls_within_the_outline_of_its_own_state_only(code):
    held = json.loads((DATA / "us_states.json").read_text())
    lat, lon = TOWNS[code]
    point = lon / held["unit"], lat / held["unit"]
    found = {
        state
        for state, rings in held["outlines"].items()
        if inside(point, [rings_of(ring) for ring in rings])
    }
    assert found == {code}


@pytest.mark.parametrize("radius", ["5", "25", "100", "any"])
@pytest.mark.parametrize("at", TOWNS.values())
def test_the_middle_of_the_map_of_a_town_is_land(at, radius):
    assert on_land(area(place(at), radius, [card(1, at)]))


def test_the_middle_of_a_lake_and_of_an_ocean_is_not():
    for at in ((43.5, -87.0), (44.0, -128.0)):
        assert not on_land(area(place(at), "25", [card(1, at)]))


def test_far_from_any_border_all_is_land():
    at = (39.0, -105.5)
    here = area(place(at), "5", [card(1, at)])
    rings = drawn(here.land)
    assert len(here.land) < 300
    corners = [(0, 0), (0, here.side), (here.side, 0), (here.side, here.side)]
    assert all(inside(corner, rings) for corner in corners)


@pytest.mark.parametrize("at", [PORTLAND, (61.2, -149.9), (13.5, 144.8)])
@pytest.mark.parametrize("there", [north, east])
def test_a_place_as_far_as_the_radius_stands_on_the_ring(at, there):
    here = area(place(at), "25", [card(1, there(25, at))])
    pin = here.pins[0]
    away = math.dist((pin.x, pin.y), (here.center.x, here.center.y))
    assert away == pytest.approx(here.ring, rel=0.01)


def test_north_is_up_and_east_is_right():
    here = area(place(), "25", [card(1, north(15)), card(2, east(15))])
    up, right = here.pins
    assert up.y < here.center.y and up.x == pytest.approx(here.center.x, abs=0.5)
    assert right.x > here.center.x and right.y == pytest.approx(here.center.y, abs=0.5)


def test_the_date_line_parts_nothing():
    here = area(place((51.9, -176.6)), "any", [card(1, (52.9, 173.2)), card(2, (51.9, -176.6))])
    assert len(here.pins) == 2
    assert "The map is about 500 miles wide." in here.sentences


def test_towns_are_named_for_orientation_apart_from_the_pins():
    here = area(place((45.0, -123.0)), "50", [card(1, (44.94, -123.03))])
    names = [town.name for town in here.towns]
    assert "Portland" in names
    assert 3 <= len(names) <= 7
    boxes = [*(town.box for town in here.towns), here.pins[0].box]
    for n, a in enumerate(boxes):
        for b in boxes[:n]:
            assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


# --- pins -----------------------------------------------------------------------------------


def test_each_pin_is_a_link_to_its_card_that_says_where_it_leads_in_the_order_of_the_list():
    cards = [card(21, east(15), name="A & B"), card(22, north(15)), card(23, east(-15))]
    pins = shown(area(place(), "25", cards)).all("a", "m-pin")
    assert [pin["href"] for pin in pins] == ["#p121", "#p122", "#p123"]
    assert pins[0]["aria-label"] == "21: A & B, Portland, OR"


def test_pins_that_would_cover_each_other_become_one():
    cards = [card(1), card(2, east(18)), card(3), card(4, east(0.5)), card(5, east(18))]
    here = area(place(), "25", cards)
    assert [pin.label for pin in here.pins] == ["1, 3, 4", "2, 5"]
    assert here.pins[0].href == "#p101"
    assert here.pins[0].says.count("Place") == 3
    assert "places close together share a pin" in here.sentences[0]


@pytest.mark.parametrize(
    ("numbers", "label"),
    [
        ([7], "7"),
        ([1, 2], "1, 2"),
        ([1, 2, 3], "1–3"),
        ([1, 2, 3, 5, 8, 9, 10], "1–3, 5, 8–10"),
        ([1, 3, 5, 7], "1, 3 +2"),
        (range(1, 21), "1–20"),
    ],
)
def test_a_shared_pin_names_its_numbers_shortly(numbers, label):
    here = area(place(), "25", [card(n) for n in numbers])
    assert [pin.label for pin in here.pins] == [label]


def test_a_pin_in_the_middle_of_a_zip_code_is_drawn_and_said_as_such():
    exact, about = card(1, east(15)), card(2, north(15), precision="zip")
    here = area(place(), "25", [exact, about])
    pins = shown(here).all("a", "m-pin")
    assert ["m-about" in pin["class"] for pin in pins] == [False, True]
    assert any(s.startswith("A dashed pin stands in the middle of a ZIP") for s in here.sentences)
    assert not any("dashed" in s for s in area(place(), "25", [exact]).sentences)
    assert any(s.startswith("All pins stand") for s in area(place(), "25", [about]).sentences)


def test_places_without_a_point_are_counted_and_not_drawn():
    here = area(place(), "25", [card(1), card(2, None), card(3, None)])
    assert [pin.label for pin in here.pins] == ["1"]
    assert any(s.startswith("2 places of this list are not on the map") for s in here.sentences)


def test_places_beyond_the_edge_are_counted():
    here = area(place(), "25", [card(1), card(2, north(300))])
    assert [pin.label for pin in here.pins] == ["1"]
    assert "1 place of this list is beyond the edge of the map." in here.sentences


def test_there_is_no_map_of_nothing():
    assert area(place(), "25", []) is None
    assert area(place(), "25", [card(1, None)]) is None
    assert area(place(), "5", [card(1, north(300))]) is None
    assert area(None, "any", [card(1)]) is None


def test_pins_of_a_town_are_told_apart_within_a_wide_ring():
    """They fill little of it, so the map is of them; the ring is as far as it was."""
    cards = [card(1), card(2, north(2)), card(3, east(-2)), card(4, east(2)), card(5)]
    here = area(place(), "25", cards)
    assert [pin.label for pin in here.pins] == ["1, 5", "2", "3", "4"]
    scale = (here.center.y - here.pins[1].y) / 2
    assert here.ring == pytest.approx(25 * scale, rel=0.01)
    assert "The dotted ring, 25 miles around 97214, reaches beyond the map." in here.sentences
    assert "The map is about 5 miles wide." in here.sentences


@pytest.mark.parametrize(("far", "whole"), [(0, True), (5, False), (12, False), (13, True)])
def test_every_place_within_the_ring_is_on_the_map(far, whole):
    """One spot alone is shown within its ring, where more towns are named."""
    here = area(place(), "25", [card(1), card(2, east(-far)), card(3, north(far))])
    assert sorted(n for pin in here.pins for n in pin.numbers) == [1, 2, 3]
    assert ("The dotted ring is 25 miles around 97214." in here.sentences) == whole


@pytest.mark.parametrize("radius", ["25", "any"])
def test_one_pin_in_the_very_middle_is_drawn(radius):
    here = area(place(), radius, [card(1)])
    pin = here.pins[0]
    assert (pin.x, pin.y) == pytest.approx((here.center.x, here.center.y), abs=0.1)


def test_without_a_radius_the_map_reaches_to_the_farthest_and_has_no_ring():
    here = area(place(), "any", [card(1), card(2, (29.76, -95.37)), card(3, (42.36, -71.06))])
    assert len(here.pins) == 3
    assert here.ring is None
    assert not shown(here).all("circle", "m-rad")


def test_a_rough_place_has_a_rough_ring():
    here = area(place(label="your area", rough=True), "25", [card(1)])
    assert "The dotted ring is roughly 25 miles around your area." in here.sentences


def test_everything_drawn_stays_on_the_sheet_however_many_there_are():
    cards = [card(n, north(25 * math.sin(n), east(25 * math.cos(n)))) for n in range(1, 21)]
    here = area(place(), "25", cards)
    assert sorted(n for pin in here.pins for n in pin.numbers) == list(range(1, 21))
    for pin in here.pins:
        assert min(pin.box) >= 0 and max(pin.box) <= here.side


# --- the country ----------------------------------------------------------------------------


def address(name):
    return f"/providers/?near={name}&x=1"


def shown_us(counts):
    return Tags(render_to_string("providers/_map_us.html", {"map": country(counts, address)}))


def test_each_state_with_places_is_a_link_on_the_map_and_in_the_list():
    page = shown_us({"OR": 27, "NY": 1, "AK": 2, "HI": 1, "PR": 3, "DC": 4})
    on_map = {a["aria-label"]: a["href"] for a in page.all("a", "m-state")}
    assert on_map["Oregon: 27 places"] == "/providers/?near=Oregon&x=1"
    assert {"New York: 1 place", "Alaska: 2 places", "Hawaii: 1 place"} < set(on_map)
    assert {"Puerto Rico: 3 places", "District of Columbia: 4 places"} < set(on_map)
    everywhere = [a["href"] for a in page.all("a")]
    assert all(everywhere.count(href) == 2 for href in on_map.values())


def test_a_state_without_places_is_drawn_and_leads_nowhere():
    page = shown_us({"OR": 27, "TX": 0})
    assert [a["aria-label"] for a in page.all("a", "m-state")] == ["Oregon: 27 places"]
    assert len(page.all("path", "m0")) == 51
    assert not [a for a in page.all("a") if "Texas" in a["href"]]


def test_a_territory_too_far_to_draw_is_in_the_list():
    here = country({"GU": 2}, address)
    assert [state.name for state in here.listed] == ["Guam"]
    assert not any(state.count for state in here.states)


def test_counts_of_nowhere_are_left_out():
    here = country({"": 5, "ZZ": 2, "OR": 1}, address)
    assert here.total == 1
    assert shown_us({}).all("a", "m-state") == []


@pytest.mark.parametrize(
    "counts",
    [
        dict.fromkeys(STATES, 1),
        {code: n * n for n, code in enumerate(STATES, start=1)},
        {"OR": 27, "NY": 12_345},
    ],
)
def test_the_key_says_what_each_fill_means(counts):
    here = country(counts, address)
    ranges = {}
    for step, text in here.key[1:]:
        low, *high = [int(n) for n in re.findall(r"\d+", text.replace(",", ""))]
        ranges[step] = low, math.inf if text.endswith("+") else (high or [low])[0]
    assert here.key[0] == (0, "none")
    for state in here.states:
        if state.count:
            low, high = ranges[state.step]
            assert low <= state.count <= high


def test_a_number_stands_only_where_it_has_room():
    texts = {s.name: s.text for s in country(dict.fromkeys(STATES, 12_345), address).states}
    assert texts["Texas"] == "12,345"
    assert texts["Rhode Island"] == texts["District of Columbia"] == ""


# --- on the page ----------------------------------------------------------------------------


@pytest.mark.django_db
def test_find_care_near_a_place_draws_its_cards_and_never_a_confidential_address(client):
    create_zip()
    create_town()
    seen = create_provider(precision="street")
    create_provider(name="Shelter", at=None, confidential_address=True)
    page = Tags(client.get("/providers/", {"near": "97214"}).text)
    assert [pin["href"] for pin in page.all("a", "m-pin")] == [f"#p{seen.pk}"]
    assert any(attrs.get("id") == f"p{seen.pk}" for _, attrs in page.found)


@pytest.mark.django_db
def test_a_listing_shows_where_it_is_and_never_a_confidential_address(client):
    exact = create_provider(name="Exact", precision="street")
    about = create_provider(name="About", precision="zip")
    page = Tags(client.get(exact.get_absolute_url()).text)
    (pin,) = page.all("g", "m-pin")
    assert "m-about" not in pin["class"]
    assert page.all("figure", "map")
    html = client.get(about.get_absolute_url()).text
    assert "m-about" in html
    assert "The pin stands in the middle of a ZIP code or town, not at the street." in html
    assert 'href="#map"' in html
    hidden = create_provider(name="Shelter", at=None, confidential_address=True)
    html = client.get(hidden.get_absolute_url()).text
    assert "#map" not in html
    assert 'id="map"' not in html


def test_no_map_is_drawn_of_a_confidential_address_even_with_a_point():
    one = card(1)
    one.provider.confidential_address = True
    assert spot(one) is None


@pytest.mark.django_db
def test_find_care_everywhere_leads_to_one_state_by_the_map_and_by_the_list(client):
    create_provider(name="In Oregon")
    create_provider(name="In Georgia", state="GA", at=(33.75, -84.39))
    page = Tags(client.get("/providers/").text)
    link = next(a["href"] for a in page.all("a", "m-state") if "Georgia" in a["aria-label"])
    assert [a["href"] for a in page.all("a")].count(link) == 2
    found = client.get(link).context["results"].cards
    assert [card.provider.name for card in found] == ["In Georgia"]


# --- the rest -------------------------------------------------------------------------------


def test_the_outlines_stay_small_and_name_every_state():
    path = DATA / "us_states.json"
    assert path.stat().st_size < 80_000
    held = json.loads(path.read_text())
    assert set(held["outlines"]) == set(STATES) - {"FM", "PW"}
    assert set(held["country"]) == set(STATES) - {"AS", "FM", "GU", "MP", "PW", "VI"}


@pytest.mark.django_db
def test_the_site_says_where_the_outlines_come_from(client):
    assert "State outlines: US Atlas, from the US Census Bureau" in client.get("/").text
