"""`dateline incidents`: find incidents by place, day, type, actor, toll and words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table
from rich.text import Text

from dateline.cli.database import Database, opened, wide_console

if TYPE_CHECKING:
    from dateline.record import Incident
    from dateline.store import Filter, Near

__all__ = ["incidents_command", "make_filter"]

_POINT = re.compile(r"\s*([-+]?\d+(?:\.\d+)?)\s*,\s*([-+]?\d+(?:\.\d+)?)\s*")
_TABLE_ROWS = 30  # what is seen at once; --limit gives more
_RADIUS_KM = 30.0  # a town with what lies around it
_ALPHA_3 = 3


def incidents_command(
    country: Annotated[
        str | None, typer.Option(metavar="COUNTRY", help="Where: ISO alpha-3 code or name.")
    ] = None,
    place: Annotated[
        str | None, typer.Option(metavar="PLACE", help="Near a place: its name, or LAT,LON.")
    ] = None,
    radius: Annotated[
        float | None, typer.Option(min=0.0, metavar="KM", help="How near (default: 30 km).")
    ] = None,
    kind: Annotated[str | None, typer.Option("--type", metavar="TYPE", help="Type of event.")] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="Not over before this day.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="Begun by this day.")] = None,
    actor: Annotated[str | None, typer.Option(metavar="NAME", help="Someone who takes part.")] = None,
    killed: Annotated[
        int | None, typer.Option("--killed", min=0, metavar="N", help="At least so many killed.")
    ] = None,
    contested: Annotated[
        bool, typer.Option("--contested", help="Only where sources contradict each other.")
    ] = False,
    text: Annotated[
        str | None, typer.Option(metavar="WORDS", help='Words and "phrases" in a report of it.')
    ] = None,
    limit: Annotated[int | None, typer.Option(min=0, metavar="N", help="At most so many; 0 for all.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON list of incidents.")] = False,
    db: Database = None,
) -> None:
    """List incidents, the latest first."""
    wanted = make_filter(
        country=country, place=place, radius=radius, type=kind, since=since, until=until, actor=actor,
        killed=killed, contested=contested, text=text,
    )  # fmt: skip
    most = limit if limit is not None else None if as_json else _TABLE_ROWS
    with opened(db) as store:
        if as_json:
            _print_json(store.incidents(wanted, limit=most or None))
        else:
            _print_table(list(store.incidents(wanted, limit=most + 1 if most else None)), most)


def make_filter(
    *, country: str | None, place: str | None, radius: float | None, **rest: str | int | bool | None
) -> Filter:
    """Make a filter of what was typed: names of countries and places are looked up, days read.

    Raises DateError for what is no day, and a usage error for what no list knows.
    """
    from dateline import codebook
    from dateline.reports import parse_published
    from dateline.store import Filter

    if rest.get("type") and rest["type"] not in codebook.TYPES:
        raise typer.BadParameter(f"no type of event: {rest['type']}", param_hint="--type")
    for name in ("since", "until"):
        if rest.get(name):
            rest[name] = parse_published(rest[name])[:10]
    if radius is not None and place is None:
        raise typer.BadParameter("needs --place", param_hint="--radius")
    near = _near(place, radius) if place else None
    return Filter(country=_country(country) if country else None, near=near, **rest)  # type: ignore[arg-type]


def _country(name: str) -> str:
    if len(name) == _ALPHA_3:
        return name.upper()
    from dateline.knowledge.gazetteer import Gazetteer

    with Gazetteer.open() as gazetteer:
        found = gazetteer.state(name)
    if found is None:
        raise typer.BadParameter(f"no such country: {name}", param_hint="--country")
    return found


def _near(place: str, radius: float | None) -> Near:
    from dateline.knowledge.gazetteer import Gazetteer
    from dateline.store import Near

    point = _POINT.fullmatch(place)
    if point:
        return Near(float(point[1]), float(point[2]), radius if radius is not None else _RADIUS_KM)
    with Gazetteer.open() as gazetteer:
        found = gazetteer.lookup(place)
    if not found:
        raise typer.BadParameter(f"no such place: {place}; LAT,LON works too", param_hint="--place")
    first = found[0]
    return Near(first.lat, first.lon, radius if radius is not None else max(_RADIUS_KM, first.radius_km or 0))


def _print_json(incidents: Iterable[Incident]) -> None:
    """Print as they come, one a line, within the brackets of a list."""
    opening = "[\n"
    for incident in incidents:
        typer.echo(opening + incident.to_json(), nl=False)
        opening = ",\n"
    typer.echo("[]" if opening == "[\n" else "\n]")


def _print_table(incidents: list[Incident], most: int | None) -> None:
    console = wide_console()
    shown = incidents[: most or None]
    if not shown:
        console.print("no incident found")
        return
    console.print(_table(shown))
    if any(_is_contested(incident) for incident in shown):
        console.print(Text("* sources contradict each other", style="dim"))
    if most and len(incidents) > most:
        console.print(Text(f"the latest {most}; --limit 0 shows all", style="dim"))


def _is_contested(incident: Incident) -> bool:
    return any(line.agreement == "contested" for line in incident.ledger)


def _table(incidents: list[Incident]) -> Table:
    from dateline.exports.incident_page import short_id, word_total
    from dateline.exports.wording import plain

    table = Table(box=None, pad_edge=False, expand=True)
    table.add_column("since", no_wrap=True, width=10)
    table.add_column("type", no_wrap=True, max_width=17)
    table.add_column("where", no_wrap=True, overflow="ellipsis", ratio=1)
    table.add_column("killed", no_wrap=True, justify="right")
    table.add_column("rep.", no_wrap=True, justify="right")
    table.add_column("incident", no_wrap=True, style="dim")
    for incident in incidents:
        where = ", ".join(w for w in (incident.where.name if incident.where else None, incident.country) if w)
        mark = "*" if _is_contested(incident) else ""
        table.add_row(
            incident.start or "", incident.type, Text(plain(where)),
            word_total(incident.totals.get("killed")) + mark, str(len(incident.reports)),
            short_id(incident.id),
        )  # fmt: skip
    return table
