"""From what incidents are asked for to conditions on their rows that an index answers."""

from __future__ import annotations

import math
from collections.abc import Iterator

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Table,
    and_,
    func,
    literal,
    or_,
    select,
)

from dateline.knowledge.sphere import EARTH_KM
from dateline.store import schema
from dateline.store.bodies import batched
from dateline.store.filters import Filter, Near
from dateline.store.rows import actor_words
from dateline.store.search import matches_many, matching

__all__ = ["conditions", "incident_bodies", "text_conditions"]

_DEGREE_KM = EARTH_KM * math.pi / 180
_POLE = 89.0  # degrees of latitude, beyond which a box of longitudes means nothing
_TOGETHER = 100  # incidents fetched at once: a large one has a megabyte

_COMMON = 2000  # incidents: from here on looking up each that comes in question costs less than listing them

_incidents = schema.incidents


def incident_bodies(connection: Connection, wanted: Filter, *, limit: int | None = None) -> Iterator[str]:
    """Yield incidents as JSON, the latest first, those without a day last.

    Ids are sorted, not whole incidents, so that memory stays flat however many there are.
    """
    query = select(_incidents.c.id).where(
        *conditions(connection, wanted), *text_conditions(connection, wanted.text)
    )
    query = query.order_by(_incidents.c.starts.desc(), _incidents.c.id.desc()).limit(limit)
    ids = connection.execute(query.execution_options(yield_per=_TOGETHER)).scalars()
    for batch in batched(ids, _TOGETHER):
        rows = connection.execute(
            select(_incidents.c.id, _incidents.c.body).where(_incidents.c.id.in_(batch))
        )
        bodies = {row.id: row.body for row in rows}
        yield from (bodies[key] for key in batch)


def conditions(connection: Connection, wanted: Filter) -> Iterator[ColumnElement[bool]]:
    """Yield the conditions on an incident's row; words of its reports are left to the caller."""
    if wanted.country:
        yield _incidents.c.country == wanted.country.upper()
    if wanted.near:
        yield _within(wanted.near)
    if wanted.type:
        yield _listed(connection, schema.incident_types, schema.incident_types.c.type, wanted.type)
    if wanted.since:
        yield _incidents.c.ends >= wanted.since[:10]
    if wanted.until:
        yield and_(_incidents.c.starts <= wanted.until[:10], _incidents.c.starts != "")
    if wanted.killed is not None:
        yield _incidents.c.killed >= wanted.killed
    if wanted.contested:
        yield _incidents.c.contested
    for word in sorted(actor_words(wanted.actor or "")):
        yield _listed(connection, schema.incident_actors, schema.incident_actors.c.word, word)


def _listed(connection: Connection, table: Table, column: Column[str], value: str) -> ColumnElement[bool]:
    """Hold incidents that another table lists under a value.

    Of few the list is made; of many, each incident that comes in question looks
    for itself, in the order of days and only until there are enough.
    """
    few = select(literal(1)).where(column == value).limit(_COMMON).subquery("few")
    if connection.execute(select(func.count()).select_from(few)).scalar_one() < _COMMON:
        return _incidents.c.id.in_(select(table.c.incident).where(column == value))
    own = select(literal(1)).where(column == value, table.c.incident == _incidents.c.id)
    return own.correlate(_incidents).exists()


def text_conditions(connection: Connection, words: str | None) -> Iterator[ColumnElement[bool]]:
    """Yield the condition that words stand in one of an incident's reports.

    Of few reports that match their incidents are listed. Of many each incident that comes in question
    looks whether one of its reports is among them, in the order of days and only until there are enough.
    """
    members, words = schema.incident_members, words or ""
    many = matches_many(connection, words)
    # The sum keeps SQLite from looking each of the matches up for each incident.
    found = matching(connection, words, members.c.report + 0 if many else members.c.report)
    if found is None:
        return
    if many:
        own = select(literal(1)).where(members.c.incident == _incidents.c.id, found)
        yield own.correlate(_incidents).exists()
    else:
        yield _incidents.c.id.in_(select(members.c.incident).where(found))


def _within(near: Near) -> ColumnElement[bool]:
    """Hold points within a circle along the great circle (haversine); a box lets an index find them."""
    lat, lon = _incidents.c.lat, _incidents.c.lon
    box = _box(near)
    if near.km >= math.pi * EARTH_KM:
        return box
    up = func.sin(func.radians(lat - near.lat) / 2)
    across = func.sin(func.radians(lon - near.lon) / 2)
    half = up * up + math.cos(math.radians(near.lat)) * func.cos(func.radians(lat)) * across * across
    return and_(box, half <= math.sin(near.km / (2 * EARTH_KM)) ** 2)


def _box(near: Near) -> ColumnElement[bool]:
    """Bound a circle by latitudes and longitudes."""
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
