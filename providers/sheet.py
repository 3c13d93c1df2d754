"""The sheet that a map around a place is drawn on.

Azimuthal: from the middle, miles and directions are true, so a circle stays one.
"""

from types import SimpleNamespace

import numpy as np

from .sphere import EARTH_MILES, unit_vectors

SIDE = 336  # of the drawing, in its own units; all other sizes of drawings are in these
LEAST_MILES = 5.0  # a map of one pin, or of several in one spot
LEAST_IN_RING = 2.0  # where a town has many
FILLED = 0.5  # of the ring: several spots that reach less far are looked at more closely
MARGIN = 1.25
ABOVE = 16  # more room above than below, since pins stand on their tips


def frame_at(lat, lon):
    """Unit vectors to the east, to the north and up, where the map is made."""
    up = unit_vectors(np.array([lat]), np.array([lon]))[0]
    lon = np.radians(lon)
    east = np.array([-np.sin(lon), np.cos(lon), 0.0])
    return np.stack([east, np.cross(up, east), up], axis=1)


def miles_from(frame, vectors):
    """(east, north) of points on the Earth, as far from the middle as they are."""
    east, north, up = (vectors @ frame).T
    flat = np.hypot(east, north)
    stretch = np.arctan2(flat, up) / np.maximum(flat, 1e-12)  # in the middle: nothing to stretch
    return np.stack([east * stretch, north * stretch], axis=1) * EARTH_MILES


def view_of(spots, ring):
    """The part of the world that the sheet shows: the ring, or the pins if they fill little of it.

    `whole` says whether all of the ring is on the sheet.
    """
    close = np.ptp(spots, axis=0).any() and np.hypot(*spots.T).max() <= (ring or 0) * FILLED
    whole = ring is not None and not close
    if whole:
        east = north = 0.0
        half = ring * MARGIN
    else:
        reach = np.vstack([spots, (0, 0)])
        low, high = reach.min(axis=0), reach.max(axis=0)
        east, north = ((low + high) / 2).tolist()
        least = LEAST_MILES if ring is None else LEAST_IN_RING
        half = max(float((high - low).max()) / 2 * MARGIN, least)
    scale = SIDE / 2 / half
    return SimpleNamespace(
        east=east, north=north + ABOVE / scale, half=half, scale=scale, whole=whole
    )


def on_sheet(miles, view):
    """x to the right, y down, from the upper left corner."""
    x = (miles[:, 0] - view.east) * view.scale + SIDE / 2
    y = (view.north - miles[:, 1]) * view.scale + SIDE / 2
    return np.stack([x, y], axis=1)
