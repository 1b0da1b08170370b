"""Ask for incidents, reports and records: filters become conditions that an index answers."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Exists, Row, Select, and_, or_, select

from dateline.errors import NotInStore, StoreError
from dateline.record import Incident, Posture
from dateline.store import schema
from dateline.store.bodies import CURRENT, unpack, url_key
from dateline.store.decisions import span_of
from dateline.store.rows import actor_words
from dateline.store.search import matching

__all__ = ["Filter", "Near", "find_incident", "find_report", "find_reports", "incident_rows", "postures"]

EARTH_KM = 6371.0  # mean radius
_DEGREE_KM = EARTH_KM * math.pi / 180
_POLE = 89.0  # degrees of latitude, beyond which a box of longitudes means nothing
_SHORT = re.compile(r"(?:sha256:)?(?P<digest>[0-9a-f]{6,64})(?:#(?P<rest>[\w-]*))?")
_SHORTEST = 6  # digits of an id that are taken for it
_CHUNK = 500  # rows fetched at once from a stream

_incidents, _reports = schema.incidents, schema.reports


class Near(msgspec.Struct, frozen=True):
    """A circle: degrees (WGS 84) and kilometres."""

    lat: float
    lon: float
    km: float

    def holds(self, lat: float, lon: float) -> bool:
        """Tell whether a point is within, along the great circle."""
        a, b = math.radians(self.lat), math.radians(lat)
        half = math.sin((b - a) / 2) ** 2
        half += math.cos(a) * math.cos(b) * math.sin(math.radians(lon - self.lon) / 2) ** 2
        return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half))) <= self.km


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    """What incidents are asked for; all that is given must hold.

    `country` alpha-3; `since`, `until` ISO days, inclusive, of which the
    incident must share one; `type` any of its types; `actor` words of a name,
    in any role; `killed` the least best toll; `text` words and "phrases" that
    stand in one of its reports.
    """

    country: str | None = None
    near: Near | None = None
    type: str | None = None
    since: str | None = None
    until: str | None = None
    actor: str | None = None
    killed: int | None = None
    contested: bool = False
    text: str | None = None


def incident_rows(connection: Connection, wanted: Filter, *, limit: int | None = None) -> Iterator[Row[Any]]:
    """Yield `(id, body)` of incidents, the latest first, those without a day last."""
    columns = _incidents.c.id, _incidents.c.body, _incidents.c.lat, _incidents.c.lon
    query: Select[Any] = select(*columns).where(*_conditions(connection, wanted))
    query = query.order_by(_incidents.c.starts.desc(), _incidents.c.id.desc())
    near = wanted.near
    if limit is not None and near is None:
        query = query.limit(limit)
    found = 0
    for row in connection.execution_options(yield_per=_CHUNK).execute(query):
        if near is None or near.holds(row.lat, row.lon):
            yield row
            found += 1
            if found == limit:
                return


def _conditions(connection: Connection, wanted: Filter) -> Iterator[ColumnElement[bool]]:
    if wanted.country:
        yield _incidents.c.country == wanted.country.upper()
    if wanted.near:
        yield _box(wanted.near)
    if wanted.type:
        types = schema.incident_types
        yield _incidents.c.id.in_(select(types.c.incident).where(types.c.type == wanted.type))
    if wanted.since:
        yield _incidents.c.ends >= wanted.since[:10]
    if wanted.until:
        yield and_(_incidents.c.starts <= wanted.until[:10], _incidents.c.starts != "")
    if wanted.killed is not None:
        yield _incidents.c.killed >= wanted.killed
    if wanted.contested:
        yield _incidents.c.contested
    yield from _actor(wanted.actor)
    yield from _text(connection, wanted.text)


def _actor(name: str | None) -> Iterator[ColumnElement[bool]]:
    actors = schema.incident_actors
    for word in sorted(actor_words(name or "")):
        yield _incidents.c.id.in_(select(actors.c.incident).where(actors.c.word == word))


def _text(connection: Connection, words: str | None) -> Iterator[ColumnElement[bool]]:
    members = schema.incident_members
    found = matching(connection, words or "", members.c.report)
    if found is not None and isinstance(found, Exists):  # each incident looks whether one of its reports does
        told = select(members.c.incident).where(members.c.incident == _incidents.c.id, found)
        yield told.correlate(_incidents).exists()
    elif found is not None:
        yield _incidents.c.id.in_(select(members.c.incident).where(found))


def _box(near: Near) -> ColumnElement[bool]:
    """Bound a circle by latitudes and longitudes; the exact distance is looked at afterwards."""
    lat, lon = _incidents.c.lat, _incidents.c.lon
    reach = near.km / _DEGREE_KM
    high = lat.between(near.lat - reach, near.lat + reach)
    edge = abs(near.lat) + reach
    wide = 180.0 if edge >= _POLE else reach / math.cos(math.radians(edge))
    if wide >= 180.0:
        return high
    west, east = near.lon - wide, near.lon + wide
    across = [lon.between(west + turn, east + turn) for turn in (-360, 0, 360)]
    return and_(high, or_(*across))


def postures(connection: Connection, sender: str | None, host: str | None) -> list[Posture]:
    """Give the postures of a sender, in a host country, or all."""
    table = schema.postures
    query = select(table.c.body).order_by(table.c.host, table.c.sender, table.c.seq)
    if sender:
        query = query.where(table.c.sender == sender.upper())
    if host:
        query = query.where(table.c.host == host.upper())
    return [msgspec.json.decode(body, type=Posture) for body in connection.execute(query).scalars()]


def find_incident(connection: Connection, name: str) -> Incident:
    """Give an incident by its id, the beginning of it, or an id that it had before.

    Raises NotInStore when there is none, StoreError when it could be several.
    """
    key = _by_id(connection, name) or _by_alias(connection, name) or _by_event(connection, name)
    key = key or _by_beginning(connection, name)
    if key is None:
        raise NotInStore("no such incident", where=name, hint="dateline incidents lists them")
    body = connection.execute(select(_incidents.c.body).where(_incidents.c.id == key)).scalar_one()
    return Incident.from_json(body)


def _by_id(connection: Connection, name: str) -> str | None:
    return connection.execute(select(_incidents.c.id).where(_incidents.c.id == name)).scalar()


def _by_alias(connection: Connection, name: str) -> str | None:
    table = schema.incident_aliases
    return connection.execute(
        select(table.c.incident).where(table.c.alias == name).order_by(table.c.incident)
    ).scalar()


def _by_event(connection: Connection, name: str) -> str | None:
    """Find the incident that now holds the event from which an id was once made."""
    issued, members = schema.issued, schema.incident_members
    made = connection.execute(select(issued).where(issued.c.id == name)).first()
    if made is None:
        return None
    row = connection.execute(CURRENT.where(_reports.c.id == made.report, _reports.c.live)).first()
    if row is None:
        return None
    events = [e.id for e in unpack(row).events if span_of(e).start == made.start]
    found = select(members.c.incident).where(members.c.report == row.seq, members.c.event.in_(events))
    return connection.execute(found.order_by(members.c.incident)).scalar()


def _by_beginning(connection: Connection, name: str) -> str | None:
    if len(name) < _SHORTEST:
        return None
    short = _SHORT.fullmatch(name)
    column = _incidents.c.id
    if short:  # an id that is made from a report's may leave out most of the digest
        wanted: ColumnElement[bool] = column.like(f"sha256:{short['digest']}%#{short['rest'] or ''}%")
    else:
        wanted = column.startswith(name, autoescape=True)
    return _only(connection.execute(select(column).where(wanted).limit(2)).scalars().all(), name)


def _only(found: Sequence[Any], name: str) -> Any | None:
    if len(found) > 1:
        raise StoreError("could be several", where=name, hint="give more of the id")
    return found[0] if found else None


def find_report(connection: Connection, name: str) -> int:
    """Give the number of a report by its id, the beginning of its digest, or its address.

    Of an address it is the version that counts.
    Raises NotInStore when there is none, StoreError when it could be several.
    """
    found = find_reports(connection, name)
    if len(found) == 0:
        raise NotInStore("no such report", where=name, hint="give its id, or its address")
    if len(found) > 1 and "://" in name:
        rows = connection.execute(select(_reports.c.seq).where(_reports.c.seq.in_(found), _reports.c.live))
        found = list(rows.scalars()) or found[-1:]
    _only(found, name)
    return found[0]


def find_reports(connection: Connection, name: str) -> list[int]:
    """Give the numbers of the reports of this id, beginning of a digest, or address (every version)."""
    if "://" in name:
        table = schema.copies
        query = select(table.c.report).where(table.c.url_key == url_key(name)).distinct()
        return sorted(connection.execute(query).scalars())
    digest = name.removeprefix("sha256:").lower()
    if len(digest) < _SHORTEST:
        return []
    key = "sha256:" + digest
    query = select(_reports.c.seq).where(_reports.c.id.startswith(key, autoescape=True)).limit(2)
    return sorted(connection.execute(query).scalars())
