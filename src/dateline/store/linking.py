"""What the store asks of a linker, and which reports must be linked again when some are new.

The contract that makes incremental linking give what a batch gives: two records
that could be of one incident share a key; whether two events are the same is
judged from their two records alone; and what is made of reports that no chain
of such ties joins doesn't depend on each other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Protocol

import msgspec

from dateline.record import Incident, Posture, Record
from dateline.store.decisions import Decision

__all__ = [
    "Copy",
    "IncidentsLinker",
    "Linked",
    "Linker",
    "components",
    "default_linker",
    "host_countries",
    "place_and_day_keys",
]

_NEAR = 3  # days: reports of one happening date it within as many
_WEEK = 7  # days in a bucket; more than 2 * _NEAR, so that two buckets cover any day's neighbours
_POSTURE_TYPES = frozenset(
    {"mission-closure", "mission-opening", "travel-advisory", "evacuation", "withdrawal", "release"}
)


class Copy(msgspec.Struct, frozen=True, kw_only=True):
    """Another appearance of a report's text: who published it, where, and when (ISO)."""

    publisher: str | None = None
    url: str | None = None
    published: str | None = None


class Linked(Protocol):
    """What linking gives; `ties`, if there, are pairs of ids of reports that tell one happening."""

    @property
    def incidents(self) -> Sequence[Incident]:
        """Give the incidents, each once."""

    @property
    def postures(self) -> Sequence[Posture]:
        """Give the postures, the latest of each sender and host last."""


class Linker(Protocol):
    """Makes incidents of records: pure, the same for the same input."""

    def keys(self, record: Record) -> Collection[str]:
        """Give the keys of a record: two that could be of one incident share one at least."""

    def hosts(self, record: Record) -> Collection[str]:
        """Give the host countries (alpha-3) whose postures the record may bear on."""

    def link(
        self,
        records: Sequence[Record],
        *,
        copies: Mapping[str, Sequence[Copy]],
        decisions: Sequence[Decision],
    ) -> Linked:
        """Make incidents of records. `copies` is by report id; `decisions` are merges and splits.

        Every report that a decision names is among the records, and its
        anchors are the triggers of events in them.
        """

    def postures(self, records: Sequence[Record]) -> Sequence[Posture]:
        """Make the postures of all records that bear on a host."""


def place_and_day_keys(record: Record) -> set[str]:
    """Give keys by country and week, two weeks where a day stands near the border of one.

    Events within three days of each other in one country share a key. An event
    without a day stands on the day of publication; one without a place, in every
    country that the report names.
    """
    country_of = {place.id: place.country for place in record.places}
    named = {c for c in country_of.values() if c} or {"-"}
    keys = set()
    for event in record.events:
        where = country_of.get(event.where or "")
        when = event.when.start if event.when and event.when.start else record.report.published
        for week in _weeks(when):
            keys |= {f"{country}:{week}" for country in ({where} if where else named)}
    return keys


def _weeks(day: str | None) -> set[int]:
    try:
        at = date.fromisoformat((day or "")[:10])
    except ValueError:
        return {0}
    return {(at + timedelta(days=d)).toordinal() // _WEEK for d in (-_NEAR, _NEAR) if _in_calendar(at, d)}


def _in_calendar(at: date, days: int) -> bool:
    return 1 <= at.toordinal() + days <= date.max.toordinal()


def host_countries(record: Record) -> set[str]:
    """Give every country that a report names, if it tells of missions, staff or advice; else none."""
    if not any(event.type in _POSTURE_TYPES for event in record.events):
        return set()
    return {place.country for place in record.places if place.country}


class IncidentsLinker:
    """The linker of `dateline.incidents`, with the keys that it names, or else those of place and day."""

    def __init__(self, module: Any) -> None:
        self._module = module

    def keys(self, record: Record) -> Collection[str]:
        """Give the keys of a record."""
        keys: Collection[str] = getattr(self._module, "keys", place_and_day_keys)(record)
        return keys

    def hosts(self, record: Record) -> Collection[str]:
        """Give the host countries whose postures the record may bear on."""
        hosts: Collection[str] = getattr(self._module, "hosts", host_countries)(record)
        return hosts

    def link(
        self,
        records: Sequence[Record],
        *,
        copies: Mapping[str, Sequence[Copy]],
        decisions: Sequence[Decision],
    ) -> Linked:
        """Make incidents of records."""
        linked: Linked = self._module.link(records, copies=copies, decisions=decisions)
        return linked

    def postures(self, records: Sequence[Record]) -> Sequence[Posture]:
        """Make the postures of all records that bear on a host."""
        make = getattr(self._module, "postures", None)
        found: Sequence[Posture] = (
            make(records) if callable(make) else self.link(records, copies={}, decisions=()).postures
        )
        return found


def default_linker() -> Linker:
    """Give the package's own linker; it is loaded at the first call."""
    from importlib import import_module

    return IncidentsLinker(import_module("dateline.incidents"))


def components(members: Iterable[int], groups: Iterable[Collection[int]]) -> dict[int, int]:
    """Join members that share a group, over any number of steps; give each its component's least member.

    Groups may name only members.
    """
    parent = {member: member for member in members}

    def find(member: int) -> int:
        while parent[member] != member:
            parent[member] = parent[parent[member]]
            member = parent[member]
        return member

    for group in groups:
        roots = sorted({find(member) for member in group})
        for root in roots[1:]:
            parent[root] = roots[0]
    return {member: find(member) for member in parent}
