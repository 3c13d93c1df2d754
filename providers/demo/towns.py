"""Where the made-up places stand: real towns with a real ZIP code of their own."""

import math
import re
from collections import Counter
from dataclasses import dataclass

from trupaths.text import fold

from ..models import Place
from ..sphere import EARTH_MILES
from ..states import STATES
from .shapes import MBSR, Chance

STATE_CODES = sorted(code for code in STATES if code not in ("AS", "FM", "GU", "MP", "PW", "VI"))

# The file of towns counts Brooklyn as one too; so these are the 30 cities that people would name.
CITIES = 31
NEAR = 50  # miles
ENOUGH = 3  # places with the course near each city; one more is made, to have some room
PEOPLE_A_PLACE = 760_000
FEWEST = 3  # made up in a state, besides those for its cities
RURAL = 5_000  # people at most
RURAL_SHARE = 0.3
LARGE = 150_000  # a town with more people may have several places


@dataclass(frozen=True)
class Slot:
    """One place to make up. With `course`, it must offer MBSR, in person."""

    point: Place
    population: int
    course: bool = False

    @property
    def rural(self):
        return self.population <= RURAL


class Map:
    """ZIP codes by digits and by town, and the towns that have any, largest first."""

    def __init__(self, zips, towns):
        self.points = {point.zip: point for point in zips}
        shared = Counter((point.lat, point.lon) for point in zips)
        self._zips, alone = {}, {}
        for point in zips:
            key = fold(point.name), point.state
            self._zips.setdefault(key, []).append(point)
            # Boxes and single offices stand at one point with others; people live at the rest.
            if shared[point.lat, point.lon] == 1:
                alone.setdefault(key, []).append(point)
        self._zips |= alone
        found = [town for town in towns if town.population and _key(town) in self._zips]
        self.towns = sorted(found, key=lambda town: (-town.population, town.name, town.state))

    def zips(self, town):
        return self._zips[_key(town)]

    def center(self, town):
        """The ZIP code nearest to the middle of a town."""
        return min(self.zips(town), key=lambda point: (miles(point, town), point.zip))

    def cities(self):
        return self.towns[:CITIES]


def _key(town):
    """The file of towns has St. Louis, an envelope Saint Louis."""
    return fold(re.sub(r"^St\. ", "Saint ", town.name)), town.state


def miles(one, other):
    here, there = math.radians(one.lat), math.radians(other.lat)
    turn = math.radians(one.lon - other.lon)
    cosine = math.sin(here) * math.sin(there) + math.cos(here) * math.cos(there) * math.cos(turn)
    return EARTH_MILES * math.acos(max(-1.0, min(1.0, cosine)))


# --- which towns ----------------------------------------------------------------------------


def slots(here, written):
    """Every place to make up, state by state: cities first, then towns by size and by lot."""
    taken = Counter(here.points[place.zip].state for place in written)
    people = Counter()
    for town in here.towns:
        people[town.state] += town.population
    found = _city_slots(here, written)
    for state in STATE_CODES:
        already = taken[state] + sum(slot.point.state == state for slot in found)
        wanted = max(FEWEST, round(people[state] / PEOPLE_A_PLACE))
        found += _state_slots(here, state, max(wanted - already, FEWEST))
    return sorted(found, key=lambda slot: slot.point.state)  # the order within a state stays


def _city_slots(here, written):
    """Until each city has enough places with the course, and two of them of its own."""
    offering = [here.points[place.zip] for place in written if _has_course(place)]
    found = []
    for city in here.cities():
        center, chance = here.center(city), Chance(f"city {city.label}")
        near = sum(miles(point, center) <= NEAR for point in offering)
        own = sum(_same_town(point, center) for point in offering)
        for _ in range(max(ENOUGH + 1 - near, 2 - own, 0)):
            point = chance.pick(here.zips(city))
            offering.append(point)
            found.append(Slot(point, city.population, course=True))
    return found


def _state_slots(here, state, count):
    towns = [town for town in here.towns if town.state == state]
    small = [town for town in towns if town.population <= RURAL]
    found, used = [], set()
    for number in range(count):
        chance = Chance(f"town {number} of {state}")
        town = None
        while town is None or (town.name in used and town.population < LARGE):
            if small and chance.draw() < RURAL_SHARE:
                town = chance.pick(small)
            else:
                town = towns[chance.weighted([town.population for town in towns])]
        used.add(town.name)
        found.append(Slot(chance.pick(here.zips(town)), town.population))
    return found


def _has_course(place):
    return not place.confidential and any(offer.therapy == MBSR for offer in place.offers)


def _same_town(one, other):
    return (one.name, one.state) == (other.name, other.state)


# --- the rule -------------------------------------------------------------------------------


def near_cities(here, examples):
    """For each city its central ZIP code, and how many places near that offer the course."""
    offering = [here.points[place.zip] for place in examples if _has_course(place)]
    for city in here.cities():
        center = here.center(city)
        yield center, sum(miles(point, center) <= NEAR for point in offering)


def check_cities(here, examples):
    for center, count in near_cities(here, examples):
        assert count >= ENOUGH, (
            f"Only {count} example places within {NEAR} miles of {center.zip} ({center.label}) "
            f"offer {MBSR}; there should be {ENOUGH} or more."
        )
