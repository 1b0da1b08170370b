"""`dateline demo`: from bundled reports to a situation, with the package's own reader and linker."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from rich.cells import cell_len

from dateline.cli.demo import demo_reports
from dateline.store import open_store
from tests.cli.conftest import Command


def test_demo_reports_are_those_of_the_story(shared: Path) -> None:
    """The fourteen reports that were written for this project, to the letter."""
    lines = (shared / "samples" / "in-amenas" / "reports.jsonl").read_text(encoding="utf-8").splitlines()
    assert [report.text for report in demo_reports()] == [json.loads(line)["text"] for line in lines]


def test_demo_tells_the_situation(dateline: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Incidents, postures, the siege's page with its contested tolls, and what to try next; twice the same."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("DATELINE_DB", str(tmp_path / "a-teams-own.db"))
    done = dateline("demo")
    assert (done.status, done.err) == (0, "")
    parts = re.findall(r"^\$ dateline (\w+)", done.out, re.MULTILINE)
    assert parts == ["add", "incidents", "posture", "incident"]
    for words in ("14 new", "Konna", "JPN  MLI", "TOLL", "TIMELINE", "MAP", "REPORTS", "CONTESTED", "killed",
                  "contested", "Sahel Wire", "DATELINE_DB="):  # fmt: skip
        assert words in done.out, words
    assert done.out.index("REPORTS") < done.out.index("CONTESTED") < done.out.index("The store is kept")
    assert max(cell_len(line) for line in done.out.splitlines()) <= 80
    assert [p.name for p in tmp_path.iterdir()] == ["dateline"]
    with open_store(tmp_path / "dateline" / "demo.db") as store:
        assert store.counts()["reports"] == 14
        main = max(store.incidents(), key=lambda incident: len(incident.reports))
        assert main.country == "DZA"
        assert any(line.agreement == "contested" for line in main.ledger)
    again = dateline("demo").out
    assert again == done.out.replace("14 new", "14 already there")
