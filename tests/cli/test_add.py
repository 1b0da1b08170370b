"""`dateline add`: what is kept, what is told of it, and what failed and why."""

from __future__ import annotations

import io
import json
import re
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.plain_linker import PlainLinker
from benchmarks.synthetic import make_report, read
from dateline.cli import main
from dateline.cli.add import add_command
from dateline.errors import InputError, StoreFull
from dateline.record import Record, Report
from dateline.store import Store, open_store
from tests.cli.conftest import PlainReader, Run, lines_of


def test_add_keeps_links_and_counts(run: Run, db: Path, tmp_path: Path) -> None:
    """New reports are counted, known ones too; the second time nothing is read."""
    file = lines_of(tmp_path, range(12))
    assert run("add", str(file)).strip() == "12 new"
    assert run("add", str(file)).strip() == "12 already there"
    with open_store(db, linker=PlainLinker()) as store:
        assert store.counts()["pending"] == 0
        assert store.counts()["incidents"] > 0
    told = json.loads(run("add", str(lines_of(tmp_path, range(15))), "--json"))
    assert told == {"new": 3, "copy": 0, "correction": 0, "known": 12, "failed": 0}


def test_add_counts_one_as_one(run: Run, tmp_path: Path) -> None:
    """A copy, and a corrected version, are told as such."""
    run("add", str(lines_of(tmp_path, range(1))))
    file, row = tmp_path / "more.jsonl", json.loads((tmp_path / "reports.jsonl").read_text())
    elsewhere = {**row, "publisher": "Gulf Courier", "url": "https://gulf.example.org/1"}
    corrected = {**row, "text": row["text"] + " (Corrects the byline.)"}
    file.write_text("\n".join(json.dumps(each) for each in (elsewhere, corrected)), encoding="utf-8")
    assert run("add", str(file)).strip() == "1 copy, 1 corrected version"


def test_add_tells_at_the_end_what_failed_and_why(run: Run, tmp_path: Path) -> None:
    """The rest is kept; the exit status says that not all was."""
    file = lines_of(tmp_path, range(3))
    file.write_text(file.read_text() + '\n{"text": "cut off', encoding="utf-8")
    out = run("add", str(file), str(tmp_path / "nowhere.txt"), code=1)
    assert "3 new" in out
    assert "2 could not be added" in out
    assert "reports.jsonl:4: broken or cut off" in out
    assert "nowhere.txt: no such file" in out


def test_add_names_the_file_that_the_reader_refuses(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A report without address and title is known by its file; the others go their way."""

    def read_many(_: PlainReader, reports: Iterable[Report]) -> Iterator[Record | InputError]:
        for report in reports:
            yield InputError("in another language (fr)") if "bombe" in report.text else read(report)

    monkeypatch.setattr(PlainReader, "read_many", read_many)
    file = lines_of(tmp_path, range(2))
    (tmp_path / "attack.txt").write_text("Une bombe a tué trente personnes à Bamako.", encoding="utf-8")
    out = run("add", str(file), str(tmp_path / "attack.txt"), "-", input="Encore une bombe.", code=1)
    assert "2 new" in out
    assert f"  {tmp_path / 'attack.txt'}: in another language (fr)\n" in out
    assert "  standard input: in another language (fr)\n" in out


def test_add_tells_what_is_kept_when_the_store_fails(
    db: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Room for some: these are counted, the failure is one line, and the next run goes on from there."""
    real, kept = Store.add_each, []

    def add_each(store: Store, rows: Any, **more: Any) -> Any:
        rows = list(rows)
        if len(kept) + len(rows) > 3:
            raise StoreFull("no room left to write", where=str(db), hint="make room")
        kept.extend(rows)
        return real(store, rows, **more)

    file = lines_of(tmp_path, range(8))
    with monkeypatch.context() as patched:
        patched.setattr(Store, "add_each", add_each)
        patched.setattr("sys.argv", ["dateline", "add", str(file)])
        with pytest.raises(SystemExit) as stopped:
            main.run()
    assert stopped.value.code == 1
    told = capsys.readouterr()
    assert told.out == "3 new\n"
    assert told.err == f"dateline: {db}: no room left to write; make room\n"
    assert run("add", str(file)).strip() == "5 new, 3 already there"


class _Terminal(io.StringIO):
    """What a progress bar takes for a terminal."""

    def isatty(self) -> bool:
        return True


def test_add_shows_on_a_terminal_what_it_is_doing(
    run: Run, db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """How many reports are read, and that they are linked then."""
    monkeypatch.setenv("TERM", "xterm")
    real = Store.link

    def link(store: Store, *rest: Any) -> int:
        time.sleep(0.3)  # a bar is drawn ten times a second
        return real(store, *rest)

    monkeypatch.setattr(Store, "link", link)
    with monkeypatch.context() as patched:
        screen = _Terminal()
        patched.setattr("sys.stderr", screen)
        add_command([str(lines_of(tmp_path, range(5)))], db=str(db))
    shown = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", screen.getvalue())
    assert "reading 4 reports" in shown
    assert "linking 5 reports" in shown


def test_add_refuses_a_purged_text(run: Run, tmp_path: Path) -> None:
    """It is said which, when and by whom."""
    file = lines_of(tmp_path, range(2))
    run("add", str(file))
    key = make_report(0).id
    assert run("purge", key, "--why", "a court order", "--who", "Ana", "--yes").strip() == f"erased {key}"
    assert "was purged on" in run("add", str(file), code=1)
