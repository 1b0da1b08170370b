"""`dateline incident`: the page of one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.database import Database, opened, wide_console

if TYPE_CHECKING:
    from dateline.record import Incident, Record
    from dateline.store import Store

__all__ = ["decision_notes", "incident_command", "incident_records"]


def incident_command(
    name: Annotated[str, typer.Argument(metavar="ID", help="The incident's id, or the beginning of it.")],
    contested: Annotated[
        bool, typer.Option("--contested", help="Of the ledger only where sources contradict each other.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the incident as JSON.")] = False,
    db: Database = None,
) -> None:
    """Show an incident: toll, ledger with sources, timeline, map sketch, reports, decisions."""
    with opened(db) as store:
        incident = store.incident(name)
        if as_json:
            typer.echo(incident.to_json())
            return
        from dateline.exports.incident_page import print_incident

        records, notes = incident_records(store, incident), list(decision_notes(store, incident))
        print_incident(wide_console(), incident, records, notes, contested=contested)


def incident_records(store: Store, incident: Incident) -> list[Record]:
    """Give the records of an incident's reports, in the order of publication."""
    records = store.records_by_id(incident.reports).values()
    return sorted(records, key=lambda record: (record.report.published or "9999", record.report.id))


def decision_notes(store: Store, incident: Incident) -> Iterator[str]:
    """Yield a line for each decision in force on the reports of an incident."""
    told = {*incident.reports, *(member.report for member in incident.events)}
    for decision in store.decisions(in_force=True):
        if told & decision.reports():
            changes = " ".join(f"{field}={value}" for field, value in decision.changes.items())
            what = f"{decision.kind} {changes}".strip()
            yield f"{decision.when[:10]} {what}, by {decision.who}: {decision.why} ({decision.id})"
