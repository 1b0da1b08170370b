"""How SQLite answers each filter: by an index, whatever is asked, without a look at incidents left out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from benchmarks.plain_linker import PlainLinker
from benchmarks.store_load import QUESTIONS
from dateline.store import Filter, open_store
from tests.store.tales import tale

# Counting up to a limit, what waits to be linked, and the index of words, which looks its matches up.
_ALLOWED = ("SCAN few", "SCAN pending", "SCAN report_search VIRTUAL TABLE INDEX")


def _plans(file: Path, wanted: Filter) -> list[str]:
    """The steps of every query that a question leads to."""
    asked: list[tuple[str, Any]] = []
    with open_store(file, linker=PlainLinker()) as store:
        store.add(*tale(more=" The hospital asked for blood after the blast. Report 777 of"))
        store.link()

        def note(_c: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
            asked.append((statement, parameters))

        event.listen(store._base.engine, "before_cursor_execute", note)
        list(store.incidents(wanted, limit=50))
        event.remove(store._base.engine, "before_cursor_execute", note)
        steps = []
        with store._base.reading() as connection:
            for statement, parameters in asked:
                if statement.lstrip().startswith("SELECT"):
                    rows = connection.exec_driver_sql("EXPLAIN QUERY PLAN " + statement, parameters)
                    steps += [str(row[3]) for row in rows]
    return steps


@pytest.mark.parametrize("common", [1, 2000])
@pytest.mark.parametrize("name", list(QUESTIONS))
def test_no_filter_reads_what_it_leaves_out(
    file: Path, name: str, common: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A table is searched by a key, or an index scanned that holds all that is asked about."""
    monkeypatch.setattr("dateline.store.conditions._COMMON", common)
    monkeypatch.setattr("dateline.store.search._COMMON", common)
    steps = _plans(file, QUESTIONS[name])
    assert steps
    scans = [s for s in steps if s.startswith("SCAN") and "COVERING INDEX" not in s]
    assert [s for s in scans if not s.startswith(_ALLOWED)] == []
    # Words are looked up once: "0:=" would ask the index for each report anew, 30 us each.
    assert [s for s in steps if "VIRTUAL TABLE INDEX 0:=" in s] == []
