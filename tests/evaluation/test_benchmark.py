"""What the benchmarks share: the split, the files, the table."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from rich.console import Console

from dateline.errors import EvaluationError
from dateline.evaluation.benchmark import Peer, Result, json_lines, measures, open_archive
from dateline.evaluation.table import to_json, to_table


def test_split_by_first_hex_digit() -> None:
    """An id measures when its SHA-256 begins with 0 to 3; numbers are taken as they are written."""
    assert measures("11") == measures(11)
    kept = [n for n in range(400) if measures(n)]
    assert 60 < len(kept) < 140  # a quarter


def test_missing_file_is_one_line(tmp_path: Path) -> None:
    """A path without a file gives an EvaluationError of one line that says what to give."""
    with pytest.raises(EvaluationError, match="give the file") as problem:
        json_lines(tmp_path / "none.jsonl", (), "give the file")
    assert "\n" not in str(problem.value)


def test_line_of_another_benchmark(tmp_path: Path) -> None:
    """A line without the benchmark's keys is named by its number."""
    file = tmp_path / "rows.jsonl.gz"
    file.write_bytes(gzip.compress(b'{"text": "a"}\n{"words": 1}\n'))
    with pytest.raises(EvaluationError, match=":2: not a line"):
        json_lines(file, ("text",), "hint")


def test_gzip_that_is_none(tmp_path: Path) -> None:
    """A file that ends in .gz and is no gzip is damaged, not a crash."""
    file = tmp_path / "rows.jsonl.gz"
    file.write_bytes(b"plain")
    with pytest.raises(EvaluationError, match="can't be read"):
        json_lines(file, (), "hint")


def test_file_that_is_no_text(tmp_path: Path) -> None:
    """Bytes that are no UTF-8 are an EvaluationError."""
    file = tmp_path / "rows.jsonl"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(EvaluationError, match="UTF-8"):
        json_lines(file, (), "hint")


def test_archive_that_is_none(tmp_path: Path) -> None:
    """A file that is no tar archive is an EvaluationError."""
    file = tmp_path / "x.tar.gz"
    file.write_bytes(b"plain")
    with pytest.raises(EvaluationError, match="archive"):
        open_archive(file, "hint")


def _result() -> Result:
    result = Result(
        "toy", "texts", 2, shares=frozenset({"share"}), peers=[Peer("span", "Other", 0.5, "test")]
    )
    result.tally.count("span", 1, 2, 4)
    result.tally.count("share", 3, gold=4)
    return result


def test_json_gives_rows_and_peers() -> None:
    """The JSON has precision, recall and F1 of each row, a share as a share, and the peers."""
    data = json.loads(to_json(_result()))
    assert data["rows"]["span"] == {
        "precision": 0.5, "recall": 0.25, "f1": pytest.approx(1 / 3), "right": 1, "found": 2, "gold": 4,
    }  # fmt: skip
    assert data["rows"]["share"] == {"share": 0.75, "right": 3, "gold": 4}
    assert data["others"] == [{"measure": "span", "system": "Other", "value": 0.5, "on": "test"}]


def test_table_puts_peers_beside_ours() -> None:
    """The table shows our F1 and the peer's figure in one line."""
    console = Console(width=120)
    with console.capture() as capture:
        console.print(to_table(_result()))
    line = next(line for line in capture.get().splitlines() if line.startswith("span"))
    assert "0.333" in line
    assert "0.500 Other" in line
    assert "Other: test" in capture.get()
