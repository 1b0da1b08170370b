"""`dateline evaluate`: measure the reader on annotated data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

__all__ = ["app"]

app = typer.Typer(help="Measure the reader on annotated data.", no_args_is_help=True)


@app.callback()
def evaluate() -> None:
    """Measure the reader on annotated data."""


@app.command("gold")
def gold_command(
    data: Annotated[Path, typer.Option("--data", metavar="FILE", help="Annotated texts, JSON Lines.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the rows as JSON.")] = False,
    errors: Annotated[int, typer.Option(min=0, metavar="N", help="Print the first N errors.")] = 0,
) -> None:
    """Measure on reports annotated by the codebook: precision, recall and F1 of each kind of fact."""
    from dateline.cli.progress import Progress
    from dateline.evaluation.gold import MEASURES, read_gold, score, to_report
    from dateline.reading.reader import Reader

    rows = read_gold(data)
    reader = Reader(any_language=True)
    records = []
    with Progress("texts") as step:
        for row in rows:
            records.append(reader.read(to_report(row)))
            step()
    tally = score(rows, records)
    if as_json:
        typer.echo(json.dumps({m: _numbers(tally.rows[m]) for m in MEASURES}, indent=1))
    else:
        table = Table(box=None, pad_edge=False)
        table.add_column("measure")
        for name in ("P", "R", "F1", "right/found/gold"):
            table.add_column(name, justify="right")
        for measure in MEASURES:
            r = tally.rows[measure]
            table.add_row(measure, f"{r.precision:.3f}", f"{r.recall:.3f}", f"{r.f1:.3f}",
                          f"{r.right}/{r.found}/{r.gold}")  # fmt: skip
        Console(highlight=False).print(table)
    for error in tally.errors[:errors]:
        typer.echo(error)


def _numbers(row: object) -> dict[str, float]:
    return {name: getattr(row, name) for name in ("precision", "recall", "f1", "right", "found", "gold")}
