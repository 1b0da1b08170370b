"""TempEval-3: the times of a text and their values, against TimeML.

UzZaman et al. (2013, "SemEval-2013 Task 1: TempEval-3", Task A), on its
platinum texts. `strict` asks for the same span, `relaxed` for a shared
character; `value` is relaxed and the right value. HeidelTime's published value
F1 (Strötgen, Zell and Gertz 2013, "HeidelTime: Tuning English and Developing
Spanish Resources for TempEval-3") stands beside it.

Ours are intervals of days and no TIMEX3 values, so a value is read as one:
`2013-03` is 1 to 31 March, `2013-W11` Monday to Sunday, `2012-SU` June to August,
`PRESENT_REF` the day of publication; a clock time counts as its day, a duration
is right when the interval is as long. Where TimeML leaves a word out of the
value, ours need not say less: with a `mod` ("early 2011"), or cut at the day of
publication ("this month"), it may lie inside the value, and of an open one ("by
Friday") the known end counts. The preposition that our spans begin with is
dropped. `value of dates` leaves durations, repeated and unknown times out of
the gold, and what we found at them out of ours. The day of publication itself
(DCT) is given and is not counted.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree

from dateline.errors import EvaluationError
from dateline.evaluation.benchmark import Peer, Result, Step, a_few, ignore
from dateline.evaluation.scores import Tally, pair_off
from dateline.reading.times import TimeMention, find_times

__all__ = ["evaluate", "interval_of", "read_timeml"]

_HINT = "give --data a .tml file or a folder of them"
_PEERS = (Peer("value", "HeidelTime", 0.776, "all of platinum, 20 texts"),)
_NOTES = ("values are compared as intervals of days: near to TIMEX3 values, not the same",)
_LEAD = re.compile(
    r"(?:on|in|at|by|until|till|since|from|during|of|for|after|before|within|over)\s+", re.IGNORECASE
)
_SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}  # the first month of each, of the north
_LENGTH = {"D": 1.0, "W": 7.0, "M": 30.44, "Y": 365.25}  # days
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_MONTH = re.compile(r"(\d{4})-(\d\d)")
_WEEK = re.compile(r"(\d{4})-W(\d\d)")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_HALF = re.compile(r"(\d{4})-H([12])")
_SEASON = re.compile(r"(\d{4})-(SP|SU|FA|WI)")
_DURATION = re.compile(r"P(\d+)([DWMY])")
Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class _Timex:
    start: int
    end: int
    value: str
    days: Days | None
    mod: bool = False


def evaluate(path: Path, *, limit: int | None = None, step: Step = ignore) -> Result:
    """Measure the times of TimeML texts: one file, or a folder's `.tml` files.

    Raises EvaluationError when there is none or one is no TimeML.
    """
    result = Result("TempEval-3 times", "texts", 0, peers=_PEERS, notes=_NOTES)
    for file in a_few(_files(path), limit):
        result.size += 1
        text, anchor, gold = read_timeml(file)
        _count(result.tally, text, find_times(text, anchor), gold, anchor)
        step()
    return result


def _files(path: Path) -> list[Path]:
    files = sorted(path.glob("*.tml")) if path.is_dir() else [path]
    if not files or not files[0].is_file():
        what = "no TimeML texts here"
        raise EvaluationError(what, where=str(path), hint=_HINT)
    return files


def read_timeml(file: Path) -> tuple[str, date | None, list[_Timex]]:
    """Read a TimeML file: the text inside `TEXT`, the day of publication, and the TIMEX3 of the text.

    Raises EvaluationError when it is no TimeML.
    """
    try:
        root = ElementTree.fromstring(file.read_bytes())
    except (OSError, ElementTree.ParseError) as problem:
        what = f"not TimeML ({problem})"
        raise EvaluationError(what, where=str(file), hint=_HINT) from problem
    body = root.find("TEXT")
    if body is None:
        what = "a TimeML file without TEXT"
        raise EvaluationError(what, where=str(file), hint=_HINT)
    created = root.find("DCT/TIMEX3")
    days = interval_of(created.get("value", "")) if created is not None else None
    pieces: list[str] = []
    gold = list(_walk(body, pieces))
    return "".join(pieces), days[0] if days else None, gold


def _walk(node: ElementTree.Element, pieces: list[str]) -> Iterator[_Timex]:
    """Gather the text under a node in `pieces` and yield its TIMEX3 with their offsets."""
    pieces.append(node.text or "")
    for child in node:
        start = sum(map(len, pieces))
        yield from _walk(child, pieces)
        if child.tag == "TIMEX3":
            value = child.get("value", "")
            yield _Timex(start, sum(map(len, pieces)), value, interval_of(value), bool(child.get("mod")))
        pieces.append(child.tail or "")


def interval_of(value: str) -> Days | None:
    """Read a TIMEX3 value as its first and last day; None when it has none or it is not a real one."""
    plain = value.partition("T")[0] if not value.startswith("P") else value
    try:
        if match := _DAY.fullmatch(plain):
            day = date(*map(int, match.groups()))
            return day, day
        if match := _WEEK.fullmatch(plain):
            monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
            return monday, monday + timedelta(days=6)
        if match := _MONTH.fullmatch(plain):
            return _months(int(match[1]), int(match[2]), int(match[2]))
        return _parts_of_year(plain)
    except ValueError:
        return None


def _parts_of_year(value: str) -> Days | None:
    for pattern, months in ((_QUARTER, 3), (_HALF, 6)):
        if match := pattern.fullmatch(value):
            last = months * int(match[2])
            return _months(int(match[1]), last - months + 1, last)
    if match := _SEASON.fullmatch(value):
        first = _SEASONS[match[2]]
        return _months(int(match[1]), first, first + 2)
    if re.fullmatch(r"\d{4}", value):
        return _months(int(value), 1, 12)
    if re.fullmatch(r"\d{3}", value):  # a decade: 199
        return date(int(value) * 10, 1, 1), date(int(value) * 10 + 9, 12, 31)
    return None


def _months(year: int, first: int, last: int) -> Days:
    """Give the days of months counted from January; the last may lie in the next year."""
    after, month = divmod(last - 1, 12)
    end = date(year + after, month + 1, calendar.monthrange(year + after, month + 1)[1])
    return date(year, first, 1), end


def _count(
    tally: Tally, text: str, found: Sequence[TimeMention], gold: Sequence[_Timex], anchor: date | None
) -> None:
    sizes = {"found": len(found), "gold": len(gold)}
    strict = [g for f in found for g in gold if (_bare_start(text, f), f.end) == (g.start, g.end)]
    relaxed = pair_off(found, gold, _touch, _common)
    right = [(f, g) for f, g in relaxed if _same_value(f, g, anchor)]
    tally.count("strict", len(strict), **sizes)
    tally.count("relaxed", len(relaxed), **sizes)
    tally.count("value", len(right), **sizes)
    undated = sum(g.days is None for _, g in relaxed)
    dated = sum(g.days is not None for _, g in right)
    tally.count("value of dates", dated, len(found) - undated, sum(g.days is not None for g in gold))
    _errors(tally, text, [(f, g, _same_value(f, g, anchor)) for f, g in relaxed], gold)


def _bare_start(text: str, time: TimeMention) -> int:
    lead = _LEAD.match(text, time.start, time.end)
    return lead.end() if lead else time.start


def _touch(a: TimeMention, b: _Timex) -> bool:
    return a.start < b.end and b.start < a.end


def _common(a: TimeMention, b: _Timex) -> int:
    return min(a.end, b.end) - max(a.start, b.start)


def _same_value(time: TimeMention, gold: _Timex, anchor: date | None) -> bool:
    first = date.fromisoformat(time.first[:10]) if time.first else None
    last = date.fromisoformat(time.last[:10]) if time.last else None
    if first is None and last is None:
        return False
    if gold.value == "PRESENT_REF":
        return first == last == anchor
    if gold.days is None:
        return first is not None and last is not None and _as_long(gold.value, first, last)
    if first is None or last is None:
        return first == gold.days[0] or last == gold.days[1]
    inside = gold.days[0] <= first and last <= gold.days[1]
    cut = anchor is not None and first == gold.days[0] and last == anchor
    return (first, last) == gold.days or (inside and (gold.mod or cut))


def _as_long(value: str, first: date, last: date) -> bool:
    """Tell whether an interval is as long as a duration, a day more or less."""
    match = _DURATION.fullmatch(value)
    return match is not None and abs((last - first).days - int(match[1]) * _LENGTH[match[2]]) <= 1


def _errors(
    tally: Tally, text: str, pairs: Sequence[tuple[TimeMention, _Timex, bool]], gold: Sequence[_Timex]
) -> None:
    at = {id(g): (f, right) for f, g, right in pairs}
    for timex in gold:
        phrase = text[timex.start : timex.end]
        ours, right = at.get(id(timex), (None, False))
        if ours is None:
            tally.errors.append(f"missed {phrase!r} ({timex.value})")
        elif not right:
            tally.errors.append(f"{phrase!r}: {ours.first}..{ours.last}, gold {timex.value}")
