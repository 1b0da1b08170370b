"""Incidents: what was found to have happened, with ledger and toll."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from dateline.desk.api.answers import (
    USUAL,
    Asked,
    Cursor,
    Size,
    page,
    raw,
    read_place,
    store_of,
    tagged,
    word_place,
)
from dateline.desk.api.schema import gives, list_of

__all__ = ["Name", "router"]

router = APIRouter(tags=["incidents"])

Name = Annotated[
    str, Path(min_length=1, max_length=200, description="Its id, the beginning of it, or one it had before.")
]


@router.get("/incidents", responses=list_of("Incident"))
def list_incidents(request: Request, wanted: Asked, limit: Size = USUAL, cursor: Cursor = None) -> Response:
    """List incidents, the latest first, those without a day last."""
    after = read_place(cursor, tuple[str, str])

    def make() -> tuple[list[bytes], tuple[str, ...] | None]:
        found = store_of(request).paging.incidents(wanted, size=limit, after=after)
        return [body.encode() for body in found.rows], found.after

    return page(request, make)


@router.get("/incidents/changes", responses=gives("Changes"))
def list_changes(
    request: Request,
    since: Annotated[
        int, Query(ge=0, le=2**53, description="A revision: 0, or the `revision` of the answer before.")
    ],
    limit: Size = USUAL,
    cursor: Cursor = None,
) -> Response:
    """List incidents that are new or changed since a revision, in the order of the changes.

    Follow `next` to its end, then ask again with its `revision`.
    """
    at, last = read_place(cursor, tuple[int, str]) or (since, "")

    def make() -> bytes:
        paging = store_of(request).paging
        now = paging.revision()
        rows = paging.changes(at, size=limit + 1, after=last)
        more = (rows[limit - 1].revision, rows[limit - 1].id) if len(rows) > limit else None
        return changes_body([row.body for row in rows[:limit]], more, max(now, since))

    return tagged(request, make)


def changes_body(bodies: list[str], more: tuple[int, str] | None, revision: int) -> bytes:
    """Word what changed, and up to which revision."""
    following = raw(word_place(more) if more else None)
    items = ",".join(bodies).encode()
    return b'{"items":[' + items + b'],"next":' + following + b',"revision":' + raw(revision) + b"}"


@router.get("/incidents/{name}", responses=gives("Incident", 404, 409))
def one_incident(request: Request, name: Name) -> Response:
    """Give one incident."""
    return tagged(request, lambda: store_of(request).incident(name).to_json().encode())


@router.get("/incidents/{name}/records", responses={**list_of("Record"), **gives("RecordPage", 404, 409)})
def its_records(request: Request, name: Name) -> Response:
    """List the records of all reports that an incident is made of, in the order of publication."""

    def make() -> tuple[list[bytes], None]:
        store = store_of(request)
        found = store.records_by_id(store.incident(name).reports).values()
        ordered = sorted(found, key=lambda one: (one.report.published or "9999", one.report.id))
        return [raw(record) for record in ordered], None

    return page(request, make)
