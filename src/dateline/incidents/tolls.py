"""The toll of a whole incident: what each report's figures come to, and which of these is best.

Each report is summed up alone (`adding.py`), its headline too (`headlines.py`).
The dead and the wounded are chosen together by weighing all of it
(`choosing.py`); of every other measure what most of the latest reports say holds.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dateline.incidents.adding import (
    HARM,
    counting,
    harm_of,
    has_died,
    is_single,
    measure_of,
    report_toll,
    report_tolls,
    struck_among,
    sums,
)
from dateline.incidents.choosing import Evidence, Telling, choose
from dateline.incidents.fates import is_part, is_recalled, is_told_hurt, ordinal_of
from dateline.incidents.headlines import OPENING, rounds_up
from dateline.incidents.ledger import CONTEST_DAYS
from dateline.incidents.persons import Person, distinct_persons
from dateline.incidents.statements import Statement, size_of
from dateline.record import LedgerLine, Total

__all__ = ["evidence_of", "totals_of"]

FEWEST = 3  # last reports that choose between tolls: one that says less may tell of some only
Tolls = dict[str, list[tuple[str, int]]]
Whole = Mapping[str, Sequence[float]]  # of a report: by measure how likely each number is


def totals_of(
    statements: Sequence[Statement],
    lines: Sequence[LedgerLine],
    fatal: Collection[str] = (),
    told: Sequence[Statement] = (),
    heads: Sequence[Statement] = (),
    wholes: Sequence[Whole] = (),
) -> dict[str, Total]:
    """Give the toll of the whole incident in each measure that any report states.

    `statements` in order of saying, marked; `lines` the ledger made of them;
    `fatal` are the reports (ids) that tell of a killing or a death. `told` are
    the single persons whom events tell of: they fill in where a report has no
    figure of a measure, or only that no one else was hurt. `heads` are the
    counts of headlines, `wholes` what reports as a whole tell of.
    """
    evidence, tolls = _gathered(statements, fatal, told, heads, wholes)
    pair, _ = choose(evidence)
    chosen = dict(zip(HARM, pair, strict=True))
    out = {}
    for measure in sorted({*tolls, *(m for m in HARM if chosen[m])}):
        own = tolls.get(measure, [])
        best, rule = _best(own) if own else (0, "")
        if measure in HARM and chosen[measure] != best:
            best, rule = chosen[measure], _reasons(measure, pair, evidence)
        out[measure] = _total(measure, best, rule or _reasons(measure, pair, evidence), own, lines)
    return out


def evidence_of(
    statements: Sequence[Statement],
    fatal: Collection[str] = (),
    told: Sequence[Statement] = (),
    heads: Sequence[Statement] = (),
    wholes: Sequence[Whole] = (),
) -> Evidence:
    """Gather what the reports say of the dead and the wounded; arguments as of `totals_of`."""
    return _gathered(statements, fatal, told, heads, wholes)[0]


def _gathered(
    statements: Sequence[Statement],
    fatal: Collection[str],
    told: Sequence[Statement],
    heads: Sequence[Statement],
    wholes: Sequence[Whole],
) -> tuple[Evidence, Tolls]:
    owned = _owned(statements, fatal, told, heads)
    singles = [r for own in owned.values() for r in own.rows if is_single(r)]
    singles += [r for own in owned.values() for r in own.head if r.high == r.low == 1]
    dead = distinct_persons([r for r in singles if measure_of(r) == "killed"])
    tellings, tolls = [], defaultdict(list)
    for own in owned.values():
        telling, toll = _telling(own, dead)
        tellings.append(telling)
        for measure, size in toll.items():
            tolls[measure].append((telling.day, size))
    return replace(_evidence(tellings, tolls, singles, dead), wholes=wholes), tolls


def _evidence(
    tellings: Sequence[Telling], tolls: Tolls, singles: Sequence[Statement], dead: Sequence[Person]
) -> Evidence:
    hurt = [r for r in singles if measure_of(r) == "wounded" and not has_died(r, dead)]
    sure = len(distinct_persons([r for r in hurt if is_told_hurt(r)]))
    return Evidence(
        tellings=_latest_marked(tellings),
        rule={m: _best(tolls[m])[0] for m in HARM if m in tolls},
        persons={"killed": len(dead), "wounded": len(distinct_persons(hurt))},
        sure=sure,
        people=max(len(dead) + sure, len(distinct_persons([r for r in singles if harm_of(r) in HARM]))),
    )


def _owned(
    statements: Sequence[Statement],
    fatal: Collection[str],
    told: Sequence[Statement],
    heads: Sequence[Statement],
) -> dict[str, _Own]:
    """Give what each report states, reports that only their headline or their words speak for last."""
    many = _grouped(r for r in counting(told) if size_of(r.figure) > 1 and not is_part(r))
    persons = _grouped(r for r in counting(told) if size_of(r.figure) == 1)
    rows = _by_report(statements, [r for own in persons.values() for r in own])
    counts = counting(heads)
    titles = _grouped(r for r in counts if r.place[0] < 0)
    words = _grouped(r for r in counts if r.place[0] >= 0)
    return {
        report: _Own(
            rows[report], titles[report], words[report], persons[report], many[report], fatal=report in fatal
        )
        for report in dict.fromkeys((*rows, *titles, *words))
    }


def _grouped(rows: Iterable[Statement]) -> dict[str, list[Statement]]:
    out: dict[str, list[Statement]] = defaultdict(list)
    for row in rows:
        out[row.report].append(row)
    return out


def _by_report(statements: Sequence[Statement], told: Sequence[Statement]) -> dict[str, list[Statement]]:
    out = _grouped(counting(statements))
    counted = {(r.report, harm_of(r)) for rows in out.values() for r in rows if size_of(r.figure)}
    for row in told:
        if (row.report, harm_of(row)) not in counted:
            out[row.report].append(row)
    return out


@dataclass(frozen=True, slots=True)
class _Own:
    """What one report states: its rows, its headline's, its words', persons, and "triple shootings"."""

    rows: Sequence[Statement]
    head: Sequence[Statement]
    words: Sequence[Statement]
    told: Sequence[Statement]
    many: Sequence[Statement]
    fatal: bool


def _telling(own: _Own, dead: Sequence[Person]) -> tuple[Telling, dict[str, int]]:
    """Sum up one report in all ways; give its toll in every measure by the rules, too."""
    rows, head, fatal = own.rows, own.head, own.fatal
    early = [r for r in rows if r.place[1] < OPENING]
    opening = [r for r in own.words if r.place[1] < OPENING]
    if not rows and all(is_single(r) for r in opening):
        opening = []  # of a single person words alone are too little
    every = _all_told(rows, own.told, opening)
    known: dict[object, dict[str, int]] = {}

    def summed(
        rows: Sequence[Statement], dead: Sequence[Person] = dead, *, fatal: bool = False, each: bool = False
    ) -> dict[str, int]:
        key = tuple(map(id, rows)), bool(dead), fatal, each  # several ways are often the same
        if key not in known:
            known[key] = report_tolls(rows, dead, fatal=fatal, each=each)
        return known[key]

    toll = summed(rows, fatal=fatal) if rows else {}
    headed = summed(head)
    first = (*rows, *head, *own.words)[0]
    return Telling(
        day=first.published or "9999",
        body=_harm(toll),
        apart=_harm(summed(rows, ())),
        each=_harm(summed(rows, each=True)),
        told=_harm(summed(every, each=True)),
        raw=_raw(rows),
        head=_harm(headed),
        counts={
            m: frozenset(s for r in (*rows, *own.words) if harm_of(r) == m and (s := size_of(r.figure)) > 1)
            for m in HARM
        },
        first=_first(rows),
        words=_harm(summed(opening, fatal=fatal, each=True)),
        early=_harm(summed(early, fatal=fatal, each=True)),
        early_struck=bool(_struck(early) or any(r.place[1] < OPENING for r in own.many)),
        pairs=_pairs(rows) | _pairs(head),
        parts=_parts(rows, head),
        none=frozenset(r.line[0] for r in rows if size_of(r.figure) == 0),
        struck=_struck(rows) or frozenset(size_of(r.figure) for r in own.many),
        head_struck=_struck(head),
        least=any(
            r.high is None and size_of(r.figure) == headed.get("killed")
            for r in head
            if measure_of(r) == "killed"
        ),
        rounds_up=any(is_recalled(r) or rounds_up(r.sentence) for r in head),
        fatal=fatal,
    ), toll


def _all_told(*tellings: Sequence[Statement]) -> list[Statement]:
    """Join statements of one report; of those that overlap the first stays."""
    out: list[Statement] = []
    for row in (r for rows in tellings for r in rows):
        span = row.figure.span
        if all(span.end <= o.figure.span.start or o.figure.span.end <= span.start for o in out):
            out.append(row)
    return out


def _harm(toll: dict[str, int]) -> dict[str, int]:
    return {m: toll[m] for m in HARM if m in toll}


def _raw(rows: Sequence[Statement]) -> dict[str, int]:
    """Sum up by the measures that the record has, whatever the sentence says."""
    tolls = {m: report_toll([r for r in rows if r.line[0] == m]) for m in HARM}
    return {m: toll for m, toll in tolls.items() if toll is not None}


def _first(rows: Sequence[Statement]) -> dict[str, int]:
    """Give the first figure of each measure, in text order."""
    out: dict[str, int] = {}
    for row in sorted(rows, key=lambda r: r.place):
        if measure_of(row) in HARM and size_of(row.figure):
            out.setdefault(measure_of(row), size_of(row.figure))
    return out


def _pairs(rows: Sequence[Statement]) -> frozenset[tuple[int, int]]:
    """Give the dead and wounded of each sentence that has both, each summed up alone."""
    by_sentence: dict[str, list[Statement]] = defaultdict(list)
    for row in rows:
        by_sentence[row.sentence].append(row)
    tolls = [
        [report_toll([r for r in own if measure_of(r) == m]) for m in HARM] for own in by_sentence.values()
    ]
    return frozenset((dead, hurt) for dead, hurt in tolls if dead and hurt)


def _parts(*tellings: Sequence[Statement]) -> frozenset[int]:
    """Give the numbers of wounded that are told of some of them alone, never as a whole."""
    counts = [(size_of(r.figure), is_part(r)) for rows in tellings for r in rows if harm_of(r) == "wounded"]
    return frozenset(n for n, part in counts if n > 1 and part) - {n for n, part in counts if not part}


def _struck(rows: Sequence[Statement]) -> frozenset[int]:
    """Give the counts of those shot or struck; one below the hurt of its report tells of a part."""
    struck = struck_among(rows)
    hurt = [r for r in rows if measure_of(r) == "wounded" and all(r is not s for s in struck)]
    least = max([1, *map(ordinal_of, hurt), *(size_of(r.figure) for r in hurt)])
    return frozenset(size for size in sums(struck) if size >= least)


def _latest_marked(tellings: Sequence[Telling]) -> list[Telling]:
    days = [t.day for t in tellings if t.body]
    last = max(days, default="9999")
    return [replace(t, last=_near(t.day, last)) for t in tellings]


def _reasons(measure: str, pair: tuple[int, int], evidence: Evidence) -> str:
    """Say what a choice rests on that the rules alone would not have made."""
    value = pair[HARM.index(measure)]
    tellings = evidence.tellings
    ways = {
        "headline": sum(t.head.get(measure) == value for t in tellings),
        "text": sum(t.body.get(measure) == value for t in tellings),
        "text whose hurt are none of the dead": sum(
            t.apart.get(measure) == value != t.body.get(measure) for t in tellings
        ),
        "count of all who were shot or struck": sum(
            sum(pair) in (*t.struck, *t.head_struck) for t in tellings
        ),
        "report read as a whole": sum(
            value == max(range(len(n)), key=n.__getitem__) for n in (w[measure] for w in evidence.wholes)
        ),
    }
    told = [f"{number} {_of_many(name, number)}" for name, number in ways.items() if number]
    if value == 0:
        return "none: who is told as such is counted among the others, or is hardly meant"
    given = f"{', '.join(told)} of {len(tellings)} {_of_many('report', len(tellings))}"
    return f"weighed: {given if told else 'the persons told of'} come to it"


def _of_many(name: str, number: int) -> str:
    """Put the first word of a name in the plural, but for one."""
    first, _, rest = name.partition(" ")
    return name if number == 1 else f"{first}s {rest}".rstrip()


def _total(
    measure: str, best: int, rule: str, tolls: Sequence[tuple[str, int]], lines: Sequence[LedgerLine]
) -> Total:
    own_lines = tuple(n for n, line in enumerate(lines) if line.measure == measure)
    whole = [b for n in own_lines if lines[n].nationality is None and (b := lines[n].highest) is not None]
    sums = [best, *(t for _, t in tolls)]
    return Total(lowest=min(sums), best=best, highest=max([*sums, *whole]), rule=rule, lines=own_lines)


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
    if len(near) == 1:
        return best, "as the latest report has it"
    return (
        best,
        f"as {counts[best]} of the {len(near)} latest reports have it, those of the last {CONTEST_DAYS} days"
        f" and of the last {FEWEST} that say no less",
    )


def _near(day: str, last: str) -> bool:
    if "9999" in (day, last):
        return day == last
    return (date.fromisoformat(last) - date.fromisoformat(day)).days <= CONTEST_DAYS
