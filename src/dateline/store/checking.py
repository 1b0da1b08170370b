"""What review asks: doubtful facts, incidents that could be one, contested ones, and what was decided."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Select, func, select

from dateline.knowledge.sphere import great_circle_km
from dateline.record import Record
from dateline.store import schema
from dateline.store.base import Base
from dateline.store.bodies import CURRENT, MANY, batched, stamp
from dateline.store.decisions import Decision, effective
from dateline.store.doubts import doubts
from dateline.store.looking import Brief, briefs_of
from dateline.store.replay import decisions_on
from dateline.store.telling import records_of
from dateline.store.touched import replay_on

__all__ = ["Checking"]

_NEAR_DAYS, _NEAR_KM = 2, 30.0  # within which two incidents of a type could be one
_BAND = 0.3  # degrees of latitude: more than _NEAR_KM
_TOGETHER = 50  # pairs or incidents looked through at once

_NONE: deque[tuple[int, str, float, float]] = deque()
_decisions, _incidents, _issued = schema.decisions, schema.incidents, schema.issued


class Checking:
    """Answers the questions of review; as `Looking` it never links."""

    def __init__(self, base: Base) -> None:
        self._base = base

    def unsure(self, size: int, *, first: int = 0, latest: bool = False) -> list[tuple[Record, str]]:
        """Give facts that the reader is unsure of, the least likely or the latest first.

        Each comes with its record, as decisions have it, by its id there; what was decided on while
        another process holds the store is left out before it is linked.
        """
        with self._base.reading() as connection:
            found = doubts(connection, size=size, first=first, latest=latest)
            rows = connection.execute(CURRENT.where(schema.reports.c.seq.in_({d.seq for d in found}))).all()
            records = {r.report.id: r for r in records_of(connection, rows)}
            replay = replay_on(connection, rows)
            judged = {key: replay.judged(record) for key, record in records.items()}
        facts = {key: {*(e.id for e in r.events), *(f.id for f in r.figures)} for key, r in records.items()}
        left = [d for d in found if d.fact in facts[d.report] - judged[d.report]]
        return [(records[d.report], d.fact) for d in left]

    def twins(self, size: int, *, first: int = 0) -> list[tuple[Brief, Brief]]:
        """Give pairs of incidents that could be one, the latest first.

        They are of one type and country, begin within two days of each other, lie within 30 km, and
        nobody has kept them apart. What it costs grows with `first`; where there are none, with the store.
        """
        with self._base.reading() as connection:
            apart = [d for d in _of_kind(connection, "split") if d.others]
            pairs = (pair for pair in _twins(connection) if not any(_parted(d, *pair) for d in apart))
            return list(islice(pairs, first, first + size))

    def contested(self, size: int, *, first: int = 0) -> list[Brief]:
        """Give contested incidents that nobody has accepted as they stand, the latest first."""
        query = select(_incidents.c.id).where(_incidents.c.contested)
        query = query.order_by(_incidents.c.starts.desc(), _incidents.c.id.desc())
        with self._base.reading() as connection:
            accepted = _accepted(connection)
            ids = connection.execute(query.execution_options(yield_per=_TOGETHER)).scalars()
            left = islice((key for key in ids if key not in accepted), first, first + size)
            return briefs_of(connection, list(left))

    def made(self, size: int, *, first: int = 0) -> list[Decision]:
        """Give decisions, the last made first."""
        query = select(_decisions.c.body).order_by(_decisions.c.seq.desc()).offset(first).limit(size)
        with self._base.reading() as connection:
            return [Decision.from_json(body) for body in connection.execute(query).scalars()]

    def count(self) -> int:
        """Tell how many decisions were ever made."""
        with self._base.reading() as connection:
            return connection.execute(select(func.count()).select_from(_decisions)).scalar_one()

    def on(self, reports: Collection[str]) -> list[Decision]:
        """Give the decisions in force that name any of these reports, by their whole ids."""
        with self._base.reading() as connection:
            return decisions_on(connection, reports)


def _of_kind(connection: Connection, kind: str) -> list[Decision]:
    """Give the decisions of a kind that are in force."""
    query = select(_decisions.c.body).where(_decisions.c.kind.in_([kind, "undo"])).order_by(_decisions.c.seq)
    return effective(Decision.from_json(body) for body in connection.execute(query).scalars())


def _accepted(connection: Connection) -> set[str]:
    """Give the ids ever given to incidents that were accepted as a whole: by their first event."""
    found: set[str] = set()
    made = _of_kind(connection, "accept")
    anchors = {(a.report, a.start) for d in made for a in d.anchors if a.fact == "incident"}
    for batch in batched(sorted({report for report, _ in anchors}), MANY):
        rows = connection.execute(select(_issued).where(_issued.c.report.in_(batch)))
        found.update(row.id for row in rows if (row.report, row.start) in anchors)
    return found


def _twins(connection: Connection) -> Iterator[tuple[Brief, Brief]]:
    names = ("id", "starts", "country", "type", "lat", "lon")
    query: Select[Any] = select(*(_incidents.c[name] for name in names))
    query = query.where(_incidents.c.starts != "", _incidents.c.lat.is_not(None))
    query = query.order_by(_incidents.c.starts.desc(), _incidents.c.id.desc())
    rows = connection.execute(query.execution_options(yield_per=MANY))
    for batch in batched(_near(rows), _TOGETHER):
        known = {b.id: b for b in briefs_of(connection, sorted({key for pair in batch for key in pair}))}
        yield from ((known[one], known[other]) for one, other in batch)


def _near(rows: Iterable[Any]) -> Iterator[tuple[str, str]]:
    """Yield pairs of rows, sorted by day, that are of one type and country, near in days and in place.

    Rows are laid out in bands of latitude as wide as near is, so that only a band and its neighbours
    are looked through.
    """
    bands: dict[tuple[Any, str, int], deque[tuple[int, str, float, float]]] = {}
    for key, starts, country, kind, lat, lon in rows:
        day, band = _day(starts), math.floor(lat / _BAND)
        for beside in (band - 1, band, band + 1):
            near = bands.get((country, kind, beside), _NONE)
            while near and near[0][0] - day > _NEAR_DAYS:
                near.popleft()
            for _, other, up, across in near:
                if great_circle_km(lat, lon, up, across) <= _NEAR_KM:
                    yield other, key
        bands.setdefault((country, kind, band), deque()).append((day, key, lat, lon))


@lru_cache(maxsize=4096)
def _day(starts: str) -> int:
    """Number a day; what is none lies far from all others."""
    found = stamp(starts)
    return found.toordinal() if found else -(10**6)


def _parted(decision: Decision, one: Brief, other: Brief) -> bool:
    """Tell whether a split lies between two incidents."""
    ours, theirs = {a.report for a in decision.anchors}, {a.report for a in decision.others}
    first, second = set(one.reports), set(other.reports)
    return bool((ours & first and theirs & second) or (ours & second and theirs & first))
