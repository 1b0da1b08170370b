"""What a store holds, some at a time: each page begins behind the last row of the one before.

A place in a list is named by the values that it is sorted by, so that a page costs the same however
far down it is, and rows that come or go meanwhile neither repeat nor hide others. As `Looking` it
never links.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Generic, TypeVar

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, Select, func, literal, select, tuple_

from dateline.errors import NotInStore
from dateline.record import Posture, Record, Report
from dateline.store import schema
from dateline.store.base import Base
from dateline.store.bodies import CURRENT, report_of, url_key
from dateline.store.conditions import conditions, text_conditions
from dateline.store.decisions import Decision, effective
from dateline.store.filters import Filter
from dateline.store.queries import revision
from dateline.store.search import matching
from dateline.store.telling import Telling, records_of, tellings_of

__all__ = ["Change", "Paging", "Slice"]

_T = TypeVar("_T")
_incidents, _members, _reports, _copies = (
    schema.incidents, schema.incident_members, schema.reports, schema.copies,
)  # fmt: skip
_COMMON = 1000  # incidents: from here on looking up each report costs less than listing those of all
_BATCH = 50  # reports looked through at once for their facts
_GROWING = ("revisions", "reports", "copies", "records", "decisions", "pending")


class Slice(msgspec.Struct, Generic[_T], frozen=True):
    """Some rows of a list, and the place of the last where more follow, else None."""

    rows: list[_T]
    after: tuple[Any, ...] | None = None


class Change(msgspec.Struct, frozen=True):
    """An incident, as JSON, and the number of the step that made it so."""

    revision: int
    id: str
    body: str


class Paging:
    """Gives what a store holds, some at a time; `after` is the place of the last row had."""

    def __init__(self, base: Base) -> None:
        self._base = base

    def state(self) -> str:
        """Name the state of all that is kept and derived: the same name, the same answers."""
        tops = [select(func.max(schema.metadata.tables[name].c.seq)).scalar_subquery() for name in _GROWING]
        stones = select(func.count()).select_from(schema.tombstones).scalar_subquery()
        with self._base.reading() as connection:
            row = connection.execute(select(*tops, stones)).one()
        return "-".join(f"{value or 0:x}" for value in row)

    def incidents(self, wanted: Filter, *, size: int, after: tuple[str, str] | None = None) -> Slice[str]:
        """Give incidents as JSON, the latest first, those without a day last; placed by day and id."""
        place = _incidents.c.starts, _incidents.c.id
        query = select(*place, _incidents.c.body).order_by(*(column.desc() for column in place))
        with self._base.reading() as connection:
            query = query.where(*conditions(connection, wanted), *text_conditions(connection, wanted.text))
            if after:
                query = query.where(tuple_(*place) < tuple_(*after))
            rows = connection.execute(query.limit(size + 1)).all()
        last = (rows[size - 1].starts, rows[size - 1].id) if len(rows) > size else None
        return Slice([row.body for row in rows[:size]], last)

    def changes(self, since: int, *, size: int, after: str = "") -> list[Change]:
        """Give incidents changed by later steps than `since`, or by it and with a later id than `after`."""
        place = _incidents.c.revision, _incidents.c.id
        query = select(*place, _incidents.c.body).where(tuple_(*place) > tuple_(since, after))
        if not after:
            query = query.where(_incidents.c.revision > since)
        with self._base.reading() as connection:
            return [Change(*row) for row in connection.execute(query.order_by(*place).limit(size))]

    def revision(self) -> int:
        """Give the number of the last step that derived incidents."""
        with self._base.reading() as connection:
            return revision(connection)

    def reports(
        self,
        wanted: Filter,
        *,
        size: int,
        after: int | None = None,
        newest: bool = True,
        url: str | None = None,
    ) -> Slice[Report]:
        """Give the reports that count, the latest kept first (or last); placed by number.

        With a filter only those that tell of an incident it lets through; with `url` every version that
        stood at that address.
        """
        with self._base.reading() as connection:
            rows, last = _rows(connection, wanted, size=size, after=after, newest=newest, url=url)
            return Slice([report_of(row) for row in rows], last)

    def records(
        self, wanted: Filter, *, size: int, after: int | None = None, newest: bool = True
    ) -> Slice[Record]:
        """Give the records of what `reports` gives, as decisions have them."""
        with self._base.reading() as connection:
            rows, last = _rows(connection, wanted, size=size, after=after, newest=newest)
            return Slice(list(records_of(connection, rows)), last)

    def tellings(
        self, wanted: Filter, *, after: int | None = None, newest: bool = True
    ) -> Iterator[tuple[int, Telling]]:
        """Yield records with the incidents that their facts belong to, each with its report's number.

        `after` is passed over; the records come in several transactions, some reports at a time.
        """
        while True:
            with self._base.reading() as connection:
                rows, last = _rows(connection, wanted, size=_BATCH, after=after, newest=newest)
                found = list(
                    zip((row.seq for row in rows), tellings_of(connection, rows, wanted), strict=True)
                )
            yield from found
            if last is None:
                return
            (after,) = last

    def told(self, reports: Sequence[str]) -> dict[str, list[str]]:
        """Give, by report, the ids of the incidents that it tells of."""
        query = select(_reports.c.id, _members.c.incident).join(_members, _members.c.report == _reports.c.seq)
        query = query.where(_reports.c.id.in_(reports)).distinct().order_by(_members.c.incident)
        found: dict[str, list[str]] = {}
        with self._base.reading() as connection:
            for report, incident in connection.execute(query):
                found.setdefault(report, []).append(incident)
        return found

    def decisions(self, *, size: int, after: int = 0, in_force: bool = False) -> Slice[Decision]:
        """Give decisions in the order in which they were made; placed by number.

        Of those in force a slice may hold fewer than `size`, though more follow.
        """
        table = schema.decisions
        query = select(table.c.seq, table.c.body).where(table.c.seq > after).order_by(table.c.seq)
        undoing = select(table.c.seq, table.c.body).where(table.c.kind == "undo", table.c.seq > after)
        with self._base.reading() as connection:
            rows = connection.execute(query.limit(size + 1)).all()
            later = connection.execute(undoing).all() if in_force else []
        last = (rows[size - 1].seq,) if len(rows) > size else None
        made = {row.seq: Decision.from_json(row.body) for row in (*later, *rows[:size])}
        found = [made[row.seq] for row in rows[:size]]
        if in_force:
            held = {decision.id for decision in effective(made[seq] for seq in sorted(made))}
            found = [decision for decision in found if decision.id in held]
        return Slice(found, last)

    def decision(self, name: str) -> Decision:
        """Give a decision by its id or the beginning of it. Raises NotInStore for none or several."""
        table = schema.decisions
        query = select(table.c.body).where(table.c.id.startswith(name, autoescape=True)).limit(2)
        with self._base.reading() as connection:
            found = connection.execute(query).scalars().all()
        if len(found) != 1:
            raise NotInStore("could be several" if found else "no such decision", where=name)
        return Decision.from_json(found[0])

    def postures(
        self,
        sender: str | None,
        host: str | None,
        *,
        size: int,
        after: tuple[str, str, int] | None = None,
    ) -> Slice[Posture]:
        """Give postures of a sender, in a host country (both alpha-3), or all; placed by both and number."""
        table = schema.postures
        place = table.c.host, table.c.sender, table.c.seq
        query = select(*place, table.c.body).order_by(*place)
        for column, value in ((table.c.sender, sender), (table.c.host, host)):
            if value:
                query = query.where(column == value)
        if after:
            query = query.where(tuple_(*place) > tuple_(*after))
        with self._base.reading() as connection:
            rows = connection.execute(query.limit(size + 1)).all()
            found = [msgspec.json.decode(row.body, type=Posture) for row in rows[:size]]
        last = tuple(rows[size - 1])[:3] if len(rows) > size else None
        return Slice(found, last)


def _rows(
    connection: Connection,
    wanted: Filter,
    *,
    size: int,
    after: int | None,
    newest: bool,
    url: str | None = None,
) -> tuple[list[Row[Any]], tuple[int] | None]:
    """Give rows of `CURRENT` in the order in which the reports came, and the last's number if more follow."""
    query = _reports_held(connection, wanted, url)
    if after is not None:
        query = query.where(_reports.c.seq < after if newest else _reports.c.seq > after)
    query = query.order_by(_reports.c.seq.desc() if newest else _reports.c.seq)
    seqs = connection.execute(query.limit(size + 1)).scalars().all()
    rows = {row.seq: row for row in connection.execute(CURRENT.where(_reports.c.seq.in_(seqs[:size])))}
    last = (seqs[size - 1],) if len(seqs) > size else None
    return [rows[seq] for seq in seqs[:size]], last


def _reports_held(connection: Connection, wanted: Filter, url: str | None) -> Select[Any]:
    query = select(_reports.c.seq)
    if url is None:
        query = query.where(_reports.c.live)
    else:
        query = query.where(
            _reports.c.seq.in_(select(_copies.c.report).where(_copies.c.url_key == url_key(url)))
        )
    if wanted.on_incidents:
        query = query.where(_telling(connection, wanted))
    words = matching(connection, wanted.text or "", _reports.c.seq)
    return query if words is None else query.where(words)


def _telling(connection: Connection, wanted: Filter) -> ColumnElement[bool]:
    """Hold reports that tell of an incident that a filter lets through.

    Of few incidents the reports are listed; of many, each report looks for itself, in its order and only
    until there are enough.
    """
    held = list(conditions(connection, wanted))
    few = select(literal(1)).select_from(_incidents).where(*held).limit(_COMMON).subquery("few")
    told = select(_members.c.report).join(_incidents, _incidents.c.id == _members.c.incident).where(*held)
    if connection.execute(select(func.count()).select_from(few)).scalar_one() < _COMMON:
        return _reports.c.seq.in_(told)
    return told.where(_members.c.report == _reports.c.seq).correlate(_reports).exists()
