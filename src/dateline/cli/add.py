"""`dateline add`: reports in, kept and linked."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.database import Database, opened
from dateline.errors import DatelineError

if TYPE_CHECKING:
    from dateline.record import Record, Report

__all__ = ["add_command", "lazy_reader"]

_WORDS = {"new": "new", "copy": "copies", "correction": "corrected versions", "known": "already there"}


def lazy_reader(any_language: bool) -> Callable[[Report], Record]:
    """Give a reader that is loaded when the first report must be read."""
    loaded: list[Callable[[Report], Record]] = []

    def read(report: Report) -> Record:
        if not loaded:
            from dateline.reading.reader import Reader

            loaded.append(Reader(any_language=any_language).read)
        return loaded[0](report)

    return read


def add_command(
    sources: Annotated[
        list[str], typer.Argument(help="Files, folders, or - for standard input.", metavar="SOURCE...")
    ],
    published: Annotated[
        str | None, typer.Option(metavar="DATE", help="Day of publication; relative times hang on it.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the counts as JSON.")] = False,
    any_language: Annotated[
        bool, typer.Option("--any-language", help="Read reports that are not in English, too.")
    ] = False,
    db: Database = None,
) -> None:
    """Read reports, keep them, and link them into incidents."""
    from dateline.cli.progress import Progress
    from dateline.reports import load, parse_published
    from dateline.store.intake import reader_version, take_in

    day = parse_published(published) if published is not None else None
    reports = (report for source in sources for report in load(source, published=day))
    counts: Counter[str] = Counter()
    failed: list[DatelineError] = []
    with opened(db, create=True) as store, Progress() as step:
        for outcome in take_in(store, reports, lazy_reader(any_language), reader=reader_version()):
            step()
            if isinstance(outcome, DatelineError):
                failed.append(outcome)
            else:
                counts[outcome.value] += 1
    _tell(counts, failed, as_json)
    if failed:
        raise typer.Exit(1)


def _tell(counts: Counter[str], failed: list[DatelineError], as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps({**{name: counts[name] for name in _WORDS}, "failed": len(failed)}))
    else:
        told = [f"{counts[name]:,} {words}" for name, words in _WORDS.items() if counts[name]]
        typer.echo(", ".join(told) or "nothing added")
    if failed:
        typer.echo(f"dateline: {len(failed):,} could not be added:", err=True)
    for problem in failed:
        typer.echo(f"  {problem}", err=True)
