"""Reading within bounds: gzip of any shape, bombs, lines without end."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import pytest

from dateline.errors import BrokenFile, InputError, TooLarge
from dateline.record import Report
from dateline.reports import load
from dateline.reports.bounded import gunzipped, inflate, lines

_TEXT = "Five people were killed near the market on Monday, police said."


@pytest.mark.parametrize("size", [1, 10, 1000, 100_000])
def test_members_of_a_gzip_file_follow_one_another(size: int) -> None:
    """Whatever is asked for at a time, and with zeros between and behind."""
    data = (
        gzip.compress(b"a" * 5000)
        + b"\0" * 70_000
        + gzip.compress(b"")
        + gzip.compress(b"b" * 5000)
        + b"\0\0"
    )
    stream, out = gunzipped(io.BytesIO(data), "a.gz"), b""
    while part := stream.read(size):
        out += part
    assert out == b"a" * 5000 + b"b" * 5000


def test_a_compressed_file_is_read_by_what_is_in_it(tmp_path: Path) -> None:
    """With the name of its format before `.gz`, or without one."""
    for name, data in (("a.jsonl.gz", json.dumps({"text": _TEXT})), ("a.txt.gz", _TEXT), ("a", _TEXT)):
        path = tmp_path / name
        path.write_bytes(gzip.compress(data.encode()))
        (report,) = load(path)
        assert isinstance(report, Report)
        assert report.text == _TEXT


def test_a_gzip_file_that_is_cut_off_costs_its_end(tmp_path: Path) -> None:
    """Lines before the cut are read, and one line tells of it."""
    rows = "".join(json.dumps({"text": f"{_TEXT} {n * 7919 % 10007}"}) + "\n" for n in range(2000))
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(rows.encode())[:-2000])
    found = list(load(path))
    assert isinstance(found[-1], BrokenFile)
    assert "cut off" in str(found[-1])
    assert sum(isinstance(one, Report) for one in found) > 1000


@pytest.mark.parametrize("damage", [b"\xff" * 50, b""])
def test_a_damaged_gzip_file_is_one_line(tmp_path: Path, damage: bytes) -> None:
    """Noise in the middle, or nothing but the first bytes."""
    whole = gzip.compress(bytes(range(256)) * 100)
    path = tmp_path / "a.gz"
    path.write_bytes(whole[:20] + damage)
    (error,) = load(path)
    assert isinstance(error, BrokenFile)


def test_a_gzip_bomb_is_refused_before_it_fills_the_memory(tmp_path: Path) -> None:
    """Ten gigabytes in ten megabytes are told by their ratio."""
    path = tmp_path / "a.jsonl.gz"
    with gzip.open(path, "wb") as out:
        for _ in range(100):
            out.write(b"0" * 2**20)
    found = list(load(path))
    assert all(isinstance(one, InputError) for one in found)
    assert any("bomb" in str(one) for one in found)


def test_gzip_in_gzip_in_gzip_is_refused(tmp_path: Path) -> None:
    """Two layers are opened, a third is a trap."""
    path = tmp_path / "a.gz"
    path.write_bytes(gzip.compress(gzip.compress(_TEXT.encode())))
    assert isinstance(next(load(path)), Report)
    path.write_bytes(gzip.compress(path.read_bytes()))
    assert isinstance(next(load(path)), InputError)


def test_inflates_what_servers_send() -> None:
    """Both kinds of deflate, and data that aren't compressed though they say so."""
    import zlib

    for window in (15, -15):
        packer = zlib.compressobj(wbits=window)
        assert inflate(packer.compress(b"x" * 100) + packer.flush(), "deflate", where="u") == b"x" * 100
    assert inflate(b"<html>", "gzip", where="u") == b"<html>"
    with pytest.raises(TooLarge):
        inflate(gzip.compress(b"x" * 1000), "gzip", where="u", most=999)
    with pytest.raises(BrokenFile):
        inflate(gzip.compress(b"x" * 1000)[:-4], "gzip", where="u")


def test_lines_without_end_are_told_once() -> None:
    """Those around them are given."""
    found = list(lines(io.BytesIO(b"a\n" + b"x" * 300_000 + b"\nb"), "s", 10))
    assert [found[0], found[2]] == [b"a\n", b"b"]
    assert isinstance(found[1], TooLarge)
    assert str(found[1]).startswith("s:2: a line of more than")
