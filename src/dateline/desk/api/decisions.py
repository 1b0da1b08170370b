"""People's decisions: what they said of incidents and facts, and why; making one."""

from __future__ import annotations

from contextlib import suppress
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response

from dateline.desk.api.answers import USUAL, Body, Cursor, Size, page, raw, read_number, store_of, tagged
from dateline.desk.api.bodies import Accept, Apart, Correct, Deciding, Merge, Reject, Split, Undo
from dateline.desk.api.schema import gives, list_of, takes
from dateline.desk.audit import note
from dateline.desk.person import Role, needs
from dateline.desk.problems import decoded
from dateline.errors import StoreBusy
from dateline.store import Decision, Store

__all__ = ["router"]

router = APIRouter(tags=["decisions"])

_InForce = Annotated[bool, Query(description="Only those that were not taken back.")]
_Name = Annotated[str, Path(min_length=4, max_length=40, description="Its id, or the beginning of it.")]


@router.get("/decisions", responses=list_of("Decision"))
def list_decisions(
    request: Request, in_force: _InForce = False, limit: Size = USUAL, cursor: Cursor = None
) -> Response:
    """List decisions in the order in which they were made."""
    after = read_number(cursor) or 0

    def make() -> tuple[list[bytes], tuple[Any, ...] | None]:
        found = store_of(request).paging.decisions(size=limit, after=after, in_force=in_force)
        return [raw(decision) for decision in found.rows], found.after

    return page(request, make)


@router.get("/decisions/{name}", responses=gives("Decision", 404, 409))
def one_decision(request: Request, name: _Name) -> Response:
    """Give one decision."""
    return tagged(request, lambda: raw(store_of(request).paging.decision(name)))


@router.post(
    "/decisions", status_code=201, responses=gives("Decision", status=201), openapi_extra=takes("Deciding")
)
def make_decision(request: Request, body: Body) -> Response:
    """Accept, merge, keep apart, split, correct, reject or undo, in the name of who asks."""
    person = needs(request, Role.ANALYST)
    store = store_of(request)
    made = _made(store, decoded(body, Deciding), person.name)
    note(request, person, made.kind, made.id, "kept")
    with suppress(StoreBusy):  # it is kept all the same, and whoever holds the store links it
        store.link()
    where = {"Location": f"/api/v1/decisions/{made.id}"}
    return Response(raw(made), 201, headers=where, media_type="application/json")


def _made(store: Store, asked: Deciding, who: str) -> Decision:
    said = {"why": asked.why, "who": who}
    match asked:
        case Merge():
            made = store.merge(asked.incidents, **said)
        case Apart():
            made = store.keep_apart(*asked.incidents, **said)
        case Split():
            made = store.split(asked.incident, asked.reports, **said)
        case Correct():
            made = store.correct(asked.what, asked.changes, **said)
        case Accept():
            made = store.accept(asked.what, **said)
        case Reject():
            made = store.reject(asked.what, **said)
        case Undo():
            made = store.undo(asked.decision, **said)
    return made
