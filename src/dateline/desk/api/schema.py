"""The API's own description (OpenAPI 3.1); its objects are those of the record's schema."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import msgspec
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from dateline import __version__
from dateline.desk.api import bodies
from dateline.desk.problems import PROBLEM, Problem
from dateline.exports import events, tables
from dateline.record import Incident, Posture
from dateline.schema.build import build
from dateline.store.decisions import Decision
from dateline.store.linking import Copy

__all__ = ["described", "gives", "list_of", "takes"]

_REF = "#/components/schemas/{name}"
_WORDS = {
    304: "Nothing has changed since the answer with this tag.", 400: "Can't be done as asked.",
    401: "Nobody known asks.", 403: "Who asks may not do this.", 404: "There is no such thing.",
    409: "Could be several; give more of the id.", 410: "Was erased for good.", 413: "Too large.",
    415: "Not of a type that is read here.", 421: "The desk isn't known under this name.",
    422: "Isn't as it should be.", 429: "Too many requests.", 503: "The store can't answer now.",
    507: "No room left.",
}  # fmt: skip
_ANY = (400, 401, 403, 421, 422, 429, 503)  # what any request may be answered
_WRITE = (404, 409, 410, 413, 415, 507)
_CELLS = {"text": "string", "int": "integer", "float": "number", "bool": "boolean"}
_ABOUT = """Everything that a Dateline store holds: incidents with their ledgers, the records and reports
they rest on, people's decisions. Objects are those of the codebook. Lists come in pages: follow `next`.
Filters are those of the command line. Problems are `application/problem+json` (RFC 9457)."""


def _ref(name: str) -> dict[str, str]:
    return {"$ref": _REF.format(name=name)}


def gives(
    name: str, *problems: int, status: int = 200, kind: str = "application/json"
) -> dict[int | str, Any]:
    """Describe an answer that is one object, and problems that it may have besides the usual ones."""
    good = {"description": "As asked.", "content": {kind: {"schema": _ref(name)}}}
    return {status: good, **{p: _problem(p) for p in problems}}


def list_of(name: str) -> dict[int | str, Any]:
    """Describe an answer that is a page of objects."""
    return gives(f"{name}Page")


def takes(name: str) -> dict[str, Any]:
    """Describe a body."""
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": _ref(name)}}}}


def _problem(status: int) -> dict[str, Any]:
    return {"description": _WORDS[status], "content": {PROBLEM: {"schema": _ref("Problem")}}}


def _page_schema(name: str) -> dict[str, Any]:
    following = {"anyOf": [{"type": "string"}, {"type": "null"}], "description": "The next page's `cursor`."}
    properties = {"items": {"type": "array", "items": _ref(name)}, "next": following}
    return {"title": f"{name}Page", "type": "object", "required": ["items", "next"], "properties": properties}


def _row_schema(title: str, columns: Mapping[str, str]) -> dict[str, Any]:
    cells = {name: {"anyOf": [{"type": _CELLS[kind]}, {"type": "null"}]} for name, kind in columns.items()}
    return {"title": title, "type": "object", "required": list(cells), "properties": cells}


def _schemas() -> dict[str, Any]:
    record = json.loads(json.dumps(build()["$defs"]).replace("#/$defs/", "#/components/schemas/"))
    kinds = (Incident, Posture, Decision, Copy, Problem, *bodies.SENT, *bodies.GIVEN)
    _, ours = msgspec.json.schema_components(kinds, ref_template=_REF)
    rows = {
        "EventRow": _row_schema("EventRow", events.EVENT_COLUMNS),
        "FigureRow": _row_schema("FigureRow", tables.FIGURE_COLUMNS),
        "ClaimRow": _row_schema("ClaimRow", tables.CLAIM_COLUMNS),
    }
    listed = ("Incident", "Report", "Record", "Copy", "Posture", "Decision", "Hit", *rows)
    made = {**ours, **record, **rows, **{f"{name}Page": _page_schema(name) for name in listed}}
    changes = _page_schema("Incident")
    changes = {**changes, "title": "Changes", "required": ["items", "next", "revision"]}
    changes["properties"] = {**changes["properties"], "revision": {"type": "integer", "minimum": 0}}
    deciding = {"oneOf": [_ref(kind.__name__) for kind in bodies.DECIDING], "discriminator": _by_kind()}
    return {**made, "Changes": changes, "Deciding": deciding}


def _by_kind() -> dict[str, Any]:
    named = {str(kind.__struct_config__.tag): _REF.format(name=kind.__name__) for kind in bodies.DECIDING}
    return {"propertyName": "kind", "mapping": named}


def described(app: FastAPI) -> dict[str, Any]:
    """Describe the API of an application; made once."""
    if app.openapi_schema is None:
        routes = [route for route in app.routes if getattr(route, "include_in_schema", True)]
        made = get_openapi(title="Dateline", version=__version__, routes=routes, description=_ABOUT)
        made["components"] = {"schemas": _schemas(), "securitySchemes": _SECURITY}
        for methods in made["paths"].values():
            for method, operation in methods.items():
                _complete(method, operation)
        app.openapi_schema = made
    return app.openapi_schema


_SECURITY = {
    "token": {"type": "http", "scheme": "bearer", "description": "By dateline account token."},
    "session": {"type": "apiKey", "in": "cookie", "name": "dateline_session", "description": "Signed in."},
}  # fmt: skip
_TAG = {"description": "Send it back as If-None-Match.", "schema": {"type": "string"}}


def _complete(method: str, operation: dict[str, Any]) -> None:
    """Add what any answer may be, and that none is needed where accounts are off."""
    answers = operation["responses"]
    usual = _ANY if method == "get" else (*_ANY, *_WRITE)
    answers.update({str(status): _problem(status) for status in usual})
    operation["security"] = [{"token": []}, {"session": []}, {}]
    if method == "get" and "200" in answers and "text/event-stream" not in answers["200"]["content"]:
        answers["200"]["headers"] = {"ETag": _TAG}
        answers["304"] = {"description": _WORDS[304]}
