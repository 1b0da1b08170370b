"""Where in its report something stands: sentence, paragraph, dateline."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from dateline.reading.header import read_header
from dateline.reading.segments import paragraphs, sentences
from dateline.record import Span

__all__ = ["Layout"]


@dataclass(frozen=True, slots=True)
class Layout:
    """The sentences and paragraphs of a text, (start, end) each, and where its body starts."""

    text: str
    sentences: tuple[tuple[int, int], ...]
    paragraphs: tuple[tuple[int, int], ...]
    body: int = 0

    @classmethod
    def of(cls, text: str) -> Layout:
        """Lay a text out."""
        return _laid_out(text)

    def sentence(self, at: int) -> int:
        """Give the number of the sentence that holds an offset."""
        return max(0, bisect_right(self.sentences, (at, len(self.text))) - 1)

    def paragraph(self, at: int) -> int:
        """Give the number of the paragraph that holds an offset."""
        return max(0, bisect_right(self.paragraphs, (at, len(self.text))) - 1)

    def sentence_text(self, at: int) -> str:
        """Give the sentence that holds an offset."""
        if not self.sentences:
            return self.text
        start, end = self.sentences[self.sentence(at)]
        return self.text[start:end]

    def in_header(self, span: Span) -> bool:
        """Tell whether a span stands in the dateline before the body."""
        return span.end <= self.body


@lru_cache(maxsize=256)  # units, postures and ledgers each ask for the texts of one step of linking
def _laid_out(text: str) -> Layout:
    header = read_header(text, None)
    return Layout(text, tuple(sentences(text)), tuple(paragraphs(text)), header.end if header else 0)
