"""Make the incidents of what was gathered: by steps, or all at once where the linker knows no steps."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection, select

from dateline.record import Incident, Record
from dateline.store import schema
from dateline.store.bodies import MANY, batched
from dateline.store.briefs import Briefs, marks_of
from dateline.store.decisions import span_of
from dateline.store.gathering import Gathered
from dateline.store.linking import Copy, Group, Linked, Linker, Stepwise
from dateline.store.touched import Records, copies_of

__all__ = ["Made", "Told", "make", "make_by_steps"]

_TOGETHER = 200  # reports whose records are held at once while incidents are built
_DIGITS = 32  # hex digits of a basis

_incidents = schema.incidents


@dataclass(frozen=True)
class Told:
    """An incident as it is told now: its id, its reports' ids, and the digest of what it is built of.

    `incident` is None where the store holds the very one; `anchor` is where its
    first event stands, by report and offset.
    """

    id: str
    reports: frozenset[str]
    basis: str
    incident: Incident | None
    anchor: tuple[str, int] | None


@dataclass(frozen=True)
class Made:
    """What linking made: incidents, and the groups of reports that are tied together besides."""

    told: tuple[Told, ...]
    ties: tuple[tuple[str, ...], ...]


def make(connection: Connection, found: Gathered, linker: Linker, records: Records) -> Made:
    """Link records all at once."""
    by_seq = records.of(connection, found.rows, found.replay)
    by_id = {record.report.id: record for record in by_seq.values()}
    linked = linker.link(
        [by_id[head.id] for head in found.in_order()],
        copies=copies_of(connection, found.rows),
        decisions=found.replay.for_linker(by_id),
    )
    incidents = found.replay.corrected(linked.incidents, by_id)
    return Made(tuple(_told(i, by_id, "") for i in incidents), _tied(linked))


def _tied(linked: Linked) -> tuple[tuple[str, ...], ...]:
    pairs = getattr(linked, "ties", ())
    return tuple(tuple(name.partition("#")[0] for name in pair) for pair in pairs)  # of units: REPORT#OFFSETS


def _told(incident: Incident, records: Mapping[str, Record], basis: str) -> Told:
    reports = {*incident.reports, *(member.report for member in incident.events)}
    return Told(incident.id, frozenset(reports), basis, incident, _anchor(incident, records))


def _anchor(incident: Incident, records: Mapping[str, Record]) -> tuple[str, int] | None:
    for member in incident.events[:1]:
        for event in records[member.report].events:
            if event.id == member.event:
                return member.report, span_of(event).start
    return None


def make_by_steps(
    connection: Connection, found: Gathered, linker: Stepwise, records: Records, briefs: Briefs
) -> Made:
    """Group briefs, and build the incidents that are told by others than before, or by changed reports."""
    seq_of = {head.id: seq for seq, head in found.rows.items()}
    named = {name: seq_of[name] for name in found.replay.named() if name in seq_of}
    decided = _records(connection, found, records, named.values())
    grouping = linker.group(
        briefs.of(connection, found.rows, found.replay).values(),
        records=decided,
        decisions=found.replay.for_linker(decided),
        linked=found.linked(),
    )
    copies = copies_of(connection, found.rows)
    bases = _Bases(found, briefs.version, copies)
    held = _held(connection, found.parts)
    changed = {head.id for seq, head in found.rows.items() if seq in found.changed}
    told, absent = [], []
    for group in grouping.groups:
        basis = bases.of(group)
        if held.get(group.id) == basis and changed.isdisjoint(group.reports):
            told.append(Told(group.id, frozenset(group.reports), basis, None, None))
        else:
            absent.append((group, basis))
    for batch in _batches(absent):
        wanted = {seq_of[name] for group, _ in batch for name in group.reports}
        by_id = _records(connection, found, records, wanted)
        built = [linker.build(group, by_id, copies) for group, _ in batch]
        shown = found.replay.corrected(built, by_id)
        told += [_told(i, by_id, basis) for i, (_, basis) in zip(shown, batch, strict=True)]
    return Made(tuple(told), tuple(grouping.ties))


def _records(
    connection: Connection, found: Gathered, records: Records, seqs: Iterable[int]
) -> dict[str, Record]:
    heads = {seq: found.rows[seq] for seq in sorted(seqs)}
    rows = records.of(connection, heads, found.replay)
    return {record.report.id: record for record in rows.values()}


def _batches(rows: Sequence[tuple[Group, str]]) -> Iterable[list[tuple[Group, str]]]:
    """Cut groups into lists that tell of about so many reports."""
    batch: list[tuple[Group, str]] = []
    size = 0
    for row in rows:
        batch.append(row)
        size += len(row[0].reports)
        if size >= _TOGETHER:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


class _Bases:
    """Digests of what incidents are built of."""

    def __init__(self, found: Gathered, version: str, copies: Mapping[str, Sequence[Copy]]) -> None:
        self._version, self._copies = version, copies
        self._marks = marks_of(found.rows.values(), found.replay)

    def of(self, group: Group) -> str:
        """Give the digest of a group's units, records, copies and the decisions on them, and of the code."""
        units = [(unit.id, unit.events, unit.figures) for unit in group.units]
        reports = [(self._marks[name], self._copies.get(name, ())) for name in group.reports]
        return hashlib.sha256(msgspec.json.encode((self._version, units, reports))).hexdigest()[:_DIGITS]


def _held(connection: Connection, parts: Iterable[int]) -> dict[str, str]:
    """Give the basis of each incident of these components, by id."""
    found: dict[str, str] = {}
    for batch in batched(sorted(parts), MANY):
        query = select(_incidents.c.id, _incidents.c.basis).where(_incidents.c.component.in_(batch))
        found.update((key, basis) for key, basis in connection.execute(query))
    return found
