"""Find the times of a text and resolve each: `find_times`, and `resolve_time` for a given span."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
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


@dataclass(frozen=True, slots=True)
class _Story:
    """A text with the day its times hang on and what told that day; `floor` is where its body starts."""

    text: str
    anchor: date | None
    basis: str
    floor: int

    @classmethod
    def of(cls, text: str, anchor: date | None, header: Header | None) -> _Story:
        floor = header.end if header else 0
        if anchor is None and header is not None:
            return cls(text, header.day, "dateline", floor)
        return cls(text, anchor, "published", floor)


def find_times(text: str, anchor: date | None, *, header: Header | None = None) -> list[TimeMention]:
    """Find every time of a text, in order, and resolve it.

    `anchor` is the day of publication. Where it is None the day of `header`
    serves; without either, a time that hangs on it keeps `first` and `last`
    None. The dateline itself is no mention.
    """
    story = _Story.of(text, anchor, header)
    mentions: list[TimeMention] = []
    cores = find_cores(text, story.floor, len(text))
    for group in _groups(text, [core for core in cores if core.rule.name != "year" or says_year(text, core)]):
        start = lead_start(text, group[0].start, mentions[-1].end if mentions else story.floor)
        mentions.append(_mention(story, (start, group[-1].end), group, lambda: mentions))
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
    story = _Story.of(text, anchor, header)
    cores = find_cores(text, start, end)
    if not cores:
        found = DURATION.pattern.search(text, start, end)
        cores = [Core(found.start(), found.end(), DURATION, found)] if found else []
    if not cores:
        return TimeMention(start, end, None, None, "unknown")

    def told() -> Sequence[TimeMention]:
        if before is None:
            return _told_before(story, start)
        return [mention for mention in before if mention.end <= start]

    return _mention(story, (start, end), cores, told)


def _groups(text: str, cores: Sequence[Core]) -> Iterator[list[Core]]:
    """Put together the expressions that make one time ("at noon on Thursday", "Monday to Friday")."""
    group: list[Core] = []
    for core in cores:
        if group and not _belongs(text, group[-1], core):
            yield group
            group = []
        group.append(core)
    if group:
        yield group


def _belongs(text: str, last: Core, core: Core) -> bool:
    between = text[last.end : core.start]
    if last.rule.rank != core.rule.rank:
        return is_glue(between)
    return last.rule.name == core.rule.name and is_joint(between)


def _mention(
    story: _Story, span: tuple[int, int], cores: Sequence[Core], before: Callable[[], Sequence[TimeMention]]
) -> TimeMention:
    start, end = span
    told: list[TimeMention] = []

    def reference(longest: int) -> Interval | None:
        told[:] = _last_told(story, start, before(), longest)
        return _days(told[0]) if told else None

    reading = resolve_cores(story.text, start, end, cores, anchor=story.anchor, reference=reference)
    return TimeMention(
        start=start,
        end=end,
        first=reading.first.isoformat() if reading.first else None,
        last=reading.last.isoformat() if reading.last else None,
        precision=_precision(reading),
        rests_on=_rests_on(reading, story.basis, told),
    )


def _told_before(story: _Story, start: int) -> list[TimeMention]:
    """Find the times in the text before a place, with offsets into the whole."""
    floor = _reach(story, start)
    return [
        replace(found, start=floor + found.start, end=floor + found.end)
        for found in find_times(story.text[floor:start], story.anchor)
    ]


def _reach(story: _Story, start: int) -> int:
    """Give how far back a time may hang on another.

    Without a day of publication only within its paragraph: such texts are
    often pieces that don't belong together.
    """
    floor = max(0, start - _REACH, story.floor)
    return floor if story.anchor else max(floor, story.text.rfind("\n\n", 0, start) + 1)


def _last_told(story: _Story, start: int, mentions: Sequence[TimeMention], longest: int) -> list[TimeMention]:
    """Give the last time told before a place that is closed, no longer than asked for, and not to come."""
    floor = _reach(story, start)
    for mention in reversed(mentions):
        if mention.start < floor:
            break
        if mention.first and mention.last:
            first, last = _days(mention)
            if (last - first).days < longest and (story.anchor is None or first <= story.anchor):
                return [mention]
    return []


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
