"""Events and arguments of another ontology: its written mapping to ours, and their score.

A mapping is a TOML file in `mappings/`; it says what it leaves out. A gold
event is found when the record has an event at its trigger (overlap), typed
when that event has one of the types it maps to. An argument is right when its
event is typed, one of the roles it maps to is given, and the head words meet
(`phrases.same_head`); the place of an event counts at any of its mentions.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.resources import files

from dateline.evaluation.phrases import same_head
from dateline.evaluation.scores import Tally, pair_off
from dateline.record import Event, Place, Record, Span

__all__ = ["MEASURES", "GoldArgument", "GoldEvent", "Ontology", "count_events", "load"]

MEASURES = ("trigger", "trigger and type", "argument span", "argument", "argument given its event")


@dataclass(frozen=True, slots=True)
class GoldArgument:
    """An argument of a gold event, with the role in its own ontology."""

    role: str
    span: Span


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """An event of the other ontology."""

    type: str
    trigger: Span
    arguments: tuple[GoldArgument, ...]


@dataclass(frozen=True, slots=True)
class _Counterpart:
    ours: frozenset[str]
    roles: Mapping[str, Sequence[str]]


class Ontology:
    """A written mapping: the other ontology's types and roles to ours."""

    def __init__(self, rows: Sequence[Mapping[str, object]]) -> None:
        self._rows: list[tuple[str, _Counterpart]] = []
        for row in rows:
            ours, roles, theirs = row["ours"], row["roles"], row["theirs"]
            assert isinstance(ours, list)
            assert isinstance(theirs, list)
            assert isinstance(roles, dict)
            self._rows += [(name, _Counterpart(frozenset(ours), roles)) for name in theirs]
        self._rows.sort(key=lambda row: -len(row[0]))

    @property
    def reach(self) -> frozenset[str]:
        """Give our types that any of theirs maps to."""
        return frozenset[str]().union(*(c.ours for _, c in self._rows))

    def types(self, theirs: str) -> frozenset[str]:
        """Give our types for one of theirs, none where there is no counterpart."""
        found = self._find(theirs)
        return found.ours if found else frozenset()

    def roles(self, theirs: str, role: str) -> Sequence[str]:
        """Give our roles (`where` for the place) for a role of one of their types."""
        found = self._find(theirs)
        return found.roles.get(role.casefold(), ()) if found else ()

    def _find(self, theirs: str) -> _Counterpart | None:
        name = theirs.casefold()
        return next((c for key, c in self._rows if name == key or name.startswith(key + ".")), None)


def load(name: str) -> Ontology:
    """Load a mapping that ships: `aida` or `kairos`."""
    text = files("dateline.evaluation").joinpath("mappings", f"{name}.toml").read_text(encoding="utf-8")
    return Ontology(tomllib.loads(text)["types"])


@dataclass(frozen=True, slots=True)
class _Part:
    """An argument of ours: its role and the phrases that stand for it."""

    role: str
    spans: tuple[Span, ...]


def count_events(
    tally: Tally, record: Record, gold: Sequence[GoldEvent], ontology: Ontology, *, whole: bool = True
) -> None:
    """Count triggers, types and arguments of one text.

    `whole` tells that every event of the text is annotated, so that others of
    ours, of a type within the mapping's reach, are wrong. Gold events and roles
    without a counterpart are left out.
    """
    gold = [g for g in gold if ontology.types(g.type)]
    ours = [e for e in record.events if whole or any(_overlap(e.trigger, g.trigger) for g in gold)]
    at_gold = pair_off(ours, gold, lambda e, g: _overlap(e.trigger, g.trigger) > 0, _weigh(ontology))
    typed = [(e, g) for e, g in at_gold if e.type in ontology.types(g.type)]
    kept = {e.id for e, _ in at_gold}
    found = [e for e in ours if e.id in kept or e.type in ontology.reach]
    tally.count("trigger", len(at_gold), len(found), len(gold))
    tally.count("trigger and type", len(typed), len(found), len(gold))
    _count_arguments(tally, record, found, gold, typed, ontology)
    ours_at = {id(g): e.type for e, g in at_gold}
    right = {id(g) for _, g in typed}
    for g in gold:
        if id(g) not in right:
            tally.errors.append(f"{g.type} {g.trigger.text!r}: ours is {ours_at.get(id(g), 'no event')}")


def _weigh(ontology: Ontology) -> Callable[[Event, GoldEvent], float]:
    """Prefer an event of a right type where several stand at one trigger."""
    return lambda e, g: _overlap(e.trigger, g.trigger) + 1000.0 * (e.type in ontology.types(g.type))


def _count_arguments(
    tally: Tally,
    record: Record,
    found: Sequence[Event],
    gold: Sequence[GoldEvent],
    typed: Sequence[tuple[Event, GoldEvent]],
    ontology: Ontology,
) -> None:
    places = {p.id: p for p in record.places}
    parts = {e.id: _parts(e, places) for e in found}
    wanted = {id(g): [a for a in g.arguments if ontology.roles(g.type, a.role)] for g in gold}
    sizes = {"found": sum(map(len, parts.values())), "gold": sum(map(len, wanted.values()))}
    same = right = ours = theirs = 0
    for event, row in typed:
        mine, want = parts[event.id], wanted[id(row)]
        met = pair_off(mine, want, _meets, partial(_fits, event=row, ontology=ontology))
        same += len(met)
        right += sum(_fits(p, a, row, ontology) for p, a in met)
        ours, theirs = ours + len(mine), theirs + len(want)
    tally.count("argument span", same, **sizes)
    tally.count("argument", right, **sizes)
    tally.count("argument given its event", right, ours, theirs)


def _parts(event: Event, places: Mapping[str, Place]) -> list[_Part]:
    parts = [_Part(a.role, (a.span,)) for a in event.arguments]
    place = places.get(event.where or "")
    return [*parts, _Part("where", place.mentions)] if place else parts


def _meets(part: _Part, argument: GoldArgument) -> bool:
    return any(same_head(span, argument.span) for span in part.spans)


def _fits(part: _Part, argument: GoldArgument, event: GoldEvent, ontology: Ontology) -> bool:
    return part.role in ontology.roles(event.type, argument.role)


def _overlap(a: Span, b: Span) -> int:
    return max(0, min(a.end, b.end) - max(a.start, b.start))
