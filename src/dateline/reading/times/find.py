"""Find the times of a text and resolve each: `find_times`, and `resolve_time` for a given span."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from dateline.reading.header import Header
from dateline.reading.times.cores import Core, find_cores, is_glue, is_joint, lead_start, says_year
from dateline.reading.times.resolve import resolve_cores
from dateline.reading.times.story import Before, Story, TimeMention
from dateline.reading.times.words import Rank, Reading
from dateline.record import TimePrecision

__all__ = ["find_times", "resolve_time", "walk"]

_FORTNIGHT, _MONTH = 14, 31  # days: the longest week-like and month-like intervals


def find_times(text: str, anchor: date | None, *, header: Header | None = None) -> list[TimeMention]:
    """Find every time of a text that can tell days, in order, and resolve it.

    `anchor` is the day of publication. Where it is None the day of `header`
    serves; without either, a time that hangs on it keeps `first` and `last`
    None. The dateline itself is no mention, nor are bare lengths ("two weeks")
    and words like `now`.
    """
    mentions: list[TimeMention] = []
    for _ in walk(Story.of(text, anchor, header), mentions):
        pass
    return mentions


def walk(story: Story, mentions: list[TimeMention]) -> Iterator[tuple[list[Core], Before]]:
    """Go through the times of a story in order: the expressions of each, and the times told before it.

    Those that can tell days are added to `mentions` behind each step.
    """
    cores = find_cores(story.text, story.floor, len(story.text))
    said = [core for core in cores if core.rule.name != "year" or says_year(story.text, core)]
    for group in _groups(story.text, said):
        yield group, Before(story, group[0].start, lambda: mentions)
        days = [core for core in group if core.rule.rank > Rank.LENGTH]
        if days:
            start = lead_start(story.text, days[0].start, mentions[-1].end if mentions else story.floor)
            mentions.append(_mention(story, (start, days[-1].end), days, lambda: mentions))


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
    story = Story.of(text, anchor, header)
    cores = find_cores(text, start, end)
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
    """Tell whether two expressions make one time: an hour and its day, a weekday and its week, a range."""
    between = text[last.end : core.start]
    if last.rule.rank == core.rule.rank:
        return last.rule.name == core.rule.name and core.rule.rank > Rank.LENGTH and is_joint(between)
    low, high = sorted((last, core), key=lambda one: one.rule.rank)
    if low.rule.rank == Rank.CLOCK:
        return high.rule.rank >= Rank.PERIOD and is_glue(between)
    if low.rule.name == "so-far":
        return is_glue(between)
    week = core.rule.name == "period" or (core.rule.name == "ago" and core.found["way"].lower() == "ago")
    return last.rule.name == "weekday" and week and between.strip() in {"", "of"}


def _mention(
    story: Story, span: tuple[int, int], cores: Sequence[Core], mentions: Callable[[], Sequence[TimeMention]]
) -> TimeMention:
    start, end = span
    told = Before(story, start, mentions)
    reading = resolve_cores(
        story.text, start, end, cores, anchor=story.anchor, reference=told.last, beside=told.beside
    )
    return TimeMention(
        start=start,
        end=end,
        first=reading.first.isoformat() if reading.first else None,
        last=reading.last.isoformat() if reading.last else None,
        precision=_precision(reading),
        rests_on=told.rests_on(reading),
    )


def _told_before(story: Story, start: int) -> list[TimeMention]:
    """Find the times in the text before a place, with offsets into the whole."""
    floor = story.reach(start)
    return [
        replace(found, start=floor + found.start, end=floor + found.end)
        for found in find_times(story.text[floor:start], story.anchor)
    ]


def _precision(reading: Reading) -> TimePrecision:
    if reading.first is None and reading.last is None:
        return "unknown"
    if reading.first is None or reading.last is None:
        return "day"
    days = (reading.last - reading.first).days + 1
    if days == 1:
        return "hour" if reading.clocked else "day"
    return "week" if days <= _FORTNIGHT else "month" if days <= _MONTH else "year"
