"""A story: reports with the incidents, ledgers and postures that should come of them.

The folder holds `reports.jsonl` and `expected.json`. Incidents are paired with
those expected by the reports that they share. A claim of the ledger of the
greatest incident is right when its report, measure, low and high are;
single persons nobody expected and the claims of a reprint are passed over.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.errors import EvaluationError
from dateline.evaluation.benchmark import Read, Result, Step, ignore, json_lines
from dateline.evaluation.scores import pair_off
from dateline.incidents import Linked, link
from dateline.record import Incident, Posture, Record, Report

__all__ = ["evaluate", "measured"]

REPORTS, EXPECTED = "reports.jsonl", "expected.json"
_HINT = "give --data the story's reports.jsonl, with expected.json beside it"
_KNOWN = ("title", "publisher", "url", "published")
_POSTURE = ("mission", "staff", "advice", "area", "status", "since")
Quadruple = tuple[int, str, int | None, int | None]


@dataclass(frozen=True, slots=True)
class _Pair:
    """An expected incident and the one found for it, with the numbers of its reports."""

    wanted: Mapping[str, Any]
    found: Incident
    reports: frozenset[int]


def evaluate(path: Path, read: Read, *, limit: int | None = None, step: Step = ignore) -> Result:
    """Measure incidents, ledger and postures of one story; `limit` is of reports.

    Raises EvaluationError when a file is missing or not of this benchmark.
    """
    rows = json_lines(path, ("text",), _HINT)[:limit]
    try:
        expected = json.loads((path.parent / EXPECTED).read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        what = "the story's expected incidents can't be read"
        raise EvaluationError(what, where=str(path.parent / EXPECTED), hint=_HINT) from problem
    records = []
    for row in rows:
        records.append(read(Report.of(row["text"], language="en", **{k: row.get(k) for k in _KNOWN})))
        step()
    return measured(records, expected, link(records))


def measured(records: Sequence[Record], expected: Mapping[str, Any], linked: Linked) -> Result:
    """Count what of a story was found."""
    number = {r.report.id: n for n, r in enumerate(records)}
    pairs = _paired(linked.incidents, expected["incidents"], number)
    result = Result("Story", "reports", len(records), shares=frozenset(("apart", "one source")))
    right = sum(len(p.reports & set(p.wanted["reports"])) for p in pairs)
    wanted = sum(len(w["reports"]) for w in expected["incidents"])
    result.tally.count("incidents", len(pairs), len(pairs), len(expected["incidents"]))
    result.tally.count("reports", right, sum(len(p.reports) for p in pairs), wanted)
    _count_apart(result, expected, pairs)
    _count_one_source(result, expected, linked, number)
    _count_ledger(result, expected, pairs, number)
    _count_postures(result, expected, linked.postures, number)
    return result


def _paired(
    incidents: Sequence[Incident], wanted: Sequence[Mapping[str, Any]], number: Mapping[str, int]
) -> list[_Pair]:
    told = [(i, frozenset(number[r] for r in i.reports)) for i in incidents]
    pairs = pair_off(
        told, wanted,
        lambda f, w: bool(f[1] & set(w["reports"])),
        lambda f, w: len(f[1] & set(w["reports"])) / len(f[1] | set(w["reports"])),
    )  # fmt: skip
    return [_Pair(w, f[0], f[1]) for f, w in pairs]


def _count_apart(result: Result, expected: Mapping[str, Any], pairs: Sequence[_Pair]) -> None:
    """Count the reports that must not stand in an incident and don't."""
    of_key = {p.wanted["key"]: p.reports for p in pairs}
    for report, key, reason in expected["not_merged"]:
        if not reason.startswith("part:"):
            result.tally.count("apart", report not in of_key.get(key, frozenset()), 1, 1)


def _count_one_source(
    result: Result, expected: Mapping[str, Any], linked: Linked, number: Mapping[str, int]
) -> None:
    """Count the reprints whose claims are told as repeating those of their original."""
    repeated = {
        (number[c.report], number[other])
        for i in linked.incidents for line in i.ledger for c in line.claims
        for other in c.also if other in number
    }  # fmt: skip
    for original, reprint in expected["same_source"]:
        result.tally.count("one source", (original, reprint) in repeated, 1, 1)


def _count_ledger(
    result: Result, expected: Mapping[str, Any], pairs: Sequence[_Pair], number: Mapping[str, int]
) -> None:
    main = max(expected["incidents"], key=lambda w: len(w["reports"]))
    want: set[Quadruple] = {
        (c["report"], line["measure"], c["low"], c["high"]) for line in main["ledger"] for c in line["claims"]
    }
    reprints = {reprint for _, reprint in expected["same_source"]}
    have: set[Quadruple] = {
        (number[c.report], line.measure, c.low, c.high)
        for p in pairs if p.wanted is main for line in p.found.ledger for c in line.claims
    }  # fmt: skip
    have = {c for c in have if c[0] not in reprints and (c in want or c[2:] != (1, 1))}
    result.tally.count("ledger", len(want & have), len(have), len(want))
    result.tally.errors += [f"missed claim {c}" for c in sorted(want - have, key=str)]
    result.tally.errors += [f"spurious claim {c}" for c in sorted(have - want, key=str)]


def _count_postures(
    result: Result, expected: Mapping[str, Any], found: Sequence[Posture], number: Mapping[str, int]
) -> None:
    """Count postures that have every state, and the states each for itself."""
    wanted = {(w["sender"], w["host"]): w for w in expected["postures"]}
    have = {(p.sender, p.host): p for p in found}
    for key in sorted({*wanted, *have}):
        states = _states(have[key], number) if key in have else {}
        want = {name: wanted[key].get(name) for name in _POSTURE} if key in wanted else {}
        result.tally.count("postures", bool(want) and states == want, key in have, key in wanted)
        right = sum(states.get(name) == value for name, value in want.items()) if states else 0
        result.tally.count("posture states", right, len(states), len(want))
        if states != want:
            result.tally.errors.append(f"posture {key}: {states}, not {want}")


def _states(posture: Posture, number: Mapping[str, int]) -> dict[str, Any]:
    return {name: getattr(posture, name) for name in _POSTURE}
