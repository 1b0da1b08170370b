"""Killed at any moment, or many at once: what was acknowledged is there, once and whole."""

from __future__ import annotations

import os
import random
import select
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from benchmarks.plain_linker import PlainLinker
from benchmarks.synthetic import PER_DAY, make_record, make_report, pairs
from dateline.store import Store, open_store

ROOT = Path(__file__).resolve().parents[2]
KILLS = 50


def _worker(url: str, first: int, count: int, step: int = 1) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.store.worker", url, str(first), str(count), str(step)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def _adding_in_a_fork(url: str, first: int, count: int, together: int) -> tuple[int, int]:
    """Start adding in a fork, which costs no start of Python; give its process and a pipe of what it kept.

    So many are added `together`, in one transaction.
    """
    receiving, sending = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(receiving)
            with open_store(url, linker=PlainLinker()) as store:
                for start in range(first, first + count, together):
                    store.add_each(pairs(start, together))
                    for number in range(start, start + together):
                        os.write(sending, b"%d\n" % number)
                    if start // together % 5 == 0:
                        store.link()
        finally:
            os._exit(0)
    os.close(sending)
    return child, receiving


def _kill_after(seconds: float, child: int, receiving: int, *, begun: bool) -> list[int]:
    """Kill a process after a while, counted from its first word where it has `begun`; give what it acknowledged."""
    if begun:
        select.select([receiving], [], [], 60)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(receiving, "rb") as pipe:
        lines = pipe.read().split(b"\n")
    return [int(line) for line in lines[:-1]]


def _check_whole(store: Store, acknowledged: list[int]) -> int:
    """Every report acknowledged is there with its copy, record and words; nothing stands without the rest."""
    for number in acknowledged[-3:]:
        report = make_report(number)
        assert store.report(report.id) == report
        assert store.record(report.id) == make_record(report, number)
    counts = store.counts()
    assert counts["reports"] == counts["copies"] == counts["records"] >= len(acknowledged)
    return counts["reports"]


@pytest.mark.parametrize("together", [1, 8])
def test_nothing_is_lost_or_half_there_after_sigkill(url: str, together: int) -> None:
    """Killed fifty times while adding: all acknowledged is kept, and the next start goes on to the end."""
    chance = random.Random(5)
    acknowledged: list[int] = []
    with open_store(url, linker=PlainLinker()) as store:
        store.close()
    for n in range(KILLS):
        first = acknowledged[-1] + 1 if acknowledged else 0
        child, receiving = _adding_in_a_fork(url, first, 400, together)
        acknowledged += _kill_after(chance.uniform(0.02, 0.12) / together, child, receiving, begun=n % 4 > 0)
        with open_store(url, linker=PlainLinker()) as store:
            kept = _check_whole(store, acknowledged)
            assert kept - len(acknowledged) <= KILLS * together  # those of one kill may be kept and not said
    assert len(acknowledged) > KILLS  # else they were killed before they had anything to lose
    with open_store(url, linker=PlainLinker()) as store:
        there = {record.report.id for record in store.records()}
        assert {make_report(number).id for number in acknowledged} <= there
        for report, record in pairs(0, len(acknowledged) + KILLS * together):
            store.add(report, record)
        store.link()
        whole = [i.to_json() for i in store.incidents()]
        assert store.counts()["pending"] == 0
        store.rebuild()
        assert [i.to_json() for i in store.incidents()] == whole


def test_killed_while_the_store_is_made(tmp_path: Path) -> None:
    """A start that was killed half-way leaves no half-made store."""
    chance = random.Random(7)
    for number in range(10):
        file = tmp_path / f"{number}.db"
        child, receiving = _adding_in_a_fork(str(file), 0, 5, 1)
        _kill_after(chance.uniform(0.0, 0.2), child, receiving, begun=False)
        with open_store(file, linker=PlainLinker()) as store:
            store.add(*next(pairs(0, 1)))
            assert len(list(store.incidents())) == 1
        with sqlite3.connect(file) as base:
            assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_new_store_that_another_process_is_making(tmp_path: Path) -> None:
    """SQLite doesn't wait its turn when the write-ahead log is set; who opens does."""
    path = tmp_path / "new.db"
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    release = threading.Timer(0.5, other.execute, ["COMMIT"])
    release.start()
    with open_store(str(path), linker=PlainLinker()) as store:
        assert list(store.incidents()) == []
    release.join()
    other.close()


@pytest.mark.parametrize("shared", [True, False], ids=["the same reports", "reports of their own"])
def test_processes_that_add_at_once(url: str, shared: bool) -> None:
    """Two at one SQLite file, eight at PostgreSQL: each report lands once, the incidents are as of one."""
    many = 8 if "://" in url else 2
    each = 240 // many
    total = each if shared else each * many
    workers = [_worker(url, 0 if shared else n, each, 1 if shared else many) for n in range(many)]
    for worker in workers:
        out, error = worker.communicate(timeout=540)
        assert (worker.returncode, error) == (0, ""), out
    with open_store(url, linker=PlainLinker()) as store:
        counts = store.counts()
        assert counts["reports"] == counts["copies"] == counts["records"] == total
        together = [i.to_json() for i in store.incidents()]
        store.rebuild()
        assert [i.to_json() for i in store.incidents()] == together
        assert sum(len(i.reports) for i in store.incidents()) == total


def test_reports_of_many_days_are_made(root: Path) -> None:
    """The generator goes on at an even pace: as many reports a day, however many there are."""
    days = {make_report(n).url.split("/")[3] for n in range(4 * PER_DAY)}  # type: ignore[union-attr]
    assert len(days) == 4
