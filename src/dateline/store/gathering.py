"""Find what must be linked again when some reports are new, changed or gone."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Connection, Row, Table, delete, insert, select

from dateline.record import Record
from dateline.store import schema
from dateline.store.bodies import batched
from dateline.store.doubts import drop_doubts, list_doubts
from dateline.store.linking import Linker, Tying
from dateline.store.replay import Replay
from dateline.store.touched import HOST, Records, current_rows, hosts_of, replay_on, values_where

__all__ = ["Gathered", "gather"]

_MANY = 1000  # values in one IN: PostgreSQL takes 65,535 parameters a statement
_TOGETHER = 200  # neighbours decoded at once

_reports, _keys, _parts = schema.reports, schema.link_keys, schema.components


@dataclass(frozen=True)
class Gathered:
    """What is linked together: rows of `CURRENT` by number, the decisions on them, their components so far.

    `changed` are the reports that were to be linked, gone ones too; `hosts` the
    host countries whose postures they bear on, or bore on before.
    """

    rows: dict[int, Row[Any]]
    replay: Replay
    parts: set[int]
    changed: set[int]
    hosts: set[str]


def gather(connection: Connection, seqs: Sequence[int], records: Records, linker: Linker) -> Gathered:
    """Gather reports with those that they are tied to, all that is tied to these, or that decisions name too.

    Writes the keys of the reports, and forgets those of reports that no longer count.
    """
    changed = set(seqs)
    hosts = hosts_of(connection, changed)
    parts = values_where(connection, _parts.c.component, _parts.c.report, changed)
    fresh = current_rows(connection, changed)
    replay = replay_on(connection, fresh.values())
    made = {seq: records.of(row, replay) for seq, row in fresh.items()}
    keys = _renew_keys(connection, changed, made, replay, linker)
    hosts |= hosts_of(connection, changed)
    sharing = _sharing(connection, keys)
    if isinstance(linker, Tying):
        decided = {seq for seq, row in fresh.items() if row.id in replay.named()}
        near = {seq for seq, of in sharing.items() if of & decided}
        near |= _tied(
            connection, made, sharing, parts | set(_part_of(connection, near).values()), records, linker
        )
    else:
        near = set(sharing)
    rows, replay, parts = _closure(connection, set(fresh) | near, parts, fresh)
    return Gathered(rows, replay, parts, changed, hosts)


def _renew_keys(
    connection: Connection, changed: set[int], made: dict[int, Record], replay: Replay, linker: Linker
) -> dict[int, set[str]]:
    """Write the keys and the doubtful facts of changed reports; give the keys."""
    keys = {seq: set(linker.keys(record)) for seq, record in made.items()}
    hosts = {seq: {HOST + host for host in linker.hosts(record)} for seq, record in made.items()}
    rows = [{"key": key, "report": seq} for seq in made for key in sorted(keys[seq] | hosts[seq])]
    _delete_where(connection, _keys, _keys.c.report, changed)
    drop_doubts(connection, changed)
    list_doubts(connection, made, {r.report.id: replay.judged(r) for r in made.values()})
    if rows:
        connection.execute(insert(_keys), rows)
    return keys


def _sharing(connection: Connection, keys: dict[int, set[str]]) -> dict[int, set[int]]:
    """Give for each report that shares a key with changed ones, and is none of them, which ones."""
    found: dict[int, set[int]] = {}
    for seq, own in keys.items():
        for near in values_where(connection, _keys.c.report, _keys.c.key, own):
            if near not in keys:
                found.setdefault(near, set()).add(seq)
    return found


def _tied(
    connection: Connection,
    changed: dict[int, Record],
    sharing: dict[int, set[int]],
    parts: set[int],
    records: Records,
    linker: Tying,
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
        rows = current_rows(connection, (near for near in batch if part_of.get(near) not in parts))
        replay = replay_on(connection, rows.values())
        decided = replay.named()
        for near, row in sorted(rows.items()):
            if part_of.get(near) in parts:
                continue
            others = [changed[seq] for seq in sorted(sharing[near])]
            if row.id in decided or linker.tied(records.of(row, replay), others):
                found.add(near)
                parts.add(part_of.get(near, -near))
    return found


def _part_of(connection: Connection, seqs: Collection[int]) -> dict[int, int]:
    """Give the components of those of these reports that have been linked."""
    found: dict[int, int] = {}
    for batch in batched(sorted(seqs), _MANY):
        query = select(_parts.c.report, _parts.c.component).where(_parts.c.report.in_(batch))
        found.update((report, part) for report, part in connection.execute(query))
    return found


def _delete_where(connection: Connection, table: Table, column: Column[Any], among: Collection[Any]) -> None:
    for batch in batched(sorted(among), _MANY):
        connection.execute(delete(table).where(column.in_(batch)))


def _closure(
    connection: Connection, members: set[int], parts: set[int], known: dict[int, Row[Any]]
) -> tuple[dict[int, Row[Any]], Replay, set[int]]:
    """Add whole components, and what decisions name, until nothing more comes."""
    rows = dict(known)
    while True:
        parts = parts | values_where(connection, _parts.c.component, _parts.c.report, members)
        members = members | values_where(connection, _parts.c.report, _parts.c.component, parts)
        rows.update(current_rows(connection, members - set(rows)))
        replay = replay_on(connection, rows.values())
        absent = replay.named() - {row.id for row in rows.values()}
        more = values_where(connection, _reports.c.seq, _reports.c.id, absent) - members
        if not more:
            return rows, replay, parts
        members = members | more
