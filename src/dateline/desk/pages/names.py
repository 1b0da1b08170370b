"""Lists of names, a page at a time, or those that hold some words: of actors, of sources."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse

from dateline.desk.core import desk_of
from dateline.desk.pages.situation import page_number

__all__ = ["show_names"]

_SIZE = 100


def show_names(request: Request, section: str, find: Callable[..., Sequence[Any]]) -> HTMLResponse:
    """Show the page of `section` with what `find(words, size=, first=)` gives."""
    words = request.query_params.get("q", "")[:200]
    number = page_number(request.query_params.get("page"))
    desk, first = desk_of(request), (number - 1) * _SIZE
    found = desk.kept.get((section, words, first), lambda: find(words, size=_SIZE + 1, first=first))
    return desk.show(
        request, f"{section}.html", rows=found[:_SIZE], words=words, number=number, more=len(found) > _SIZE,
        section=section,
    )  # fmt: skip
