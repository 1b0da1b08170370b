"""What each step of deriving moved: new incidents, tolls, contests and postures, as they were and are.

Kept are ids, numbers and states, and no words of reports, so that a purge leaves none behind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec
from sqlalchemy import Connection, insert, select

from dateline.record import Posture, Total
from dateline.store import schema

__all__ = ["Digest", "Move", "digest_of", "moves_since", "note_incidents", "note_postures", "snapshot"]

_STATES = ("mission", "staff", "advice", "status")


class _Line(msgspec.Struct, frozen=True):
    measure: str
    agreement: str | None = None


class Digest(msgspec.Struct, frozen=True):
    """What is watched of an incident: its tolls (lowest, best, highest by measure) and contested measures."""

    tolls: dict[str, tuple[int | None, int | None, int | None]] = {}
    contested: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()

    def same(self, other: Digest) -> bool:
        """Tell whether nothing that is watched differs."""
        return (self.tolls, self.contested) == (other.tolls, other.contested)


class _Body(msgspec.Struct):
    totals: dict[str, Total] = {}
    ledger: tuple[_Line, ...] = ()
    aliases: tuple[str, ...] = ()


class Move(msgspec.Struct, frozen=True):
    """One move: `kind` new, changed, renamed, gone or posture; `subject` an id or `SENDER>HOST`."""

    revision: int
    kind: str
    subject: str
    before: str | None
    after: str | None


def digest_of(body: str | bytes) -> Digest:
    """Make a digest of an incident's JSON."""
    found = msgspec.json.decode(body, type=_Body)
    tolls = {measure: (t.lowest, t.best, t.highest) for measure, t in found.totals.items()}
    contested = {line.measure for line in found.ledger if line.agreement == "contested"}
    return Digest(tolls, tuple(sorted(contested)), found.aliases)


def snapshot(connection: Connection) -> dict[str, Digest]:
    """Give the digests of all incidents there are."""
    table = schema.incidents
    rows = connection.execute(select(table.c.id, table.c.body).execution_options(yield_per=500))
    return {row.id: digest_of(row.body) for row in rows}


def note_incidents(
    connection: Connection, revision: int, before: Mapping[str, Digest], after: Mapping[str, Digest]
) -> None:
    """Keep what differs between two states of some incidents."""
    _keep(connection, revision, _incident_moves(before, after))


def _incident_moves(
    before: Mapping[str, Digest], after: Mapping[str, Digest]
) -> Iterator[tuple[str, str, str | None, str | None]]:
    renamed = {alias: key for key, now in after.items() for alias in now.aliases if alias not in after}
    former = {renamed[old]: was for old, was in before.items() if old in renamed}
    for key in sorted(after):
        was, now = before.get(key) or former.get(key), after[key]
        if was is None:
            yield "new", key, None, _json(now)
        elif not was.same(now):
            yield "changed", key, _json(was), _json(now)
    for key in sorted(set(before) - set(after)):
        yield ("renamed" if key in renamed else "gone"), key, _json(before[key]), None


def note_postures(
    connection: Connection, revision: int, before: Iterable[Posture], after: Iterable[Posture]
) -> None:
    """Keep what differs between the postures in one host country, by sender."""
    was, now = _by_sender(before), _by_sender(after)
    rows = [
        ("posture", key, _json(was.get(key)), _json(now.get(key)))
        for key in sorted({*was, *now})
        if was.get(key) != now.get(key)
    ]
    _keep(connection, revision, rows)


def _by_sender(postures: Iterable[Posture]) -> dict[str, dict[str, str | None]]:
    """Give the states of each sender; of several areas the last one told."""
    return {f"{p.sender}>{p.host}": {name: getattr(p, name) for name in _STATES} for p in postures}


def _json(value: Any) -> str | None:
    return None if value is None else msgspec.json.encode(value).decode()


def _keep(
    connection: Connection, revision: int, moves: Iterable[tuple[str, str, str | None, str | None]]
) -> None:
    rows = [
        {"revision": revision, "kind": kind, "subject": subject, "before": before, "after": after}
        for kind, subject, before, after in moves
    ]
    if rows:
        connection.execute(insert(schema.moves), rows)


def moves_since(connection: Connection, revision: int) -> list[Move]:
    """Give the moves after a revision, in their order."""
    table = schema.moves
    names = ("revision", "kind", "subject", "before", "after")
    query = select(*(table.c[name] for name in names)).where(table.c.revision > revision)
    return [Move(*row) for row in connection.execute(query.order_by(table.c.seq))]
