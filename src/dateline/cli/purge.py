"""`dateline purge`: erase a text and its facts for good."""

from __future__ import annotations

from typing import Annotated

import typer

from dateline.cli.database import Database, Who, Why, opened
from dateline.exports.wording import plain

__all__ = ["purge_command"]


def purge_command(
    report: Annotated[
        str, typer.Argument(metavar="REPORT", help="Its id, or its address (every version that stood there).")
    ],
    why: Why,
    who: Who = None,
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask.")] = False,
    db: Database = None,
) -> None:
    """Erase a report and all that was taken from it, for good; a tombstone keeps its id."""
    with opened(db) as store:
        found = store.report(report)
        if not yes:
            title = plain(found.title or found.text.strip()[:60])
            others = len(store.versions(report)) - 1 if "://" in report else 0
            more = f" and {others:,} other version{'s' * (others > 1)} of it" if others else ""
            typer.confirm(f"Erase “{title}”{more} for good?", abort=True)
        erased = store.purge(report, why=why, who=who)
    for key in erased:
        typer.echo(f"erased {key}")
