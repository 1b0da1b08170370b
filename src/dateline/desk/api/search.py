"""Search: the reports that hold some words, each with where the first of them stands."""

from __future__ import annotations

import re
from typing import Annotated

import msgspec
from fastapi import APIRouter, Query, Request, Response

from dateline.desk.api.answers import USUAL, Asked, Cursor, Size, page, raw, read_number, store_of
from dateline.desk.api.objects import Hit
from dateline.desk.api.schema import list_of
from dateline.record import Report, Span

__all__ = ["router"]

router = APIRouter(tags=["search"])

_AROUND = 100  # code points shown before and after
_STEM = 5  # letters of a word that all its endings share, mostly
_WORD = re.compile(r"\w+")
_Words = Annotated[
    str,
    Query(min_length=1, max_length=500, description='Words and "phrases", all of which must stand there.'),
]


@router.get("/search", responses=list_of("Hit"))
def search(
    request: Request, q: _Words, wanted: Asked, limit: Size = USUAL, cursor: Cursor = None
) -> Response:
    """Find reports by words, the latest kept first; case, accents and endings don't count."""
    after = read_number(cursor)
    both = msgspec.structs.replace(wanted, text=f"{q} {wanted.text}" if wanted.text else q)

    def make() -> tuple[list[bytes], tuple[int, ...] | None]:
        paging = store_of(request).paging
        found = paging.reports(both, size=limit, after=after)
        told = paging.told([report.id for report in found.rows])
        return [raw(_hit(report, q, told.get(report.id, []))) for report in found.rows], found.after

    return page(request, make)


def _hit(report: Report, words: str, incidents: list[str]) -> Hit:
    return Hit(
        report=report.id, title=report.title, publisher=report.publisher, url=report.url,
        published=report.published, excerpt=excerpt(report.text, words), incidents=tuple(incidents),
    )  # fmt: skip


def excerpt(text: str, words: str) -> Span:
    """Give what stands around the first of the words in a text, else its beginning."""
    stems = [re.escape(word[:_STEM]) for word in _WORD.findall(words)]
    found = re.search(r"\b(?:" + "|".join(stems) + ")", text, re.IGNORECASE) if stems else None
    at = found.start() if found else 0
    return Span.of(text, max(0, at - _AROUND), min(len(text), at + _AROUND))
