"""Find what must be linked again when some reports are new, changed or gone."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Connection, Row, Table, delete, insert, select

from dateline.record import Record
from dateline.store import schema
from dateline.store.bodies import CURRENT, batched, unpack
from dateline.store.decisions import apply_to_record
from dateline.store.linking import Copy, Linker
from dateline.store.replay import Replay, decisions_on, lineage

__all__ = [
    "Gathered",
    "Records",
    "copies_of",
    "current_rows",
    "gather",
    "hosts_of",
    "replay_on",
    "reports_on",
    "values_where",
]

_MANY = 1000  # values in one IN: PostgreSQL takes 65,535 parameters a statement
_KEPT = 1000  # records kept decoded, 0.1 MB each: a step reads its neighbours' again and again
_HOST = "host:"  # marks the link keys that gather reports on one host country

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


class Records:
    """Records as decisions have them; those last used are kept decoded."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[int, int], Record] = OrderedDict()

    def of(self, row: Row[Any], replay: Replay) -> Record:
        """Give the record of a row of `CURRENT`."""
        key = (row.record, row.copy)
        if key not in self._kept:
            self._kept[key] = unpack(row)
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return apply_to_record(self._kept[key], replay.on_record(row.id))

    def forget(self) -> None:
        """Drop all that is kept: what was purged must not stay in memory."""
        self._kept.clear()


def values_where(
    connection: Connection, wanted: Column[Any], column: Column[Any], among: Collection[Any]
) -> set[Any]:
    """Give the values of one column where another is among some values, however many."""
    found: set[Any] = set()
    for batch in batched(sorted(among), _MANY):
        found.update(connection.execute(select(wanted).where(column.in_(batch)).distinct()).scalars())
    return found


def current_rows(connection: Connection, seqs: Iterable[int]) -> dict[int, Row[Any]]:
    """Give the rows of those of these reports that count, by number."""
    found = {}
    for batch in batched(sorted(seqs), _MANY):
        query = CURRENT.where(_reports.c.seq.in_(batch), _reports.c.live, _reports.c.record.is_not(None))
        found.update({row.seq: row for row in connection.execute(query)})
    return found


def hosts_of(connection: Connection, seqs: Collection[int]) -> set[str]:
    """Give the host countries that reports bear on, by their link keys."""
    keys = values_where(connection, _keys.c.key, _keys.c.report, seqs)
    return {key.removeprefix(_HOST) for key in keys if key.startswith(_HOST)}


def reports_on(connection: Connection, host: str) -> set[int]:
    """Give the reports that bear on a host country."""
    return values_where(connection, _keys.c.report, _keys.c.key, [_HOST + host])


def replay_on(connection: Connection, rows: Iterable[Row[Any]]) -> Replay:
    """Give the decisions on some reports and on those that they superseded."""
    ids = {row.id for row in rows}
    heirs = lineage(connection, (), to=ids)
    return Replay(decisions_on(connection, ids | set(heirs)), heirs)


def gather(connection: Connection, seqs: Sequence[int], records: Records, linker: Linker) -> Gathered:
    """Gather reports with all that share a key with them, are tied to these, or that decisions name too.

    Writes the keys of the reports, and forgets those of reports that no longer count.
    """
    changed = set(seqs)
    hosts = hosts_of(connection, changed)
    parts = values_where(connection, _parts.c.component, _parts.c.report, changed)
    fresh = current_rows(connection, changed)
    near = _renew_keys(connection, changed, fresh, records, linker)
    hosts |= hosts_of(connection, changed)
    rows, replay, parts = _closure(connection, set(fresh) | near, parts, fresh)
    return Gathered(rows, replay, parts, changed, hosts)


def _renew_keys(
    connection: Connection, changed: set[int], fresh: dict[int, Row[Any]], records: Records, linker: Linker
) -> set[int]:
    """Write the keys of changed reports; give the reports that share one with them."""
    replay = replay_on(connection, fresh.values())
    rows, shared = [], set()
    for seq, row in fresh.items():
        record = records.of(row, replay)
        keys, hosts = set(linker.keys(record)), linker.hosts(record)
        shared |= keys
        rows += [{"key": key, "report": seq} for key in keys | {_HOST + host for host in hosts}]
    _delete_where(connection, _keys, _keys.c.report, changed)
    if rows:
        connection.execute(insert(_keys), rows)
    return values_where(connection, _keys.c.report, _keys.c.key, shared)


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


def copies_of(connection: Connection, rows: dict[int, Row[Any]]) -> dict[str, list[Copy]]:
    """Give the other appearances of each text, by report id, in order of publication."""
    table = schema.copies
    found: dict[str, list[Copy]] = {}
    for batch in batched(sorted(rows), _MANY):
        for copy in connection.execute(
            select(table).where(table.c.report.in_(batch), table.c.superseded_by.is_(None))
        ):
            if copy.seq != rows[copy.report].copy:
                made = Copy(publisher=copy.publisher, url=copy.url, published=copy.published)
                found.setdefault(rows[copy.report].id, []).append(made)
    return {key: sorted(found[key], key=_copy_order) for key in sorted(found)}


def _copy_order(copy: Copy) -> tuple[str, str, str]:
    return copy.published or "9999", copy.publisher or "", copy.url or ""
