"""Phrases without a parser: the head word of a noun phrase, and phrases that share one."""

from __future__ import annotations

import re

from dateline.record import Span

__all__ = ["head", "same_head", "words"]

_WORD = re.compile(r"\w[\w'’.&/-]*")
_AFTER_HEAD = frozenset(
    "of in on at from for with by to near during against between under over after before about into"
    " who whom whose which that where when including and or , ( [ : ;".split()
)
_BREAK = re.compile(r"[,(\[:;]")
_POSSESSIVE = re.compile(r"['’]s?$")
_NUMBERS = "two three four five six seven eight nine ten eleven twelve dozen hundred thousand"
_OF_NUMBER = frozenset(f"one some several many most all scores dozens hundreds thousands {_NUMBERS}".split())


def words(text: str) -> list[tuple[int, int]]:
    """Find the words of a text: (start, end) of each, in code points."""
    return [match.span() for match in _WORD.finditer(text)]


def head(text: str) -> tuple[int, int]:
    """Find the head word of a noun phrase: (start, end), in code points.

    The last word before the first preposition, relative or comma; of a number
    with `of` ("three of the soldiers") that of the rest. (0, 0) when there is no word.
    """
    spans = words(text)
    if not spans:
        return 0, 0
    for at in range(1, len(spans)):
        between = text[spans[at - 1][1] : spans[at][0]]
        word = text[slice(*spans[at])].casefold()
        if _BREAK.search(between):
            return _trimmed(text, spans[at - 1])
        if word in _AFTER_HEAD:
            before = text[slice(*spans[at - 1])].casefold()
            if word == "of" and before in _OF_NUMBER and at + 1 < len(spans):
                a, b = head(text[spans[at + 1][0] :])
                return a + spans[at + 1][0], b + spans[at + 1][0]
            return _trimmed(text, spans[at - 1])
    return _trimmed(text, spans[-1])


def _trimmed(text: str, span: tuple[int, int]) -> tuple[int, int]:
    word = text[slice(*span)].rstrip(".")
    return span[0], span[0] + len(_POSSESSIVE.sub("", word))


def same_head(a: Span, b: Span) -> bool:
    """Tell whether two phrases of one text are the same or have the same head word.

    The head match of Li, Ji and Han (2021, "Document-Level Event Argument
    Extraction by Conditional Generation"), with the rule of `head` for their parser.
    """
    if (a.start, a.end) == (b.start, b.end):
        return True
    (p, q), (r, s) = head(a.text), head(b.text)
    return max(a.start + p, b.start + r) < min(a.start + q, b.start + s)
