"""Postures: how one country stands in another."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from dateline.desk.api.answers import USUAL, Cursor, Size, page, raw, read_place, store_of
from dateline.desk.api.schema import list_of
from dateline.store import parse_country

__all__ = ["router"]

router = APIRouter(tags=["postures"])

_Country = Annotated[str | None, Query(min_length=1, max_length=100, description="ISO alpha-3 code or name.")]


@router.get("/postures", responses=list_of("Posture"))
def list_postures(
    request: Request,
    sender: _Country = None,
    host: _Country = None,
    limit: Size = USUAL,
    cursor: Cursor = None,
) -> Response:
    """List postures by host country and sender: mission, staff, advice, since when, and what was before."""
    countries = [
        parse_country(name, value) if value is not None else None
        for name, value in (("sender", sender), ("host", host))
    ]
    after = read_place(cursor, tuple[str, str, int])

    def make() -> tuple[list[bytes], tuple[str, ...] | None]:
        found = store_of(request).paging.postures(*countries, size=limit, after=after)
        return [raw(posture) for posture in found.rows], found.after

    return page(request, make)
