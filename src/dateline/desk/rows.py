"""An incident as a row of a list: its toll with bounds, what is contested, where and when."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from dateline.desk.wording import country_name, family
from dateline.exports.ledger_wording import by_gravity, word_who
from dateline.exports.wording import plain, word_bounds
from dateline.record import Total
from dateline.store.looking import Brief, BriefLine

__all__ = ["Row", "Toll", "row_of", "toll_of"]

_FIRST = ("killed", "wounded", "missing", "held", "infected", "displaced", "affected", "evacuated")
_WORST = 3  # contested lines named in a row


class Toll(msgspec.Struct, frozen=True):
    """A toll: measure, best in words, bounds where they differ; `low`, `at`: shares of the highest."""

    measure: str
    best: str
    bounds: str
    low: float
    at: float


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """What a list shows of an incident."""

    id: str
    title: str
    type: str
    family: str
    where: str
    country: str
    country_name: str
    start: str
    end: str
    toll: Toll | None
    contested: tuple[str, ...]
    reports: int


def row_of(brief: Brief) -> Row:
    """Make a row of an incident."""
    named = plain(brief.where.name) if brief.where else ""
    land = country_name(brief.country)
    return Row(
        id=brief.id, title=plain(brief.title), type=brief.type, family=family(brief.type),
        where=named if named and named != land else "", country=brief.country or "", country_name=land,
        start=(brief.start or "")[:10], end=(brief.end or "")[:10], toll=_main_toll(brief),
        contested=tuple(_contested(brief.ledger)), reports=len(brief.reports),
    )  # fmt: skip


def _main_toll(brief: Brief) -> Toll | None:
    for measure in _FIRST:
        if measure in brief.totals:
            return toll_of(measure, brief.totals[measure])
    return None


def toll_of(measure: str, total: Total) -> Toll | None:
    """Make a toll of a total, None where it holds no number."""
    low, high = total.lowest, total.highest
    best = total.best if total.best is not None else low if low is not None else high
    if best is None:
        return None
    top = max(best, high or 0, low or 0) or 1
    bounds = "" if low == high == best else word_bounds(low, high)
    return Toll(measure, f"{best:,}", bounds, (low or 0) / top, best / top)


def _contested(lines: Sequence[BriefLine]) -> list[str]:
    """Word what is contested, the gravest first."""
    found = by_gravity(line.bare() for line in lines if line.agreement == "contested")
    told = [
        " ".join(w for w in (word_bounds(line.lowest, line.highest), word_who(line), line.measure) if w)
        for line in found
    ]
    return told[:_WORST] + ([f"{len(told) - _WORST} more"] if len(told) > _WORST else [])
