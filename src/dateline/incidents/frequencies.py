"""The fixed table of document frequencies that words are weighed by."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from dateline.errors import AssetError

__all__ = ["FREQUENCIES", "Frequencies", "load_frequencies"]

TABLE = "frequencies.txt"


@dataclass(frozen=True, slots=True)
class Frequencies:
    """Inverse document frequencies: `weights` by word, `rare` for every word that is not in the table."""

    weights: Mapping[str, float]
    rare: float


def load_frequencies() -> Frequencies:
    """Read the table that ships: a word and, in thousandths, the share of texts that hold it, a line.

    Raises AssetError when it is missing or damaged.
    """
    path = files("dateline.incidents").joinpath(TABLE)
    try:
        rows = [line.split() for line in path.read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
        shares = {word: float(share) / 1000 for word, share in rows}
        rare = -math.log(min(shares.values()) / 2)
    except (OSError, ValueError) as problem:
        message = "the table of word frequencies is missing or damaged"
        raise AssetError(message, where=str(path), hint="install the package again") from problem
    return Frequencies({word: -math.log(share) for word, share in shares.items()}, rare)


FREQUENCIES = load_frequencies()
