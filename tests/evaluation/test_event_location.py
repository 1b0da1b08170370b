"""Event-location: verbs, their places, and places given by the numbers of words."""

from __future__ import annotations

import json
from pathlib import Path

from dateline.evaluation.benchmark import measures
from dateline.evaluation.event_location import evaluate, places
from dateline.record import Record, Report, Span
from tests.evaluation.records import event, place, record


def test_places_by_offsets() -> None:
    """Places with offsets are taken as they are."""
    text = "A bomb exploded in Baghdad."
    assert [s.text for s in places(text, [Span.of(text, 19, 26)]) or []] == ["Baghdad"]


def test_places_by_word_numbers() -> None:
    """Spans too short for a name are numbers of words, the last one included."""
    text = " McCoy was captured in March in Las Vegas.\n"
    assert [s.text for s in places(text, [Span.of(text, 7, 8)]) or []] == ["Las Vegas"]


def test_word_numbers_that_hit_no_name() -> None:
    """Where the numbers hit no name the sentence can't be measured."""
    text = "A bomb exploded in Baghdad."
    assert places(text, [Span.of(text, 1, 1)]) is None


def _row(text: str, verb: str, name: str | None) -> dict[str, object]:
    spans = [{"start": text.index(verb), "end": text.index(verb) + len(verb), "label": "VERB"}]
    if name:
        spans.append({"start": text.index(name), "end": text.index(name) + len(name), "label": "LOCATION"})
    return {"text": text, "spans": spans}


def _measured(stem: str) -> str:
    """Find a sentence of the measuring split."""
    return next(t for n in range(99) if measures(t := f"{stem} {n} times."))


def test_counts(tmp_path: Path) -> None:
    """A right place, an event without one, and a verb without an event; the training split is left out."""
    right, empty, none = (_measured(f"A bomb {verb} in Gao") for verb in ("exploded", "detonated", "sat"))
    trained = next(t for n in range(99) if not measures(t := f"A bomb fell in Gao {n} times."))
    rows = [_row(right, "exploded", "Gao"), _row(empty, "detonated", "Gao"), _row(none, "sat", None),
            _row(trained, "fell", "Gao")]  # fmt: skip
    file = tmp_path / "train.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")

    def read(report: Report) -> Record:
        text = report.text
        if text == right:
            gao = place(text, "Gao")
            return record(text, events=(event(text, "exploded", "bombing", where="p1"),), places=(gao,))
        return record(text, events=(event(text, "detonated", "bombing"),) if text == empty else ())

    result = evaluate(file, read)
    counts = {m: (r.right, r.gold) for m, r in result.tally.rows.items()}
    assert result.size == 3
    assert counts["verb found"] == (2, 3)
    assert counts["place where one is told"] == (1, 2)
    assert counts["place found"] == (1, 2)


def test_light_verb_stands_for_its_noun(tmp_path: Path) -> None:
    """The verb that carries an event noun has that event's place; one of another clause has not."""
    carried, apart = (
        _measured("Rebels launched an attack in Gao"),
        _measured("They sat, but an attack hit Gao"),
    )
    file = tmp_path / "train.jsonl"
    rows = [_row(carried, "launched", "Gao"), _row(apart, "sat", "Gao")]
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")

    def read(report: Report) -> Record:
        attack = event(report.text, "attack", "armed-attack", where="p1")
        return record(report.text, events=(attack,), places=(place(report.text, "Gao"),))

    rows_of = evaluate(file, read).tally.rows
    assert (rows_of["place where one is told"].right, rows_of["place where one is told"].gold) == (1, 2)
