"""Actor resolution measured on annotated mentions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dateline.errors import EvaluationError
from dateline.evaluation import actors

TEXT = "Prime Minister Abdelmalek Sellal spoke on Monday. He said the Malian army and FARC guerrillas had left the hut."


def row(half: str, *mentions: tuple[str, list[Any]]) -> str:
    """Make a line of the benchmark: phrases of the text and their answers."""
    spans = []
    for phrase, answers in mentions:
        start = TEXT.index(phrase)
        spans.append({"span": [start, start + len(phrase)], "answers": answers})
    return json.dumps({"doc": "own:1", "half": half, "text": TEXT, "mentions": spans})


def test_counts_by_half_and_by_what_is_meant(tmp_path: Path) -> None:
    """A person by name, a known actor by id, a kind with its country, and things that are no actor."""
    file = tmp_path / "actors.jsonl"
    lines = [
        row(
            "develop",
            ("He", [{"person": "sellal"}]),
            ("the hut", [None]),
            ("FARC guerrillas", [{"registry": "x"}]),
        ),
        row(
            "held",
            ("the Malian army", [{"kinds": ["military"], "country": "MLI"}]),
            ("Prime Minister Abdelmalek Sellal", [{"person": "bouteflika"}, {"person": "sellal"}]),
        ),
    ]
    file.write_text("\n".join(lines), encoding="utf-8")
    result = actors.evaluate(file)
    rows = {m: (r.right, r.gold) for m, r in result.tally.rows.items()}
    assert rows == {
        "all": (4, 5),
        "develop": (2, 3),
        "held": (2, 2),
        "person": (2, 2),
        "known": (0, 1),
        "described": (1, 1),
        "no actor": (1, 1),
    }
    assert len(result.tally.errors) == 1


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    """A line without mentions is an EvaluationError."""
    file = tmp_path / "actors.jsonl"
    file.write_text('{"doc": "a"}', encoding="utf-8")
    with pytest.raises(EvaluationError, match="not a line"):
        actors.evaluate(file)
