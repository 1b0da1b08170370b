"""B-cubed: how well items were grouped, item by item.

Bagga and Baldwin (1998, "Entity-based cross-document coreferencing using the
vector space model").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

__all__ = ["BCubed", "b_cubed"]

Item = TypeVar("Item", bound=Hashable)


@dataclass(frozen=True, slots=True)
class BCubed:
    """Precision, recall and their harmonic mean, 0 to 1, over `size` items."""

    precision: float
    recall: float
    size: int

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def b_cubed(
    found: Mapping[Item, Hashable], gold: Mapping[Item, Hashable], only: Sequence[Item] | None = None
) -> BCubed:
    """Compare two groupings of the same items, each given as item to group.

    The means go over the items in `only`, all without it; the groups always hold all items.
    """
    of_found, of_gold = _groups(found), _groups(gold)
    items = list(gold) if only is None else list(only)
    precision = recall = 0.0
    for item in items:
        ours, theirs = of_found[found[item]], of_gold[gold[item]]
        both = len(ours & theirs)
        precision += both / len(ours)
        recall += both / len(theirs)
    size = len(items) or 1
    return BCubed(precision / size, recall / size, len(items))


def _groups(grouping: Mapping[Item, Hashable]) -> dict[Hashable, set[Item]]:
    out: dict[Hashable, set[Item]] = defaultdict(set)
    for item, group in grouping.items():
        out[group].add(item)
    return out
