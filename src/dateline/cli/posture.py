"""`dateline posture`: how a country stands in another, its mission, staff and advice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import msgspec
import typer
from rich.table import Table
from rich.text import Text

from dateline.cli.database import Database, opened, wide_console
from dateline.exports.wording import plain

if TYPE_CHECKING:
    from dateline.record import Posture

__all__ = ["posture_command"]


def posture_command(
    sender: Annotated[
        str | None, typer.Option(metavar="CODE", help="Whose mission and staff: ISO alpha-3.")
    ] = None,
    host: Annotated[str | None, typer.Option(metavar="CODE", help="In which country: ISO alpha-3.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON list of postures.")] = False,
    db: Database = None,
) -> None:
    """List postures: mission, staff, advice to nationals, since when, and what it was before."""
    with opened(db) as store:
        found = store.postures(sender, host)
    if as_json:
        typer.echo(msgspec.json.encode(found).decode("utf-8"))
        return
    console = wide_console()
    console.print(_table(found) if found else "no posture known")


def _table(postures: list[Posture]) -> Table:
    table = Table(box=None, pad_edge=False, expand=True)
    for name in ("who", "in", "since"):
        table.add_column(name, no_wrap=True)
    table.add_column("posture", ratio=2)
    table.add_column("before", ratio=1, style="dim")
    for posture in postures:
        table.add_row(
            posture.sender, posture.host, (posture.since or "")[:10], Text(_words(posture)),
            Text(_words(posture.before) if posture.before else ""),
        )  # fmt: skip
    return table


def _words(posture: Posture) -> str:
    told = [
        f"mission {posture.mission}" if posture.mission else None,
        f"staff {posture.staff}" if posture.staff else None,
        f"advice: {posture.advice}" if posture.advice else None,
        f"for {plain(posture.area)}" if posture.area else None,
        posture.status,
    ]
    return ", ".join(part for part in told if part)
