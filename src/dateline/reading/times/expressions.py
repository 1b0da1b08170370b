"""Times as TimeML has them: the extent, type and value of each TIMEX3 of a text.

TimeML 1.2.1 (Saurí et al. 2006, "TimeML Annotation Guidelines"): the extent leaves the preposition out and
keeps what narrows or weighs the time (`early 2012`, `more than two weeks`); two times that a word joins are
two; a length, what recurs and `now` are times too. The record's times (`find_times`) are made from the
same expressions, but hold days alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dateline.reading.calendar import Interval
from dateline.reading.header import Header
from dateline.reading.times.cores import Core, is_joint
from dateline.reading.times.find import walk
from dateline.reading.times.resolve import main_of, part_before, read_plain
from dateline.reading.times.story import Before, Story
from dateline.reading.times.values import calendar_value, clock_of, duration_value, singular
from dateline.reading.times.words import Kind, Rank, Reading, amount_of

__all__ = ["TimeExpression", "find_expressions"]


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A TIMEX3: code point offsets, end exclusive, its type, value and `mod` (empty where it has none)."""

    start: int
    end: int
    type: Kind
    value: str
    mod: str = ""


_PREPOSITION = re.compile(
    r"(?:(?:on|in|at|by|until|till|since|from|during|of|for|after|before|within|over|throughout|through"
    r"|following|as\s+of|up\s+to|to|between|around|about|shortly|just)\s+)+(?=\S)",
    re.IGNORECASE,
)
# What stands before a time and belongs to it.
_BEFORE = re.compile(
    r"(?<![\w-])(?:(?:(?:the\s+)?(?:very\s+)?(?:beginning|start|end|middle|rest|close|first\s+half|second\s+half"
    r"|morning|afternoon|evening|night|week|month|summer|winter|spring|autumn|fall)\s+of\s+"
    r"(?:the\s+)?)|(?:the\s+)?(?:early|late|mid|earlier|later)[\s-]+(?:(?:on|in)\s+)?(?:the\s+)?|the\s+)+$",
    re.IGNORECASE,
)
_WINDOW = 60  # code points; what belongs to a time stands this near before it
_ARTICLE = re.compile(r"(?:(?:the|an?)\s+)?", re.IGNORECASE)
# A possessive, and what ties a length to a happening ("two days after the coup").
_TAIL = re.compile(r"(?:['’]s|\s+(?:after|before))$", re.IGNORECASE)
_MODS = {
    "early": "START", "beginning of": "START", "start of": "START", "mid": "MID", "middle of": "MID",
    "late": "END", "end of": "END", "close of": "END",
}  # fmt: skip
_WEIGHT = re.compile(
    r"(?P<MORE_THAN>(?<!no )(?<!not )more\s+than|over)"
    r"|(?P<LESS_THAN>(?:less|fewer)\s+than|nearly|almost|under)|(?P<EQUAL_OR_MORE>at\s+least)|(?P<EQUAL_OR_LESS>at\s+most|up\s+to|no\s+more\s+than)"
    r"|(?P<APPROX>about|around|roughly|approximately|some)\b",
    re.IGNORECASE,
)
_RANGE = re.compile(r"([\d-]{10})/([\d-]{10})")
_FROM_NOW = re.compile(r"\s+from\s+(now)$", re.IGNORECASE)
_UNKNOWN_DAY = "XXXX-XX-XX"


def find_expressions(text: str, anchor: date | None, *, header: Header | None = None) -> list[TimeExpression]:
    """Find every TIMEX3 of a text, in order; `anchor` is the day of publication, as in `find_times`."""
    story = Story.of(text, anchor, header)
    out: list[TimeExpression] = []
    for group, told in walk(story, []):
        for cores in _parts(text, group):
            span = _extent(text, cores, out[-1].end if out else story.floor)
            out += _expressions(story, span, cores, told.within(_day_of(story, span, group, cores, told)))
    return out


def _parts(text: str, group: Sequence[Core]) -> Iterator[list[Core]]:
    """Part a group at what joins two times ("Monday to Friday", "Sunday night at 8 p.m.")."""
    part: list[Core] = []
    for core in group:
        if part and _parted(text[part[-1].end : core.start], part[-1], core):
            yield part
            part = []
        part.append(core)
    if part:
        yield part


def _day_of(
    story: Story, span: tuple[int, int], group: Sequence[Core], cores: Sequence[Core], told: Before
) -> Interval | None:
    """Give the day that a clock's group tells beside it, None for other parts."""
    days = [core for core in group if core not in cores and core.rule.rank >= Rank.PERIOD]
    if main_of(cores).rule.rank != Rank.CLOCK or not days:
        return None
    reading = read_plain(story.text, span, days, anchor=story.anchor, told=told)
    return (reading.first, reading.last) if reading and reading.first and reading.last else None


def _parted(between: str, a: Core, b: Core) -> bool:
    day_first = b.rule.rank == Rank.CLOCK and _PREPOSITION.match(between.strip() + " x") is not None
    return day_first or a.rule.name == b.rule.name or is_joint(between)


def _expressions(
    story: Story, span: tuple[int, int], cores: Sequence[Core], told: Before
) -> Iterator[TimeExpression]:
    """Yield the TIMEX3 of one part: two of a range ("2009-10") and of what counts from now."""
    main = main_of(cores)
    made = _expression(story, span, cores, told)
    if made is None:
        return
    second = next((name for name in ("y2", "d2") if main.found.groupdict().get(name)), "")
    if second and (both := _RANGE.fullmatch(made.value)):
        joint = main.found.start(second)
        first_end = main.found.end(second[0])
        yield replace(made, end=first_end, value=both[1][:4] if second == "y2" else both[1])
        yield replace(made, start=joint, value=both[2][:4] if second == "y2" else both[2])
    elif now := _FROM_NOW.search(story.text, *span):
        length = duration_value(amount_of(main.found["n"] or "some"), singular(main.found["u"]))
        yield TimeExpression(span[0], now.start(), "DURATION", length)
        yield TimeExpression(now.start(1), now.end(1), "DATE", "PRESENT_REF")
    else:
        yield made


def _extent(text: str, cores: Sequence[Core], floor: int) -> tuple[int, int]:
    start, end = cores[0].start, cores[-1].end
    lead = _PREPOSITION.match(text, start, end)
    if lead and not _WEIGHT.match(text, start) and cores[0].rule.rank > Rank.LENGTH:
        start = lead.end()
    else:
        before = _BEFORE.search(text[max(floor, start - _WINDOW) : start])
        start -= len(before[0]) if before else 0
    if cores[0].rule.name == "length" and "-" in cores[0].found[0]:
        start = _past_article(text, start, end)  # the "four-day siege"
    tail = _TAIL.search(text, start, end)
    return start, tail.start() if tail else end


def _past_article(text: str, start: int, end: int) -> int:
    found = _ARTICLE.match(text, start, end)
    return found.end() if found else start


def _expression(
    story: Story, span: tuple[int, int], cores: Sequence[Core], told: Before
) -> TimeExpression | None:
    main = main_of(cores)
    reading = read_plain(story.text, span, cores, anchor=story.anchor, told=told)
    if reading is None:
        reading, span = _length_of(main), (span[0], _before_way(main, span[1]))
    kind, value = _timex(story.text, span, cores, reading)
    if not value:
        return None
    return TimeExpression(*span, kind, value, _mod(story.text, span, main))


def _before_way(core: Core, end: int) -> int:
    """Give where a length ends before the word that says which way it counts (`later`)."""
    return core.found.start("way") - 1 if core.rule.name == "ago" else end


def _length_of(core: Core) -> Reading:
    """Give the length that a time is told by ("a month later") where it isn't known from when."""
    if core.rule.name != "ago":
        return Reading()
    length = duration_value(amount_of(core.found["n"] or "some"), singular(core.found["u"]))
    return Reading(kind="DURATION", value=length)


def _timex(text: str, span: tuple[int, int], cores: Sequence[Core], reading: Reading) -> tuple[Kind, str]:
    """Give type and value; a time of day goes behind the day that it was told with."""
    if reading.kind in {"DURATION", "SET"}:
        return reading.kind, reading.value
    clock = next((clock_of(c.found[0]) for c in cores if c.rule.rank == Rank.CLOCK), "")
    clock = clock or (reading.value if reading.value.startswith("T") else "")
    if clock and not (reading.first and reading.first != reading.last):
        return "TIME", (reading.first.isoformat() if reading.first else _UNKNOWN_DAY) + clock
    if reading.value and not reading.value.startswith("T"):
        return reading.kind, reading.value
    if reading.first is None or reading.last is None:
        return "DATE", ""
    if reading.first == reading.last and (part := clock_of(text[span[0] : cores[0].start])).startswith("T"):
        return "TIME", reading.first.isoformat() + part
    return "DATE", calendar_value(reading.first, reading.last)


def _mod(text: str, span: tuple[int, int], core: Core) -> str:
    weight = _WEIGHT.match(text, span[0], span[1])
    if weight and core.rule.rank == Rank.LENGTH:
        return str(weight.lastgroup)
    return _MODS.get(part_before(text, span[0], core), "")
