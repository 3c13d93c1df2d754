"""Points on the Earth as unit vectors: distances without trigonometry for each pair."""

import math

import numpy as np

EARTH_MILES = 3958.8


def unit_vectors(lat, lon):
    """An array of (x, y, z) for arrays of degrees; NaN where a point is missing."""
    lat, lon = np.radians(lat), np.radians(lon)
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)


def degrees(point):
    """(lat, lon) of one unit vector."""
    x, y, z = (float(each) for each in point)
    return math.degrees(math.asin(max(-1.0, min(1.0, z)))), math.degrees(math.atan2(y, x))


def miles_between(one, other):
    """Great-circle miles between two (lat, lon) in degrees."""
    (lat, lon), (to_lat, to_lon) = ([math.radians(x) for x in point] for point in (one, other))
    half = math.sin((to_lat - lat) / 2) ** 2
    half += math.cos(lat) * math.cos(to_lat) * math.sin((to_lon - lon) / 2) ** 2
    return 2 * EARTH_MILES * math.asin(min(1, math.sqrt(half)))
