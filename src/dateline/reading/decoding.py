"""From word scores to spans: the best path through outside, begin and inside (Viterbi, 1967).

Each word has the probability that it belongs to a span of a layer and that it
begins one. A threshold per word breaks a long span at every doubtful word; the
best path over the whole stretch does not, and a cost for every new span keeps
it from breaking where the evidence is thin.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from math import log

import numpy as np
from numpy.typing import NDArray

__all__ = ["best_spans"]

Floats = NDArray[np.float32]
FLOOR = 0.03  # a word less likely inside than this is outside: no path through it could be the best
_EDGE = 1e-4  # probabilities nearer to 0 or 1 than this count as this
_NEVER = -1e9


def best_spans(
    inside: Floats, begin: Floats, sentence: NDArray[np.int64] | None, *, least: float, enter: float
) -> Iterator[tuple[int, int]]:
    """Yield the spans [start, end) of one layer, in order.

    `inside`, `begin`: probabilities a word, each (words,). `sentence`: the number of each word's
    sentence, which no span leaves; None where spans run over sentences. `least`: the probability at
    which a single word is a span of its own; `enter`: what a new span costs, in log odds.
    """
    shift = log((1 - least) / least)
    for first, last in _stretches(inside, sentence):
        path = _path(inside[first:last], begin[first:last], shift, enter)
        yield from ((first + a, first + b) for a, b in _runs(path))


def _stretches(inside: Floats, sentence: NDArray[np.int64] | None) -> Iterator[tuple[int, int]]:
    """Cut the words into stretches that could hold a span."""
    hits = np.flatnonzero(inside >= FLOOR)
    if not len(hits):
        return
    cuts = np.diff(hits) > 1
    if sentence is not None:
        cuts |= np.diff(sentence[hits]) != 0
    edges = [0, *(np.flatnonzero(cuts) + 1).tolist(), len(hits)]
    for a, b in pairwise(edges):
        yield int(hits[a]), int(hits[b - 1]) + 1


def _path(inside: Floats, begin: Floats, shift: float, enter: float) -> list[int]:
    """Give the best state of each word: 0 outside, 1 begin, 2 inside."""
    odds = np.clip(inside.astype(np.float64), _EDGE, 1 - _EDGE)
    gains = (np.log(odds / (1 - odds)) + shift).tolist()
    heads = np.clip(begin.astype(np.float64), _EDGE, 1 - _EDGE)
    opens, goes_on = (np.log(heads) - enter).tolist(), np.log(1 - heads).tolist()
    scores = [0.0, gains[0] + opens[0], _NEVER]
    back: list[tuple[int, int, int]] = []
    for gain, opened, on in zip(gains[1:], opens[1:], goes_on[1:], strict=True):
        best = max(range(3), key=scores.__getitem__)
        within = 1 if scores[1] >= scores[2] else 2
        back.append((best, best, within))
        scores = [scores[best], scores[best] + gain + opened, scores[within] + gain + on]
    state = max(range(3), key=scores.__getitem__)
    path = [state]
    for step in reversed(back):
        state = step[state]
        path.append(state)
    return path[::-1]


def _runs(path: list[int]) -> Iterator[tuple[int, int]]:
    start: int | None = None
    for at, state in enumerate([*path, 0]):
        if state != 2 and start is not None:
            yield start, at
            start = None
        if state == 1:
            start = at
