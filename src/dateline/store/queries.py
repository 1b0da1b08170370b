"""Find one incident or report by what people call it; list postures, and what changed since a step."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import Column, ColumnElement, Connection, Row, Select, and_, func, select

from dateline.errors import NotInStore, StoreError
from dateline.record import Incident, Posture
from dateline.store import schema
from dateline.store.bodies import CURRENT, unpack, url_key, word_purged
from dateline.store.decisions import span_of

__all__ = ["changed_rows", "find_incident", "find_report", "find_reports", "postures", "revision"]

_SHORT = re.compile(r"(?:sha256:)?(?P<digest>[0-9a-f]{6,64})(?:#(?P<rest>[\w-]*))?")
_DIGEST = re.compile("[0-9a-f]+")
_BEHIND = "g"  # sorts behind every digit of a digest
_SHORTEST = 6  # digits of an id that are taken for it
_FORMER = 100  # former ids that are looked at: with so many of one beginning it could be several anyway
_CHUNK = 500  # rows fetched at once from a stream

_incidents, _reports = schema.incidents, schema.reports


def revision(connection: Connection) -> int:
    """Give the number of the last step that derived incidents, 0 where none did."""
    return connection.execute(select(func.max(schema.revisions.c.seq))).scalar() or 0


def changed_rows(connection: Connection, since: int) -> Iterator[Row[Any]]:
    """Yield `(id, body)` of incidents that later steps than `since` wrote, in the order of the steps."""
    query: Select[Any] = select(_incidents.c.id, _incidents.c.body).where(_incidents.c.revision > since)
    query = query.order_by(_incidents.c.revision, _incidents.c.id)
    yield from connection.execute(query.execution_options(yield_per=_CHUNK))


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
    """Give an incident by its id, an id that it had before, or the beginning of either.

    Raises NotInStore when there is none, StoreError when it could be several.
    """
    key = _by_id(connection, name) or _by_former(connection, name)
    key = key or _by_beginning(connection, name) or _by_former_beginning(connection, name)
    if key is None:
        raise NotInStore("no such incident", where=name, hint="dateline incidents lists them")
    body = connection.execute(select(_incidents.c.body).where(_incidents.c.id == key)).scalar_one()
    return Incident.from_json(body)


def _by_id(connection: Connection, name: str) -> str | None:
    return connection.execute(select(_incidents.c.id).where(_incidents.c.id == name)).scalar()


def _by_former(connection: Connection, name: str) -> str | None:
    return _by_alias(connection, name) or _by_event(connection, name)


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


def _by_former_beginning(connection: Connection, name: str) -> str | None:
    """Find the incident by the beginning of an id that it had before, as a table once showed it."""
    if len(name) < _SHORTEST:
        return None
    formerly: set[str] = set()
    for column in (schema.incident_aliases.c.alias, schema.issued.c.id):
        # A stretch of the index finds them, without looking at every id.
        begins = (column >= name, column < name + _BEHIND, column.startswith(name, autoescape=True))
        formerly.update(connection.execute(select(column).where(*begins).limit(_FORMER)).scalars())
    found = {key for old in sorted(formerly) if (key := _by_former(connection, old)) is not None}
    return _only(sorted(found), name)


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
        _refuse_purged(connection, name)
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
    meant = _begins(_reports.c.id, name)
    if meant is None:
        return []
    return sorted(connection.execute(select(_reports.c.seq).where(meant).limit(2)).scalars())


def _begins(column: Column[str], name: str) -> ColumnElement[bool] | None:
    """Hold ids of reports that begin so; None for what can't be the beginning of one."""
    digest = name.removeprefix("sha256:").lower()
    if len(digest) < _SHORTEST or not _DIGEST.fullmatch(digest):
        return None
    # A stretch of the index, which LIKE isn't: it would look at every id.
    return and_(column >= "sha256:" + digest, column < "sha256:" + digest + _BEHIND)


def _refuse_purged(connection: Connection, name: str) -> None:
    """Raise NotInStore that tells who purged it, where a tombstone is all that is left of a report."""
    stones = schema.tombstones
    meant = _begins(stones.c.id, name)
    stone = connection.execute(select(stones).where(meant).limit(1)).first() if meant is not None else None
    if stone is not None:
        raise NotInStore(word_purged(stone), where=name)
