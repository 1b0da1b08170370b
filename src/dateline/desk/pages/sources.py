"""Sources: by whom each is quoted, how often it was first, how far its figures were from what came out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial
from statistics import median

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from dateline.desk.core import Desk, desk_of
from dateline.desk.pages.names import show_names
from dateline.errors import NotInStore
from dateline.exports.ledger_wording import word_line, word_speakers
from dateline.exports.wording import plain, word_bounds
from dateline.record import LedgerClaim, LedgerLine
from dateline.store.named import Given, SourceRow

__all__ = ["GivenRow", "SourcePage", "off_by", "router", "source_page"]

router = APIRouter(include_in_schema=False)

_ROWS = 120
_WIDEST = 2.0  # an error beyond three times the best is drawn at the edge
_DOT, _HIGHEST = 4.0, 40.0  # of a dot and of the highest pile of them, where the strip is 200 wide


class GivenRow(msgspec.Struct, frozen=True, kw_only=True):
    """One figure it gave; `off` is the share by which it was over or under what came out, None if unknown."""

    day: str
    bounds: str
    line: str
    incident: str
    title: str
    report: str
    figure: str
    publisher: str
    best: str
    off: float | None
    first: bool
    contested: bool
    status: str
    part: bool


class SourcePage(msgspec.Struct, frozen=True, kw_only=True):
    """What the page shows; shares are 0 to 1, `dots` errors: -100 to 100 across, up to `dots_high` high.

    `figures` and `incidents` are counted over all; the rest is of the latest `looked` figures.
    """

    by: str
    name: str
    kinds: tuple[tuple[str, int], ...]
    publishers: tuple[tuple[str, int], ...]
    figures: int
    incidents: int
    looked: int
    first: int
    judged: int
    off: float | None
    over: int
    under: int
    dots: tuple[tuple[float, float], ...]
    dots_high: float
    rows: tuple[GivenRow, ...]


def off_by(given: Given) -> float | None:
    """Give how far a figure was from the best of its line, as a share of it; None where that says nothing.

    Within its bounds it is right. A part of the people, and the only figure of a line, are not judged.
    """
    sides = [n for n in (given.low, given.high) if n is not None]
    if given.part or not given.best or not sides or given.agreement in ("single", ""):
        return None
    low = given.low if given.low is not None else min(sides)
    high = given.high if given.high is not None else (given.best if given.best >= low else low)
    if low <= given.best <= high:
        return 0.0
    return ((low if given.best < low else high) - given.best) / given.best


def source_page(desk: Desk, by: str) -> SourcePage:
    """Make the page of a speaker, by the key under which ledgers have it, once a version of the store.

    Raises NotInStore for none.
    """
    return desk.kept.get(("source", by), lambda: _page(desk, by))


def _page(desk: Desk, by: str) -> SourcePage:
    given = desk.store.named.given(by)
    if not given:
        raise NotInStore("no figure of such a source", where=by, hint="look at the list")
    figures, incidents, kinds = desk.store.named.counted(by)
    titles = {t.id: plain(t.publisher or "") for t in desk.looking.titles({g.report for g in given})}
    claims = [LedgerClaim(report="", figure="", source=g.source, by=by, kind=g.kind) for g in given]
    errors = [off for off in map(off_by, given) if off is not None]
    dots = _piled(errors)
    quoted = Counter(titles.get(g.report) or "publisher not known" for g in given)
    return SourcePage(
        by=by, name=word_speakers(claims)[by],
        kinds=tuple(kinds.items()), publishers=tuple(quoted.most_common(20)),
        figures=figures, incidents=incidents, looked=len(given), first=sum(map(_is_first, given)),
        judged=len(errors), off=median(map(abs, errors)) if errors else None,
        over=sum(e > 0 for e in errors), under=sum(e < 0 for e in errors),
        dots=dots, dots_high=max((y for _, y in dots), default=0.0),
        rows=tuple(_row(g, titles) for g in given[:_ROWS]),
    )  # fmt: skip


def _piled(errors: Sequence[float]) -> tuple[tuple[float, float], ...]:
    """Place a dot for each error, those of about the same size on one another."""
    across = [round(100 * (max(-1.0, e) if e < 0 else min(1.0, e / _WIDEST)) / _DOT) * _DOT for e in errors]
    step = min(_DOT, _HIGHEST / max(Counter(across).values(), default=1))
    piles: Counter[float] = Counter()
    found = []
    for x in across:
        piles[x] += 1
        found.append((x, round(piles[x] * step, 2)))
    return tuple(found)


def _is_first(given: Given) -> bool:
    return bool(given.said) and not given.part and (given.said or "")[:10] <= (given.first or "9")[:10]


def _row(given: Given, titles: dict[str, str]) -> GivenRow:
    line = LedgerLine(measure=given.measure, group=given.group, nationality=given.nationality)
    return GivenRow(
        day=(given.said or "")[:10], line=word_line(line), incident=given.incident, title=plain(given.title),
        bounds=word_bounds(given.low, given.high, approximate=given.approximate), report=given.report,
        figure=given.figure, publisher=titles.get(given.report, ""),
        best="" if given.best is None else f"{given.best:,}", off=off_by(given), first=_is_first(given),
        contested=given.agreement == "contested", status=given.status, part=given.part,
    )  # fmt: skip


@router.get("/sources", response_class=HTMLResponse)
def sources(request: Request) -> HTMLResponse:
    """List sources, or those whose name holds some words."""
    return show_names(request, "sources", partial(_called, desk_of(request)))


def _called(desk: Desk, words: str, *, size: int, first: int) -> list[tuple[SourceRow, str]]:
    """Give sources, each with the name that says most of those that reports have for it."""
    rows = desk.store.named.sources(words, size=size, first=first)
    names = word_speakers(desk.store.named.called(row.by for row in rows))
    return [(row, names[row.by]) for row in rows]


@router.get("/sources/{by:path}", response_class=HTMLResponse)
def show_source(request: Request, by: str) -> HTMLResponse:
    """Show a source."""
    desk = desk_of(request)
    return desk.show(request, "source.html", page=source_page(desk, by), section="sources")
