"""What a report tells of as a whole: estimates beside its figures, which no JSON shows."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import msgspec
import pytest

from dateline.desk.api.answers import raw
from dateline.exports.tables import write_jsonl
from dateline.incidents import link
from dateline.reading.encoder import MODEL
from dateline.reading.estimates import told
from dateline.reading.layers import ESTIMATED
from dateline.reading.reader import Reader
from dateline.record import Record, Report
from dateline.store import open_store

_SHOT = (
    "A gunman opened fire outside a bar in the harbour district late on Saturday, police said. One man died"
    " at the scene and two women were taken to hospital with gunshot wounds. Nobody has been arrested."
)
_CALM = (
    "The finance minister will meet the bank's board on Monday to talk about the budget of next year. The"
    " opposition has asked for lower taxes. No decision is expected before the spring."
)


def _likeliest(record: Record) -> dict[str, int]:
    return {
        measure: max(range(len(row)), key=row.__getitem__)
        for measure, row in (record.estimates or {}).items()
    }


def test_likelihoods_are_rounded() -> None:
    """Three places are kept: more would differ from one machine to another."""
    found = told({"killed": [0.12345, 0.87655], "wounded": [1.0, 0.0]})
    assert found == {"killed": (0.123, 0.877), "wounded": (1.0, 0.0)}


def test_nothing_is_kept_where_no_harm_is_told() -> None:
    """None dead and none wounded, both sure: the report says nothing of either."""
    assert told({"killed": [0.95, 0.05], "wounded": [0.8, 0.2]}) == {}
    assert told({"killed": [0.95, 0.05], "wounded": [0.7, 0.3]})
    assert told({}) == {}


def test_one_dead_and_two_hurt(reader: Reader) -> None:
    """A plain report is read as it is: a likelihood for each number, which sum up to one."""
    record = reader.read(Report.of(_SHOT, title="One dead, two hurt in harbour shooting", language="en"))
    assert _likeliest(record) == {"killed": 1, "wounded": 2}
    assert {measure: len(row) for measure, row in (record.estimates or {}).items()} == ESTIMATED
    assert all(sum(row) == pytest.approx(1, abs=0.01) for row in (record.estimates or {}).values())


def test_a_calm_report_has_none(reader: Reader) -> None:
    """Where nobody is harmed there is nothing to estimate."""
    assert not reader.read(Report.of(_CALM, language="en")).estimates


def test_no_json_shows_them(reader: Reader) -> None:
    """They rest on no span, so a record's JSON is that of the codebook."""
    record = reader.read(Report.of(_SHOT, language="en"))
    assert record.estimates
    row = json.loads(record.to_json())
    assert list(row) == ["schema", "report", "places", "actors", "events", "figures", "claims"]
    back = Record.from_json(record.to_json())
    assert not back.estimates
    assert back == record
    assert hash(back) == hash(record)
    assert back != msgspec.structs.replace(record, events=())


def test_no_export_shows_them(reader: Reader) -> None:
    """Neither a line of an export nor an answer of the API has a key that the codebook doesn't have."""
    record = reader.read(Report.of(_SHOT, language="en"))
    stream = StringIO()
    write_jsonl([record], stream)
    assert stream.getvalue() == record.to_json() + "\n"
    assert raw(record).decode() == record.to_json()


def test_read_side_by_side_they_are_the_same(reader: Reader) -> None:
    """One thread or several: the same likelihoods."""
    reports = [Report.of(text, title="Shots", language="en") for text in (_SHOT, _CALM, _SHOT * 2)]
    assert [r.estimates for r in reader.read_many(reports, workers=3) if isinstance(r, Record)] == [
        reader.read(report).estimates for report in reports
    ]


def test_a_store_keeps_them(reader: Reader, tmp_path: Path) -> None:
    """Totals come out the same from a store and from records in memory."""
    record = reader.read(Report.of(_SHOT, language="en", published="2014-05-04"))
    with open_store(tmp_path / "s.db") as store:
        store.add(record.report, record)
        assert store.record(record.report.id).estimates == record.estimates
        assert [i.totals for i in store.incidents()] == [i.totals for i in link([record]).incidents]


def test_the_model_keeps_to_thirty_megabytes() -> None:
    """Graphs and tokenizer together."""
    assert sum(path.stat().st_size for path in MODEL.iterdir() if path.suffix != ".md") <= 30_000_000
