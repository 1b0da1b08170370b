"""Incidents over time, as bars: by days, months or years, whichever shows most."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

import msgspec

__all__ = ["Bar", "Bars", "bars_of"]

_YEAR, _MONTH, _DAY = 4, 7, 10  # digits of an ISO day
_MOST_DAYS, _MOST_MONTHS = 120, 180  # bars that are still told apart
_MOST_BARS = 400  # of years, where a report tells of antiquity
_TICKS = 6
Counted = Sequence[tuple[str, int, int]]


class Bar(msgspec.Struct, frozen=True):
    """One stretch of time: its ends, incidents begun in it, their dead; heights are 0 to 1."""

    label: str
    first: str
    last: str
    count: int
    killed: int
    height: float
    deadly: float


class Bars(msgspec.Struct, frozen=True):
    """All bars in order, without gaps; `ticks` are numbers of bars that are named below."""

    bars: tuple[Bar, ...]
    unit: str
    ticks: tuple[int, ...]

    def at(self, day: str | None, *, end: bool) -> int:
        """Give the number of the bar that holds a day; the outermost where it is None or outside."""
        if not self.bars or day is None:
            return max(0, len(self.bars) - 1) if end else 0
        inside = [n for n, bar in enumerate(self.bars) if (bar.first <= day if end else bar.last >= day)]
        return (inside[-1] if end else inside[0]) if inside else (0 if end else len(self.bars) - 1)


def bars_of(counted: Callable[[int], Counted]) -> Bars:
    """Make bars of counts; `counted` gives them by how many digits of the day they are grouped."""
    months = [row for row in counted(_MONTH) if len(row[0]) == _MONTH]
    if not months:
        return Bars((), "day", ())
    span = _months_between(months[0][0], months[-1][0])
    if span * 30 <= _MOST_DAYS:
        return _made([r for r in counted(_DAY) if len(r[0]) == _DAY], "day", _days)
    if span <= _MOST_MONTHS:
        return _made(months, "month", _months)
    years = [row for row in counted(_YEAR) if len(row[0]) == _YEAR]
    return _made(years[-_MOST_BARS:], "year", _years)


def _made(rows: Counted, unit: str, between: Callable[[str, str], Iterator[str]]) -> Bars:
    found = {label: (count, killed) for label, count, killed in rows}
    labels = list(between(rows[0][0], rows[-1][0]))[-_MOST_BARS:]
    most = max(count for count, _ in found.values()) or 1
    deadliest = max(killed for _, killed in found.values()) or 1
    bars = []
    for label in labels:
        count, killed = found.get(label, (0, 0))
        first, last = _ends(label)
        bars.append(
            Bar(label, first, last, count, killed, round(count / most, 3), round(killed / deadliest, 3))
        )
    step = max(1, -(-len(bars) // _TICKS))
    return Bars(tuple(bars), unit, tuple(range(0, len(bars), step)))


def _months_between(first: str, last: str) -> int:
    return (int(last[:4]) - int(first[:4])) * 12 + int(last[5:7]) - int(first[5:7]) + 1


def _days(first: str, last: str) -> Iterator[str]:
    day, end = date.fromisoformat(first), date.fromisoformat(last)
    while day <= end:
        yield day.isoformat()
        day += timedelta(days=1)


def _months(first: str, last: str) -> Iterator[str]:
    start = int(first[:4]) * 12 + int(first[5:7]) - 1
    for number in range(start, start + _months_between(first, last)):
        yield f"{number // 12:04}-{number % 12 + 1:02}"


def _years(first: str, last: str) -> Iterator[str]:
    return (f"{year:04}" for year in range(int(first), int(last) + 1))


def _ends(label: str) -> tuple[str, str]:
    """Give the first and last day of a year, a month or a day."""
    if len(label) == _DAY:
        return label, label
    if len(label) == _YEAR:
        return f"{label}-01-01", f"{label}-12-31"
    year, month = int(label[:4]), int(label[5:7])
    after = date(year + month // 12, month % 12 + 1, 1)
    return f"{label}-01", (after - timedelta(days=1)).isoformat()
