"""Events, figures and claims as flat rows, each with its report, source and incidents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from fastapi import APIRouter, Request, Response

from dateline.desk.api.answers import USUAL, Asked, Cursor, Size, page, raw, read_place, store_of
from dateline.desk.api.reports import Order
from dateline.desk.api.schema import list_of
from dateline.exports.events import event_rows
from dateline.exports.tables import claim_rows, figure_rows
from dateline.store import Filter, Telling
from dateline.store.paging import Paging

__all__ = ["router"]

router = APIRouter()

_Rows = Callable[[Iterable[Telling]], Iterator[dict[str, Any]]]
_Place = tuple[int, int]  # a report's number, and how many of its rows were given


@router.get("/events", tags=["facts"], responses=list_of("EventRow"))
def list_events(
    request: Request, wanted: Asked, order: Order = "newest", limit: Size = USUAL, cursor: Cursor = None
) -> Response:
    """List events, as `dateline export events` has them; a filter keeps those of its incidents."""
    return _listed(request, event_rows, wanted, order == "newest", limit, cursor)


@router.get("/figures", tags=["facts"], responses=list_of("FigureRow"))
def list_figures(
    request: Request, wanted: Asked, order: Order = "newest", limit: Size = USUAL, cursor: Cursor = None
) -> Response:
    """List figures, as `dateline export figures` has them; a filter keeps those of its incidents."""
    return _listed(request, figure_rows, wanted, order == "newest", limit, cursor)


@router.get("/claims", tags=["facts"], responses=list_of("ClaimRow"))
def list_claims(
    request: Request, wanted: Asked, order: Order = "newest", limit: Size = USUAL, cursor: Cursor = None
) -> Response:
    """List claims, as `dateline export claims` has them; a filter keeps those of its incidents."""
    return _listed(request, claim_rows, wanted, order == "newest", limit, cursor)


def _listed(
    request: Request, rows: _Rows, wanted: Filter, newest: bool, limit: int, cursor: str | None
) -> Response:
    after = read_place(cursor, tuple[int, int])
    paging = store_of(request).paging

    def make() -> tuple[list[bytes], _Place | None]:
        found: list[bytes] = []
        last: _Place | None = None
        for at, row in _placed(paging, rows, wanted, newest, after):
            if len(found) == limit:
                return found, last
            found.append(raw(row))
            last = at
        return found, None

    return page(request, make)


def _placed(
    paging: Paging, rows: _Rows, wanted: Filter, newest: bool, after: _Place | None
) -> Iterator[tuple[_Place, dict[str, Any]]]:
    """Yield rows behind a place, each with its own; a report may be left in the midst of its rows."""
    number, had = after or (None, 0)
    start = None if number is None else number + 1 if newest else number - 1
    for seq, telling in paging.tellings(wanted, after=start, newest=newest):
        skip = had if seq == number else 0
        for count, row in enumerate(rows([telling]), 1):
            if count > skip:
                yield (seq, count), row
