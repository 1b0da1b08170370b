"""A map sketch in characters: where some places lie to one another, north up, with a scale."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import msgspec
from rich.text import Text

__all__ = ["Spot", "sketch"]

_WIDE, _HIGH = 44, 11  # characters within the frame
_ASPECT = 2.0  # a character is about twice as high as wide
_LEAST_KM = 20.0  # across: places nearer to each other are one on such a map
_FARTHEST_KM = 1500.0  # from the first place: farther ones would press the rest together
_DEGREE_KM = 111.2
_STEPS = (1, 2, 5)


class Spot(msgspec.Struct, frozen=True):
    """A place to draw: degrees and a name."""

    lat: float
    lon: float
    name: str


def _offset(spot: Spot, center: Spot) -> tuple[float, float]:
    """Give how far east and north of the center a place lies, in kilometres."""
    turn = (spot.lon - center.lon + 180) % 360 - 180
    east = turn * _DEGREE_KM * math.cos(math.radians(center.lat))
    return east, (spot.lat - center.lat) * _DEGREE_KM


def sketch(center: Spot, others: Sequence[Spot]) -> Iterator[Text]:
    """Draw places around one: it is `◉`, the others are numbered; too far ones are left out."""
    near = [s for s in others if math.hypot(*_offset(s, center)) <= _FARTHEST_KM]
    at = [_offset(spot, center) for spot in near]
    reach = max([_LEAST_KM / 2, *(max(abs(e), abs(n) * _WIDE / _HIGH / _ASPECT) for e, n in at)])
    per_cell = 2.2 * reach / _WIDE  # a tenth of margin
    grid = [[" "] * _WIDE for _ in range(_HIGH)]
    for number, (east, north) in enumerate(at, 1):
        column = _WIDE // 2 + round(east / per_cell)
        row = _HIGH // 2 - round(north / per_cell / _ASPECT)
        if 0 <= row < _HIGH and 0 <= column < _WIDE:
            grid[row][column] = str(number)
    grid[_HIGH // 2][_WIDE // 2] = "◉"
    legend = [f"◉ {center.name}", *(f"{n} {_bearing(s, center)}" for n, s in enumerate(near, 1))]
    yield from _framed(grid, legend)
    yield _scale(per_cell)


def _framed(grid: Sequence[Sequence[str]], legend: Sequence[str]) -> Iterator[Text]:
    side = [*legend, *[""] * len(grid)]
    yield Text("┌" + "─" * _WIDE + "┐ " + "N↑", style="dim")
    for row, words in zip(grid, side, strict=False):
        line = Text("│", style="dim")
        for mark in row:
            line.append(mark, style="not dim bold red" if mark == "◉" else "not dim")
        line.append("│ ")
        line.append(words, style="not dim")
        line.truncate(_WIDE + 34, overflow="ellipsis")
        yield line
    yield Text("└" + "─" * _WIDE + "┘", style="dim")


def _bearing(spot: Spot, center: Spot) -> str:
    """Word how far and in which direction a place lies."""
    east, north = _offset(spot, center)
    winds = ("N", "NE", "E", "SE", "S", "SW", "W", "NW")
    wind = winds[round(math.degrees(math.atan2(east, north)) / 45) % 8]
    return f"{spot.name}, {math.hypot(east, north):,.0f} km {wind}"


def _scale(per_cell: float) -> Text:
    """Draw a bar of a round number of kilometres, about a quarter of the map long."""
    wanted = per_cell * _WIDE / 4
    power = 10 ** math.floor(math.log10(wanted))
    length = max((step * power for step in _STEPS if step * power <= wanted), default=power)
    return Text(" ├" + "─" * max(1, round(length / per_cell) - 2) + f"┤ {length:g} km", style="dim")
