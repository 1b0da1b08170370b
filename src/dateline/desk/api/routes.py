"""All resources of the API joined, with its own description."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request, Response

from dateline.desk.api import decisions, exporting, facts, incidents, postures, reports, search, stream
from dateline.desk.api.answers import known_only, raw
from dateline.desk.api.bodies import Me
from dateline.desk.api.schema import described, gives
from dateline.desk.person import person_of

__all__ = ["PREFIX", "router"]

PREFIX = "/api/v1"
router = APIRouter(prefix=PREFIX, dependencies=[Depends(known_only)])


@router.get("/openapi.json", include_in_schema=False)
def description(request: Request) -> Response:
    """Give the API's own description."""
    return Response(raw(described(request.app)), media_type="application/json")


@router.get("/me", tags=["accounts"], responses=gives("Me"))
def me(request: Request) -> Response:
    """Tell who asks, and what they may do."""
    person = person_of(request)
    told = Me(name=person.name, role=person.role.value, via=person.via)
    return Response(raw(told), media_type="application/json")


# The stream's fixed path stands before the incidents' open one.
for part in (stream, incidents, reports, facts, postures, decisions, search, exporting):
    router.include_router(part.router)
