"""Resolve the expressions of one time to its first and last day."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from dateline.reading.calendar import WEEKDAYS, Interval, shift_days, week_of
from dateline.reading.times.cores import Core, is_joint
from dateline.reading.times.story import Before
from dateline.reading.times.tense import looks_ahead
from dateline.reading.times.words import Rank, Reading, Setting

__all__ = ["main_of", "part_before", "read_plain", "resolve_cores"]

_EARLY, _MIDDLE, _LATE = "early", "middle", "late"
_PARTS = {
    "early": _EARLY, "beginning of": _EARLY, "start of": _EARLY,
    "mid": _MIDDLE, "middle of": _MIDDLE,
    "late": _LATE, "end of": _LATE, "close of": _LATE,
    "earlier": "earlier", "so far": "earlier", "so-far": "earlier",
    "later": "later", "rest of": "later",
    "first half of": "first half", "second half of": "second half",
}  # fmt: skip
_PART_NAMES = "|".join(sorted(_PARTS, key=len, reverse=True)).replace(" ", r"\s+")
_PART = re.compile(rf"\b(?P<part>{_PART_NAMES})(?:\s+|-)(?:(?:in|on|of|the)\s+)*$", re.IGNORECASE)
_PART_KEY = re.compile(r"\s+")
_BOUND = re.compile(
    r"\b(?P<word>since|until|till|through|by|before|as\s+of|no\s+later\s+than|up\s+to|after|following|starting"
    r"|beginning|from\s+now\s+until)\s+(?:(?:on|in|the|about|around|at|early|late|mid|last|both|next)[\s-]+"
    r"|(?:the\s+)?(?:night|morning|afternoon|evening|end|start|beginning|middle|month)\s+of\s+)*$",
    re.IGNORECASE,
)
_OPENING = re.compile(r"\s*(?:immediately\s+|ever\s+)?(?P<word>since|after|following|until)\b", re.IGNORECASE)
_MEANT_FOR = re.compile(r"\bfor\s+(?:the\s+)?$", re.IGNORECASE)  # "a strike for Saturday"
_FOR_WINDOW = 10  # code points
_POSSESSIVE = re.compile(r"\w['’]s\b", re.IGNORECASE)
_OPEN_END = frozenset({"after", "following", "starting", "beginning"})
_OPEN_START = frozenset({"until", "till", "through", "by", "before", "as of", "no later than", "up to"})
# Beyond these a year is cut into its first and last quarter and the half between.
_MONTH_DAYS = 31
_WEEK_DAYS = 14


def resolve_cores(
    text: str,
    start: int,
    end: int,
    cores: Sequence[Core],
    *,
    anchor: date | None,
    reference: Callable[[int], Interval | None],
    beside: Callable[[], Interval | None],
) -> Reading:
    """Resolve the time that the expressions between two places make; empty where it can't be known."""
    main = main_of(cores)
    bound = _bound(text, start, main, cores)
    future = _looks_ahead(text, start, end, main, bound)
    setting = Setting(anchor, reference, future, beside)
    reading = (
        _joined(text, cores, main, setting)
        or _in_week(cores, main, setting)
        or _single(text, start, main, setting)
    )
    if reading is None:
        return Reading()
    clocked = reading.clocked or any(core.rule.rank == Rank.CLOCK for core in cores)
    if main.rule.rank == Rank.CLOCK and bound != "since":
        return replace(reading, clocked=clocked)  # "shortly after 9 p.m." is of that day
    if bound == "since" and main.rule.name == "weekday" and reading.first == anchor and reading.first:
        reading = replace(reading, first=shift_days(reading.first, -7))  # told on a Wednesday: the last one
    return replace(_bounded(reading, bound, anchor), clocked=clocked)


def read_plain(
    text: str, span: tuple[int, int], cores: Sequence[Core], *, anchor: date | None, told: Before
) -> Reading | None:
    """Resolve a time as it stands, what bounds or narrows it left aside; None where it can't be known."""
    core = main_of(cores)
    bound = _bound(text, span[0], core, cores)
    setting = Setting(anchor, told.last, _looks_ahead(text, *span, core, bound), told.beside)
    return _in_week(cores, core, setting) or core.rule.resolve(core.found, setting)


def main_of(cores: Sequence[Core]) -> Core:
    """Give the expression that says most of the day, the first of equals."""
    return max(cores, key=lambda core: (core.rule.rank, -core.start))


def _looks_ahead(text: str, start: int, end: int, core: Core, bound: str) -> bool:
    """Tell the tense; `since` and a possessive ("Friday's blast") look back, `until` ahead."""
    if bound == "since" or _POSSESSIVE.search(text, core.start, core.end + len("'s")):
        return False
    if core.rule.rank >= Rank.DAY and _MEANT_FOR.search(text, max(0, core.start - _FOR_WINDOW), core.start):
        return True
    return bound in {"until", "till", "through"} or looks_ahead(text, start, end)


def _single(text: str, start: int, core: Core, setting: Setting) -> Reading | None:
    reading = core.rule.resolve(core.found, setting)
    if reading is None or not core.rule.period:
        return reading
    words = part_before(text, start, core)
    if not words or reading.first is None or reading.last is None:
        return reading
    name = _PARTS[words]
    if words.startswith("so") and setting.anchor is None:
        return replace(reading, last=None)
    first, last = _narrowed(reading.first, reading.last, name, setting.anchor)
    return replace(reading, first=first, last=last, anchored=reading.anchored or name in {"earlier", "later"})


def part_before(text: str, start: int, core: Core) -> str:
    """Give the words that narrow a period (`early`, `end of`), empty where none stand before it."""
    part = _PART.search(text[start : core.start])
    return _PART_KEY.sub(" ", part["part"].lower()) if part else ""


def _narrowed(first: date, last: date, part: str, anchor: date | None) -> Interval:
    """Give the early, middle or late part of a period; `earlier` and `later` part it at the anchor."""
    if part in {"earlier", "later"}:
        if anchor is None or not first <= anchor <= last:
            return first, last
        return (first, anchor) if part == "earlier" else (anchor, last)
    if part.endswith("half"):
        middle = shift_days(first, ((last - first).days + 1) // 2)
        return (first, shift_days(middle, -1)) if part.startswith("first") else (middle, last)
    head, tail = _cuts(first, last)
    if part == _EARLY:
        return first, shift_days(head, -1)
    return (tail, last) if part == _LATE else (head, shift_days(tail, -1))


def _cuts(first: date, last: date) -> Interval:
    """Give the first day of the middle and of the late part of a period.

    A month is cut after the 10th and the 20th, a year after March and
    September, what is longer or shorter into thirds.
    """
    days = (last - first).days + 1
    if _WEEK_DAYS < days <= _MONTH_DAYS:
        return shift_days(first, 10), shift_days(first, 20)
    if first.year == last.year and days > 360:
        return date(first.year, 4, 1), date(first.year, 10, 1)
    return shift_days(first, -(-days // 3)), shift_days(first, -(-2 * days // 3))


def _in_week(cores: Sequence[Core], main: Core, setting: Setting) -> Reading | None:
    """Resolve a weekday by the week that stands beside it ("Thursday of last week", "Sunday a week ago")."""
    week = next((core for core in cores if core.rule.name in {"period", "ago"}), None)
    if main.rule.name != "weekday" or week is None:
        return None
    told = week.rule.resolve(week.found, setting)
    if told is None or told.first is None or told.last is None or (told.last - told.first).days > _WEEK_DAYS:
        return None
    day = shift_days(week_of(told.first)[0], WEEKDAYS[main.found["wd"].lower()])
    return replace(told, first=day, last=day, value="")


def _joined(text: str, cores: Sequence[Core], main: Core, setting: Setting) -> Reading | None:
    """Resolve two like expressions that a word or a dash joins ("from Monday to Wednesday")."""
    index = cores.index(main)
    if index + 1 >= len(cores):
        return None
    other = cores[index + 1]
    if abs(other.rule.rank - main.rule.rank) > 1 or not is_joint(text[main.end : other.start]):
        return None
    later = _single(text, main.end, other, setting)
    if later is None or later.last is None:
        return None
    # The first of the two leans on the second, which alone may bear the year.
    earlier = _single(text, main.start, main, replace(setting, anchor=later.last, future=False))
    if earlier is None or earlier.first is None or earlier.first > later.last:
        return None
    return replace(later, first=earlier.first)


def _bound(text: str, start: int, core: Core, cores: Sequence[Core]) -> str:
    """Give the word that makes a time open on one side, empty if there is none."""
    found = _BOUND.search(text[start : core.start])
    if found is None and all(other.rule.rank > Rank.CLOCK for other in cores):
        found = _OPENING.match(text[start : core.start])
    return " ".join(found["word"].lower().split()) if found else ""


def _bounded(reading: Reading, word: str, anchor: date | None) -> Reading:
    """Open the side that the word leaves open; `since` reaches to the anchor."""
    if word == "since":
        last = anchor if reading.first and anchor and anchor >= reading.first else None
        return replace(reading, last=last, anchored=reading.anchored or last is not None)
    if word in _OPEN_END:
        return replace(reading, last=None)
    return replace(reading, first=None) if word in _OPEN_START else reading
