"""Tables: CSV and Parquet by named columns, one report a row, and JSON lines under other keys."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import pytest

from dateline.errors import BrokenFile, BrokenLine, EmptyInput, InputError, MissingInput, TooLarge
from dateline.record import Report
from dateline.reports import Columns, load, parse_columns

_TEXT = "Five people were killed near the market on Monday, police said."


def loaded(path: Path, **options: object) -> list[Report | InputError]:
    """Load a file."""
    return list(load(path, **options))  # type: ignore[arg-type]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_reads_a_csv_by_its_header(tmp_path: Path, delimiter: str, encoding: str) -> None:
    """Whatever parts the columns, and in the encodings that spreadsheets write."""
    rows = [
        ["id", "text", "title", "published"],
        ["1", f'"{_TEXT} “It was José,” he said."', "One", "2013-01-16"],
    ]
    path = tmp_path / "reports.csv"
    path.write_bytes("\r\n".join(delimiter.join(row) for row in rows).encode(encoding))
    (report,) = loaded(path)
    assert isinstance(report, Report)
    assert (report.title, report.published) == ("One", "2013-01-16")
    assert "José" in report.text


def test_named_columns(tmp_path: Path) -> None:
    """Columns of other names are named by the caller, in CSV and in JSON lines alike."""
    columns = parse_columns(["text=body", "published = date", "publisher=paper", "url=link"])
    table = tmp_path / "reports.csv"
    table.write_text(f'body,date,paper,link\n"{_TEXT}",16 January 2013,Coast Post,https://coast.example/1\n')
    lines = tmp_path / "reports.jsonl"
    row = {"body": _TEXT, "date": "16 January 2013", "paper": "Coast Post", "link": "https://coast.example/1"}
    lines.write_text(json.dumps(row))
    for path in (table, lines):
        (report,) = loaded(path, columns=columns)
        assert isinstance(report, Report)
        assert (report.text, report.published, report.publisher) == (_TEXT, "2013-01-16", "Coast Post")
        assert report.url == "https://coast.example/1"


@pytest.mark.parametrize("pair", ["text", "body=text", "=x", "text="])
def test_refuses_what_names_no_column(pair: str) -> None:
    """The error says which names there are."""
    with pytest.raises(InputError, match="write NAME=COLUMN, NAME being text, title"):
        parse_columns([pair])


def test_a_table_without_the_column_says_which_it_has(tmp_path: Path) -> None:
    """The error names the columns and the option."""
    path = tmp_path / "reports.csv"
    path.write_text("id,body\n1,x\n")
    (error,) = loaded(path)
    assert isinstance(error, MissingInput)
    assert "has no column 'text'; its columns are id, body; name it with --column text=NAME" in str(error)


def test_a_bad_row_costs_only_itself(tmp_path: Path) -> None:
    """Rows without text or with too few cells are told by number, the others read."""
    path = tmp_path / "reports.csv"
    path.write_text(f'text,title\n"{_TEXT}",a\n,b\nonly\n"{_TEXT} Two fled.\nThen it rained.",c\n')
    first, empty, short, last = loaded(path)
    assert isinstance(first, Report)
    assert isinstance(empty, BrokenLine)
    assert str(empty).startswith(f"{path}:row 3: has no text")
    assert isinstance(short, BrokenLine)
    assert "has 1 columns, the first row 2" in str(short)
    assert isinstance(last, Report)
    assert last.text.endswith("Then it rained.")


def test_a_line_without_end_is_one_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line over the bound is passed over in pieces; the next is read."""
    monkeypatch.setattr("dateline.reports.bounded.MAX_BYTES", 200)
    for name, good, bad in (
        ("a.csv", f'"{_TEXT}"', "x" * 5000), ("a.jsonl", json.dumps({"text": _TEXT}), '{"text": "' + "x" * 5000),
    ):  # fmt: skip
        path = tmp_path / name
        head = "text\n" if name == "a.csv" else ""
        path.write_text(f"{head}{good}\n{bad}\n{good}\n")
        found = loaded(path)
        assert [type(one) for one in found] == [Report, TooLarge, Report]


def test_an_empty_table_has_nothing_in_it(tmp_path: Path) -> None:
    """It is one line."""
    path = tmp_path / "reports.csv"
    path.write_bytes(b"\n")
    assert isinstance(loaded(path)[0], EmptyInput)


def test_a_table_from_a_pipe_is_told_by_its_header() -> None:
    """Without a suffix a first line that names the column of text makes a table."""
    data = f'title,text\nOne,"{_TEXT}"\n'.encode()
    (report,) = load("-", stdin=io.BytesIO(data))
    assert isinstance(report, Report)
    assert report.title == "One"
    (plain,) = load("-", stdin=io.BytesIO(b"title, body of a text, and more.\nGunmen attacked."))
    assert isinstance(plain, Report)
    assert plain.title is None


def test_reads_parquet(tmp_path: Path) -> None:
    """Columns of dates and texts; other columns are never read."""
    arrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    path = tmp_path / "reports.parquet"
    rows = [{"body": f"{_TEXT} {n}", "day": date(2013, 1, 16), "n": n, "title": "A"} for n in range(200)]
    parquet.write_table(arrow.Table.from_pylist([*rows, {"body": None}]), path)
    found = loaded(path, columns=Columns(text="body", published="day"))
    assert [type(one) for one in found] == [Report] * 200 + [BrokenLine]
    first = found[0]
    assert isinstance(first, Report)
    assert (first.published, first.title) == ("2013-01-16", "A")
    (missing,) = loaded(path)
    assert isinstance(missing, MissingInput)
    assert "its columns are body, day" in str(missing)


@pytest.mark.parametrize("data", [b"PAR1" + b"x" * 100, b"PAR1"])
def test_a_damaged_parquet_is_one_line(tmp_path: Path, data: bytes) -> None:
    """Its footer is missing: one line."""
    pytest.importorskip("pyarrow")
    path = tmp_path / "reports.parquet"
    path.write_bytes(data)
    (error,) = loaded(path)
    assert isinstance(error, BrokenFile)
    assert "damaged Parquet" in str(error)
