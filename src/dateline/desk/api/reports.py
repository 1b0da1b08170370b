"""Reports and what was read in them; adding a report."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request, Response

from dateline.desk.api.answers import (
    USUAL,
    Asked,
    Body,
    Cursor,
    Size,
    page,
    raw,
    read_number,
    store_of,
    tagged,
)
from dateline.desk.api.bodies import Given
from dateline.desk.api.objects import Added
from dateline.desk.api.schema import gives, list_of, takes
from dateline.desk.audit import note
from dateline.desk.intake import report_given
from dateline.desk.person import Role, needs
from dateline.desk.problems import decoded
from dateline.desk.reader import reader_of
from dateline.errors import DatelineError
from dateline.store.intake import reader_version, take_in
from dateline.store.keeping import Outcome

__all__ = ["Order", "router"]

router = APIRouter()

Order = Annotated[Literal["newest", "oldest"], Query(description="Which first, by when they were kept.")]
_Name = Annotated[
    str, Path(min_length=6, max_length=80, description="Its id, or the beginning of its digest.")
]
_URL = Annotated[
    str | None, Query(max_length=2000, description="Only the versions that stood at this address.")
]
_Corrected = Annotated[bool, Query(description="As people's decisions have it, or as it was read.")]


@router.get("/reports", tags=["reports"], responses=list_of("Report"))
def list_reports(
    request: Request,
    wanted: Asked,
    url: _URL = None,
    order: Order = "newest",
    limit: Size = USUAL,
    cursor: Cursor = None,
) -> Response:
    """List reports, with a filter those that tell of an incident it lets through.

    The words of `text` must stand in the report itself.
    """
    after = read_number(cursor)

    def make() -> tuple[list[bytes], tuple[int, ...] | None]:
        found = store_of(request).paging.reports(
            wanted, size=limit, after=after, newest=order == "newest", url=url
        )
        return [raw(report) for report in found.rows], found.after

    return page(request, make)


@router.get("/reports/{name}", tags=["reports"], responses=gives("Report", 404, 409))
def one_report(request: Request, name: _Name) -> Response:
    """Give one report: its text to the letter and what is known of it."""
    return tagged(request, lambda: raw(store_of(request).report(name)))


@router.get(
    "/reports/{name}/copies", tags=["reports"], responses={**list_of("Copy"), **gives("CopyPage", 404, 409)}
)
def its_copies(request: Request, name: _Name) -> Response:
    """List the other appearances of a report's text."""
    return page(request, lambda: (map(raw, store_of(request).copies(name)), None))


@router.get("/reports/{name}/record", tags=["records"], responses=gives("Record", 404, 409))
def its_record(request: Request, name: _Name, corrected: _Corrected = True) -> Response:
    """Give what was read in a report: events, figures, claims, places, actors."""
    return tagged(request, lambda: raw(store_of(request).record(name, corrected=corrected)))


@router.get("/records", tags=["records"], responses=list_of("Record"))
def list_records(
    request: Request, wanted: Asked, order: Order = "newest", limit: Size = USUAL, cursor: Cursor = None
) -> Response:
    """List records, as people's decisions have them, of the reports that `/reports` lists."""
    after = read_number(cursor)

    def make() -> tuple[list[bytes], tuple[int, ...] | None]:
        found = store_of(request).paging.records(wanted, size=limit, after=after, newest=order == "newest")
        return [raw(record) for record in found.rows], found.after

    return page(request, make)


@router.post("/read", tags=["records"], responses=gives("Record"), openapi_extra=takes("Given"))
def read_text(request: Request, body: Body) -> Response:
    """Read a text into its record; nothing is kept."""
    report = report_given(decoded(body, Given))
    return Response(raw(reader_of(request).read(report)), media_type="application/json")


@router.post(
    "/reports", tags=["reports"], status_code=201, openapi_extra=takes("Given"),
    responses={**gives("Added", status=201), **gives("Added")},
)  # fmt: skip
def add_report(request: Request, body: Body) -> Response:
    """Read a report, keep it with its record and link it: 201 if anything of it was new."""
    person = needs(request, Role.ANALYST)
    report, store = report_given(decoded(body, Given)), store_of(request)
    (outcome,) = take_in(store, [report], reader_of(request).read, reader=reader_version())
    if isinstance(outcome, DatelineError):
        raise outcome
    note(request, person, "add", report.id, outcome.value)
    told = store.paging.told([report.id]).get(report.id, [])
    added = Added(outcome=outcome.value, report=report.id, incidents=tuple(told))
    status = 200 if outcome is Outcome.KNOWN else 201
    where = {"Location": f"/api/v1/reports/{report.id}"}
    return Response(raw(added), status, headers=where, media_type="application/json")
