"""Build events: a trigger with its type, status, roles, place and time."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from dateline.codebook import ROLES
from dateline.reading.layers import ATTRIBUTES, TRIGGER_LINKS
from dateline.reading.mentions import Found, Query, runs
from dateline.reading.thresholds import Thresholds

__all__ = ["DraftEvent", "Part", "draft_events"]

SpanOfWords = tuple[int, int]
# "Japan said it would shut its embassy and evacuate staff": a plan of the one who speaks, no supposition.
_ANNOUNCED = re.compile(
    r"\b(?:said|says|announced|confirmed|pledged|vowed|promised|decided|declared|added)\b[^.;\n]{0,48}?"
    r"\b(?:it|they|he|she|we|who|[A-Z][\w'’-]+)\s+(?:would|will)\s+(?:[^.;,\n]{0,60}\band\s+)?(?:\w+\s+){0,2}$"
)
_SUPPOSED = re.compile(
    r"\b(?:if|unless|whether|could|might|(?-i:may)|were|not|never|should)\b", re.I
)  # "May 3" is a day
_LEADING = frozenset(", ; : - – — ) ] ” ’ . and or but by that which who whom from with".split())
_TRAILING = frozenset(", ; : - – — ( [ “ ‘ . and or but by that which who whom".split())


TIME_LEAST = 0.2  # a word below it begins no time of an event
TIME_LINK, TIME_TRIGGER, TIME_BIAS = 0.66, 0.47, -2.59  # log-odds: of the link, of the event, and of either


@dataclass(frozen=True, slots=True)
class Part:
    """An argument of an event: its role, words and probability."""

    role: str
    words: SpanOfWords
    confidence: float


@dataclass(frozen=True, slots=True)
class DraftEvent:
    """An event in words, before places, times and actors are resolved."""

    query: Query
    type: str
    status: str
    parts: tuple[Part, ...]
    where: SpanOfWords | None
    when: SpanOfWords | None
    confidence: float


def trim(found: Found, start: int, end: int) -> SpanOfWords | None:
    """Take stray punctuation and connectives from the ends of a phrase."""
    text, words = found.text.text, found.text.words

    def word(at: int) -> str:
        return text[words[at][0] : words[at][1]].casefold()

    while start < end and word(start) in _LEADING:
        start += 1
    while start < end and word(end - 1) in _TRAILING:
        end -= 1
    return (start, end) if start < end else None


def _overlaps(a: SpanOfWords, b: SpanOfWords) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _parts(found: Found, query: Query, least: float) -> tuple[Part, ...]:
    """Find the arguments; where two roles claim the same words, the likelier has them."""
    rows: list[Part] = []
    for role in ROLES:
        for start, end, score in runs(query, TRIGGER_LINKS.index(role), least, found.text.sentence):
            words = trim(found, start, end)
            if words and not (query.start <= words[0] and words[1] <= query.end):
                rows.append(Part(role, words, score))
    kept: list[Part] = []
    for part in sorted(rows, key=lambda p: (-p.confidence, p.words)):
        if not any(_overlaps(part.words, other.words) for other in kept):
            kept.append(part)
    return tuple(sorted(kept, key=lambda p: (list(ROLES).index(p.role), p.words)))


def _best(found: Found, query: Query, link: str, least: float) -> SpanOfWords | None:
    rows = runs(query, TRIGGER_LINKS.index(link), least, found.text.sentence)
    for start, end, _ in rows:
        words = trim(found, start, end)
        if words:
            return words
    return None


def _time(found: Found, query: Query, least: float) -> SpanOfWords | None:
    """Find the time of an event: the likeliest one, where time and event together are sure enough.

    A time that stands with a doubtful trigger is mostly that of something else. The weights are those of a
    logistic regression of "this is the event's time" on the pairs of texts kept out of training (1,200 pairs
    of 198 texts); signs of syntax (words and triggers between, clause, cue, sentence) added nothing to them.
    """
    link = TRIGGER_LINKS.index("when")
    rows = []
    for start, end, _ in runs(query, link, TIME_LEAST, found.text.sentence):
        peak = float(query.scores[start - query.offset : end - query.offset, link].max())
        sure = TIME_LINK * _logit(peak) + TIME_TRIGGER * _logit(query.confidence) + TIME_BIAS
        if words := trim(found, start, end):
            rows.append((sure, words))
    best = max(rows, default=None, key=lambda row: row[0])
    return best[1] if best and best[0] >= _logit(least) else None


def _logit(probability: float) -> float:
    """Give the log-odds of a probability, none beyond a hundred to one."""
    inner = min(max(probability, 0.01), 0.99)
    return math.log(inner / (1 - inner))


def _status(found: Found, query: Query) -> str:
    """Give the model's status, but for a plan that its maker announces with "would"."""
    status = ATTRIBUTES["status"][int(query.attributes["status"].argmax())]
    if status != "hypothetical":
        return status
    first, _ = found.text.sentence_words(int(found.text.sentence[query.start]))
    begin, at = found.text.words[first][0], found.offsets(query.start, query.end)[0]
    before = found.text.text[max(begin, at - 160) : at]
    return "planned" if _ANNOUNCED.search(before) and not _SUPPOSED.search(before) else status


def draft_events(found: Found, thresholds: Thresholds) -> list[DraftEvent]:
    """Draft an event from every trigger, in text order."""
    out = []
    for query in _in_order(found.triggers):
        status = _status(found, query)
        out.append(
            DraftEvent(
                query,
                query.label,
                status,
                _parts(found, query, thresholds.role),
                _best(found, query, "where", thresholds.where),
                _time(found, query, thresholds.when),
                query.confidence,
            )
        )
    return out


def _in_order(triggers: Sequence[Query]) -> list[Query]:
    return sorted(triggers, key=lambda q: (q.start, q.end))
