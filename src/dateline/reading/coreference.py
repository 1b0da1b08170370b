"""Tie the mentions of one happening together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dateline.reading.layers import TRIGGER_LINKS
from dateline.reading.mentions import Query

__all__ = ["happenings"]

_SAME = TRIGGER_LINKS.index("same")


def _likeness(triggers: Sequence[Query]) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Score each pair by both directions; -1 where no window held the two, or their types differ."""
    size = len(triggers)
    out = np.full((size, size), -1.0)
    for i, a in enumerate(triggers):
        for j in range(i):
            b = triggers[j]
            if a.label != b.label:
                continue
            scores = [q.score(o.start, o.end, _SAME) for q, o in ((a, b), (b, a)) if _sees(q, o)]
            if scores:
                out[i, j] = out[j, i] = float(np.mean(scores))
    return out


def _sees(query: Query, other: Query) -> bool:
    return query.offset <= other.start and other.end <= query.offset + len(query.scores)


def happenings(triggers: Sequence[Query], least: float) -> list[int]:
    """Give each trigger the number of its happening: average linkage over the pair scores.

    Average linkage, because one doubtful pair must not chain two happenings.
    """
    likeness = _likeness(triggers)
    groups: list[list[int]] = []
    for at in range(len(triggers)):
        best, score = None, least
        for group in groups:
            seen = [likeness[at, other] for other in group if likeness[at, other] >= 0]
            mean = float(np.mean(seen)) if seen else -1.0
            if mean >= score:
                best, score = group, mean
        if best is None:
            groups.append([at])
        else:
            best.append(at)
    out = [0] * len(triggers)
    for number, group in enumerate(groups):
        for at in group:
            out[at] = number
    return out
