"""Copies and near copies: the same text from another desk is one source.

Each text is cut into shingles of five words, and their MinHash (Broder 1997, "On
the resemblance and containment of documents"), by the library rensa, is its
sketch. Two sketches give the share of shingles that two texts have in common,
and with their sizes that of the shorter one, so a wire report that was only
shortened is found as well as one that was lightly edited.
"""

from __future__ import annotations

from collections.abc import Sequence

from rensa import RMinHash

from dateline.incidents.words import fold_words

__all__ = ["NEAR_COPY", "SKETCH_SIZE", "band_keys", "contained", "is_near_copy", "shared_share", "sketch_of"]

SHINGLE_WORDS = (
    5  # two desks that write up the same statement share single sentences, hardly a fourth of these
)
SKETCH_SIZE = 128  # standard error of a share near 0.5: 0.045
NEAR_COPY = 0.5  # share of the shorter text's shingles; agency copies cut by a half keep over 0.7
FEWEST = 30  # shingles: in shorter texts a shared boilerplate line would make a copy
_SEED = 1  # of the permutations: another one gives other sketches
_BITS = 32  # of a value; its place among the values stands above them


def sketch_of(text: str) -> tuple[int, ...]:
    """Give the sketch of a text: how many shingles it has, and their MinHash; empty for very short texts.

    Each of the `SKETCH_SIZE` values holds its place, so that two sketches share as many values as agree.
    """
    words = fold_words(text)
    shingles = {" ".join(words[at : at + SHINGLE_WORDS]) for at in range(len(words) - SHINGLE_WORDS + 1)}
    if len(shingles) < FEWEST:
        return ()
    made = RMinHash(num_perm=SKETCH_SIZE, seed=_SEED)
    made.update(sorted(shingles))
    return (len(shingles), *(at << _BITS | value for at, value in enumerate(made.digest())))


def band_keys(sketch: Sequence[int], rows: int, bands: int) -> tuple[str, ...]:
    """Give the keys under which near copies meet: of texts that share a share s, s ** rows meet in a band."""
    cut = (sketch[1 + n * rows : 1 + (n + 1) * rows] for n in range(bands if sketch else 0))
    return tuple("copy|" + ".".join(f"{value:x}" for value in band) for band in cut)


def contained(shared: int, size: int, other: int) -> float:
    """Estimate which share of the smaller text stands in the other, by the values that two sketches share.

    With the resemblance s the texts have s / (1 + s) of all their shingles in common.
    """
    resemblance = shared / SKETCH_SIZE
    return min(1.0, resemblance / (1.0 + resemblance) * (size + other) / min(size, other))


def shared_share(a: Sequence[int], b: Sequence[int]) -> float:
    """Estimate which share of the smaller sketch's text stands in the other, 0 to 1."""
    if not a or not b:
        return 0.0
    return contained(len(set(a[1:]) & set(b[1:])), a[0], b[0])


def is_near_copy(a: Sequence[int], b: Sequence[int]) -> bool:
    """Tell whether two texts are one: a reprint, cut or lightly edited."""
    return shared_share(a, b) >= NEAR_COPY
