"""Average linkage over scores of pairs, most of which are not known: merge while the mean holds.

Average linkage (UPGMA), because one mistaken pair must not chain two happenings
and one missing pair must not split one. A pair without a score counts as
`default`, so the cost follows the pairs that are known, not all that there are.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Mapping

__all__ = ["average_linkage", "components"]

Pair = tuple[int, int]


def components(size: int, pairs: Collection[Pair]) -> list[list[int]]:
    """Give the connected components of `size` nodes, each in order, the components by first node."""
    root = list(range(size))

    def find(at: int) -> int:
        while root[at] != at:
            root[at] = root[root[at]]
            at = root[at]
        return at

    for a, b in pairs:
        first, second = sorted((find(a), find(b)))
        root[second] = first
    out: dict[int, list[int]] = {}
    for at in range(size):
        out.setdefault(find(at), []).append(at)
    return list(out.values())


class _Clusters:
    """Clusters with, for each neighbour, the sum of what its pairs have over the default."""

    def __init__(
        self, size: int, links: Mapping[Pair, float], default: float, apart: Collection[Pair]
    ) -> None:
        self.default = default
        self.members: dict[int, list[int]] = {at: [at] for at in range(size)}
        self.over: dict[int, dict[int, float]] = {at: {} for at in range(size)}
        self.apart: dict[int, set[int]] = {at: set() for at in range(size)}
        for (a, b), score in links.items():
            self.over[a][b] = self.over[b][a] = score - default
        for a, b in apart:
            self.apart[a].add(b)
            self.apart[b].add(a)

    def mean(self, a: int, b: int) -> float:
        return self.default + self.over[a][b] / (len(self.members[a]) * len(self.members[b]))

    def may_join(self, a: int, b: int) -> bool:
        return b not in self.apart[a]

    def join(self, a: int, b: int) -> None:
        """Put cluster b into a; a is the smaller number."""
        self.members[a] += self.members.pop(b)
        for other, over in self.over.pop(b).items():
            del self.over[other][b]
            if other != a:
                total = self.over[a].get(other, 0.0) + over
                self.over[a][other] = self.over[other][a] = total
        for other in self.apart.pop(b):
            self.apart[other].discard(b)
            if other != a:
                self.apart[other].add(a)
                self.apart[a].add(other)


def average_linkage(
    size: int,
    links: Mapping[Pair, float],
    *,
    default: float,
    least: float,
    together: Collection[Pair] = (),
    apart: Collection[Pair] = (),
) -> list[list[int]]:
    """Group `size` nodes: join the two clusters with the highest mean score while it is at least `least`.

    `links`: scores by pair (smaller node first); `default` (under `least`) is
    that of every other pair. `together` are joined first, `apart` never.
    Ties go to the clusters with the smallest nodes, so the result is a function
    of the scores alone. Gives each cluster in order, the clusters by first node.
    """
    clusters = _Clusters(size, links, default, apart)
    for group in components(size, together):
        for node in group[1:]:
            clusters.join(group[0], node)
    heap = [(-clusters.mean(a, b), a, b) for a, near in clusters.over.items() for b in near if a < b]
    heapq.heapify(heap)
    while heap:
        negative, a, b = heapq.heappop(heap)
        if -negative < least:
            break
        if b not in clusters.over.get(a, ()) or clusters.mean(a, b) != -negative:
            continue
        if not clusters.may_join(a, b):
            continue
        clusters.join(a, b)
        for other in clusters.over[a]:
            first, second = min(a, other), max(a, other)
            heapq.heappush(heap, (-clusters.mean(first, second), first, second))
    return sorted(sorted(members) for members in clusters.members.values())
