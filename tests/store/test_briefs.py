"""Briefs in the store: made of what counts now, or not used; gone with their report."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import select, update

from benchmarks.synthetic import pairs
from dateline.incidents import link, postures
from dateline.record import Record, Report
from dateline.store import Store, open_store, schema
from dateline.store.linking import linker_version
from tests.incidents.test_posture import closing

_BRIEFS = schema.briefs
_ROWS = list(pairs(0, 40))


def _incidents(store: Store) -> list[str]:
    return sorted(incident.to_json() for incident in store.incidents())


def _by_hand(store: Store) -> list[str]:
    return sorted(incident.to_json() for incident in link(store.records()).incidents)


def _rows(store: Store, **wanted: Any) -> Sequence[Any]:
    query = select(_BRIEFS.c.report, _BRIEFS.c.mark, _BRIEFS.c.version)
    with store._base.reading() as connection:
        return connection.execute(query.where(*(_BRIEFS.c[n] == v for n, v in wanted.items()))).all()


def _filled(where: str | Path, rows: Sequence[tuple[Report, Record]] = _ROWS[:-1]) -> Store:
    store = open_store(where)
    store.add_together(rows)
    store.link()
    return store


@pytest.mark.parametrize("stale", [{"version": "older"}, {"mark": "0.0"}])
def test_a_stale_brief_is_made_anew(url: str, stale: dict[str, str]) -> None:
    """One of other code, or of another reading, is never opened: what stands in it is no brief at all."""
    with _filled(url) as store, store._base.writing() as connection:
        connection.execute(update(_BRIEFS).values(body=b"no brief", signs=b"no signs", **stale))
    with open_store(url) as store:
        store.add(*_ROWS[-1])
        assert _incidents(store) == _by_hand(store)
        assert len(_rows(store, version=linker_version())) > 1
        assert len(_rows(store, **stale)) < len(_ROWS)


def test_a_brief_follows_what_people_correct(file: Path) -> None:
    """A corrected report is compared as corrected, by those that come later, too."""
    with _filled(file) as store:
        before = {row.report: row.mark for row in _rows(store)}
        day = {"start": "2019-05-05", "end": "2019-05-05"}
        store.correct(f"{_ROWS[0][0].id}#e1", {"type": "agreement", **day}, why="misread")
        store.link()
        after = {row.report: row.mark for row in _rows(store)}
        assert [seq for seq in before if before[seq] != after[seq]] == [1]
        store.add(*_ROWS[-1])
        assert _incidents(store) == _by_hand(store)


def test_a_brief_goes_with_its_report(file: Path) -> None:
    """A purge leaves none of it, on the disk or in memory."""
    with _filled(file) as store:
        name = _ROWS[3][0].id
        count = len(_rows(store))
        store.purge(name, why="asked for")
        assert len(_rows(store)) == count - 1
        assert all(brief.report != name for _, brief in store._deriver.briefs._kept.values())
        assert _incidents(store) == _by_hand(store)


def test_a_rebuild_makes_all_briefs(file: Path) -> None:
    """A store of before, which has none, gets them by a rebuild."""
    with _filled(file, _ROWS) as store:
        with store._base.writing() as connection:
            connection.execute(_BRIEFS.delete())
        store.rebuild()
        assert len(_rows(store)) == len(_ROWS)
        assert _incidents(store) == _by_hand(store)


def test_postures_are_those_of_all_records(file: Path) -> None:
    """They are made of packed signs, of briefs made anew as well, and forgotten with their report."""
    first, later = closing().build(), closing("2015-06-01").build()
    other = Record(report=Report.of(first.report.text + " It gave no day.", published="2015-06-02"))
    with (
        _filled(file, [(r.report, r) for r in (first, other)]) as store,
        store._base.writing() as connection,
    ):
        connection.execute(update(_BRIEFS).values(version="older", signs=b"no signs"))
    with open_store(file) as store:
        store.add(*_ROWS[0])
        store.add(later.report, later)
        assert tuple(store.postures()) == postures(store.records())
        assert store.postures()
        store.purge(first.report.id, why="asked for")
        assert tuple(store.postures()) == postures(store.records()) == ()


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_text_under_several_titles_is_told_by_its_figures_alone(file: Path, order: tuple[int, int]) -> None:
    """What a text reads like hangs on its title: whichever came first, the incidents are the same."""
    report, record = _ROWS[0]
    told = []
    for title, killed in (("Many feared dead", (0.0, 0.0, 0.0, 0.0, 1.0)), ("One is dead", (0.0, 1.0, 0.0))):
        one = msgspec.structs.replace(report, title=title, publisher=title)
        likely = {"killed": killed, "wounded": (1.0, 0.0)}
        told.append((one, msgspec.structs.replace(record, report=one, estimates=likely)))
    with _filled(file, _ROWS[1:-1]) as store:
        for n in order:
            store.add(*told[n])
            store.link()
        plain = [made for made in store.records() if made.report.id == report.id]
        assert [made.estimates for made in plain] == [msgspec.UNSET]
        bare = [msgspec.structs.replace(r, estimates=msgspec.UNSET) for _, r in told]
        others = [r for _, r in _ROWS[1:-1]]
        assert {
            i.totals["killed"].best for i in link([*others, *bare]).incidents if report.id in i.reports
        } == {i.totals["killed"].best for i in store.incidents() if report.id in i.reports}
        assert link([*others, *(r for _, r in told)]).incidents == link([*others, *bare]).incidents
