"""Exports: what is kept in the formats of the field, as files."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi import Path as InPath
from fastapi.responses import FileResponse, Response
from starlette.background import BackgroundTask

from dateline.desk.api.answers import Asked, raw, store_of, tagged
from dateline.desk.api.bodies import ExportFormat, ExportFormats
from dateline.desk.api.schema import gives
from dateline.exports.formats import FORMATS, WHATS, check, export

__all__ = ["router"]

router = APIRouter(tags=["export"])

# By format: the media type, and how such a file's name ends.
KINDS: dict[str, tuple[str, str]] = {
    "jsonl": ("application/x-ndjson", "jsonl"), "csv": ("text/csv", "csv"), "hxl": ("text/csv", "csv"),
    "acled": ("text/csv", "csv"), "ged": ("text/csv", "csv"),
    "parquet": ("application/vnd.apache.parquet", "parquet"), "plover": ("application/x-ndjson", "jsonl"),
    "cameo": ("text/tab-separated-values", "tsv"), "geojson": ("application/geo+json", "geojson"),
    "gpkg": ("application/geopackage+sqlite3", "gpkg"), "cap": ("application/cap+xml", "xml"),
    "cap-zip": ("application/zip", "zip"), "ical": ("text/calendar", "ics"),
    "jsonld": ("application/ld+json", "jsonld"), "turtle": ("text/turtle", "ttl"),
    "stix": ("application/stix+json", "json"),
}  # fmt: skip


def _schema(kind: str) -> dict[str, str]:
    """Give the schema of a file of a media type: of one in JSON that it is an object."""
    return {"type": "object"} if kind.endswith("+json") else {"type": "string", "format": "binary"}


_FILE: dict[int | str, Any] = {
    200: {
        "description": "The file.",
        "content": {kind: {"schema": _schema(kind)} for kind, _ in KINDS.values()},
    }
}

What = Annotated[str, InPath(description="What to export.", json_schema_extra={"enum": list(WHATS)})]
Form = Annotated[
    str, Query(alias="format", description="How to write it.", json_schema_extra={"enum": list(FORMATS)})
]


@router.get("/export", responses=gives("ExportFormats"))
def list_formats(request: Request) -> Response:
    """List the formats, and what each can hold."""
    found = ExportFormats(
        items=tuple(ExportFormat(name=f.name, tells=f.tells, takes=f.takes) for f in FORMATS.values())
    )
    return tagged(request, lambda: raw(found))


@router.get("/export/{what}", responses=_FILE)
def export_file(request: Request, what: What, wanted: Asked, form: Form = "jsonl") -> Response:
    """Give all that is kept, or what a filter lets through, as a file: whole, or a problem."""
    check(what, form)
    folder = Path(tempfile.mkdtemp(prefix="dateline-export-"))
    kind, ending = KINDS[form]
    target = folder / f"{what}.{ending}"
    try:
        export(store_of(request), what, form, target, wanted)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    gone = BackgroundTask(shutil.rmtree, folder, ignore_errors=True)
    return FileResponse(target, media_type=kind, filename=f"dateline-{target.name}", background=gone)
