"""A watcher on a store of its own, a server that misbehaves, and a stand-in for reading where fetching is the point."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from benchmarks.plain_linker import PlainLinker
from dateline.record import Record, Report
from dateline.reports.fetch import Fetcher, Limits
from dateline.reports.polite import Politeness
from dateline.store import Store, open_store
from dateline.watch import Config, FeedConfig, State, Watcher
from dateline.watch.config import WatchConfig
from dateline.watch.metrics import Metrics
from dateline.watch.schedule import Schedule
from dateline.watch.sink import StoreSink
from tests.watch.server import Server

Watching = Callable[..., Watcher]


def plain_read(report: Report) -> Record:
    """Stand in for the reader where only fetching and keeping are looked at."""
    return Record(report=report)


@pytest.fixture
def server() -> Iterator[Server]:
    """A server without a path yet."""
    with Server() as made:
        yield made


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    with open_store(tmp_path / "store.db", linker=PlainLinker()) as made:
        yield made


class Clock:
    """A time that the test moves."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    """A time that the test moves."""
    return Clock()


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    """A state that is new."""
    with State(tmp_path / "feeds.state") as made:
        yield made


@pytest.fixture
def watching(store: Store, state: State, clock: Clock) -> Iterator[Watching]:
    """Make a watcher of some feeds, with its numbers in `.numbers`; `silence` is how long it waits for an answer."""
    fetchers: dict[float, Fetcher] = {}

    def fetcher(silence: float) -> Fetcher:
        if silence not in fetchers:
            limits = Limits(bytes=2_000_000, seconds=2 * silence, silence=silence, redirects=3)
            fetchers[silence] = Fetcher(limits=limits, politeness=Politeness(agent="Dateline", pause=0.0))
        return fetchers[silence]

    def make(*feeds: FeedConfig, sink: object = None, silence: float = 15.0) -> Watcher:
        watch = WatchConfig(every="10m", pause=0.0, threads=4, per_host=4)
        lines: list[str] = []
        numbers = Metrics()
        made = Watcher(
            Config(watch=watch, feed=feeds), state, sink or StoreSink(store, plain_read, reader="stand-in"),  # type: ignore[arg-type]
            fetcher=fetcher(silence), schedule=Schedule(random.Random(1)), metrics=numbers, log=lines.append,
            clock=clock,
        )  # fmt: skip
        made.lines, made.numbers = lines, numbers  # type: ignore[attr-defined]
        return made

    yield make
    for one in fetchers.values():
        one.close()
