"""Find one incident or report by what people call it; list postures, and what changed since a step."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, Select, func, select

from dateline.errors import NotInStore, StoreError
from dateline.record import Incident, Posture
from dateline.store import schema
from dateline.store.bodies import CURRENT, unpack, url_key
from dateline.store.decisions import span_of

__all__ = ["changed_rows", "find_incident", "find_report", "find_reports", "postures", "revision"]

_SHORT = re.compile(r"(?:sha256:)?(?P<digest>[0-9a-f]{6,64})(?:#(?P<rest>[\w-]*))?")
_DIGEST = re.compile("[0-9a-f]+")
_BEHIND = "g"  # sorts behind every digit of a digest
_SHORTEST = 6  # digits of an id that are taken for it
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
    # A stretch of the index, which LIKE isn't: it would look at every id.
    first, last = "sha256:" + digest, "sha256:" + digest + _BEHIND
    query = select(_reports.c.seq).where(_reports.c.id >= first, _reports.c.id < last).limit(2)
    return sorted(connection.execute(query).scalars()) if _DIGEST.fullmatch(digest) else []
