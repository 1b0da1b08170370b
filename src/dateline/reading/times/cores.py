"""Find the expressions that a time is made of, and what stands before them."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass

from dateline.reading.times.absolute import ABSOLUTE
from dateline.reading.times.lengths import LENGTHS
from dateline.reading.times.named import NAMED
from dateline.reading.times.relative import RELATIVE
from dateline.reading.times.triggers import Triggers
from dateline.reading.times.words import Rule

__all__ = ["Core", "find_cores", "is_glue", "is_joint", "lead_start", "says_year"]


@dataclass(frozen=True, slots=True)
class Core:
    """A match of a rule."""

    start: int
    end: int
    rule: Rule
    found: re.Match[str]


_RULES = (*NAMED, *ABSOLUTE, *RELATIVE, *LENGTHS)  # of two that match alike the first wins
_LEAD_WORD = (
    r"(?:on|in|at|since|until|till|by|during|from|over|within|for|through|throughout|after|before|around|about"
    r"|approximately|shortly|just|early|late|earlier|later|sometime|as\s+of|beginning|starting|between|both|the|mid"
    r"|the\s+(?:night|morning|afternoon|evening|month|week|beginning|start|end|middle|rest|close|(?:first|second)\s+half)\s+of)"
    r"(?:\s+|-)"
)
_LEAD = re.compile(rf"(?<![\w-])(?:{_LEAD_WORD}){{1,5}}$", re.IGNORECASE)
_LEAD_WINDOW = 60  # code points; longer leads ("shortly after the beginning of") don't come
_GLUE = re.compile(
    rf"(?:\s*,)?\s*(?:[\[(]\s*)?(?:{_LEAD_WORD})*(?:(?:local\s+time|gmt|time)\s*,?\s*)?(?:on\s+|the\s+)*",
    re.IGNORECASE,
)
_JOINT = re.compile(
    r"\s*(?:to|and|or|until|till|through|-|–)\s*(?:(?:the|on|early|late|in|at)\s+)*", re.IGNORECASE
)
# Words before which a number is no count, and those that go with both.
_YEAR_BEFORE = re.compile(
    r"(?:\b(?:in|since|until|till|by|during|years?|early|late|mid|before|after|the|circa|sometime|spring|summer"
    r"|autumn|fall|winter)|[(–-])\s*$",
    re.IGNORECASE,
)
_MAYBE_BEFORE = re.compile(r"\b(?:from|of|to|through|between|around|about|and|or)\s*$", re.IGNORECASE)
_COUNTED = re.compile(
    r"\s+(?:people|persons|men|women|children|soldiers|troops|cases|others|of\s+them)\b", re.IGNORECASE
)
_PLURAL = re.compile(r"\s+(?:[a-z]+\s+)?[a-z]{2,}s\b(?<!\bwas)(?<!\bhas)(?<!\bthis)(?<!\bits)(?<!\bas)")
# A word in small letters that asks for no number: "the group's 2011 pledge", but not "killed 2000".
_PLAIN_BEFORE = re.compile(r"(?:['’]s|['’]|\b(?:a|an|its|their|his|her|our|this|that|another))\s$")
_MODERN = range(1900, 2050)


def find_cores(text: str, start: int, end: int) -> list[Core]:
    """Find the expressions between two places, none overlapping, in order.

    Of two the longer wins, and one that tells days wins over a length.
    """
    matches = sorted(_matches(text, start, end), key=_weight)
    taken: list[Core] = []
    for core in matches:
        place = bisect(taken, core.start, key=lambda other: other.start)
        clear_before = place == 0 or taken[place - 1].end <= core.start
        if clear_before and (place == len(taken) or core.end <= taken[place].start):
            taken.insert(place, core)
    return taken


def _weight(core: Core) -> tuple[bool, int, int]:
    return core.rule.name == "length", core.start - core.end, -core.rule.rank


def _matches(text: str, start: int, end: int) -> Iterator[Core]:
    triggers = Triggers(text, start, end)
    for rule in _RULES:
        for first, last in triggers.stretches(rule.needs):
            for found in rule.pattern.finditer(text, first, last):
                yield Core(found.start(), found.end(), rule, found)


def says_year(text: str, core: Core) -> bool:
    """Tell whether a four-digit number is a year by what stands around it."""
    if core.found["y2"]:
        return True
    before, after = text[max(0, core.start - 20) : core.start], text[core.end : core.end + 30]
    if _COUNTED.match(after):
        return False
    if _YEAR_BEFORE.search(before):
        return True
    if _MAYBE_BEFORE.search(before):
        return not _PLURAL.match(after)
    return int(core.found["y"]) in _MODERN and bool(_PLAIN_BEFORE.search(before)) and not _PLURAL.match(after)


def lead_start(text: str, start: int, floor: int) -> int:
    """Give where the words that lead into a time begin ("early on", "since the end of")."""
    found = _LEAD.search(text[max(floor, start - _LEAD_WINDOW) : start])
    if found is None:
        return start
    words = found[0]
    skipped = re.match(r"(?:(?:the|for|just|both)\s+)+$", words, re.IGNORECASE)
    return start if skipped else start - len(words)


def is_glue(between: str) -> bool:
    """Tell whether two expressions with this between them make one time ("9 p.m. on Monday")."""
    return _GLUE.fullmatch(between) is not None


def is_joint(between: str) -> bool:
    """Tell whether two expressions with this between them make a range ("Monday to Friday")."""
    return _JOINT.fullmatch(between) is not None
