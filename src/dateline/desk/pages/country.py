"""Countries: incidents over time, tolls, and the postures of every sender with their history."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from dateline.desk.core import Desk, ask, desk_of, pages_of
from dateline.desk.pages.situation import page_number
from dateline.desk.rows import Row, row_of
from dateline.desk.timescale import Bars, bars_of
from dateline.desk.wording import country_name
from dateline.errors import NotInStore
from dateline.exports.postures import spells
from dateline.record import Posture
from dateline.store import Filter, parse_country

__all__ = ["CountryPage", "PostureRow", "country_page", "posture_rows", "router"]

router = APIRouter(include_in_schema=False)

_SIZE = 30  # incidents a page


class PostureRow(msgspec.Struct, frozen=True, kw_only=True):
    """A posture: of whom, what, where, since when and until when; `current` is false for what was before."""

    sender: str
    sender_name: str
    host: str
    mission: str
    staff: str
    advice: str
    area: str
    status: str
    since: str
    until: str
    current: bool
    report: str
    claim: str


class CountryPage(msgspec.Struct, frozen=True, kw_only=True):
    """What the page shows."""

    code: str
    name: str
    incidents: int
    contested: int
    killed: int
    bars: Bars
    rows: tuple[Row, ...]
    number: int
    pages: tuple[int, ...]
    postures: tuple[PostureRow, ...]
    abroad: tuple[PostureRow, ...]


def country_page(desk: Desk, code: str, number: int = 1) -> CountryPage:
    """Make the page of a country (alpha-3)."""
    wanted = Filter(country=code)
    rows = desk.looking.rows(wanted, first=(number - 1) * _SIZE, size=_SIZE)
    counts = desk.tally(wanted)
    return CountryPage(
        code=code, name=country_name(code), incidents=counts.total, contested=counts.contested,
        killed=counts.killed, bars=bars_of(counts.by_time), rows=tuple(map(row_of, rows)), number=number,
        pages=tuple(pages_of(counts.total, _SIZE, number)),
        postures=tuple(posture_rows(desk.store.postures(None, code))),
        abroad=tuple(posture_rows(desk.store.postures(code, None))),
    )  # fmt: skip


def posture_rows(postures: Iterable[Posture]) -> list[PostureRow]:
    """Give a row for every posture and those that it replaced, by sender, the latest of each first."""
    found = []
    for latest in sorted(
        postures, key=lambda p: (country_name(p.sender), country_name(p.host), p.area or "")
    ):
        for posture, until in reversed(list(spells(latest))):
            report, _, claim = (posture.claim or "").partition("#")
            found.append(
                PostureRow(
                    sender=posture.sender, sender_name=country_name(posture.sender), host=posture.host,
                    mission=posture.mission or "", staff=posture.staff or "", advice=posture.advice or "",
                    area=posture.area or "", status=posture.status or "", since=(posture.since or "")[:10],
                    until=(until or "")[:10], current=posture is latest, report=report, claim=claim,
                )
            )  # fmt: skip
    return found


@router.get("/countries", response_class=HTMLResponse)
def countries(request: Request) -> HTMLResponse:
    """List the countries with incidents or postures."""
    desk, asked = desk_of(request), ask(request.query_params)
    postures: dict[str, int] = {}
    for posture in desk.store.postures():
        postures[posture.host] = postures.get(posture.host, 0) + 1
    counted = desk.countries(asked.wanted)
    known = {row[0] for row in counted}
    rows = [(*row, country_name(row[0]), postures.get(row[0], 0)) for row in counted]
    rows += [
        (code, 0, 0, 0, country_name(code), n) for code, n in sorted(postures.items()) if code not in known
    ]
    most = max((row[1] for row in rows), default=1) or 1
    return desk.show(request, "countries.html", rows=rows, most=most, section="countries")


@router.get("/countries/{code}", response_class=HTMLResponse)
def show_country(request: Request, code: str) -> HTMLResponse:
    """Show a country."""
    desk = desk_of(request)
    if not (code.isascii() and code.isalpha() and len(code) == 3):
        raise NotInStore("no such country", where=code, hint="an alpha-3 code like MLI is meant")
    page = country_page(desk, parse_country("country", code), page_number(request.query_params.get("page")))
    return desk.show(request, "country.html", page=page, section="countries")
