"""Part one report into scenes: the happenings and figures that belong to one incident."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from dateline.incidents.layout import Layout
from dateline.incidents.linkage import average_linkage
from dateline.incidents.ties import ALIEN, Happening, day_of, happenings_of, tie
from dateline.record import Event, Figure, Record

__all__ = ["Scene", "scenes_of"]

_NEVER = -9.0  # score of a pair of happenings that is not given: all are
Sides = tuple[frozenset[str], frozenset[str]]


@dataclass(frozen=True, slots=True)
class Scene:
    """The events and figures of one report that belong to one incident, in text order."""

    events: tuple[Event, ...]
    figures: tuple[Figure, ...]


def scenes_of(record: Record, layout: Layout, parted: Sequence[Sides] = ()) -> list[Scene]:
    """Part a record into its scenes, in order of their first event.

    A record without events gives none. Every event that is not hypothetical or
    foretold stands in one scene, and every figure in one. `parted` are sets of
    event ids that people keep apart: the first of each gets a scene of its own.
    """
    happenings = happenings_of(record, layout)
    if not happenings:
        return []
    told = day_of(record.report.published)
    ties = {(i, j): tie(a, b, told) for (i, a), (j, b) in combinations(enumerate(happenings), 2)}
    groups = _core_groups(happenings, ties)
    _attach(groups, len(happenings), ties)
    events = [[e for i in sorted(group) for e in happenings[i].events] for group in groups]
    for first, second in parted:
        events = _parted(events, first, second)
    return _with_figures(record, layout, events)


def _core_groups(happenings: Sequence[Happening], ties: dict[tuple[int, int], float]) -> list[list[int]]:
    """Group the happenings that can stand alone; all of them where none can."""
    cores = [i for i, h in enumerate(happenings) if h.core] or list(range(len(happenings)))
    at = {node: k for k, node in enumerate(cores)}
    links = {(at[i], at[j]): score for (i, j), score in ties.items() if i in at and j in at}
    found = average_linkage(len(cores), links, default=_NEVER, least=0.0)
    return [[cores[k] for k in group] for group in found]


def _attach(groups: list[list[int]], size: int, ties: dict[tuple[int, int], float]) -> None:
    """Put each happening that only follows from others into the scene that it is tied to best.

    One that goes with none of them stays alone.
    """
    placed = {i for group in groups for i in group}
    cores = [list(group) for group in groups]
    for at in range(size):
        if at in placed:
            continue
        scored = [(max(ties[min(at, i), max(at, i)] for i in group), -n) for n, group in enumerate(cores)]
        best, number = max(scored)
        if best > ALIEN / 2:
            groups[-number].append(at)
        else:
            groups.append([at])


def _parted(groups: list[list[Event]], first: frozenset[str], second: frozenset[str]) -> list[list[Event]]:
    out = []
    for group in groups:
        ids = {e.id for e in group}
        if ids & first and ids & second:
            out += [[e for e in group if e.id in first], [e for e in group if e.id not in first]]
        else:
            out.append(group)
    return out


def _with_figures(record: Record, layout: Layout, groups: list[list[Event]]) -> list[Scene]:
    owner = {e.id: n for n, group in enumerate(groups) for e in group}
    figures: list[list[Figure]] = [[] for _ in groups]
    triggers = sorted((e.trigger.start, owner[e.id]) for e in record.events if e.id in owner)
    for figure in record.figures:
        figures[_scene_of(figure, owner, triggers, layout)].append(figure)
    scenes = [
        Scene(tuple(sorted(group, key=lambda e: (e.trigger.start, e.id))), tuple(own))
        for group, own in zip(groups, figures, strict=True)
    ]
    return sorted(scenes, key=lambda s: s.events[0].trigger.start)


def _scene_of(
    figure: Figure, owner: dict[str, int], triggers: Sequence[tuple[int, int]], layout: Layout
) -> int:
    """Find a figure's scene: that of its event, else of the nearest trigger, in its own sentence first."""
    if figure.event in owner:
        return owner[figure.event]
    at = figure.span.start
    sentence, paragraph = layout.sentence(at), layout.paragraph(at)
    ranked = [
        (layout.sentence(start) != sentence, layout.paragraph(start) != paragraph, abs(start - at), number)
        for start, number in triggers
    ]
    return min(ranked)[3]
