"""How an incident and its ledger lie in their rows, so that filters find them by index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Table, insert

from dateline.knowledge.names import fold
from dateline.record import Incident, LedgerLine
from dateline.store import schema

__all__ = ["actor_words", "insert_incidents"]

_LARGEST = 2**63 - 1  # what a column holds; a report may state more
_LONGEST_NAME = 200  # code points of a folded name: more would not fit an index
_LONGEST_WORD = 64  # code points; longer ones are no names, and would not fit an index


def actor_words(name: str) -> set[str]:
    """Give the words under which an actor is found: folded, as place names are."""
    return {word[:_LONGEST_WORD] for word in fold(name).split()}


def insert_incidents(
    connection: Connection,
    incidents: Iterable[tuple[Incident, int, str]],
    seq_of: Mapping[str, int],
    revision: int,
) -> None:
    """Write incidents, each with its component and basis; `seq_of` gives the number of a report by its id.

    `revision` numbers the step that changes them.
    """
    rows: dict[Table, list[dict[str, Any]]] = {}
    for incident, component, basis in incidents:
        for table, row in _rows(incident, component, seq_of, {"revision": revision, "basis": basis}):
            rows.setdefault(table, []).append(row)
    for table in reversed(schema.DERIVED):  # parents first
        if rows.get(table):
            connection.execute(insert(table), rows[table])


def _rows(
    incident: Incident, component: int, seq_of: Mapping[str, int], made: Mapping[str, Any]
) -> Iterator[tuple[Table, dict[str, Any]]]:
    key = {"incident": incident.id}
    yield schema.incidents, {**_incident_row(incident, component), **made}
    for (report, event), part in _members(incident, seq_of).items():
        yield schema.incident_members, {**key, "report": report, "event": event, "part": part}
    for kind in {incident.type, *incident.types}:
        yield schema.incident_types, {**key, "type": kind}
    for word in {w for names in incident.actors.values() for name in names for w in actor_words(name)}:
        yield schema.incident_actors, {**key, "word": word}
    for (name_key, role), name in _named(incident).items():
        yield schema.incident_roles, {**key, "key": name_key, "role": role, "name": name}
    for alias in set(incident.aliases):
        yield schema.incident_aliases, {**key, "alias": alias}
    for number, line in enumerate(incident.ledger):
        yield from _line_rows(incident.id, number, line)


def _named(incident: Incident) -> dict[tuple[str, str], str]:
    """Give who takes part: the name by its folded form and role, as it stands first."""
    found = {
        (fold(name)[:_LONGEST_NAME], role): name
        for role, names in incident.actors.items()
        for name in reversed(names)
    }
    return {key: name for key, name in found.items() if key[0]}


def _members(incident: Incident, seq_of: Mapping[str, int]) -> dict[tuple[int, str], str | None]:
    """Give the events; a report that only gives a figure stands with no event."""
    members = {(seq_of[m.report], m.event): m.part for m in incident.events if m.report in seq_of}
    told = {report for report, _ in members}
    silent = {seq_of[r] for r in incident.reports if r in seq_of} - told
    return {**members, **{(seq, ""): None for seq in silent}}


def _incident_row(incident: Incident, component: int) -> dict[str, Any]:
    where, killed = incident.where, incident.totals.get("killed")
    toll = None if killed is None else killed.best if killed.best is not None else killed.lowest
    starts = (incident.start or "")[:10]
    return {
        "id": incident.id, "component": component, "type": incident.type, "title": incident.title,
        "country": incident.country or (where.country if where else None),
        "lat": where.lat if where else None, "lon": where.lon if where else None,
        "starts": starts, "ends": (incident.end or "")[:10] or starts, "killed": _number(toll),
        "contested": any(line.agreement == "contested" for line in incident.ledger),
        "reports": len(incident.reports), "body": incident.to_json(),
    }  # fmt: skip


def _line_rows(incident: str, number: int, line: LedgerLine) -> Iterator[tuple[Table, dict[str, Any]]]:
    key = {"incident": incident, "line": number}
    yield (
        schema.ledger_lines,
        {
            **key, "measure": line.measure, "group": line.group, "nationality": line.nationality,
            "lowest": _number(line.lowest), "best": _number(line.best), "highest": _number(line.highest),
            "agreement": line.agreement or "",  # none of parts alone
        },
    )  # fmt: skip
    for place, claim in enumerate(line.claims):
        yield (
            schema.ledger_claims,
            {
                **key, "claim": place, "report": claim.report, "figure": claim.figure,
                "source": claim.source, "by": claim.by, "kind": claim.kind, "low": _number(claim.low),
                "high": _number(claim.high), "approximate": claim.approximate, "said": claim.said,
                "part": claim.part, "status": claim.status,
            },
        )  # fmt: skip


def _number(value: int | None) -> int | None:
    return None if value is None else min(value, _LARGEST)
