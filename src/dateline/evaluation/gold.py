"""Score records against reports annotated by the codebook.

Measures, each as precision, recall and F1 over all texts: `trigger` (overlap),
`event` (and its type), `status`, `same` (pairs of one happening), `role`,
`where`, `when`, `figure` (measure and both bounds), `who`, `group`,
`attribution` (source and cue), `kind`, `said-by` (rightly found and tied to
its source) and `FACT`, the figure of merit: events with type and status and
figures with measure and bounds that are tied to the right source.

Two phrases are the same when they share half of their union or when the last
word of one lies inside the other.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from dateline.errors import EvaluationError
from dateline.evaluation.scores import Tally, pair_off
from dateline.record import Claim, Event, Figure, Place, Record, Report, Span

__all__ = ["MEASURES", "read_gold", "score"]

MEASURES = "trigger event status same role where when figure who group attribution kind said-by FACT".split()
Gold = dict[str, Any]
_TOKEN = re.compile(r"\w[\w'’.-]*")


def read_gold(path: Path) -> list[Gold]:
    """Read annotated texts, one JSON object a line.

    Raises EvaluationError when the file is missing or a line is none.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as problem:
        what = "the gold file can't be opened"
        raise EvaluationError(what, where=str(path), hint="give --data an annotated .jsonl") from problem
    out = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            _ = row["text"], row["events"], row["figures"], row["claims"], row["sha256"]
        except (ValueError, KeyError, TypeError) as problem:
            what = "not an annotated text"
            raise EvaluationError(what, where=f"{path}:{number}", hint="see docs/accuracy.md") from problem
        out.append(row)
    return out


def to_report(row: Gold) -> Report:
    """Make the report that a gold row annotates."""
    return Report.of(row["text"], published=row.get("published"), title=row.get("title"), language="en")


def _gold_span(row: Gold | None) -> Span | None:
    return Span(row["start"], row["end"], row["text"]) if row else None


def shared(a: Span, b: Span) -> int:
    """Count the code points that two spans share."""
    return max(0, min(a.end, b.end) - max(a.start, b.start))


def _head_inside(a: Span, b: Span) -> bool:
    found = list(_TOKEN.finditer(a.text))
    if not found:
        return False
    return b.start <= a.start + found[-1].start() and a.start + found[-1].end() <= b.end


def same_phrase(a: Span | None, b: Span | None) -> bool:
    """Tell whether two phrases are the same by the module's rule; two absent ones are."""
    if a is None or b is None:
        return a is b
    common = shared(a, b)
    if not common:
        return False
    union = max(a.end, b.end) - min(a.start, b.start)
    return 2 * common >= union or _head_inside(a, b) or _head_inside(b, a)


@dataclass(slots=True)
class _Sources:
    """Who says each event and figure: found in a record and told by the gold."""

    found: dict[str, Span | None]
    gold: dict[str, Span | None]

    def right(self, key: str, row: Gold) -> bool:
        return same_phrase(self.found.get(key), self.gold.get(row["claim"]))


def _found_sources(claims: Iterable[Claim]) -> dict[str, Span | None]:
    out: dict[str, Span | None] = {}
    for claim in claims:
        span = claim.source.span if claim.source.kind != "report" else None
        for key in claim.about:
            if span is not None or key not in out:
                out[key] = span
    return out


def _at(row: Gold, key: str) -> Span:
    span = _gold_span(row[key])
    assert span is not None
    return span


def _same_pairs(rows: Sequence[Any], key: Callable[[Any], str | None]) -> list[tuple[Any, Any]]:
    return [(a, b) for a, b in combinations(rows, 2) if key(a) and key(a) == key(b)]


def _place_right(place: Place | None, row: Gold) -> bool:
    wanted = _gold_span(row["where"])
    if wanted is None or place is None:
        return False
    name = wanted.text.casefold()
    spoken = {m.text.casefold() for m in place.mentions} | {place.name.casefold()}
    return name in spoken or any(same_phrase(m, wanted) for m in place.mentions)


def _day(value: str | None) -> str | None:
    return value[:10] if value else None


def _time_right(event: Event, row: Gold) -> bool:
    told = row["when"]
    if not told or not told["start"]:
        return False
    start, end = (_day(event.when.start), _day(event.when.end)) if event.when else (None, None)
    return start == _day(told["start"]) and end == _day(told["end"])


class _Scorer:
    """Scores one text into a tally."""

    def __init__(self, row: Gold, record: Record | None, tally: Tally) -> None:
        self.row, self.tally = row, tally
        self.events: Sequence[Event] = record.events if record else ()
        self.figures: Sequence[Figure] = record.figures if record else ()
        claims: Sequence[Claim] = record.claims if record else ()
        self.claims = [c for c in claims if c.source.kind != "report" and c.source.span]
        self.places = {p.id: p for p in record.places} if record else {}
        self.sources = _Sources(
            _found_sources(claims), {c["key"]: _gold_span(c["source"]) for c in row["claims"]}
        )

    def run(self) -> None:
        typed = self._triggers()
        counted = self._figures()
        self._happenings(typed)
        self._details(typed)
        self._claims()
        self._facts(typed, counted)
        self._errors(typed, counted)

    def _outcome(self, kind: str, rows: Iterable[tuple[float, bool]]) -> None:
        self.tally.outcomes.setdefault(kind, []).extend(rows)

    def _triggers(self) -> list[tuple[Event, Gold]]:
        gold = self.row["events"]

        def weight(f: Event, g: Gold) -> int:
            return shared(f.trigger, _at(g, "trigger"))

        spotted = pair_off(self.events, gold, lambda f, g: weight(f, g) > 0, weight)
        typed = pair_off(self.events, gold, lambda f, g: f.type == g["type"] and weight(f, g) > 0, weight)
        sizes = {"found": len(self.events), "gold": len(gold)}
        self.tally.count("trigger", len(spotted), **sizes)
        self.tally.count("event", len(typed), **sizes)
        self.tally.count("status", sum(f.status == g["status"] for f, g in typed), **sizes)
        right = {f.id for f, _ in typed}
        self._outcome("event", ((e.confidence, e.id in right) for e in self.events))
        return typed

    def _figures(self) -> list[tuple[Figure, Gold]]:
        gold = self.row["figures"]

        def weight(f: Figure, g: Gold) -> int:
            return shared(f.span, _at(g, "span"))

        counted = pair_off(
            self.figures,
            gold,
            lambda f, g: (
                weight(f, g) > 0 and (f.measure, f.low, f.high) == (g["measure"], g["low"], g["high"])
            ),
            weight,
        )
        sizes = {"found": len(self.figures), "gold": len(gold)}
        self.tally.count("figure", len(counted), **sizes)
        self.tally.count("who", sum(same_phrase(f.who, _gold_span(g["who"])) for f, g in counted), **sizes)
        self.tally.count("group", sum(f.group == g["group"] for f, g in counted), **sizes)
        right = {f.id for f, _ in counted}
        self._outcome("figure", ((f.confidence, f.id in right) for f in self.figures))
        return counted

    def _happenings(self, typed: list[tuple[Event, Gold]]) -> None:
        key_of = {f.id: g["key"] for f, g in typed}
        found = _same_pairs(self.events, lambda e: e.happening)
        right = sum(
            a.id in key_of and b.id in key_of and key_of[a.id] is not None and key_of[a.id] == key_of[b.id]
            for a, b in found
        )
        gold = _same_pairs(self.row["events"], lambda e: e["key"])
        self.tally.count("same", right, len(found), len(gold))

    def _details(self, typed: list[tuple[Event, Gold]]) -> None:
        gold_of = {f.id: g for f, g in typed}
        for event in self.events:
            row = gold_of.get(event.id)
            right = pair_off(
                event.arguments,
                row["arguments"] if row else [],
                lambda f, g: f.role == g["role"] and same_phrase(f.span, _gold_span(g["span"])),
                lambda f, g: shared(f.span, _at(g, "span")),
            )
            self.tally.count("role", len(right), len(event.arguments))
            hit = {id(f) for f, _ in right}
            self._outcome("argument", ((a.confidence, id(a) in hit) for a in event.arguments))
            place = self.places.get(event.where or "")
            self.tally.count("where", bool(row and _place_right(place, row)), event.where is not None)
            told = event.when is not None and event.when.start is not None
            self.tally.count("when", bool(row and _time_right(event, row)), told)
        for row in self.row["events"]:
            self.tally.count("role", gold=len(row["arguments"]))
            self.tally.count("where", gold=row["where"] is not None)
            self.tally.count("when", gold=bool(row["when"] and row["when"]["start"]))

    def _claims(self) -> None:
        gold = [c for c in self.row["claims"] if c["source"] is not None]

        def fits(f: Claim, g: Gold) -> bool:
            cue = _gold_span(g["cue"])
            if not same_phrase(f.source.span, _gold_span(g["source"])):
                return False
            return cue is None or (f.cue is not None and shared(f.cue, cue) > 0)

        def weight(f: Claim, g: Gold) -> int:
            cue = _gold_span(g["cue"])
            return shared(f.cue, cue) if f.cue and cue else 1

        said = pair_off(self.claims, gold, fits, weight)
        sizes = {"found": len(self.claims), "gold": len(gold)}
        self.tally.count("attribution", len(said), **sizes)
        self.tally.count("kind", sum(f.source.kind == g["kind"] for f, g in said), **sizes)
        right = {f.id for f, _ in said}
        self._outcome("claim", ((c.confidence, c.id in right) for c in self.claims))

    def _facts(self, typed: list[tuple[Event, Gold]], counted: list[tuple[Figure, Gold]]) -> None:
        sizes = {
            "found": len(self.events) + len(self.figures),
            "gold": len(self.row["events"]) + len(self.row["figures"]),
        }
        tied = [(f, g) for f, g in typed if self.sources.right(f.id, g)]
        told = sum(self.sources.right(f.id, g) for f, g in counted)
        self.tally.count("said-by", len(tied) + told, **sizes)
        self.tally.count("FACT", sum(f.status == g["status"] for f, g in tied) + told, **sizes)

    def _errors(self, typed: list[tuple[Event, Gold]], counted: list[tuple[Figure, Gold]]) -> None:
        name = self.row.get("doc", self.row["sha256"][:8])
        hit = {id(g) for _, g in typed} | {id(g) for _, g in counted}
        kept = {f.id for f, _ in typed} | {f.id for f, _ in counted}
        add = self.tally.errors.append
        for row in self.row["events"]:
            if id(row) not in hit:
                add(f"{name}: missed {row['type']} {row['trigger']['text']!r}")
        for row in self.row["figures"]:
            if id(row) not in hit:
                add(f"{name}: missed {row['measure']} {row['span']['text']!r}")
        for event in self.events:
            if event.id not in kept:
                add(f"{name}: spurious {event.type} {event.trigger.text!r}")
        for figure in self.figures:
            if figure.id not in kept:
                add(f"{name}: spurious {figure.measure} {figure.span.text!r} {figure.low}..{figure.high}")


def score(gold: Iterable[Gold], records: Iterable[Record]) -> Tally:
    """Score records against gold texts, paired by digest; a text without a record is missed in full."""
    by_id = {r.report.id.removeprefix("sha256:"): r for r in records}
    tally = Tally()
    for measure in MEASURES:
        tally.count(measure)
    for row in gold:
        record = by_id.get(row["sha256"])
        if record is None:
            tally.errors.append(f"{row.get('doc', row['sha256'][:8])}: no record")
        _Scorer(row, record, tally).run()
    return tally
