"""Cut a text into the words that names are made of."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from dateline.reading.place_words import PARTICLES

__all__ = ["Token", "tokens_of"]

_TOKEN = re.compile(r"(?:[^\W_]\.){2,}|(?:St|Ft|Mt|Ste)\.(?= )|[‘’'ʻ]?[^\W_]+(?:[-'’‘ʻ.&][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’][sS]$")
_LONG = 200  # code points from which a text is a report and no phrase of one
_WHOLE = ("people's", "people’s")  # `People's Republic`: the ending belongs to the name


class Token(NamedTuple):
    """A word of a text with its offsets; hyphens and inner apostrophes belong to it."""

    start: int
    end: int
    text: str

    @property
    def capital(self) -> bool:
        """Tell whether it begins with a capital, also after an Arabic article (`al-Shadadi`)."""
        if self.text[:1].isupper():
            return True
        bare = self.text.lstrip("‘’'ʻ")
        head, _, tail = bare.partition("-")
        return bare[:1].isupper() or (head in PARTICLES and tail[:1].isupper())


def tokens_of(text: str) -> list[Token]:
    """Cut a text into words; a possessive ending is left outside. The list is not to be changed."""
    return _tokens(text) if len(text) < _LONG else _kept(text)


@lru_cache(maxsize=4)
def _kept(text: str) -> list[Token]:
    """Keep the words of the last reports: several stages ask for them."""
    return _tokens(text)


def _tokens(text: str) -> list[Token]:
    tokens = []
    for match in _TOKEN.finditer(text):
        word, end = match.group(), match.end()
        possessive = _POSSESSIVE.search(word)
        if possessive and word.casefold() not in _WHOLE:
            end -= len(possessive.group())
            word = word[: possessive.start()]
        if word:
            tokens.append(Token(match.start(), end, word))
    return tokens
