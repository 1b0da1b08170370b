"""`dateline export`: incidents, records, figures or claims as JSON Lines, CSV or Parquet."""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from dateline.cli.database import Database, opened
from dateline.errors import InputError

if TYPE_CHECKING:
    from dateline.exports.tables import Columns, Row
    from dateline.store import Store

__all__ = ["Format", "What", "export_command"]


class What(StrEnum):
    """What is exported."""

    INCIDENTS = "incidents"
    RECORDS = "records"
    FIGURES = "figures"
    CLAIMS = "claims"


class Format(StrEnum):
    """How it is written."""

    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"


def export_command(
    what: Annotated[What, typer.Argument(help="What to export.")],
    form: Annotated[Format, typer.Option("--format", help="How to write it.")] = Format.JSONL,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write there instead of printing.")
    ] = None,
    db: Database = None,
) -> None:
    """Export all that is kept, a row at a time; a file is there whole or not at all."""
    if form is Format.PARQUET and output is None:
        raise typer.BadParameter("Parquet is a file", param_hint="--output")
    with opened(db) as store:
        if output is None:
            _write_text(store, what, form, sys.stdout)
            return
        with _whole(output) as path:
            if form is Format.PARQUET:
                _write_parquet(store, what, path)
            else:
                with path.open("w", encoding="utf-8", newline="") as stream:
                    _write_text(store, what, form, stream)


@contextmanager
def _whole(target: Path) -> Iterator[Path]:
    """Give a file beside the target that takes its place when all is written. Raises InputError."""
    try:
        handle = tempfile.NamedTemporaryFile(  # noqa: SIM115 (closed at once: only the name is needed)
            dir=target.parent, prefix=f".{target.name}.", delete=False
        )
    except OSError as problem:
        what = f"can't be written ({problem.strerror})"
        raise InputError(what, where=str(target), hint="choose another --output") from problem
    handle.close()
    path = Path(handle.name)
    try:
        yield path
        path.chmod(0o644)
        path.replace(target)
    finally:
        path.unlink(missing_ok=True)


def _flat(store: Store, what: What) -> tuple[Iterator[Row], Columns]:
    """Give the rows of a table and its columns."""
    from dateline.exports import tables

    if what is What.INCIDENTS:
        return map(tables.incident_row, store.incidents()), tables.INCIDENT_COLUMNS
    if what is What.RECORDS:
        return map(tables.record_row, store.records()), tables.RECORD_COLUMNS
    if what is What.FIGURES:
        return tables.figure_rows(store.records()), tables.FIGURE_COLUMNS
    return tables.claim_rows(store.records()), tables.CLAIM_COLUMNS


def _write_text(store: Store, what: What, form: Format, stream: TextIO) -> None:
    from dateline.exports.tables import write_csv, write_jsonl

    if form is Format.CSV:
        if stream is sys.stdout and isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(newline="")  # CSV has its own line ends
        write_csv(*_flat(store, what), stream)
    elif what is What.INCIDENTS:
        write_jsonl(store.incidents(), stream)
    elif what is What.RECORDS:
        write_jsonl(store.records(), stream)
    else:
        write_jsonl(_flat(store, what)[0], stream)


def _write_parquet(store: Store, what: What, path: Path) -> None:
    from dateline.exports.tables import write_parquet

    write_parquet(*_flat(store, what), path)
