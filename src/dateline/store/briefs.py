"""Briefs of reports in the store: what linking compares, so that a neighbour is compared without its record.

A brief is written when its report is linked. It names the reading, the
appearance and the decisions that it was made of and the version of the code
that made it; where any of these is another now it is made anew.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from dateline.record import Record
from dateline.store import schema
from dateline.store.bodies import MANY, batched, delete_where
from dateline.store.linking import Brief, Sign, Stepwise
from dateline.store.replay import Replay
from dateline.store.touched import HOST, Records, heads_of, replay_on

__all__ = ["Briefs", "marks_of"]

_TOGETHER = 200  # briefs made at once where they are absent or stale
_KEPT = 2500  # briefs kept open, 0.05 MB each: the reports of seven weeks of a small desk
_DIGITS = 16  # hex digits of a digest of decisions

_briefs, _keys = schema.briefs, schema.link_keys


def marks_of(heads: Iterable[Row[Any]], replay: Replay) -> dict[str, str]:
    """Give, by report id, what its brief rests on: its reading, its appearance, the decisions on it."""
    bearing = replay.bearing()
    return {head.id: _mark(head, bearing.get(head.id, ())) for head in heads}


def _mark(head: Row[Any], decided: Collection[str]) -> str:
    mark = f"{head.record}.{head.copy}"
    if decided:
        mark += "." + hashlib.sha256("\n".join(decided).encode()).hexdigest()[:_DIGITS]
    return mark


class Briefs:
    """The briefs of reports; those last used are kept open."""

    def __init__(self, linker: Stepwise, version: str, records: Records) -> None:
        """`version` names the code that makes briefs; `records` gives records where a brief is absent."""
        self._linker, self._version, self._records = linker, version, records
        self._kept: OrderedDict[int, tuple[str, Brief]] = OrderedDict()

    @property
    def version(self) -> str:
        """Name the code that makes briefs, and incidents of them."""
        return self._version

    def of(self, connection: Connection, heads: Mapping[int, Row[Any]], replay: Replay) -> dict[int, Brief]:
        """Give the briefs of some reports, by number; `heads` as `heads_of` gives them."""
        marks = marks_of(heads.values(), replay)
        wanted = {seq: marks[head.id] for seq, head in heads.items()}
        found = {seq: held[1] for seq, mark in wanted.items() if (held := self._held(seq, mark))}
        for batch in batched(sorted(set(wanted) - set(found)), MANY):
            names = _briefs.c.report, _briefs.c.mark, _briefs.c.body
            query = select(*names).where(_briefs.c.report.in_(batch), _briefs.c.version == self._version)
            for seq, mark, body in connection.execute(query):
                if mark == wanted[seq]:
                    found[seq] = self._keep(seq, mark, self._linker.open_brief(body))
        for batch in batched(sorted(set(wanted) - set(found)), _TOGETHER):
            absent = {seq: heads[seq] for seq in batch}
            found |= self.renew(connection, absent, self._records.of(connection, absent, replay), replay)[0]
        return found

    def renew(
        self, connection: Connection, heads: Mapping[int, Row[Any]], records: Mapping[int, Record],
        replay: Replay,
    ) -> tuple[dict[int, Brief], dict[int, Sequence[Sign]]]:  # fmt: skip
        """Make and write briefs and signs anew, and give them; `records` are as `replay` has them."""
        marks = marks_of(heads.values(), replay)
        made: dict[int, Brief] = {}
        signs: dict[int, Sequence[Sign]] = {}
        rows = []
        for seq, record in records.items():
            mark = marks[record.report.id]
            made[seq] = self._keep(seq, mark, self._linker.brief_of(record))
            signs[seq] = self._linker.signs_of(record)
            rows.append({
                "report": seq, "mark": mark, "version": self._version,
                "signs": self._linker.pack_signs(signs[seq]) if signs[seq] else b"",
                "body": self._linker.pack_brief(made[seq]),
            })  # fmt: skip
        self.drop(connection, records)
        if rows:
            connection.execute(insert(_briefs), rows)
        return made, signs

    def drop(self, connection: Connection, reports: Collection[int]) -> None:
        """Delete the briefs of reports, by number."""
        delete_where(connection, _briefs, _briefs.c.report, reports)

    def signs(self, connection: Connection, host: str) -> list[Sign]:
        """Give all that reports say of postures in a host country.

        A report that waits to be linked again may be taken as it was: it renews them when it is linked.
        """
        on_host = select(_keys.c.report).where(_keys.c.key == HOST + host)
        seqs = set(connection.execute(on_host).scalars())
        found: dict[int, Sequence[Sign]] = {}
        for batch in batched(sorted(seqs), MANY):
            query = select(_briefs.c.report, _briefs.c.signs)
            query = query.where(_briefs.c.report.in_(batch), _briefs.c.version == self._version)
            for seq, packed in connection.execute(query):
                found[seq] = self._linker.open_signs(packed) if packed else ()
        for batch in batched(sorted(seqs - set(found)), _TOGETHER):
            heads = heads_of(connection, batch)
            replay = replay_on(connection, heads.values())
            records = self._records.of(connection, heads, replay)
            found |= self.renew(connection, heads, records, replay)[1]
        return [sign for seq in sorted(found) for sign in found[seq] if sign.host == host]

    def forget(self) -> None:
        """Drop all that is kept open: what was purged must not stay in memory."""
        self._kept.clear()

    def _held(self, seq: int, mark: str) -> tuple[str, Brief] | None:
        held = self._kept.get(seq)
        if held is None or held[0] != mark:
            return None
        self._kept.move_to_end(seq)
        return held

    def _keep(self, seq: int, mark: str, brief: Brief) -> Brief:
        self._kept[seq] = mark, brief
        self._kept.move_to_end(seq)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return brief
