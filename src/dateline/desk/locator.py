"""A small map of where an incident lies: outlines, its place, and others that its reports name; an SVG."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import lru_cache

import msgspec

from dateline.exports.outline import Shape, rings_within

__all__ = ["Locator", "Spot", "locator"]

_WIDE, _HIGH = 360.0, 230.0  # units of the drawing
_LEAST = 5.0  # degrees of latitude across: less shows no border to find one's way by
_MOST = 40.0
_At = Callable[[float, float], tuple[float, float]]
_EDGE = 9.0  # units outside the drawing at which lines are cut off
_KEPT = 200  # drawings, up to 0.1 MB each
_STEP = 0.6  # units: points of an outline nearer to each other are one


class Spot(msgspec.Struct, frozen=True):
    """A place: degrees, its name."""

    lat: float
    lon: float
    name: str


class Mark(msgspec.Struct, frozen=True):
    """A place on the drawing; `left` says that its name stands to the left of it."""

    x: float
    y: float
    name: str
    left: bool


class Locator(msgspec.Struct, frozen=True):
    """The drawing: its size, land as the data of one path, the place itself and others, ends of a scale."""

    wide: float
    high: float
    land: str
    here: Mark
    others: tuple[Mark, ...]
    scale: float
    scale_words: str


@lru_cache(maxsize=_KEPT)
def locator(here: Spot, others: tuple[Spot, ...] = ()) -> Locator:
    """Draw a place in the midst, north up, true to scale there; others as far as they fit.

    Drawings are kept: one of half a continent has 20,000 points to look at.
    """
    squeeze = max(math.cos(math.radians(here.lat)), 0.1)
    near = [s for s in others if abs(s.lat - here.lat) < _MOST / 2 and _east(s, here) * squeeze < _MOST / 2]
    reach = max([_LEAST / 2, *(max(abs(s.lat - here.lat), _east(s, here) * squeeze / 1.5) for s in near)])
    k = _HIGH / 2 / min(reach * 1.25, _MOST / 2)

    def at(lon: float, lat: float) -> tuple[float, float]:
        return _WIDE / 2 + (lon - here.lon) * squeeze * k, _HIGH / 2 - (lat - here.lat) * k

    half_lon, half_lat = _WIDE / 2 / k / squeeze, _HIGH / 2 / k
    shapes = rings_within(here.lon - half_lon, here.lat - half_lat, here.lon + half_lon, here.lat + half_lat)
    length = _round_km(_WIDE / 4 / k * 111.2)
    return Locator(
        wide=_WIDE, high=_HIGH, land="".join(_path(shape, at) for shape in shapes),
        here=_mark(here, at), others=tuple(_apart([_mark(s, at) for s in near], _mark(here, at))),
        scale=round(length / 111.2 * k, 1), scale_words=f"{length:g} km",
    )  # fmt: skip


def _east(spot: Spot, here: Spot) -> float:
    return abs((spot.lon - here.lon + 180) % 360 - 180)


def _mark(spot: Spot, at: _At) -> Mark:
    x, y = at(spot.lon, spot.lat)
    return Mark(round(x, 1), round(y, 1), spot.name, x > _WIDE * 0.62)


def _apart(marks: Sequence[Mark], here: Mark) -> list[Mark]:
    """Leave out marks whose name would stand on another's."""
    kept: list[Mark] = []
    for mark in marks:
        if all(abs(mark.y - k.y) > 12 or abs(mark.x - k.x) > 90 for k in (here, *kept)):
            kept.append(mark)
    return kept


def _path(shape: Shape, at: _At) -> str:
    points: list[tuple[float, float]] = []
    was_x = was_y = -_WIDE  # farther off than any step
    right, bottom = _WIDE + _EDGE, _HIGH + _EDGE
    for lon, lat in shape.points:
        x, y = at(lon, lat)
        x = -_EDGE if x < -_EDGE else right if x > right else x
        y = -_EDGE if y < -_EDGE else bottom if y > bottom else y
        if abs(x - was_x) + abs(y - was_y) > _STEP:
            points.append((x, y))
            was_x, was_y = x, y
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "z" if len(points) > 2 else ""


def _round_km(wanted: float) -> float:
    power = 10.0 ** math.floor(math.log10(wanted))
    return max(step * power for step in (1, 2, 5) if step * power <= wanted)
