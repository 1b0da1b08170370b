"""Part one report into scenes: the happenings and figures that belong to one incident.

A report tells of one thing unless it shows otherwise: two happenings are held
together until their places, days or kinds speak against it. The weights of
the ties are sums of log-odds by hand; they were set on the project's own
reports (`training/reports`), not on the stories that measure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from dateline.incidents.families import are_akin, family_of, is_core
from dateline.incidents.geography import SAME_KM, distance_km, is_exact
from dateline.incidents.layout import Layout
from dateline.incidents.linkage import average_linkage
from dateline.record import Event, Figure, Place, Record, When

__all__ = ["REAL", "Scene", "scenes_of", "span_of_days"]

REAL = frozenset(("happened", "ongoing", "possible"))
_UNREAL = frozenset(("hypothetical", "predicted"))  # never happenings of the report
PRIOR = 0.4  # two happenings of one report, nothing known: together
_SAME_SENTENCE, _SAME_PARAGRAPH, _FAR_APART = 1.0, 0.5, -0.4
_FAR_PARAGRAPHS = 4
_AKIN, _SAME_TYPE, _ALIEN = 0.3, 0.3, -4.0
_SAME_PLACE, _SAME_COUNTRY, _OTHER_PLACE, _OTHER_COUNTRY = 1.0, 0.2, -2.0, -2.5
_BY_SENTENCE = 0.5  # a place that only stands in the same sentence counts for half
_SAME_DAYS, _LONG_AGO, _OTHER_DAYS = 0.5, -4.0, -1.0
_NEAR_DAYS, _OLD_DAYS = 7, 45  # a siege and its aftermath last days; two months part two stories
_FAR_KM = 60.0  # further than a town and the district in which it lies
_SHARED_PARTY = 0.4


@dataclass(frozen=True, slots=True)
class Scene:
    """The events and figures of one report that belong to one incident, in text order."""

    events: tuple[Event, ...]
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class _Happening:
    """All mentions of one happening in a report."""

    events: tuple[Event, ...]
    sentences: frozenset[int]
    paragraphs: frozenset[int]
    places: tuple[Place, ...]
    near: tuple[Place, ...]
    days: tuple[date, date] | None
    parties: frozenset[str]

    @property
    def type(self) -> str:
        return self.events[0].type

    @property
    def core(self) -> bool:
        """Tell whether it can stand as an incident of its own."""
        care = family_of(self.type) == "care"
        return is_core(self.type) and any(
            e.status in REAL or (care and e.status == "planned") for e in self.events
        )


def day_of(iso: str | None) -> date | None:
    """Read the day of an ISO date or datetime; None where there is none."""
    return date.fromisoformat(iso[:10]) if iso else None


def span_of_days(whens: Iterable[When | None]) -> tuple[date, date] | None:
    """Give the first and the last day of times that are known to the week, None where none is."""
    known = [
        (first, last)
        for when in whens
        if when and when.precision in ("hour", "day", "week")
        and (first := day_of(when.start)) and (last := day_of(when.end) or day_of(when.start))
    ]  # fmt: skip
    vague = [
        (first, last)
        for when in whens
        if when
        and when.precision in ("month", "year")
        and (first := day_of(when.start))
        and (last := day_of(when.end))
    ]
    spans = known or vague
    return (min(a for a, _ in spans), max(b for _, b in spans)) if spans else None


def scenes_of(
    record: Record, layout: Layout, parted: Sequence[tuple[frozenset[str], frozenset[str]]] = ()
) -> list[Scene]:
    """Part a record into its scenes, in order of their first event.

    A record without events gives none. Every event that is not hypothetical or
    foretold stands in one scene, and every figure in one. `parted` are sets of
    event ids that people keep apart: the first of each gets a scene of its own.
    """
    happenings = _happenings(record, layout)
    if not happenings:
        return []
    ties = {
        (i, j): _tie(a, b)
        for (i, a), (j, b) in combinations(enumerate(happenings), 2)
    }  # fmt: skip
    cores = [i for i, h in enumerate(happenings) if h.core] or list(range(len(happenings)))
    at = {node: k for k, node in enumerate(cores)}
    links = {(at[i], at[j]): tie for (i, j), tie in ties.items() if i in at and j in at}
    groups = [
        [cores[k] for k in group] for group in average_linkage(len(cores), links, default=-9.0, least=0.0)
    ]
    _attach(groups, happenings, ties)
    events = [[e for i in sorted(group) for e in happenings[i].events] for group in groups]
    for first, second in parted:
        events = _parted(events, first, second)
    return _with_figures(record, layout, events)


def _parted(groups: list[list[Event]], first: frozenset[str], second: frozenset[str]) -> list[list[Event]]:
    out = []
    for group in groups:
        ids = {e.id for e in group}
        if ids & first and ids & second:
            out += [[e for e in group if e.id in first], [e for e in group if e.id not in first]]
        else:
            out.append(group)
    return out


def _happenings(record: Record, layout: Layout) -> list[_Happening]:
    by_name: dict[str, list[Event]] = {}
    for event in record.events:
        if event.status not in _UNREAL:
            by_name.setdefault(event.happening, []).append(event)
    places = {p.id: p for p in record.places}
    found = [_happening(tuple(events), layout, record, places) for events in by_name.values()]
    return sorted(found, key=lambda h: (h.events[0].trigger.start, h.events[0].id))


def _happening(
    events: tuple[Event, ...], layout: Layout, record: Record, places: dict[str, Place]
) -> _Happening:
    events = tuple(sorted(events, key=lambda e: (e.trigger.start, e.trigger.end)))
    sentences = frozenset(layout.sentence(e.trigger.start) for e in events)
    named = tuple(dict.fromkeys(places[e.where].id for e in events if e.where in places))
    near = tuple(
        p for p in record.places
        if p.id not in named and is_exact(p)
        and any(layout.sentence(m.start) in sentences and not layout.in_header(m) for m in p.mentions)
    )  # fmt: skip
    return _Happening(
        events=events,
        sentences=sentences,
        paragraphs=frozenset(layout.paragraph(e.trigger.start) for e in events),
        places=tuple(places[p] for p in named),
        near=near if len(near) == 1 else (),
        days=span_of_days([e.when for e in events]),
        parties=frozenset(a.actor for e in events for a in e.arguments if a.actor),
    )


def _tie(a: _Happening, b: _Happening) -> float:
    """Weigh how likely two happenings of one report belong to one incident, in log-odds."""
    return PRIOR + _kind_tie(a, b) + _text_tie(a, b) + _place_tie(a, b) + _day_tie(a, b) + (
        _SHARED_PARTY if a.parties & b.parties else 0.0
    )  # fmt: skip


def _kind_tie(a: _Happening, b: _Happening) -> float:
    if a.type == b.type:
        return _SAME_TYPE
    return _AKIN if are_akin(a.type, b.type) else _ALIEN


def _text_tie(a: _Happening, b: _Happening) -> float:
    if a.sentences & b.sentences:
        return _SAME_SENTENCE
    if a.paragraphs & b.paragraphs:
        return _SAME_PARAGRAPH
    gap = min(abs(i - j) for i in a.paragraphs for j in b.paragraphs)
    return _FAR_APART if gap >= _FAR_PARAGRAPHS else 0.0


def _place_tie(a: _Happening, b: _Happening) -> float:
    if a.places and b.places:
        return _places_tie(a.places, b.places)
    first, second = a.places or a.near, b.places or b.near
    return _BY_SENTENCE * _places_tie(first, second) if first and second else 0.0


def _places_tie(first: Sequence[Place], second: Sequence[Place]) -> float:
    return max(_two_places(p, q) for p in first for q in second)


def _two_places(p: Place, q: Place) -> float:
    if p.id == q.id:
        return _SAME_PLACE if is_exact(p) else _SAME_COUNTRY
    if p.country and q.country and p.country != q.country:
        return _OTHER_COUNTRY
    apart = distance_km(p, q)
    if apart is None or not (is_exact(p) and is_exact(q)):
        return 0.0
    if apart <= SAME_KM:
        return _SAME_PLACE
    return _OTHER_PLACE if apart > _FAR_KM else 0.0


def _day_tie(a: _Happening, b: _Happening) -> float:
    if a.days is None or b.days is None:
        return 0.0
    gap = max((b.days[0] - a.days[1]).days, (a.days[0] - b.days[1]).days, 0)
    if gap <= 1:
        return _SAME_DAYS
    if gap <= _NEAR_DAYS:
        return 0.0
    return _LONG_AGO if gap > _OLD_DAYS else _OTHER_DAYS


def _attach(
    groups: list[list[int]], happenings: Sequence[_Happening], ties: dict[tuple[int, int], float]
) -> None:
    """Put each happening that only follows from others into the scene that it is tied to best.

    One that goes with none of them stays alone.
    """
    placed = {i for group in groups for i in group}
    cores = [list(group) for group in groups]
    for at in range(len(happenings)):
        if at in placed:
            continue
        scored = [(max(ties[min(at, i), max(at, i)] for i in group), -n) for n, group in enumerate(cores)]
        best, number = max(scored)
        if best > _ALIEN / 2:
            groups[-number].append(at)
        else:
            groups.append([at])


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
    at, sentence, paragraph = (
        figure.span.start,
        layout.sentence(figure.span.start),
        layout.paragraph(figure.span.start),
    )
    ranked = [
        (layout.sentence(start) != sentence, layout.paragraph(start) != paragraph, abs(start - at), number)
        for start, number in triggers
    ]
    return min(ranked)[3]
