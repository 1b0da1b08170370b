"""One incident: what, where, when and who; its ledger, what is contested, its course, its reports."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import cast

import msgspec
from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from dateline import codebook
from dateline.desk.core import Desk, desk_of
from dateline.desk.ledger import ClaimRow, Line, charts_of, days_of, lines_of
from dateline.desk.locator import Locator, Spot, locator
from dateline.desk.rows import Row, Toll, row_of, toll_of
from dateline.desk.wording import country_name, family
from dateline.exports.formats import FORMATS, export
from dateline.exports.wording import HEADLINE, plain, short_id, word_days
from dateline.record import Incident, Record
from dateline.store import Decision, Filter, Store
from dateline.store.looking import Title

__all__ = ["IncidentPage", "ReportRow", "incident_page", "report_row", "router"]

router = APIRouter(include_in_schema=False)

_RECORDS = 60  # reports whose places are looked at for the map and the parts
_SPOTS = 12
_EXPORTS = ("jsonl", "csv", "geojson", "acled", "ged", "hxl", "cap", "stix", "jsonld", "turtle")
_ENDS = {"jsonl": "json", "csv": "csv", "acled": "csv", "ged": "csv", "hxl": "csv", "cap": "xml",
         "stix": "json", "jsonld": "jsonld", "turtle": "ttl", "geojson": "geojson"}  # fmt: skip


class ReportRow(msgspec.Struct, frozen=True, kw_only=True):
    """What heads a report."""

    id: str
    title: str
    publisher: str
    published: str
    url: str


class IncidentPage(msgspec.Struct, frozen=True, kw_only=True):
    """What the page shows."""

    id: str
    short: str
    aliases: tuple[str, ...]
    title: str
    type: str
    family: str
    types: tuple[str, ...]
    where: str
    country: str
    country_name: str
    days: str
    actors: tuple[tuple[str, tuple[str, ...]], ...]
    tolls: tuple[tuple[Toll, str, bool], ...]
    lines: tuple[Line, ...]
    contested: tuple[Line, ...]
    charts: tuple[tuple[str, str, Markup], ...]
    timeline: tuple[tuple[str, list[tuple[Line, ClaimRow]]], ...]
    parts: tuple[tuple[str, int], ...]
    mentions: int
    related: tuple[tuple[Row, int], ...]
    reports: tuple[ReportRow, ...]
    map: Locator | None
    decisions: tuple[Decision, ...]
    exports: tuple[tuple[str, str], ...]


def incident_page(desk: Desk, name: str) -> IncidentPage:
    """Make the page of an incident. Raises NotInStore when there is none."""
    incident = desk.store.incident(name)
    told = {*incident.reports, *(member.report for member in incident.events)}
    titles = {title.id: title for title in desk.looking.titles(told)}
    records = desk.store.records_by_id(sorted(told)[:_RECORDS])
    lines = lines_of(incident, titles)
    where = plain(incident.where.name) if incident.where else ""
    return IncidentPage(
        id=incident.id, short=short_id(incident.id), aliases=incident.aliases, title=plain(incident.title),
        type=incident.type, family=family(incident.type),
        types=tuple(kind for kind in incident.types if kind != incident.type),
        where="" if where == country_name(incident.country) else where, country=incident.country or "",
        country_name=country_name(incident.country), days=word_days(incident),
        actors=tuple((role, tuple(map(plain, names))) for role, names in incident.actors.items() if names),
        tolls=tuple(_tolls(incident)), lines=tuple(lines),
        contested=tuple(line for line in lines if line.sides), charts=tuple(charts_of(incident)),
        timeline=tuple(days_of(lines)), parts=tuple(_parts(incident)), mentions=len(incident.events),
        related=tuple((row_of(brief), shared) for brief, shared in desk.looking.related(incident.id)),
        reports=tuple(report_row(titles[key]) for key in titles), map=_map(incident, records),
        decisions=tuple(desk.store.checking.on(told)),
        exports=tuple((form, FORMATS[form].tells) for form in _EXPORTS),
    )  # fmt: skip


def report_row(title: Title) -> ReportRow:
    """Make a row of a report; the beginning of its text stands in for a title."""
    first = plain(next(iter(title.opening.strip().splitlines()), ""))
    words = plain(title.title or "") or (
        first[:HEADLINE].rsplit(" ", 1)[0] + "…" if len(first) > HEADLINE else first
    )
    return ReportRow(
        id=title.id, title=words or "Untitled report", publisher=plain(title.publisher or ""),
        published=(title.published or "")[:16].replace("T", " "), url=title.url or "",
    )  # fmt: skip


def _tolls(incident: Incident) -> Iterator[tuple[Toll, str, bool]]:
    """Yield tolls in the codebook's order, with the rule of the best and whether a line is contested."""
    contested = {line.measure for line in incident.ledger if line.agreement == "contested"}
    for measure in codebook.MEASURES:
        if measure in incident.totals:
            toll = toll_of(measure, incident.totals[measure])
            if toll:
                yield toll, plain(incident.totals[measure].rule), measure in contested


def _parts(incident: Incident) -> Iterator[tuple[str, int]]:
    counts: dict[str, int] = {}
    for member in incident.events:
        if member.part:
            counts[plain(member.part)] = counts.get(plain(member.part), 0) + 1
    yield from counts.items()


def _map(incident: Incident, records: Mapping[str, Record]) -> Locator | None:
    """Draw its place among those that its reports name most."""
    here = incident.where
    if here is None or here.lat is None or here.lon is None:
        return None
    counts: dict[tuple[float, float, str], int] = {}
    for record in records.values():
        for place in record.places:
            if (
                place.lat is not None
                and place.lon is not None
                and place.precision not in ("region", "country")
            ):
                key = place.lat, place.lon, plain(place.name)
                counts[key] = counts.get(key, 0) + len(place.mentions)
    often = sorted(counts, key=lambda key: (-counts[key], key))
    others = tuple(Spot(*key) for key in often if key[2] != plain(here.name))[:_SPOTS]
    return locator(Spot(here.lat, here.lon, plain(here.name)), others)


class _Only:
    """A store that holds one incident, for exports."""

    def __init__(self, store: Store, incident: Incident) -> None:
        self.records_by_id = store.records_by_id
        self._incident = incident

    def incidents(self, _wanted: Filter | None = None) -> Iterator[Incident]:
        """Yield it."""
        yield self._incident


@router.get("/incidents/{name}", response_class=HTMLResponse)
def show_incident(request: Request, name: str) -> HTMLResponse:
    """Show an incident."""
    desk = desk_of(request)
    return desk.show(request, "incident.html", page=incident_page(desk, name), section="situation")


@router.get("/incidents/{name}/export/{form}")
def export_incident(request: Request, name: str, form: str) -> Response:
    """Give an incident as a file of a format."""
    if form not in _EXPORTS:
        raise HTTPException(404)
    store = desk_of(request).store
    incident = store.incident(name)
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "out"
        export(cast(Store, _Only(store, incident)), "incidents", form, target)
        body = target.read_bytes()
    named = f'attachment; filename="{incident.id}-{form}.{_ENDS[form]}"'
    return Response(body, media_type="application/octet-stream", headers={"Content-Disposition": named})
