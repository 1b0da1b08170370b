"""Resolve the expressions of one time to its first and last day."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from dateline.reading.calendar import Interval, shift_days
from dateline.reading.times.cores import Core, is_joint
from dateline.reading.times.tense import looks_ahead
from dateline.reading.times.words import Rank, Reading, Setting

__all__ = ["resolve_cores"]

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
) -> Reading:
    """Resolve the time that the expressions between two places make; empty where it can't be known."""
    main = max(cores, key=lambda core: (core.rule.rank, -core.start))
    bound = _bound(text, start, main, cores)
    setting = Setting(anchor, reference, _looks_ahead(text, start, end, main, bound))
    reading = _joined(text, cores, main, setting) or _single(text, start, main, setting)
    if reading is None:
        return Reading()
    clocked = reading.clocked or any(core.rule.rank == Rank.CLOCK for core in cores)
    return replace(_bounded(reading, bound, anchor), clocked=clocked)


def _looks_ahead(text: str, start: int, end: int, core: Core, bound: str) -> bool:
    """Tell the tense; `since` and a possessive ("Friday's blast") look back, `until` ahead."""
    if bound == "since" or _POSSESSIVE.search(text, core.start, core.end + len("'s")):
        return False
    return bound in {"until", "till", "through"} or looks_ahead(text, start, end)


def _single(text: str, start: int, core: Core, setting: Setting) -> Reading | None:
    reading = core.rule.resolve(core.found, setting)
    if reading is None or not core.rule.period:
        return reading
    part = _PART.search(text[start : core.start])
    if part is None or reading.first is None or reading.last is None:
        return reading
    name = _PARTS[_PART_KEY.sub(" ", part["part"].lower())]
    if part["part"].lower().startswith("so") and setting.anchor is None:
        return replace(reading, last=None)
    first, last = _narrowed(reading.first, reading.last, name, setting.anchor)
    return replace(reading, first=first, last=last, anchored=reading.anchored or name in {"earlier", "later"})


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
