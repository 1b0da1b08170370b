"""The outline of the world's countries: Natural Earth at 1:50 million, for every map that is drawn.

The file is TopoJSON: borders that two countries share are held once, as arcs of differences on a
grid. `build_outline` makes it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import accumulate, pairwise
from typing import Any

import msgspec

from dateline.errors import AssetError

__all__ = ["Shape", "outline_bytes", "rings_within", "shapes"]

Point = tuple[float, float]  # longitude, latitude in degrees


class Shape(msgspec.Struct, frozen=True):
    """One ring of a country: its alpha-3 code ("" where it has none), its bounds and its points.

    `box` is west, south, east, north; the points are longitude and latitude, closed.
    """

    country: str
    box: tuple[float, float, float, float]
    points: tuple[Point, ...]


@lru_cache(maxsize=1)
def outline_bytes() -> bytes:
    """Give the outline as TopoJSON. Raises AssetError when it is missing."""
    try:
        return files("dateline.exports").joinpath("data/outline.json").read_bytes()
    except FileNotFoundError as error:
        raise AssetError("no outline here", where="outline.json", hint="install the package again") from error


@lru_cache(maxsize=1)
def shapes() -> tuple[Shape, ...]:
    """Give every ring of every country, decoded once."""
    topology = json.loads(outline_bytes())
    arcs = [_decoded(arc, topology["transform"]) for arc in topology["arcs"]]
    return tuple(_shapes(topology["objects"]["countries"]["geometries"], arcs))


def rings_within(west: float, south: float, east: float, north: float) -> Iterator[Shape]:
    """Yield the rings whose bounds touch a box, in degrees."""
    for shape in shapes():
        w, s, e, n = shape.box
        if w <= east and e >= west and s <= north and n >= south:
            yield shape


def _decoded(arc: Sequence[Sequence[int]], transform: dict[str, Any]) -> list[Point]:
    (kx, ky), (x0, y0) = transform["scale"], transform["translate"]
    xs, ys = accumulate(p[0] for p in arc), accumulate(p[1] for p in arc)
    return [(round(x * kx + x0, 4), round(y * ky + y0, 4)) for x, y in zip(xs, ys, strict=True)]


def _shapes(geometries: Iterable[dict[str, Any]], arcs: list[list[Point]]) -> Iterator[Shape]:
    for geometry in geometries:
        polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
        for polygon in polygons:
            for ring in polygon:
                points = _unwrapped(list(_joined(ring, arcs)))
                lons, lats = [p[0] for p in points], [p[1] for p in points]
                yield Shape(geometry["id"], (min(lons), min(lats), max(lons), max(lats)), points)


def _joined(ring: Sequence[int], arcs: list[list[Point]]) -> Iterator[Point]:
    """Join arcs; a negative number means the arc backwards, and each begins where the last ended."""
    for place, number in enumerate(ring):
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        yield from arc[1:] if place else arc


def _unwrapped(ring: list[Point]) -> tuple[Point, ...]:
    """Let a ring go on past 180 degrees at the date line, and close one round a pole over it."""
    turn, points = 0.0, [ring[0]]
    for (before, _), (lon, lat) in pairwise(ring):
        if abs(lon - before) > 180:
            turn += 360 if lon < before else -360
        points.append((lon + turn, lat))
    if turn:
        pole = -90.0 if ring[0][1] < 0 else 90.0
        points += [(points[-1][0], pole), (points[0][0], pole), points[0]]
    return tuple(points)
