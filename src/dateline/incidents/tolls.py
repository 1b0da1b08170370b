"""The toll of a whole incident: what each report's figures come to, and which of these is best.

One report is consistent within itself, so each is summed up alone. What stands
side by side in one sentence ("his wife and four daughters", "nine hostages and
five gunmen") is known to be apart and is added; of all else the greatest count
holds. Single persons are counted once each. Parts of a line, nationalities and
children are inside other counts and are never added.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from dateline.incidents.fates import fate_is_open, is_told_dead, is_victim, may_have_died
from dateline.incidents.ledger import CONTEST_DAYS, earlier
from dateline.incidents.persons import Person, distinct_persons, person_in
from dateline.incidents.statements import Statement, size_of
from dateline.record import LedgerLine, Total

__all__ = ["report_toll", "report_tolls", "totals_of"]

FEWEST = 3  # last reports that choose between tolls: one that says less may tell of some only
_HARM = ("killed", "wounded")
_ALL = ("unspecified", "combined")  # groups that may hold any other
# Between two counts of one sentence: what joins them, and what says that the second is inside the first.
_JOINED = re.compile(r"(?:,|\band\b|\bas well as\b|\bplus\b|&|\bbefore\b)", re.I)
_INSIDE = re.compile(
    r"[:;()—–]|\b(?:among|includ\w+|of (?:them|whom|those|which)|one of|identified|named|they are|who"
    r"|when|after|while|but|said|from|up to|rose|than|earlier|previous\w*)\b",
    re.I,
)
_REACH = 70  # characters between counts that stand side by side; a longer stretch holds another clause


def totals_of(
    statements: Sequence[Statement], lines: Sequence[LedgerLine], fatal: Collection[str] = ()
) -> dict[str, Total]:
    """Give the toll of the whole incident in each measure that any report states.

    `statements` in order of saying, marked; `lines` the ledger made of them;
    `fatal` are the reports (ids) that tell of a killing or a death.
    """
    by_report: dict[str, list[Statement]] = defaultdict(list)
    for row in statements:
        if row.status in ("stated", "revised") and (row.line[0] not in _HARM or is_victim(row)):
            by_report[row.report].append(row)
    singles = [r for rows in by_report.values() for r in rows if _is_single(r)]
    dead = distinct_persons([r for r in singles if _measure_of(r) == "killed"])
    tolls: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for report, rows in by_report.items():
        for measure, toll in report_tolls(rows, dead, fatal=report in fatal).items():
            tolls[measure].append((rows[0].published or "9999", toll))
    return {measure: _total(measure, tolls[measure], lines) for measure in sorted(tolls)}


def report_tolls(
    rows: Sequence[Statement], dead: Sequence[Person] = (), *, fatal: bool = False
) -> dict[str, int]:
    """Sum up what one report states, by measure.

    `dead` are the single persons whose death any report tells: who is told as
    wounded and died later is not counted as wounded. Where people were shot, and
    some of them died, the others are the wounded. In a `fatal` report that counts
    no dead, the one person of whom it tells is the one who died.
    """
    by_measure: dict[str, list[Statement]] = defaultdict(list)
    struck: list[Statement] = []
    for row in rows:
        measure = _measure_of(row)
        if measure == "struck":
            struck.append(row)
        elif measure != "wounded" or not _died(row, dead):
            by_measure[measure].append(row)
    out = {m: toll for m, own in by_measure.items() if (toll := report_toll(own)) is not None}
    if fatal and "killed" not in out and not struck and out.get("wounded") == 1:
        return {"killed" if m == "wounded" else m: toll for m, toll in out.items()}
    counted = any(not _is_single(r) for r in by_measure["wounded"])
    if struck and not counted:
        left = max(size_of(r.figure) for r in struck) - out.get("killed", 0)
        out["wounded"] = max(left, out.get("wounded", 0))
    return {m: toll for m, toll in out.items() if toll >= 0}


def _measure_of(row: Statement) -> str:
    """Give the measure to which a figure adds; `struck` for dead and wounded together."""
    measure = row.line[0]
    if measure == "wounded" and _is_single(row) and is_told_dead(row):
        return "killed"
    if measure in _HARM and fate_is_open(row):
        return "wounded" if _is_single(row) else "struck"
    return measure


def _died(row: Statement, dead: Sequence[Person]) -> bool:
    """Tell whether a single wounded person is one of the dead: by name or age, or for want of any other."""
    if not _is_single(row):
        return False
    person = person_in(row)
    return any(person.is_likely(other, unknown=may_have_died(row)) for other in dead)


def _total(measure: str, tolls: Sequence[tuple[str, int]], lines: Sequence[LedgerLine]) -> Total:
    best, rule = _best(tolls)
    own_lines = tuple(n for n, line in enumerate(lines) if line.measure == measure)
    whole = [b for n in own_lines if lines[n].nationality is None and (b := lines[n].highest) is not None]
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
    known = max(toll for _, toll in near)
    before = [(day, toll) for day, toll in tolls if not _near(day, days[-1]) and day >= days[-FEWEST:][0]]
    near += [(day, toll) for day, toll in before if toll >= known]
    counts = Counter(toll for _, toll in near)
    last = {toll: max(day for day, t in near if t == toll) for toll in counts}
    best = max(counts, key=lambda t: (counts[t], last[t], t))
    return (
        best,
        f"as {counts[best]} of the {len(near)} latest reports have it, those of the last {CONTEST_DAYS} days"
        f" and of the last {FEWEST} that say no less",
    )


def _near(day: str, last: str) -> bool:
    if "9999" in (day, last):
        return day == last
    return (date.fromisoformat(last) - date.fromisoformat(day)).days <= CONTEST_DAYS


def report_toll(rows: Sequence[Statement]) -> int | None:
    """Sum up what one report states in one measure; None where it states nothing that counts."""
    current = sorted(_up_to_date(rows), key=lambda r: r.place)
    if not current:
        return None
    singles = [r for r in current if _is_single(r)]
    counts = [size_of(r.figure) for r in current if not _is_single(r)]
    sums = [_sum_of(chain) for chain in _side_by_side(current)]
    return max([*counts, *sums, len(distinct_persons(singles))])


def _is_single(row: Statement) -> bool:
    return (row.low, row.high) == (1, 1)


def _sum_of(chain: Sequence[Statement]) -> int:
    """Add counts that stand side by side, unless the first is the whole of those that follow it."""
    first, rest = chain[0], chain[1:]
    of_all = first.line[1] in _ALL or any(r.line[1] == first.line[1] for r in rest)
    if of_all and len(rest) > 1 and " and " not in _between(first, rest[0]):
        parts = _sum_of(rest)
        if size_of(first.figure) >= parts:
            return size_of(first.figure)
    singles = [r for r in chain if _is_single(r)]
    return sum(size_of(r.figure) for r in chain if not _is_single(r)) + len(distinct_persons(singles))


def _between(first: Statement, second: Statement) -> str:
    return first.back[: max(0, second.place[1] - first.figure.span.end)]


def _side_by_side(rows: Sequence[Statement]) -> list[list[Statement]]:
    """Gather counts that stand joined in one sentence, in text order."""
    chains: list[list[Statement]] = []
    for row in rows:
        last = chains[-1][-1] if chains else None
        if last is not None and _are_joined(last, row):
            chains[-1].append(row)
        else:
            chains.append([row])
    return [chain for chain in chains if len(chain) > 1]


def _are_joined(first: Statement, second: Statement) -> bool:
    if first.sentence != second.sentence or first.report != second.report:
        return False
    between = _between(first, second)
    return len(between) <= _REACH and bool(_JOINED.search(between)) and not _INSIDE.search(between)


def _up_to_date(rows: Iterable[Statement]) -> list[Statement]:
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
