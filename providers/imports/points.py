"""Where a listing stands on the map, as far as its source can be trusted."""

from functools import cached_property

from providers.models import Place, Provider
from providers.sphere import miles_between
from trupaths.text import fold

FAR_MILES = 25  # from the middle of its ZIP code; the real ones are within 17 (99 of 100)

Precision = Provider.Precision


class Points:
    """The middles of ZIP codes and towns, read once for a whole import."""

    @cached_property
    def zips(self):
        found = Place.objects.filter(kind=Place.Kind.ZIP)
        return {
            zip_code: (lat, lon) for zip_code, lat, lon in found.values_list("zip", "lat", "lon")
        }

    @cached_property
    def towns(self):
        found = Place.objects.filter(kind=Place.Kind.TOWN).order_by("population")
        rows = found.values_list("folded", "state", "lat", "lon")
        return {(folded, state): (lat, lon) for folded, state, lat, lon in rows}

    def middle(self, zip_code, city, state):
        """(lat, lon, precision) of the ZIP code, else of the town, else none."""
        if point := self.zips.get(zip_code):
            return (*point, Precision.ZIP)
        if point := self.towns.get((fold(city), state)):
            return (*point, Precision.TOWN)
        return (None, None, Precision.NONE)

    def miles_off(self, point, zip_code, city, state):
        """How far a source's point lies from its ZIP code, else from its town, when that is too
        far to believe."""
        middle = self.zips.get(zip_code) or self.towns.get((fold(city), state))
        miles = miles_between(point, middle) if middle else 0
        return miles if miles > FAR_MILES else None
