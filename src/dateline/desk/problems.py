"""What is wrong, in the shape asked for: problem+json (RFC 9457) to programs, a page to people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.types import Receive, Scope, Send

from dateline.desk.core import desk_of
from dateline.errors import (
    DatelineError,
    DecisionError,
    ExportError,
    FilterError,
    InputError,
    NotInStore,
    Purged,
    StoreBusy,
    StoreDamaged,
    StoreFull,
    StoreReadOnly,
    StoreUnreachable,
    TooLarge,
)

__all__ = [
    "API",
    "PROBLEM",
    "Problem",
    "Violation",
    "answer",
    "decoded",
    "problem_of",
    "refuse",
    "status_of",
    "tell_error",
    "tell_invalid",
    "tell_status",
]

API = "/api/"
PROBLEM = "application/problem+json"
_AGAIN = {"Retry-After": "5"}

# The first that an error is of; what remains is a question that can't be answered as asked.
_STATUSES: Sequence[tuple[type[DatelineError], int]] = (
    (NotInStore, 404), (Purged, 410), (TooLarge, 413), (StoreBusy, 503), (StoreFull, 507),
    (StoreReadOnly, 503),
    (StoreDamaged, 503), (StoreUnreachable, 503), (DecisionError, 422), (FilterError, 422), (InputError, 422),
    (ExportError, 422),
)  # fmt: skip
_AMBIGUOUS, _BUSY = 409, 503


class Violation(msgspec.Struct, frozen=True, kw_only=True):
    """One thing wrong with what was sent: where, and what."""

    where: str
    what: str


class Problem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is wrong (RFC 9457): `title` says what, `where` in which part, `hint` what to do about it."""

    type: str = "about:blank"
    title: str
    status: int
    where: str | None = None
    hint: str | None = None
    errors: tuple[Violation, ...] = ()


def status_of(problem: DatelineError) -> int:
    """Give the HTTP status that an error of ours comes to."""
    found = next((status for kind, status in _STATUSES if isinstance(problem, kind)), None)
    if found is not None:
        return found
    return _AMBIGUOUS if problem.what == "could be several" else 422 if problem.where else 400


def answer(scope: Scope, problem: Problem, headers: Mapping[str, str] | None = None) -> Response:
    """Word a problem for a program under /api/, else for people."""
    if scope["path"].startswith(API):
        body = msgspec.json.encode(problem)
        return Response(body, problem.status, headers=dict(headers or {}), media_type=PROBLEM)
    request = Request(scope)
    told = DatelineError(problem.title, where=problem.where, hint=problem.hint)
    page = desk_of(request).show(request, "problem.html", status=problem.status, problem=told)
    page.headers.update(headers or {})
    return page


async def refuse(
    scope: Scope,
    receive: Receive,
    send: Send,
    status: int,
    title: str,
    *,
    hint: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> None:
    """Answer a request with a problem, before it has come to a route."""
    told = answer(scope, Problem(title=title, status=status, hint=hint), headers)
    await told(scope, receive, send)


def problem_of(error: DatelineError) -> Problem:
    """Make a problem of an error of ours."""
    return Problem(title=error.what, status=status_of(error), where=error.where, hint=error.hint)


async def tell_error(request: Request, error: Exception) -> Response:
    """Answer with what is wrong; a store that is busy may be asked again."""
    assert isinstance(error, DatelineError)
    problem = problem_of(error)
    return answer(request.scope, problem, _AGAIN if problem.status == _BUSY else None)


async def tell_invalid(request: Request, error: Exception) -> Response:
    """Answer with every part of a request that isn't as it should be."""
    assert isinstance(error, RequestValidationError)
    found = tuple(
        Violation(where=".".join(map(str, e["loc"][1:])) or str(e["loc"][0]), what=str(e["msg"]))
        for e in error.errors()
    )
    problem = Problem(title="the request isn't as it should be", status=422, errors=found)
    return answer(request.scope, problem)


async def tell_status(request: Request, error: Exception) -> Response:
    """Answer with the status that a route ended in."""
    assert isinstance(error, HTTPException)
    title = str(error.detail)
    title = title.lower() if title.istitle() else title  # `Not Found`, as HTTP words it
    return answer(request.scope, Problem(title=title, status=error.status_code), error.headers)


def decoded(data: bytes, kind: Any) -> Any:
    """Read JSON into a type of ours; raises RequestValidationError that says where it doesn't fit."""
    try:
        return msgspec.json.decode(data, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as problem:
        words, _, where = str(problem).partition(" - at `$")
        named = where.rstrip("`").lstrip(".") or "body"
        raise RequestValidationError([{"loc": ("body", named), "msg": words or "no JSON"}]) from problem
