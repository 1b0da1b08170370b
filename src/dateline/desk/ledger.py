"""A ledger for the screen: every figure with who said it, and contested ones side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec
from markupsafe import Markup

from dateline.exports.ledger_wording import GONE, by_gravity, word_line, word_speaker
from dateline.exports.toll_chart import charted, toll_chart
from dateline.exports.wording import plain, word_bounds
from dateline.record import Incident, LedgerClaim, LedgerLine
from dateline.store.looking import Title

__all__ = ["ClaimRow", "Line", "Side", "charts_of", "days_of", "lines_of"]


_MOST = 60  # figures of one line on the page, the latest; exports have all of them


class ClaimRow(msgspec.Struct, frozen=True, kw_only=True):
    """One figure as one voice gave it: its words, its report and the fact in it."""

    day: str
    bounds: str
    speaker: str
    kind: str
    own_voice: bool
    publisher: str
    report: str
    figure: str
    status: str
    part: bool
    also: int
    gone: bool


class Side(msgspec.Struct, frozen=True):
    """One figure of a contested line with all who gave it last; `at`, `wide`: its place, 0 to 1."""

    bounds: str
    at: float
    wide: float
    claims: tuple[ClaimRow, ...]


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the ledger; `sides` are there where it is contested."""

    number: int
    words: str
    measure: str
    agreement: str
    best: str
    bounds: str
    claims: tuple[ClaimRow, ...]
    more: int
    sides: tuple[Side, ...]


def lines_of(incident: Incident, titles: Mapping[str, Title]) -> list[Line]:
    """Give the lines of a ledger, the gravest first; `titles` name the reports by id."""
    return [_line(number, line, titles) for number, line in enumerate(by_gravity(incident.ledger))]


def _line(number: int, line: LedgerLine, titles: Mapping[str, Title]) -> Line:
    best = "" if line.best is None else f"{line.best:,}"
    return Line(
        number=number, words=word_line(line), measure=line.measure, agreement=line.agreement or "parts only",
        best=best, bounds=word_bounds(line.lowest, line.highest) if line.lowest != line.highest else "",
        claims=tuple(_row(claim, titles) for claim in line.claims[-_MOST:]),
        more=max(0, len(line.claims) - _MOST),
        sides=tuple(_sides(line, titles)) if line.agreement == "contested" else (),
    )  # fmt: skip


def _row(claim: LedgerClaim, titles: Mapping[str, Title]) -> ClaimRow:
    title = titles.get(claim.report)
    return ClaimRow(
        day=(claim.said or "")[:10], bounds=word_bounds(claim.low, claim.high, approximate=claim.approximate),
        speaker=word_speaker(claim), kind=claim.kind, own_voice=claim.source is None,
        publisher=plain((title.publisher if title else None) or ""), report=claim.report,
        figure=claim.figure, status=claim.status, part=claim.part, also=len(claim.also),
        gone=claim.status in GONE,
    )  # fmt: skip


def _sides(line: LedgerLine, titles: Mapping[str, Title]) -> Iterator[Side]:
    """Yield each figure that a speaker gave last and that still stands, the lowest first."""
    last = {c.by: c for c in line.claims if not c.part and c.status not in GONE}
    groups: dict[tuple[int, int, str], list[LedgerClaim]] = {}
    for claim in last.values():
        low, high = _ends(claim)
        words = word_bounds(claim.low, claim.high, approximate=claim.approximate)
        groups.setdefault((low, high, words), []).append(claim)
    top = max((high for _, high, _ in groups), default=1) or 1
    for low, high, words in sorted(groups):
        rows = tuple(_row(claim, titles) for claim in groups[low, high, words])
        yield Side(words, low / top, max(0.0, (high - low) / top), rows)


def _ends(claim: LedgerClaim) -> tuple[int, int]:
    sides = [n for n in (claim.low, claim.high) if n is not None] or [0]
    return min(sides), max(sides)


def charts_of(incident: Incident) -> list[tuple[str, str, Markup]]:
    """Give the charts of the lines that a chart tells more of: words, agreement, the drawing."""
    return [
        (word_line(line), line.agreement or "", Markup(toll_chart(line, styled=False)))
        for line in charted(incident)
    ]


def days_of(lines: Iterable[Line]) -> list[tuple[str, list[tuple[Line, ClaimRow]]]]:
    """Give every figure by the day on which it was said, those without one last."""
    days: dict[str, dict[tuple[str, str, str], tuple[Line, ClaimRow]]] = {}
    for line in lines:
        for claim in line.claims:
            key = line.words, claim.bounds, claim.speaker.casefold()
            days.setdefault(claim.day, {}).setdefault(key, (line, claim))
    return [(day, list(days[day].values())) for day in sorted(days, key=lambda d: d or "9999")]
