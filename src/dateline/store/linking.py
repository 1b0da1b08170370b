"""What the store asks of a linker, and which reports must be linked again when some are new.

The contract that makes incremental linking give what a batch gives: two records
that could be of one incident share a key; whether two events are the same is
judged from their two records alone; and what is made of reports that no chain
of such ties joins doesn't depend on each other.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

import msgspec

from dateline import record
from dateline.record import Incident, Posture, Record
from dateline.store.decisions import Decision

__all__ = [
    "Brief",
    "Copy",
    "Group",
    "Grouping",
    "Linked",
    "Linker",
    "Sign",
    "Stepwise",
    "Unit",
    "components",
    "default_linker",
    "linker_version",
]

_ROOMS = ("incidents", "reading", "knowledge")
_FILES = ("record.py", "codebook.py", "codebook.toml")
_CODE = (".py", ".toml", ".txt")  # what these rooms know of the world beside is not looked at in linking
_DIGITS = 16  # hex digits of the digest


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


class Brief(Protocol):
    """What a linker compares of a report, a function of its record alone."""

    @property
    def report(self) -> str:
        """Give the report's id."""

    @property
    def keys(self) -> Collection[str]:
        """Give what `Linker.keys` gives of its record."""


class Sign(Protocol):
    """What a report says of one posture."""

    @property
    def host(self) -> str:
        """Give the host country (alpha-3)."""


class Unit(Protocol):
    """One happening as one report tells it."""

    @property
    def id(self) -> str:
        """Give an id that no other unit has."""

    @property
    def events(self) -> Sequence[str]:
        """Give the ids of its events."""

    @property
    def figures(self) -> Sequence[str]:
        """Give the ids of its figures."""


class Group(Protocol):
    """The units of one incident: `id` is the incident's, `reports` are the ids of their reports."""

    @property
    def id(self) -> str:
        """Give the incident's id."""

    @property
    def units(self) -> Sequence[Any]:
        """Give the units (`Unit`), in order of telling."""

    @property
    def reports(self) -> Sequence[str]:
        """Give the ids of the reports."""


class Grouping(Protocol):
    """What grouping gives; `ties` as in `Linked`."""

    @property
    def groups(self) -> Sequence[Any]:
        """Give what becomes an incident each (`Group`)."""

    @property
    def ties(self) -> Sequence[tuple[str, str]]:
        """Give pairs of ids of reports."""


@runtime_checkable
class Stepwise(Linker, Protocol):
    """A linker that goes by steps: compares briefs, groups them, and builds an incident of each group.

    What is built of a group depends on its units, its records, their other
    appearances and the decisions on them alone, so that it need not be built
    again while these are the same.
    """

    def brief_of(self, record: Record) -> Any:
        """Make the brief of a record."""

    def pack_brief(self, brief: Any) -> bytes:
        """Write a brief."""

    def open_brief(self, packed: bytes) -> Any:
        """Read a brief."""

    def signs_of(self, record: Record) -> Sequence[Any]:
        """Give what a record says of postures (`Sign`)."""

    def pack_signs(self, signs: Any) -> bytes:
        """Write signs."""

    def open_signs(self, packed: bytes) -> Sequence[Any]:
        """Read signs."""

    def postures_from(self, signs: Any) -> Sequence[Posture]:
        """Make postures of signs, whatever their order."""

    def tied(self, brief: Any, others: Any) -> Collection[str]:
        """Give the ids of those other reports (by briefs) that a report is tied to, as `ties` would."""

    def group(
        self, briefs: Any, *, records: Mapping[str, Record], decisions: Any, linked: Mapping[str, int]
    ) -> Any:
        """Group briefs (`Grouping`).

        `records` are those of the reports that decisions name, by report id. `linked` gives components of
        reports that were grouped before: those of two different ones are known not to be tied.
        """

    def build(self, group: Any, records: Mapping[str, Record], copies: Any) -> Incident:
        """Make the incident of a group; `records` and `copies` by report id."""


@lru_cache(maxsize=1)
def linker_version() -> str:
    """Name the version of the package's linker: the digest of all code that it rests on."""
    root = Path(record.__file__).parent
    rooms = (path for room in _ROOMS for path in (root / room).rglob("*"))
    digest = hashlib.sha256(sys.byteorder.encode())
    for path in sorted((*rooms, *map(root.joinpath, _FILES))):
        if path.is_file() and path.suffix in _CODE:
            digest.update(path.relative_to(root).as_posix().encode() + b"\n" + path.read_bytes())
    return digest.hexdigest()[:_DIGITS]


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
