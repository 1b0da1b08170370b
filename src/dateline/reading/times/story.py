"""The text that times stand in: the day they hang on, and the times told before each."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from dateline.reading.calendar import Interval
from dateline.reading.header import Header
from dateline.reading.times.words import Reading
from dateline.record import TimePrecision

__all__ = ["Before", "Story", "TimeMention"]


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

    @property
    def days(self) -> Interval | None:
        """Give first and last day, None where one is open."""
        if self.first is None or self.last is None:
            return None
        return date.fromisoformat(self.first), date.fromisoformat(self.last)


# How far back a time may hang on another ("at 2230", "a day earlier"), in code points.
_REACH = 1500
_SENTENCE_END = re.compile(r"[.!?;][\"”’)]*\s+[A-Z]|\n\s*\n")
# "up from fifteen in 2010", "the worst since 1988": what is told is not of that time.
_COMPARED = re.compile(
    r"\b(?:(?:up|down|compared|as\s+against)\s+(?:from|with|to)|than|unlike|(?:first|worst|worse|best|since\s+the))\b[^.,;]*$",
    re.IGNORECASE,
)
_COMPARED_REACH = 40  # code points
_SHORT = 8  # paragraphs of a text that is one story in any case
_SENTENCES = 1.4  # sentence ends a paragraph in a story, one of them its own


@dataclass(frozen=True, slots=True)
class Story:
    """A text with the day its times hang on and what told that day.

    `floor` is where its body starts; `whole`: it tells one story, so that a
    time may hang on one that was told paragraphs before.
    """

    text: str
    anchor: date | None
    basis: str
    floor: int
    whole: bool

    @classmethod
    def of(cls, text: str, anchor: date | None, header: Header | None) -> Story:
        """Make the story of a text.

        The day of its header is the one it was written on: it serves where no day of publication is known,
        and where it was published later. A header of days to come is in error, and the day of publication
        stands.
        """
        floor = header.end if header else 0
        day = header.day if header else None
        if day is not None and (anchor is None or day < anchor):
            return cls(text, day, "dateline", floor, whole=True)
        return cls(text, anchor, "published", floor, whole=anchor is not None or _is_one(text))

    def reach(self, start: int) -> int:
        """Give how far back a time may hang on another: in a list of pieces within its paragraph."""
        floor = max(0, start - _REACH, self.floor)
        return floor if self.whole else max(floor, self.text.rfind("\n\n", 0, start) + 1)


def _is_one(text: str) -> bool:
    """Tell a story from a list of single sentences that have nothing to do with each other."""
    paragraphs = text.count("\n\n") + 1
    return paragraphs < _SHORT or len(_SENTENCE_END.findall(text)) >= _SENTENCES * paragraphs


@dataclass(slots=True)
class Before:
    """The times told before a place of a story; `used` is the one that a time was found to hang on."""

    story: Story
    start: int
    mentions: Callable[[], Sequence[TimeMention]]
    used: list[TimeMention] = field(default_factory=list)
    day: Interval | None = None

    def within(self, days: Interval | None) -> Before:
        """Give what is told before a part of a time whose day stands beside it."""
        return replace(self, day=days) if days else self

    def last(self, longest: int) -> Interval | None:
        """Give the last time that is closed, no longer than so many days, and not to come."""
        if self.day is not None:
            return self.day
        floor = self.story.reach(self.start)
        for mention in reversed(self.mentions()):
            if mention.start < floor:
                break
            days = mention.days
            if days and (days[1] - days[0]).days < longest and self._may_bear(mention.start, days[0]):
                self.used[:] = [mention]
                return days
        return None

    def beside(self) -> Interval | None:
        """Give the last day told in the same sentence."""
        days = self.last(1)
        if days and self.used and _SENTENCE_END.search(self.story.text, self.used[0].end, self.start):
            self.used.clear()
            return None
        return days

    def _may_bear(self, start: int, first: date) -> bool:
        """Tell whether the story may go on from a time: not one to come, nor one only compared with."""
        past = self.story.anchor is None or first <= self.story.anchor
        return past and not _COMPARED.search(self.story.text, max(0, start - _COMPARED_REACH), start)

    def rests_on(self, reading: Reading) -> tuple[str, ...]:
        """Name what the days of a reading hang on."""
        facts = [self.story.basis] if reading.anchored else []
        if reading.referred and self.used:
            facts += [*self.used[0].rests_on, f"span:{self.used[0].start}-{self.used[0].end}"]
        return tuple(dict.fromkeys(facts))
