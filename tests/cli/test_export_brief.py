"""`dateline export` in the formats of the field, and `dateline brief`, as they are typed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.plain_linker import PlainLinker
from dateline.cli import main
from dateline.store import open_store
from tests.store.tales import closure, tale

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """A store with two attacks and a posture; runs a command, gives status, output and errors."""
    path = tmp_path / "store.db"
    with open_store(path, linker=PlainLinker()) as store:
        for report, record in (tale(killed=5), tale("Konna", "2013-01-20", 12), closure()):
            store.add(report, record)
    monkeypatch.setenv("DATELINE_DB", str(path))

    def call(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["dateline", *map(str, words)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as stopped:
            main.run()
        out, err = capsys.readouterr()
        return int(stopped.value.code or 0), out, err

    return call


def test_a_format_is_printed(run: Run) -> None:
    """With the filters of `incidents`."""
    status, out, _ = run("export", "incidents", "--format", "geojson", "--killed", 10)
    assert status == 0
    assert [f["properties"]["place"] for f in json.loads(out)["features"]] == ["Konna"]


def test_a_format_is_written(run: Run, tmp_path: Path) -> None:
    """To a file."""
    path = tmp_path / "a.gpkg"
    assert run("export", "events", "--format", "gpkg", "-o", path) == (0, "", "")
    assert path.read_bytes().startswith(b"SQLite format 3")


def test_cap_names_its_sender(run: Run, tmp_path: Path) -> None:
    """As it was typed."""
    path = tmp_path / "a.xml"
    status, *_ = run(
        "export", "incidents", "--format", "cap", "--place", "Gao", "--sender", "desk@example.org", "-o", path
    )
    assert status == 0
    assert "<sender>desk@example.org</sender>" in path.read_text()


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("export", "claims", "--format", "cap"), 1, "cap holds incidents, not claims; export incidents"),
        (("export", "incidents", "--format", "gpkg"), 2, "--output"),
        (("export", "postures", "--format", "ical", "--contested"), 1, "postures know a host and days"),
        (("export", "incidents", "--format", "cap", "-o", "x.xml"), 1, "cap-zip, which holds"),
        (("brief", "--format", "pdf"), 2, "--output"),
        (("brief", "-o", "no/such/folder/b.pdf"), 1, "can't be written"),
        (("brief", "--country", "Nowhereland"), 2, "--country"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    words: tuple[str, ...], status: int, said: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What, where, what to do; no traceback, no file."""
    monkeypatch.chdir(tmp_path)
    before = sorted(p.name for p in tmp_path.iterdir())
    code, _, err = run(*words)
    assert code == status
    assert said in " ".join(err.split())
    assert "Traceback" not in err
    assert sorted(p.name for p in tmp_path.iterdir() if "store.db" not in p.name) == [
        n for n in before if "store.db" not in n
    ]


def test_a_brief_is_printed(run: Run) -> None:
    """As Markdown."""
    status, out, _ = run("brief", "--country", "MLI", "--since", "2013-01-01")
    assert status == 0
    assert out.startswith("# Mali: situation brief\n\n**1–23 Jan 2013** · 3 reports")


@pytest.mark.parametrize(
    ("name", "begins"),
    [("b.pdf", b"%PDF-"), ("b.docx", b"PK"), ("b.html", b"<!doctype html>"), ("b.md", b"# Mali")],
)
def test_the_name_of_the_file_says_the_form(name: str, begins: bytes, run: Run, tmp_path: Path) -> None:
    """Unless --format does."""
    assert run("brief", "--country", "Mali", "-o", tmp_path / name)[0] == 0
    assert (tmp_path / name).read_bytes().startswith(begins)
