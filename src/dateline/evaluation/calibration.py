"""How far confidence means what it says: expected calibration error and the trade of recall for precision.

Naeini, Cooper and Hauskrecht, "Obtaining well calibrated probabilities using
Bayesian binning" (AAAI 2015).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

__all__ = ["Point", "curve", "expected_error"]

BINS = 10
Outcomes = Sequence[tuple[float, bool]]


def expected_error(outcomes: Outcomes, bins: int = BINS) -> float:
    """Give the mean gap between confidence and share right, over bins of equal width, by their size.

    0 is perfect; 0.0 when there is nothing to measure.
    """
    groups: list[list[tuple[float, bool]]] = [[] for _ in range(bins)]
    for confidence, right in outcomes:
        groups[min(bins - 1, int(confidence * bins))].append((confidence, right))
    gaps = (abs(sum(c for c, _ in g) - sum(r for _, r in g)) for g in groups if g)
    return sum(gaps) / len(outcomes) if outcomes else 0.0


@dataclass(frozen=True, slots=True)
class Point:
    """What is left at a least confidence: the share right, and of all that was right the share kept."""

    least: float
    precision: float
    kept: float


def curve(outcomes: Outcomes, at: Iterable[float] = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9)) -> list[Point]:
    """Give the trade of recall for precision at some least confidences."""
    right = sum(r for _, r in outcomes)
    out = []
    for least in at:
        kept = [r for c, r in outcomes if c >= least]
        out.append(Point(least, sum(kept) / len(kept) if kept else 0.0, sum(kept) / right if right else 0.0))
    return out
