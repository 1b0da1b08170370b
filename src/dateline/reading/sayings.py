"""Find every act of saying as PolNeAR has it: source, cue and content, also those without a source.

Attribution relations (Newell, Margolin and Ruths, 2018). A record's claims leave
out what no one is named for ("it was reported"), as the codebook asks; here it
stands, and a content that is told in pieces keeps them.
"""

from __future__ import annotations

from dataclasses import dataclass

from dateline.reading.claims import content_pieces, overlapping, source_of, whole
from dateline.reading.events import SpanOfWords
from dateline.reading.mentions import Found
from dateline.reading.thresholds import Thresholds
from dateline.record import Span

__all__ = ["Saying", "find_sayings"]


@dataclass(frozen=True, slots=True)
class Saying:
    """One act of saying; `source` is None where no one is named, `content` its pieces in order."""

    source: Span | None
    cue: Span
    content: tuple[Span, ...]
    confidence: float


def find_sayings(found: Found, thresholds: Thresholds) -> list[Saying]:
    """Give the acts of saying in text order; one without a source needs a cue that PolNeAR's layer has."""
    out = []
    for query in sorted(found.cues, key=lambda q: (q.start, q.end)):
        speaker = source_of(found, query, thresholds)
        words = (query.start, query.end)
        pieces = content_pieces(found, query, thresholds.content)
        if speaker is None and not (pieces and overlapping(words, found.sayings)):
            continue
        source = _span(found, whole(speaker[0], found.speakers)) if speaker else None
        content = tuple(_span(found, (p.start, p.end)) for p in pieces)
        out.append(Saying(source, _span(found, whole(words, found.sayings)), content, query.confidence))
    return out


def _span(found: Found, words: SpanOfWords) -> Span:
    return Span.of(found.text.text, *found.offsets(*words))
