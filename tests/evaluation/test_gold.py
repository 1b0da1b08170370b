"""The gold scorer: counts on a case made by hand, and agreement with the reference scorer."""

from __future__ import annotations

import importlib.util
import json
import random
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from dateline.errors import EvaluationError
from dateline.evaluation.gold import MEASURES, read_gold, same_phrase, score, to_report
from dateline.reading.reader import Reader
from dateline.record import Argument, Claim, Event, Figure, Place, Record, Report, Source, Span, When
from tests.builders import TEXT, sample, span

Row = dict[str, Any]


def _at(words: str) -> Row:
    found = span(words)
    return {"start": found.start, "end": found.end, "text": found.text}


def _event(kind: str, trigger: str, key: str | None, claim: str, **more: Any) -> Row:
    row: Row = {"key": key, "type": kind, "trigger": _at(trigger), "claim": claim, "status": "happened"}
    row.update(arguments=[], where=None, when=None)
    return {**row, **more}


def _figure(words: str, number: int, who: str, claim: str, group: str = "unspecified") -> Row:
    row: Row = {"measure": "killed", "span": _at(words), "low": number, "high": number}
    return {**row, "who": _at(who), "group": group, "claim": claim}


def _gold() -> Row:
    """What is really said in `TEXT`; `sample` misses some of it and gets some of it wrong."""
    target = {"role": "target", "span": _at("Five people")}
    return {
        "doc": "hand-made",
        "sha256": Report.of(TEXT).id.removeprefix("sha256:"),
        "text": TEXT,
        "events": [
            _event("killing", "killed", "E1", "c1", arguments=[target], where=_at("GAO"),
                   when={"span": _at("Monday"), "start": "2013-01-21", "end": "2013-01-21"}),
            _event("bombing", "bombing", "E1", "c1", where=_at("GAO"), arguments=[target]),
            _event("restriction", "closed", "E2", "report", status="ongoing",
                   arguments=[{"role": "agent", "span": _at("Troops")}]),
            _event("death", "bodies", None, "c2"),
        ],
        "figures": [
            _figure("Five", 5, "Five people", "c1", group="civilian"),
            _figure("Seven", 7, "Seven bodies", "c2"),
        ],
        "claims": [
            {"key": "c1", "source": _at("police"), "kind": "institution", "cue": _at("said")},
            {"key": "c2", "source": _at("a doctor"), "kind": "expert", "cue": _at("told")},
            {"key": "report", "source": None, "kind": "report", "cue": None},
        ],
    }  # fmt: skip


COUNTS = {  # right, found, gold
    "trigger": (3, 3, 4),
    "event": (3, 3, 4),
    "status": (2, 3, 4),
    "same": (1, 1, 1),
    "role": (2, 2, 3),
    "where": (1, 1, 2),
    "when": (1, 1, 1),
    "figure": (2, 2, 2),
    "who": (2, 2, 2),
    "group": (1, 2, 2),
    "attribution": (2, 2, 2),
    "kind": (1, 2, 2),
    "said-by": (5, 5, 6),
    "FACT": (4, 5, 6),
}


@pytest.mark.parametrize("measure", MEASURES)
def test_counts_of_a_case_made_by_hand(measure: str) -> None:
    """Each measure counts what the case was made to have."""
    row = score([_gold()], [sample()]).rows[measure]
    assert (row.right, row.found, row.gold) == COUNTS[measure]


def test_figures_of_merit_come_of_the_counts() -> None:
    """Precision, recall and F1 are those of the counts."""
    row = score([_gold()], [sample()]).rows["FACT"]
    assert (row.precision, row.recall) == (4 / 5, 4 / 6)
    assert row.f1 == pytest.approx(2 * 4 / (5 + 6))


def test_text_without_a_record_is_missed_in_full() -> None:
    """A gold text that was not read counts against recall, and is named."""
    tally = score([_gold()], [])
    assert {m: (r.right, r.found) for m, r in tally.rows.items()} == dict.fromkeys(MEASURES, (0, 0))
    assert tally.rows["FACT"].gold == 6
    assert "hand-made: no record" in tally.errors


def test_a_fact_said_by_another_is_no_fact() -> None:
    """A right event tied to the wrong source counts as an event and not as a FACT."""
    row = _gold()
    row["figures"][0]["claim"] = "c2"
    tally = score([row], [sample()])
    assert tally.rows["figure"].right == COUNTS["figure"][0]
    assert tally.rows["FACT"].right == COUNTS["FACT"][0] - 1


def test_errors_tell_what_was_missed() -> None:
    """The list of errors names the measure, the text and the words."""
    assert "hand-made: missed death 'bodies'" in score([_gold()], [sample()]).errors


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        (None, None, True),
        (Span(0, 4, "abcd"), None, False),
        (Span(0, 10, "the police"), Span(4, 10, "police"), True),
        (Span(0, 4, "abcd"), Span(4, 8, "efgh"), False),
        (Span(0, 19, "a spokesman for him"), Span(2, 11, "spokesman"), True),
        (Span(0, 19, "a spokesman for him"), Span(12, 19, "for him"), True),
        (Span(0, 19, "a spokesman for him"), Span(17, 30, "im that night"), False),
    ],
)
def test_same_phrase(a: Span | None, b: Span | None, same: bool) -> None:
    """Phrases are the same by half of their union or by the last word of either."""
    assert same_phrase(a, b) is same


@pytest.mark.parametrize("line", ["{", "[]", '{"text": "a"}', '{"text": "a", "events": []}'])
def test_gold_line_that_is_none_is_named(tmp_path: Path, line: str) -> None:
    """A line that is no annotated text is an error with file and line."""
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(_gold()) + "\n" + line + "\n", encoding="utf-8")
    with pytest.raises(EvaluationError, match=r"gold\.jsonl:2"):
        read_gold(path)


def test_gold_file_that_is_missing_is_named(tmp_path: Path) -> None:
    """A missing file is an error of ours that names it."""
    with pytest.raises(EvaluationError, match=r"none\.jsonl"):
        read_gold(tmp_path / "none.jsonl")


def _reference(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("reference_score", shared / "gold" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _assert_agree(shared: Path, rows: list[Row], records: list[Record]) -> None:
    theirs = _reference(shared).score(rows, [json.loads(r.to_json()) for r in records])
    ours = score(rows, records)
    for measure in MEASURES:
        row = ours.rows[measure]
        wanted = theirs.row(measure)
        got = {"right": row.right, "found": row.found, "gold": row.gold}
        assert got == {name: wanted[name] for name in got}, measure
        assert row.f1 == pytest.approx(wanted["f1"])
    assert ours.errors == theirs.errors


def _span(row: Row | None) -> Span | None:
    return Span(row["start"], row["end"], row["text"]) if row else None


class _Blunderer:
    """Makes a record of a gold row with faults of every kind in it."""

    def __init__(self, row: Row, seed: int) -> None:
        self.row, self.chance = row, random.Random(seed)

    def _slips(self, share: float = 0.15) -> bool:
        return self.chance.random() < share

    def _shift(self, row: Row) -> Span:
        by = self.chance.choice([-9, -3, 2, 7]) if self._slips() else 0
        size = len(self.row["text"])
        start, end = (min(max(0, row[key] + by), size) for key in ("start", "end"))
        return Span.of(self.row["text"], start, end)

    def record(self) -> Record:
        events = [self._event(i, e) for i, e in enumerate(self.row["events"]) if not self._slips()]
        figures = [self._figure(i, f) for i, f in enumerate(self.row["figures"]) if not self._slips()]
        return Record(
            report=Report.of(self.row["text"]),
            places=tuple(self._places()),
            events=tuple(events),
            figures=tuple(figures),
            claims=tuple(self._claims({e.id for e in events} | {f.id for f in figures})),
        )

    def _places(self) -> list[Place]:
        named = [(i, e["where"]) for i, e in enumerate(self.row["events"]) if e["where"]]
        return [Place(id=f"p{i}", name=w["text"], mentions=(self._shift(w),)) for i, w in named]

    def _event(self, number: int, row: Row) -> Event:
        told = tuple(Argument(role=a["role"], span=self._shift(a["span"])) for a in row["arguments"])
        when = row["when"]
        return Event(
            id=f"e{number}",
            type="battle" if self._slips() else row["type"],
            happening=row["key"] or f"none{number}",
            trigger=self._shift(row["trigger"]),
            status="denied" if self._slips() else row["status"],
            where=f"p{number}" if row["where"] else None,
            when=When(start=when["start"], end=when["start"] if self._slips() else when["end"])
            if when
            else None,
            arguments=told,
        )

    def _figure(self, number: int, row: Row) -> Figure:
        return Figure(
            id=f"f{number}",
            measure=row["measure"],
            span=self._shift(row["span"]),
            low=None if self._slips() else row["low"],
            high=row["high"],
            who=_span(row["who"]),
            group="civilian" if self._slips() else row["group"],
        )

    def _claims(self, kept: set[str]) -> list[Claim]:
        keys = [("e", self.row["events"]), ("f", self.row["figures"])]
        about: dict[str, list[str]] = {}
        for kind, rows in keys:
            for i, row in enumerate(rows):
                if f"{kind}{i}" in kept and not self._slips():
                    about.setdefault(row["claim"], []).append(f"{kind}{i}")
        return [self._claim(i, c, about.get(c["key"], [])) for i, c in enumerate(self.row["claims"])]

    def _claim(self, number: int, row: Row, about: list[str]) -> Claim:
        source = self._shift(row["source"]) if row["source"] else None
        return Claim(
            id=f"c{number}",
            source=Source(span=source, name="x", kind="expert" if self._slips() else row["kind"]),
            cue=self._shift(row["cue"]) if row["cue"] else None,
            content=Span(0, 0, ""),
            about=tuple(about),
        )


@pytest.mark.parametrize("seed", range(3))
def test_agrees_with_the_reference_on_faulty_records(shared: Path, seed: int) -> None:
    """On records with faults of every kind all counts and errors are those of the reference scorer."""
    rows = read_gold(shared / "gold" / "dev.jsonl")
    records = [_Blunderer(row, seed * 1000 + i).record() for i, row in enumerate(rows)]
    _assert_agree(shared, rows, records)


def test_agrees_with_the_reference_on_what_the_reader_gives(shared: Path, reader: Reader) -> None:
    """On the reader's own records all counts and errors are those of the reference scorer."""
    rows = read_gold(shared / "gold" / "dev.jsonl")
    _assert_agree(shared, rows, [reader.read(to_report(row)) for row in rows])
