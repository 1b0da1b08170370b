"""The record: spans, JSON there and back, and what a threshold leaves."""

from __future__ import annotations

import hashlib
import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.record import Record, Report, Span, report_id
from tests.builders import TEXT, records, sample, span


def _with_strangers(value: object) -> object:
    """Add an unknown key to every object of a JSON value."""
    if isinstance(value, dict):
        return {**{k: _with_strangers(v) for k, v in value.items()}, "of_a_later_version": {"x": [1]}}
    return [_with_strangers(v) for v in value] if isinstance(value, list) else value


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_report_id_is_the_digest_of_the_text(text: str) -> None:
    """The id is `sha256:` and the hex digest of the UTF-8 text, whatever the text."""
    expected = "sha256:" + hashlib.sha256(text.encode("utf-8")).hexdigest()
    assert report_id(text) == Report.of(text).id == expected


@given(st.text(min_size=1), st.data())
def test_span_is_the_slice_it_says(text: str, data: st.DataObject) -> None:
    """A span counts code points, end exclusive, also among emoji and combining marks."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert Span.of(text, start, end).text == text[start:end]


@given(records(), st.sampled_from([None, 1, 2]))
def test_reading_back_gives_the_same_object(record: Record, indent: int | None) -> None:
    """Writing a record and reading it gives an equal one, on one line or indented."""
    assert Record.from_json(record.to_json(indent)) == record


@given(records())
def test_unknown_keys_are_passed_over(record: Record) -> None:
    """A record of a later minor version, with keys we don't know at every level, is read."""
    row = json.loads(record.to_json())
    for key in row["report"], *row["events"], *row["claims"]:
        key["of_a_later_version"] = 1
    assert Record.from_json(json.dumps(_with_strangers(row))) == record


def test_record_is_one_line_with_every_key_of_the_codebook() -> None:
    """The JSON has no line break and names all fields, also those that are null."""
    line = sample().to_json()
    assert "\n" not in line
    row = json.loads(line)
    assert list(row) == ["schema", "report", "places", "actors", "events", "figures", "claims"]
    assert row["schema"] == "dateline/1"
    assert {"id", "title", "publisher", "url", "published", "language", "text"} <= set(row["report"])
    assert row["claims"][2]["source"]["span"] is None
    assert set(row["figures"][0]) >= {"id", "measure", "span", "low", "high", "approximate", "who", "group",
                                      "nationality", "status", "event", "confidence"}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"schema": "dateline/9"}, msgspec.ValidationError),
        ({"report": {"id": "x"}}, msgspec.ValidationError),
        ({"events": [{"id": "e1"}]}, msgspec.ValidationError),
        ({"places": "Gao"}, msgspec.ValidationError),
    ],
)
def test_what_is_not_of_the_schema_is_refused(change: dict[str, object], error: type[Exception]) -> None:
    """A wrong version, a missing field or a wrong shape raises, and names the place."""
    row = {**json.loads(sample().to_json()), **change}
    with pytest.raises(error, match=r"\$"):
        Record.from_json(json.dumps(row))


def test_cut_off_json_is_refused() -> None:
    """Half a record is no record."""
    with pytest.raises(msgspec.DecodeError):
        Record.from_json(sample().to_json()[:-20])


def test_record_is_frozen() -> None:
    """A record can't be changed after the fact."""
    with pytest.raises(AttributeError):
        sample().events[0].type = "battle"  # type: ignore[misc]


def test_spans_lists_every_span_of_the_json() -> None:
    """`spans` leaves out none of the spans that stand in the JSON."""

    def in_json(value: object) -> list[tuple[int, int]]:
        if isinstance(value, dict):
            own = [(value["start"], value["end"])] if {"start", "end", "text"} == set(value) else []
            return own + [s for v in value.values() for s in in_json(v)]
        return [s for v in value for s in in_json(v)] if isinstance(value, list) else []

    record = sample()
    listed = sorted((s.start, s.end) for s in record.spans())
    assert listed == sorted(in_json(json.loads(record.to_json())))
    assert all(TEXT[s.start : s.end] == s.text for s in record.spans())


def test_over_drops_what_is_less_likely() -> None:
    """Events, figures and claims under the threshold go, and so do references to them."""
    kept = sample().over(0.5)
    assert [e.id for e in kept.events] == ["e1", "e2"]
    assert [(f.id, f.event) for f in kept.figures] == [("f1", "e1"), ("f2", None)]
    assert [(c.id, c.about) for c in kept.claims] == [("c1", ("e1", "e2", "f1")), ("c2", ("f2",))]


def test_over_keeps_a_likely_saying_without_its_facts() -> None:
    """Who said it stays when the saying itself is sure; the report's own voice goes with its facts."""
    kept = sample().over(0.75)
    assert [(c.id, c.about) for c in kept.claims] == [("c1", ("e1", "f1")), ("c2", ())]
    assert sample().over(1.0).claims == ()


@given(records(), st.floats(0, 1))
def test_over_never_leaves_a_dangling_reference(record: Record, threshold: float) -> None:
    """After any threshold every id that is referred to is there."""
    kept = record.over(threshold)
    ids = {e.id for e in kept.events} | {f.id for f in kept.figures}
    assert {key for c in kept.claims for key in c.about} <= ids
    assert {f.event for f in kept.figures if f.event} <= ids
    assert all(x.confidence >= threshold for x in (*kept.events, *kept.figures))


def test_notebook_shows_the_page_walled_off() -> None:
    """In a notebook a record is a sandboxed frame that holds the page."""
    shown = sample()._repr_html_()
    assert shown is not None
    assert shown.startswith("<iframe srcdoc=")
    assert 'sandbox="allow-scripts"' in shown
    assert "Five people" in shown


def test_builder_cuts_where_the_words_stand() -> None:
    """The tests' own helper gives spans that index the text."""
    assert span("bombing") == Span(TEXT.index("bombing"), TEXT.index("bombing") + 7, "bombing")
