"""The words of the grammar of numbers: cardinals, scales, vague amounts, qualifiers.

Bounds are those of the codebook, section 3. All words are in lower case; the
tokenizer folds the text before they are looked up.
"""

from __future__ import annotations

from enum import Enum, auto

__all__ = [
    "ARTICLES",
    "DEGREES",
    "DOZEN",
    "FEW",
    "FILLERS",
    "FRACTION_WORDS",
    "HUNDRED",
    "IDIOMS_OF_NO",
    "LOOSE_SUFFIXES",
    "ORDINAL_UNITS",
    "PLURALS",
    "QUALIFIERS",
    "SCALES",
    "SHORT_SCALES",
    "SUFFIXES",
    "TENS",
    "UNITS",
    "Bound",
    "Phrases",
    "split_words",
]


class Bound(Enum):
    """What a qualifier does to the bounds of the number it stands with."""

    AT_LEAST = auto()
    MORE_THAN = auto()
    AT_MOST = auto()
    FEWER_THAN = auto()
    ABOUT = auto()
    PLAIN = auto()


def split_words(row: str) -> list[str]:
    """Cut a row of words apart."""
    return row.split()


UNITS = {
    word: value
    for value, word in enumerate(
        split_words(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
            "fifteen sixteen seventeen eighteen nineteen"
        )
    )
}
TENS = {
    word: 10 * value
    for value, word in enumerate(split_words("twenty thirty forty fifty sixty seventy eighty ninety"), 2)
} | {"fourty": 40}
HUNDRED = 100
DOZEN = 12
# South Asian reports count in lakh and crore.
SCALES = {
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "lakh": 10**5,
    "lakhs": 10**5,
    "crore": 10**7,
    "crores": 10**7,
}
SHORT_SCALES = {"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9}

# `dozens` is at least two dozen, and so on for each: the codebook's own lower bounds.
PLURALS = {
    "tens": 20,
    "dozens": 24,
    "scores": 40,
    "hundreds": 200,
    "thousands": 2 * 10**3,
    "millions": 2 * 10**6,
    "billions": 2 * 10**9,
}
FEW = 3  # `several`, `some`, `a few`, `a number of`: the codebook's lower bound

ARTICLES = frozenset({"a", "an"})
# Words that may stand between a qualifier and its number ("at least another 13").
_FILLERS = "an additional|a further|a total of|another|additional|further|the|all|only|just|exactly"
# Degree words change neither the kind of bound nor its number ("well over 100").
_DEGREES = "just|slightly|well|far|much|considerably|significantly|somewhat|a little|a bit|little|many|even"

_QUALIFIERS = {
    Bound.AT_LEAST: "at least|at the very least|at the least|no fewer than|no less than|not fewer than|"
    "not less than|a minimum of|minimum of|as few as",
    Bound.MORE_THAN: "more than|greater than|larger than|over|above|exceeding|in excess of|upwards of|"
    "upward of|past|north of|beyond",
    Bound.AT_MOST: "up to|as many as|as much as|as high as|at most|at the most|no more than|not more than|"
    "a maximum of|maximum of|not exceeding",
    Bound.FEWER_THAN: "fewer than|less than|under|below",
    Bound.ABOUT: "about|around|roughly|nearly|almost|approximately|approx|approx.|some|estimated|"
    "an estimated|estimated at|estimated to be|close to|nearing|circa|in the region of|barely|"
    "in the neighborhood of|in the neighbourhood of|in the order of|on the order of|perhaps|maybe|"
    "more or less|virtually|practically",
    Bound.PLAIN: "all|a total of|total of|altogether",
}
_SUFFIXES = {
    Bound.AT_LEAST: "or more|or even more|if not more|- plus|+",
    Bound.AT_MOST: "or fewer|or less|or even fewer",
    Bound.ABOUT: "or so|or thereabouts|odd|- odd",
}
_LOOSE = {Bound.AT_LEAST: "at least", Bound.AT_MOST: "at most|at the most"}

ORDINAL_UNITS = frozenset(split_words("first second third fourth fifth sixth seventh eighth ninth"))
FRACTION_WORDS = frozenset(
    split_words(
        "half halves third thirds quarter quarters fourths fifth fifths sixths sevenths eighths ninths "
        "tenth tenths hundredths"
    )
)
# After these `no` denies something other than a count ("no longer", "no doubt").
IDIOMS_OF_NO = frozenset(
    split_words("longer matter doubt later sooner wonder way means idea comment more less")
)


Phrases = dict[str, list[tuple[tuple[str, ...], Bound]]]


def _phrases(rows: dict[Bound, str]) -> Phrases:
    """Sort phrases by their first word, the longest first."""
    table: Phrases = {}
    for bound, row in rows.items():
        for phrase in row.split("|"):
            words = tuple(phrase.split())
            table.setdefault(words[0], []).append((words, bound))
    for entries in table.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return table


FILLERS = _phrases({Bound.PLAIN: _FILLERS})
DEGREES = _phrases({Bound.PLAIN: _DEGREES})
QUALIFIERS = _phrases(_QUALIFIERS)
SUFFIXES = _phrases(_SUFFIXES)
# These qualify the number before them only where no number of their own follows.
LOOSE_SUFFIXES = _phrases(_LOOSE)
