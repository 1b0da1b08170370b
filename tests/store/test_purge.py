"""Purging: a text and its facts are erased for good, from the file too."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.plain_linker import PlainLinker
from dateline.errors import DecisionError, NotInStore, Purged
from dateline.store import Filter, Store, open_store
from tests.store.tales import closure, tale

URL = "https://sahel-wire.example.org/1"
SECRET = " Xylographer."


def test_a_purged_report_is_gone_with_its_facts(store: Store) -> None:
    """Report, record, copies, words and its part of the incident go; the rest stays."""
    report, record = tale(killed=99, more=SECRET)
    store.add(report, record)
    store.add(*tale(killed=99, more=SECRET, publisher="Gulf Courier"))
    store.add(*tale(killed=5))
    assert store.purge(report.id, why="a court order", who="Ana") == [report.id]
    (incident,) = store.incidents()
    assert incident.totals["killed"].highest == 5
    assert list(store.incidents(Filter(text="Xylographer"))) == []
    with pytest.raises(NotInStore):
        store.report(report.id)
    assert store.counts()["copies"] == 1


def test_a_purged_text_cannot_come_back(store: Store) -> None:
    """The tombstone says when and by whom, also for a copy from elsewhere."""
    report, record = tale()
    store.add(report, record)
    store.purge(report.id, why="a court order", who="Ana")
    again, again_record = tale(publisher="Gulf Courier")
    with pytest.raises(Purged, match=r"was purged on \d{4}-\d\d-\d\d by Ana: a court order"):
        store.add(again, again_record)
    with pytest.raises(Purged):
        store.needs_reading(again)
    with pytest.raises(NotInStore, match=r"was purged on \d{4}-\d\d-\d\d by Ana: a court order"):
        store.purge(report.id[7:15], why="once more")
    assert store.rebuild() == 0


def test_a_purge_needs_its_reason(store: Store) -> None:
    """As any decision; without one nothing is erased."""
    report, record = tale()
    store.add(report, record)
    with pytest.raises(DecisionError, match="a purge needs its reason"):
        store.purge(report.id, why=" ")
    assert store.report(report.id) == report


def test_an_address_means_every_version(store: Store) -> None:
    """Corrected and corrections go together."""
    for killed in (5, 6, 7):
        store.add(*tale(killed=killed, url=URL))
    assert len(store.purge(URL, why="a court order")) == 3
    assert store.counts()["reports"] == 0


def test_purging_a_correction_brings_the_version_before_back(store: Store) -> None:
    """What is kept is what counts."""
    old, new = tale(killed=5, url=URL), tale(killed=6, url=URL)
    store.add(*old)
    store.add(*new)
    store.purge(new[0].id, why="a court order")
    (incident,) = store.incidents()
    assert incident.reports == (old[0].id,)


def test_postures_that_rested_on_it_go(store: Store) -> None:
    """A posture has no claim but those that are kept."""
    report, record = closure()
    store.add(report, record)
    assert len(store.postures()) == 1
    store.purge(report.id, why="a court order")
    assert store.postures() == []


def test_decisions_stay_without_its_words(store: Store) -> None:
    """The decision is kept, the words of the text that it quotes are not."""
    report, record = tale(killed=5)
    store.add(report, record)
    store.correct(f"{report.id}#f1", {"low": 4}, why="quotes the Xylographer")
    store.purge(report.id, why="a court order")
    (decision,) = store.decisions()
    assert (decision.anchors[0].text, decision.changes, decision.why) == ("", {}, "(purged)")


def test_nothing_of_it_is_left_in_the_file(file: Path) -> None:
    """No byte of the text stands in the database or its log: not in tables, index, or free pages."""
    report, record = tale(killed=99, more=SECRET * 400, agent="Zarathustrians")
    with open_store(file, linker=PlainLinker()) as store:
        store.add(*tale(killed=5))
        store.add(report, record)
        list(store.incidents())
        assert any(b"Zarathustrians" in path.read_bytes() for path in file.parent.iterdir())
        store.purge(report.id, why="a court order")
        for path in file.parent.iterdir():
            data = path.read_bytes().lower()
            assert b"xylographer" not in data, path.name
            assert b"xylograph" not in data, path.name
            assert b"zarathustr" not in data, path.name
