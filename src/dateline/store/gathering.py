"""Find what must be linked again when some reports are new, changed or gone."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from dateline.record import Record
from dateline.store import schema
from dateline.store.bodies import MANY, batched, delete_where
from dateline.store.briefs import Briefs
from dateline.store.doubts import drop_doubts, list_doubts
from dateline.store.linking import Brief, Linker, Stepwise
from dateline.store.replay import Replay
from dateline.store.touched import HOST, Records, heads_of, hosts_of, in_order, replay_on, values_where

__all__ = ["Gathered", "gather", "gather_tied"]

_TOGETHER = 200  # neighbours looked at at once

_reports, _keys, _parts = schema.reports, schema.link_keys, schema.components


@dataclass(frozen=True)
class Gathered:
    """What is linked together: heads of reports by number, the decisions on them, their components so far.

    `part_of` gives the component of each that has one, `parts` are all of
    these. `changed` are the reports that were to be linked, gone ones too;
    `hosts` the host countries whose postures they bear on, or bore on before.
    """

    rows: dict[int, Row[Any]]
    replay: Replay
    part_of: dict[int, int]
    parts: set[int]
    changed: set[int]
    hosts: set[str]

    def linked(self) -> dict[str, int]:
        """Give the components of those reports, by id, that are as they were: of two nothing is tied."""
        return {
            head.id: self.part_of[seq]
            for seq, head in self.rows.items()
            if seq in self.part_of and seq not in self.changed
        }

    def in_order(self) -> list[Row[Any]]:
        """Give the heads in order of publication."""
        return in_order(self.rows.values())


@dataclass(frozen=True)
class _Fresh:
    """The reports to be linked, as they are now, with the hosts and components that they had."""

    changed: set[int]
    heads: dict[int, Row[Any]]
    replay: Replay
    records: dict[int, Record]
    parts: set[int]
    hosts: set[str]


def gather(connection: Connection, seqs: Sequence[int], records: Records, linker: Linker) -> Gathered:
    """Gather reports with all that share a key with them, all tied to these, and what decisions name.

    Writes the keys of the reports, and forgets those of reports that no longer count.
    """
    fresh = _fresh(connection, seqs, records)
    keys = {seq: set(linker.keys(record)) for seq, record in fresh.records.items()}
    hosts = {seq: set(linker.hosts(record)) for seq, record in fresh.records.items()}
    _renew_keys(connection, fresh, keys, hosts)
    return _closure(connection, fresh, set(_sharing(connection, keys)), fresh.parts)


def gather_tied(
    connection: Connection, seqs: Sequence[int], records: Records, linker: Stepwise, briefs: Briefs
) -> Gathered:
    """Gather as `gather` does, but of the reports that share a key only those that are tied."""
    fresh = _fresh(connection, seqs, records)
    briefs.drop(connection, fresh.changed)
    made, signs = briefs.renew(connection, fresh.heads, fresh.records, fresh.replay)
    keys = {seq: set(brief.keys) for seq, brief in made.items()}
    hosts = {seq: {sign.host for sign in found} for seq, found in signs.items()}
    _renew_keys(connection, fresh, keys, hosts)
    sharing = _sharing(connection, keys)
    decided = {seq for seq, head in fresh.heads.items() if head.id in fresh.replay.named()}
    near = {seq for seq, of in sharing.items() if of & decided}
    taken = fresh.parts | set(_part_of(connection, near).values())
    near |= _tied(connection, made, sharing, taken, linker, briefs)
    return _closure(connection, fresh, near, taken)


def _fresh(connection: Connection, seqs: Sequence[int], records: Records) -> _Fresh:
    changed = set(seqs)
    heads = heads_of(connection, changed)
    replay = replay_on(connection, heads.values())
    return _Fresh(
        changed=changed,
        heads=heads,
        replay=replay,
        records=records.of(connection, heads, replay),
        parts=values_where(connection, _parts.c.component, _parts.c.report, changed),
        hosts=hosts_of(connection, changed),
    )


def _renew_keys(
    connection: Connection, fresh: _Fresh, keys: Mapping[int, set[str]], hosts: Mapping[int, set[str]]
) -> None:
    """Write the keys and the doubtful facts of changed reports, and note the hosts that they bear on."""
    named = {seq: keys[seq] | {HOST + host for host in hosts[seq]} for seq in keys}
    rows = [{"key": key, "report": seq} for seq in named for key in sorted(named[seq])]
    delete_where(connection, _keys, _keys.c.report, fresh.changed)
    drop_doubts(connection, fresh.changed)
    judged = {record.report.id: fresh.replay.judged(record) for record in fresh.records.values()}
    list_doubts(connection, fresh.records, judged)
    if rows:
        connection.execute(insert(_keys), rows)
    fresh.hosts.update(*hosts.values())


def _sharing(connection: Connection, seqs: Collection[int]) -> dict[int, set[int]]:
    """Give for each report that shares a key with changed ones, and is none of them, which ones.

    `seqs` are the changed reports, whose keys have been written.
    """
    found: dict[int, set[int]] = {}
    near = _keys.alias("near")
    for batch in batched(sorted(seqs), _TOGETHER):
        pairs = (
            select(_keys.c.report, near.c.report)
            .join(near, near.c.key == _keys.c.key)
            .where(_keys.c.report.in_(batch), near.c.report.not_in(batch), ~_keys.c.key.startswith(HOST))
            .distinct()
        )
        for seq, other in connection.execute(pairs):
            if other not in seqs:
                found.setdefault(other, set()).add(seq)
    return found


def _tied(
    connection: Connection,
    changed: Mapping[int, Brief],
    sharing: Mapping[int, set[int]],
    parts: set[int],
    linker: Stepwise,
    briefs: Briefs,
) -> set[int]:
    """Give one report of each component that is tied to changed ones, but for `parts`, which are taken.

    A key says only that two reports could be of one incident. What merely shares
    a word with a new report is left as it is, so that the cost of a report
    follows what it tells of and not how much else is told that week. Reports
    that people merged or split are taken without a look: what the linker makes
    of them follows from more than their records.
    """
    part_of = _part_of(connection, sharing)
    found: set[int] = set()
    for batch in batched(sorted(sharing), _TOGETHER):
        heads = heads_of(connection, (near for near in batch if part_of.get(near) not in parts))
        replay = replay_on(connection, heads.values())
        decided = replay.named()
        held = briefs.of(connection, heads, replay)
        for near, head in sorted(heads.items()):
            if part_of.get(near) in parts:
                continue
            others = [changed[seq] for seq in sorted(sharing[near])]
            if head.id in decided or linker.tied(held[near], others):
                found.add(near)
                parts.add(part_of.get(near, -near))
    return found


def _part_of(connection: Connection, seqs: Collection[int]) -> dict[int, int]:
    """Give the components of those of these reports that have been linked."""
    found: dict[int, int] = {}
    for batch in batched(sorted(seqs), MANY):
        query = select(_parts.c.report, _parts.c.component).where(_parts.c.report.in_(batch))
        found.update((report, part) for report, part in connection.execute(query))
    return found


def _closure(connection: Connection, fresh: _Fresh, near: set[int], parts: set[int]) -> Gathered:
    """Add whole components, and what decisions name, until nothing more comes."""
    rows, members = dict(fresh.heads), set(fresh.heads) | near
    while True:
        parts = parts | values_where(connection, _parts.c.component, _parts.c.report, members)
        members = members | values_where(connection, _parts.c.report, _parts.c.component, parts)
        rows.update(heads_of(connection, members - set(rows)))
        replay = replay_on(connection, rows.values())
        absent = replay.named() - {row.id for row in rows.values()}
        more = values_where(connection, _reports.c.seq, _reports.c.id, absent) - members
        if not more:
            part_of = _part_of(connection, rows)
            return Gathered(rows, replay, part_of, parts, fresh.changed, fresh.hosts)
        members = members | more
