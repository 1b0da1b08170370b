"""Ten thousand items from a server that misbehaves, and a watcher that is killed: none lost, none twice."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from dateline.record import Report
from dateline.reports.fetch import Fetcher
from dateline.store import Outcome, Store, open_store
from dateline.watch import FeedConfig, State
from tests.reports.made import LONG, html_page, rss
from tests.watch.conftest import Clock, Watching
from tests.watch.server import Server, answer, cut, flaky, hang, tagged

ROOT = Path(__file__).resolve().parents[2]
RSS = "application/rss+xml"
FEEDS, ITEMS, PAGES = 20, 500, 300


class Kept:
    """Counts what it is given, as a store tells known texts from new ones."""

    def __init__(self) -> None:
        self.texts: Counter[str] = Counter()

    def take(self, report: Report) -> Outcome:
        self.texts[report.text] += 1
        return Outcome.NEW if self.texts[report.text] == 1 else Outcome.KNOWN

    def settle(self) -> None:
        """Nothing waits."""


def _item(feed: int, n: int, server: Server) -> dict[str, str]:
    """One item in some has a page; the others carry their text."""
    text = f"Five people were killed near the market of town {feed}-{n} on Monday, police said."
    if feed:
        return {"title": f"T{n}", "guid": f"{feed}-{n}", "content:encoded": text}
    server.routes[f"/p/{n}"] = answer(html_page(f"{text} The road was closed, residents said."))
    return {"title": f"T{n}", "guid": f"{feed}-{n}", "link": server.url(f"/p/{n}")}


def test_ten_thousand_items_come_once(server: Server, watching: Watching, state: State, clock: Clock) -> None:
    """Feeds grow, answer 500, hang, are cut off, repeat themselves; pages fail at first: all come once."""
    chance = random.Random(7)
    counts = [PAGES] + [(FEEDS * ITEMS - PAGES) // (FEEDS - 1)] * (FEEDS - 1)
    counts[-1] += FEEDS * ITEMS - sum(counts)
    items = [[_item(feed, n, server) for n in range(count)] for feed, count in enumerate(counts)]
    for n in range(PAGES):
        bad = chance.choice((None, None, cut(html_page()), answer("x", status=503)))
        if bad is not None:
            server.routes[f"/p/{n}"] = flaky(server.routes[f"/p/{n}"], bad)
    feeds = [FeedConfig(url=server.url(f"/{feed}"), follow=not feed) for feed in range(FEEDS)]
    kept = Kept()
    for part in range(1, 5):
        for feed in range(FEEDS):
            shown = items[feed][max(0, len(items[feed]) * (part - 2) // 4) : len(items[feed]) * part // 4]
            good = tagged(rss(shown[::-1]), f'"{part}"')
            bad = chance.choice((None, None, None, answer("x", status=500), cut(rss(shown)), hang(4)))
            server.routes[f"/{feed}"] = flaky(good, bad) if bad is not None else good
        for _ in range(12):  # a busy machine may take some answers for silence
            watching(*feeds, sink=kept, silence=2.0).run(once=True)
            clock.now += 30_000
            if not any(state.feed(feed.url).failures or state.counts(feed.url)["waiting"] for feed in feeds):
                break
    assert len(kept.texts) == FEEDS * ITEMS
    assert set(kept.texts.values()) == {1}
    assert sum(state.counts(feed.url)["done"] for feed in feeds) == FEEDS * ITEMS


def test_killed_at_any_moment_it_goes_on(server: Server, tmp_path: Path) -> None:
    """SIGKILL between fetching, keeping and noting: the next start takes up what was left."""
    texts = [f"{LONG} Killed {n}." for n in range(300)]
    items = [{"title": f"T{n}", "guid": f"{n}", "content:encoded": text} for n, text in enumerate(texts)]
    server.routes["/feed"] = tagged(rss(items), '"1"')
    chance = random.Random(3)
    command = [sys.executable, "-m", "tests.watch.worker", server.url("/feed"), str(tmp_path)]
    for _ in range(4):
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        process.stdout.readline()  # it has begun to keep
        time.sleep(chance.random() * 0.5)
        process.kill()
        process.wait()
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=120)
    with open_store(tmp_path / "store.db") as store:
        assert store.counts()["reports"] == len(texts)
        assert store.counts()["copies"] == len(texts)
    with State(tmp_path / "feeds.state") as state:
        assert state.counts(server.url("/feed")) == {"waiting": 0, "done": len(texts), "failed": 0}


def test_two_watchers_of_one_store_add_once(
    server: Server, store: Store, watching: Watching, tmp_path: Path
) -> None:
    """Another watcher with a state of its own finds the reports known."""
    server.routes["/feed"] = answer(rss([_item(1, n, server) for n in range(20)]), RSS)
    feed = FeedConfig(url=server.url("/feed"), follow=False)
    first = watching(feed)
    first.run(once=True)
    with State(tmp_path / "other.state") as other, Fetcher() as fetcher:
        second = type(first)(first._config, other, first._sink, fetcher=fetcher)
        second.run(once=True)
        assert other.counts(feed.url)["done"] == 20
    assert store.counts()["reports"] == store.counts()["copies"] == 20
