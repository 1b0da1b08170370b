"""TempEval-3: the times of a text and their values, against TimeML.

UzZaman et al. (2013, "SemEval-2013 Task 1: TempEval-3", Task A), on its platinum texts. Of each TIMEX3:
`strict` asks for the same span, `relaxed` for a shared character, `type` and `value` for a shared character
and the same attribute, letter by letter, over all types (dates, times, durations, sets). HeidelTime's
published value F1 (Strötgen, Zell and Gertz 2013, "HeidelTime: Tuning English and Developing Spanish
Resources for TempEval-3") stands beside it.

`days` measures what a record keeps: whether the first and last day that `find_times` gives are those of a
gold value of the calendar (`2013-03` is 1 to 31 March, `2012-SU` June to August). Where TimeML leaves a word
out of the value, ours need not say less: with a `mod` ("early 2011"), or cut at the day of publication
("this month"), it may lie inside the value, and of an open one ("before Friday") the known end counts. The
day of publication itself (DCT) is given and is not counted.
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
from dateline.reading.times import TimeExpression, TimeMention, find_expressions, find_times

__all__ = ["evaluate", "interval_of", "read_timeml"]

_HINT = "give --data a .tml file or a folder of them"
_PEERS = (Peer("value", "HeidelTime", 0.776, "all of platinum, 20 texts"),)
_SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}  # the first month of each, of the north
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_MONTH = re.compile(r"(\d{4})-(\d\d)")
_WEEK = re.compile(r"(\d{4})-W(\d\d)")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_HALF = re.compile(r"(\d{4})-H([12])")
_SEASON = re.compile(r"(\d{4})-(SP|SU|FA|WI)")
Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class _Timex:
    start: int
    end: int
    type: str
    value: str
    days: Days | None
    mod: bool = False


def evaluate(path: Path, *, limit: int | None = None, step: Step = ignore) -> Result:
    """Measure the times of TimeML texts: one file, or a folder's `.tml` files.

    Raises EvaluationError when there is none or one is no TimeML.
    """
    result = Result("TempEval-3 times", "texts", 0, peers=_PEERS)
    for file in a_few(_files(path), limit):
        result.size += 1
        text, anchor, gold = read_timeml(file)
        _count(result.tally, text, find_expressions(text, anchor), gold)
        _count_days(result.tally, find_times(text, anchor), [g for g in gold if g.days], anchor)
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
            end, kind = sum(map(len, pieces)), child.get("type", "")
            yield _Timex(start, end, kind, value, interval_of(value), bool(child.get("mod")))
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


def _count(tally: Tally, text: str, found: Sequence[TimeExpression], gold: Sequence[_Timex]) -> None:
    sizes = {"found": len(found), "gold": len(gold)}
    spans = {(g.start, g.end) for g in gold}
    relaxed = pair_off(found, gold, _touch, _common)
    tally.count("strict", sum((f.start, f.end) in spans for f in found), **sizes)
    tally.count("relaxed", len(relaxed), **sizes)
    tally.count("type", sum(f.type == g.type for f, g in relaxed), **sizes)
    tally.count("value", sum(f.value == g.value for f, g in relaxed), **sizes)
    _errors(tally, text, found, relaxed, gold)


def _count_days(
    tally: Tally, found: Sequence[TimeMention], gold: Sequence[_Timex], anchor: date | None
) -> None:
    """Count the days of the record's times; those that touch no dated time of the gold are left out."""
    pairs = pair_off(found, gold, _touch, _common)
    right = sum(_same_days(f, g, anchor) for f, g in pairs)
    tally.count("days", right, found=len(pairs), gold=len(gold))


def _touch(a: TimeExpression | TimeMention, b: _Timex) -> bool:
    return a.start < b.end and b.start < a.end


def _common(a: TimeExpression | TimeMention, b: _Timex) -> int:
    return min(a.end, b.end) - max(a.start, b.start)


def _same_days(time: TimeMention, gold: _Timex, anchor: date | None) -> bool:
    first = date.fromisoformat(time.first) if time.first else None
    last = date.fromisoformat(time.last) if time.last else None
    if gold.days is None or (first is None and last is None):
        return False
    if first is None or last is None:
        return first == gold.days[0] or last == gold.days[1]
    inside = gold.days[0] <= first and last <= gold.days[1]
    cut = anchor is not None and first == gold.days[0] and last == anchor
    return (first, last) == gold.days or (inside and (gold.mod or cut))


def _errors(
    tally: Tally,
    text: str,
    found: Sequence[TimeExpression],
    pairs: Sequence[tuple[TimeExpression, _Timex]],
    gold: Sequence[_Timex],
) -> None:
    ours = {id(g): f for f, g in pairs}
    hit = {id(f) for f, _ in pairs}
    for timex in gold:
        phrase, mine = text[timex.start : timex.end], ours.get(id(timex))
        if mine is None:
            tally.errors.append(f"missed {phrase!r} ({timex.value})")
        elif mine.value != timex.value:
            tally.errors.append(f"{phrase!r}: {mine.value}, gold {timex.value}")
    for mine in found:
        if id(mine) not in hit:
            tally.errors.append(f"spurious {text[mine.start : mine.end]!r} ({mine.value})")
