"""Tie the mentions of one happening together."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.reading.layers import TRIGGER_LINKS
from dateline.reading.mentions import Query

__all__ = ["happenings"]

_SAME = TRIGGER_LINKS.index("same")


def _sees(query: Query, other: Query) -> bool:
    return query.offset <= other.start and other.end <= query.offset + len(query.scores)


def _likeness(a: Query, b: Query) -> float | None:
    """Score a pair by both directions; None where no window held the two."""
    scores = [q.score(o.start, o.end, _SAME) for q, o in ((a, b), (b, a)) if _sees(q, o)]
    return sum(scores) / len(scores) if scores else None


def _earlier(triggers: Sequence[Query], at: int) -> dict[int, float]:
    """Score a trigger against those of its type before it, as far back as a window reaches."""
    out: dict[int, float] = {}
    mine = triggers[at]
    for other in range(at - 1, -1, -1):
        before = triggers[other]
        if before.label != mine.label:
            continue
        likeness = _likeness(mine, before)
        if likeness is not None:
            out[other] = likeness
        elif before.offset + len(before.scores) < mine.offset:
            break
    return out


def happenings(triggers: Sequence[Query], least: float) -> list[int]:
    """Give each trigger, in text order, the number of its happening: average linkage over pair scores.

    Average linkage, because one doubtful pair must not chain two happenings.
    The cost grows with the text's length, not with its square: only pairs that
    some window held are scored.
    """
    groups: list[list[int]] = []
    number: list[int] = []
    for at in range(len(triggers)):
        likeness = _earlier(triggers, at)
        best, score = len(groups), least
        for group in sorted({number[other] for other in likeness}):
            seen = [likeness[other] for other in groups[group] if other in likeness]
            mean = sum(seen) / len(seen)
            if mean >= score:
                best, score = group, mean
        if best == len(groups):
            groups.append([])
        groups[best].append(at)
        number.append(best)
    return number
