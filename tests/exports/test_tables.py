"""Tables: every column of every row, nulls and commas, a group at a time."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from benchmarks.plain_linker import PlainLinker
from dateline.exports import tables
from dateline.exports.sketch import Spot, sketch
from dateline.exports.wording import short_id, word_bounds
from dateline.store import Telling
from tests.builders import sample
from tests.store.tales import tale


def test_a_figure_stands_with_its_event_place_and_source() -> None:
    """A row can be read without the record."""
    first, second = tables.figure_rows([Telling(record=sample(), incidents={"f1": ("i1", "i2")})])
    assert set(first) == set(tables.FIGURE_COLUMNS)
    assert (first["words"], first["low"], first["event_type"], first["place"], first["country"]) == (
        "Five", 5, "killing", "Gao", "MLI",
    )  # fmt: skip
    assert (first["source"], first["source_kind"], second["source"]) == ("police", "institution", "a doctor")
    assert (first["incident_ids"], second["incident_ids"]) == ("i1; i2", "")


def test_only_facts_that_are_asked_for_have_a_row() -> None:
    """Where incidents were asked for, what belongs to none of them is left out."""
    telling = Telling(record=sample(), incidents={"f2": ("i1",), "c2": ("i1",)}, narrowed=True)
    assert [row["figure"] for row in tables.figure_rows([telling])] == ["f2"]
    assert [row["claim"] for row in tables.claim_rows([telling])] == ["c2"]


def test_a_record_names_its_incidents_once() -> None:
    """However many of its facts belong to one."""
    telling = Telling(record=sample(), incidents={"e1": ("i2",), "f1": ("i1", "i2")})
    row = tables.record_row(telling)
    assert set(row) == set(tables.RECORD_COLUMNS)
    assert row["incident_ids"] == "i1; i2"


def test_a_claim_stands_with_what_it_is_about() -> None:
    """Events and figures are told apart."""
    first, *_ = tables.claim_rows([Telling(record=sample(), incidents={})])
    assert set(first) == set(tables.CLAIM_COLUMNS)
    assert (first["events"], first["event_types"], first["figures"]) == ("e1; e2", "killing; bombing", "f1")


def test_an_incident_has_a_toll_of_every_measure() -> None:
    """Also of those that nobody counted, so that all rows have the same columns."""
    linked = PlainLinker().link([tale()[1]], copies={}, decisions=())
    row = tables.incident_row(linked.incidents[0])
    assert set(row) == set(tables.INCIDENT_COLUMNS)
    assert (row["killed_best"], row["wounded_best"], row["actors"]) == (5, None, "agent: gunmen")


def test_csv_reads_back_whatever_the_cells_hold() -> None:
    """Commas, quotes, line breaks; null is nothing."""
    rows: list[tables.Row] = [{"a": 'x, "y"\nz', "b": None, "c": True}]
    stream = io.StringIO(newline="")
    assert tables.write_csv(rows, {"a": "text", "b": "int", "c": "bool"}, stream) == 1
    stream.seek(0)
    assert list(csv.reader(stream)) == [["a", "b", "c"], ['x, "y"\nz', "", "true"]]


def test_parquet_is_typed_and_written_in_groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A column of nulls keeps its type, and only a group is held at once."""
    parquet = pytest.importorskip("pyarrow.parquet")
    monkeypatch.setattr(tables, "_GROUP", 4)
    rows: list[tables.Row] = [{"n": number, "t": None} for number in range(10)]
    file = tmp_path / "t.parquet"
    assert tables.write_parquet(iter(rows), {"n": "int", "t": "text"}, file) == 10
    assert parquet.ParquetFile(file).num_row_groups == 3
    table = parquet.read_table(file)
    assert (table.to_pylist(), str(table.schema.field("t").type)) == (rows, "string")


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(37, 37, "37"), (7, None, "7+"), (None, 50, "≤50"), (10, 1500, "10–1,500"), (None, None, "?")],
)
def test_bounds_are_worded_shortly(low: int | None, high: int | None, words: str) -> None:
    """As the ledger has room for."""
    assert word_bounds(low, high) == words


def test_ids_are_shortened_so_that_they_are_found() -> None:
    """The digest's first digits, and what follows it; other ids stay."""
    assert short_id("sha256:" + "0123456789" * 6 + "abcd#12-20") == "01234567#12-20"
    assert short_id("i-77") == "i-77"


def test_a_sketch_shows_where_places_lie() -> None:
    """North is up, east is right; what is too far away is left out; nothing is wider than 80 columns."""
    gao = Spot(16.27, -0.04, "Gao")
    lines = [t.plain for t in sketch(gao, [Spot(18.44, 1.41, "Kidal"), Spot(50.0, 8.0, "Mainz " * 20)])]
    (kidal,) = [at for at, line in enumerate(lines) if "1" in line[1:45]]
    (center,) = [at for at, line in enumerate(lines) if "◉" in line[1:45]]
    assert kidal < center
    assert lines[kidal].index("1") > lines[center].index("◉")
    assert any("1 Kidal, 287 km NE" in line for line in lines)
    assert not any("Mainz" in line for line in lines)
    assert max(map(len, lines)) <= 80
