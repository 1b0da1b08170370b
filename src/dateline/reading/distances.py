"""How far a word stands from a query: the buckets that the pair scorers learn on."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["DISTANCES", "SENTENCES", "distance_ids", "sentence_ids"]

DISTANCES = 24  # twelve to the right (0 is inside the query), twelve to the left
SENTENCES = 9  # four before, the same, four after
_EXACT = 4  # up to here each distance has a bucket of its own, then two for each doubling

Ints = NDArray[np.int64]


def distance_ids(start: Ints, end: Ints, size: int) -> Ints:
    """Bucket the signed distance from query spans [start, end) to each word: (queries, words)."""
    at = np.arange(size)[None]
    ahead = np.maximum(at - end[:, None] + 1, 0)
    behind = np.maximum(start[:, None] - at, 0)
    far = ahead + behind
    beyond = np.ceil(2 * np.log2(np.maximum(far, 1) / _EXACT)).astype(np.int64)
    bucket = np.where(far <= _EXACT, far, _EXACT + np.clip(beyond, 0, 7))
    out: Ints = np.where(behind > 0, bucket + DISTANCES // 2, bucket).astype(np.int64)
    return out


def sentence_ids(query: Ints, words: Ints) -> Ints:
    """Bucket the signed distance in sentences, the same being 4: (queries, words)."""
    half = SENTENCES // 2
    out: Ints = np.clip(words[None] - query[:, None], -half, half) + half
    return out
