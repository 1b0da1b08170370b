"""`dateline rebuild`: derive all incidents anew, from all that is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from dateline.cli.database import Database, opened
from dateline.errors import DatelineError

if TYPE_CHECKING:
    from dateline.store import Store

__all__ = ["rebuild_command"]


def rebuild_command(
    reread: Annotated[
        bool, typer.Option("--reread", help="First read all texts again with this version's reader.")
    ] = False,
    db: Database = None,
) -> None:
    """Derive incidents, ledgers and postures anew, and replay all decisions."""
    with opened(db) as store:
        failed = _reread(store) if reread else 0
        linked = _rebuilt(store)
        made = store.counts()["incidents"]
        typer.echo(f"{_count(linked, 'report')} linked into {_count(made, 'incident')}")
    if failed:
        raise typer.Exit(1)


def _rebuilt(store: Store) -> int:
    """Rebuild, and show on a terminal how far it has come."""
    done, every = 0, store.counts()["reports"]
    with Console(stderr=True).status("linking") as status:

        def tell(more: int) -> None:
            nonlocal done
            done += more
            status.update(f"linking: {done:,} of {every:,} reports")

        return store.rebuild(tell)


def _count(number: int, word: str) -> str:
    return f"{number:,} {word if number == 1 else word + 's'}"


def _reread(store: Store) -> int:
    """Read again what this version hasn't read; give how many could not be."""
    from dateline.cli.add import LazyReader
    from dateline.cli.progress import Progress
    from dateline.store.intake import reader_version, reread

    failed, reader = 0, LazyReader(any_language=True)
    with Progress() as step:
        for result in reread(store, reader.read, reader=reader_version(), many=reader.read_many):
            step()
            if isinstance(result, DatelineError):
                failed += 1
                typer.echo(f"dateline: {result}", err=True)
        typer.echo(f"{_count(step.done - failed, 'report')} read again")
    return failed
