"""The commands on a store: each a thin face, readable at 80 columns, and JSON with --json."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from benchmarks.plain_linker import PlainLinker
from benchmarks.synthetic import make_report, read
from dateline.cli import main
from dateline.errors import InputError, StoreFull
from dateline.record import Incident, Record, Report
from dateline.store import Store, open_store
from tests.store.tales import closure, tale

Run = Callable[..., Any]


class _Reader:
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
    monkeypatch.setattr("dateline.reading.reader.Reader", _Reader)
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


def _lines(tmp_path: Path, numbers: range) -> Path:
    file = tmp_path / "reports.jsonl"
    rows = [make_report(n) for n in numbers]
    keys = ("title", "publisher", "url", "published", "text")
    file.write_text("\n".join(json.dumps({k: getattr(r, k) for k in keys}) for r in rows), encoding="utf-8")
    return file


def test_add_keeps_links_and_counts(run: Run, db: Path, tmp_path: Path) -> None:
    """New reports are counted, known ones too; the second time nothing is read."""
    file = _lines(tmp_path, range(12))
    assert run("add", str(file)).strip() == "12 new"
    assert run("add", str(file)).strip() == "12 already there"
    with open_store(db, linker=PlainLinker()) as store:
        assert store.counts()["pending"] == 0
        assert store.counts()["incidents"] > 0
    told = json.loads(run("add", str(_lines(tmp_path, range(15))), "--json"))
    assert told == {"new": 3, "copy": 0, "correction": 0, "known": 12, "failed": 0}


def test_add_tells_at_the_end_what_failed_and_why(run: Run, tmp_path: Path) -> None:
    """The rest is kept; the exit status says that not all was."""
    file = _lines(tmp_path, range(3))
    file.write_text(file.read_text() + '\n{"text": "cut off', encoding="utf-8")
    out = run("add", str(file), str(tmp_path / "nowhere.txt"), code=1)
    assert "3 new" in out
    assert "2 could not be added" in out
    assert "reports.jsonl:4: broken or cut off" in out
    assert "nowhere.txt: no such file" in out


def test_add_tells_what_is_kept_when_the_store_fails(
    db: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Room for some: these are counted, the failure is one line, and the next run goes on from there."""
    real, kept = Store.add, []

    def add(store: Store, report: Report, *rest: Any, **more: Any) -> Any:
        if len(kept) == 3:
            raise StoreFull("no room left to write", where=str(db), hint="make room")
        kept.append(report.id)
        return real(store, report, *rest, **more)

    file = _lines(tmp_path, range(8))
    with monkeypatch.context() as patched:
        patched.setattr(Store, "add", add)
        patched.setattr("sys.argv", ["dateline", "add", str(file)])
        with pytest.raises(SystemExit) as stopped:
            main.run()
    assert stopped.value.code == 1
    told = capsys.readouterr()
    assert told.out == "3 new\n"
    assert told.err == f"dateline: {db}: no room left to write; make room\n"
    assert run("add", str(file)).strip() == "5 new, 3 already there"


def test_add_refuses_a_purged_text(run: Run, tmp_path: Path) -> None:
    """It is said which, when and by whom."""
    file = _lines(tmp_path, range(2))
    run("add", str(file))
    key = make_report(0).id
    assert run("purge", key, "--why", "a court order", "--who", "Ana", "--yes").strip() == f"erased {key}"
    assert "was purged on" in run("add", str(file), code=1)


def test_purge_asks_first(run: Run, told: list[str]) -> None:
    """A no leaves everything as it is."""
    out = run("purge", told[0], "--why", "so", code=1, input="n\n")
    assert "Erase “Attack in Gao” for good?" in out
    assert len(json.loads(run("incidents", "--json"))) == 3


def test_incidents_is_a_table_of_80_columns(run: Run, told: list[str]) -> None:
    """A line an incident, the latest first; what is contested is marked; long numbers fit."""
    out = run("incidents")
    lines = out.splitlines()
    assert max(map(len, lines)) <= 80
    assert [line.split()[0] for line in lines[1:4]] == ["2013-01-23", "2013-01-20", "2013-01-16"]
    assert "1,200" in lines[2]
    assert "9 (5–9)*" in lines[3]
    assert "* sources contradict each other" in out
    assert "no incident found" in run("incidents", "--country", "JPN")


def test_incidents_filters(run: Run, told: list[str]) -> None:
    """Options become a filter; names of countries and places are looked up."""

    def places(*words: str) -> list[str]:
        found = json.loads(run("incidents", "--json", *words))
        return [i["where"]["name"] for i in found if i["type"] != "mission-closure"]

    assert places("--country", "Mali", "--type", "airstrike") == ["Konna"]
    assert places("--place", "16.27,-0.04") == places("--contested") == places("--actor", "gunmen") == ["Gao"]
    assert places("--place", "Gao", "--radius", "20") == ["Gao"]
    assert (
        places("--killed", "10")
        == places("--text", "French")
        == places("--since", "17 January 2013")
        == ["Konna"]
    )
    assert places("--until", "2013-01-16") == ["Gao"]
    assert places("--limit", "1", "--until", "2013-01-20") == ["Konna"]


@pytest.mark.parametrize(
    "words",
    [("--type", "party"), ("--country", "Atlantis"), ("--place", "Xyzzyx"), ("--radius", "5"),
     ("--killed", "-1"), ("--since", "soon")],
)  # fmt: skip
def test_incidents_refuses_what_it_does_not_know(run: Run, told: list[str], words: tuple[str, ...]) -> None:
    """A usage error names the option."""
    assert words[0] in run("incidents", *words, code=2)


def test_incident_is_a_page(run: Run, told: list[str]) -> None:
    """Toll, ledger with sources, timeline, map, reports, decisions, within 80 columns, no control codes."""
    key = json.loads(run("incidents", "--contested", "--json"))[0]["id"]
    run("correct", key, "title=The attack on Gao", "--why", "as it is known", "--who", "Ana")
    out = run("incident", key[:20])
    assert max(map(len, out.splitlines())) <= 80
    for words in ("The attack on Gao", "bombing · Gao, MLI · 2013-01-16", "TOLL", "LEDGER", "TIMELINE", "MAP",
                  "REPORTS", "DECISIONS", "a doctor", "police", "contested", "Sahel Wire", "◉ Gao",
                  "by Ana: as it is known"):  # fmt: skip
        assert words in out
    assert "\x1b" not in out


def test_incident_as_json_is_the_object_of_the_codebook(run: Run, told: list[str]) -> None:
    """The same object as in an export."""
    key = json.loads(run("incidents", "--contested", "--json"))[0]["id"]
    shown = run("incident", key, "--json")
    assert Incident.from_json(shown).id == key
    assert shown.strip() in run("export", "incidents").splitlines()


def test_posture(run: Run, told: list[str]) -> None:
    """A table, or a list in JSON; asked for by sender and host."""
    out = run("posture")
    assert "JPN  MLI" in out
    assert "mission closed, in-force" in out
    assert "a diplomat (Tokyo Press)" in " ".join(out.split())
    assert run("posture", "--sender", "Japan", "--host", "Mali") == out
    assert "--host" in run("posture", "--host", "Atlantis", code=2)
    assert json.loads(run("posture", "--sender", "JPN", "--host", "MLI", "--json"))[0]["mission"] == "closed"
    assert "no posture known" in run("posture", "--host", "DZA")


def test_decisions_from_the_shell(run: Run, told: list[str]) -> None:
    """Merge, split, correct, reject, and taking back; the list shows who and why."""

    def ids() -> list[str]:
        return [i["id"] for i in json.loads(run("incidents", "--json", "--until", "2013-01-20"))]

    konna, gao = ids()
    out = run("merge", konna, gao, "--why", "one day's work", "--who", "Ana")
    decision = out.split()[2].rstrip(";")
    assert len(ids()) == 1
    run("undo", decision, "--why", "no")
    assert ids() == [konna, gao]
    run("split", gao, "https://sahel-wire.example.org/1", "--why", "two bombs")
    assert len(ids()) == 3
    run("correct", f"{told[2]}#f1", "low=12", "high=null", "--why", "misprint")
    assert json.loads(run("export", "figures").splitlines()[2])["high"] is None
    run("reject", f"{told[2]}#e1", "--why", "a rumour")
    assert len(ids()) == 2
    listed = run("undo").splitlines()
    assert [line.split()[2] for line in listed] == ["merge", "undo", "split", "correct", "reject"]
    assert listed[0].endswith("Ana: one day's work")
    assert "--why" in run("undo", decision, code=2)


def test_rebuild_says_what_it_made(run: Run, told: list[str], tmp_path: Path) -> None:
    """With --reread every text is read again by this reader first."""
    assert run("rebuild").strip() == "4 reports linked into 3 incidents"


def test_reread_reads_only_what_this_reader_has_not(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second time there is nothing to read."""
    run("add", str(_lines(tmp_path, range(4))))
    assert "0 reports read again" in run("rebuild", "--reread")
    monkeypatch.setattr("dateline.store.intake.reader_version", lambda: "newer")
    assert "4 reports read again" in run("rebuild", "--reread")
    assert "0 reports read again" in run("rebuild", "--reread")


@pytest.mark.parametrize("what", ["incidents", "records", "figures", "claims"])
def test_export_gives_the_same_rows_in_every_format(
    run: Run, told: list[str], tmp_path: Path, what: str
) -> None:
    """JSON Lines, CSV and Parquet hold the same number of rows, and figures and claims the same cells."""
    parquet = pytest.importorskip("pyarrow.parquet")
    lines = [json.loads(line) for line in run("export", what).splitlines()]
    table = list(csv.DictReader(io.StringIO(run("export", what, "--format", "csv"))))
    file = tmp_path / "out.parquet"
    run("export", what, "--format", "parquet", "-o", str(file))
    columns = parquet.read_table(file).to_pylist()
    assert len(lines) == len(table) == len(columns) > 0
    assert list(table[0]) == list(columns[0])
    if what in ("figures", "claims"):
        assert columns == lines


def test_export_takes_the_filters_of_incidents(run: Run, told: list[str]) -> None:
    """Incidents as `incidents` lists them; records of their reports; figures and claims that belong to them."""

    def rows(*words: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in run("export", *words).splitlines()]

    (gao,) = rows("incidents", "--contested")
    assert gao == json.loads(run("incidents", "--contested", "--json"))[0]
    assert {r["report"]["id"] for r in rows("records", "--contested")} == set(told[:2])
    assert {r["low"] for r in rows("figures", "--country", "Mali", "--until", "2013-01-16")} == {5, 9}
    assert {r["incident_ids"] for r in rows("figures", "--contested")} == {gao["id"]}
    assert [r["source"] for r in rows("claims", "--killed", "1000")] == ["police"]
    assert [r["report"]["id"] for r in rows("records", "--text", "doctor")] == [told[1]]
    assert rows("records", "--place", "Gao", "--text", "embassy") == []
    assert "--type" in run("export", "claims", "--type", "party", code=2)


def test_export_writes_a_file_whole_or_not_at_all(
    run: Run, told: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A failure on the way leaves the file of before, and nothing beside it."""
    file = tmp_path / "out.jsonl"
    run("export", "records", "-o", str(file))
    before = file.read_text()
    assert [Record.from_json(line).report.id for line in before.splitlines()]

    def fail(*_: object) -> None:
        raise OSError("gone")

    monkeypatch.setattr("dateline.exports.tables.write_jsonl", fail)
    with pytest.raises(InputError, match="gone"):
        run("export", "records", "-o", str(file))
    assert file.read_text() == before
    assert sorted(p.name for p in tmp_path.iterdir() if "out" in p.name) == ["out.jsonl"]


def test_parquet_needs_a_file(run: Run, told: list[str]) -> None:
    """It isn't printed."""
    assert "--output" in run("export", "claims", "--format", "parquet", code=2)


@pytest.mark.parametrize(
    "words", [("incidents",), ("incident", "x"), ("posture",), ("rebuild",), ("export", "claims"), ("undo",)]
)
def test_only_add_makes_a_store(
    db: Path, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Others say in one line that there is none."""
    monkeypatch.setattr("sys.argv", ["dateline", *words])
    with pytest.raises(SystemExit) as stopped:
        main.run()
    assert stopped.value.code == 1
    assert capsys.readouterr().err == f"dateline: {db}: no store here; dateline add makes one\n"
    assert not db.exists()
