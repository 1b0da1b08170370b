"""Counts of what is right, found and wanted, and the figures that come of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

__all__ = ["Row", "Tally", "pair_off"]

F = TypeVar("F")
G = TypeVar("G")


@dataclass(slots=True)
class Row:
    """One measure's counts."""

    right: int = 0
    found: int = 0
    gold: int = 0

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 0 when nothing was found."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of what was wanted that was found; 0 when nothing was wanted."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(slots=True)
class Tally:
    """Rows by the name of their measure, the errors in words, and how sure was right how often.

    `outcomes` holds for each kind of fact (confidence, right) of every one found.
    """

    rows: dict[str, Row] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    outcomes: dict[str, list[tuple[float, bool]]] = field(default_factory=dict)

    def count(self, measure: str, right: int = 0, found: int = 0, gold: int = 0) -> None:
        """Add counts to a measure."""
        row = self.rows.setdefault(measure, Row())
        row.right += right
        row.found += found
        row.gold += gold


def pair_off(
    found: Sequence[F], gold: Sequence[G], fits: Callable[[F, G], bool], weight: Callable[[F, G], float]
) -> list[tuple[F, G]]:
    """Pair found with gold one to one where they fit, the heaviest pair first, ties in order."""
    ranked: Iterable[tuple[float, int, int]] = sorted(
        (-weight(f, g), i, j) for i, f in enumerate(found) for j, g in enumerate(gold) if fits(f, g)
    )
    left: set[int] = set()
    right: set[int] = set()
    out = []
    for _, i, j in ranked:
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            out.append((found[i], gold[j]))
    return out
