"""Where it happened, as a picture: numbered places, towns to find one's way by, and outlines."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from dateline.exports.brief.drawing import Circle, Drawing, Line, Poly, Shape, Words, width_of
from dateline.exports.brief.model import Spot
from dateline.exports.outline import rings_within, shapes

__all__ = ["draw_map"]

_WIDE, _LEAST_HIGH, _MOST_HIGH = 640.0, 260.0, 400.0
_EDGE = 12.0
_KM = 111.2  # a degree of latitude
_LEAST_KM = 160.0  # across: nearer places would fill a map with nothing round them
_FEW = 3
_SEA, _LAND, _OWN, _SHORE, _GRID = "#e6eef5", "#f3f1ea", "#fffdf6", "#b3a98f", "#d3dde5"
_MARK, _DOT, _TOWN, _INK = "#8a1c1c", "#b06a6a", "#777777", "#333333"
_WHOLE = 25.0  # degrees: countries up to such a size are shown whole
Corner = tuple[float, float]


def draw_map(spots: Sequence[Spot], focus: str | None = None) -> Drawing | None:
    """Draw spots, north up, in a plane that is true to scale in its midst; None without any.

    `focus` is the country (alpha-3) that the brief is about: it stands out, and is shown
    whole unless it is very large. Borders are Natural Earth's.
    """
    if not [spot for spot in spots if not spot.town]:
        return None
    plane = _Plane(spots, _main_box(focus))
    shapes = (
        Poly(((0, 0), (_WIDE, 0), (_WIDE, plane.high), (0, plane.high)), _SEA), *_lands(plane, focus),
        *_grid(plane), *_places(plane, spots), *_scale(plane),
        Poly(((0.5, 0.5), (_WIDE - 0.5, 0.5), (_WIDE - 0.5, plane.high - 0.5), (0.5, plane.high - 0.5)),
             None, "#9aa7b3"),
    )  # fmt: skip
    names = ", ".join(dict.fromkeys(f"{s.number} {s.name}" for s in spots if s.number))
    return Drawing(_WIDE, plane.high, f"Map of incidents: {names or 'places of incidents'}", shapes)


def _main_box(focus: str | None) -> tuple[Corner, Corner] | None:
    """Give the south-west and north-east corners of a country's largest land, if it isn't too large."""
    boxes = [shape.box for shape in shapes() if focus and shape.country == focus]
    west, south, east, north = max(boxes, key=lambda b: (b[2] - b[0]) * (b[3] - b[1]), default=(0, 0, 360, 0))
    return ((south, west), (north, east)) if max(east - west, north - south) <= _WHOLE else None


class _Plane:
    """From degrees to the sheet."""

    def __init__(self, spots: Sequence[Spot], box: tuple[Corner, Corner] | None) -> None:
        marked = [spot for spot in spots if not spot.town]
        if len({(spot.lat, spot.lon) for spot in marked}) < _FEW and box is None:
            marked = list(spots)  # a few marks say little without the towns round them
        corners = [*((spot.lat, spot.lon) for spot in marked), *(box or ())]
        margin = 1.06 if box else 1.35
        lats = [lat for lat, _ in corners]
        self.lon0 = _middle_of([lon for _, lon in corners])
        east = [_turn(lon - self.lon0) for _, lon in corners]
        self.lat0 = (min(lats) + max(lats)) / 2
        self.squeeze = max(math.cos(math.radians(self.lat0)), 0.05)
        least = _LEAST_KM / _KM
        wide = max((max(east) - min(east)) * self.squeeze * margin, least)
        tall = max((max(lats) - min(lats)) * margin, least * _LEAST_HIGH / _WIDE)
        self.high = min(max(_WIDE * tall / wide, _LEAST_HIGH), _MOST_HIGH)
        self.k = min(_WIDE / wide, self.high / tall)  # units a degree of latitude
        self.lon0 += (max(east) + min(east)) / 2

    def at(self, lat: float, lon: float) -> tuple[float, float]:
        """Place a point."""
        x = _WIDE / 2 + _turn(lon - self.lon0) * self.squeeze * self.k
        return round(x, 1), round(self.high / 2 - (lat - self.lat0) * self.k, 1)

    def holds(self, x: float, y: float) -> bool:
        return _EDGE <= x <= _WIDE - _EDGE and _EDGE <= y <= self.high - _EDGE

    def sides(self) -> tuple[float, float, float, float]:
        """Give the degrees of the sheet's edges: west, south, east, north."""
        half = _WIDE / 2 / self.k / self.squeeze
        tall = self.high / 2 / self.k
        return self.lon0 - half, self.lat0 - tall, self.lon0 + half, self.lat0 + tall


def _lands(plane: _Plane, focus: str | None) -> Iterator[Shape]:
    """Draw the countries that the sheet shows, the one in focus last, so that its border stays whole."""
    west, south, east, north = plane.sides()
    drawn = []
    for turn in (-360.0, 0.0, 360.0):
        for land in rings_within(west - turn, south, east - turn, north):
            points = [_flat(plane, lat, lon + turn) for lon, lat in land.points]
            drawn.append((land.country == focus, _clipped(points, plane.high)))
    for own, points in sorted(drawn, key=lambda one: one[0]):
        if len(points) > 2:
            yield Poly(tuple(points), _OWN if own else _LAND, _SHORE, 1.4 if own else 0.7)


def _flat(plane: _Plane, lat: float, lon: float) -> Corner:
    """Place a point without turning its longitude: a border must not jump from edge to edge."""
    x = _WIDE / 2 + (lon - plane.lon0) * plane.squeeze * plane.k
    return x, plane.high / 2 - (lat - plane.lat0) * plane.k


def _clipped(points: list[Corner], high: float) -> list[Corner]:
    """Cut a ring at the sheet's edges, side by side (Sutherland and Hodgman 1974)."""
    room = 4.0  # beyond the edges, so that they aren't drawn as borders
    for axis, bound, sign in ((0, -room, 1), (0, _WIDE + room, -1), (1, -room, 1), (1, high + room, -1)):
        kept: list[Corner] = []
        for at, here in enumerate(points):
            before = points[at - 1]
            inside, was = (sign * (p[axis] - bound) >= 0 for p in (here, before))
            if inside != was:
                share = (bound - before[axis]) / (here[axis] - before[axis])
                other = before[1 - axis] + share * (here[1 - axis] - before[1 - axis])
                kept.append((bound, other) if axis == 0 else (other, bound))
            if inside:
                kept.append(here)
        points = kept
    return [(round(x, 1), round(y, 1)) for x, y in points]


def _turn(degrees: float) -> float:
    return (degrees + 180) % 360 - 180


def _middle_of(lons: Sequence[float]) -> float:
    """Give a longitude from which none of them is farther than need be, also across the date line."""
    candidates = sorted(set(lons))
    return min(candidates, key=lambda mid: max(abs(_turn(lon - mid)) for lon in lons))


def _grid(plane: _Plane) -> Iterator[Shape]:
    step = next(s for s in (0.25, 0.5, 1, 2, 5, 10, 20, 45) if s * plane.k > 90 or s == 45)
    south, north = plane.lat0 - plane.high / 2 / plane.k, plane.lat0 + plane.high / 2 / plane.k
    half = _WIDE / 2 / plane.k / plane.squeeze
    for number in range(math.ceil(max(south, -90) / step), math.floor(min(north, 90) / step) + 1):
        _, y = plane.at(number * step, plane.lon0)
        yield Line(0, y, _WIDE, y, _GRID)
        yield Words(5, y - 3, _degrees(number * step, "NS"), 9, "#8896a3")
    for number in range(math.ceil((plane.lon0 - half) / step), math.floor((plane.lon0 + half) / step) + 1):
        x, _ = plane.at(plane.lat0, number * step)
        yield Line(x, 0, x, plane.high, _GRID)
        yield Words(x + 3, 12, _degrees(_turn(number * step), "EW"), 9, "#8896a3")


def _degrees(value: float, sides: str) -> str:
    return f"{abs(value):g}°{sides[0] if value >= 0 else sides[1]}" if value else "0°"


def _places(plane: _Plane, spots: Sequence[Spot]) -> Iterator[Shape]:
    """Draw towns, then incidents, then their names where there is room for them."""
    taken = [_compass(), _bar_of(plane)[1]]
    marks = _merged(plane, spots)
    for x, y, _, numbers, _ in marks:
        size = _radius(numbers)
        taken.append((x - size, y - size, x + size, y + size))
    for x, y, _, numbers, _ in marks:
        if not numbers:
            yield Circle(x, y, 4, _DOT)
    for x, y, _, numbers, _ in marks:
        if numbers:
            yield from _numbered(x, y, numbers)
    for x, y, name, numbers, _ in sorted(marks, key=lambda m: not m[3]):
        yield from _named(plane, taken, x, y, name, _radius(numbers), bold=bool(numbers))
    for spot in (s for s in spots if s.town):
        x, y = plane.at(spot.lat, spot.lon)
        free = not any(_overlap((x - 4, y - 4, x + 4, y + 4), box) for box in taken)
        if free and plane.holds(x, y) and not any(name == spot.name for _, _, name, _, _ in marks):
            yield Poly(((x - 2, y - 2), (x + 2, y - 2), (x + 2, y + 2), (x - 2, y + 2)), _TOWN)
            yield from _named(plane, taken, x, y, spot.name, 3, bold=False, colour=_TOWN)


def _radius(numbers: str) -> float:
    return 9 + 2.5 * max(0, len(numbers) - 1) if numbers else 4


def _merged(plane: _Plane, spots: Sequence[Spot]) -> list[tuple[float, float, str, str, int]]:
    """Put incidents of one place under one mark: `1, 3`."""
    found: dict[tuple[float, float], list[Spot]] = {}
    for spot in spots:
        if not spot.town:
            x, y = plane.at(spot.lat, spot.lon)
            found.setdefault((round(x / 8), round(y / 8)), []).append(spot)
    merged = []
    for group in found.values():
        x, y = plane.at(group[0].lat, group[0].lon)
        numbers = ",".join(str(s.number) for s in group if s.number)
        merged.append((x, y, group[0].name, numbers, len(group)))
    return merged


def _numbered(x: float, y: float, numbers: str) -> Iterator[Shape]:
    yield Circle(x, y, _radius(numbers), _MARK)
    yield Words(x, y + 3.8, numbers, 10.5, "#ffffff", "middle", bold=True)


def _named(
    plane: _Plane,
    taken: list[tuple[float, float, float, float]],
    x: float,
    y: float,
    name: str,
    away: float,
    *,
    bold: bool,
    colour: str = _INK,
) -> Iterator[Shape]:
    """Write a name beside, over or under a mark, where nothing stands yet; else leave it out."""
    size = 11.0 if bold else 10.0
    wide = width_of(name, size, bold=bold)
    for dx, dy, anchor in (
        (away + 4, 4, "start"),
        (-away - 4, 4, "end"),
        (0, -away - 5, "middle"),
        (0, away + 13, "middle"),
    ):
        left = x + dx - {"start": 0.0, "end": wide, "middle": wide / 2}[anchor]
        box = (left, y + dy - size, left + wide, y + dy + 3)
        inside = box[0] > 2 and box[2] < _WIDE - 2 and box[1] > 2 and box[3] < plane.high - 2
        if inside and not any(_overlap(box, other) for other in taken):
            taken.append(box)
            yield Words(x + dx, y + dy, name, size, colour, anchor, bold)
            return


def _overlap(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _compass() -> tuple[float, float, float, float]:
    """Give the room that the arrow north takes."""
    return (_WIDE - _EDGE - 16, 8.0, _WIDE - _EDGE + 4, 46.0)


def _bar_of(plane: _Plane) -> tuple[float, tuple[float, float, float, float]]:
    """Choose a round number of kilometres, about a fifth of the map long; give it and the room it takes."""
    per_km = plane.k / _KM
    wanted = _WIDE / 5 / per_km
    power = 10 ** math.floor(math.log10(wanted))
    length = max((s * power for s in (1, 2, 5) if s * power <= wanted), default=power)
    left = _WIDE - _EDGE - length * per_km
    return length, (left - 4, plane.high - _EDGE - 20, _WIDE, plane.high)


def _scale(plane: _Plane) -> Iterator[Shape]:
    length, box = _bar_of(plane)
    x, y = box[0] + 4, plane.high - _EDGE
    yield Line(x, y, _WIDE - _EDGE, y, _INK, 2)
    for end in (x, _WIDE - _EDGE):
        yield Line(end, y - 4, end, y, _INK, 1.5)
    yield Words((x + _WIDE - _EDGE) / 2, y - 6, f"{length:g} km", 10, _INK, "middle")
    yield Words(_WIDE - _EDGE - 4, 24, "N", 12, _INK, "middle", bold=True)
    yield Poly(((_WIDE - _EDGE - 4, 28), (_WIDE - _EDGE, 42), (_WIDE - _EDGE - 8, 42)), _INK)
