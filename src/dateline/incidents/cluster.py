"""Group units into incidents: a function of the set of units, whatever the order in which they came."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from dateline.incidents.candidates import candidate_pairs
from dateline.incidents.linkage import average_linkage, components
from dateline.incidents.match import SCORER, Scorer
from dateline.incidents.units import Unit

__all__ = ["Grouped", "group_units", "in_order"]

UnitPair = tuple[str, str]


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
    at = {u.id: n for n, u in enumerate(rows)}
    joined = sorted({_pair(at[a], at[b]) for a, b in together if a in at and b in at and a != b})
    parted = {_pair(at[a], at[b]) for a, b in apart if a in at and b in at and a != b}
    scores = {pair: scorer.score(rows[pair[0]], rows[pair[1]]) for pair in candidate_pairs(rows)}
    ties = [pair for pair, score in scores.items() if score >= scorer.edge]
    groups: list[tuple[Unit, ...]] = []
    for nodes in components(len(rows), [*ties, *joined]):
        groups += _group_component(rows, nodes, scores, joined, parted, scorer)
    return Grouped(
        tuple(sorted(groups, key=lambda g: (g[0].told or "9999", g[0].report, g[0].start))),
        tuple((rows[a].id, rows[b].id) for a, b in ties),
    )


def _pair(a: int, b: int) -> tuple[int, int]:
    return (a, b) if a < b else (b, a)


def _group_component(
    rows: Sequence[Unit],
    nodes: Sequence[int],
    scores: dict[tuple[int, int], float],
    together: Collection[tuple[int, int]],
    apart: Collection[tuple[int, int]],
    scorer: Scorer,
) -> list[tuple[Unit, ...]]:
    if len(nodes) == 1:
        return [(rows[nodes[0]],)]
    inside = {node: n for n, node in enumerate(nodes)}

    def local(pairs: Collection[tuple[int, int]]) -> list[tuple[int, int]]:
        return [(inside[a], inside[b]) for a, b in pairs if a in inside and b in inside]

    links = {
        (inside[a], inside[b]): scores[a, b]
        for n, a in enumerate(nodes) for b in nodes[n + 1 :] if (a, b) in scores
    }  # fmt: skip
    found = average_linkage(
        len(nodes),
        links,
        default=scorer.default,
        least=scorer.least,
        together=local(together),
        apart=local(apart),
    )
    return [tuple(rows[nodes[n]] for n in group) for group in found]
