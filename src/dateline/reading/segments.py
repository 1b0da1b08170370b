"""Cut a text into words, sentences and the windows that the encoder sees.

A word is a run of letters and digits or one other visible character; offsets
are code points of the text as given. Windows hold whole sentences, overlap so
that each word is read with context on both sides, and cover every word once
as their core.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from tokenizers import Tokenizer

__all__ = ["Window", "Word", "case_ids", "cut_text", "paragraphs", "sentences", "windows", "words"]

Word = tuple[int, int]

WINDOW_PIECES = 384  # the encoder's positions end at 512; longer windows cost time, not accuracy
OVERLAP_PIECES = 96  # about three sentences of context for the words at a seam
SHOUTING = 0.7  # share of capitals among letters from which case says nothing

_WORD = re.compile(r"\w+|[^\w\s]")
_PARAGRAPH = re.compile(r"[^\r\n]+(?:\r?\n(?![ \t]*\r?\n)[^\r\n]+)*")
_STOP = re.compile(r"(?:[.!?…]+[\"'”’»)\]]*|[。！？])(?=\s)")
_NEXT = re.compile(r"\s+[\"'“‘«(\[¿¡-]*(\w|$)")
_ABBREVIATIONS = frozenset(
    """mr mrs ms dr prof st gen lt col maj capt cpl sgt adm brig cmdr rev hon gov sen rep pres supt insp
    jr sr no nos vs etc inc ltd co corp dept univ jan feb mar apr jun jul aug sep sept oct nov dec mon tue
    wed thu fri sat sun approx est fig vol ave blvd rd mt ft u.s u.k u.n e.u a.m p.m i.e e.g d.c ph.d
    gral cnel tte sra sres msgr fr""".split()
)


def words(text: str) -> list[Word]:
    """Find the words of a text: (start, end) each, in order."""
    return [m.span() for m in _WORD.finditer(text)]


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Find the paragraphs: lines not parted by a blank one, (start, end) each."""
    return [m.span() for m in _PARAGRAPH.finditer(text) if m.group().strip()]


def _ends_sentence(text: str, at: int, stop: re.Match[str]) -> bool:
    """Tell whether the full stop at `stop` ends the sentence that began at `at`."""
    follows = _NEXT.match(text, stop.end())
    if follows is None or (follows[1] and follows[1].islower()):
        return False
    if stop.group()[0] != ".":
        return True
    before = text[max(at, stop.start() - 12) : stop.start()].rsplit(None, 1)
    last = before[-1].lstrip("(\"'“‘[").casefold() if before else ""
    initial = len(last) == 1 and last.isalpha()
    return not (initial or last in _ABBREVIATIONS)


def _next_visible(text: str, at: int, last: int) -> int:
    while at < last and text[at].isspace():
        at += 1
    return at


def sentences(text: str) -> list[tuple[int, int]]:
    """Find the sentences: (start, end) each, in order, none across paragraphs."""
    out: list[tuple[int, int]] = []
    for first, last in paragraphs(text):
        start = first
        for stop in _STOP.finditer(text, first, last):
            if _ends_sentence(text, start, stop):
                out.append((start, stop.end()))
                start = _next_visible(text, stop.end(), last)
        if start < last:
            out.append((start, last))
    return out


@lru_cache(maxsize=16)
def is_shouting(text: str) -> bool:
    """Tell whether a text is in capitals throughout, as old wires are."""
    letters = sum(c.isalpha() for c in text)
    return letters > 0 and sum(c.isupper() for c in text) >= SHOUTING * letters


def case_ids(text: str, spans: Sequence[Word], *, known: bool | None = None) -> list[int]:
    """Give each word's shape: 0 not known, 1 lower, 2 Title, 3 UPPER, 4 miXed, 5 digits, 6 other.

    The encoder's vocabulary is lower case; this gives back what that loses.
    Case is not known in a text in capitals (`known` overrides the test).
    """
    cased = not is_shouting(text) if known is None else known
    return [_shape(text[a:b], cased) for a, b in spans]


def _shape(word: str, cased: bool) -> int:
    if word.isdigit():
        return 5
    if not word.isalnum():
        return 6
    if not cased:
        return 0
    if word.islower():
        return 1
    if word.istitle() or (len(word) == 1 and word.isupper()):
        return 2
    return 3 if word.isupper() else 4


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of words [start, end) read at once, of which [first, last) are its core."""

    start: int
    end: int
    first: int
    last: int


def _units(pieces: Sequence[int], bounds: Sequence[int], limit: int) -> list[tuple[int, int, int]]:
    """Cut words into sentences of at most `limit` pieces: (start, end, pieces) each."""
    out: list[tuple[int, int, int]] = []
    for start, end in pairwise(bounds):
        size, begin = 0, start
        for at in range(start, end):
            if size + pieces[at] > limit:
                out.append((begin, at, size))
                size, begin = 0, at
            size += pieces[at]
        if begin < end:
            out.append((begin, end, size))
    return out


def _even(total: int, limit: int, overlap: int, largest: int) -> int:
    """Shrink the limit so that windows come out of like size: attention costs the square of it."""
    if total <= limit:
        return limit
    count = -(-(total - overlap) // (limit - overlap))
    return min(limit, -(-(total + (count - 1) * overlap) // count) + largest // 2)


def windows(
    pieces: Sequence[int],
    bounds: Sequence[int],
    *,
    limit: int = WINDOW_PIECES,
    overlap: int = OVERLAP_PIECES,
) -> list[Window]:
    """Pack sentences into overlapping windows.

    `pieces`: how many word pieces each word has; `bounds`: the index of the
    first word of each sentence, and at the end the number of words.
    """
    units = _units(pieces, bounds, limit // 2)
    limit = _even(sum(pieces), limit, overlap, max((size for _, _, size in units), default=0))
    raw: list[tuple[int, int]] = []
    at = 0
    while at < len(units):
        size, end = 0, at
        while end < len(units) and size + units[end][2] <= limit:
            size += units[end][2]
            end += 1
        raw.append((units[at][0], units[end - 1][1]))
        if end == len(units):
            break
        back, shared = end, 0
        while back - 1 > at and shared + units[back - 1][2] <= overlap:
            back -= 1
            shared += units[back][2]
        at = back
    seams = [0, *((a[1] + b[0]) // 2 for a, b in pairwise(raw)), raw[-1][1] if raw else 0]
    return [Window(s, e, f, la) for (s, e), f, la in zip(raw, seams, seams[1:], strict=False)]


def cut_text(text: str, tokenizer: Tokenizer) -> tuple[list[Word], list[list[int]], list[int], list[int]]:
    """Cut a text into what the encoder reads.

    Gives the words that have pieces, the piece ids of each, the index of each
    sentence's first word (and at the end the number of words), and the shape
    of each word (`case_ids`). Characters that the vocabulary drops are in none.
    """
    found = words(text)
    coded = tokenizer.encode([text[a:b] for a, b in found], is_pretokenized=True, add_special_tokens=False)
    pieces: list[list[int]] = [[] for _ in found]
    for piece, word in zip(coded.ids, coded.word_ids, strict=True):
        if word is not None:
            pieces[word].append(piece)
    keep = [i for i, ids in enumerate(pieces) if ids]
    spans = [found[i] for i in keep]
    starts = [start for start, _ in spans]
    bounds = sorted({bisect_left(starts, start) for start, _ in sentences(text)} | {0, len(spans)})
    shapes = case_ids(text, spans)
    return spans, [pieces[i] for i in keep], bounds, shapes
