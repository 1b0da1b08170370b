"""Read quantities with their bounds: `at least seven`, `between 20 and 30`, `hundreds`.

The rules are those of the codebook, section 3 ("Bounds"). A quantity is a core
(a cardinal, a vague amount or a range) with the qualifiers around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from dateline.reading.numbers.cardinals import Cardinal, read_cardinal, skip_hyphen
from dateline.reading.numbers.lexicon import (
    ARTICLES,
    DEGREES,
    FILLERS,
    FRACTION_WORDS,
    LOOSE_SUFFIXES,
    PLURALS,
    QUALIFIERS,
    SCALES,
    SUFFIXES,
    TENS,
    UNITS,
    Bound,
    Phrases,
    split_words,
)
from dateline.reading.numbers.tokens import Token, Tokens, match_words, tokenize, word_at
from dateline.reading.numbers.vague import SIZES, Amount, read_vague

__all__ = ["Quantity", "find_quantities"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its bounds; `low` or `high` is None where the text leaves it open.

    `start` and `end` are code point offsets, end exclusive, and take in the
    qualifier ("at least seven"), but not `another` or `more`.
    """

    start: int
    end: int
    low: int | None
    high: int | None
    approximate: bool


# A toll that "rose from 30 to 45" is two numbers, no range.
_CHANGES = frozenset(
    split_words(
        "rise rises rose risen rising increase increases increased increasing climb climbs climbed climbing "
        "jumped jumps jump grew grows grown up soared surged swelled swollen doubled fell fall falls fallen "
        "dropped drop drops decreased down revised revises revising raised raises raise raising lowered "
        "lowers lowering cut reduced reduces changed updated went goes moved"
    )
)
_CHANGE_WINDOW = 6  # tokens before `from` in which it may stand: "raised its count of the wounded from"
_BETWEEN = (("anywhere", "between"), ("somewhere", "between"), ("between",))
_FROM = (("anywhere", "from"), ("from",))
_DASHES = frozenset("-–")


def find_quantities(text: str) -> list[Quantity]:
    """Find every quantity of a text: the longest at each place, none overlapping, in order.

    Numbers of every kind are found; `is_count_context` tells counts from dates,
    ages, money and the like.
    """
    return list(_quantities(tokenize(text))) if _may_hold_any(text) else []


def _may_hold_any(text: str) -> bool:
    """Tell whether a text has a digit or a word of number at all: half of all sentences have none."""
    return bool(_DIGIT.search(text)) or not _NUMBER_WORDS.isdisjoint(_LETTERS.findall(text.casefold()))


def _quantities(tokens: Tokens) -> Iterator[Quantity]:
    index = 0
    while index < len(tokens):
        if not _may_begin(tokens[index]):
            index += 1
            continue
        amount = _qualified(tokens, index)
        if amount is None:
            index += 1
            continue
        first, last = tokens[index], tokens[amount.after - 1]
        yield Quantity(first.start, last.end, amount.low, amount.high, amount.approximate)
        index = amount.after


# The words with which a quantity may begin: nine words in ten are none of them and cost one look-up.
_STARTERS = frozenset(
    {
        *QUALIFIERS,
        *DEGREES,
        *UNITS,
        *TENS,
        *SCALES,
        *PLURALS,
        *ARTICLES,
        *SIZES,
        *split_words(
            "hundred dozen half quarter third no not nobody none many literally several some few both"
        ),
        *split_words("between from anywhere somewhere"),
    }
)


# Without one of these words or a digit no phrase of the grammar is a number.
_NUMBER_WORDS = frozenset(
    {
        *UNITS,
        *TENS,
        *SCALES,
        *PLURALS,
        *FRACTION_WORDS,
        *split_words(
            "hundred dozen couple few several some many handful number numbers score no not nobody none"
        ),
        *split_words("both pair single trio"),
    }
)
_DIGIT, _LETTERS = re.compile(r"\d"), re.compile(r"[^\W\d_]+")


def _may_begin(token: Token) -> bool:
    return token.value is not None or token.text in _STARTERS


def _qualified(tokens: Tokens, index: int, *, inner: bool = False) -> Amount | None:
    """Read qualifiers and what they qualify; fillers only inside ("at least another 13")."""
    for after, bound in _qualifiers_at(tokens, index):
        amount = _qualified(tokens, after, inner=True)
        if amount is not None:
            return _bounded(amount, bound)
    if inner and (after := _longest(tokens, index, FILLERS)[0]) > index:
        amount = _qualified(tokens, after, inner=True)
        if amount is not None:
            return amount
    amount = _core(tokens, index)
    return _suffixed(tokens, amount) if amount is not None else None


def _qualifiers_at(tokens: Tokens, index: int) -> Iterator[tuple[int, Bound]]:
    """Yield the qualifier at a place, with the degree word before it if there is one."""
    after, bound = _longest(tokens, index, QUALIFIERS)
    if after > index and not _is_preposition_of_time(tokens, index):
        yield after, bound
    place = _longest(tokens, index, DEGREES)[0]
    if place > index:
        after, bound = _longest(tokens, place, QUALIFIERS)
        if after > place and bound in {Bound.MORE_THAN, Bound.FEWER_THAN}:
            yield after, bound


def _is_preposition_of_time(tokens: Tokens, index: int) -> bool:
    """Tell whether `past` belongs to a time ("the past two years") and not to the number."""
    before = word_at(tokens, index - 1)
    return word_at(tokens, index) == "past" and before in {"the", "this", "these", "half", "quarter"}


def _longest(tokens: Tokens, index: int, phrases: Phrases) -> tuple[int, Bound]:
    """Find the longest of the phrases that stands at a place: the index after it, and its bound."""
    for words, bound in phrases.get(word_at(tokens, index), ()):
        if match_words(tokens, index, words):
            return index + len(words), bound
    return index, Bound.PLAIN


def _bounded(amount: Amount, bound: Bound) -> Amount:
    """Apply a qualifier to bounds."""
    low, high = amount.low, amount.high
    match bound:
        case Bound.AT_LEAST:
            return replace(amount, high=None)
        case Bound.MORE_THAN:
            return replace(amount, low=None if low is None else low + 1, high=None)
        case Bound.AT_MOST:
            return replace(amount, low=None)
        case Bound.FEWER_THAN:
            return replace(amount, low=None, high=None if high is None else max(high - 1, 0))
        case Bound.ABOUT:
            return replace(amount, approximate=True)
    return amount


def _suffixed(tokens: Tokens, amount: Amount) -> Amount:
    """Apply what stands behind the number ("or more", "or so", "+")."""
    after, bound = _longest(tokens, amount.after, SUFFIXES)
    if after == amount.after:
        after, bound = _longest(tokens, amount.after, LOOSE_SUFFIXES)
        if after > amount.after and _core(tokens, after) is not None:
            return amount
    if after == amount.after:
        return amount
    return replace(_bounded(amount, bound), after=after)


def _core(tokens: Tokens, index: int) -> Amount | None:
    return _bracketed(tokens, index) or _pair(tokens, index) or _single(tokens, index)


def _single(tokens: Tokens, index: int) -> Amount | None:
    amount = read_vague(tokens, index)
    if amount is not None:
        return amount
    number = read_cardinal(tokens, index)
    return None if number is None else _exact(number)


def _exact(number: Cardinal) -> Amount:
    return Amount(number.after, int(number.value), int(number.value), scale=number.scale)


def _bracketed(tokens: Tokens, index: int) -> Amount | None:
    """Read `between 20 and 30` and `from 10 to 15`."""
    for words in _BETWEEN:
        if match_words(tokens, index, words):
            return _range(tokens, index + len(words), {"and", "to"})
    for words in _FROM:
        if match_words(tokens, index, words) and not _tells_change(tokens, index):
            return _range(tokens, index + len(words), {"to"})
    return None


def _tells_change(tokens: Tokens, index: int) -> bool:
    return any(word_at(tokens, index - step) in _CHANGES for step in range(1, _CHANGE_WINDOW + 1))


def _pair(tokens: Tokens, index: int) -> Amount | None:
    """Read `10 to 15`, `20-30`, `four or five`."""
    if word_at(tokens, index - 1) == "from":
        return None
    return _range(tokens, index, {"to", "or"} | _DASHES)


def _range(tokens: Tokens, index: int, joints: set[str] | frozenset[str]) -> Amount | None:
    """Read two cardinals joined by a word or a dash; None unless the second is the larger."""
    lower = read_cardinal(tokens, index)
    if lower is None or word_at(tokens, lower.after) not in joints:
        return None
    if word_at(tokens, lower.after) == "-" and skip_hyphen(tokens, lower.after) == lower.after:
        return None
    start = lower.after + 1
    if word_at(tokens, start) in ARTICLES and word_at(tokens, start + 1) not in {"hundred", "dozen"}:
        return None
    upper = read_cardinal(tokens, start)
    if upper is None:
        return None
    low = _shared_scale(lower, upper)
    if low >= upper.value:
        return None
    return Amount(upper.after, int(low), int(upper.value), scale=upper.scale)


def _shared_scale(lower: Cardinal, upper: Cardinal) -> Decimal:
    """Give the lower number the scale of the upper one ("two to three million")."""
    if lower.scale == 1 and upper.scale > 1 and lower.value < upper.value / upper.scale:
        return lower.value * upper.scale
    return lower.value
