"""The toll of a whole incident: what each report's figures come to, and which of these is best.

One report is consistent within itself, so each is summed up alone: its counts
of sides that are known to be apart (civilians, soldiers and police, those who
attacked) are added, a count of all is taken where it is greater, and single
persons are counted once each. Parts of a line, nationalities and children are
inside other counts and are never added.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from dateline.incidents.ledger import CONTEST_DAYS, earlier
from dateline.incidents.persons import distinct_persons
from dateline.incidents.statements import Statement, size_of
from dateline.record import LedgerLine, Total

__all__ = ["report_toll", "totals_of"]

_ALL = ("unspecified", "combined")
_SIDES: dict[str, str] = {
    "militant": "attackers", "attacker": "attackers", "soldier": "forces", "police": "forces",
}  # fmt: skip
_ADDED_UP = frozenset(("killed", "wounded"))  # in other measures sides overlap too often to be added


def totals_of(statements: Sequence[Statement], lines: Sequence[LedgerLine]) -> dict[str, Total]:
    """Give the toll of the whole incident in each measure that any report states.

    `statements` in order of saying, marked; `lines` the ledger made of them.
    """
    by_measure: dict[str, list[Statement]] = defaultdict(list)
    for row in statements:
        if row.status in ("stated", "revised"):
            by_measure[row.line[0]].append(row)
    return {m: total for m in sorted(by_measure) if (total := _total(m, by_measure[m], lines))}


def _total(measure: str, rows: Sequence[Statement], lines: Sequence[LedgerLine]) -> Total | None:
    by_report: dict[str, list[Statement]] = defaultdict(list)
    for row in rows:
        by_report[row.report].append(row)
    told = [(own[0].published or "9999", report_toll(measure, own)) for own in by_report.values()]
    tolls = [(day, toll) for day, toll in told if toll is not None]
    if not tolls:
        return None
    best, rule = _best(tolls)
    own_lines = tuple(n for n, line in enumerate(lines) if line.measure == measure)
    whole = [
        b for n in own_lines if lines[n].nationality is None for b in (lines[n].highest,) if b is not None
    ]
    return Total(
        lowest=min(t for _, t in tolls),
        best=best,
        highest=max([*(t for _, t in tolls), *whole]),
        rule=rule,
        lines=own_lines,
    )


def _best(tolls: Sequence[tuple[str, int]]) -> tuple[int, str]:
    """Choose between the tolls of several reports: what most of the latest say, of equals the later."""
    if len(tolls) == 1:
        return tolls[0][1], "as the only report has it"
    days = sorted(day for day, _ in tolls)
    near = [(day, toll) for day, toll in tolls if _near(day, days[-1])]
    counts = Counter(toll for _, toll in near)
    last = {toll: max(day for day, t in near if t == toll) for toll in counts}
    best = max(counts, key=lambda t: (counts[t], last[t], t))
    return (
        best,
        f"as {counts[best]} of the {len(near)} latest reports have it, those of the last {CONTEST_DAYS} days",
    )


def _near(day: str, last: str) -> bool:
    if "9999" in (day, last):
        return day == last
    return (date.fromisoformat(last) - date.fromisoformat(day)).days <= CONTEST_DAYS


def report_toll(measure: str, rows: Sequence[Statement]) -> int | None:
    """Sum up what one report states in one measure; None where it states nothing that counts."""
    rows = _up_to_date(rows)
    counts: dict[str, int] = defaultdict(int)
    singles: dict[str, list[Statement]] = defaultdict(list)
    for row in rows:
        side = "all" if row.line[1] in _ALL else _SIDES.get(row.line[1], "people")
        if (row.low, row.high) == (1, 1):
            singles[side].append(row)
        else:
            counts[side] = max(counts[side], size_of(row.figure))
    sides = {
        side: max(counts[side], len(distinct_persons(singles[side]))) for side in sorted({*counts, *singles})
    }
    if not sides:
        return None
    whole = sides.pop("all", 0)
    apart = sum(sides.values()) if measure in _ADDED_UP else max(sides.values(), default=0)
    return max(whole, apart)


def _up_to_date(rows: Sequence[Statement]) -> list[Statement]:
    """Leave out the older tolls that a report recalls beside newer ones of the same line."""
    lines: Mapping[object, list[Statement]] = defaultdict(list)
    for row in rows:
        lines[row.line].append(row)
    out = []
    for own in lines.values():
        newest = max(r.said or "" for r in own)
        current = [r for r in own if (r.said or "") == newest and not earlier(r)]
        out += current or own
    return out
