"""Answers are kept for one version of the store, and no longer."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from benchmarks.plain_linker import PlainLinker
from dateline.desk.core import Desk
from dateline.desk.kept import Kept
from dateline.store import Filter, open_store
from tests.store.tales import tale


def test_what_was_asked_is_made_once_a_version() -> None:
    """A new version forgets all; beyond the most, what was asked longest ago goes."""
    version, made = [1], []

    def make(name: str) -> str:
        made.append(name)
        return name.upper()

    kept = Kept(lambda: version[0], most=2)
    for name in ("a", "a", "b", "a", "c", "b"):
        assert kept.get(name, lambda name=name: make(name)) == name.upper()  # type: ignore[misc]
    assert made == ["a", "b", "c", "b"]
    version[0] = 2
    assert kept.get("b", lambda: make("b")) == "B"
    assert made[-2:] == ["b", "b"]


def test_an_answer_of_an_older_version_is_not_kept() -> None:
    """What changed while it was made is made anew for the next who asks."""
    version = [1]

    def slow() -> int:
        version[0] += 1
        kept.get("other", lambda: 0)
        return version[0]

    kept = Kept(lambda: version[0])
    assert kept.get("x", slow) == 2
    assert kept.get("x", lambda: 99) == 99


def test_counts_follow_the_store(tmp_path: Path) -> None:
    """What is added, decided or purged is seen at the next question."""
    with open_store(tmp_path / "s.db", linker=PlainLinker()) as store:
        desk, every = Desk(store), Filter()
        assert desk.tally(every).total == 0
        report, record = tale()
        store.add(report, record)
        store.link()
        assert (desk.tally(every).total, desk.tally(every).killed) == (1, 5)
        assert desk.countries(every) == [("MLI", 1, 0, 5)]
        store.correct(f"{report.id}#f1", {"low": 7, "high": 7}, why="seen", who="Ana")
        store.link()
        assert desk.tally(every).killed == 7
        store.purge(report.id, why="asked for", who="Ana")
        assert desk.tally(every).total == 0


def test_common_words_are_counted_as_rare_ones_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever way the index of words is asked, the same incidents come out."""
    with open_store(tmp_path / "s.db", linker=PlainLinker()) as store:
        for place in ("Gao", "Konna", "Suva"):
            store.add(*tale(place, more=" Blood was asked for."))
        store.add(*tale("Apia"))
        store.link()
        wanted = Filter(text="blood")
        rare = store.looking.tally(wanted), store.looking.points(wanted), store.looking.rows(wanted)
        monkeypatch.setattr("dateline.store.search._COMMON", 1)
        common = store.looking.tally(wanted), store.looking.points(wanted), store.looking.rows(wanted)
        assert rare == common
        assert rare[0].total == len(rare[1]) == len(rare[2]) == 3


def test_many_who_ask_at_once_wait_for_one() -> None:
    """What takes long is worked out once, however many ask meanwhile, and again where it failed."""
    made: list[int] = []

    def slow() -> int:
        time.sleep(0.05)
        made.append(1)
        if len(made) == 1:
            raise ValueError
        return 7

    kept = Kept(lambda: 1)
    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(kept.get, "x", slow) for _ in range(8)]
        failed = [future for future in asked if future.exception()]
    assert len(failed) == 1
    assert len(made) == 2
    assert {future.result() for future in asked if future not in failed} == {7}
