"""Whatever characters stand in a report, every span of its record is the slice that it says."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dateline.reading.reader import LONGEST, Reader
from dateline.record import Record, Report

BODY = (
    "AGADEZ, Niger, May 7, 2018 (Sahel Dispatch) - Gunmen killed three soldiers and took at least 20 workers "
    "hostage near Arlit on Monday, the defence ministry said. “We heard shots,” a resident told reporters. "
    "The army sent 200 troops and closed the road to Algeria."
)
ODD = [
    *(
        "\U0001f4a5",
        "e\u0301",
        "\u200f",
        "\u202e",
        "\u200d",
        "\r\n",
        "\n\n",
        "\x00",
        "\t",
        "\ufeff",
        "\u00a0",
    ),
    *("\u05d0\u05d1", "\u0645\u0627\u0644\u064a", "\u4e2d\u6587", "ﬁ", "İ", "ß", "“”", "…", "-", "\x1b[31m"),
]


def _check(record: Record, text: str) -> None:
    assert record.report.text == text
    for span in record.spans():
        assert text[span.start : span.end] == span.text
    ids = [x.id for x in (*record.places, *record.actors, *record.events, *record.figures, *record.claims)]
    assert len(ids) == len(set(ids))
    told = [key for claim in record.claims for key in claim.about]
    assert sorted(told) == sorted(x.id for x in (*record.events, *record.figures))


@given(st.lists(st.tuples(st.integers(0, len(BODY)), st.sampled_from(ODD)), max_size=12))
@example([(0, "\ufeff"), (60, "\r\n"), (61, "\U0001f4a5")])
@settings(max_examples=40)
def test_offsets_hold_among_odd_characters(reader: Reader, put: list[tuple[int, str]]) -> None:
    """Emoji, combining and right-to-left marks, CRLF, NUL anywhere: spans, ids and claims stay right."""
    text = BODY
    for at, odd in sorted(put, reverse=True):
        text = text[:at] + odd + text[at:]
    _check(reader.read(Report.of(text, published="2018-05-07")), text)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=300))
@settings(max_examples=40)
def test_any_text_is_read(reader: Reader, text: str) -> None:
    """No text makes the reader stumble."""
    if text.strip():
        _check(reader.read(text), text)


@pytest.mark.parametrize(
    "text", ["?", "“”", "\U0001f4a5", "7", "said", "\x00\x00a", "(" * 500, "Five. " * 200]
)
def test_texts_with_next_to_nothing_in_them(reader: Reader, text: str) -> None:
    """A text of one character, of brackets or of one word gives a record, if an empty one."""
    _check(reader.read(text), text)


def test_a_text_that_is_too_long_is_read_in_part(reader: Reader) -> None:
    """Behind the longest part that is read nothing is found, and a notice says so."""
    text = BODY + " " * LONGEST + BODY
    record = reader.read(text)
    assert record.report.text == text
    assert record.report.notices
    assert record.events
    assert max(span.end for span in record.spans()) <= LONGEST


def test_the_same_report_gives_the_same_record(reader: Reader) -> None:
    """Reading twice, and reading something else in between, changes nothing."""
    first = reader.read(BODY)
    reader.read("Rebels freed six hostages in Colombia.")
    assert reader.read(BODY).to_json() == first.to_json()
