"""Add: paste a text or drop files, see them read, keep them or not."""

from __future__ import annotations

import msgspec
from fastapi import APIRouter, HTTPException, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import UploadFile

from dateline.desk.core import Desk, desk_of
from dateline.desk.drafts import file_reports, typed_report
from dateline.desk.pages.report import ReportPage, of_record
from dateline.errors import DatelineError, EmptyInput, InputError
from dateline.record import Record
from dateline.store import Outcome
from dateline.store.intake import reader_version

__all__ = ["Draft", "router"]

router = APIRouter(include_in_schema=False)

_FIELDS = ("title", "publisher", "url", "published")
_LARGEST = 32_000_000  # bytes of all files of one upload
_WORDS = {Outcome.NEW: "new", Outcome.COPY: "a copy of a known text", Outcome.CORRECTION: "a correction",
          Outcome.KNOWN: "known already"}  # fmt: skip


class Draft(msgspec.Struct, frozen=True):
    """What was read: pages of records, and what couldn't be read."""

    pages: tuple[ReportPage, ...]
    problems: tuple[str, ...]


@router.get("/add", response_class=HTMLResponse)
def add(request: Request) -> HTMLResponse:
    """Show the form."""
    return desk_of(request).show(request, "add.html", section="add", typed={}, draft=None)


@router.post("/add", response_class=HTMLResponse)
async def read(request: Request) -> HTMLResponse:
    """Read what was typed or dropped, and show it; nothing is kept yet."""
    form = await request.form()
    uploads = [
        (value.filename or "file", value) for value in form.getlist("files") if isinstance(value, UploadFile)
    ]
    if sum(value.size or 0 for _, value in uploads) > _LARGEST:
        raise HTTPException(413, "more than 32 MB")
    files = [(name, await value.read()) for name, value in uploads if value.size]
    typed = {name: str(form.get(name, "")) for name in ("text", *_FIELDS)}
    draft = await run_in_threadpool(_read, desk_of(request), typed, files)
    template = "draft.html" if request.headers.get("x-part") == "draft" else "add.html"
    return desk_of(request).show(request, template, section="add", typed=typed, draft=draft)


def _read(desk: Desk, typed: dict[str, str], files: list[tuple[str, bytes]]) -> Draft:
    found: list[Record | DatelineError] = []
    try:
        if typed["text"].strip():
            found.append(desk.drafts.read(typed_report(**typed)))
        for name, body in files:
            found += desk.drafts.read_all(file_reports(name, body, typed["published"]))
    except DatelineError as problem:
        found.append(problem)
    if not found:
        found.append(EmptyInput("nothing to read", hint="paste a text or choose a file"))
    return Draft(
        tuple(of_record(row) for row in found if isinstance(row, Record)),
        tuple(str(row) for row in found if isinstance(row, DatelineError)),
    )


@router.post("/add/keep")
async def keep(request: Request) -> Response:
    """Keep what was read, and go to the report, or tell what became of many."""
    form = await request.form()
    desk, ids = desk_of(request), [str(value) for value in form.getlist("keep")]
    if not ids:
        raise InputError("nothing was chosen to keep", hint="choose a report")
    kept = await run_in_threadpool(lambda: desk.drafts.keep(desk.store, ids, reader_version()))
    if len(kept) == 1 and isinstance(next(iter(kept.values())), Outcome):
        return RedirectResponse(f"/reports/{ids[0]}", status_code=303)
    rows = [
        (key, _WORDS[o] if isinstance(o, Outcome) else str(o), isinstance(o, Outcome))
        for key, o in kept.items()
    ]
    titles = {title.id: title for title in desk.looking.titles([key for key, _, fine in rows if fine])}
    return desk.show(request, "kept.html", section="add", rows=rows, titles=titles)
