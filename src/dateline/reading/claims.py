"""Build claims: who says what in which words, and which events and figures stand in it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

import numpy as np

from dateline.reading.events import DraftEvent, SpanOfWords, trim
from dateline.reading.figures import DraftFigure
from dateline.reading.layers import ATTRIBUTES, CUE_LINKS
from dateline.reading.mentions import SAYING, Found, Mention, Query, runs
from dateline.reading.segments import WINDOW_PIECES
from dateline.reading.thresholds import Thresholds

__all__ = ["DraftClaim", "content_pieces", "draft_claims", "in_quotes", "overlapping", "source_of", "whole"]

M = TypeVar("M", bound=Mention)
_SOURCE, _VIA, _CONTENT = (CUE_LINKS.index(name) for name in ("source", "via", "content"))
_BORDER = frozenset(",:;-–—")
_OPENING, _CLOSING = "“«", "”»"
_INTENDED = frozenset({"planned", "predicted", "requested", "threatened"})
CONTENT_GAP = 12  # words: the "he said" in the middle of a quotation


@dataclass(frozen=True, slots=True)
class DraftClaim:
    """A claim in words; `events` and `figures` are indices of what stands in it."""

    cue: SpanOfWords
    source: SpanOfWords
    kind: str
    via: SpanOfWords | None
    content: SpanOfWords
    events: tuple[int, ...]
    figures: tuple[int, ...]
    confidence: float


def source_of(found: Found, cue: Query, thresholds: Thresholds) -> tuple[SpanOfWords, float] | None:
    """Find who speaks: the source mention that the cue links to best, else the words it links to."""
    first, last = (bisect_left(found.sources, at, key=lambda s: s.start) for at in cue.reach)
    scored = [(cue.score(s.start, s.end, _SOURCE), -s.start, s) for s in found.sources[first:last]]
    best = max(scored, key=lambda row: row[:2], default=None)
    if best and best[0] >= thresholds.attributed:
        words = trim(found, best[2].start, best[2].end)
        return (words, best[0]) if words else None
    for start, end, score in runs(cue, _SOURCE, max(0.5, thresholds.attributed), found.text.sentence):
        words = trim(found, start, end)
        if words:
            return words, score
    return None


def overlapping(words: SpanOfWords, layer: Sequence[M]) -> Sequence[M]:
    """Find the mentions of a layer, which is in text order, that share a word with a span."""
    last = bisect_left(layer, words[1], key=lambda s: s.start)
    return [s for s in layer[max(0, last - 3) : last] if words[0] < s.end]  # mentions are short


def whole(phrase: SpanOfWords, layer: Sequence[Mention]) -> SpanOfWords:
    """Widen or narrow a source or cue to the mention of PolNeAR's layer that it overlaps most.

    These have the title with the name and the verb group with its verb.
    """
    over = overlapping(phrase, layer)
    if not over:
        return phrase
    best = max(over, key=lambda s: (min(s.end, phrase[1]) - max(s.start, phrase[0]), -s.start))
    return best.start, best.end


def _is_article(found: Found, words: SpanOfWords) -> bool:
    """Tell whether nothing but an article is left of a source."""
    return found.text.text[slice(*found.offsets(*words))].casefold() in ("the", "a", "an")


def _kind(found: Found, words: SpanOfWords) -> str:
    """Label the source by the mentions that it overlaps."""
    over = overlapping(words, found.sources)
    if not over:
        return "anonymous"
    return ATTRIBUTES["kind"][int(np.mean([s.attributes["kind"] for s in over], 0).argmax())]


def _via(found: Found, cue: Query, source: SpanOfWords, least: float) -> SpanOfWords | None:
    for start, end, _ in runs(cue, _VIA, least, found.text.sentence):
        words = trim(found, start, end)
        if words and not (words[0] < source[1] and source[0] < words[1]):
            return words
    return None


def content_pieces(found: Found, cue: Query, least: float) -> list[Mention]:
    """Find the mentions of PolNeAR's content layer that a cue is likely to have said, in text order."""
    first, last = (bisect_left(found.said, at, key=lambda s: s.start) for at in cue.reach)
    return [s for s in found.said[first:last] if cue.score(s.start, s.end, _CONTENT) >= least]


def _content(found: Found, cue: Query, inside: Sequence[SpanOfWords], least: float) -> SpanOfWords:
    """Find the words said: the heaviest stretch of content, widened to what stands in it."""
    pieces = content_pieces(found, cue, least)
    if pieces:
        return _joined(found, cue, pieces, inside)
    scores = cue.scores[:, _CONTENT]
    hits = [int(i) + cue.offset for i in np.flatnonzero(scores >= least)]
    groups: list[list[int]] = []
    for at in hits:
        if groups and at - groups[-1][-1] <= CONTENT_GAP:
            groups[-1].append(at)
        else:
            groups.append([at])
    spans = [max(groups, key=len)] if groups else []
    ends = [(g[0], g[-1] + 1) for g in spans] + list(inside)
    if not ends:
        return _sentence(found, cue.start)
    return _unpunctuated(found, min(a for a, _ in ends), max(b for _, b in ends))


def _joined(
    found: Found, cue: Query, pieces: Sequence[Mention], inside: Sequence[SpanOfWords]
) -> SpanOfWords:
    """Join the pieces of one content: the likeliest, and those that only the saying parts from it."""
    best = max(pieces, key=lambda s: (cue.score(s.start, s.end, _CONTENT), -s.start))
    at = pieces.index(best)
    start, end = best.start, best.end
    for piece in pieces[at + 1 :]:
        if not _parted_by(cue, end, piece.start):
            break
        end = piece.end
    for piece in reversed(pieces[:at]):
        if not _parted_by(cue, piece.end, start):
            break
        start = piece.start
    near = [(a, b) for a, b in inside if a < end and start < b]
    return _unpunctuated(found, min([start, *(a for a, _ in near)]), max([end, *(b for _, b in near)]))


def _parted_by(cue: Query, end: int, start: int) -> bool:
    """Tell whether only the saying stands between two stretches: "he said" in the middle of a quotation."""
    return start - end <= 1 or (start - end <= CONTENT_GAP and end <= cue.start and cue.end <= start)


def _unpunctuated(found: Found, start: int, end: int) -> SpanOfWords:
    """Leave the commas and colons around what was said outside."""
    text, words = found.text.text, found.text.words
    while end - start > 1 and text[slice(*words[start])] in _BORDER:
        start += 1
    while end - start > 1 and text[slice(*words[end - 1])] in _BORDER:
        end -= 1
    return start, end


def _sentence(found: Found, word: int) -> SpanOfWords:
    return found.text.sentence_words(int(found.text.sentence[word]))


def _said_by(cues: Sequence[Query], starts: Sequence[int], start: int, end: int, least: float) -> int | None:
    """Find the cue in whose content a span of words stands: the likeliest, the nearer of equals."""
    first = bisect_left(starts, start - WINDOW_PIECES)
    last = bisect_right(starts, end + WINDOW_PIECES)
    scored = [
        (cues[i].score(start, end, _CONTENT), -abs(cues[i].start - start), i)
        for i in range(first, last)
        if cues[i].label != SAYING
    ]
    best = max(scored, default=None)
    return best[2] if best and best[0] >= least else None


def _same_quotation(found: Found, items: Sequence[Query], tied: list[int | None]) -> list[int | None]:
    """Give all that stands in one pair of quotation marks to the claim that most of it is tied to.

    One quotation has one speaker.
    """
    quoted = quotations(found.text.text)
    inside: dict[int, list[int]] = {}
    for at, item in enumerate(items):
        start, end = found.offsets(item.start, item.end)
        place = bisect_right(quoted, (start, len(found.text.text))) - 1
        if place >= 0 and end <= quoted[place][1]:
            inside.setdefault(place, []).append(at)
    out = list(tied)
    for members in inside.values():
        speakers = [tied[at] for at in members if tied[at] is not None]
        if speakers:
            most = max(speakers, key=lambda s: (speakers.count(s), -speakers.index(s)))
            for at in members:
                out[at] = most
    return out


def _coordinated(
    found: Found, cues: Sequence[Query], events: Sequence[DraftEvent], tied: list[int | None]
) -> list[int | None]:
    """Carry a claim on to the plans that follow in its sentence: "would shut it and evacuate staff"."""
    out = list(tied)
    order = sorted(range(len(events)), key=lambda at: events[at].query.start)
    for before, at in pairwise(order):
        a, b = events[before], events[at]
        claim = out[before]
        if claim is None or out[at] is not None or a.status != b.status or a.status not in _INTENDED:
            continue
        sentence = found.text.sentence
        together = sentence[a.query.start] == sentence[b.query.start] == sentence[cues[claim].start]
        between = any(a.query.start < cue.start < b.query.start for cue in cues)
        if together and not between and cues[claim].start < a.query.start:
            out[at] = claim
    return out


def draft_claims(
    found: Found, events: Sequence[DraftEvent], figures: Sequence[DraftFigure], thresholds: Thresholds
) -> list[DraftClaim]:
    """Draft a claim from every cue with a source, and give it the events and figures said in it."""
    spoken: list[tuple[Query, SpanOfWords, float]] = []
    for cue in sorted(found.cues, key=lambda q: (q.start, q.end)):
        speaker = source_of(found, cue, thresholds)
        if speaker and not _is_article(found, speaker[0]):
            spoken.append((cue, whole(speaker[0], found.speakers), speaker[1]))
    cues = [cue for cue, _, _ in spoken]
    starts = [cue.start for cue in cues]
    items = [*(e.query for e in events), *(f.query for f in figures)]
    tied = [_said_by(cues, starts, q.start, q.end, thresholds.content) for q in items]
    tied = _same_quotation(found, items, tied)
    tied[: len(events)] = _coordinated(found, cues, events, tied[: len(events)])
    of_events, of_figures = tied[: len(events)], tied[len(events) :]
    out = []
    for at, (cue, source, score) in enumerate(spoken):
        mine = tuple(i for i, c in enumerate(of_events) if c == at)
        counted = tuple(i for i, c in enumerate(of_figures) if c == at)
        inside = [(events[i].query.start, events[i].query.end) for i in mine]
        inside += [(figures[i].query.start, figures[i].query.end) for i in counted]
        out.append(
            DraftClaim(
                whole((cue.start, cue.end), found.sayings), source, _kind(found, source),
                _via(found, cue, source, thresholds.via),
                _content(found, cue, inside, thresholds.content), mine, counted,
                cue.confidence * score,
            )
        )  # fmt: skip
    return out


def quotations(text: str) -> list[tuple[int, int]]:
    """Find the quoted stretches of a text: (start, end) of what stands between the marks.

    A straight mark opens and closes in turn within a paragraph.
    """
    out: list[tuple[int, int]] = []
    opened: int | None = None
    for at, mark in enumerate(text):
        if mark in _OPENING or (mark == '"' and opened is None):
            opened = at + 1
        elif opened is not None and (mark in _CLOSING or mark == '"'):
            out.append((opened, at))
            opened = None
        elif mark == "\n" and text[at + 1 : at + 2] == "\n":
            opened = None
    return out


def in_quotes(quoted: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Tell whether a stretch stands mostly inside quotation marks."""
    at = max(0, bisect_right([a for a, _ in quoted], start) - 1)
    shared = 0
    for a, b in quoted[at:]:
        if a >= end:
            break
        shared += max(0, min(b, end) - max(a, start))
    return 2 * shared > end - start
