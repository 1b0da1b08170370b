"""Reports in JSON, one a line."""

from __future__ import annotations

import json

import pytest

from dateline.errors import BrokenLine, EmptyInput
from dateline.record import Report
from dateline.reports.jsonl import read_json, read_json_lines

_ROW = {
    "text": "Five people were killed on Monday, police said.",
    "title": "Five killed",
    "published": "2013-01-16T21:40:00+01:00",
    "publisher": "Coast Post",
    "url": "https://coast.example/5",
}


def lines(*rows: object) -> list[bytes]:
    """Write rows as JSON lines, bytes as they are."""
    return [row if isinstance(row, bytes) else json.dumps(row).encode() + b"\n" for row in rows]


def test_takes_what_is_known_and_passes_over_other_keys() -> None:
    """The five keys are read; others don't matter."""
    (report,) = read_json_lines(lines({**_ROW, "mood": {"grim": 1}}), where="a.jsonl")
    assert isinstance(report, Report)
    assert {name: getattr(report, name) for name in _ROW} == _ROW
    assert report.language == "en"
    assert report.notices == ()


def test_goes_on_after_a_broken_line() -> None:
    """A line that is cut off is an error with its number; the lines around it are read."""
    first, error, last = read_json_lines(lines(_ROW, b'{"text": "Five peo\n', b"\n", _ROW), where="a.jsonl")
    assert isinstance(first, Report)
    assert isinstance(last, Report)
    assert isinstance(error, BrokenLine)
    assert str(error).startswith("a.jsonl:2: broken or cut off at character 9")


@pytest.mark.parametrize(
    "row", [[1, 2], "text", 5, None, {}, {"title": "x"}, {"text": 5}, {"text": None}, {"text": " "}]
)
def test_a_line_without_a_text_is_broken(row: object) -> None:
    """A line that is no object or has no text is an error."""
    (error,) = read_json_lines(lines(row), where="a.jsonl")
    assert isinstance(error, BrokenLine)


def test_a_text_of_marks_alone_is_empty() -> None:
    """NUL and byte order marks are no text."""
    (error,) = read_json_lines(lines({"text": "\x00\ufeff"}), where="a.jsonl")
    assert isinstance(error, EmptyInput)


def test_leaves_out_wrong_values_with_a_notice() -> None:
    """A date that is none and a title that is no text are left out; the report stays."""
    report = read_json(json.dumps({**_ROW, "published": "soon", "title": 7}).encode(), where="a.json")
    assert (report.published, report.title) == (None, None)
    assert report.notices == ("title left out: it is no text", "published left out: 'soon' is no date")


def test_the_day_of_the_caller_wins() -> None:
    """A day given by the caller takes the place of the stated one, right or wrong."""
    wrong = json.dumps({**_ROW, "published": "soon"}).encode()
    for data in (json.dumps(_ROW).encode(), wrong):
        report = read_json(data, where="a.json", published="2013-02-01")
        assert (report.published, report.notices) == ("2013-02-01", ())


def test_mends_lone_surrogates_with_a_notice() -> None:
    """Half a surrogate pair can't be written anywhere: it becomes U+FFFD. A whole pair is a letter."""
    report = read_json(b'{"text": "Five killed \\ud83d, \\ud83d\\ude00", "title": "\\udead"}', where="a.json")
    assert report.text == "Five killed \ufffd, \U0001f600"
    assert report.title == "\ufffd"
    assert report.notices == ("broken characters (lone surrogates) were replaced by U+FFFD",)


def test_keeps_the_text_to_the_letter() -> None:
    """Line ends, NUL and marks inside a JSON string stay."""
    text = "\u200fFive\r\nkilled\x00 e\u0301 \ufeff"
    assert read_json(json.dumps({"text": text}).encode(), where="a.json").text == text


def test_survives_deep_nesting() -> None:
    """A line that would exhaust the parser is broken, no crash."""
    (error,) = read_json_lines([b"[" * 200_000], where="a.jsonl")
    assert isinstance(error, BrokenLine)
