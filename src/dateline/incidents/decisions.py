"""What people decided on linking, as pairs of units that belong together or apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations, product
from typing import Protocol

from dateline.incidents.units import Unit
from dateline.record import Record

__all__ = ["Anchored", "Decided", "parted_events", "unit_pairs"]

UnitPair = tuple[str, str]


class Anchored(Protocol):
    """A span by which a decision names an event: the report's id and the trigger's code points."""

    @property
    def report(self) -> str:
        """Give the report's id."""

    @property
    def start(self) -> int:
        """Give the offset at which the trigger starts."""

    @property
    def end(self) -> int:
        """Give the offset at which it ends."""


class Decided(Protocol):
    """A merge of its anchors, or a split of its anchors from the others."""

    @property
    def kind(self) -> str:
        """Give `merge` or `split`; other kinds are passed over."""

    @property
    def anchors(self) -> Sequence[Anchored]:
        """Give the events that it is about."""

    @property
    def others(self) -> Sequence[Anchored]:
        """Give the events that a split keeps them apart from."""


def event_at(record: Record, anchor: Anchored) -> str | None:
    """Find the event that an anchor names: that whose trigger overlaps the span most."""
    shared = [
        (min(e.trigger.end, anchor.end) - max(e.trigger.start, anchor.start), e.id) for e in record.events
    ]
    best = max(shared, default=(0, ""), key=lambda row: row[0])
    return best[1] if best[0] > 0 else None


def parted_events(
    decisions: Iterable[Decided], record: Record
) -> list[tuple[frozenset[str], frozenset[str]]]:
    """Give the events of one report that splits keep apart, as pairs of sets of ids."""
    out = []
    for decision in decisions:
        if decision.kind == "split":
            sides = [
                frozenset(e for a in side if a.report == record.report.id and (e := event_at(record, a)))
                for side in (decision.anchors, decision.others)
            ]
            if all(sides):
                out.append((sides[0], sides[1]))
    return out


def unit_pairs(
    decisions: Iterable[Decided], units: Iterable[Unit], records: dict[str, Record]
) -> tuple[set[UnitPair], set[UnitPair]]:
    """Give the pairs of unit ids that decisions put together and apart; a later decision beats an earlier."""
    unit_of = {(u.report, e): u.id for u in units for e in u.events}
    together: set[UnitPair] = set()
    apart: set[UnitPair] = set()

    def named(anchors: Iterable[Anchored]) -> list[str]:
        found = (
            unit_of.get((a.report, event_at(records[a.report], a) or ""))
            for a in anchors
            if a.report in records
        )
        return sorted({key for key in found if key})

    for decision in decisions:
        if decision.kind == "merge":
            pairs = set(combinations(named(decision.anchors), 2))
            together, apart = together | pairs, apart - pairs
        elif decision.kind == "split":
            crossing = product(named(decision.anchors), named(decision.others))
            pairs = {(min(p), max(p)) for p in crossing if p[0] != p[1]}
            together, apart = together - pairs, apart | pairs
    return together, apart
