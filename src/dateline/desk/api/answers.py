"""What every resource shares: the store asked, filters, pages with cursors, tags, bodies read."""

from __future__ import annotations

import binascii
import inspect
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterable
from typing import Annotated, Any, TypeVar
from urllib.parse import urlencode

import msgspec
from fastapi import Depends, Query, Request, Response
from fastapi.dependencies.utils import get_flat_params
from fastapi.params import Query as QueryParam
from starlette.exceptions import HTTPException

from dateline import codebook
from dateline.desk.core import desk_of
from dateline.desk.tags import JSON, Tag, tagged
from dateline.errors import FilterError
from dateline.record import Record
from dateline.store import FILTERS, Filter, Store, parse_filter

__all__ = [
    "Asked",
    "Body",
    "Cursor",
    "Size",
    "Tag",
    "known_only",
    "page",
    "raw",
    "read_number",
    "read_place",
    "store_of",
    "tagged",
    "word_place",
]

_T = TypeVar("_T")
MOST = 200  # rows of a page
_USUAL = 50

Size = Annotated[int, Query(alias="limit", ge=1, le=MOST, description="How many at once.")]
Cursor = Annotated[
    str | None, Query(max_length=2000, description="Where to go on: the `next` of the page before.")
]
USUAL: int = _USUAL

_KINDS: dict[str, Any] = {
    "radius": Annotated[
        float | None, Query(ge=0, le=20040, description=FILTERS["radius"], allow_inf_nan=False)
    ],
    "killed": Annotated[int | None, Query(ge=0, le=2**53, description=FILTERS["killed"])],
    "contested": Annotated[bool, Query(description=FILTERS["contested"])],
    "type": Annotated[
        str | None, Query(description=FILTERS["type"], json_schema_extra={"enum": list(codebook.TYPES)})
    ],
}  # fmt: skip
_LONGEST = 500  # code points of a filter in words


def store_of(request: Request) -> Store:
    """Give the store that is asked."""
    return desk_of(request).store


def _filters(**given: Any) -> Filter:
    return parse_filter(
        {name: value for name, value in given.items() if value is not None and value is not False}
    )


def _signature() -> inspect.Signature:
    """Make the filters of the command line parameters of a query."""
    parameters = []
    for name, told in FILTERS.items():
        kind = _KINDS.get(
            name, Annotated[str | None, Query(description=told, min_length=1, max_length=_LONGEST)]
        )
        default = False if name == "contested" else None
        parameters.append(
            inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=kind)
        )
    return inspect.Signature(parameters)


_filters.__dict__["__signature__"] = _signature()
Asked = Annotated[Filter, Depends(_filters)]


_known: dict[Any, frozenset[str]] = {}  # the names that a route's query may have, by what answers it


def _names(request: Request) -> frozenset[str]:
    endpoint = request.scope["endpoint"]
    if endpoint not in _known:
        flat = get_flat_params(request.scope["route"].dependant)
        _known[endpoint] = frozenset(p.alias for p in flat if isinstance(p.field_info, QueryParam))
    return _known[endpoint]


async def known_only(request: Request) -> None:
    """Refuse a query with names that the route doesn't know, or with one twice: a slip would ask for all."""
    known = _names(request)
    given = [name for name, _ in request.query_params.multi_items()]
    for name in given:
        if name not in known:
            hint = f"there are {', '.join(sorted(known))}" if known else "there is none here"
            raise FilterError("no such parameter", where=name, hint=hint)
        if given.count(name) > 1:
            raise FilterError("is given twice", where=name)


async def _body(request: Request) -> bytes:
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind != JSON:
        raise HTTPException(415, f"send it as {JSON}")
    return await request.body()


Body = Annotated[bytes, Depends(_body)]


def raw(value: Any) -> bytes:
    """Write an object of ours as JSON."""
    return value.to_json().encode("utf-8") if isinstance(value, Record) else msgspec.json.encode(value)


def page(request: Request, make: Callable[[], tuple[Iterable[bytes], Any]]) -> Response:
    """Answer with a page: `make` gives its rows, each as JSON, and the place of the last if more follow."""
    following: str | None = None

    def body() -> bytes:
        nonlocal following
        rows, after = make()
        following = word_place(after) if after is not None else None
        return b'{"items":[' + b",".join(rows) + b'],"next":' + raw(following) + b"}"

    answer = tagged(request, body)
    if following is not None:
        asked = {**request.query_params, "cursor": following}
        answer.headers["Link"] = f'<{request.url.path}?{urlencode(asked)}>; rel="next"'
    return answer


def word_place(after: Any) -> str:
    """Word a place in a list."""
    return urlsafe_b64encode(msgspec.json.encode(after)).decode().rstrip("=")


def read_place(given: str | None, kind: type[_T]) -> _T | None:
    """Read a cursor; raises FilterError for one that isn't of such a list."""
    if given is None:
        return None
    try:
        padded = given.encode("ascii") + b"=" * (-len(given) % 4)
        return msgspec.json.decode(urlsafe_b64decode(padded), type=kind)
    except (msgspec.MsgspecError, UnicodeError, binascii.Error) as problem:
        hint = "give the `next` of the page before, with the same filters"
        raise FilterError("is no cursor of this list", where="cursor", hint=hint) from problem


def read_number(given: str | None) -> int | None:
    """Read a cursor of a list that is placed by one number."""
    found = read_place(given, tuple[int])
    return None if found is None else found[0]
