"""Read amounts without a number: `dozens`, `several hundred`, `a few`, `none`, `both`."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.reading.numbers.cardinals import multiplier, skip_hyphen
from dateline.reading.numbers.lexicon import ARTICLES, FEW, IDIOMS_OF_NO, PLURALS, SCALES, split_words
from dateline.reading.numbers.tokens import Tokens, match_words, word_at

__all__ = ["SIZES", "Amount", "read_vague"]


@dataclass(frozen=True, slots=True)
class Amount:
    """Bounds of an amount and the index of the token after it."""

    after: int
    low: int | None
    high: int | None
    approximate: bool = False
    scale: int = 1


_NOBODY = (("no", "one"), ("no", "-", "one"), ("not", "one"), ("not", "a", "single"), ("nobody",), ("none",))
# Adjectives with which `a number of` still says no more than several.
SIZES = frozenset(
    split_words(
        "large small growing limited great considerable substantial significant certain huge good big "
        "sizable sizeable"
    )
)
_FIXED = {("both",): 2, ("a", "pair"): 2, ("a", "single"): 1, ("a", "trio"): 3}


def read_vague(tokens: Tokens, index: int) -> Amount | None:
    """Read the amount at a place, its bounds by the codebook, section 3."""
    for reader in (_nothing, _plural, _few, _couple, _fixed, _number_of):
        amount = reader(tokens, index)
        if amount is not None:
            return amount
    return None


def _of(tokens: Tokens, index: int) -> int:
    return index + 1 if word_at(tokens, index) == "of" else index


def _nothing(tokens: Tokens, index: int) -> Amount | None:
    for words in _NOBODY:
        if match_words(tokens, index, words):
            return Amount(index + len(words), 0, 0)
    if word_at(tokens, index) != "no":
        return None
    following = word_at(tokens, index + 1)
    counts = following.isalnum() and following not in IDIOMS_OF_NO
    return Amount(index + 1, 0, 0) if counts or len(tokens) == 1 else None


def _plural(tokens: Tokens, index: int) -> Amount | None:
    """Read `hundreds`, `many thousands`, `tens of thousands`, `millions and millions`."""
    place = index + 1 if word_at(tokens, index) in {"many", "literally"} else index
    word = word_at(tokens, place)
    if word not in PLURALS:
        return None
    low, after = PLURALS[word], place + 1
    if match_words(tokens, after, ("and", word)) or match_words(tokens, after, ("upon", word)):
        after += 2
    larger = word_at(tokens, after + 1)
    if word_at(tokens, after) == "of" and SCALES.get(larger.removesuffix("s")) and larger in PLURALS:
        low, after = low * SCALES[larger.removesuffix("s")], after + 2
    return Amount(after, low, None, True)


def _few(tokens: Tokens, index: int) -> Amount | None:
    """Read `several`, `some`, `a few`, and with a scale word `several hundred`, `a few thousand`."""
    article = word_at(tokens, index) in ARTICLES
    place = index + 1 if article else index
    word = word_at(tokens, place)
    if not (word in {"several", "some"} and not article) and word != "few":
        return None
    after, product = _scale(tokens, place + 1)
    if product > 1:
        return Amount(after, FEW * product, None, True, product)
    if word == "few":
        # The codebook gives `a few` a lower bound and doesn't call it approximate.
        return Amount(after, FEW, None) if article else None
    return Amount(after, FEW, None, True)


def _scale(tokens: Tokens, index: int) -> tuple[int, int]:
    """Read a scale after `several`: singular ("hundred thousand") or plural ("hundreds")."""
    after, product = multiplier(tokens, skip_hyphen(tokens, index))
    if product > 1:
        return after, product
    word = word_at(tokens, index)
    if word in PLURALS and word not in {"tens", "scores"}:
        return index + 1, PLURALS[word] // 2
    return index, 1


def _couple(tokens: Tokens, index: int) -> Amount | None:
    if not match_words(tokens, index, ("a", "couple")):
        return None
    after, product = multiplier(tokens, _of(tokens, index + 2))
    if product > 1:
        return Amount(after, 2 * product, 2 * product, True, product)
    return Amount(index + 2, 2, 2)


def _fixed(tokens: Tokens, index: int) -> Amount | None:
    for words, value in _FIXED.items():
        if match_words(tokens, index, words):
            return Amount(index + len(words), value, value)
    return None


def _number_of(tokens: Tokens, index: int) -> Amount | None:
    """Read `a number of`, `a large number of`, `large numbers of`, `a handful of`."""
    place = index + 1 if word_at(tokens, index) in ARTICLES else index
    if place > index and word_at(tokens, place) == "handful":
        return Amount(place + 1, FEW, None, True)
    sized = word_at(tokens, place) in SIZES
    place += sized
    singular = match_words(tokens, place, ("number", "of")) and word_at(tokens, index) in ARTICLES
    if singular or (sized and match_words(tokens, place, ("numbers", "of"))):
        return Amount(place + 2, FEW, None, True)
    return None
