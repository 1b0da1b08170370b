"""Loading files, folders and streams, with every bad input among them."""

from __future__ import annotations

import io
import json
from importlib import import_module
from pathlib import Path

import pytest

from dateline.errors import (
    BinaryInput,
    BrokenLine,
    DateError,
    EmptyInput,
    InputError,
    MissingInput,
    NoArticle,
    TooLarge,
)
from dateline.record import Report
from dateline.reports import load

_TEXT = "Five people were killed near the market on Monday, police said."
_PAGE = f"<!DOCTYPE html><html><body><article><p>{_TEXT}</p></article></body></html>"


def only(results: object) -> Report:
    """Give the one report of a source."""
    (report,) = list(results)  # type: ignore[call-overload]
    assert isinstance(report, Report)
    return report


def error(results: object) -> InputError:
    """Give the one error of a source."""
    (found,) = list(results)  # type: ignore[call-overload]
    assert isinstance(found, InputError)
    return found


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", _TEXT),
        ("a.html", _PAGE),
        ("a.HTM", _PAGE),
        ("a.jsonl", json.dumps({"text": _TEXT})),
        ("a.ndjson", json.dumps({"text": _TEXT})),
        ("a.json", json.dumps({"text": _TEXT}, indent=1)),
        ("page", _PAGE),
        ("line", json.dumps({"text": _TEXT})),
        ("story.md", _TEXT),
    ],
)
def test_chooses_the_format_by_name_and_content(tmp_path: Path, name: str, content: str) -> None:
    """Known suffixes decide; other files are read by what is in them."""
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    assert only(load(path)).text == _TEXT
    assert only(load(str(path))).text == _TEXT


@pytest.mark.parametrize(
    "content", [_TEXT, _PAGE, json.dumps({"text": _TEXT}), json.dumps({"text": _TEXT}, indent=2)]
)
def test_reads_standard_input_by_what_is_in_it(content: str) -> None:
    """A dash reads the stream, whatever its format."""
    assert only(load("-", stdin=io.BytesIO(content.encode()))).text == _TEXT


def test_reads_json_lines_from_standard_input_past_a_broken_one() -> None:
    """A stream of JSON lines goes on after a line that is cut off."""
    line = json.dumps({"text": _TEXT}).encode()
    first, broken, last = load("-", stdin=io.BytesIO(line + b'\n{"text": "Fi\n' + line))
    assert isinstance(first, Report)
    assert isinstance(broken, BrokenLine)
    assert broken.where == "standard input:2"
    assert isinstance(last, Report)


def test_reads_a_folder_in_order_and_keeps_going(tmp_path: Path) -> None:
    """Files of the known kinds are read in the order of their paths; an error stands in its place."""
    (tmp_path / "b.txt").write_text(_TEXT)
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "d.jsonl").write_text(json.dumps({"text": f"{_TEXT} Two fled."}))
    (tmp_path / "map.png").write_bytes(b"\x89PNG")
    (tmp_path / ".hidden.txt").write_text(_TEXT)
    empty, second, third = load(tmp_path)
    assert isinstance(empty, EmptyInput)
    assert isinstance(second, Report)
    assert isinstance(third, Report)
    assert third.text.endswith("Two fled.")


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("empty.txt", b"", EmptyInput),
        ("empty.html", b"", EmptyInput),
        ("empty.json", b"", EmptyInput),
        ("binary.txt", b"\x89PNG\r\n\x1a\n\x00\x00", BinaryInput),
        ("binary", bytes(range(256)), BinaryInput),
        ("menu.html", b"<html><body><nav><a href='/'>Home</a></nav></body></html>", NoArticle),
        ("cut.json", b'{"text": "Five', BrokenLine),
        ("cut.jsonl", b'{"text": "Five', BrokenLine),
        ("list.json", b"[1, 2]", BrokenLine),
    ],
)
def test_yields_each_bad_input_as_its_error(
    tmp_path: Path, name: str, data: bytes, kind: type[InputError]
) -> None:
    """A bad input is an error value in one line that names the file, never an exception."""
    path = tmp_path / name
    path.write_bytes(data)
    found = error(load(path))
    assert type(found) is kind
    assert str(found).startswith(str(path))
    assert "\n" not in str(found)


def test_an_empty_list_of_lines_has_no_reports(tmp_path: Path) -> None:
    """A file of JSON lines without a line yields nothing: it is an empty batch."""
    path = tmp_path / "none.jsonl"
    path.write_bytes(b"\n\n")
    assert list(load(path)) == []


def test_names_a_missing_file(tmp_path: Path) -> None:
    """A path that leads nowhere is an error value."""
    found = error(load(tmp_path / "none.txt"))
    assert isinstance(found, MissingInput)
    assert "no such file" in str(found)


def test_names_a_folder_without_reports(tmp_path: Path) -> None:
    """A folder with nothing to read says which files would be read."""
    found = error(load(tmp_path))
    assert isinstance(found, MissingInput)
    assert ".jsonl" in str(found)


def test_names_a_file_that_may_not_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without permission the file is an error value, as is any other failure to open it."""

    def refuse(self: Path, *args: object, **options: object) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    path = tmp_path / "a.txt"
    path.write_text(_TEXT)
    monkeypatch.setattr(Path, "open", refuse)
    found = error(load(path))
    assert isinstance(found, MissingInput)
    assert "can't be opened: permission denied" in str(found)


def test_addresses_of_other_kinds_are_not_fetched() -> None:
    """Only http and https are; the error says what to do."""
    found = error(load("ftp://coast.example/5"))
    assert isinstance(found, MissingInput)
    assert str(found).endswith("not fetched; http and https are; or save it and pass the file")


def test_refuses_a_day_that_is_none_at_once() -> None:
    """A wrong day from the caller is an error before anything is read."""
    with pytest.raises(DateError):
        load("-", published="soon")


def test_the_day_of_the_caller_goes_to_every_report(tmp_path: Path) -> None:
    """`published` is normalised and wins over what the data state."""
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": _TEXT, "published": "2013-01-16"}))
    assert only(load(path, published="24 Jan 2013")).published == "2013-01-24"
    assert only(load(path)).published == "2013-01-16"


def test_refuses_a_file_over_the_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No more than the bound is read of any file."""
    module = import_module("dateline.reports.bounded")
    monkeypatch.setattr(module, "MAX_BYTES", 10)
    path = tmp_path / "a.txt"
    path.write_text(_TEXT)
    assert isinstance(error(load(path)), TooLarge)
