"""The situation: a map and a list of incidents, both moved by the same filters, and their course in time."""

from __future__ import annotations

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from dateline import codebook
from dateline.desk.core import Asked, Desk, ask, desk_of, pages_of
from dateline.desk.rows import Row, row_of
from dateline.desk.timescale import Bars, bars_of
from dateline.desk.wording import country_name
from dateline.store import Filter

__all__ = ["Situation", "router", "situation"]

router = APIRouter(include_in_schema=False)

SIZE = 40  # rows a page


class Situation(msgspec.Struct, frozen=True, kw_only=True):
    """What the page shows: rows of one page of the list, bars of all days, countries to choose from."""

    asked: Asked
    rows: tuple[Row, ...]
    total: int
    number: int
    pages: tuple[int, ...]
    bars: Bars
    countries: tuple[tuple[str, str, int], ...]
    types: tuple[str, ...]


def situation(desk: Desk, asked: Asked, number: int = 1) -> Situation:
    """Make the page of what was asked; `number` counts pages of the list from 1."""
    rows = desk.kept.get(("rows", asked.wanted, number), lambda: _rows(desk, asked.wanted, number))
    whole = desk.tally(msgspec.structs.replace(asked.wanted, since=None, until=None))
    total = desk.tally(asked.wanted).total
    return Situation(
        asked=asked, rows=rows, total=total, number=number,
        pages=tuple(pages_of(total, SIZE, number)), bars=bars_of(whole.by_time),
        countries=tuple((code, country_name(code), n) for code, n, *_ in desk.countries(Filter())),
        types=tuple(codebook.TYPES),
    )  # fmt: skip


def _rows(desk: Desk, wanted: Filter, number: int) -> tuple[Row, ...]:
    return tuple(map(row_of, desk.looking.rows(wanted, first=(number - 1) * SIZE, size=SIZE)))


@router.get("/", response_class=HTMLResponse)
def situation_page(request: Request) -> HTMLResponse:
    """Show the situation."""
    desk, asked = desk_of(request), ask(request.query_params)
    number = page_number(request.query_params.get("page"))
    status = 400 if asked.problems else 200
    return desk.show(
        request, "situation.html", status=status, page=situation(desk, asked, number), section="situation"
    )


@router.get("/incidents/{name}/card", response_class=HTMLResponse)
def card(request: Request, name: str) -> HTMLResponse:
    """Show an incident in few words, for the map."""
    desk = desk_of(request)
    rows = desk.looking.briefs([name])
    return desk.show(request, "card.html", status=200 if rows else 404, rows=[row_of(row) for row in rows])


def page_number(given: str | None) -> int:
    """Read the number of a page; 1 for what is none."""
    return int(given) if given and given.isdecimal() and 0 < int(given) < 10**6 else 1
