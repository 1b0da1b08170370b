"""`dateline export`: what is kept in the formats of the field: tables, maps, alerts, calendars, graphs."""

from __future__ import annotations

import io
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.database import Database, opened
from dateline.cli.filtering import filtered

if TYPE_CHECKING:
    from dateline.store import Filter

__all__ = ["Format", "What", "export_command"]


class What(StrEnum):
    """What is exported."""

    INCIDENTS = "incidents"
    RECORDS = "records"
    EVENTS = "events"
    FIGURES = "figures"
    CLAIMS = "claims"
    POSTURES = "postures"


class Format(StrEnum):
    """How it is written: the names in `dateline.exports.formats`, which is loaded only when it is used."""

    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"
    ACLED = "acled"
    GED = "ged"
    PLOVER = "plover"
    CAMEO = "cameo"
    GEOJSON = "geojson"
    GPKG = "gpkg"
    HXL = "hxl"
    CAP = "cap"
    CAP_ZIP = "cap-zip"
    ICAL = "ical"
    JSONLD = "jsonld"
    TURTLE = "turtle"
    STIX = "stix"


@filtered
def export_command(
    what: Annotated[What, typer.Argument(help="What to export.")],
    wanted: Filter,
    form: Annotated[Format, typer.Option("--format", help="How to write it.")] = Format.JSONL,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write there instead of printing.")
    ] = None,
    sender: Annotated[
        str, typer.Option(metavar="NAME", help="Whom a CAP alert names as its sender.")
    ] = "dateline",
    db: Database = None,
) -> None:
    """Export all that is kept, or what a filter lets through; a file is there whole or not at all.

    All can be jsonl, csv, parquet, hxl; incidents also acled, ged, cap, cap-zip, stix;
    events plover, cameo; incidents and claims jsonld, turtle; incidents, events and
    figures geojson, gpkg; postures ical. docs/exports.md tells what each holds.

    The filters are those of `dateline incidents`. With one, records are those of
    reports that tell of such an incident, events, figures and claims those that belong
    to it. There the words of --text must stand in the report itself, and without
    another filter they need no incident. Postures take --country, --since and --until.
    """
    from dateline.exports.formats import check, export, write

    found = check(what.value, form.value)
    if found.binary and output is None:
        raise typer.BadParameter(f"{found.tells}: that is a file", param_hint="--output")
    with opened(db) as store:
        if output is not None:
            export(store, what.value, form.value, output, wanted, sender=sender)
            return
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(newline="")  # each format has its own line ends
        write(store, what.value, form.value, sys.stdout, wanted)
