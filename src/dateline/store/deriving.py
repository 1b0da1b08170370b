"""Derive incidents, ledgers and postures: of what is new and what it touches, or of everything.

Reports wait in `pending`. A step takes some of them with all that they touch,
links them anew and replaces what was derived from them, in one transaction. A
rebuild forgets what was derived and does the same over all reports in the order
of their publication, so that its result doesn't depend on the order in which
they came.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import msgspec
from sqlalchemy import Connection, delete, insert, select, update

from dateline.record import Incident, Posture
from dateline.store import schema
from dateline.store.base import Base, Lock
from dateline.store.bodies import MANY, batched, now
from dateline.store.briefs import Briefs
from dateline.store.gathering import Gathered, gather, gather_tied
from dateline.store.linking import Linker, Stepwise, components, linker_version
from dateline.store.making import Made, Told, make, make_by_steps
from dateline.store.moves import digest_of, note_incidents, note_postures, snapshot
from dateline.store.rows import insert_incidents
from dateline.store.touched import (
    Records,
    heads_of,
    hosts_of,
    in_order,
    replay_on,
    reports_on,
    values_where,
)

__all__ = ["Deriver"]

STEP = 200  # reports linked in one transaction: other writers wait for it
BATCH = 1000  # reports linked at once in a rebuild, which is one transaction all the same

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
        self._briefs: Briefs | None = None

    @property
    def briefs(self) -> Briefs | None:
        """Give the briefs of reports; None where the linker knows no steps."""
        linker = self.linker
        if self._briefs is None and isinstance(linker, Stepwise):
            self._briefs = Briefs(linker, linker_version(), self._records)
        return self._briefs

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
        with _not_collecting():
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
        if self._briefs is not None:
            self._briefs.forget()
        part = connection.execute(select(_parts.c.component).where(_parts.c.report == seq)).scalar()
        others = values_where(connection, _parts.c.report, _parts.c.component, [part]) - {seq}
        _delete_incidents(
            connection, values_where(connection, _incidents.c.id, _incidents.c.component, [part])
        )
        hosts = hosts_of(connection, [seq])
        for table in (schema.link_keys, schema.doubts, schema.briefs, _parts):
            connection.execute(delete(table).where(table.c.report == seq))
        for host in sorted(hosts):
            self._renew_postures(connection, host)
        if others:
            connection.execute(insert(_pending), [{"report": other} for other in sorted(others)])

    def _link(self, connection: Connection, seqs: Sequence[int], *, noted: bool = True) -> set[str]:
        """Link these reports with all that they touch, replace their incidents; give hosts they bear on.

        What that moves is `noted`, unless the caller does it over several steps.
        """
        linker, records, briefs = self.linker, self._records, self.briefs
        if isinstance(linker, Stepwise) and briefs is not None:
            found = gather_tied(connection, seqs, records, linker, briefs)
            made = make_by_steps(connection, found, linker, records, briefs)
        else:
            found = gather(connection, seqs, records, linker)
            made = make(connection, found, linker, records)
        part_of = _join(connection, found, made)
        _replace_incidents(connection, found, made, part_of, noted=noted)
        return found.hosts

    def _postures(self, connection: Connection, host: str) -> list[Posture]:
        """Make the postures in one host country of all reports that bear on it."""
        linker, briefs = self.linker, self.briefs
        if isinstance(linker, Stepwise) and briefs is not None:
            return list(linker.postures_from(briefs.signs(connection, host)))
        heads = heads_of(connection, reports_on(connection, host))
        records = self._records.of(connection, heads, replay_on(connection, heads.values()))
        made = linker.postures([records[head.seq] for head in in_order(heads.values())])
        return [posture for posture in made if posture.host == host]

    def _renew_postures(self, connection: Connection, host: str) -> None:
        """Derive the postures in one host country anew."""
        made = self._postures(connection, host)
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


@contextmanager
def _not_collecting() -> Iterator[None]:
    """Hold off the search for cycles: linking leaves none, and it goes through all briefs each time."""
    held = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if held:
            gc.enable()


def _no_longer_pending(connection: Connection, seqs: Iterable[int]) -> None:
    """Take out just these rows: a report that was changed meanwhile has another one."""
    for batch in batched(seqs, MANY):
        connection.execute(delete(_pending).where(_pending.c.seq.in_(batch)))


def _join(connection: Connection, found: Gathered, made: Made) -> dict[int, int]:
    """Write which reports are tied together now; give each one's component."""
    seq_of = {row.id: seq for seq, row in found.rows.items()}
    groups = (*(told.reports for told in made.told), *made.ties, *found.replay.groups())
    part_of = components(found.rows, [{seq_of[r] for r in group if r in seq_of} for group in groups])
    gone = sorted(set(part_of) | found.changed)
    for batch in batched(gone, MANY):
        connection.execute(delete(_parts).where(_parts.c.report.in_(batch)))
    if part_of:
        rows = [{"report": seq, "component": part} for seq, part in sorted(part_of.items())]
        connection.execute(insert(_parts), rows)
    return part_of


def _replace_incidents(
    connection: Connection, found: Gathered, made: Made, part_of: dict[int, int], *, noted: bool
) -> None:
    """Delete incidents that are gone or changed, write new and changed ones, and leave the rest."""
    seq_of = {row.id: seq for seq, row in found.rows.items()}
    told = {t.id: t for t in made.told if not t.reports.isdisjoint(seq_of)}
    parts = {key: part_of[min(seq_of[r] for r in t.reports if r in seq_of)] for key, t in told.items()}
    held = _held(connection, found.parts, told)
    kept = {key for key, t in told.items() if t.incident is None}
    was = _bodies(connection, set(held) - kept)
    same = {key for key in was if key in told and _is(told[key].incident, was[key])}
    changed = [told[key] for key in sorted(set(told) - kept - same)]
    _delete_incidents(connection, set(was) - same)
    revision = _next_revision(connection)
    rows = [(t.incident, parts[t.id], t.basis) for t in changed if t.incident is not None]
    insert_incidents(connection, rows, seq_of, revision)
    if noted:
        before = {key: digest_of(was[key]) for key in set(was) - same}
        note_incidents(connection, revision, before, {i.id: digest_of(i.to_json()) for i, _, _ in rows})
    for key in sorted(kept | same):
        if held[key] != (parts[key], told[key].basis):
            values = {"component": parts[key], "basis": told[key].basis}
            connection.execute(update(_incidents).where(_incidents.c.id == key).values(values))
    _issue(connection, changed)


def _is(incident: Incident | None, body: str) -> bool:
    return incident is not None and incident.to_json() == body


def _next_revision(connection: Connection) -> int:
    """Number this step; the numbers only rise, also when what an earlier one changed is gone."""
    made: Any = connection.execute(insert(schema.revisions).values(made=now())).inserted_primary_key
    return int(made[0])


def _held(
    connection: Connection, parts: Collection[int], made: Collection[str]
) -> dict[str, tuple[int, str]]:
    """Give component and basis of the incidents of some components, and of those of some ids, by id."""
    found: dict[str, tuple[int, str]] = {}
    query = select(_incidents.c.id, _incidents.c.component, _incidents.c.basis)
    for batch in batched(sorted(parts), MANY):
        rows = connection.execute(query.where(_incidents.c.component.in_(batch)))
        found.update({key: (part, basis) for key, part, basis in rows})
    for names in batched(sorted(set(made) - set(found)), MANY):
        rows = connection.execute(query.where(_incidents.c.id.in_(names)))
        found.update({key: (part, basis) for key, part, basis in rows})
    return found


def _bodies(connection: Connection, ids: Collection[str]) -> dict[str, str]:
    """Give the JSON of incidents by id."""
    found: dict[str, str] = {}
    for batch in batched(sorted(ids), MANY):
        query = select(_incidents.c.id, _incidents.c.body).where(_incidents.c.id.in_(batch))
        found.update((key, body) for key, body in connection.execute(query))
    return found


def _delete_incidents(connection: Connection, ids: Iterable[str]) -> None:
    for batch in batched(ids, MANY):
        for table in schema.DERIVED:
            column = table.c.get("incident", table.c.id if table is _incidents else None)
            if column is not None:
                connection.execute(delete(table).where(column.in_(batch)))


def _issue(connection: Connection, told: Iterable[Told]) -> None:
    """Remember under which id an event was shown, so that an id once given is found for good."""
    anchors = {each.id: each.anchor for each in told if each.anchor is not None}
    known = values_where(connection, _issued.c.id, _issued.c.id, anchors)
    rows = [{"id": key, "report": r, "start": s} for key, (r, s) in anchors.items() if key not in known]
    if rows:
        connection.execute(insert(_issued), rows)
