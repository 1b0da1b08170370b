"""Measure how far two annotators who worked apart agree, by the scorer's measures.

    python -m training.agreement [FILE...]    (default: training/annotations/twice*.jsonl)

The second annotation is scored as if it were a record against the first.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from dateline.evaluation.gold import MEASURES, score
from dateline.evaluation.scores import Tally
from dateline.record import Argument, Claim, Event, Figure, Place, Record, Report, Source, Span, When
from training.annotate import text_of
from training.corpora import HERE

Row = dict[str, Any]


def _span(text: str, pair: list[int] | None) -> Span | None:
    return Span.of(text, *pair[:2]) if pair else None


def _json(span: Span | None) -> Row | None:
    return {"start": span.start, "end": span.end, "text": span.text} if span else None


def to_gold(row: Row) -> Row:
    """Give a kept annotation the shape of a gold row."""
    text = text_of(row["doc"])

    def cut(pair: list[int] | None) -> Row | None:
        return _json(_span(text, pair))

    events = [
        {**e, "trigger": cut(e["trigger"]), "where": cut(e["where"]),
         "when": e["when"] and {**e["when"], "span": cut(e["when"]["span"])},
         "arguments": [{"role": role, "span": cut([a, b])} for role, a, b in e["arguments"]]}
        for e in row["events"]
    ]  # fmt: skip
    figures = [{**f, "span": cut(f["span"]), "who": cut(f["who"])} for f in row["figures"]]
    claims = [
        {**c, "key": k, "cue": cut(c["cue"]), "source": cut(c["source"])} for k, c in row["claims"].items()
    ]
    return {"doc": row["doc"], "sha256": row["sha256"], "text": text, "events": events, "figures": figures,
            "claims": claims}  # fmt: skip


def _event(text: str, at: int, row: Row) -> tuple[Event, Place | None]:
    where = _span(text, row["where"])
    place = Place(id=f"p{at}", name=where.text, mentions=(where,)) if where else None
    when = row["when"] and When(
        span=_span(text, row["when"]["span"]), start=row["when"]["start"], end=row["when"]["end"]
    )
    return Event(
        id=f"e{at}", type=row["type"], happening=row["key"], trigger=Span.of(text, *row["trigger"]),
        status=row["status"], where=place.id if place else None, when=when,
        arguments=tuple(Argument(role=r, span=Span.of(text, a, b)) for r, a, b in row["arguments"]),
    ), place  # fmt: skip


def to_record(row: Row) -> Record:
    """Make a record of a kept annotation."""
    text = text_of(row["doc"])
    made = [_event(text, at, e) for at, e in enumerate(row["events"])]
    figures = tuple(
        Figure(id=f"f{at}", measure=f["measure"], span=Span.of(text, *f["span"]), low=f["low"], high=f["high"],
               approximate=f["approximate"], who=_span(text, f["who"]), group=f["group"], status=f["status"])
        for at, f in enumerate(row["figures"])
    )  # fmt: skip
    claims = []
    for key, c in row["claims"].items():
        about = [f"e{i}" for i, e in enumerate(row["events"]) if e["claim"] == key]
        about += [f"f{i}" for i, f in enumerate(row["figures"]) if f["claim"] == key]
        source = Span.of(text, *c["source"])
        claims.append(Claim(id=key, source=Source(span=source, name=source.text, kind=c["kind"]),
                            cue=_span(text, c["cue"]), content=source, about=tuple(about)))  # fmt: skip
    return Record(report=Report.of(text), places=tuple(p for _, p in made if p),
                  events=tuple(e for e, _ in made), figures=figures, claims=tuple(claims))  # fmt: skip


def _rows(paths: Iterable[Path]) -> Iterator[Row]:
    for path in paths:
        yield from map(json.loads, path.open(encoding="utf-8"))


def agreement(second: Sequence[Path]) -> tuple[int, Tally]:
    """Score the second annotation of each text against the first: (texts, tally)."""
    firsts = sorted(p for p in (HERE / "annotations").glob("*.jsonl") if not p.name.startswith("twice"))
    first = {row["doc"]: row for row in _rows(firsts)}
    rows = [row for row in _rows(second) if row["doc"] in first]
    return len(rows), score([to_gold(first[r["doc"]]) for r in rows], [to_record(r) for r in rows])


def main() -> None:
    """Print the table."""
    second = [Path(name) for name in sys.argv[1:]] or sorted((HERE / "annotations").glob("twice*.jsonl"))
    texts, tally = agreement(second)
    print(f"{texts} texts annotated twice")
    for measure in MEASURES:
        row = tally.rows[measure]
        print(f"{measure:12} {row.f1:.3f}  {row.right}/{row.found}/{row.gold}")


if __name__ == "__main__":
    main()
