"""Tables of incidents, records, figures and claims: JSON Lines, CSV and Parquet, a row at a time.

A line of JSON of an incident or a record is the whole object of the codebook;
everything else is flat. Lists within a cell are parted by `; `. Records,
figures and claims name the incidents that they belong to (`incident_ids`), so
that the tables can be joined.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO

import msgspec

from dateline import codebook
from dateline.errors import AssetError
from dateline.record import Claim, Event, Figure, Incident, Place, Record
from dateline.store.telling import Telling

__all__ = [
    "CLAIM_COLUMNS",
    "FIGURE_COLUMNS",
    "INCIDENT_COLUMNS",
    "RECORD_COLUMNS",
    "Cell",
    "Columns",
    "Row",
    "claim_rows",
    "figure_rows",
    "incident_row",
    "record_row",
    "write_cells",
    "write_csv",
    "write_jsonl",
    "write_parquet",
]

Cell = str | int | float | bool | None
Row = dict[str, Cell]
Columns = Mapping[str, str]  # name: text, int, float or bool

_TOLD: Mapping[Cell, str | None] = {True: "true", False: "false", None: None}
_GROUP = 5000  # rows of a Parquet row group: what is held in memory
_TOLLS = {f"{m}_{side}": "int" for m in codebook.MEASURES for side in ("lowest", "best", "highest")}

INCIDENT_COLUMNS: Columns = {
    "id": "text", "type": "text", "types": "text", "title": "text", "place": "text", "country": "text",
    "lat": "float", "lon": "float", "precision": "text", "start": "text", "end": "text", "actors": "text",
    "reports": "int", "report_ids": "text", "events": "int", "contested": "bool", **_TOLLS,
}  # fmt: skip
RECORD_COLUMNS: Columns = {
    "report": "text", "title": "text", "publisher": "text", "url": "text", "published": "text",
    "language": "text", "places": "int", "actors": "int", "events": "int", "figures": "int",
    "claims": "int", "types": "text", "countries": "text", "notices": "text", "incident_ids": "text",
}  # fmt: skip
_REPORT: Columns = {"report": "text", "publisher": "text", "url": "text", "published": "text"}
FIGURE_COLUMNS: Columns = {
    **_REPORT, "figure": "text", "measure": "text", "low": "int", "high": "int", "approximate": "bool",
    "group": "text", "nationality": "text", "status": "text", "words": "text", "start": "int", "end": "int",
    "who": "text", "event": "text", "event_type": "text", "event_start": "text", "place": "text",
    "country": "text", "lat": "float", "lon": "float", "source": "text", "source_kind": "text",
    "claim": "text", "confidence": "float", "incident_ids": "text",
}  # fmt: skip
CLAIM_COLUMNS: Columns = {
    **_REPORT, "claim": "text", "source": "text", "source_kind": "text", "cue": "text", "via": "text",
    "quote": "bool", "content": "text", "start": "int", "end": "int", "said": "text", "events": "text",
    "event_types": "text", "figures": "text", "confidence": "float", "incident_ids": "text",
}  # fmt: skip


def _joined(values: Iterable[str | None]) -> str:
    return "; ".join(value for value in dict.fromkeys(values) if value)


def incident_row(incident: Incident) -> Row:
    """Flatten an incident: its place, its actors as `role: name`, a toll of every measure."""
    where = incident.where
    row: Row = {
        "id": incident.id, "type": incident.type, "types": _joined(incident.types), "title": incident.title,
        "place": where.name if where else None, "country": incident.country,
        "lat": where.lat if where else None, "lon": where.lon if where else None,
        "precision": where.precision if where else None, "start": incident.start, "end": incident.end,
        "actors": _joined(f"{role}: {name}" for role, names in incident.actors.items() for name in names),
        "reports": len(incident.reports), "report_ids": _joined(incident.reports),
        "events": len(incident.events),
        "contested": any(line.agreement == "contested" for line in incident.ledger),
    }  # fmt: skip
    for measure in codebook.MEASURES:
        total = incident.totals.get(measure)
        for side in ("lowest", "best", "highest"):
            row[f"{measure}_{side}"] = getattr(total, side) if total else None
    return row


def record_row(telling: Telling) -> Row:
    """Flatten a record: what is known of its report, how much was found, which incidents it tells."""
    record, report = telling.record, telling.record.report
    return {
        "report": report.id, "title": report.title, "publisher": report.publisher, "url": report.url,
        "published": report.published, "language": report.language, "places": len(record.places),
        "actors": len(record.actors), "events": len(record.events), "figures": len(record.figures),
        "claims": len(record.claims), "types": _joined(event.type for event in record.events),
        "countries": _joined(place.country for place in record.places), "notices": _joined(report.notices),
        "incident_ids": _joined(sorted({key for ids in telling.incidents.values() for key in ids})),
    }  # fmt: skip


def _report_cells(record: Record) -> Row:
    report = record.report
    return {
        "report": report.id,
        "publisher": report.publisher,
        "url": report.url,
        "published": report.published,
    }


def _incident_cell(telling: Telling, fact: str) -> Row:
    return {"incident_ids": _joined(telling.incidents.get(fact, ()))}


def figure_rows(tellings: Iterable[Telling]) -> Iterator[Row]:
    """Yield a row for every figure that is asked for, with its event, place, source and incidents."""
    for telling in tellings:
        record = telling.record
        claim_of = {key: claim for claim in record.claims for key in claim.about}
        events = {event.id: event for event in record.events}
        places = {place.id: place for place in record.places}
        for figure in record.figures:
            if telling.asked(figure.id):
                event = events.get(figure.event or "")
                place = places.get(event.where or "") if event else None
                row = _figure(figure, event, place, claim_of.get(figure.id))
                yield {**_report_cells(record), **row, **_incident_cell(telling, figure.id)}


def _figure(figure: Figure, event: Event | None, place: Place | None, claim: Claim | None) -> Row:
    return {
        "figure": figure.id, "measure": figure.measure, "low": figure.low, "high": figure.high,
        "approximate": figure.approximate, "group": figure.group, "nationality": figure.nationality,
        "status": figure.status, "words": figure.span.text, "start": figure.span.start,
        "end": figure.span.end, "who": figure.who.text if figure.who else None, "event": figure.event,
        "event_type": event.type if event else None,
        "event_start": event.when.start if event and event.when else None,
        "place": place.name if place else None, "country": place.country if place else None,
        "lat": place.lat if place else None, "lon": place.lon if place else None,
        "source": claim.source.name if claim else None, "source_kind": claim.source.kind if claim else None,
        "claim": claim.id if claim else None, "confidence": figure.confidence,
    }  # fmt: skip


def claim_rows(tellings: Iterable[Telling]) -> Iterator[Row]:
    """Yield a row for every claim that is asked for: who says what, in which words, about which facts."""
    for telling in tellings:
        record = telling.record
        types = {event.id: event.type for event in record.events}
        for claim in record.claims:
            if telling.asked(claim.id):
                row = _claim(claim, types)
                yield {**_report_cells(record), **row, **_incident_cell(telling, claim.id)}


def _claim(claim: Claim, types: Mapping[str, str]) -> Row:
    events = [key for key in claim.about if key in types]
    return {
        "claim": claim.id, "source": claim.source.name, "source_kind": claim.source.kind,
        "cue": claim.cue.text if claim.cue else None, "via": claim.via.text if claim.via else None,
        "quote": claim.quote, "content": claim.content.text, "start": claim.content.start,
        "end": claim.content.end, "said": claim.when.start if claim.when else None,
        "events": _joined(events), "event_types": _joined(types[key] for key in events),
        "figures": _joined(key for key in claim.about if key not in types), "confidence": claim.confidence,
    }  # fmt: skip


def write_jsonl(rows: Iterable[Incident | Record | Row], stream: TextIO) -> int:
    """Write one JSON object a line; give how many."""
    count = 0
    for count, row in enumerate(rows, 1):  # noqa: B007 (the count is the result)
        line = row.to_json() if isinstance(row, Record) else msgspec.json.encode(row).decode("utf-8")
        stream.write(line + "\n")
    return count


def write_csv(rows: Iterable[Row], columns: Columns, stream: TextIO) -> int:
    """Write a header and a line a row (RFC 4180; nothing for null, true and false); give how many rows."""
    return write_cells([list(columns)], rows, columns, stream)


def write_cells(heads: Iterable[Sequence[str]], rows: Iterable[Row], columns: Columns, stream: TextIO) -> int:
    """Write lines of heads and a line a row; give how many rows. Booleans stand in columns that say so."""
    writer = csv.writer(stream)
    writer.writerows(heads)
    told = [at for at, kind in enumerate(columns.values()) if kind == "bool"]
    count = 0
    for count, row in enumerate(rows, 1):  # noqa: B007 (the count is the result)
        cells = [row[name] for name in columns]
        for at in told:
            cells[at] = _TOLD[cells[at]]
        writer.writerow(cells)  # which writes nothing for null
    return count


def write_parquet(rows: Iterable[Row], columns: Columns, path: Path) -> int:
    """Write a Parquet file, a row group at a time; give how many rows. Raises AssetError without pyarrow."""
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as problem:
        what = "Parquet needs pyarrow, which is not installed"
        raise AssetError(what, hint="pip install 'dateline[tables]'") from problem
    make: dict[str, Callable[[], Any]] = {
        "text": pyarrow.string, "int": pyarrow.int64, "float": pyarrow.float64, "bool": pyarrow.bool_,
    }  # fmt: skip
    schema = pyarrow.schema([(name, make[kind]()) for name, kind in columns.items()])
    count = 0
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        for group in _grouped(rows):
            writer.write_table(pyarrow.Table.from_pylist(group, schema=schema))
            count += len(group)
    return count


def _grouped(rows: Iterable[Row]) -> Iterator[list[Row]]:
    group: list[Row] = []
    for row in rows:
        group.append(row)
        if len(group) == _GROUP:
            yield group
            group = []
    if group:
        yield group
