"""`dateline evaluate`: measure the reader on annotated data, one command a benchmark."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from dateline.evaluation.benchmark import Read, Result, Step
from dateline.record import Record, Report

if TYPE_CHECKING:
    from dateline.reading.parties import Party
    from dateline.reading.reader import Reader
    from dateline.reading.sayings import Saying

__all__ = ["app"]

app = typer.Typer(help="Measure the reader on annotated data.", no_args_is_help=True)

Data = Annotated[Path, typer.Option("--data", metavar="FILE", help="The benchmark's file, as published.")]
Limit = Annotated[int | None, typer.Option(min=1, metavar="N", help="Only the first N, for a quick look.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the rows as JSON.")]
Errors = Annotated[int, typer.Option(min=0, metavar="N", help="Print the first N errors.")]
Part = Annotated[str, typer.Option(metavar="NAME", help="The part of the archive: train or dev.")]


@app.callback()
def evaluate() -> None:
    """Measure the reader on annotated data."""


@app.command("gold")
def gold_command(
    data: Annotated[Path, typer.Option("--data", metavar="FILE", help="Annotated texts, JSON Lines.")],
    as_json: AsJson = False,
    errors: Errors = 0,
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


@app.command("muc4")
def muc4_command(
    data: Data, part: Part = "dev", limit: Limit = None, as_json: AsJson = False, errors: Errors = 0
) -> None:
    """MUC-4: role fillers of terrorist incidents by CEAF-REE, and casualties (muc4.tar.gz)."""
    from dateline.evaluation.muc4 import evaluate as measure

    def run(read: LazyReader, step: Step) -> Result:
        return measure(data, read, parties=read.parties, part=part, limit=limit, step=step)

    _show(run, as_json, errors)


@app.command("polnear")
def polnear_command(
    data: Data, part: Part = "dev", limit: Limit = None, as_json: AsJson = False, errors: Errors = 0
) -> None:
    """PolNeAR: sources, cues, contents and who says what (polnear.tar.gz)."""
    from dateline.evaluation.polnear import evaluate as measure

    def run(read: LazyReader, step: Step) -> Result:
        return measure(data, read, sayings=read.sayings, part=part, limit=limit, step=step)

    _show(run, as_json, errors)


@app.command("event-location")
def event_location_command(
    data: Data, limit: Limit = None, as_json: AsJson = False, errors: Errors = 0
) -> None:
    """Event-location: the place of each event verb (train.jsonl.gz)."""
    from dateline.evaluation.event_location import evaluate as measure

    _show(lambda read, step: measure(data, read, limit=limit, step=step), as_json, errors)


@app.command("rams")
def rams_command(data: Data, limit: Limit = None, as_json: AsJson = False, errors: Errors = 0) -> None:
    """RAMS: an event's arguments over five sentences, through the AIDA mapping (dev.jsonl.gz)."""
    from dateline.evaluation.rams import evaluate as measure

    _show(lambda read, step: measure(data, read, limit=limit, step=step), as_json, errors)


@app.command("wikievents")
def wikievents_command(data: Data, limit: Limit = None, as_json: AsJson = False, errors: Errors = 0) -> None:
    """WikiEvents: triggers and arguments, through the KAIROS mapping (dev.jsonl.gz)."""
    from dateline.evaluation.wikievents import evaluate as measure

    _show(lambda read, step: measure(data, read, limit=limit, step=step), as_json, errors)


@app.command("india-police")
def india_police_command(
    data: Data, limit: Limit = None, as_json: AsJson = False, errors: Errors = 0
) -> None:
    """IndiaPoliceEvents: killings and arrests by police, by sentence (sents.jsonl.gz)."""
    from dateline.evaluation.india_police import evaluate as measure

    _show(lambda read, step: measure(data, read, limit=limit, step=step), as_json, errors)


@app.command("plover")
def plover_command(data: Data, limit: Limit = None, as_json: AsJson = False, errors: Errors = 0) -> None:
    """PLOVER: roots, and source-root-target triples (PLV_train.tsv or PLOVER_GSR_CAMEO.txt)."""
    from dateline.evaluation.plover import evaluate as measure

    _show(lambda read, step: measure(data, read, limit=limit, step=step), as_json, errors)


@app.command("toponyms")
def toponyms_command(data: Data, limit: Limit = None, as_json: AsJson = False, errors: Errors = 0) -> None:
    """LGL and GeoWebNews: place names found and resolved (lgl.xml or gwn.xml)."""
    from dateline.evaluation.toponyms import evaluate as measure
    from dateline.knowledge.gazetteer import Gazetteer

    def run(read: Read, step: Step) -> Result:
        with Gazetteer.open() as gazetteer:
            return measure(data, read, limit=limit, step=step, gazetteer=gazetteer)

    _show(run, as_json, errors)


@app.command("timex")
def timex_command(data: Data, limit: Limit = None, as_json: AsJson = False, errors: Errors = 0) -> None:
    """TempEval-3: times and their values (a .tml file or a folder of them)."""
    from dateline.evaluation.timex import evaluate as measure

    _show(lambda _, step: measure(data, limit=limit, step=step), as_json, errors)


@app.command("actors")
def actors_command(data: Data, limit: Limit = None, as_json: AsJson = False, errors: Errors = 0) -> None:
    """Actors: whom 300 phrases of MUC-4 train and re3d stand for (`python -m training.actors`)."""
    from dateline.evaluation.actors import evaluate as measure

    _show(lambda _, step: measure(data, limit=limit, step=step), as_json, errors)


@app.command("gva")
def gva_command(data: Data, limit: Limit = None, as_json: AsJson = False, errors: Errors = 0) -> None:
    """GVA: reports grouped into incidents, and each incident's dead and wounded (reports.jsonl.gz)."""
    from dateline.evaluation.gva import evaluate as measure

    _show(lambda read, step: measure(data, read, limit=limit, step=step), as_json, errors)


@app.command("story")
def story_command(data: Data, limit: Limit = None, as_json: AsJson = False, errors: Errors = 0) -> None:
    """A story told by many reports: incidents, ledger and postures (reports.jsonl beside expected.json)."""
    from dateline.evaluation.story import evaluate as measure

    _show(lambda read, step: measure(data, read, limit=limit, step=step), as_json, errors)


class LazyReader:
    """The reader, opened at its first text: called it reads a record."""

    @cached_property
    def _reader(self) -> Reader:
        from dateline.reading.reader import Reader

        return Reader(any_language=True)

    def __call__(self, report: Report) -> Record:
        """Read a report."""
        return self._reader.read(report)

    def parties(self, report: Report) -> list[Party]:
        """Find the parties of its news."""
        return self._reader.parties(report)

    def sayings(self, report: Report) -> list[Saying]:
        """Find its acts of saying."""
        return self._reader.sayings(report)


def _show(measure: Callable[[LazyReader, Step], Result], as_json: bool, errors: int) -> None:
    """Run a benchmark with the reader and print what it gives."""
    from dateline.cli.progress import Progress
    from dateline.evaluation.table import to_json, to_table

    with Progress("texts") as step:
        result = measure(LazyReader(), step)
    if as_json:
        typer.echo(to_json(result))
    else:
        Console(highlight=False).print(to_table(result))
    for error in result.tally.errors[:errors]:
        typer.echo(error)
