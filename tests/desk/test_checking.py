"""What review asks of a store: doubtful facts of all reports, likely twins, contests, what was decided."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import event

from benchmarks.plain_linker import PlainLinker
from dateline.desk.core import Desk
from dateline.desk.queue import SHOWN, queue
from dateline.errors import NotInStore
from dateline.record import Record, Report
from dateline.store import Store, open_store
from dateline.store.doubts import UNSURE
from dateline.store.versions import VERSION_TABLE
from tests.store.tales import tale

# Takes back what the migrations 0007 and 0006 have made.
_TO_0005 = (
    "DROP TABLE briefs",
    "DROP INDEX ix_incidents_component",
    "ALTER TABLE incidents DROP COLUMN basis",
    "CREATE INDEX ix_incidents_component ON incidents (component)",
    "DROP TABLE doubts",
    f"UPDATE {VERSION_TABLE} SET version_num = '0005'",
)
_DAYS = [f"2013-{month:02}-{day:02}" for month in range(1, 13) for day in (3, 13, 23)]


def _doubted(day: str, sure: float, place: str = "Gao") -> tuple[Report, Record]:
    """A tale whose event is held so likely; its figure is well above the bound."""
    report, record = tale(place, day)
    events = tuple(msgspec.structs.replace(event, confidence=sure) for event in record.events)
    return report, msgspec.structs.replace(record, events=events)


def _filled(file: Path) -> Store:
    """36 reports, ten days apart; every third is doubtful, the earliest the most."""
    store = open_store(file, linker=PlainLinker())
    store.add_together(
        [_doubted(day, 0.3 + n / 1000 if n % 3 == 0 else 0.9) for n, day in enumerate(_DAYS)], reader="test"
    )
    store.link()
    return store


def _plan_of(store: Store, ask: Callable[[], object]) -> list[str]:
    """The steps by which SQLite answers the questions that are asked of the doubtful facts."""
    asked: list[tuple[str, Any]] = []

    def note(_c: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        asked.append((statement, parameters))

    event.listen(store._base.engine, "before_cursor_execute", note)
    ask()
    event.remove(store._base.engine, "before_cursor_execute", note)
    with store._base.reading() as connection:
        return [
            str(row[3])
            for statement, parameters in asked
            if "FROM doubts" in statement
            for row in connection.exec_driver_sql("EXPLAIN QUERY PLAN " + statement, parameters)
        ]


def _days(store: Store, *, latest: bool = False, first: int = 0, size: int = 99) -> list[str]:
    found = store.checking.unsure(size, first=first, latest=latest)
    return [(record.report.published or "")[:10] for record, _ in found]


def test_doubtful_facts_of_all_reports_are_found(tmp_path: Path) -> None:
    """The least likely first, however old; or the latest first; a part of them at a time."""
    with _filled(tmp_path / "s.db") as store:
        assert _days(store) == _DAYS[::3]
        assert _days(store, latest=True) == _DAYS[::3][::-1]
        assert _days(store, first=2, size=3) == _DAYS[::3][2:5]
        found = store.checking.unsure(99)
        assert {key for _, key in found} == {"e1"}
        assert all(record.events[0].confidence < UNSURE for record, _ in found)


def test_facts_as_doubtful_come_by_the_latest_report(tmp_path: Path) -> None:
    """Many share a likelihood; slices of the list fit together, and nothing is sorted to make them."""
    with open_store(tmp_path / "s.db", linker=PlainLinker()) as store:
        sure = [0.5 if n % 4 else 0.2 for n in range(len(_DAYS))]
        store.add_together([_doubted(*pair) for pair in zip(_DAYS, sure, strict=True)], reader="test")
        store.link()
        wanted = [day for least in (0.2, 0.5) for day, held in zip(_DAYS, sure, strict=True) if held == least]
        wanted = wanted[:9][::-1] + wanted[9:][::-1]
        assert _days(store) == wanted
        assert [day for first in range(0, 36, 7) for day in _days(store, first=first, size=7)] == wanted
        assert _days(store, first=50) == []
        steps = _plan_of(store, lambda: store.checking.unsure(7))
        assert [step for step in steps if "doubts" in step] != []
        assert [step for step in steps if "TEMP B-TREE" in step] == []


def test_what_was_decided_on_is_doubtful_no_more(tmp_path: Path) -> None:
    """Accepted, corrected or rejected it leaves the list at once, linked or not; undone, it is back."""
    with _filled(tmp_path / "s.db") as store:
        (first, _), (second, _), (third, _) = store.checking.unsure(3)
        store.accept(f"{first.report.id}#e1", why="seen", who="Ana")
        store.correct(f"{second.report.id}#e1", {"type": "shelling"}, why="seen", who="Ana")
        made = store.reject(f"{third.report.id}#e1", why="seen", who="Ana")
        assert _days(store) == _DAYS[::3][3:]
        store.link()
        assert _days(store) == _DAYS[::3][3:]
        store.undo(made.id, why="hasty", who="Ana")
        store.link()
        assert _days(store) == _DAYS[::3][2:]
        before = _days(store)
        store.rebuild()
        assert _days(store) == before


def test_what_is_purged_or_superseded_is_not_listed(tmp_path: Path) -> None:
    """Only reports that count can be checked."""
    with open_store(tmp_path / "s.db", linker=PlainLinker()) as store:
        old, record = tale("Gao", url="https://a.example/1")
        low = tuple(msgspec.structs.replace(event, confidence=0.2) for event in record.events)
        store.add(old, msgspec.structs.replace(record, events=low))
        store.add(*_doubted("2013-03-03", 0.4))
        store.link()
        assert len(_days(store)) == 2
        store.add(*tale("Gao", killed=7, url="https://a.example/1"))
        store.link()
        assert _days(store) == ["2013-03-03"]
        (left,) = store.checking.unsure(9)
        store.purge(left[0].report.id, why="asked for", who="Ana")
        assert _days(store) == []


def test_a_store_of_before_gets_its_list(tmp_path: Path) -> None:
    """The migration lists what the records hold, and what was decided on leaves the list once linked."""
    file = tmp_path / "s.db"
    with _filled(file) as store:
        (first, _), *_ = store.checking.unsure(1)
        store.accept(f"{first.report.id}#e1", why="seen", who="Ana")
        store.link()
        before = _days(store)
        with store._base.writing() as connection:
            for statement in _TO_0005:
                connection.exec_driver_sql(statement)
    with open_store(file, linker=PlainLinker()) as store:
        assert _days(store) == before
        assert list(store.incidents(limit=1))  # the first question links
        assert _days(store) == before
        assert store.counts()["pending"] == 0


def test_twins_are_found_however_old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of one type, near in place and days; not those far off, of another type, or kept apart."""
    monkeypatch.setattr("benchmarks.plain_linker._NEAR", -1)  # a linker that ties nothing
    with _filled(tmp_path / "s.db") as store:
        assert store.checking.twins(9) == []
        for day in ("2013-01-04", "2013-06-05"):
            store.add(*tale("Gao", day))
        store.add(*tale("Gao", "2013-01-05", kind="shelling"))
        store.add(*tale("Konna", "2013-01-05"))
        store.link()
        pairs = store.checking.twins(9)
        assert [{b.start for b in pair} for pair in pairs] == [
            {"2013-06-03", "2013-06-05"},
            {"2013-01-03", "2013-01-04"},
        ]
        assert store.checking.twins(9, first=1) == pairs[1:]
        store.keep_apart(*(brief.id for brief in pairs[0]), why="two", who="Ana")
        assert store.checking.twins(9) == pairs[1:]


def test_a_queue_goes_on_page_by_page(tmp_path: Path) -> None:
    """Pages hold each item once."""
    with open_store(tmp_path / "s.db", linker=PlainLinker()) as store:
        store.add_together([_doubted(day, 0.5, place) for place in ("Gao", "Konna") for day in _DAYS])
        store.link()
        desk, seen = Desk(store), []
        for page in (1, 2, 3):
            shown = queue(desk, "facts", page)
            seen += [item.what for item in shown.items]
            assert shown.more == (page < 3)
            assert len(shown.items) <= SHOWN
        assert len(seen) == len(set(seen)) == 72


def test_decisions_come_some_at_a_time(tmp_path: Path) -> None:
    """The latest first for people, in their order for programs; those taken back are left out where asked."""
    with _filled(tmp_path / "s.db") as store:
        made = [store.accept(f"{r.report.id}#e1", why="seen", who="Ana") for r, _ in store.checking.unsure(5)]
        undone = store.undo(made[1].id, why="hasty", who="Ana")
        assert store.checking.count() == 6
        assert store.checking.made(2) == [undone, made[4]]
        assert store.checking.made(2, first=4) == [made[1], made[0]]
        page = store.paging.decisions(size=4)
        assert page.rows == made[:4]
        assert page.after is not None
        assert store.paging.decisions(size=4, after=page.after[0]).rows == [made[4], undone]
        held = store.paging.decisions(size=4, in_force=True)
        assert held.rows == [made[0], *made[2:4]]
        assert store.paging.decision(made[2].id[:12]) == made[2]
        with pytest.raises(NotInStore):
            store.paging.decision("d-none")
        assert store.checking.on({made[0].anchors[0].report}) == [made[0]]
        assert store.checking.on({made[1].anchors[0].report}) == []
