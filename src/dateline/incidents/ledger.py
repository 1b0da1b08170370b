"""The ledger: who gave which figure when, line by line, and whether they exclude each other.

The rules are those of the codebook's section 5.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from dateline.incidents.statements import LineKey, Statement, size_of
from dateline.record import Agreement, LedgerClaim, LedgerLine

__all__ = ["CONTEST_DAYS", "earlier", "exclude", "ledger_of", "marked"]

CONTEST_DAYS = 2  # codebook: figures further apart are a toll that moves, no contest
WIDENING = 0.1  # codebook: the bounds of an approximate figure are widened by a tenth

_AMONG = re.compile(r"\b(?:among (?:them|the|those)|including|of (?:them|whom|those)|one of)\b", re.I)
_OF_A_PART = re.compile(
    r"\b(?:in|during) the (?:final|last|first|second|opening|initial)"
    r" (?:assault|attack|hours?|raid|stage|phase|minutes|day)\b"
    r"|\bstill (?:held|holding|hold|alive|in(?:side)?|captive|being held)\b|\bremain(?:s|ing)?\b",
    re.I,
)
_ADDED = re.compile(r"\b(?:another|further|additional)\s+$", re.I)
_MORE = re.compile(r"^\s+(?:more|other|others|further|additional)\b", re.I)
_FINDING = r"\b(?:found|recovered|discovered|retrieved|pulled)\b"
_BODIES = r"\bbod(?:y|ies)\b"
_FOUND = re.compile(rf"{_FINDING}[^.;]*{_BODIES}|{_BODIES}[^.;]*{_FINDING}", re.I)
_EARLIER = re.compile(
    r"\b(?:earlier|previous(?:ly)?|had (?:put|said|spoken|announced|named|counted|given)|at first|first said"
    r"|hours before|in the morning|replaced?|instead of|up from|down from|raised"
    r"|initial(?:ly)?|revis(?:ed|ion))\b",
    re.I,
)  # fmt: skip
# What stands right before the number that another of its sentence replaced: "19 dead, up from 12".
_REPLACED = re.compile(
    r"\b(?:from|instead of|rather than|replac\w+|(?:an?|the|its|their) (?:earlier|previous|initial|first)"
    r"(?: \w+){0,3})\s+(?:the |an? )?$",
    re.I,
)
_TAKEN_BACK = re.compile(
    r"\b(?:retract(?:ed|s)?|withdr(?:ew|awn)|took (?:it )?back|taken back|was (?:wrong|mistaken)|in error"
    r"|disown(?:ed|s)?)\b", re.I,
)  # fmt: skip
_BEST_KINDS: tuple[frozenset[str], ...] = (
    frozenset(("official", "institution", "document")),
    frozenset(("company", "media", "expert", "witness", "relative", "anonymous", "report")),
    frozenset(("armed-group",)),
)  # UCDP: who is party to the fight is believed last
_RULE_NAMES = ("officials and institutions", "other sources", "the armed group")


def ledger_of(
    statements: Sequence[Statement], copies: Mapping[str, Sequence[str]] | None = None
) -> tuple[LedgerLine, ...]:
    """Lay statements out in lines, by measure, group and nationality, the greatest first in each measure.

    `statements` in order of saying, as `marked` gives them; `copies` maps a
    report to the names of its copies, which go to `also`.
    """
    by_line: dict[LineKey, list[Statement]] = defaultdict(list)
    for row in statements:
        by_line[row.line].append(row)
    order = sorted(
        by_line,
        key=lambda k: (k[0], k[2] is not None, -max(size_of(r.figure) for r in by_line[k]), k[1], k[2] or ""),
    )
    return tuple(_line(key, by_line[key], copies or {}) for key in order)


def marked(statements: Sequence[Statement]) -> list[Statement]:
    """Mark what counts a part of its line, and what was revised or taken back; order is kept."""
    by_line: dict[LineKey, list[int]] = defaultdict(list)
    rows = list(statements)
    for n, row in enumerate(rows):
        by_line[row.line].append(n)
    for numbers in by_line.values():
        line = [rows[n] for n in numbers]
        solid = [row for row in line if row.status == "stated" and not _TAKEN_BACK.search(row.sentence)]
        parted = [replace(row, part=_is_part(row, solid)) for row in line]
        for n, row in zip(numbers, _revised(parted), strict=True):
            rows[n] = row
    return rows


def _is_part(row: Statement, line: Sequence[Statement]) -> bool:
    size = size_of(row.figure)
    others = [o for o in line if o is not row and size_of(o.figure) > size]
    if row.person:
        return any(o.person != row.person for o in line)
    if _ADDED.search(row.front) or _MORE.match(row.back):
        return bool(len(line) > 1)
    near = [
        o
        for o in others
        if o.report == row.report and o.voice.key == row.voice.key and not _EARLIER.search(row.sentence)
    ]
    if near and _AMONG.search(row.sentence):
        return True
    if any(o.said == row.said and (row.claim is o.claim or _follows(o, row)) for o in near):
        return True
    before = [o for o in others if (o.said or "") <= (row.said or "")]
    return bool(before and _OF_A_PART.search(row.sentence)) or _is_find(row, line)


def _is_find(row: Statement, line: Sequence[Statement]) -> bool:
    """Tell bodies found after others had counted the dead: they come to a toll, they aren't it."""
    if not _FOUND.search(row.sentence):
        return False
    return any(o.voice.key != row.voice.key and (o.said or "") < (row.said or "") for o in line)


def _follows(whole: Statement, row: Statement) -> bool:
    """Tell whether a figure stands within two sentences' length behind a greater one."""
    return whole.report == row.report and 0 < row.place[1] - whole.place[1] < 2 * len(whole.sentence) + len(
        row.sentence
    )


def _revised(line: Sequence[Statement]) -> list[Statement]:
    """Mark the figures that their own speaker replaced by others, or took back."""
    out = []
    for n, row in enumerate(line):
        own = [
            (o, m > n) for m, o in enumerate(line)
            if m != n and o.voice.key == row.voice.key and not o.part and o.status == "stated"
        ]  # fmt: skip
        if row.status == "stated" and _TAKEN_BACK.search(row.sentence):
            out.append(replace(row, status="retracted"))
        elif row.status == "stated" and not row.part and any(_gives_way(row, o, later) for o, later in own):
            out.append(replace(row, status="revised"))
        else:
            out.append(row)
    return out


def _gives_way(row: Statement, other: Statement, later: bool) -> bool:
    """Tell whether a figure was replaced by another of its speaker, which was said `later` or only before."""
    if not exclude(row, other):
        return False
    if (row.said, row.report) != (other.said, other.report):
        return later
    if row.sentence == other.sentence and (_REPLACED.search(row.front) or _REPLACED.search(other.front)):
        return bool(_REPLACED.search(row.front))
    return bool(_EARLIER.search(row.sentence)) and (later or not _EARLIER.search(other.sentence))


def earlier(row: Statement) -> bool:
    """Tell whether a statement is recalled as an earlier one ("had put the number at 12")."""
    return row.status != "stated" and bool(_EARLIER.search(row.sentence))


def _counts(row: Statement) -> bool:
    """Tell whether a statement counts for lowest, highest and agreement."""
    return not row.part and row.status in ("stated", "revised")


def _line(key: LineKey, rows: Sequence[Statement], copies: Mapping[str, Sequence[str]]) -> LedgerLine:
    counted = [r for r in rows if _counts(r)] or [r for r in rows if not r.part and r.status == "possible"]
    bounds = [b for r in counted for b in (r.low, r.high) if b is not None]
    latest = {r.voice.kind: n for n, r in enumerate(rows) if r in counted}
    return LedgerLine(
        measure=key[0],
        group=key[1],
        nationality=key[2],
        claims=tuple(_claim(r, copies) for r in rows),
        lowest=min(bounds, default=None),
        best=best_of(counted)[0] if counted else None,
        highest=max(bounds, default=None),
        latest=dict(sorted(latest.items())),
        agreement=_agreement(counted),
    )


def _claim(row: Statement, copies: Mapping[str, Sequence[str]]) -> LedgerClaim:
    return LedgerClaim(
        report=row.report,
        figure=row.figure.id,
        source=row.claim.source.span.text if row.claim and row.claim.source.span else None,
        by=row.voice.key,
        kind=row.claim.source.kind if row.claim else "report",
        low=row.low,
        high=row.high,
        approximate=row.figure.approximate,
        said=row.said,
        part=row.part,
        status=row.status,
        also=(*row.also, *copies.get(row.report, ())),
    )


def last_of_each(rows: Sequence[Statement]) -> list[Statement]:
    """Give each speaker's last statement, in order of saying; one that was replaced is not the last."""
    last = {row.voice.key: row for row in sorted(rows, key=lambda r: r.status != "revised")}
    return sorted(last.values(), key=lambda r: (r.said or "9999", r.place))


def _agreement(rows: Sequence[Statement]) -> Agreement | None:
    """Compare each speaker's last statement; None where only parts were told."""
    last = last_of_each(rows)
    if not last:
        return None
    if len(last) == 1:
        return "single"
    contested = any(
        _days_apart(a, b) <= CONTEST_DAYS and exclude(a, b) for n, a in enumerate(last) for b in last[n + 1 :]
    )
    return "contested" if contested else "agreed"


def _days_apart(a: Statement, b: Statement) -> float:
    if not a.said or not b.said:
        return 0
    return abs((date.fromisoformat(a.said) - date.fromisoformat(b.said)).days)


def _bounds(row: Statement) -> tuple[float, float]:
    low = float(row.low or 0)
    high = math.inf if row.high is None else float(row.high)
    if row.figure.approximate:
        return low - low * WIDENING, high + (high * WIDENING if high < math.inf else 0.0)
    return low, high


def exclude(a: Statement, b: Statement) -> bool:
    """Tell whether two statements can't both be right."""
    (low, high), (other_low, other_high) = _bounds(a), _bounds(b)
    return high < other_low or other_high < low


def best_of(rows: Sequence[Statement]) -> tuple[int | None, str]:
    """Choose the best estimate and say by which rule.

    After UCDP GED (Sundberg and Melander 2013): the most reliable kind of source
    that spoke, parties to the fight last; of these the last word, where several
    were said within two days of it what most speakers say, and of equals the lower.
    """
    for kinds, name in zip(_BEST_KINDS, _RULE_NAMES, strict=True):
        able = last_of_each([r for r in rows if (r.claim.source.kind if r.claim else "report") in kinds])
        if not able:
            continue
        end = able[-1]
        near = [r for r in able if _days_apart(r, end) <= CONTEST_DAYS]
        sizes = [size_of(r.figure) for r in near]
        best = min(sizes, key=lambda s: (-_backers(s, near), s))
        if len(near) == 1:
            return best, f"the last word of {name} ({end.voice.key}, {end.said or 'undated'})"
        return (
            best,
            f"what most of {name} said within two days of {end.said or 'the last word'}; of equals the lower",
        )
    return None, "nothing stated"


def _backers(size: int, rows: Sequence[Statement]) -> int:
    return sum(_bounds(r)[0] <= size <= _bounds(r)[1] and size_of(r.figure) == size for r in rows)
