"""A ledger line as a chart: each source's figure over the days, with its bounds, as one SVG element.

Colours are those of Okabe and Ito, which colour-blind readers tell apart; each
source has a shape of its own besides. Text and axes take the page's colour.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

import msgspec

from dateline.exports.ledger_wording import (
    GONE,
    by_gravity,
    said_on,
    word_claim,
    word_line,
    word_speaker,
    word_speakers,
)
from dateline.exports.render import templates
from dateline.exports.wording import word_bounds, word_day
from dateline.record import Incident, LedgerClaim, LedgerLine

__all__ = ["charted", "toll_chart"]

_WIDE, _HIGH = 760, 210  # of the whole, in the SVG's own units; higher where many are named
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 300, 14, 26  # margins; the right one holds the names
_ROW, _ROWS = 16, 18  # height of a name, and how many are named
_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7f6000")
_SHAPES = ("circle", "square", "diamond", "triangle", "down", "plus", "cross", "bar")
_STEP = 11.0  # between figures of one day
_NAME = 30  # code points of a name that the margin holds
_APPROXIMATE = 0.1  # the codebook widens an approximate figure by a tenth
_TICKS = 4  # steps on the upright axis, about
_DAYS = 6  # days named on the level axis, at most
_CHARTS = 4  # of an incident: those with the most claims


class _Mark(msgspec.Struct, frozen=True):
    """One figure: where it stands, how far its bounds reach, and its words."""

    x: float
    y: float
    top: float
    bottom: float
    up: bool
    down: bool
    faint: bool
    words: str
    label: str


class _Series(msgspec.Struct, frozen=True):
    """The figures of one speaker; `latest` words the last one that stands."""

    name: str
    latest: str
    colour: str
    shape: str
    marks: tuple[_Mark, ...]
    path: str


class _Tick(msgspec.Struct, frozen=True):
    at: float
    words: str


def charted(incident: Incident) -> list[LedgerLine]:
    """Choose the lines that a chart tells more of than their words: those with two figures or more.

    The gravest measure comes first; of more than four lines those with the most figures are kept.
    """
    drawn = [line for line in by_gravity(incident.ledger) if len(_drawn(line)) > 1]
    most = sorted(range(len(drawn)), key=lambda at: (-len(_drawn(drawn[at])), at))[:_CHARTS]
    return [drawn[at] for at in sorted(most)]


def toll_chart(line: LedgerLine, *, styled: bool = True) -> str:
    """Draw a line of a ledger as one `<svg>` element that needs no other file; empty without dated figures.

    A point is a figure, a bar its bounds, an arrow a bound left open; hollow
    points are parts, and figures denied or taken back; the dashed line is the best.
    Without `styled` it has no style of its own, for pages whose policy allows none.
    """
    claims = _drawn(line)
    if not claims:
        return ""
    names = word_speakers(claims)
    undrawn = sum(said_on(c) is None or (c.low is None and c.high is None) for c in line.claims)
    notes = list(_notes(undrawn, len(names)))
    named = min(len(names), _ROWS)
    scale = _Scale(claims, line.best, max(_HIGH, _TOP + _BOTTOM + _ROW * (named + len(notes))))
    return templates().get_template("toll.svg").render(
        wide=_WIDE, high=scale.high, left=_LEFT, right=_WIDE - _RIGHT, top=_TOP, bottom=scale.high - _BOTTOM,
        series=[_series(at, by, names[by], claims, scale) for at, by in enumerate(names)], named=named,
        row=_ROW, days=scale.days(), amounts=scale.amounts(), title=_title(line), notes=notes, styled=styled,
        best=None if line.best is None else scale.y(line.best),
    )  # fmt: skip


def _notes(undrawn: int, speakers: int) -> Iterator[str]:
    if speakers > _ROWS:
        yield f"and {speakers - _ROWS} more"
    if undrawn:
        yield f"{undrawn} without a day or a number"


def _drawn(line: LedgerLine) -> list[LedgerClaim]:
    """Give the claims with a day and a number; what one speaker says again on a day is one."""
    drawn: dict[tuple[object, ...], LedgerClaim] = {}
    for claim in line.claims:
        day = said_on(claim)
        if day is not None and (claim.low is not None or claim.high is not None):
            drawn.setdefault((claim.by, day, claim.low, claim.high, claim.part, claim.status), claim)
    return list(drawn.values())


def _title(line: LedgerLine) -> str:
    return f"{word_line(line)}: {word_bounds(line.lowest, line.highest)} by day and source"


def _value(claim: LedgerClaim) -> float:
    """Give where the point stands: in the midst of two bounds, at a single one."""
    sides = [n for n in (claim.low, claim.high) if n is not None]
    return sum(sides) / len(sides)


def _reach(claim: LedgerClaim) -> tuple[float, float]:
    """Give how far the bar reaches down and up."""
    sides = [float(n) for n in (claim.low, claim.high) if n is not None]
    wider = _APPROXIMATE if claim.approximate else 0.0
    return min(sides) * (1 - wider), max(sides) * (1 + wider)


class _Scale:
    """From days and amounts to places on the chart; figures of one day stand side by side."""

    def __init__(self, claims: Sequence[LedgerClaim], best: int | None, high: int) -> None:
        self.high = high
        days = [day for day in map(said_on, claims) if day]
        self.first, self.last = min(days), max(days)
        self.claims = claims
        highest = max(best or 0, *(_reach(c)[1] for c in claims), 1)
        self.step = _round_step(highest / _TICKS)
        self.most = self.step * math.ceil(highest / self.step)

    def y(self, amount: float) -> float:
        """Place an amount."""
        return round(self.high - _BOTTOM - (self.high - _BOTTOM - _TOP) * amount / self.most, 1)

    def day(self, day: date) -> float:
        """Place the midst of a day."""
        span = (self.last - self.first).days
        share = (day - self.first).days / span if span else 0.5
        inner = _STEP * 2
        return round(_LEFT + inner + (_WIDE - _LEFT - _RIGHT - 2 * inner) * share, 1)

    def x(self, claim: LedgerClaim) -> float:
        """Place a figure among those of its day, in their order."""
        same = [c for c in self.claims if said_on(c) == said_on(claim)]
        at = next(n for n, c in enumerate(same) if c is claim)
        span = (self.last - self.first).days
        room = (_WIDE - _LEFT - _RIGHT) / (span + 1) * 0.9
        step = min(_STEP, room / len(same))
        return round(self.day(said_on(claim) or self.first) + (at - (len(same) - 1) / 2) * step, 1)

    def amounts(self) -> list[_Tick]:
        """Give the amounts on the upright axis."""
        count = round(self.most / self.step)
        return [_Tick(self.y(self.step * n), f"{self.step * n:,.0f}") for n in range(count + 1)]

    def days(self) -> list[_Tick]:
        """Give the days on the level axis; the first and those of another year name the year."""
        span = (self.last - self.first).days
        every = max(1, math.ceil(span / (_DAYS - 1)))
        shown = [self.first + timedelta(days=n) for n in range(0, span + 1, every)]
        years = [None, *(day.year for day in shown)]
        return [
            _Tick(self.day(day), word_day(day, year=day.year != before))
            for day, before in zip(shown, years, strict=False)
        ]


def _round_step(wanted: float) -> float:
    """Give 1, 2 or 5 times a power of ten, at least 1 and not below what is wanted."""
    power = 10 ** math.floor(math.log10(max(wanted, 1)))
    return next(float(step * power) for step in (1, 2, 5, 10) if step * power >= wanted)


def _series(at: int, by: str, name: str, claims: Iterable[LedgerClaim], scale: _Scale) -> _Series:
    own = [claim for claim in claims if claim.by == by]
    marks = tuple(_mark(claim, scale) for claim in own)
    standing = [mark for mark in marks if not mark.faint]
    steps = "".join(
        f"M{mark.x} {mark.y}" if number == 0 else f"H{mark.x}V{mark.y}"
        for number, mark in enumerate(standing)
    )
    return _Series(
        name=_cut(name), latest=(standing or list(marks))[-1].label,
        colour=_COLOURS[at % len(_COLOURS)], shape=_SHAPES[at % len(_SHAPES)],
        marks=marks, path=steps if len(standing) > 1 else "",
    )  # fmt: skip


def _cut(name: str) -> str:
    return name if len(name) <= _NAME else name[: _NAME - 1].rstrip() + "…"


def _mark(claim: LedgerClaim, scale: _Scale) -> _Mark:
    least, most = _reach(claim)
    bounds = word_bounds(claim.low, claim.high, approximate=claim.approximate)
    return _Mark(
        x=scale.x(claim), y=scale.y(_value(claim)), top=scale.y(most), bottom=scale.y(least),
        up=claim.high is None, down=claim.low is None,
        faint=claim.part or claim.status in GONE,
        words=f"{(claim.said or '')[:10]}: {bounds}, {word_speaker(claim)}, {word_claim(claim)}",
        label=bounds,
    )  # fmt: skip
