"""Group units into incidents: a function of the set of units, whatever the order in which they came."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from dateline.incidents.candidates import candidate_pairs
from dateline.incidents.linkage import average_linkage, components
from dateline.incidents.match import SCORER, Scorer
from dateline.incidents.units import Unit

__all__ = ["Grouped", "group_scored", "group_units", "in_order"]

UnitPair = tuple[str, str]
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Grouped:
    """Groups of units, each in order of telling; `ties` are the pairs of unit ids that scored an edge."""

    groups: tuple[tuple[Unit, ...], ...]
    ties: tuple[UnitPair, ...]


def in_order(units: Collection[Unit]) -> list[Unit]:
    """Sort units by the day of telling, then by report and place in its text; undated ones come last."""
    return sorted(units, key=lambda u: (u.told or "9999", u.report, u.start, u.end))


def group_units(
    units: Collection[Unit],
    *,
    scorer: Scorer = SCORER,
    together: Collection[UnitPair] = (),
    apart: Collection[UnitPair] = (),
) -> Grouped:
    """Group units into incidents by average linkage within each component of tied pairs.

    `together` and `apart` are pairs of unit ids that people decided on. Two
    units that no chain of ties joins never bear on each other, so a component
    can be grouped alone, with the same result.
    """
    rows = in_order(units)
    scores = {pair: scorer.score(rows[pair[0]], rows[pair[1]]) for pair in candidate_pairs(rows)}
    return group_scored(rows, scores, scorer=scorer, together=together, apart=apart)


def group_scored(
    rows: Sequence[Unit],
    scores: Mapping[Pair, float],
    *,
    scorer: Scorer,
    together: Collection[UnitPair] = (),
    apart: Collection[UnitPair] = (),
) -> Grouped:
    """Group units in order, the scores of whose pairs (by index) are known; as `group_units` does."""
    at = {u.id: n for n, u in enumerate(rows)}
    joined = sorted({_pair(at[a], at[b]) for a, b in together if a in at and b in at and a != b})
    parted = {_pair(at[a], at[b]) for a, b in apart if a in at and b in at and a != b}
    ties = [pair for pair, score in scores.items() if score >= scorer.edge]
    parts = components(len(rows), [*ties, *joined])
    links = _by_component(parts, scores)
    groups: list[tuple[Unit, ...]] = []
    for nodes, own in zip(parts, links, strict=True):
        groups += _group_component(rows, nodes, own, joined, parted, scorer)
    return Grouped(
        tuple(sorted(groups, key=lambda g: (g[0].told or "9999", g[0].report, g[0].start))),
        tuple((rows[a].id, rows[b].id) for a, b in ties),
    )


def _by_component(parts: Sequence[Sequence[int]], scores: Mapping[Pair, float]) -> list[dict[Pair, float]]:
    """Give each component the scores of its own pairs, by position in it."""
    place = {node: (n, k) for n, nodes in enumerate(parts) for k, node in enumerate(nodes)}
    out: list[dict[Pair, float]] = [{} for _ in parts]
    for (a, b), score in scores.items():
        (n, first), (m, second) = place[a], place[b]
        if n == m:
            out[n][first, second] = score
    return out


def _pair(a: int, b: int) -> Pair:
    return (a, b) if a < b else (b, a)


def _group_component(
    rows: Sequence[Unit],
    nodes: Sequence[int],
    links: Mapping[Pair, float],
    together: Collection[Pair],
    apart: Collection[Pair],
    scorer: Scorer,
) -> list[tuple[Unit, ...]]:
    if len(nodes) == 1:
        return [(rows[nodes[0]],)]
    inside = {node: n for n, node in enumerate(nodes)}

    def local(pairs: Collection[Pair]) -> list[Pair]:
        return [(inside[a], inside[b]) for a, b in pairs if a in inside and b in inside]

    found = average_linkage(
        len(nodes),
        links,
        default=scorer.default,
        least=scorer.least,
        together=local(together),
        apart=local(apart),
    )
    return [tuple(rows[nodes[n]] for n in group) for group in found]
