"""The commands on a store: each a thin face, readable at 80 columns, and JSON with --json."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.plain_linker import PlainLinker
from dateline.cli import main
from dateline.errors import InputError, StoreError, StoreFull
from dateline.record import Incident, Record
from dateline.store import Store, open_store
from tests.cli.conftest import Run, lines_of
from tests.store.tales import tale


def test_purge_asks_first(run: Run, told: list[str]) -> None:
    """A no leaves everything as it is."""
    out = run("purge", told[0], "--why", "so", code=1, input="n\n")
    assert "Erase “Attack in Gao” for good?" in out
    assert len(json.loads(run("incidents", "--json"))) == 3


def test_purge_of_an_address_asks_for_every_version(run: Run, db: Path, told: list[str]) -> None:
    """What else goes with the text that is named is said before."""
    address = "https://sahel-wire.example.org/1"
    for corrected in (6, 7):
        with open_store(db, linker=PlainLinker()) as store:
            store.add(*tale(killed=corrected, title=f"Attack in Gao, {corrected}", url=address))
        words = "1 other version" if corrected == 6 else "2 other versions"
        out = run("purge", address, "--why", "so", code=1, input="n\n")
        assert f"Erase “Attack in Gao, {corrected}” and {words} of it for good?" in out


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
     ("--killed", "-1"), ("--killed", "1.5"), ("--killed", "many"), ("--since", "soon")],
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
    assert "--host: no such country: Atlantis; ISO alpha-3" in run("posture", "--host", "Atlantis", code=2)
    assert json.loads(run("posture", "--sender", "JPN", "--host", "MLI", "--json"))[0]["mission"] == "closed"
    assert "no posture known" in run("posture", "--host", "DZA")


def test_decisions_from_the_shell(run: Run, told: list[str]) -> None:
    """Merge, split, correct, reject, and taking back; the list shows who and why."""

    def ids() -> list[str]:
        return [i["id"] for i in json.loads(run("incidents", "--json", "--until", "2013-01-20"))]

    assert run("undo") == "no decision was made\n"
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
    assert listed[0].endswith(" (taken back)  Ana: one day's work")
    assert ["(taken back)" in line for line in listed] == [True, False, False, False, False]
    assert f"correct “1200 people” in {told[2][7:15]} low=12 high=None  " in listed[3]
    assert "--why" in run("undo", decision, code=2)


def test_a_decision_is_told_before_it_is_linked(
    run: Run, told: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where linking finds no room the decision is kept all the same, and its id is known."""

    def full(*_: object) -> int:
        raise StoreFull("no room left to write", hint="make room")

    with monkeypatch.context() as patched:
        patched.setattr(Store, "link", full)
        patched.setattr("sys.argv", ["dateline", "reject", f"{told[2]}#e1", "--why", "a rumour"])
        with pytest.raises(SystemExit) as stopped:
            main.run()
    assert stopped.value.code == 1
    out, err = capsys.readouterr()
    assert err == "dateline: no room left to write; make room\n"
    assert out.split()[2].rstrip(";") == run("undo").split()[0]
    assert len(json.loads(run("incidents", "--json"))) == 2


def test_a_number_can_be_a_title(run: Run, told: list[str]) -> None:
    """What is typed there is words, whatever else it could be; null takes it away where that can be."""
    key = json.loads(run("incidents", "--contested", "--json"))[0]["id"]
    run("correct", key, "title=2013", "--why", "as it is known")
    assert json.loads(run("incident", key, "--json"))["title"] == "2013"
    with pytest.raises(StoreError, match="half a sign"):
        run("correct", key, "title=\udcff", "--why", "so")
    run("correct", key, "country=null", "--why", "at sea")
    assert json.loads(run("incident", key, "--json"))["country"] is None


def test_rebuild_says_what_it_made(run: Run, told: list[str], tmp_path: Path) -> None:
    """With --reread every text is read again by this reader first."""
    assert run("rebuild").strip() == "4 reports linked into 3 incidents"
    run("purge", told[3], "--why", "so", "--yes")
    run("purge", told[2], "--why", "so", "--yes")
    run("purge", told[1], "--why", "so", "--yes")
    assert run("rebuild").strip() == "1 report linked into 1 incident"


def test_reread_reads_only_what_this_reader_has_not(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second time there is nothing to read."""
    run("add", str(lines_of(tmp_path, range(4))))
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
