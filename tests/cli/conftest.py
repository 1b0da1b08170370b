"""Running the command line inside the test, with one reader for all."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from benchmarks.plain_linker import PlainLinker
from benchmarks.synthetic import make_report, read
from dateline.cli import main
from dateline.reading.reader import Reader
from dateline.record import Record, Report
from dateline.store import open_store
from tests.store.tales import closure, tale


@dataclass(frozen=True)
class Outcome:
    """What a command gave: exit status, standard output and standard error."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """The lines on standard error."""
        return self.err.splitlines()


Command = Callable[..., Outcome]
Run = Callable[..., Any]


@pytest.fixture
def dateline(reader: Reader, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Run `dateline ARGUMENTS...` as a shell does, `stdin` being what is piped into it."""
    loaded = partial(Reader, encoder=reader.encoder, gazetteer=reader.gazetteer, registry=reader.registry)
    monkeypatch.setattr("dateline.reading.reader.Reader", loaded)

    def call(*arguments: object, stdin: bytes = b"") -> Outcome:
        monkeypatch.setattr(sys, "argv", ["dateline", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        capsys.readouterr()
        with pytest.raises(SystemExit) as stopped:
            main.run()
        out, err = capsys.readouterr()
        code = stopped.value.code
        return Outcome(code if isinstance(code, int) else int(code is not None), out, err)

    return call


class PlainReader:
    """Reads synthetic reports at once."""

    def __init__(self, **_: object) -> None:
        pass

    def read(self, report: Report) -> Record:
        return read(report)

    def read_many(self, reports: Iterable[Report]) -> Iterator[Record]:
        return map(read, reports)


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store that is not there yet, named by DATELINE_DB, with a plain reader and linker."""
    path = tmp_path / "store.db"
    monkeypatch.setenv("DATELINE_DB", str(path))
    monkeypatch.setattr("dateline.reading.reader.Reader", PlainReader)
    monkeypatch.setattr("dateline.store.store.default_linker", PlainLinker)
    return path


@pytest.fixture
def run(db: Path) -> Run:
    """Runs a command that must end well (or with `code`), and gives what it printed."""

    def invoke(*words: str, code: int = 0, **options: Any) -> str:
        result = CliRunner().invoke(main.app, list(words), **options)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == code, result.output
        return result.output

    return invoke


@pytest.fixture
def told(db: Path) -> list[str]:
    """A store with two contested tolls, another attack and a posture; gives the ids of the reports."""
    rows = [
        tale(killed=5, title="Attack in Gao", url="https://sahel-wire.example.org/1"),
        tale(killed=9, source="a doctor", publisher="Gulf \x1b[31mCourier"),
        tale("Konna", "2013-01-20", 1200, kind="airstrike", agent="the French air force"),
        closure(),
    ]
    with open_store(db, linker=PlainLinker()) as store:
        for report, record in rows:
            store.add(report, record)
    return [report.id for report, _ in rows]


def lines_of(tmp_path: Path, numbers: range) -> Path:
    """Write synthetic reports as JSON lines."""
    file = tmp_path / "reports.jsonl"
    rows = [make_report(n) for n in numbers]
    keys = ("title", "publisher", "url", "published", "text")
    file.write_text("\n".join(json.dumps({k: getattr(r, k) for k in keys}) for r in rows), encoding="utf-8")
    return file
