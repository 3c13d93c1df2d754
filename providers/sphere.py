"""Points on the Earth as unit vectors: distances without trigonometry for each pair."""

import numpy as np

EARTH_MILES = 3958.8


def unit_vectors(lat, lon):
    """An array of (x, y, z) for arrays of degrees; NaN where a point is missing."""
    lat, lon = np.radians(lat), np.radians(lon)
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)
