"""`dateline demo`: read the bundled reports, a first look without a file of one's own."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from dateline.codebook import MEASURES
from dateline.exports.wording import word_amount, word_title

if TYPE_CHECKING:
    from dateline.record import Record, Report

__all__ = ["demo_command", "demo_reports"]

_NEXT = """\
The reports are invented. Read one of your own next:

  dateline read report.txt --published 2024-05-17    the page you see above
  dateline read report.txt --json                    the same as JSON
  dateline read report.txt --html -o report.html     text and facts side by side
  dateline read folder/ page.html feed.jsonl --jsonl one record a line
  dateline --help                                    everything else
"""


def demo_reports() -> Iterator[Report]:
    """Yield the bundled reports in the order of their file names.

    Raises InputError when one can't be read, which means a damaged installation.
    """
    from dateline.reports import load

    with as_file(files("dateline") / "demo") as folder:
        for path in sorted(folder.iterdir()):
            if path.suffix in (".txt", ".html", ".jsonl"):
                for report in load(str(path), published=None):
                    if isinstance(report, Exception):
                        raise report
                    yield report


def demo_command() -> None:
    """Read the bundled reports: one record in full, a line on each of the others."""
    from dateline.cli.page import print_record
    from dateline.reading.reader import Reader

    reader = Reader()
    records = [reader.read(report) for report in demo_reports()]
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = 80
    print_record(console, records[0])
    console.print()
    console.rule(style="dim")
    console.print(_summary(records))
    console.print()
    console.print(Text(_NEXT.rstrip()))


def _summary(records: list[Record]) -> Table:
    """Give one line a record: what it is about, how much was found, the largest toll."""
    table = Table(box=None, pad_edge=False, expand=True)
    table.add_column("report", ratio=1, no_wrap=True, overflow="ellipsis")
    for name in ("events", "figures", "claims"):
        table.add_column(name, justify="right")
    table.add_column("toll", no_wrap=True)
    for record in records:
        counts = len(record.events), len(record.figures), len(record.claims)
        table.add_row(Text(word_title(record.report)), *map(str, counts), Text(_toll(record)))
    return table


def _toll(record: Record) -> str:
    """Word the largest figure of the gravest measure, in the codebook's order."""
    for measure in MEASURES:
        figures = [f for f in record.figures if f.measure == measure]
        if figures:
            most = max(figures, key=lambda f: f.high or f.low or 0)
            return f"{word_amount(most)} {measure}"
    return ""
