"""Copies and near copies: the same text from another desk is one source.

Each text is cut into shingles of five words; the 128 smallest hashes of them
are its sketch (bottom-k MinHash: Broder 1997, "On the resemblance and
containment of documents"). Two sketches give the share of shingles that two
texts have in common, of both and of the shorter one, so a wire report that was
only shortened is found as well as one that was lightly edited.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from dateline.incidents.words import fold_words

__all__ = ["NEAR_COPY", "SKETCH_SIZE", "is_near_copy", "shared_share", "sketch_keys", "sketch_of"]

SHINGLE_WORDS = (
    5  # two desks that write up the same statement share single sentences, hardly a fourth of these
)
SKETCH_SIZE = 128  # standard error of a share near 0.5: 0.045
KEYS = 6  # smallest hashes that are keys in pairs: of copies with half the shingles 97 of 100 share two
NEAR_COPY = 0.5  # share of the shorter text's shingles; agency copies cut by a half keep over 0.7
FEWEST = 30  # shingles: in shorter texts a shared boilerplate line would make a copy
_HASH_BYTES = 6  # 48 bits: exact in JSON numbers, and no chance meeting in 10^6 texts worth counting


def sketch_of(text: str) -> tuple[int, ...]:
    """Give the sketch of a text: up to `SKETCH_SIZE` hashes, ascending; empty for very short texts."""
    words = fold_words(text)
    shingles = {" ".join(words[at : at + SHINGLE_WORDS]) for at in range(len(words) - SHINGLE_WORDS + 1)}
    if len(shingles) < FEWEST:
        return ()
    return tuple(sorted(_hash(shingle) for shingle in shingles)[:SKETCH_SIZE])


def _hash(shingle: str) -> int:
    digest = hashlib.blake2b(shingle.encode("utf-8"), digest_size=_HASH_BYTES).digest()
    return int.from_bytes(digest, "big")


def sketch_keys(sketch: Sequence[int]) -> tuple[str, ...]:
    """Give the keys under which near copies meet."""
    return tuple(f"copy|{value}" for value in sketch[:KEYS])


def shared_share(a: Sequence[int], b: Sequence[int]) -> float:
    """Estimate which share of the smaller sketch's text stands in the other, 0 to 1."""
    if not a or not b:
        return 0.0
    reach = min(a[-1], b[-1])  # beyond the smaller end one of the two sketches knows nothing
    first, second = {v for v in a if v <= reach}, {v for v in b if v <= reach}
    fewer = min(len(first), len(second))
    return len(first & second) / fewer if fewer else 0.0


def is_near_copy(a: Sequence[int], b: Sequence[int]) -> bool:
    """Tell whether two texts are one: a reprint, cut or lightly edited."""
    return shared_share(a, b) >= NEAR_COPY
