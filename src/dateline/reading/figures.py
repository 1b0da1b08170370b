"""Build figures: the model finds and labels them, the number grammar gives their bounds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dateline.reading.events import DraftEvent, SpanOfWords, trim
from dateline.reading.layers import ATTRIBUTES, FIGURE_LINKS
from dateline.reading.mentions import Found, Query, runs
from dateline.reading.numbers import (
    Quantity,
    find_quantities,
    is_count_context,
    read_quantity,
)
from dateline.reading.thresholds import Thresholds

__all__ = ["DraftFigure", "draft_figures"]

_WHO, _EVENT = FIGURE_LINKS.index("who"), FIGURE_LINKS.index("event")
_PLURAL = re.compile(r"(?:people|men|women|children|police|troops|civilians|others|\w+[^s\W]s)$", re.I)
_SINGULAR = re.compile(r"(?:an?|one|his|her|the|another)\b", re.I)


@dataclass(frozen=True, slots=True)
class DraftFigure:
    """A figure in words and offsets; `event` is an index into the drafted events."""

    query: Query
    start: int
    end: int
    low: int | None
    high: int | None
    approximate: bool
    who: SpanOfWords | None
    group: str
    status: str
    event: int | None
    confidence: float


def _quantity(found: Found, query: Query, quantities: Sequence[Quantity]) -> Quantity | None:
    """Find the quantity that a figure mention overlaps most, else what its own words state."""
    start, end = found.offsets(query.start, query.end)
    shared = [(min(end, q.end) - max(start, q.start), -q.start, q) for q in quantities]
    best = max(shared, key=lambda row: row[:2], default=None)
    if best and best[0] > 0:
        return best[2]
    own = read_quantity(found.text.text[start:end])
    if own is None:
        return None
    return Quantity(start + own.start, start + own.end, own.low, own.high, own.approximate)


def _one_person(text: str) -> bool:
    """Tell whether words without a number name one person, not an uncounted crowd."""
    return bool(_SINGULAR.match(text)) or not _PLURAL.search(text) or text[:1].isupper()


def _label(query: Query, name: str) -> str:
    return ATTRIBUTES[name][int(query.attributes[name].argmax())]


def _event(found: Found, query: Query, events: Sequence[DraftEvent], least: float) -> int | None:
    scored = [(query.score(e.query.start, e.query.end, _EVENT), -i) for i, e in enumerate(events)]
    best = max(scored, default=(0.0, 0))
    return -best[1] if best[0] >= least else None


def _who(found: Found, query: Query, least: float) -> SpanOfWords | None:
    for start, end, _ in runs(query, _WHO, least, found.text.sentence):
        words = trim(found, start, end)
        if words:
            return words
    return None


def draft_figures(found: Found, events: Sequence[DraftEvent], thresholds: Thresholds) -> list[DraftFigure]:
    """Draft a figure from every figure mention that has a number or names one person."""
    text = found.text.text
    quantities = [q for q in find_quantities(text) if is_count_context(text, q)]
    out: list[DraftFigure] = []
    for query in sorted(found.figures, key=lambda q: (q.start, q.end)):
        quantity = _quantity(found, query, quantities)
        start, end = (quantity.start, quantity.end) if quantity else found.offsets(query.start, query.end)
        if out and start < out[-1].end:
            continue
        if quantity is None and not _one_person(text[start:end]):
            continue
        low, high, rough = (quantity.low, quantity.high, quantity.approximate) if quantity else (1, 1, False)
        out.append(
            DraftFigure(
                query, start, end, low, high, rough,
                _who(found, query, thresholds.who),
                _label(query, "group"), _label(query, "figure_status"),
                _event(found, query, events, thresholds.counted),
                query.confidence,
            )
        )  # fmt: skip
    return out
