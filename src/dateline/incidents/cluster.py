"""Group units into incidents: a function of the set of units, whatever the order in which they came."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from dateline.incidents.candidates import candidate_pairs
from dateline.incidents.linkage import average_linkage, components
from dateline.incidents.match import SCORER, Scorer
from dateline.incidents.profiles import profile_of
from dateline.incidents.units import Unit

__all__ = ["Grouped", "group_scored", "group_units", "in_order"]

NEAREST = 3  # reports of a group that a passage is held against
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

    What reports lead with is grouped first; what they tell in passing is put to it.
    `together` and `apart` are pairs of unit ids that people decided on. Two
    units that no chain of ties joins never bear on each other, so a component
    can be grouped alone, with the same result.
    """
    rows = in_order(units)
    return group_scored(rows, _scores(rows, scorer, together), scorer=scorer, together=together, apart=apart)


def _scores(rows: Sequence[Unit], scorer: Scorer, together: Collection[UnitPair]) -> dict[Pair, float]:
    """Score the pairs that share a key: of two components only those that tie, which are none."""
    profiles = [profile_of(unit) for unit in rows]
    scores: dict[Pair, float] = {}
    below: list[Pair] = []
    for a, b in candidate_pairs(rows):
        score = scorer.tie(profiles[a], profiles[b])
        if score is None:
            below.append((a, b))
        else:
            scores[a, b] = score
    at = {unit.id: n for n, unit in enumerate(rows)}
    joined = [(at[a], at[b]) for a, b in together if a in at and b in at]
    part_of = {n: k for k, part in enumerate(components(len(rows), [*scores, *joined])) for n in part}
    for a, b in below:
        if part_of[a] == part_of[b]:
            scores[a, b] = scorer.compare(profiles[a], profiles[b])
    return scores


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

    rules = _Rules(scorer, links, local(together), local(apart))
    leads = [n for n, node in enumerate(nodes) if rows[node].lead]
    groups = _with_passages(_linked(leads, rules), len(nodes), rules)
    return [tuple(rows[nodes[n]] for n in group) for group in sorted(groups)]


@dataclass(frozen=True, slots=True)
class _Rules:
    """What a component is grouped by: scores by pair, and the pairs that people decided on."""

    scorer: Scorer
    links: Mapping[Pair, float]
    together: Sequence[Pair]
    apart: Sequence[Pair]

    def score(self, a: int, b: int) -> float:
        return self.links.get(_pair(a, b), self.scorer.default)


def _linked(nodes: Sequence[int], rules: _Rules) -> list[list[int]]:
    """Group some nodes of a component by average linkage."""
    inside = {node: n for n, node in enumerate(nodes)}
    own = {
        (inside[a], inside[b]): score for (a, b), score in rules.links.items() if a in inside and b in inside
    }
    found = average_linkage(
        len(nodes),
        own,
        default=rules.scorer.default,
        least=rules.scorer.least,
        together=[(inside[a], inside[b]) for a, b in rules.together if a in inside and b in inside],
        apart=[(inside[a], inside[b]) for a, b in rules.apart if a in inside and b in inside],
    )
    return [[nodes[n] for n in group] for group in found]


def _with_passages(groups: list[list[int]], size: int, rules: _Rules) -> list[list[int]]:
    """Put each passage told in passing into the group that it is nearest to; the rest are grouped among them.

    Groups are those of what reports lead with. A passage is short, so it is held
    against the few reports that it is most like, not against the mean of all.
    """
    placed = {n for group in groups for n in group}
    bound = {n for pair in rules.together for n in pair}
    homes = [list(group) for group in groups]
    left = []
    for at in (n for n in range(size) if n not in placed):
        ranked = [
            (_nearness(at, group, rules), -n)
            for n, group in enumerate(groups)
            if not any(_pair(at, other) in rules.apart for other in group)
        ]
        best, number = max(ranked, default=(rules.scorer.default, 0))
        if best >= rules.scorer.least and at not in bound:
            homes[-number].append(at)
        else:
            left.append(at)
    return _with_bound([sorted(g) for g in (*homes, *_linked(left, rules))], rules)


def _nearness(at: int, group: Sequence[int], rules: _Rules) -> float:
    scores = sorted((rules.score(at, other) for other in group), reverse=True)[:NEAREST]
    return sum(scores) / len(scores)


def _with_bound(groups: list[list[int]], rules: _Rules) -> list[list[int]]:
    """Join the groups that people put together."""
    at = {node: n for n, group in enumerate(groups) for node in group}
    joined = components(len(groups), [(at[a], at[b]) for a, b in rules.together if at[a] != at[b]])
    return [sorted(node for n in part for node in groups[n]) for part in joined]
