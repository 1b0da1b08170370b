"""Find the times of a text and resolve each: `find_times`, and `resolve_time` for a given span."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from dateline.reading.calendar import Interval
from dateline.reading.header import Header
from dateline.reading.times.cores import Core, find_cores, is_glue, is_joint, lead_start, says_year
from dateline.reading.times.relative import DURATION
from dateline.reading.times.resolve import resolve_cores
from dateline.reading.times.words import Reading
from dateline.record import TimePrecision

__all__ = ["TimeMention", "find_times", "resolve_time"]


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time of the text; `first` and `last` are ISO days, inclusive, None where open or not known.

    `start` and `end` are code point offsets, end exclusive. `rests_on` names
    what the days hang on: `published` or `dateline`, and `span:START-END` of
    the time that was told before.
    """

    start: int
    end: int
    first: str | None
    last: str | None
    precision: TimePrecision
    rests_on: tuple[str, ...] = ()


# How far back a time may hang on another ("at 2230", "a day earlier"), in code points.
_REACH = 1500
_FORTNIGHT, _MONTH = 14, 31  # days: the longest week-like and month-like intervals


def find_times(text: str, anchor: date | None, *, header: Header | None = None) -> list[TimeMention]:
    """Find every time of a text, in order, and resolve it.

    `anchor` is the day of publication. Where it is None the day of `header`
    serves; without either, a time that hangs on it keeps `first` and `last`
    None. The dateline itself is no mention.
    """
    anchor, basis = _anchor(anchor, header)
    mentions: list[TimeMention] = []
    cores = find_cores(text, header.end if header else 0, len(text))
    for group in _groups(text, [core for core in cores if core.rule.name != "year" or says_year(text, core)]):
        floor = mentions[-1].end if mentions else 0
        start = lead_start(text, group[0].start, floor)
        mentions.append(_mention(text, start, group[-1].end, group, anchor, basis, mentions))
    return mentions


def resolve_time(
    text: str,
    start: int,
    end: int,
    anchor: date | None,
    *,
    header: Header | None = None,
    before: Sequence[TimeMention] | None = None,
) -> TimeMention:
    """Resolve the time that stands between two places of a text.

    `before` are the times told before it, in order; without them the text
    before is searched when the time hangs on one. `first` and `last` are None
    where the words are not understood or hang on a day that is not known.
    """
    anchor, basis = _anchor(anchor, header)
    cores = find_cores(text, start, end)
    if not cores:
        found = DURATION.pattern.search(text, start, end)
        cores = [Core(found.start(), found.end(), DURATION, found)] if found else []
    if not cores:
        return TimeMention(start, end, None, None, "unknown")
    return _mention(text, start, end, cores, anchor, basis, before, header=header)


def _anchor(anchor: date | None, header: Header | None) -> tuple[date | None, str]:
    if anchor is None and header is not None:
        return header.day, "dateline"
    return anchor, "published"


def _groups(text: str, cores: Sequence[Core]) -> Iterator[list[Core]]:
    """Put together the expressions that make one time ("at noon on Thursday", "Monday to Friday")."""
    group: list[Core] = []
    for core in cores:
        if group and _belongs(text, group[-1], core):
            group.append(core)
        else:
            if group:
                yield group
            group = [core]
    if group:
        yield group


def _belongs(text: str, last: Core, core: Core) -> bool:
    between = text[last.end : core.start]
    if last.rule.rank != core.rule.rank:
        return is_glue(between)
    return last.rule.name == core.rule.name and is_joint(between)


def _mention(
    text: str,
    start: int,
    end: int,
    cores: Sequence[Core],
    anchor: date | None,
    basis: str,
    before: Sequence[TimeMention] | None,
    *,
    header: Header | None = None,
) -> TimeMention:
    told: list[TimeMention] = []

    def reference(longest: int) -> Interval | None:
        floor = _floor(text, start, anchor, header)
        known = _told_before(text, floor, start, anchor) if before is None else before
        told[:] = [found for found in known if found.start >= floor and _serves(found, longest, anchor)][-1:]
        return _days(told[0]) if told else None

    reading = resolve_cores(text, start, end, cores, anchor, reference)
    return TimeMention(
        start=start,
        end=end,
        first=reading.first.isoformat() if reading.first else None,
        last=reading.last.isoformat() if reading.last else None,
        precision=_precision(reading),
        rests_on=_rests_on(reading, basis, told),
    )


def _told_before(text: str, floor: int, start: int, anchor: date | None) -> list[TimeMention]:
    """Find the times of a stretch of text, with offsets into the whole."""
    return [
        TimeMention(floor + found.start, floor + found.end, found.first, found.last, found.precision)
        for found in find_times(text[floor:start], anchor)
    ]


def _floor(text: str, start: int, anchor: date | None, header: Header | None) -> int:
    """Give how far back a time may hang on another.

    Without a day of publication only within its paragraph: such texts are
    often pieces that don't belong together.
    """
    floor = max(0, start - _REACH, header.end if header else 0)
    return floor if anchor else max(floor, text.rfind("\n\n", 0, start) + 1)


def _serves(mention: TimeMention, longest: int, anchor: date | None) -> bool:
    """Tell whether a time told before may serve: closed, no longer than asked for, and not to come."""
    if not (mention.first and mention.last):
        return False
    first, last = _days(mention)
    return (last - first).days < longest and (anchor is None or first <= anchor)


def _days(mention: TimeMention) -> Interval:
    return date.fromisoformat(mention.first or ""), date.fromisoformat(mention.last or "")


def _precision(reading: Reading) -> TimePrecision:
    if reading.first is None and reading.last is None:
        return "unknown"
    if reading.first is None or reading.last is None:
        return "day"
    days = (reading.last - reading.first).days + 1
    if days == 1:
        return "hour" if reading.clocked else "day"
    return "week" if days <= _FORTNIGHT else "month" if days <= _MONTH else "year"


def _rests_on(reading: Reading, basis: str, told: Sequence[TimeMention]) -> tuple[str, ...]:
    facts = [basis] if reading.anchored else []
    if reading.referred and told:
        facts += [*told[0].rests_on, f"span:{told[0].start}-{told[0].end}"]
    return tuple(dict.fromkeys(facts))
