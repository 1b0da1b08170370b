"""Group units into incidents: a function of the set of units, whatever the order in which they came."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, count
from typing import NamedTuple

from dateline.incidents.candidates import candidate_pairs, keys_of
from dateline.incidents.early import tie
from dateline.incidents.linkage import average_linkage, components
from dateline.incidents.match import SCORER, Scorer
from dateline.incidents.profiles import Profile, profile_of
from dateline.incidents.units import Unit

__all__ = ["SMALL", "Grouped", "Keyed", "are_tied", "group_scored", "group_units", "in_order", "keyed"]

SMALL = 48  # units of a component in which a pair that shares no key is scored, too
NEAREST = 3  # reports of a group that a passage is held against
UnitPair = tuple[str, str]
Pair = tuple[int, int]
_REMEMBERED = 400_000  # pairs, 60 MB, twice: those of one story of a thousand reports
_BITS = 80  # of a number


@dataclass(frozen=True, slots=True)
class Grouped:
    """Groups of units, each in order of telling; `ties` are the pairs of unit ids that scored an edge."""

    groups: tuple[tuple[Unit, ...], ...]
    ties: tuple[UnitPair, ...]


def in_order(units: Collection[Unit]) -> list[Unit]:
    """Sort units by the day of telling, then by report and place in its text; undated ones come last."""
    return sorted(units, key=_order)


def _order(unit: Unit) -> tuple[str, str, int, int]:
    return unit.told or "9999", unit.report, unit.start, unit.end


class Keyed(NamedTuple):
    """A unit with what it is compared by, its keys, and a number that no other unit has."""

    profile: Profile
    keys: frozenset[str]
    number: int


_numbers = count()


def keyed(unit: Unit, number: int | None = None, keys: Collection[str] | None = None) -> Keyed:
    """Work out what a unit is compared by, and its keys; a unit that has a number or keys keeps them."""
    own = keys_of(unit) if keys is None else frozenset(keys)
    return Keyed(profile_of(unit), own, next(_numbers) if number is None else number)


class _Memory:
    """Scores of pairs that were held against each other before: one great story is grouped again and again.

    Kept are numbers alone, by those of the units. A pair has its score, or None under `edge`
    where only that was asked. What was not asked for a while is dropped.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._scores: dict[int, float | None] = {}
        self._before: dict[int, float | None] = {}

    def tie(self, p: Keyed, q: Keyed) -> float | None:
        """Give what `Scorer.tie` gives."""
        key = p.number << _BITS | q.number
        score = self._scores.get(key, math.inf)
        if score == math.inf:
            score = self._before.get(key, math.inf)
            if score == math.inf:
                score = tie(p.profile, q.profile)
            self._keep(key, score)
        return score if score is not None and score >= SCORER.edge else None

    def compare(self, p: Keyed, q: Keyed) -> float:
        """Give what `Scorer.compare` gives."""
        key = p.number << _BITS | q.number
        score = self._scores.get(key)
        if score is None:
            score = self._before.get(key)
            if score is None:
                score = SCORER.compare(p.profile, q.profile)
            self._keep(key, score)
        return score

    def _keep(self, key: int, score: float | None) -> None:
        if len(self._scores) >= self._size:
            self._scores, self._before = {}, self._scores
        self._scores[key] = score


_memory = _Memory(_REMEMBERED)


def are_tied(p: Keyed, q: Keyed) -> bool:
    """Tell whether two units, in order of telling, share a key and are tied."""
    return not p.keys.isdisjoint(q.keys) and tie(p.profile, q.profile) is not None


def group_units(
    units: Collection[Keyed],
    *,
    together: Collection[UnitPair] = (),
    apart: Collection[UnitPair] = (),
    linked: Mapping[str, int] | None = None,
) -> Grouped:
    """Group units into incidents by average linkage within each component of tied pairs.

    What reports lead with is grouped first; what they tell in passing is put to it.
    `together` and `apart` are pairs of unit ids that people decided on. Two
    units that no chain of ties joins never bear on each other, so a component
    can be grouped alone, with the same result. `linked` gives components of
    reports that are known: of two of them no units are tied.
    """
    held = sorted(units, key=lambda row: _order(row.profile.unit))
    rows = [row.profile.unit for row in held]
    return group_scored(
        rows, _scores(held, together, linked or {}), scorer=SCORER, together=together, apart=apart
    )


def _scores(
    held: Sequence[Keyed], together: Collection[UnitPair], linked: Mapping[str, int]
) -> dict[Pair, float]:
    """Score the pairs that share a key, and all of a small component; of two components none ties."""
    rows = [row.profile.unit for row in held]
    known = [linked.get(unit.report) for unit in rows]
    scores: dict[Pair, float] = {}
    below: list[Pair] = []
    for a, b in candidate_pairs(rows, [row.keys for row in held], known):
        score = _memory.tie(held[a], held[b])
        if score is None:
            below.append((a, b))
        else:
            scores[a, b] = score
    at = {unit.id: n for n, unit in enumerate(rows)}
    joined = [(at[a], at[b]) for a, b in together if a in at and b in at]
    parts = components(len(rows), [*scores, *joined])
    part_of = {n: k for k, part in enumerate(parts) for n in part}
    inside = (pair for pair in below if part_of[pair[0]] == part_of[pair[1]])
    for a, b in (*inside, *_more_pairs(held, known, parts)):
        if (a, b) not in scores and rows[a].report != rows[b].report:
            scores[a, b] = _memory.compare(held[a], held[b])
    return scores


def _more_pairs(
    held: Sequence[Keyed], known: Sequence[int | None], parts: Iterable[Sequence[int]]
) -> Iterator[Pair]:
    """Yield all pairs of small components; of large ones that share a key and were of several before."""
    for part in parts:
        if len(part) <= SMALL:
            yield from combinations(part, 2)
        elif len({known[n] for n in part} - {None}) > 1:
            own = [held[n] for n in part]
            pairs = candidate_pairs([row.profile.unit for row in own], [row.keys for row in own])
            yield from ((part[a], part[b]) for a, b in pairs)


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
    home_of = {node: n for n, group in enumerate(groups) for node in group}
    bound = {n for pair in rules.together for n in pair}
    near = _homes_near(home_of, rules)
    homes = [list(group) for group in groups]
    left = []
    for at in (n for n in range(size) if n not in home_of):
        ranked = [
            (_nearness(at, groups[n], rules), -n)
            for n in near.get(at, ())
            if not any(_pair(at, other) in rules.apart for other in groups[n])
        ]
        best, number = max(ranked, default=(rules.scorer.default, 0))
        if best >= rules.scorer.least and at not in bound:
            homes[-number].append(at)
        else:
            left.append(at)
    return _with_bound([sorted(g) for g in (*homes, *_linked(left, rules))], rules)


def _homes_near(home_of: Mapping[int, int], rules: _Rules) -> dict[int, set[int]]:
    """Give for each passage the groups with which it has a score: to all others it is no nearer than any."""
    near: dict[int, set[int]] = {}
    for a, b in rules.links:
        for at, other in ((a, b), (b, a)):
            if at not in home_of and other in home_of:
                near.setdefault(at, set()).add(home_of[other])
    return near


def _nearness(at: int, group: Sequence[int], rules: _Rules) -> float:
    scores = sorted((rules.score(at, other) for other in group), reverse=True)[:NEAREST]
    return sum(scores) / len(scores)


def _with_bound(groups: list[list[int]], rules: _Rules) -> list[list[int]]:
    """Join the groups that people put together."""
    at = {node: n for n, group in enumerate(groups) for node in group}
    joined = components(len(groups), [(at[a], at[b]) for a, b in rules.together if at[a] != at[b]])
    return [sorted(node for n in part for node in groups[n]) for part in joined]
