"""What the store asks of a linker, and which reports must be linked again when some are new.

The contract that makes incremental linking give what a batch gives: two records
that could be of one incident share a key; whether two events are the same is
judged from their two records alone; and what is made of reports that no chain
of such ties joins doesn't depend on each other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol, runtime_checkable

import msgspec

from dateline.record import Incident, Posture, Record
from dateline.store.decisions import Decision

__all__ = [
    "Copy",
    "Linked",
    "Linker",
    "Tying",
    "components",
    "default_linker",
]


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

    def postures(self, records: Iterable[Record]) -> Sequence[Posture]:
        """Make the postures of all records that bear on a host, which come in order of publication."""


@runtime_checkable
class Tying(Protocol):
    """What a linker can do besides: tell from two records whether their reports are tied."""

    def tied(self, record: Record, others: Iterable[Record]) -> Collection[str]:
        """Give the ids of those other reports that a report is tied to, as `ties` would name them."""


def default_linker() -> Linker:
    """Give the package's own linker; it is loaded at the first call."""
    from dateline import incidents

    return incidents


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
