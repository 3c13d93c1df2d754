"""Make providers/data/us_states.json, the outlines of the states, from the npm package us-atlas.

    npm pack us-atlas@3.0.1 && tar -xzf us-atlas-3.0.1.tgz
    python scripts/us_map.py package

The folder holds states-10m.json (degrees) and states-albers-10m.json (the country drawn flat, with
Alaska and Hawaii beside it). Borders are simplified before they are put together, so that what two
states share stays shared. See providers/data/SOURCE.txt.
"""

import json
import math
import sys
from itertools import groupby, pairwise
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "providers" / "data" / "us_states.json"
MOST = 80_000  # bytes

# The Census Bureau's number of each state, and the two letters of its post.
CODES = dict(
    pair.split(":")
    for pair in (
        "01:AL 02:AK 04:AZ 05:AR 06:CA 08:CO 09:CT 10:DE 11:DC 12:FL 13:GA 15:HI 16:ID 17:IL 18:IN "
        "19:IA 20:KS 21:KY 22:LA 23:ME 24:MD 25:MA 26:MI 27:MN 28:MS 29:MO 30:MT 31:NE 32:NV 33:NH "
        "34:NJ 35:NM 36:NY 37:NC 38:ND 39:OH 40:OK 41:OR 42:PA 44:RI 45:SC 46:SD 47:TN 48:TX 49:UT "
        "50:VT 51:VA 53:WA 54:WV 55:WI 56:WY 60:AS 66:GU 69:MP 72:PR 78:VI"
    ).split()
)

# Outlines around a place, in degrees.
UNIT = 0.005
BEND = 0.014  # a border may move this far: less than a mile
ISLET = 0.001  # smaller islands are left out: about three square miles
# Alaska has as much coast as all others together, and few who live there.
NORTH, NORTH_BEND, NORTH_ISLET = 51, 0.04, 0.02
# Hawaii and the territories are small islands: finer.
SOUTH, SOUTH_BEND = 23, 0.006

# Points that would stay if borders could move this far are marked: enough for a very wide map.
WIDE_BEND = 0.07

# The country on one sheet, in its own units (975 by 610).
COUNTRY_BEND = 0.8
COUNTRY_ISLET = 12
# Two that the flat drawing lacks or shows too small to press.
PUERTO_RICO = (872, 548, 32)  # x, y of its middle; units for a degree
DISTRICT_RADIUS = 7


def main(folder):
    degrees = json.loads(Path(folder, "states-10m.json").read_text())
    albers = json.loads(Path(folder, "states-albers-10m.json").read_text())
    outlines = shapes(degrees, bend, islet)
    marked = {whole(point) for arc in unpacked(degrees) for point in simple(arc, WIDE_BEND)}
    country = shapes(albers, lambda arc: COUNTRY_BEND, lambda ring: COUNTRY_ISLET)
    country["PR"] = beside(outlines["PR"])
    text = json.dumps(
        {
            "unit": UNIT,
            "outlines": {
                code: [steps(map(whole, ring)) for ring in rings]
                for code, rings in sorted(outlines.items())
            },
            "wide": marks(outlines, marked),
            "country": {code: drawn(code, rings) for code, rings in sorted(country.items())},
        },
        separators=(",", ":"),
    )
    text = (
        text.replace("]],", "]],\n").replace('],"', '],\n"').replace(',"country"', ',\n"country"')
    )
    TARGET.write_text(text + "\n")
    size = TARGET.stat().st_size
    print(f"{TARGET}: {size:,} bytes, {sum(len(r) for s in outlines.values() for r in s)} points")
    if size > MOST:
        sys.exit(f"More than {MOST:,} bytes.")


# --- TopoJSON -------------------------------------------------------------------------------


def bend(arc):
    lat = arc[0][1]
    return NORTH_BEND if lat > NORTH else SOUTH_BEND if lat < SOUTH else BEND


def islet(ring):
    return NORTH_ISLET if ring[0][1] > NORTH else ISLET


def shapes(topology, bend, islet):
    """{state code: [ring of points, …]}, the largest first. No state has a hole."""
    arcs = [simple(arc, bend(arc)) for arc in unpacked(topology)]
    found = {}
    for state in topology["objects"]["states"]["geometries"]:
        parts = state["arcs"] if state["type"] == "MultiPolygon" else [state["arcs"]]
        rings = sorted((joined(part[0], arcs) for part in parts), key=area, reverse=True)
        found[CODES[state["id"]]] = [
            ring
            for n, ring in enumerate(rings)
            if len(ring) > 2 and (n == 0 or area(ring) > islet(ring))
        ]
    return found


def unpacked(topology):
    """Arcs as lists of points."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        yield points


def joined(numbers, arcs):
    """One ring from its arcs; a number below zero is an arc taken backward."""
    ring = []
    for n in numbers:
        ring += (arcs[n] if n >= 0 else arcs[~n][::-1])[:-1]
    return ring


def area(ring):
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in sides(ring))) / 2


def sides(ring):
    return zip(ring, ring[1:] + ring[:1], strict=True)


# --- simpler --------------------------------------------------------------------------------


def simple(points, bend):
    """Douglas and Peucker: leave out what is less than `bend` beside the straight line."""
    if points[0] == points[-1] and len(points) > 4:  # an island: two halves
        far = max(range(len(points)), key=lambda n: math.dist(points[0], points[n]))
        return _simple(points[: far + 1], bend)[:-1] + _simple(points[far:], bend)
    return _simple(points, bend)


def _simple(points, bend):
    if len(points) < 3:
        return points
    n = max(range(1, len(points) - 1), key=lambda n: beside_line(points[n], points[0], points[-1]))
    if beside_line(points[n], points[0], points[-1]) < bend:
        return [points[0], points[-1]]
    return _simple(points[: n + 1], bend)[:-1] + _simple(points[n:], bend)


def beside_line(p, a, b):
    """How far a point is from the stretch between two others."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy
    t = ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length if length else 0
    t = max(0, min(1, t))
    return math.dist(p, (a[0] + t * dx, a[1] + t * dy))


# --- written --------------------------------------------------------------------------------


def whole(point):
    """In units of the file."""
    return round(point[0] / UNIT), round(point[1] / UNIT)


def marks(outlines, marked):
    """One bit for each point of all outlines in their order, as one number."""
    bits = [
        "01"[point in marked]
        for _, rings in sorted(outlines.items())
        for ring in rings
        for point in distinct(map(whole, ring))
    ]
    return f"{int('1' + ''.join(bits), 2):x}"  # the first bit keeps zeros that follow it


def distinct(points):
    """Without a point that repeats the one before it."""
    return [point for point, _ in groupby(points)]


def steps(points):
    """Whole numbers: the first point, then the step to each next one."""
    first, *others = distinct(points)
    numbers = [*first]
    for (x, y), (next_x, next_y) in pairwise([first, *others]):
        numbers += [next_x - x, next_y - y]
    return numbers


def beside(rings):
    """Puerto Rico, drawn in the sea east of Florida, larger than it is."""
    x, y, scale = PUERTO_RICO
    lons, lats = zip(*rings[0], strict=True)
    lon, lat = (min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2
    across = scale * math.cos(math.radians(lat))
    flat = [[(x + (a - lon) * across, y - (b - lat) * scale) for a, b in ring] for ring in rings]
    return [simple([*ring, ring[0]], COUNTRY_BEND)[:-1] for ring in flat]


def drawn(code, rings):
    """[path, x, y, room]: where its number stands, and how far the border is from there."""
    if code == "DC":
        xs, ys = zip(*rings[0], strict=True)
        x, y, r = round(sum(xs) / len(xs)), round(sum(ys) / len(ys)), DISTRICT_RADIUS
        return [f"M{x - r} {y}a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0 {-2 * r} 0Z", x, y, 0]
    path = ""
    for ring in rings:
        x, y, *rest = steps((round(x), round(y)) for x, y in ring)
        path += f"M{x} {y}l{' '.join(map(str, rest))}Z".replace(" -", "-")
    return [path, *middle(rings[0])]


def middle(ring):
    """The point farthest from the border, on a grid, and how far that is."""
    xs, ys = zip(*ring, strict=True)
    x, y = max(
        (
            (x, y)
            for x in range(round(min(xs)), round(max(xs)), 2)
            for y in range(round(min(ys)), round(max(ys)), 2)
            if inside((x, y), ring)
        ),
        key=lambda p: room(p, ring),
        default=(round(sum(xs) / len(xs)), round(sum(ys) / len(ys))),
    )
    return x, y, int(room((x, y), ring))


def room(point, ring):
    """To the border; up and down count double, since numbers are wide and low."""
    x, y = point
    return min(beside_line((x, 2 * y), (a[0], 2 * a[1]), (b[0], 2 * b[1])) for a, b in sides(ring))


def inside(point, ring):
    x, y = point
    crossed = [
        (a, b)
        for a, b in sides(ring)
        if (a[1] > y) != (b[1] > y) and x < (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0]
    ]
    return len(crossed) % 2 == 1


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
