"""Every format by name: what it holds, whether it is a file of bytes, and how it is written.

One door for the command line and for Python. Rows, stories and nodes are made as they are
written, so that memory doesn't grow with the store.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, TextIO

import msgspec

from dateline.errors import ExportError, InputError
from dateline.exports import acled, cap, events, ged, geojson, geopackage, hxl, plover, rdf, stix, tables
from dateline.exports.postures import POSTURE_COLUMNS, posture_rows, write_calendar
from dateline.exports.stories import Story, Title, title_of, told
from dateline.exports.tables import Columns, Row
from dateline.record import Posture
from dateline.store import Filter, Store
from dateline.store.bodies import batched

__all__ = ["FORMATS", "WHATS", "Format", "check", "export", "whole", "write"]

_TABLES: dict[str, Columns] = {
    "incidents": tables.INCIDENT_COLUMNS, "records": tables.RECORD_COLUMNS, "events": events.EVENT_COLUMNS,
    "figures": tables.FIGURE_COLUMNS, "claims": tables.CLAIM_COLUMNS, "postures": POSTURE_COLUMNS,
}  # fmt: skip
WHATS = tuple(_TABLES)
_TOGETHER = 200  # records in memory at once
_PLACED = ("incidents", "events", "figures")  # tables with a point


class Format(msgspec.Struct, frozen=True, kw_only=True):
    """One format: `takes` what, the first by default; `write` gives how many; `binary` needs a file."""

    name: str
    tells: str
    takes: tuple[str, ...]
    write: Callable[[_Asked, Any], int]
    binary: bool = False


class _Asked:
    """What is asked of a store, in each of the shapes that formats take."""

    def __init__(self, store: Store, what: str, wanted: Filter, sender: str) -> None:
        self.store, self.what, self.wanted, self.sender = store, what, wanted, sender
        self.columns = _TABLES[what]

    def rows(self) -> Iterator[Row]:
        if self.what == "incidents":
            yield from map(tables.incident_row, self.store.incidents(self.wanted))
        elif self.what == "postures":
            yield from posture_rows(self.postures())
        elif self.what == "records":
            yield from map(tables.record_row, self.store.tellings(self.wanted))
        else:
            made = {"events": events.event_rows, "figures": tables.figure_rows, "claims": tables.claim_rows}
            yield from made[self.what](self.store.tellings(self.wanted))

    def objects(self) -> Iterator[Any]:
        """Yield whole objects where the codebook has them, else rows."""
        if self.what == "incidents":
            yield from self.store.incidents(self.wanted)
        elif self.what == "records":
            yield from self.store.records(self.wanted)
        elif self.what == "postures":
            yield from self.postures()
        else:
            yield from self.rows()

    def stories(self) -> Iterator[Story]:
        return told(self.store.incidents(self.wanted), self.store.records_by_id)

    def nodes(self) -> Iterator[rdf.Node]:
        if self.what == "incidents":
            yield from map(rdf.event_node, self.stories())
        else:
            for telling in self.store.tellings(self.wanted):
                yield from rdf.claim_nodes(telling)

    def postures(self) -> list[Posture]:
        """Give postures by host and day. Raises ExportError for filters that a posture has no answer to."""
        other = msgspec.structs.replace(self.wanted, country=None, since=None, until=None)
        if other != Filter():
            hint = "ask by --country (the host), --since and --until"
            raise ExportError("postures know a host and days, and no other filter", hint=hint)
        found = self.store.postures(None, self.wanted.country)
        since, until = self.wanted.since or "", self.wanted.until or "9999"
        return [p for p in found if since <= (p.since or since)[:10] <= until]


def _csv(asked: _Asked, stream: TextIO) -> int:
    return tables.write_csv(asked.rows(), asked.columns, stream)


def _calendar(asked: _Asked, stream: TextIO) -> int:
    postures = asked.postures()
    reports = sorted({(p.claim or "").partition("#")[0] for top in postures for p in _chain(top)} - {""})
    titles: dict[str, Title] = {}
    for batch in batched(reports, _TOGETHER):  # a record holds its whole text
        records = asked.store.records_by_id(batch)
        titles |= {key: title_of(record) for key, record in records.items()}
    return write_calendar(postures, stream, titles)


def _chain(posture: Posture | None) -> Iterator[Posture]:
    while posture is not None:
        yield posture
        posture = posture.before


def _cap(asked: _Asked, path: Path, *, archive: bool) -> int:
    writer = cap.write_alerts if archive else cap.write_alert
    return writer(asked.stories(), path, sender=asked.sender)


_LIST = (
    Format(
        name="jsonl", tells="JSON Lines", takes=WHATS, write=lambda a, s: tables.write_jsonl(a.objects(), s)
    ),
    Format(name="csv", tells="CSV", takes=WHATS, write=_csv),
    Format(
        name="parquet", tells="Apache Parquet", takes=WHATS, binary=True,
        write=lambda a, p: tables.write_parquet(a.rows(), a.columns, p),
    ),
    Format(
        name="acled", tells="CSV in ACLED's columns", takes=("incidents",),
        write=lambda a, s: tables.write_csv(acled.acled_rows(a.stories()), acled.ACLED_COLUMNS, s),
    ),
    Format(
        name="ged", tells="CSV in UCDP GED's columns", takes=("incidents",),
        write=lambda a, s: tables.write_csv(ged.ged_rows(a.stories()), ged.GED_COLUMNS, s),
    ),
    Format(
        name="plover", tells="PLOVER records, JSON Lines", takes=("events",),
        write=lambda a, s: tables.write_jsonl(plover.plover_records(a.store.tellings(a.wanted)), s),
    ),
    Format(
        name="cameo", tells="CAMEO triples, tab-separated", takes=("events",),
        write=lambda a, s: plover.write_cameo(plover.cameo_rows(a.store.tellings(a.wanted)), s),
    ),
    Format(
        name="geojson", tells="GeoJSON", takes=_PLACED,
        write=lambda a, s: geojson.write_geojson(a.what, a.rows(), a.columns, s),
    ),
    Format(
        name="gpkg", tells="GeoPackage", takes=_PLACED, binary=True,
        write=lambda a, p: geopackage.write_geopackage(a.what, a.rows(), a.columns, p),
    ),
    Format(
        name="hxl", tells="CSV with HXL hashtags", takes=WHATS,
        write=lambda a, s: hxl.write_hxl(a.what, a.rows(), a.columns, s),
    ),
    Format(
        name="cap", tells="one CAP 1.2 alert, XML", takes=("incidents",), binary=True,
        write=partial(_cap, archive=False),
    ),
    Format(
        name="cap-zip", tells="CAP 1.2 alerts, a file each in a ZIP archive", takes=("incidents",),
        binary=True, write=partial(_cap, archive=True),
    ),
    Format(name="ical", tells="iCalendar", takes=("postures",), write=_calendar),
    Format(
        name="jsonld", tells="schema.org in JSON-LD", takes=("incidents", "claims"),
        write=lambda a, s: rdf.write_jsonld(a.nodes(), s),
    ),
    Format(
        name="turtle", tells="schema.org in Turtle", takes=("incidents", "claims"),
        write=lambda a, s: rdf.write_turtle(a.nodes(), s),
    ),
    Format(
        name="stix", tells="a STIX 2.1 bundle, JSON", takes=("incidents",),
        write=lambda a, s: stix.write_stix(a.stories(), s),
    ),
)  # fmt: skip
FORMATS: dict[str, Format] = {one.name: one for one in _LIST}


def check(what: str, form: str) -> Format:
    """Give a format that can hold what is asked. Raises ExportError that says what it holds."""
    if form not in FORMATS:
        raise ExportError("no such format", where=form, hint=f"there are {', '.join(FORMATS)}")
    found = FORMATS[form]
    if what not in found.takes:
        raise ExportError(f"{form} holds {_listed(found.takes)}, not {what}", hint=f"export {found.takes[0]}")
    return found


def _listed(names: Iterable[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def export(
    store: Store,
    what: str,
    form: str,
    target: Path | str,
    wanted: Filter | None = None,
    *,
    sender: str = "dateline",
) -> int:
    """Write what a filter lets through to a file, which is there whole or not at all; give how many.

    `what` is one of WHATS, `form` one of FORMATS; `sender` is whom a CAP alert names. Raises
    ExportError when the format can't hold it, InputError when the file can't be written, and
    AssetError when Parquet's library is missing.
    """
    found = check(what, form)
    asked = _Asked(store, what, wanted or Filter(), sender)
    with whole(Path(target)) as path:
        if found.binary:
            return found.write(asked, path)
        with path.open("w", encoding="utf-8", newline="") as stream:
            return found.write(asked, stream)


def write(store: Store, what: str, form: str, stream: TextIO, wanted: Filter | None = None) -> int:
    """Write what a filter lets through to a stream of text opened with `newline=""`; give how many.

    Raises ExportError for a format that is a file of bytes, else as `export`.
    """
    found = check(what, form)
    if found.binary:
        raise ExportError(f"{found.tells} is a file", hint="give --output FILE")
    return found.write(_Asked(store, what, wanted or Filter(), "dateline"), stream)


@contextmanager
def whole(target: Path) -> Iterator[Path]:
    """Give a file beside the target that takes its place when all is written. Raises InputError."""
    try:
        handle = tempfile.NamedTemporaryFile(  # noqa: SIM115 (closed at once: only the name is needed)
            dir=target.parent, prefix=f".{target.name}.", delete=False
        )
    except OSError as problem:
        raise _unwritable(target, problem) from problem
    handle.close()
    path = Path(handle.name)
    try:
        yield path
        path.chmod(0o644)
        path.replace(target)
    except OSError as problem:
        raise _unwritable(target, problem) from problem
    finally:
        path.unlink(missing_ok=True)


def _unwritable(target: Path, problem: OSError) -> InputError:
    what = f"can't be written ({problem.strerror or problem})"
    return InputError(what, where=str(target), hint="choose another --output")
