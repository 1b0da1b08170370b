"""`dateline incidents`: find incidents by place, day, type, actor, toll and words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from dateline.cli.database import Database, opened, wide_console
from dateline.cli.filtering import filtered

if TYPE_CHECKING:
    from dateline.record import Incident
    from dateline.store import Filter

__all__ = ["incidents_command", "print_table"]

_TABLE_ROWS = 30  # what is seen at once; --limit gives more


@filtered
def incidents_command(
    wanted: Filter,
    limit: Annotated[int | None, typer.Option(min=0, metavar="N", help="At most so many; 0 for all.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON list of incidents.")] = False,
    db: Database = None,
) -> None:
    """List incidents, the latest first."""
    most = limit if limit is not None else None if as_json else _TABLE_ROWS
    with opened(db) as store:
        if as_json:
            _print_json(store.incidents(wanted, limit=most or None))
        else:
            found = list(store.incidents(wanted, limit=most + 1 if most else None))
            print_table(wide_console(), found, most)


def _print_json(incidents: Iterable[Incident]) -> None:
    """Print as they come, one a line, within the brackets of a list."""
    opening = "[\n"
    for incident in incidents:
        typer.echo(opening + incident.to_json(), nl=False)
        opening = ",\n"
    typer.echo("[]" if opening == "[\n" else "\n]")


def print_table(console: Console, incidents: list[Incident], most: int | None) -> None:
    """Print a row an incident; `most` are shown, and that there are more is said."""
    shown = incidents[: most or None]
    if not shown:
        console.print("no incident found")
        return
    console.print(_table(shown))
    if any(_is_contested(incident) for incident in shown):
        console.print(Text("* sources contradict each other", style="dim"))
    if most and len(incidents) > most:
        console.print(Text(f"the latest {most}; --limit 0 shows all", style="dim"))


def _is_contested(incident: Incident) -> bool:
    return any(line.agreement == "contested" for line in incident.ledger)


def _where(incident: Incident) -> str:
    from dateline.exports.wording import word_where

    return word_where(incident) if incident.where else incident.country or ""


def _table(incidents: list[Incident]) -> Table:
    from dateline.exports.wording import short_id, word_total

    table = Table(box=None, pad_edge=False, expand=True)
    table.add_column("since", no_wrap=True, width=10)
    table.add_column("type", no_wrap=True, max_width=17)
    table.add_column("where", no_wrap=True, overflow="ellipsis", ratio=1)
    table.add_column("killed", no_wrap=True, justify="right")
    table.add_column("rep.", no_wrap=True, justify="right")
    table.add_column("incident", no_wrap=True, style="dim")
    for incident in incidents:
        mark = "*" if _is_contested(incident) else ""
        table.add_row(
            incident.start or "", incident.type, Text(_where(incident)),
            word_total(incident.totals.get("killed")) + mark, str(len(incident.reports)),
            short_id(incident.id),
        )  # fmt: skip
    return table
