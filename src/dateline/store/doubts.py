"""Facts that the reader is unsure of, listed as their reports are linked: so all of a store are found."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, func, insert, select

from dateline.record import Event, Figure, Record
from dateline.store import schema
from dateline.store.bodies import delete_where

__all__ = ["UNSURE", "Doubt", "doubtful", "doubts", "drop_doubts", "list_doubts"]

UNSURE = 0.6  # under this a fact is worth a look: half of the wrong ones lie there

_doubts, _reports = schema.doubts, schema.reports


class Doubt(msgspec.Struct, frozen=True):
    """A fact to be looked at, by its report's number and id and its own id in the record."""

    seq: int
    report: str
    fact: str
    confidence: float


def doubtful(record: Record) -> Iterator[Event | Figure]:
    """Yield the events and figures that the reader holds less than `UNSURE` likely."""
    facts: tuple[Event | Figure, ...] = (*record.events, *record.figures)
    yield from (fact for fact in facts if fact.confidence < UNSURE)


def drop_doubts(connection: Connection, reports: Collection[int]) -> None:
    """Take reports, by number, off the list."""
    delete_where(connection, _doubts, _doubts.c.report, reports)


def list_doubts(
    connection: Connection, records: Mapping[int, Record], judged: Mapping[str, Collection[str]]
) -> None:
    """List the doubtful facts of records, by the numbers of their reports, which aren't listed yet.

    `judged` gives, by a report's id, the facts that somebody has decided on: these are doubtful no more.
    """
    rows = list(_rows(records.items(), judged))
    if rows:
        connection.execute(insert(_doubts), rows)


def _rows(
    records: Iterable[tuple[int, Record]], judged: Mapping[str, Collection[str]]
) -> Iterator[dict[str, Any]]:
    for seq, record in records:
        done = judged.get(record.report.id, ())
        for fact in doubtful(record):
            if fact.id not in done:
                yield {"report": seq, "fact": fact.id, "confidence": fact.confidence}


def doubts(connection: Connection, *, size: int, first: int = 0, latest: bool = False) -> list[Doubt]:
    """Give facts to look at, the least likely first, or those of the latest reports first."""
    rows = _of_latest(connection, first + size) if latest else _least_likely(connection, first + size)
    seqs = {row.report for row in rows[first:]}
    ids = connection.execute(select(_reports.c.seq, _reports.c.id).where(_reports.c.seq.in_(seqs)))
    names = {row.seq: row.id for row in ids}
    return [Doubt(row.report, names[row.report], row.fact, row.confidence) for row in rows[first:]]


def _of_latest(connection: Connection, most: int) -> Sequence[Row[Any]]:
    query = select(_doubts).order_by(_doubts.c.report.desc(), _doubts.c.confidence, _doubts.c.fact)
    return connection.execute(query.limit(most)).all()


def _least_likely(connection: Connection, most: int) -> Sequence[Row[Any]]:
    """Give the least likely first, those of one likelihood by the latest report.

    Many share one; each is read from its end of the index, so that nothing has to be sorted.
    """
    found: list[Row[Any]] = []
    at: float | None = -1.0
    while len(found) < most:
        higher = select(func.min(_doubts.c.confidence)).where(_doubts.c.confidence > at)
        at = connection.execute(higher).scalar()
        if at is None:
            break
        query = select(_doubts).where(_doubts.c.confidence == at)
        query = query.order_by(_doubts.c.report.desc(), _doubts.c.fact.desc()).limit(most - len(found))
        found += connection.execute(query).all()
    return found
