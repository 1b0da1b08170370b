"""Add up what one report states of its toll.

One report is consistent within itself, so each is summed up alone. What stands
side by side in one sentence ("his wife and four daughters", "nine hostages and
five gunmen") is known to be apart and is added; of all else the greatest count
holds. Single persons are counted once each. Parts of a line, nationalities and
children are inside other counts and are never added.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from dateline.incidents.fates import (
    fate_is_open,
    is_apart,
    is_recalled,
    is_told_dead,
    is_victim,
    may_have_died,
    ordinal_of,
    points_to_all,
    tells_of_death,
    was_counted_before,
)
from dateline.incidents.ledger import earlier
from dateline.incidents.persons import Person, distinct_persons, person_in
from dateline.incidents.statements import Statement, size_of

__all__ = [
    "HARM",
    "counting",
    "harm_of",
    "has_died",
    "is_single",
    "measure_of",
    "report_toll",
    "report_tolls",
    "struck_among",
    "sums",
]

HARM = ("killed", "wounded")
_ALL = ("unspecified", "combined")  # groups that may hold any other
# Between two counts of one sentence: what joins them, and what says that the second is inside the first.
_JOINED = re.compile(r"(?:,|\band\b|\balong with\b|\bas well as\b|\bplus\b|&|\bbefore\b)", re.I)
_INSIDE = re.compile(
    r"[:;()—–]|\b(?:among|includ\w+|of (?:them|whom|those|which)|one of|identified|named|they are|who"
    r"|when|after|while|but|said|from|up to|rose|than|earlier|previous\w*)\b",
    re.I,
)
_PART_BEHIND = re.compile(
    r"^ (?:of (?:them|whom|those|these|which)\b|with\b|(?:are |were |is |was )?(?:listed )?"
    r"(?:in|seriously|critically|fatally|gravely|badly)\b)",
    re.I,
)  # "four injured, two of them seriously": how those fare who were counted before
_REACH = 70  # characters between counts that stand side by side; a longer stretch holds another clause


def counting(rows: Iterable[Statement]) -> list[Statement]:
    """Keep what is stated and can count: of the dead and wounded victims alone."""
    return [r for r in rows if r.status in ("stated", "revised") and (r.line[0] not in HARM or is_victim(r))]


def harm_of(row: Statement) -> str:
    """Give the measure to which a figure adds; those shot or struck count as `wounded`."""
    measure = measure_of(row)
    return "wounded" if measure == "struck" else measure


def report_tolls(
    rows: Sequence[Statement], dead: Sequence[Person] = (), *, fatal: bool = False, each: bool = False
) -> dict[str, int]:
    """Sum up what one report states, by measure.

    `dead` are the single persons whose death any report tells: who is told as
    wounded and died later is not counted as wounded. Where people were shot, and
    some of them died, the others are the wounded. In a `fatal` report that counts
    no dead, the one person of whom it tells is the one who died. With `each`, each
    of the dead is one of the wounded at most, and not whoever can be it.
    """
    by_measure = _by_measure(_of_now(rows))
    hurt = by_measure["wounded"]
    by_measure["wounded"] = _left(hurt, dead) if each else [r for r in hurt if not has_died(r, dead)]
    struck = by_measure.pop("struck", [])
    out = {m: toll for m, own in by_measure.items() if (toll := report_toll(own)) is not None}
    if fatal and "killed" not in out and not struck and out.get("wounded") == 1:
        return {"killed" if m == "wounded" else m: toll for m, toll in out.items()}
    hurt = by_measure["wounded"] = [r for r in by_measure["wounded"] if not _are_the_dead(r, out)]
    _put(out, "wounded", report_toll(hurt))
    if struck and all(is_single(r) for r in hurt if size_of(r.figure)):
        whole = max(sums(sorted([*struck, *filter(fate_is_open, hurt)], key=lambda r: r.place)))
        out["wounded"] = max(whole - out.get("killed", 0), out.get("wounded", 0))
    elif "wounded" in out:
        out["wounded"] -= dead_among(hurt, out["wounded"], by_measure["killed"], out.get("killed", 0))
    return {m: toll for m, toll in out.items() if toll >= 0}


def _by_measure(rows: Sequence[Statement]) -> dict[str, list[Statement]]:
    out: dict[str, list[Statement]] = defaultdict(list)
    struck = {r.place for r in struck_among(rows)}
    for row in rows:
        measure = "struck" if row.place in struck else measure_of(row)
        out[measure].append(row)
        if row.line[0] == "affected" != measure:
            out["affected"].append(row)
    return out


def struck_among(rows: Iterable[Statement]) -> list[Statement]:
    """Give the counts of those shot or struck, with what stands before in a list ("2 men, 3 boys shot")."""
    out: list[Statement] = []
    for row in sorted(rows, key=lambda r: r.place, reverse=True):
        measure = measure_of(row)
        listed = bool(out) and measure == "wounded" and size_of(row.figure) > 1 and _are_joined(row, out[-1])
        if measure == "struck" or listed:
            out.append(row)
    return out[::-1]


def _left(hurt: Sequence[Statement], dead: Sequence[Person]) -> list[Statement]:
    """Leave out of the wounded who is one of the dead: by name or age, else each of the dead but once."""
    singles = [r for r in hurt if is_single(r)]
    told = [(p, [r for r in singles if r.place in p.places]) for p in distinct_persons(singles)]
    gone = {id(p) for p, _ in told if any(p.is_likely(d, unknown=False) for d in dead)}
    free = [d for d in dead if not any(p.is_likely(d, unknown=False) for p, _ in told)]
    for person, rows in told:
        may = all(may_have_died(r) for r in rows)
        same = next((d for d in free if person.is_likely(d, unknown=may)), None)
        if same is not None and id(person) not in gone:
            gone.add(id(person))
            free = [d for d in free if d is not same]
    kept = {r.place for p, rows in told if id(p) not in gone for r in rows}
    return [r for r in hurt if not is_single(r) or r.place in kept]


def _are_the_dead(row: Statement, tolls: Mapping[str, int]) -> bool:
    """Tell whether "all three were shot" says again how the dead of a report died."""
    return size_of(row.figure) > 1 and size_of(row.figure) == tolls.get("killed") and points_to_all(row)


def _put(tolls: dict[str, int], measure: str, toll: int | None) -> None:
    if toll is None:
        tolls.pop(measure, None)
    else:
        tolls[measure] = toll


def _of_now(rows: Sequence[Statement]) -> list[Statement]:
    """Leave out what is told of another time or incident, where the report has others of the measure."""
    now = {harm_of(r) for r in rows if not is_recalled(r)}
    return [r for r in rows if harm_of(r) not in now or not is_recalled(r)]


def dead_among(hurt: Sequence[Statement], whole: int, killed: Sequence[Statement], dead: int) -> int:
    """Tell how many of the dead were counted among the wounded as well.

    "They found four with gunshot wounds. One died, three others are treated": a
    lesser count makes up the greater with the dead. "One of the victims later
    died" says it outright. What stands beside a count of the dead, or tells of
    others, has none of them.
    """
    counts = [r for r in hurt if size_of(r.figure) == whole]
    beside = {(r.report, r.sentence) for r in killed}
    if not 0 < dead < whole or any((r.report, r.sentence) in beside or is_apart(r) for r in counts):
        return 0
    if any(size_of(r.figure) == whole - dead and not _PART_BEHIND.match(r.back) for r in hurt):
        return dead
    rest = max((size_of(r.figure) for r in hurt if is_apart(r)), default=0)
    if rest and 0 < whole - rest <= dead:
        return whole - rest
    return min(dead, sum(size_of(r.figure) for r in killed if was_counted_before(r)))


def measure_of(row: Statement) -> str:
    """Give the measure to which a figure adds; `struck` for dead and wounded together."""
    measure = row.line[0]
    if measure in HARM and is_single(row) and is_told_dead(row):
        return "killed"
    unsaid = measure == "killed" and not tells_of_death(row)
    if unsaid or (measure in (*HARM, "affected") and fate_is_open(row)):
        return "wounded" if is_single(row) or is_apart(row) else "struck"
    return measure


def has_died(row: Statement, dead: Sequence[Person]) -> bool:
    """Tell whether a single wounded person is one of the dead: by name or age, or for want of any other."""
    if not is_single(row):
        return False
    person = person_in(row)
    return any(person.is_likely(other, unknown=may_have_died(row)) for other in dead)


def report_toll(rows: Sequence[Statement]) -> int | None:
    """Sum up what one report states in one measure; None where it states nothing that counts."""
    current = sorted(_up_to_date(rows), key=lambda r: r.place)
    if not current:
        return None
    singles = [r for r in current if is_single(r)]
    persons = max(len(distinct_persons(singles)), _nth_of(singles))
    return max([*sums(current), persons])


def _nth_of(singles: Sequence[Statement]) -> int:
    """Give the greatest ordinal by which a person is told ("a fifth victim"): so many there are."""
    return max((ordinal_of(r) for r in singles), default=0)


def sums(rows: Sequence[Statement]) -> list[int]:
    """Give the counts of rows in text order, and the sums of those that stand side by side."""
    return [size_of(r.figure) for r in rows] + [_sum_of(chain) for chain in _side_by_side(rows)]


def is_single(row: Statement) -> bool:
    """Tell whether a figure counts one person, or at least one."""
    return row.low == 1 and row.high in (1, None)


def _sum_of(chain: Sequence[Statement]) -> int:
    """Add counts that stand side by side, unless the first is the whole of those that follow it."""
    first, rest = chain[0], chain[1:]
    of_all = first.line[1] in _ALL or any(r.line[1] == first.line[1] for r in rest)
    if of_all and len(rest) > 1 and " and " not in _between(first, rest[0]):
        parts = _sum_of(rest)
        if size_of(first.figure) >= parts:
            return size_of(first.figure)
    singles = [r for r in chain if is_single(r)]
    return sum(size_of(r.figure) for r in chain if not is_single(r)) + len(distinct_persons(singles))


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
    if _PART_BEHIND.match(second.back):
        return False
    return len(between) <= _REACH and bool(_JOINED.search(between)) and not _INSIDE.search(between)


def _up_to_date(rows: Iterable[Statement]) -> list[Statement]:
    """Leave out the older tolls that a report recalls beside newer ones of the same line."""
    lines: Mapping[object, list[Statement]] = defaultdict(list)
    for row in rows:
        lines[row.line].append(row)
    out = []
    for own in lines.values():
        newest = max(r.said or "" for r in own)
        told = [r for r in own if (r.said or "") == newest or r.line[0] in HARM]  # the dead only grow more
        current = [r for r in told if not earlier(r)]
        out += current or own
    return out
