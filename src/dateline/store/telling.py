"""Records as reports tell of incidents: which are asked for, and which facts belong to which incident."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, Select, select

from dateline.record import Record
from dateline.store import schema
from dateline.store.bodies import CURRENT, batched, unpack
from dateline.store.conditions import conditions
from dateline.store.decisions import apply_to_record
from dateline.store.filters import Filter
from dateline.store.search import matching
from dateline.store.touched import of_several_titles, replay_on

__all__ = ["Telling", "records_of", "report_batches", "tellings_of"]

_TOGETHER = 200  # reports fetched at once, some kilobytes each

_reports, _members, _incidents = schema.reports, schema.incident_members, schema.incidents
_Belonging = dict[str, dict[str, set[str]]]  # incident ids by fact, by report


class Telling(msgspec.Struct, frozen=True, kw_only=True):
    """A record with the incidents that its facts belong to.

    `incidents` gives incident ids by the id of an event, figure or claim: an
    event belongs where it is gathered, a figure where its event does or the
    ledger has it, a claim with what it is about. `narrowed` says that only
    facts of these incidents were asked for.
    """

    record: Record
    incidents: dict[str, tuple[str, ...]]
    narrowed: bool = False

    def asked(self, fact: str) -> bool:
        """Tell whether a fact, by its id, was asked for."""
        return not self.narrowed or fact in self.incidents


def report_batches(
    connection: Connection, wanted: Filter, *, superseded: bool = False
) -> Iterator[Sequence[Row[Any]]]:
    """Yield rows of `CURRENT`, in the order of publication, some at a time.

    They are those of the reports that tell of an incident that the filter lets
    through; the words of its `text` must stand in the report itself.
    """
    query = select(_reports.c.seq).order_by(_reports.c.rank, _reports.c.id)
    if not superseded:
        query = query.where(_reports.c.live)
    if wanted.on_incidents:
        telling = select(_members.c.report).join(_incidents, _incidents.c.id == _members.c.incident)
        query = query.where(_reports.c.seq.in_(telling.where(*conditions(connection, wanted))))
    words = matching(connection, wanted.text or "", _reports.c.seq)
    if words is not None:
        query = query.where(words)
    seqs = connection.execute(query.execution_options(yield_per=_TOGETHER)).scalars()
    for batch in batched(seqs, _TOGETHER):
        rows = {row.seq: row for row in connection.execute(CURRENT.where(_reports.c.seq.in_(batch)))}
        yield [rows[seq] for seq in batch]


def records_of(connection: Connection, rows: Sequence[Row[Any]]) -> Iterator[Record]:
    """Yield the records of rows of `CURRENT`, as decisions have them."""
    replay = replay_on(connection, rows)
    several = of_several_titles(connection, (row.seq for row in rows))
    for row in rows:
        record = unpack(row)
        if row.seq in several:
            record = msgspec.structs.replace(record, estimates=msgspec.UNSET)
        yield apply_to_record(record, replay.on_record(row.id))


def tellings_of(connection: Connection, rows: Sequence[Row[Any]], wanted: Filter) -> Iterator[Telling]:
    """Yield records of rows of `CURRENT` with the incidents that they tell and the filter lets through."""
    belonging = _belonging(connection, {row.seq: row.id for row in rows}, wanted)
    for record in records_of(connection, rows):
        facts = _with_parts(record, belonging.get(record.report.id, {}))
        yield Telling(
            record=record,
            incidents={key: tuple(sorted(ids)) for key, ids in facts.items()},
            narrowed=wanted.on_incidents,
        )


def _belonging(connection: Connection, reports: dict[int, str], wanted: Filter) -> _Belonging:
    """Give, by report and fact, the incidents that gather the event or have the figure in their ledger."""
    query = select(_members.c.incident, _members.c.report, _members.c.event)
    members = connection.execute(query.where(_members.c.report.in_(list(reports)))).all()
    incidents = _let_through(connection, {row.incident for row in members}, wanted)
    found: _Belonging = {}
    for incident, seq, event in members:
        if incident in incidents and event:
            found.setdefault(reports[seq], {}).setdefault(event, set()).add(incident)
    for row in _counted(connection, incidents, set(reports.values())):
        found.setdefault(row.report, {}).setdefault(row.figure, set()).add(row.incident)
    return found


def _let_through(connection: Connection, incidents: Collection[str], wanted: Filter) -> set[str]:
    """Give those of some incidents that a filter lets through.

    They are asked for by their ids: joined with their reports, all that the filter finds would be looked at.
    """
    if not wanted.on_incidents:
        return set(incidents)
    found: set[str] = set()
    for batch in batched(sorted(incidents), _TOGETHER):
        query = select(_incidents.c.id).where(_incidents.c.id.in_(batch), *conditions(connection, wanted))
        found.update(connection.execute(query).scalars())
    return found


def _counted(
    connection: Connection, incidents: Collection[str], reports: Collection[str]
) -> Iterator[Row[Any]]:
    """Yield report, figure and incident of every claim of these reports in these incidents' ledgers."""
    table = schema.ledger_claims
    for batch in batched(sorted(incidents), _TOGETHER):
        query: Select[Any] = select(table.c.report, table.c.figure, table.c.incident)
        query = query.where(table.c.incident.in_(batch), table.c.report.in_(reports))
        yield from connection.execute(query)


def _with_parts(record: Record, direct: dict[str, set[str]]) -> dict[str, set[str]]:
    """Add what follows: figures go with their event, claims with what they are about."""
    facts = {key: set(ids) for key, ids in direct.items()}
    for figure in record.figures:
        if figure.event in direct:
            facts.setdefault(figure.id, set()).update(direct[figure.event])
    for claim in record.claims:
        ids = {incident for key in claim.about for incident in facts.get(key, ())}
        if ids:
            facts[claim.id] = ids
    return facts
