"""Review: what is doubtful first; accept, correct, reject, merge, keep apart, split, undo."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from typing import Any
from urllib.parse import unquote_plus, urlencode

import msgspec
from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse
from starlette.datastructures import FormData

from dateline.desk.core import Desk, desk_of
from dateline.desk.decide import changed, decide, fact_fields, incident_fields
from dateline.desk.pages.incident import report_row
from dateline.desk.pages.situation import page_number
from dateline.desk.person import signature
from dateline.desk.queue import KINDS, queue
from dateline.desk.rows import Row, row_of
from dateline.errors import NotInStore
from dateline.exports.wording import around, word_title
from dateline.record import Incident
from dateline.store import Decision, Filter
from dateline.store.decisions import Fact, span_of

__all__ = ["annotation_rows", "router"]

router = APIRouter(include_in_schema=False)

_LATEST = 12  # decisions listed beside the queue
_SIZE = 50  # decisions on a page
_OTHERS, _AROUND = 12, timedelta(days=3)  # incidents offered to be merged with, and how near in time


@router.get("/review", response_class=HTMLResponse)
def review(request: Request) -> HTMLResponse:
    """Show what is to be checked."""
    desk, asked = desk_of(request), request.query_params
    kind = asked.get("kind", "")
    number, latest = page_number(asked.get("page")), asked.get("first") == "latest"
    page = queue(desk, kind if kind in KINDS else "", number, latest=latest)
    made = desk.store.checking.made(_LATEST)
    return desk.show(request, "review.html", page=page, kinds=KINDS, made=made, **_common(request))


@router.get("/review/decisions", response_class=HTMLResponse)
def decisions(request: Request) -> HTMLResponse:
    """List the decisions ever made, the latest first."""
    desk, number = desk_of(request), page_number(request.query_params.get("page"))
    checking = desk.store.checking
    shown, total = checking.made(_SIZE, first=(number - 1) * _SIZE), checking.count()
    return desk.show(
        request, "decisions.html", made=shown, total=total, number=number, more=total > number * _SIZE,
        undo=request.query_params.get("undo") == "last",
        **_common(request),
    )  # fmt: skip


@router.get("/review/decisions.jsonl")
def export_annotations(request: Request) -> StreamingResponse:
    """Give the decisions in force as annotations to train on, a line each."""
    lines = (msgspec.json.encode(row) + b"\n" for row in annotation_rows(desk_of(request)))
    headers = {"Content-Disposition": 'attachment; filename="decisions.jsonl"'}
    return StreamingResponse(lines, media_type="application/x-ndjson", headers=headers)


def annotation_rows(desk: Desk) -> Iterator[dict[str, Any]]:
    """Yield a row for every decision in force: its anchors (report, span, words) and what it says."""
    for made in desk.store.decisions(in_force=True):
        yield {
            "decision": made.id, "kind": made.kind, "anchors": made.anchors, "others": made.others,
            "changes": made.changes, "by": made.who, "why": made.why, "when": made.when,
        }  # fmt: skip


@router.get("/review/fact", response_class=HTMLResponse)
def fact(request: Request, what: str) -> HTMLResponse:
    """Show a fact with the fields that can be corrected."""
    desk = desk_of(request)
    name, _, key = what.rpartition("#")
    record = desk.store.record(name)
    kind, fields = fact_fields(record, key)
    if not fields:
        raise NotInStore("the report has no such fact", where=what, hint="it may have been rejected")
    facts: list[Fact] = [*record.events, *record.figures, *record.claims, *record.places]
    found = next(f for f in facts if f.id == key)
    cut = around(record.report.text, span_of(found), 240)
    return desk.show(
        request, "mend_fact.html", what=what, kind=kind, fields=fields, cut=cut, report=record.report,
        title=word_title(record.report), confidence=round(100 * found.confidence), **_common(request),
    )  # fmt: skip


@router.get("/review/incident/{name}", response_class=HTMLResponse)
def incident(request: Request, name: str) -> HTMLResponse:
    """Show an incident with what can be corrected, merged and split."""
    desk = desk_of(request)
    found = desk.store.incident(name)
    reports = [report_row(title) for title in desk.looking.titles(found.reports)]
    return desk.show(
        request, "mend_incident.html", incident=found, fields=incident_fields(found), reports=reports,
        others=_others(desk, found), **_common(request),
    )  # fmt: skip


def _others(desk: Desk, found: Incident) -> list[Row]:
    """Give incidents that could be the same: told in the same reports, else in its country and days."""
    near = [brief for brief, _ in desk.looking.related(found.id)]
    with suppress(ValueError, OverflowError):  # a day of antiquity, or none, is no date
        first, last = map(
            date.fromisoformat, ((found.start or "")[:10], (found.end or found.start or "")[:10])
        )
        since, until = (first - _AROUND).isoformat(), (last + _AROUND).isoformat()
        wanted = Filter(country=found.country, since=since, until=until)
        near += desk.looking.rows(wanted, size=_OTHERS) if found.country else []
    rows = {brief.id: row_of(brief) for brief in near if brief.id != found.id}
    return list(rows.values())[:_OTHERS]


@router.post("/review/decide")
async def decide_on(request: Request) -> Response:
    """Take a decision and go back to where it was taken."""
    form = await request.form()
    who = signature(request, str(form.get("who", "")))
    made = await run_in_threadpool(_decide, desk_of(request), form, who)
    back = RedirectResponse(_back(str(form.get("next", "/review")), made.id), status_code=303)
    _remember(back, who)
    return back


def _decide(desk: Desk, form: FormData, who: str) -> Decision:
    action, what = str(form.get("action", "")), [str(value).strip() for value in form.getlist("what")]
    changes: dict[str, Any] = {}
    if action == "correct" and what:
        given = {
            name.removeprefix("to_"): str(value) for name, value in form.items() if name.startswith("to_")
        }
        changes = changed(_fields(desk, what[0]), given)
    return decide(
        desk.store, action, [name for name in what if name], who=who,
        why=str(form.get("why", "")), changes=changes,
    )  # fmt: skip


def _fields(desk: Desk, what: str) -> list[Any]:
    report, mark, key = what.rpartition("#")
    if mark:
        return fact_fields(desk.store.record(report), key)[1]
    return list(incident_fields(desk.store.incident(what)))


def _back(where: str, decision: str) -> str:
    """Give the address to go back to, on this desk only, with the decision that was made."""
    if not where.startswith("/") or where.startswith("//") or "\\" in where:
        where = "/review"
    path, _, query = where.partition("?")
    kept = [part for part in query.split("&") if part and not part.startswith("done=")]
    return f"{path}?{'&'.join([*kept, urlencode({'done': decision})])}"


def _remember(response: Response, who: str) -> None:
    """Keep the name for the next decision."""
    name = urlencode({"n": who.strip()[:80]})[2:]
    response.set_cookie("dateline_who", name, max_age=31_536_000, samesite="strict", httponly=True)


def _common(request: Request) -> dict[str, Any]:
    done = request.query_params.get("done", "")
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return {
        "section": "review", "done": done if done.isascii() and len(done) < 40 else "",
        "who": signature(request, unquote_plus(request.cookies.get("dateline_who", ""))), "here": here,
    }  # fmt: skip
