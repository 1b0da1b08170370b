"""What `read` and `add` are told to read: columns, archives, addresses."""

from __future__ import annotations

import json
from pathlib import Path

from dateline.record import Record
from tests.cli.conftest import Command
from tests.reports.made import html_page, warc, warc_record
from tests.watch.server import Server, answer

TEXT = "Gunmen killed four soldiers near Kidal in northern Mali on Tuesday, the army said."


def test_columns_are_named(dateline: Command, tmp_path: Path) -> None:
    """A table is read by the columns that the command names; without them the error says how."""
    path = tmp_path / "reports.csv"
    path.write_text(f'body,day\n"{TEXT}",2013-01-16\n', encoding="utf-8")
    done = dateline("read", path, "--jsonl", "--column", "text=body", "--column", "published=day")
    assert done.status == 0
    assert Record.from_json(done.out).report.published == "2013-01-16"
    wrong = dateline("read", path, "--jsonl")
    assert (wrong.status, len(wrong.lines)) == (1, 1)
    assert "--column text=NAME" in wrong.err
    assert "no column" in dateline("read", path, "--column", "body").err


def test_what_an_archive_holds_beside_reports_is_counted(dateline: Command, tmp_path: Path) -> None:
    """`add` tells how many records were passed over, and why."""
    page = html_page(TEXT + " The road to the north was closed.")
    data = warc({"https://coast.example/a": page}) + warc_record("https://coast.example/b", b"", status=404)
    path = tmp_path / "news.warc"
    path.write_bytes(data)
    done = dateline("add", path, "--db", tmp_path / "store.db")
    assert (done.status, done.err) == (0, "")
    assert done.out == "1 new\npassed over: 1 not answered with 200\n"
    told = json.loads(dateline("add", path, "--db", tmp_path / "store.db", "--json").out)
    assert (told["known"], told["passed_over"]) == (1, 1)


def test_an_address_is_read(dateline: Command) -> None:
    """A page at an http address gives its record; one that is gone is one line."""
    with Server({"/a": answer(html_page(TEXT + " The road to the north was closed."))}) as server:
        done = dateline("read", server.url("/a"), "--jsonl")
        assert done.status == 0, done.err
        assert Record.from_json(done.out).report.url == server.url("/a")
        gone = dateline("read", server.url("/b"), "--jsonl")
    assert (gone.status, len(gone.lines)) == (1, 1)
    assert gone.err.startswith(f"dateline: {server.url('/b')}: the server answers 404")
