"""`dateline demo`: bundled reports become a situation, a first look without a file of one's own."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.text import Text

from dateline.cli.database import wide_console

if TYPE_CHECKING:
    from dateline.record import Report
    from dateline.store import Store

__all__ = ["demo_command", "demo_reports"]

_STORY = "in-amenas.jsonl"
_INTRODUCTION = """\
Fourteen reports on the siege of In Amenas and the war in Mali, January 2013,
written for Dateline after the public record; the publishers are invented.
"""
_NEXT = """\
The store is kept. To look further:

  export DATELINE_DB={db}
  dateline incident {incident:<23}the whole ledger of the siege
  dateline incidents --contested          what sources contradict each other on
  dateline export figures --format csv    every figure, with who said it
  dateline correct --help                 to say what you know better

And with reports of your own:

  dateline read report.txt --published 2024-05-17
  dateline add folder/ page.html feed.jsonl --db crisis.db
  dateline --help
"""


def demo_reports() -> Iterator[Report]:
    """Yield the bundled reports in the order of their publication.

    Raises InputError when one can't be read, which means a damaged installation.
    """
    from dateline.reports import load

    with as_file(files("dateline") / "demo" / _STORY) as path:
        for report in load(str(path), published=None):
            if isinstance(report, Exception):
                raise report
            yield report


def demo_command(
    db: Annotated[
        str | None,
        typer.Option(
            "--db", metavar="URL", help="The store to add to (default: demo.db in your data folder)."
        ),
    ] = None,
) -> None:
    """Read, keep and link the bundled reports, and show the situation: incidents, postures, a page."""
    from dateline.store import open_store
    from dateline.store.base import default_path

    where = db if db is not None else str(default_path().with_name("demo.db"))
    console = wide_console()
    with open_store(where) as store:
        _tell(console, store, _short(where))


def _tell(console: Console, store: Store, where: str) -> None:
    from dateline.cli.incident import decision_notes, incident_records
    from dateline.cli.incidents import print_table
    from dateline.cli.posture import said_by
    from dateline.exports.incident_page import print_incident
    from dateline.exports.posture_page import posture_table
    from dateline.exports.wording import short_id

    console.print(Text(_INTRODUCTION))
    _ask(console, f"dateline add {_STORY}")
    console.print(_added(store))
    _ask(console, "dateline incidents")
    found = list(store.incidents())
    print_table(console, found, most=None)
    _ask(console, "dateline posture")
    postures = store.postures()
    console.print(posture_table(postures, said_by(store, postures)))
    main = max(found, key=lambda incident: len(incident.reports))
    _ask(console, f"dateline incident {short_id(main.id)} --contested")
    records, notes = incident_records(store, main), list(decision_notes(store, main))
    print_incident(console, main, records, notes, contested=True)
    console.print()
    console.rule(style="dim")
    console.print(Text(_NEXT.format(db=where, incident=short_id(main.id)).rstrip()))


def _ask(console: Console, command: str) -> None:
    console.print(Text(f"\n$ {command}", style="bold cyan"))


def _added(store: Store) -> str:
    """Add the reports; where an older version of Dateline has, read and link them anew."""
    from dateline.cli.add import LazyReader, word_counts
    from dateline.cli.progress import Progress
    from dateline.errors import DatelineError
    from dateline.store.intake import reader_version, reread, take_in

    reader, version = LazyReader(any_language=False), reader_version()
    counts: dict[str, int] = {}
    with Progress() as step:
        for outcome in take_in(store, demo_reports(), reader.read, reader=version, many=reader.read_many):
            step()
            if isinstance(outcome, DatelineError):
                raise outcome
            counts[outcome.value] = counts.get(outcome.value, 0) + 1
        for again in reread(store, reader.read, reader=version, many=reader.read_many):
            step()
            if isinstance(again, DatelineError):
                raise again
    if counts.get("known"):
        store.rebuild()
    return word_counts(counts)


def _short(where: str) -> str:
    """Write a path within the home folder as people do."""
    home = str(Path.home())
    return "~" + where.removeprefix(home) if where.startswith(home + "/") else where
