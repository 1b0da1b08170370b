"""What a screen shows of a store: a page of incidents, points for a map, counts over time.

Every question is answered by an index, and of whole incidents only those on the page are read,
and of these only what stands in a row.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Integer, Select, cast, func, select

from dateline.record import Agreement, LedgerLine, Place, Total
from dateline.store import schema
from dateline.store.base import Base
from dateline.store.bodies import MANY, batched
from dateline.store.conditions import conditions, text_conditions
from dateline.store.filters import Filter
from dateline.store.moves import Move, moves_since
from dateline.store.queries import revision

__all__ = ["Brief", "BriefLine", "Looking", "Point", "Tally", "Title", "briefs_of"]

_OPENING = 400  # code points of a text in which its first line ends
_DAY = 10  # digits of an ISO day

_incidents, _members = schema.incidents, schema.incident_members
_reports, _copies = schema.reports, schema.copies


class BriefLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line of a ledger without its claims."""

    measure: str
    group: str
    nationality: str | None = None
    lowest: int | None = None
    best: int | None = None
    highest: int | None = None
    agreement: Agreement | None = None

    def bare(self) -> LedgerLine:
        """Give it as a line without claims."""
        return LedgerLine(**{name: getattr(self, name) for name in self.__struct_fields__})


class Brief(msgspec.Struct, frozen=True, kw_only=True):
    """An incident as a row shows it; fields as in `Incident`."""

    id: str
    type: str
    types: tuple[str, ...] = ()
    title: str
    where: Place | None = None
    country: str | None = None
    start: str | None = None
    end: str | None = None
    actors: dict[str, tuple[str, ...]] = {}
    reports: tuple[str, ...] = ()
    ledger: tuple[BriefLine, ...] = ()
    totals: dict[str, Total] = {}

    @property
    def contested(self) -> bool:
        """Tell whether sources contradict each other on any line."""
        return any(line.agreement == "contested" for line in self.ledger)


class Title(msgspec.Struct, frozen=True):
    """What heads a report; `opening` is how its text begins."""

    id: str
    title: str | None
    publisher: str | None
    published: str | None
    url: str | None
    opening: str


class Tally(msgspec.Struct, frozen=True):
    """What a filter lets through: incidents, contested ones, the sum of their best tolls of the dead.

    `days` are those on which any began, in order, with incidents and dead; those without a day are in
    the sums alone.
    """

    total: int
    contested: int
    killed: int
    days: tuple[tuple[str, int, int], ...]

    def by_time(self, digits: int) -> list[tuple[str, int, int]]:
        """Give stretches of time (`digits` of a day), incidents begun in each, their dead."""
        found: dict[str, tuple[int, int]] = {}
        for day, count, killed in self.days:
            had = found.get(day[:digits], (0, 0))
            found[day[:digits]] = had[0] + count, had[1] + killed
        return [(stretch, *counts) for stretch, counts in found.items()]


class Point(msgspec.Struct, frozen=True, array_like=True):
    """An incident on a map: degrees, type, best toll of the dead (None where unknown), first day."""

    lat: float
    lon: float
    type: str
    killed: int | None
    contested: bool
    starts: str
    id: str


class Looking:
    """Answers the questions that screens ask; it never links, so that a page waits for nothing."""

    def __init__(self, base: Base) -> None:
        self._base = base

    def read_ahead(self) -> None:
        """Have the store's file read before it is asked for, where it is one; returns at once."""
        self._base.read_ahead()

    def revision(self) -> int:
        """Give the number of the last step that derived incidents."""
        with self._base.reading() as connection:
            return revision(connection)

    def version(self) -> str:
        """Name the state of all that is derived: the same name, the same answers here."""
        stones = select(func.count()).select_from(schema.tombstones)
        with self._base.reading() as connection:
            return f"{revision(connection)}-{connection.execute(stones).scalar_one()}"

    def rows(self, wanted: Filter, *, first: int = 0, size: int = 50) -> list[Brief]:
        """Give some incidents, the latest first."""
        with self._base.reading() as connection:
            query = select(_incidents.c.id).where(*_held(connection, wanted))
            query = query.order_by(_incidents.c.starts.desc(), _incidents.c.id.desc())
            ids = connection.execute(query.offset(first).limit(size)).scalars().all()
            return briefs_of(connection, ids)

    def newest(self, size: int) -> list[Brief]:
        """Give the incidents that the last steps made or changed, the last first."""
        query = select(_incidents.c.id).order_by(_incidents.c.revision.desc(), _incidents.c.id.desc())
        with self._base.reading() as connection:
            return briefs_of(connection, connection.execute(query.limit(size)).scalars().all())

    def tally(self, wanted: Filter) -> Tally:
        """Count the incidents that a filter lets through, and by day, in one pass."""
        day = func.substr(_incidents.c.starts, 1, _DAY)
        killed = func.coalesce(func.sum(_incidents.c.killed), 0)
        contested = func.sum(cast(_incidents.c.contested, Integer))
        query = select(day, func.count(), killed, contested).group_by(day).order_by(day)
        with self._base.reading() as connection:
            rows = connection.execute(query.where(*_held(connection, wanted))).all()
        days = tuple((str(row[0]), int(row[1]), int(row[2])) for row in rows if row[0])
        total, dead, disputed = (sum(int(row[n]) for row in rows) for n in (1, 2, 3))
        return Tally(total, disputed, dead, days)

    def briefs(self, ids: Sequence[str]) -> list[Brief]:
        """Give incidents by their whole ids, in that order, without unknown ones."""
        with self._base.reading() as connection:
            return briefs_of(connection, ids)

    def points(self, wanted: Filter) -> list[Point]:
        """Give every incident that has a place, for a map."""
        names = ("lat", "lon", "type", "killed", "contested", "starts", "id")
        columns = [_incidents.c[name] for name in names]
        with self._base.reading() as connection:
            query = select(*columns).where(*_held(connection, wanted), _incidents.c.lat.is_not(None))
            return [Point(*row) for row in connection.execute(query.order_by(_incidents.c.starts))]

    def by_country(self, wanted: Filter) -> list[tuple[str, int, int, int]]:
        """Give country (alpha-3), incidents, contested ones, sum of best tolls; most incidents first."""
        contested = func.sum(cast(_incidents.c.contested, Integer))
        killed = func.coalesce(func.sum(_incidents.c.killed), 0)
        counted = select(_incidents.c.country, func.count(), contested, killed)
        with self._base.reading() as connection:
            query = counted.where(*_held(connection, wanted), _incidents.c.country.is_not(None))
            query = query.group_by(_incidents.c.country).order_by(func.count().desc(), _incidents.c.country)
            return [(str(r[0]), int(r[1]), int(r[2]), int(r[3])) for r in connection.execute(query)]

    def told_by(self, report: str) -> list[Brief]:
        """Give the incidents that a report, by its whole id, tells of."""
        with self._base.reading() as connection:
            query = select(_members.c.incident).join(_reports, _reports.c.seq == _members.c.report)
            ids = connection.execute(query.where(_reports.c.id == report).distinct()).scalars().all()
            return briefs_of(connection, sorted(ids))

    def related(self, incident: str, size: int = 12) -> list[tuple[Brief, int]]:
        """Give incidents that the same reports tell of, with how many, those with most first."""
        own, other = _members.alias("own"), _members.alias("other")
        shared = func.count(own.c.report.distinct())
        query = select(other.c.incident, shared).join(own, own.c.report == other.c.report)
        query = query.where(own.c.incident == incident, other.c.incident != incident)
        query = query.group_by(other.c.incident).order_by(shared.desc(), other.c.incident).limit(size)
        with self._base.reading() as connection:
            counts: dict[str, int] = {row[0]: row[1] for row in connection.execute(query)}
            return [(brief, counts[brief.id]) for brief in briefs_of(connection, list(counts))]

    def titles(self, reports: Collection[str]) -> list[Title]:
        """Give what heads some reports, by their whole ids, in the order of publication."""
        opening = func.substr(_reports.c.text, 1, _OPENING)
        query = select(
            _reports.c.id, _copies.c.title, _copies.c.publisher, _copies.c.published, _copies.c.url, opening
        ).join(_copies, _copies.c.seq == _reports.c.copy)
        found = []
        with self._base.reading() as connection:
            for batch in batched(sorted(reports), MANY):
                rows = connection.execute(query.where(_reports.c.id.in_(batch)).order_by(_reports.c.rank))
                found += [Title(*row) for row in rows]
        return sorted(found, key=lambda title: (title.published or "9999", title.id))

    def moves(self, since: int) -> list[Move]:
        """Give what moved after a revision, in order."""
        with self._base.reading() as connection:
            return moves_since(connection, since)

    def revision_at(self, time: str) -> int:
        """Give the number of the last step made by a time (ISO, UTC); 0 where none was."""
        table = schema.revisions
        with self._base.reading() as connection:
            query = select(func.max(table.c.seq)).where(table.c.made <= time)
            return connection.execute(query).scalar() or 0


def _held(connection: Connection, wanted: Filter) -> list[Any]:
    return [*conditions(connection, wanted), *text_conditions(connection, wanted.text)]


def briefs_of(connection: Connection, ids: Sequence[str]) -> list[Brief]:
    """Give incidents by their whole ids, in that order, without unknown ones."""
    query: Select[Any] = select(_incidents.c.id, _incidents.c.body).where(_incidents.c.id.in_(ids))
    bodies = {row.id: row.body for row in connection.execute(query)}
    return [msgspec.json.decode(bodies[key], type=Brief) for key in ids if key in bodies]
