"""The schema: what the migrations make is what the code names, on both databases."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from benchmarks.plain_linker import PlainLinker
from dateline.record import report_id
from dateline.store import Filter, Store, open_store, versions
from dateline.store.base import Base, database_url
from dateline.store.schema import APPLICATION_ID, HEAD, metadata
from dateline.store.search import has_fts
from tests.store.tales import tale

_OLD_TEXT = "GAO - An old text."
_OLD = (
    f"INSERT INTO reports VALUES (1, '{report_id(_OLD_TEXT)}', '{_OLD_TEXT}', '2020-01-01', 1, NULL, TRUE, '2020')",
    "INSERT INTO copies (seq, report, key, title, notices, added) VALUES (1, 1, 'k', 'Old', '[]', '2020-01-01')",
    "INSERT INTO incidents (id, component, type, title, country, starts, ends, contested, reports, body) VALUES"
    " ('i-old', 1, 'bombing', 'Old attack', 'MLI', '2020-01-01', '2020-01-01', FALSE, 0,"
    """ '{"id": "i-old", "type": "bombing", "title": "Old attack", "country": "MLI", "start": "2020-01-01"}')""",
)


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


def test_a_store_of_an_older_version_is_brought_up_to_date(url: str, linker: PlainLinker) -> None:
    """What an older schema held is there afterwards, and goes on."""
    from alembic import command

    config, base = versions._config(), Base(database_url(url))
    with base.writing() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        for statement in _OLD:
            connection.exec_driver_sql(statement)
    base.close()
    with open_store(url, linker=linker) as store:
        assert store.report(report_id(_OLD_TEXT)).title == "Old"
        (incident,) = store.incidents(Filter(country="MLI"))
        assert incident.title == "Old attack"
        with store._base.writing() as connection:  # so that the serial numbers go on in PostgreSQL
            if not store._base.is_sqlite:
                for table in ("reports", "copies"):
                    connection.exec_driver_sql(f"SELECT setval('{table}_seq_seq', 10)")
        store.add(*tale())
        assert store.counts()["reports"] == 2


def test_a_file_says_whose_it_is(store: Store) -> None:
    """SQLite files carry our application id and a write-ahead log."""
    if store._base.is_sqlite:
        with store._base.reading() as connection:
            assert connection.exec_driver_sql("PRAGMA application_id").scalar() == APPLICATION_ID
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
            assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2


def test_an_sqlite_without_full_text_search_scans(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where FTS5 is missing, a search finds the same, slowly."""
    assert has_fts()
    monkeypatch.setattr("dateline.store.search.has_fts", lambda: False)
    report, record = tale(more=" The quay burned.", title="A headline")
    with open_store(file, linker=PlainLinker()) as store:
        store.add(report, record)
        assert len(list(store.incidents(Filter(text="QUAY burned")))) == 1
        assert len(list(store.incidents(Filter(text="headline")))) == 1
        assert list(store.incidents(Filter(text="sarin"))) == []
        store.purge(report.id, why="so")
