"""Who takes part and who says so: actors by name and role, speakers by their figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import Row, Select, func, select

from dateline.knowledge.names import fold
from dateline.record import LedgerClaim
from dateline.store import schema
from dateline.store.base import Base

__all__ = ["ActorRow", "Given", "Named", "Part", "SourceRow"]

_incidents, _roles = schema.incidents, schema.incident_roles
_claims, _lines = schema.ledger_claims, schema.ledger_lines


class ActorRow(msgspec.Struct, frozen=True):
    """A name that takes part in incidents: in how many, and in how many as agent and as target."""

    key: str
    name: str
    incidents: int
    agent: int
    target: int


class Part(msgspec.Struct):
    """What somebody did or suffered: incidents by type, and the sum of their best tolls of the dead."""

    types: dict[str, int]
    killed: int = 0

    @property
    def count(self) -> int:
        """Tell how many incidents."""
        return sum(self.types.values())

    def add(self, kind: str, count: int, killed: int) -> None:
        """Count incidents of a type."""
        self.types[kind] = self.types.get(kind, 0) + count
        self.killed += killed


class SourceRow(msgspec.Struct, frozen=True):
    """A speaker: kind, figures given, in how many incidents, and the last day."""

    by: str
    kind: str
    figures: int
    incidents: int
    last: str | None


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """One figure of a speaker, with the line it stands in and what became of that.

    `first` is the first day on which anybody gave a figure of the line; `best` what it came to.
    """

    incident: str
    title: str
    report: str
    figure: str
    source: str | None
    kind: str
    low: int | None
    high: int | None
    approximate: bool
    said: str | None
    part: bool
    status: str
    measure: str
    group: str
    nationality: str | None
    lowest: int | None
    best: int | None
    highest: int | None
    agreement: str
    first: str | None


class Named:
    """Answers the questions of the pages of actors and sources."""

    def __init__(self, base: Base) -> None:
        self._base = base

    def actors(self, words: str = "", *, size: int = 100, first: int = 0) -> list[ActorRow]:
        """Give names that hold some words, or all, those in most incidents first."""
        count = func.count(_roles.c.incident.distinct())
        agent, target = (
            func.count(_roles.c.incident).filter(_roles.c.role == role) for role in ("agent", "target")
        )
        query = select(_roles.c.key, func.min(_roles.c.name), count, agent, target).group_by(_roles.c.key)
        for word in fold(words).split():
            query = query.where(_roles.c.key.contains(word, autoescape=True))
        query = query.order_by(count.desc(), _roles.c.key).offset(first).limit(size)
        with self._base.reading() as connection:
            return [ActorRow(*row) for row in connection.execute(query)]

    def roles(self, name: str) -> dict[str, Part]:
        """Give what a name did and suffered: its incidents counted, by role."""
        killed = func.coalesce(func.sum(_incidents.c.killed), 0)
        query = select(_roles.c.role, _incidents.c.type, func.count(), killed)
        query = query.join(_incidents, _incidents.c.id == _roles.c.incident)
        query = query.where(_roles.c.key == fold(name)[:200]).group_by(_roles.c.role, _incidents.c.type)
        found: dict[str, Part] = {}
        with self._base.reading() as connection:
            for role, kind, count, dead in connection.execute(
                query.order_by(func.count().desc(), _incidents.c.type)
            ):
                found.setdefault(role, Part({})).add(kind, int(count), int(dead))
        return found

    def incidents(self, name: str, role: str, *, size: int) -> list[str]:
        """Give the ids of the latest incidents in which a name takes part in a role."""
        query = select(_incidents.c.id).join(_roles, _incidents.c.id == _roles.c.incident)
        query = query.where(_roles.c.key == fold(name)[:200], _roles.c.role == role)
        query = query.order_by(_incidents.c.starts.desc(), _incidents.c.id.desc()).limit(size)
        with self._base.reading() as connection:
            return list(connection.execute(query).scalars())

    def beside(self, name: str, *, size: int = 20) -> list[tuple[str, str, int]]:
        """Give the names that most often stand beside a name: role, name, in how many incidents."""
        own, other = _roles.alias("own"), _roles.alias("other")
        count = func.count(other.c.incident.distinct())
        query = select(other.c.role, func.min(other.c.name), count)
        query = query.join(own, own.c.incident == other.c.incident)
        query = query.where(own.c.key == fold(name)[:200], other.c.key != own.c.key)
        query = query.group_by(other.c.role, other.c.key).order_by(count.desc(), func.min(other.c.name))
        with self._base.reading() as connection:
            return [(row[0], row[1], row[2]) for row in connection.execute(query.limit(size))]

    def sources(self, words: str = "", *, size: int = 100, first: int = 0) -> list[SourceRow]:
        """Give speakers whose name holds some words, or all, those with most figures first."""
        count = func.count()
        by, kind = _claims.c.by, func.min(_claims.c.kind)
        query = select(by, kind, count, func.count(_claims.c.incident.distinct()), func.max(_claims.c.said))
        for word in words.lower().split():
            query = query.where(by.contains(word, autoescape=True))
        query = query.group_by(by).order_by(count.desc(), by).offset(first).limit(size)
        with self._base.reading() as connection:
            return [SourceRow(*row) for row in connection.execute(query)]

    def called(self, keys: Iterable[str], *, size: int = 8) -> list[LedgerClaim]:
        """Give the latest figures of some speakers, bare: what reports called them stands in `source`."""
        found = []
        query = select(_claims.c.source, _claims.c.kind).order_by(_claims.c.said.desc()).limit(size)
        with self._base.reading() as connection:
            for key in keys:
                rows = connection.execute(query.where(_claims.c.by == key))
                found += [
                    LedgerClaim(report="", figure="", by=key, source=row[0], kind=row[1]) for row in rows
                ]
        return found

    def counted(self, by: str) -> tuple[int, int, dict[str, int]]:
        """Count the figures of a speaker, their incidents, and the figures by kind of speaker."""
        query = select(_claims.c.kind, func.count()).where(_claims.c.by == by).group_by(_claims.c.kind)
        told = select(func.count(_claims.c.incident.distinct())).where(_claims.c.by == by)
        with self._base.reading() as connection:
            kinds = {str(kind): int(n) for kind, n in connection.execute(query.order_by(func.count().desc()))}
            return sum(kinds.values()), connection.execute(told).scalar_one(), kinds

    def given(self, by: str, *, size: int = 300) -> list[Given]:
        """Give the figures of a speaker, the latest first."""
        with self._base.reading() as connection:
            rows: Sequence[Row[Any]] = connection.execute(_given(by, size)).all()
            return [Given(**row._mapping) for row in rows]


def _given(by: str, size: int) -> Select[Any]:
    latest = select(_claims.c.incident, _claims.c.line, _claims.c.claim).where(_claims.c.by == by)
    latest = latest.order_by(_claims.c.said.desc(), _claims.c.incident.desc())
    few = latest.limit(size).subquery("few")  # chosen by the index alone, before anything is joined
    again = _claims.alias("again")
    first = select(func.min(again.c.said)).where(
        again.c.incident == _claims.c.incident, again.c.line == _claims.c.line, ~again.c.part
    )
    of_claim = (
        "incident", "report", "figure", "source", "kind", "low", "high", "approximate", "said", "part",
        "status",
    )  # fmt: skip
    of_line = ("measure", "group", "nationality", "lowest", "best", "highest", "agreement")
    query: Select[Any] = select(
        *(_claims.c[name] for name in of_claim), *(_lines.c[name] for name in of_line),
        _incidents.c.title, first.scalar_subquery().label("first"),
    )  # fmt: skip
    query = query.select_from(few).join(
        _claims,
        (_claims.c.incident == few.c.incident)
        & (_claims.c.line == few.c.line)
        & (_claims.c.claim == few.c.claim),
    )
    query = query.join(
        _lines, (_lines.c.incident == _claims.c.incident) & (_lines.c.line == _claims.c.line)
    ).join(_incidents, _incidents.c.id == _claims.c.incident)
    return query.order_by(_claims.c.said.desc(), _claims.c.incident.desc())
