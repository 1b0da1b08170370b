"""What a screen shows of a store: a page of incidents, points for a map, counts over time.

Every question is answered by an index, and of whole incidents only those on the page are read,
and of these only what stands in a row.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Integer, Row, Select, cast, func, select

from dateline.record import Agreement, LedgerLine, Place, Record, Total
from dateline.store import schema
from dateline.store.base import Base
from dateline.store.bodies import CURRENT, batched, stamp
from dateline.store.conditions import EARTH_KM, conditions, text_conditions
from dateline.store.filters import Filter
from dateline.store.moves import Move, moves_since
from dateline.store.queries import revision
from dateline.store.telling import records_of

__all__ = ["Brief", "BriefLine", "Looking", "Page", "Point", "Title"]

_OPENING = 400  # code points of a text in which its first line ends
_MANY = 1000  # values in one IN
_NEAR_DAYS, _NEAR_KM = 2, 30.0  # within which two incidents of a type could be one

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


class Page(msgspec.Struct, frozen=True):
    """Some incidents of all that a filter lets through: `total` of them, from number `first` (0-based)."""

    rows: tuple[Brief, ...]
    first: int
    total: int


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

    def revision(self) -> int:
        """Give the number of the last step that derived incidents."""
        with self._base.reading() as connection:
            return revision(connection)

    def page(self, wanted: Filter, *, first: int = 0, size: int = 50) -> Page:
        """Give some incidents, the latest first."""
        with self._base.reading() as connection:
            held = _held(connection, wanted)
            total = connection.execute(select(func.count()).select_from(_incidents).where(*held)).scalar_one()
            query = select(_incidents.c.id).where(*held)
            query = query.order_by(_incidents.c.starts.desc(), _incidents.c.id.desc())
            ids = connection.execute(query.offset(first).limit(size)).scalars().all()
            return Page(tuple(_briefs(connection, ids)), first, total)

    def briefs(self, ids: Sequence[str]) -> list[Brief]:
        """Give incidents by their whole ids, in that order, without unknown ones."""
        with self._base.reading() as connection:
            return _briefs(connection, ids)

    def points(self, wanted: Filter) -> list[Point]:
        """Give every incident that has a place, for a map."""
        names = ("lat", "lon", "type", "killed", "contested", "starts", "id")
        columns = [_incidents.c[name] for name in names]
        with self._base.reading() as connection:
            query = select(*columns).where(*_held(connection, wanted), _incidents.c.lat.is_not(None))
            return [Point(*row) for row in connection.execute(query.order_by(_incidents.c.starts))]

    def by_time(self, wanted: Filter, digits: int = 7) -> list[tuple[str, int, int]]:
        """Give stretches of time (`digits` of a day), incidents begun in each, their best tolls summed."""
        day = func.substr(_incidents.c.starts, 1, digits)
        counted = select(day, func.count(), func.coalesce(func.sum(_incidents.c.killed), 0))
        with self._base.reading() as connection:
            query = counted.where(*_held(connection, wanted), _incidents.c.starts != "")
            rows = connection.execute(query.group_by(day).order_by(day))
            return [(str(row[0]), int(row[1]), int(row[2])) for row in rows]

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
            return _briefs(connection, sorted(ids))

    def related(self, incident: str, size: int = 12) -> list[tuple[Brief, int]]:
        """Give incidents that the same reports tell of, with how many, those with most first."""
        own, other = _members.alias("own"), _members.alias("other")
        shared = func.count(own.c.report.distinct())
        query = select(other.c.incident, shared).join(own, own.c.report == other.c.report)
        query = query.where(own.c.incident == incident, other.c.incident != incident)
        query = query.group_by(other.c.incident).order_by(shared.desc(), other.c.incident).limit(size)
        with self._base.reading() as connection:
            counts: dict[str, int] = {row[0]: row[1] for row in connection.execute(query)}
            return [(brief, counts[brief.id]) for brief in _briefs(connection, list(counts))]

    def titles(self, reports: Collection[str]) -> list[Title]:
        """Give what heads some reports, by their whole ids, in the order of publication."""
        opening = func.substr(_reports.c.text, 1, _OPENING)
        query = select(
            _reports.c.id, _copies.c.title, _copies.c.publisher, _copies.c.published, _copies.c.url, opening
        ).join(_copies, _copies.c.seq == _reports.c.copy)
        found = []
        with self._base.reading() as connection:
            for batch in batched(sorted(reports), _MANY):
                rows = connection.execute(query.where(_reports.c.id.in_(batch)).order_by(_reports.c.rank))
                found += [Title(*row) for row in rows]
        return sorted(found, key=lambda title: (title.published or "9999", title.id))

    def latest_records(self, size: int, *, first: int = 0) -> list[Record]:
        """Give the newest records, as decisions have them, the last kept first."""
        with self._base.reading() as connection:
            query = select(_reports.c.seq).where(_reports.c.live, _reports.c.record.is_not(None))
            query = query.order_by(_reports.c.seq.desc()).offset(first).limit(size)
            seqs = connection.execute(query).scalars().all()
            rows = {row.seq: row for row in connection.execute(CURRENT.where(_reports.c.seq.in_(seqs)))}
            return list(records_of(connection, [rows[seq] for seq in seqs]))

    def near_pairs(self, size: int, *, first: int = 0) -> list[tuple[Brief, Brief]]:
        """Give pairs of incidents that could be one, the latest first.

        They are of one type and country, begin within two days of each other and lie within
        30 km; they are looked for among the `size` latest incidents after the `first`.
        """
        names = ("id", "lat", "lon", "starts", "country", "type")
        latest = select(*(_incidents.c[name] for name in names)).where(_incidents.c.starts != "")
        latest = latest.order_by(_incidents.c.starts.desc(), _incidents.c.id.desc())
        with self._base.reading() as connection:
            rows = connection.execute(latest.offset(first).limit(size)).all()
            pairs = list(_near(rows))
            briefs = {b.id: b for b in _briefs(connection, sorted({key for pair in pairs for key in pair}))}
            return [(briefs[a], briefs[b]) for a, b in pairs]

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

    def accepted_incidents(self, anchors: Collection[tuple[str, int]]) -> set[str]:
        """Give the ids ever given to incidents whose first event stands at a report's id and offset."""
        table = schema.issued
        found: set[str] = set()
        with self._base.reading() as connection:
            for batch in batched(sorted({report for report, _ in anchors}), _MANY):
                rows = connection.execute(select(table).where(table.c.report.in_(batch)))
                found.update(row.id for row in rows if (row.report, row.start) in anchors)
        return found


def _near(rows: Sequence[Row[Any]]) -> Iterator[tuple[str, str]]:
    """Yield pairs of rows, sorted by day, that are of one type and country, near in days and in place."""
    days = [_day(row.starts) for row in rows]
    for number, one in enumerate(rows):
        for place in range(number + 1, len(rows)):
            if days[number] - days[place] > _NEAR_DAYS:
                break
            other = rows[place]
            if (one.country, one.type) == (other.country, other.type) and _apart_km(one, other) <= _NEAR_KM:
                yield one.id, other.id


def _day(starts: str) -> int:
    """Number a day; what is none lies far from all others."""
    found = stamp(starts)
    return found.toordinal() if found else -(10**6)


def _apart_km(one: Row[Any], other: Row[Any]) -> float:
    """Give the distance along the great circle (haversine); far where a place isn't known."""
    if None in (one.lat, one.lon, other.lat, other.lon):
        return math.inf
    up, across = (math.radians(b - a) / 2 for a, b in ((one.lat, other.lat), (one.lon, other.lon)))
    flat = math.cos(math.radians(one.lat)) * math.cos(math.radians(other.lat))
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(math.sin(up) ** 2 + flat * math.sin(across) ** 2)))


def _held(connection: Connection, wanted: Filter) -> list[Any]:
    return [*conditions(connection, wanted), *text_conditions(connection, wanted.text)]


def _briefs(connection: Connection, ids: Sequence[str]) -> list[Brief]:
    query: Select[Any] = select(_incidents.c.id, _incidents.c.body).where(_incidents.c.id.in_(ids))
    bodies = {row.id: row.body for row in connection.execute(query)}
    return [msgspec.json.decode(bodies[key], type=Brief) for key in ids if key in bodies]
