"""Write times as TIMEX3 values: calendar dates, clock times, durations (TimeML 1.2.1, ISO 8601)."""

from __future__ import annotations

import re
from datetime import date, timedelta

from dateline.reading.calendar import Interval

__all__ = [
    "calendar_value",
    "clock_of",
    "duration_value",
    "part_of_day",
    "singular",
]

_LETTER = {
    "second": "TS", "minute": "TM", "hour": "TH", "day": "D", "night": "D", "week": "W",
    "weekend": "WE", "month": "M", "quarter": "Q", "year": "Y",
}  # fmt: skip
_SIZE = {"fortnight": (2, "week"), "decade": (10, "year"), "century": (100, "year")}
_IRREGULAR = {"centuries": "century"}
# The longer words first: `midnight` holds `night`.
_PARTS = (
    ("midnight", "T24:00"), ("midday", "T12:00"), ("noon", "T12:00"), ("afternoon", "TAF"),
    ("morning", "TMO"), ("dawn", "TMO"), ("daybreak", "TMO"), ("sunrise", "TMO"), ("evening", "TEV"),
    ("dusk", "TEV"), ("sunset", "TEV"), ("nightfall", "TNI"), ("overnight", "TNI"), ("tonight", "TNI"),
    ("night", "TNI"),
)  # fmt: skip
_PART = re.compile(r"(?:" + "|".join(sorted((name for name, _ in _PARTS), key=len, reverse=True)) + ")", re.I)
_PART_VALUE = dict(_PARTS)
_TWELVE = re.compile(r"(\d{1,2})(?:[:.](\d\d))?\s*([ap])\.?\s?m", re.IGNORECASE)
_COLON = re.compile(r"(\d{1,2}):(\d\d)(?::(\d\d))?")
_FOUR = re.compile(r"\b([01]\d|2[0-3])([0-5]\d)\b")
_O_CLOCK = re.compile(r"(\d{1,2})\s+o['’]clock", re.IGNORECASE)
_UTC = re.compile(r"\b(?:gmt|utc|z)\b", re.IGNORECASE)


def singular(unit: str) -> str:
    """Give the singular of a unit of time, in lower case, without a possessive mark."""
    word = unit.lower().rstrip("'’")
    return _IRREGULAR.get(word, word.removesuffix("s"))


def calendar_value(first: date, last: date) -> str:
    """Name an interval by the largest calendar unit that it is: `2013`, `2013-W04`, `199`."""
    for name, interval in _units(first):
        if interval[1] == last and interval[0] == first:
            return name
    return first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"


def _units(day: date) -> list[tuple[str, Interval]]:
    year = day.year
    units = [(f"{year:04}", (date(year, 1, 1), date(year, 12, 31)))]
    if year % 10 == 0 and year + 9 <= date.max.year:
        units.append((f"{year // 10:03}", (date(year, 1, 1), date(year + 9, 12, 31))))
    if year % 100 == 0 and year + 99 <= date.max.year:
        units.append((f"{year // 100:02}", (date(year, 1, 1), date(year + 99, 12, 31))))
    for name, size in (("H", 6), ("Q", 3), ("", 1)):
        if (day.month - 1) % size == 0:
            number = f"{(day.month - 1) // size + 1}" if name else f"{day.month:02}"
            units.append(
                (f"{year:04}-{name}{number}", (day.replace(day=1), _month_end(year, day.month + size)))
            )
    if day.weekday() == 0 and (date.max - day).days > 7:
        iso = day.isocalendar()
        units.append((f"{iso.year:04}-W{iso.week:02}", (day, day + timedelta(days=6))))
    if day.weekday() == 5 and (date.max - day).days > 7:
        iso = day.isocalendar()
        units.append((f"{iso.year:04}-W{iso.week:02}-WE", (day, day + timedelta(days=1))))
    return units


def _month_end(year: int, after: int) -> date:
    """Give the day before the first of the month `after`, which may be 13."""
    if after > 12:
        return date(year, 12, 31)
    return date(year, after, 1) - timedelta(days=1)


def duration_value(amount: float | None, unit: str) -> str:
    """Write a length of time: `P3D`, `PT2H`, `PXM` where the number is not told."""
    times, whole = _SIZE.get(unit, (1, unit))
    letter = _LETTER[whole]
    clock, letter = ("T", letter[1:]) if letter.startswith("T") else ("", letter)
    if amount is None:
        return f"P{clock}X{letter}"
    return f"P{clock}{amount * times:g}{letter}"


def part_of_day(words: str) -> str:
    """Give the part of the day that words name (`TMO`), empty where they name none."""
    found = _PART.findall(words)
    return _PART_VALUE[found[-1].lower()] if found else ""


def clock_of(words: str) -> str:
    """Give the time of day that words state, as `T21:00`, `T06:30Z` or `TNI`; empty where they state none."""
    stated = _hour(words)
    if not stated:
        return part_of_day(words)
    return stated + ("Z" if _UTC.search(words) else "")


def _hour(words: str) -> str:
    if found := _TWELVE.search(words):
        hour = int(found[1]) % 12 + (12 if found[3].lower() == "p" else 0)
        return f"T{hour:02}:{found[2] or '00'}"
    if found := _COLON.search(words):
        seconds = f":{found[3]}" if found[3] else ""
        return f"T{int(found[1]):02}:{found[2]}{seconds}"
    if found := _FOUR.search(words):
        return f"T{found[1]}:{found[2]}"
    found = _O_CLOCK.search(words)
    return f"T{int(found[1]):02}:00" if found else ""
