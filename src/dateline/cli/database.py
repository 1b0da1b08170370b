"""The option that names the store, and opening it for a command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

if TYPE_CHECKING:
    from dateline.store import Store

__all__ = ["Database", "Who", "Why", "opened", "wide_console"]

_HELP = "The store: a file, or postgresql://... (default: a file in your data folder)."

Database = Annotated[str | None, typer.Option("--db", metavar="URL", envvar="DATELINE_DB", help=_HELP)]
Why = Annotated[str, typer.Option("--why", metavar="TEXT", help="The reason, which is kept.")]
Who = Annotated[str | None, typer.Option("--who", metavar="NAME", help="Who decides (default: you).")]


def opened(db: str | None, *, create: bool = False) -> Store:
    """Open the store that a command was given; only `add` makes one. Raises StoreError."""
    from dateline.store import open_store

    return open_store(db, create=create)


def wide_console() -> Console:
    """Make a console that keeps a terminal's width and gives a pipe 80 columns."""
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = 80
    return console
