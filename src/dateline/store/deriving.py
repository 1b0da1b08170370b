"""Derive incidents, ledgers and postures: of what is new and what it touches, or of everything.

Reports wait in `pending`. A step takes some of them with all that they touch,
links them anew and replaces what was derived from them, in one transaction. A
rebuild forgets what was derived and does the same over all reports in the order
of their publication, so that its result doesn't depend on the order in which
they came.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, delete, insert, select, update

from dateline.record import Incident, Posture, Record
from dateline.store import schema
from dateline.store.base import Base, Lock
from dateline.store.bodies import batched, now
from dateline.store.decisions import span_of
from dateline.store.gathering import Gathered, gather
from dateline.store.linking import Linked, Linker, components
from dateline.store.moves import digest_of, note_incidents, note_postures, snapshot
from dateline.store.replay import Replay
from dateline.store.rows import insert_incidents
from dateline.store.touched import (
    Records,
    copies_of,
    current_rows,
    hosts_of,
    replay_on,
    reports_on,
    values_where,
)

__all__ = ["Deriver"]

STEP = 200  # reports linked in one transaction: other writers wait for it
BATCH = 1000  # reports linked at once in a rebuild, which is one transaction all the same
_MANY = 1000  # values in one IN

_reports, _pending, _incidents = schema.reports, schema.pending, schema.incidents
_parts, _issued, _postures = schema.components, schema.issued, schema.postures

Progress = Callable[[int], None]


class Deriver:
    """Keeps what is derived in step with what is kept, by a linker."""

    def __init__(self, base: Base, linker: Callable[[], Linker]) -> None:
        """`linker` is called when the first report is linked."""
        self._base, self._make = base, linker
        self._linker: Linker | None = None
        self._records = Records()

    @property
    def linker(self) -> Linker:
        """Give the linker, made at the first call."""
        if self._linker is None:
            self._linker = self._make()
        return self._linker

    def waiting(self) -> bool:
        """Tell whether any report is not linked yet."""
        with self._base.reading() as connection:
            return connection.execute(select(_pending.c.seq).limit(1)).first() is not None

    def catch_up(self, linked: Progress | None = None) -> int:
        """Link every report that waits; give how many there were. `linked` is told of each step's."""
        done = 0
        while self.waiting():
            with self._base.writing(Lock.DERIVE) as connection:
                count = self.step(connection)
            done += count
            if linked:
                linked(count)
        return done

    def step(self, connection: Connection) -> int:
        """Link some of the reports that wait, in the caller's transaction, which holds DERIVE."""
        rows = connection.execute(select(_pending).order_by(_pending.c.seq).limit(STEP)).all()
        seqs = sorted({row.report for row in rows})
        for host in sorted(self._link(connection, seqs)):
            self._renew_postures(connection, host)
        _no_longer_pending(connection, (row.seq for row in rows))
        return len(seqs)

    def rebuild(self, linked: Progress | None = None) -> int:
        """Derive everything anew, all or nothing; give how many reports were linked."""
        with self._base.writing(Lock.DERIVE) as connection:
            waited = connection.execute(select(_pending.c.seq)).scalars().all()
            before = snapshot(connection)
            for table in schema.DERIVED:
                connection.execute(delete(table))
            order = select(_reports.c.seq).where(_reports.c.live).order_by(_reports.c.rank, _reports.c.id)
            seqs = connection.execute(order).scalars().all()
            hosts: set[str] = set()
            for batch in batched(seqs, BATCH):
                hosts |= self._link(connection, batch, noted=False)
                if linked:
                    linked(len(batch))
            for host in sorted(hosts):
                self._renew_postures(connection, host)
            note_incidents(connection, _next_revision(connection), before, snapshot(connection))
            _no_longer_pending(connection, waited)
        return len(seqs)

    def drop_report(self, connection: Connection, seq: int) -> None:
        """Drop all that was derived from a report, so that it can be deleted; what it touched waits."""
        self._records.forget()
        part = connection.execute(select(_parts.c.component).where(_parts.c.report == seq)).scalar()
        others = values_where(connection, _parts.c.report, _parts.c.component, [part]) - {seq}
        _delete_incidents(
            connection, values_where(connection, _incidents.c.id, _incidents.c.component, [part])
        )
        hosts = hosts_of(connection, [seq])
        for table in (schema.link_keys, schema.doubts, _parts):
            connection.execute(delete(table).where(table.c.report == seq))
        for host in sorted(hosts):
            self._renew_postures(connection, host)
        if others:
            connection.execute(insert(_pending), [{"report": other} for other in sorted(others)])

    def _link(self, connection: Connection, seqs: Sequence[int], *, noted: bool = True) -> set[str]:
        """Link these reports with all that they touch, replace their incidents; give hosts they bear on.

        What that moves is `noted`, unless the caller does it over several steps.
        """
        found = gather(connection, seqs, self._records, self.linker)
        records = list(self._in_order(found.rows.values(), found.replay))
        by_id = {record.report.id: record for record in records}
        linked = self.linker.link(
            records, copies=copies_of(connection, found.rows), decisions=found.replay.for_linker(by_id)
        )
        incidents = found.replay.corrected(linked.incidents, by_id)
        part_of = _join(connection, found, linked, incidents)
        _replace_incidents(connection, found, incidents, part_of, by_id, noted=noted)
        return found.hosts

    def _in_order(self, rows: Iterable[Row[Any]], replay: Replay) -> Iterator[Record]:
        """Yield records in the order of publication, whatever the order in which they came."""
        for row in sorted(rows, key=lambda row: (row.rank, row.id)):
            yield self._records.of(row, replay)

    def _renew_postures(self, connection: Connection, host: str) -> None:
        """Derive the postures in one host country from all reports that bear on it."""
        rows = current_rows(connection, reports_on(connection, host))
        records = self._in_order(rows.values(), replay_on(connection, rows.values()))
        made = [p for p in self.linker.postures(records) if p.host == host]
        held = connection.execute(select(_postures.c.body).where(_postures.c.host == host)).scalars()
        before = [msgspec.json.decode(body, type=Posture) for body in held]
        note_postures(connection, _next_revision(connection), before, made)
        connection.execute(delete(_postures).where(_postures.c.host == host))
        rows_made = [
            {"host": p.host, "sender": p.sender, "since": p.since, "body": msgspec.json.encode(p).decode()}
            for p in made
        ]
        if rows_made:
            connection.execute(insert(_postures), rows_made)


def _no_longer_pending(connection: Connection, seqs: Iterable[int]) -> None:
    """Take out just these rows: a report that was changed meanwhile has another one."""
    for batch in batched(seqs, _MANY):
        connection.execute(delete(_pending).where(_pending.c.seq.in_(batch)))


def _groups(linked: Linked, incidents: Iterable[Incident]) -> Iterator[set[str]]:
    """Give the sets of report ids that the linker ties together."""
    for incident in incidents:
        yield {*incident.reports, *(member.report for member in incident.events)}
    for pair in getattr(linked, "ties", ()):
        yield {name.partition("#")[0] for name in pair}  # of units, too: REPORT#OFFSETS


def _join(
    connection: Connection, found: Gathered, linked: Linked, incidents: Sequence[Incident]
) -> dict[int, int]:
    """Write which reports are tied together now; give each one's component."""
    seq_of = {row.id: seq for seq, row in found.rows.items()}
    groups = (*_groups(linked, incidents), *found.replay.groups())
    part_of = components(found.rows, [{seq_of[r] for r in group if r in seq_of} for group in groups])
    gone = sorted(set(part_of) | found.changed)
    for batch in batched(gone, _MANY):
        connection.execute(delete(_parts).where(_parts.c.report.in_(batch)))
    if part_of:
        rows = [{"report": seq, "component": part} for seq, part in sorted(part_of.items())]
        connection.execute(insert(_parts), rows)
    return part_of


def _replace_incidents(
    connection: Connection,
    found: Gathered,
    incidents: Sequence[Incident],
    part_of: dict[int, int],
    records: dict[str, Record],
    *,
    noted: bool,
) -> None:
    """Delete incidents that are gone or changed, write new and changed ones, and leave the rest."""
    seq_of = {row.id: seq for seq, row in found.rows.items()}
    made = {i.id: (i, part_of[_first(i, seq_of)]) for i in incidents if _told(i, seq_of)}
    was = _incidents_of(connection, found.parts, made)
    same = {key for key, (i, _) in made.items() if key in was and was[key][0] == i.to_json()}
    _delete_incidents(connection, set(was) - same)
    changed = [made[key] for key in sorted(set(made) - same)]
    revision = _next_revision(connection)
    insert_incidents(connection, changed, seq_of, revision)
    if noted:
        before = {key: digest_of(was[key][0]) for key in set(was) - same}
        note_incidents(connection, revision, before, {i.id: digest_of(i.to_json()) for i, _ in changed})
    for key in sorted(same):
        if was[key][1] != made[key][1]:
            moved = update(_incidents).where(_incidents.c.id == key).values(component=made[key][1])
            connection.execute(moved)
    _issue(connection, [made[key][0] for key in sorted(set(made) - same)], records)


def _next_revision(connection: Connection) -> int:
    """Number this step; the numbers only rise, also when what an earlier one changed is gone."""
    made: Any = connection.execute(insert(schema.revisions).values(made=now())).inserted_primary_key
    return int(made[0])


def _told(incident: Incident, seq_of: dict[str, int]) -> set[int]:
    names = {*incident.reports, *(member.report for member in incident.events)}
    return {seq_of[name] for name in names if name in seq_of}


def _first(incident: Incident, seq_of: dict[str, int]) -> int:
    return min(_told(incident, seq_of))


def _incidents_of(
    connection: Connection, parts: Collection[int], made: Collection[str]
) -> dict[str, tuple[str, int]]:
    """Give the incidents of some components, and those of some ids: body and component by id."""
    found = {}
    for column, among in ((_incidents.c.component, parts), (_incidents.c.id, made)):
        for batch in batched(sorted(among), _MANY):
            query = select(_incidents.c.id, _incidents.c.body, _incidents.c.component)
            found.update(
                {i: (body, part) for i, body, part in connection.execute(query.where(column.in_(batch)))}
            )
    return found


def _delete_incidents(connection: Connection, ids: Iterable[str]) -> None:
    for batch in batched(ids, _MANY):
        for table in schema.DERIVED:
            column = table.c.get("incident", table.c.id if table is _incidents else None)
            if column is not None:
                connection.execute(delete(table).where(column.in_(batch)))


def _issue(connection: Connection, incidents: Sequence[Incident], records: dict[str, Record]) -> None:
    """Remember under which id an event was shown, so that an id once given is found for good."""
    anchors = {}
    for incident in incidents:
        for member in incident.events[:1]:
            events = {event.id: event for event in records[member.report].events}
            if member.event in events:
                anchors[incident.id] = (member.report, span_of(events[member.event]).start)
    known = values_where(connection, _issued.c.id, _issued.c.id, anchors)
    rows = [{"id": key, "report": r, "start": s} for key, (r, s) in anchors.items() if key not in known]
    if rows:
        connection.execute(insert(_issued), rows)
