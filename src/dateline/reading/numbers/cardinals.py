"""Read cardinal numbers: `37`, `12.5 million`, `one hundred and five`, `half a dozen`."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from dateline.reading.numbers.lexicon import (
    ARTICLES,
    DOZEN,
    FRACTION_WORDS,
    HUNDRED,
    ORDINAL_UNITS,
    SCALES,
    TENS,
    UNITS,
)
from dateline.reading.numbers.tokens import Tokens, match_words, word_at

__all__ = ["Cardinal", "multiplier", "read_cardinal", "skip_hyphen"]


@dataclass(frozen=True, slots=True)
class Cardinal:
    """A number and the index of the token after it; `scale` is that of its last scale word."""

    after: int
    value: Decimal
    scale: int = 1


def skip_hyphen(tokens: Tokens, index: int) -> int:
    """Step over a hyphen that joins two words ("twenty-three")."""
    if (
        word_at(tokens, index) == "-"
        and index + 1 < len(tokens)
        and tokens[index].start == tokens[index - 1].end
    ):
        return index + 1
    return index


def multiplier(tokens: Tokens, index: int) -> tuple[int, int]:
    """Read `hundred`, `dozen` and scale words at a place: the index after them and their product."""
    product = 1
    while True:
        place = skip_hyphen(tokens, index) if product > 1 else index
        word = word_at(tokens, place)
        step = {"hundred": HUNDRED, "dozen": DOZEN}.get(word) or SCALES.get(word)
        if not step or (product > 1 and word in {"hundred", "dozen"}):
            return index, product
        index, product = place + 1, product * step


def read_cardinal(tokens: Tokens, index: int) -> Cardinal | None:
    """Read the longest cardinal at a place; None for ordinals, fractions and decimals."""
    found = _halved(tokens, index) or _digits(tokens, index) or _spelled(tokens, index)
    if found is None or found.value != int(found.value):
        return None
    return None if _is_part(tokens, found) else found


def _digits(tokens: Tokens, index: int) -> Cardinal | None:
    value = tokens[index].value if index < len(tokens) else None
    if value is None:
        return None
    if tokens[index].scaled:
        return Cardinal(index + 1, value, 10**3)
    after, product = multiplier(tokens, skip_hyphen(tokens, index + 1))
    return Cardinal(after if product > 1 else index + 1, value * product, product)


def _halved(tokens: Tokens, index: int) -> Cardinal | None:
    """Read `half a million`, `a half dozen`, `a quarter of a million`, `half-million`."""
    place = index + 1 if word_at(tokens, index) in ARTICLES else index
    share = {"half": Decimal("0.5"), "quarter": Decimal("0.25")}.get(word_at(tokens, place))
    if share is None:
        return None
    place = skip_hyphen(tokens, place + 1)
    if word_at(tokens, place) == "of":
        place += 1
    if word_at(tokens, place) in ARTICLES:
        place = skip_hyphen(tokens, place + 1)
    after, product = multiplier(tokens, place)
    return Cardinal(after, share * product, product) if product > 1 else None


def _spelled(tokens: Tokens, index: int) -> Cardinal | None:
    """Add up parts of falling scale: `two million`, `three hundred thousand`, `and five`."""
    total, after, limit, largest = Decimal(0), index, Decimal("Infinity"), 1
    while limit > 1:
        part = _scaled(tokens, after if after == index else _past_and(tokens, after))
        if part is None or part.value >= limit:
            break
        total, after, largest = total + part.value, part.after, max(largest, part.scale)
        limit = Decimal(part.scale if part.scale > HUNDRED else 1)
    return Cardinal(after, total, largest) if after > index else None


def _scaled(tokens: Tokens, index: int) -> Cardinal | None:
    """Read a group of hundreds with its scale word, if it has one."""
    group = _group(tokens, index)
    if group is None:
        return None
    place, value, dozens = group
    if dozens:
        return Cardinal(place, value, DOZEN)
    scale = _scale(tokens, place)
    after = place if scale == 1 else skip_hyphen(tokens, place) + 1
    return Cardinal(*_and_a_half(tokens, after, value, scale), scale)


def _scale(tokens: Tokens, index: int) -> int:
    """Give the scale word at a place, over a hyphen too ("four-thousand"), or 1."""
    return SCALES.get(word_at(tokens, skip_hyphen(tokens, index)), 1)


def _past_and(tokens: Tokens, index: int) -> int:
    """Step over the `and` or the hyphen inside a spelled number."""
    return index + 1 if word_at(tokens, index) == "and" else skip_hyphen(tokens, index)


def _and_a_half(tokens: Tokens, index: int, value: Decimal, step: int) -> tuple[int, Decimal]:
    """Add the half of `two and a half million` and of `a million and a half`."""
    half = match_words(tokens, index, ("and", "a", "half"))
    if step > 1:
        return (index + 3, (value + Decimal("0.5")) * step) if half else (index, value * step)
    later = _scale(tokens, index + 3) if half else 1
    return (index + 4, (value + Decimal("0.5")) * later) if later > 1 else (index, value)


def _group(tokens: Tokens, index: int) -> tuple[int, Decimal, bool] | None:
    """Read what may stand before a scale word: up to 1,999 ("twelve hundred"), or some dozen."""
    word = word_at(tokens, index)
    if word in ARTICLES or word in {"hundred", "dozen"} or word in SCALES:
        place, value = (index + 1 if word in ARTICLES else index), 1
        if not (word_at(tokens, place) in {"hundred", "dozen"} or word_at(tokens, place) in SCALES):
            return None
    elif (small := _under_hundred(tokens, index)) is not None:
        place, value = small
    else:
        return None
    following = skip_hyphen(tokens, place)
    if word_at(tokens, following) == "dozen":
        return following + 1, Decimal(value * DOZEN), True
    if word_at(tokens, following) != "hundred":
        return place, Decimal(value), False
    rest = _under_hundred(tokens, _past_and(tokens, following + 1))
    if rest is not None and rest[1]:
        return rest[0], Decimal(value * HUNDRED + rest[1]), False
    return following + 1, Decimal(value * HUNDRED), False


def _under_hundred(tokens: Tokens, index: int) -> tuple[int, int] | None:
    word = word_at(tokens, index)
    if word in UNITS:
        return index + 1, UNITS[word]
    if word not in TENS:
        return None
    unit = UNITS.get(word_at(tokens, skip_hyphen(tokens, index + 1)), 0)
    if 1 <= unit <= 9:
        return skip_hyphen(tokens, index + 1) + 1, TENS[word] + unit
    return index + 1, TENS[word]


def _is_part(tokens: Tokens, number: Cardinal) -> bool:
    """Tell whether a number is but the head of an ordinal or a fraction ("twenty-first", "two thirds")."""
    last, place = word_at(tokens, number.after - 1), skip_hyphen(tokens, number.after)
    word, hyphened = word_at(tokens, place), place > number.after
    if word in ORDINAL_UNITS and (hyphened or last in TENS):
        return True
    return word in FRACTION_WORDS and (hyphened or word.endswith("s") or number.value == 1)
