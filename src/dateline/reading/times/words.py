"""Pieces of patterns for time expressions, and what every rule gets and gives."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum
from functools import lru_cache
from typing import Literal

from dateline.reading.numbers import read_quantity
from dateline.reading.numbers.lexicon import TENS, UNITS

__all__ = [
    "AMOUNT",
    "CENTURY",
    "ORDINAL",
    "PART_OF_DAY",
    "UNIT",
    "YEAR",
    "Basis",
    "Kind",
    "Rank",
    "Reading",
    "Rule",
    "Setting",
    "amount_of",
    "needs",
    "pattern",
]


Kind = Literal["DATE", "TIME", "DURATION", "SET"]
Basis = Literal["", "anchored", "referred"]  # what the year of a date hangs on


class Rank(IntEnum):
    """How much a kind of expression says: in a phrase that holds several, the highest decides."""

    LENGTH = 0
    CLOCK = 1
    NOW = 2
    YEAR = 3
    MONTH = 4
    PERIOD = 5
    DAY = 6
    DATE = 7


@dataclass(frozen=True, slots=True)
class Reading:
    """First and last day of an expression, None where open or not known.

    `anchored`: rests on the day of publication; `referred`: rests on the time
    told before; `clocked`: an hour was told too. `kind` and `value` are those of
    TIMEX3 where the days don't give them (a length, a season, `PRESENT_REF`).
    """

    first: date | None = None
    last: date | None = None
    anchored: bool = False
    referred: bool = False
    clocked: bool = False
    kind: Kind = "DATE"
    value: str = ""

    def on(self, basis: Basis) -> Reading:
        """Say what the days rest on."""
        return replace(self, anchored=basis == "anchored", referred=basis == "referred")


@dataclass(frozen=True, slots=True)
class Setting:
    """What an expression is resolved by.

    `anchor`: the day of publication; `reference`: gives the last time told
    before that is no longer than so many days (a function, as finding it costs
    another pass); `future`: the clause speaks of what is to come; `beside`: gives
    the day told before in the same sentence.
    """

    anchor: date | None
    reference: Callable[[int], tuple[date, date] | None]
    future: bool = False
    beside: Callable[[], tuple[date, date] | None] = lambda: None


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of time expression: its pattern and how a match is resolved.

    `needs` names the kinds of words (`triggers.py`) without which it can't
    match. `period` tells that `early`, `late` or `the end of` may narrow it. `resolve`
    gives None where the day can't be known.
    """

    name: str
    rank: Rank
    needs: frozenset[str]
    pattern: re.Pattern[str]
    resolve: Callable[[re.Match[str], Setting], Reading | None]
    period: bool = False


def needs(words: str) -> frozenset[str]:
    """Make the set of the kinds of words that a rule needs, any of them."""
    return frozenset(words.split())


def pattern(source: str) -> re.Pattern[str]:
    """Compile a pattern of whole words that ignores case."""
    return re.compile(rf"(?<![\w/]){source}(?!\w)", re.IGNORECASE)


ORDINAL = r"(?:st|nd|rd|th)?"
CENTURY = r"(?:1[5-9]|20)"
YEAR = rf"{CENTURY}\d\d"
UNIT = (
    r"(?:minutes?|hours?|days?|nights?|weeks?|weekends?|fortnights?|months?|years?|decades?|centur(?:y|ies))"
)
_NUMBER = "|".join([*UNITS, *TENS])
AMOUNT = (
    rf"(?:\d{{1,4}}|(?:a\s+|the\s+)?(?:few|couple(?:\s+of)?)|several|many|half\s+an?|an?"
    rf"|(?:{_NUMBER})(?:[\s-](?:{_NUMBER}))?|a\s+dozen)"
)
PART_OF_DAY = (
    r"(?:(?:early|late|mid|pre-?dawn)[\s-]*)?(?:morning|afternoon|evening|night|noon|midday|midnight|dawn|daybreak"
    r"|sunrise|sunset|dusk|nightfall)"
)


@lru_cache(maxsize=4096)
def amount_of(words: str) -> int | None:
    """Give the number that words state exactly, None for `few` and its like."""
    quantity = read_quantity(words) or read_quantity(f"{words} x")
    if quantity is None or quantity.low != quantity.high:
        return None
    return quantity.low
