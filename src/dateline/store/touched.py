"""Fetch what linking works on: records as they count now, the decisions on them, their other appearances."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

import msgspec
from sqlalchemy import Column, Connection, Row, Select, func, select

from dateline.record import Record
from dateline.store import schema
from dateline.store.bodies import CURRENT, MANY, batched, unpack
from dateline.store.decisions import apply_to_record
from dateline.store.linking import Copy
from dateline.store.replay import Replay, decisions_on, lineage

__all__ = [
    "HOST",
    "Records",
    "copies_of",
    "heads_of",
    "hosts_of",
    "in_order",
    "of_several_titles",
    "replay_on",
    "reports_on",
    "values_where",
]

_TOGETHER = 200  # records fetched at once
_KEPT = 400  # records kept decoded, 0.1 MB each: those of one story are read again as it goes on
HOST = "host:"  # marks the link keys that gather reports on one host country

_reports, _copies, _keys, _parts = schema.reports, schema.copies, schema.link_keys, schema.components
_HEADS: Select[Any] = select(*(_reports.c[name] for name in ("seq", "id", "rank", "copy", "record")))


class Records:
    """Records as decisions have them; those last used are kept decoded."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[int, int], Record] = OrderedDict()

    def of(self, connection: Connection, heads: Mapping[int, Row[Any]], replay: Replay) -> dict[int, Record]:
        """Give the records of some reports, by number; `heads` as `heads_of` gives them."""
        found: dict[int, Record] = {}
        wanted = {seq: (head.record, head.copy) for seq, head in heads.items()}
        absent = (seq for seq in sorted(wanted) if wanted[seq] not in self._kept)
        for batch in batched(absent, _TOGETHER):
            for row in connection.execute(CURRENT.where(_reports.c.seq.in_(batch))):
                found[row.seq] = unpack(row)
        for seq, key in wanted.items():
            found[seq] = self._kept[key] = found[seq] if seq in found else self._kept[key]
            self._kept.move_to_end(key)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        for seq in of_several_titles(connection, heads):
            found[seq] = msgspec.structs.replace(found[seq], estimates=msgspec.UNSET)
        return {seq: apply_to_record(found[seq], replay.on_record(head.id)) for seq, head in heads.items()}

    def forget(self) -> None:
        """Drop all that is kept: what was purged must not stay in memory."""
        self._kept.clear()


def of_several_titles(connection: Connection, seqs: Iterable[int]) -> set[int]:
    """Give those of these reports whose text stands under several titles.

    What such a text reads like as a whole hangs on the title with which it came first, and nothing may:
    so their estimates don't count.
    """
    found: set[int] = set()
    titles = func.count(func.distinct(func.coalesce(_copies.c.title, "")))
    for batch in batched(sorted(seqs), MANY):
        query = select(_copies.c.report).where(_copies.c.report.in_(batch)).group_by(_copies.c.report)
        found.update(connection.execute(query.having(titles > 1)).scalars())
    return found


def values_where(
    connection: Connection, wanted: Column[Any], column: Column[Any], among: Collection[Any]
) -> set[Any]:
    """Give the values of one column where another is among some values, however many."""
    found: set[Any] = set()
    for batch in batched(sorted(among), MANY):
        found.update(connection.execute(select(wanted).where(column.in_(batch)).distinct()).scalars())
    return found


def heads_of(connection: Connection, seqs: Iterable[int]) -> dict[int, Row[Any]]:
    """Give `seq`, `id`, `rank`, `copy` and `record` of those of these reports that count, by number."""
    found = {}
    for batch in batched(sorted(seqs), MANY):
        query = _HEADS.where(_reports.c.seq.in_(batch), _reports.c.live, _reports.c.record.is_not(None))
        found.update({row.seq: row for row in connection.execute(query)})
    return found


def in_order(heads: Iterable[Row[Any]]) -> list[Row[Any]]:
    """Sort reports by publication, whatever the order in which they came."""
    return sorted(heads, key=lambda head: (head.rank, head.id))


def hosts_of(connection: Connection, seqs: Collection[int]) -> set[str]:
    """Give the host countries that reports bear on, by their link keys."""
    keys = values_where(connection, _keys.c.key, _keys.c.report, seqs)
    return {key.removeprefix(HOST) for key in keys if key.startswith(HOST)}


def reports_on(connection: Connection, host: str) -> set[int]:
    """Give the reports that bear on a host country."""
    return values_where(connection, _keys.c.report, _keys.c.key, [HOST + host])


def replay_on(connection: Connection, rows: Iterable[Row[Any]]) -> Replay:
    """Give the decisions on some reports and on those that they superseded."""
    if connection.execute(select(schema.decisions.c.seq).limit(1)).first() is None:
        return Replay((), {})  # in most stores nobody has decided anything yet
    ids = {row.id for row in rows}
    heirs = lineage(connection, (), to=ids)
    return Replay(decisions_on(connection, ids | set(heirs)), heirs)


def copies_of(connection: Connection, rows: dict[int, Row[Any]]) -> dict[str, list[Copy]]:
    """Give the other appearances of each text, by report id, in order of publication."""
    table = schema.copies
    found: dict[str, list[Copy]] = {}
    for batch in batched(sorted(rows), MANY):
        for copy in connection.execute(
            select(table).where(table.c.report.in_(batch), table.c.superseded_by.is_(None))
        ):
            if copy.seq != rows[copy.report].copy:
                made = Copy(publisher=copy.publisher, url=copy.url, published=copy.published)
                found.setdefault(rows[copy.report].id, []).append(made)
    return {key: sorted(found[key], key=_copy_order) for key in sorted(found)}


def _copy_order(copy: Copy) -> tuple[str, str, str]:
    return copy.published or "9999", copy.publisher or "", copy.url or ""
