"""Cut a text into the words, numerals and signs that the grammar of numbers reads."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from dateline.reading.numbers.lexicon import SHORT_SCALES

__all__ = ["Token", "Tokens", "match_words", "tokenize", "word_at"]


@dataclass(frozen=True, slots=True)
class Token:
    """A word (in lower case), a numeral with its value, or a sign.

    `start` and `end` are code point offsets, end exclusive. `value` is None for
    all but numerals; `scaled` tells that a numeral bore its scale ("1.2m").
    """

    text: str
    start: int
    end: int
    value: Decimal | None = None
    scaled: bool = False


Tokens = list[Token]

_GROUPS = (
    r"\d{1,3}(?:,\d{3})+(?!\d|,\d)"  # 12,500
    r"|\d{1,2}(?:,\d{2})+,\d{3}(?!\d)"  # 1,50,000
    r"|\d{1,3}(?:[\u00a0\u2009\u202f]\d{3})+(?!\d)"  # 12 500 with a no-break or thin space
)
_TOKEN = re.compile(
    rf"(?P<num>(?P<whole>{_GROUPS}|\d+)(?P<part>\.\d+)?(?P<unit>mn|bn|m|k)?)(?![^\W_])"
    r"|(?P<word>[^\W\d_]+(?:['’][^\W\d_]+)?)(?![\d_])"
    r"|(?P<mixed>\w+)"  # H5N1, 21st, 4am: names and ordinals, no numerals
    r"|(?P<blank>\n[ \t\r]*\n)"
    r"|(?P<sign>\S)",
    re.IGNORECASE,
)
_EUROPEAN_THOUSANDS = re.compile(r"\.\d{3}")  # 1.400 people: no count has thousandths


def _numeral(found: re.Match[str]) -> Token:
    whole = re.sub(r"\D", "", found["whole"])
    part, unit = found["part"] or "", (found["unit"] or "").lower()
    if not unit and _EUROPEAN_THOUSANDS.fullmatch(part) and len(whole) <= 3:
        value = Decimal(whole + part[1:])
    else:
        value = Decimal(whole + part) * SHORT_SCALES.get(unit, 1)
    return Token(found["num"].lower(), found.start(), found.end(), value, bool(unit))


def tokenize(text: str) -> Tokens:
    """Give the tokens of a text in order; a blank line counts as a sign, other space as none."""
    tokens = []
    for found in _TOKEN.finditer(text):
        if found["num"]:
            tokens.append(_numeral(found))
        else:
            tokens.append(Token(found[0].lower().replace("’", "'"), found.start(), found.end()))
    return tokens


def word_at(tokens: Tokens, index: int) -> str:
    """Give the text of a token, or an empty text past either end."""
    return tokens[index].text if 0 <= index < len(tokens) else ""


def match_words(tokens: Tokens, index: int, words: tuple[str, ...]) -> bool:
    """Tell whether these words stand at a place."""
    return all(word_at(tokens, index + step) == word for step, word in enumerate(words))
