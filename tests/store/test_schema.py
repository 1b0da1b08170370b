"""The schema: what the migrations make is what the code names, on both databases."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from dateline.store import Store, versions
from dateline.store.schema import APPLICATION_ID, HEAD, metadata
from dateline.store.search import has_fts


def _ours(_object: Any, name: str | None, kind: str, _reflected: bool, _other: Any) -> bool:
    return not (kind in ("table", "index") and (name or "").startswith(("report_search", "ix_report_search")))


def test_the_migrations_make_the_tables_that_the_code_names(store: Store) -> None:
    """No column or index more or less."""
    with store._base.reading() as connection:
        options = {"include_object": _ours, "version_table": versions.VERSION_TABLE}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []


def test_the_newest_migration_is_the_one_the_code_expects() -> None:
    """HEAD is kept in step by hand; so that opening a store needs no look at the files."""
    assert ScriptDirectory.from_config(versions._config()).get_heads() == [HEAD]


def test_a_file_says_whose_it_is(store: Store) -> None:
    """SQLite files carry our application id and a write-ahead log."""
    if store._base.is_sqlite:
        with store._base.reading() as connection:
            assert connection.exec_driver_sql("PRAGMA application_id").scalar() == APPLICATION_ID
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
            assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2


def test_an_sqlite_without_full_text_search_scans(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where FTS5 is missing, a search finds the same, slowly."""
    from benchmarks.plain_linker import PlainLinker
    from dateline.store import Filter, open_store
    from tests.store.tales import tale

    assert has_fts()
    monkeypatch.setattr("dateline.store.search.has_fts", lambda: False)
    report, record = tale(more=" The quay burned.", title="A headline")
    with open_store(file, linker=PlainLinker()) as store:
        store.add(report, record)
        assert len(list(store.incidents(Filter(text="QUAY burned")))) == 1
        assert len(list(store.incidents(Filter(text="headline")))) == 1
        assert list(store.incidents(Filter(text="sarin"))) == []
        store.purge(report.id, why="so")
