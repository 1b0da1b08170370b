"""How a toll moved, as a picture: every figure by the day it was said, by the kind of who said it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from dateline.exports.brief.drawing import Circle, Drawing, Line, Poly, Shape, Words, width_of
from dateline.exports.brief.model import Movement, Point
from dateline.exports.wording import word_bounds, word_day

__all__ = ["COLOURS", "draw_movement", "name_of_kind"]

_WIDE, _HIGH = 640.0, 230.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 44.0, 70.0, 18.0, 52.0
_TICKS = 4
_STEP = 9.0  # between figures of one day
# Okabe and Ito's colours, which colour-blind readers tell apart, by what kind of source speaks.
COLOURS: Mapping[str, tuple[str, str]] = {
    "official": ("#0072b2", "officials, institutions"), "institution": ("#0072b2", "officials, institutions"),
    "document": ("#0072b2", "officials, institutions"), "armed-group": ("#d55e00", "armed groups"),
    "witness": ("#009e73", "witnesses, relatives"), "relative": ("#009e73", "witnesses, relatives"),
    "anonymous": ("#cc79a7", "unnamed sources"), "company": ("#e69f00", "companies, experts"),
    "expert": ("#e69f00", "companies, experts"), "media": ("#666666", "media"),
    "report": ("#666666", "media"),
}  # fmt: skip
_OTHER = ("#666666", "media")
_SHAPES = {"#0072b2": "square", "#d55e00": "triangle", "#009e73": "circle", "#cc79a7": "diamond",
           "#e69f00": "down", "#666666": "circle"}  # fmt: skip
_BEST, _AXIS, _FAINT, _INK = "#8a1c1c", "#999999", "#e4e4e4", "#444444"


def name_of_kind(kind: str) -> str:
    """Give the name under which a kind of source stands in the legend."""
    return COLOURS.get(kind, _OTHER)[1]


def draw_movement(movement: Movement) -> Drawing:
    """Draw the figures with their bounds: a mark each, a bar between bounds, an arrow where one is open."""
    scale = _Scale(movement)
    shapes = (*_axes(scale), *_best(scale, movement.best), *_marks(scale), *_legend(movement.points))
    first, last = movement.points[0], movement.points[-1]
    bounds = [word_bounds(p.low, p.high) for p in (first, last)]
    moved = f"from {bounds[0]} on {first.day} to {bounds[1]} on {last.day}"
    return Drawing(_WIDE, _HIGH, f"{movement.label}, by the day it was said: {moved}", shapes)


class _Scale:
    def __init__(self, movement: Movement) -> None:
        self.points = movement.points
        days = [date.fromisoformat(point.day) for point in movement.points]
        self.first, self.span = min(days), max(1, (max(days) - min(days)).days)
        top = max(max(_sides(point)) for point in movement.points)
        self.step = _round(max(top, movement.best or 0, 1) / _TICKS)
        self.most = self.step * math.ceil(max(top, movement.best or 0, 1) / self.step)

    def x(self, day: date, shift: float = 0.0) -> float:
        """Place a day; half a step of margin on both sides."""
        room = _WIDE - _LEFT - _RIGHT - 60
        return round(_LEFT + 30 + room * (day - self.first).days / self.span + shift, 1)

    def y(self, amount: float) -> float:
        """Place an amount."""
        return round(_HIGH - _BOTTOM - (_HIGH - _BOTTOM - _TOP) * amount / self.most, 1)


def _sides(point: Point) -> list[int]:
    return [side for side in (point.low, point.high) if side is not None]


def _round(wanted: float) -> float:
    """Give 1, 2 or 5 times a power of ten, at least 1 and not below what is wanted."""
    power = 10 ** math.floor(math.log10(max(wanted, 1)))
    return next(float(step * power) for step in (1, 2, 5, 10) if step * power >= wanted)


def _axes(scale: _Scale) -> Iterator[Shape]:
    for number in range(round(scale.most / scale.step) + 1):
        amount = scale.step * number
        y = scale.y(amount)
        yield Line(_LEFT, y, _WIDE - _RIGHT, y, _AXIS if number == 0 else _FAINT)
        yield Words(_LEFT - 7, y + 4, f"{amount:,.0f}", 11, _INK, "end")
    every = max(1, math.ceil(scale.span / 7))
    for day in range(0, scale.span + 1, every):
        at = scale.first + timedelta(days=day)
        x = scale.x(at)
        yield Line(x, _HIGH - _BOTTOM, x, _HIGH - _BOTTOM + 4, _AXIS)
        yield Words(x, _HIGH - _BOTTOM + 17, word_day(at, year=day == 0), 11, _INK, "middle")


def _best(scale: _Scale, best: int | None) -> Iterator[Shape]:
    if best is not None:
        y = scale.y(best)
        yield Line(_LEFT, y, _WIDE - _RIGHT, y, _BEST, 1.2, dash=True)
        yield Words(_WIDE - _RIGHT + 6, y + 4, f"best {best:,}", 11, _BEST, bold=True)


def _marks(scale: _Scale) -> Iterator[Shape]:
    for point in scale.points:
        same = [other for other in scale.points if other.day == point.day]
        at = next(n for n, other in enumerate(same) if other is point)
        step = min(_STEP, 50 / len(same))
        x = scale.x(date.fromisoformat(point.day), (at - (len(same) - 1) / 2) * step)
        yield from _mark(scale, point, x)


def _mark(scale: _Scale, point: Point, x: float) -> Iterator[Shape]:
    colour = COLOURS.get(point.kind, _OTHER)[0]
    sides = _sides(point)
    low, high = scale.y(min(sides)), scale.y(max(sides))
    if point.low is None or point.high is None:  # at least, at most: an arrow the open way
        tip = low - 16 if point.high is None else low + 16
        tip = min(max(tip, _TOP - 8), _HIGH - _BOTTOM)
        yield Line(x, low, x, tip, colour, 1.5)
        side = 4 if tip < low else -4
        yield Line(x - 3, tip + side, x, tip, colour, 1.5)
        yield Line(x + 3, tip + side, x, tip, colour, 1.5)
    elif low != high:
        yield Line(x, low, x, high, colour, 3)
    yield _symbol(x, (low + high) / 2, colour)


def _symbol(x: float, y: float, colour: str) -> Shape:
    r = 4.5
    corners: dict[str, tuple[tuple[float, float], ...]] = {
        "square": ((-r, -r), (r, -r), (r, r), (-r, r)),
        "diamond": ((0, -r - 1), (r + 1, 0), (0, r + 1), (-r - 1, 0)),
        "triangle": ((0, -r - 1), (r + 1, r), (-r - 1, r)), "down": ((0, r + 1), (r + 1, -r), (-r - 1, -r)),
    }  # fmt: skip
    shape = _SHAPES[colour]
    if shape == "circle":
        return Circle(x, y, r, colour)
    return Poly(
        tuple((round(x + dx, 1), round(y + dy, 1)) for dx, dy in corners[shape]), colour, "#ffffff", 0.8
    )


def _legend(points: Sequence[Point]) -> Iterator[Shape]:
    x = _LEFT
    for colour, name in dict.fromkeys(COLOURS.get(point.kind, _OTHER) for point in points):
        yield _symbol(x + 5, _HIGH - 14, colour)
        yield Words(x + 15, _HIGH - 10, name, 11, _INK)
        x += 30 + width_of(name, 11)
