"""Watching feeds that misbehave: each costs itself alone, and nothing is lost or there twice."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from dateline.errors import ConfigError, StoreBusy, StoreDamaged, StoreFull
from dateline.record import Report
from dateline.store import Outcome, Store
from dateline.watch import FeedConfig, State
from dateline.watch.config import read_config, seconds_of
from dateline.watch.health import health_of
from tests.reports.made import LONG, html_page, rss
from tests.watch.conftest import Clock, Watching
from tests.watch.server import Act, Server, answer, bomb, cut, drip, flaky, hang, redirect, tagged

RSS = "application/rss+xml; charset=utf-8"


def item(n: int, **more: str) -> dict[str, str]:
    """Write an item of a feed that carries its text."""
    return {"title": f"T{n}", "guid": f"g{n}", "content:encoded": f"<p>{LONG} Item {n}.</p>", **more}


def pages(server: Server, numbers: range) -> list[dict[str, str]]:
    """Serve some pages, and give the items that name them."""
    for n in numbers:
        server.routes[f"/p/{n}"] = answer(html_page(f"{LONG} Page {n}."))
    return [{"title": f"T{n}", "guid": f"g{n}", "link": server.url(f"/p/{n}")} for n in numbers]


def test_new_items_are_added_once(server: Server, store: Store, watching: Watching, clock: Clock) -> None:
    """A second poll asks only for what is new; what was seen isn't fetched again."""
    items = pages(server, range(5))
    server.routes["/feed"] = tagged(rss(items), '"v1"')
    watcher = watching(FeedConfig(url=server.url("/feed"), name="Coast", publisher="Coast Post"))
    watcher.run(once=True)
    assert store.counts()["reports"] == 5
    assert {store.report(server.url(f"/p/{n}")).publisher for n in range(5)} == {"Coast Post"}
    clock.now += 1000
    watching(FeedConfig(url=server.url("/feed"))).run(once=True)
    server.routes["/feed"] = tagged(rss([*pages(server, range(5, 7)), *items]), '"v2"')
    clock.now += 1000
    watching(FeedConfig(url=server.url("/feed"))).run(once=True)
    assert store.counts()["reports"] == 7
    assert (server.asked["/feed"], server.asked["/p/0"], server.asked["/p/6"]) == (3, 1, 1)


def test_a_server_without_tags_is_asked_by_time(
    server: Server, store: Store, watching: Watching, clock: Clock
) -> None:
    """If-Modified-Since with the server's own words for its time, over restarts too."""
    stamp, asked = "Thu, 24 Jan 2013 08:00:00 GMT", []

    def feed(handler: BaseHTTPRequestHandler) -> None:
        asked.append(handler.headers.get("If-Modified-Since"))
        same = asked[-1] == stamp
        answer("" if same else rss([item(1)]), RSS, status=304 if same else 200, Last_Modified=stamp)(handler)

    server.routes["/feed"] = feed
    for _ in range(3):
        watching(FeedConfig(url=server.url("/feed"), follow=False)).run(once=True)
        clock.now += 1000
    assert asked == [None, stamp, stamp]
    assert store.counts()["reports"] == 1


MISBEHAVED: dict[str, Act] = {
    "/hang": hang(8), "/500": answer("broken", status=500), "/loop": redirect("/loop"), "/drip": drip(8),
    "/bomb": bomb(), "/empty": answer("", RSS), "/page": answer(html_page()), "/half": cut(rss([item(n) for n in range(50)]), RSS),
    "/binary": answer(bytes(range(256)) * 20, RSS), "/404": answer("gone", status=404),
}  # fmt: skip


def test_feeds_that_misbehave_cost_only_themselves(
    server: Server, store: Store, watching: Watching, state: State
) -> None:
    """Each fault is noted by its feed, and the good feed is read all the same."""
    server.routes |= {**MISBEHAVED, "/good": answer(rss([item(1)]), RSS)}
    feeds = [FeedConfig(url=server.url(path), follow=False) for path in (*MISBEHAVED, "/good")]
    start = time.monotonic()
    watching(*feeds, silence=1.5).run(once=True)
    assert time.monotonic() - start < 30
    assert store.counts()["reports"] == 1
    faults = {feed.url.rpartition("/")[2]: state.feed(feed.url).fault or "" for feed in feeds}
    for path, words in {
        "hang": "no answer in time", "500": "answers 500", "loop": "circle", "drip": "no answer in time", "bomb": "inflates",
        "half": "cut off", "404": "answers 404", "good": "",
    }.items():  # fmt: skip
        assert words in faults[path], path
    assert all(faults[path] for path in ("empty", "page", "binary"))
    assert faults["good"] == ""


def test_wrong_charset_of_a_feed(server: Server, store: Store, watching: Watching) -> None:
    """A feed in an encoding that it doesn't name is read by what it is."""
    text = rss([item(1, title="Café in São Paulo")]).replace('encoding="utf-8"', 'encoding="utf-16"')
    server.routes["/feed"] = answer(text.encode(), "application/rss+xml; charset=iso-8859-5")
    watching(FeedConfig(url=server.url("/feed"), follow=False)).run(once=True)
    assert store.counts()["reports"] == 1


def test_back_off_doubles_and_ends_with_the_first_answer(
    server: Server, watching: Watching, state: State, clock: Clock
) -> None:
    """Each failure in a row about doubles the pause; a feed that answers is back in its turn."""
    feed = FeedConfig(url=server.url("/feed"), follow=False)
    pauses = []
    for _ in range(4):
        watching(feed).run(once=True)
        stands = state.feed(feed.url)
        pauses.append(stands.due - clock.now)
        clock.now = stands.due + 1
    assert [round(pause / 600) for pause in pauses] == sorted(round(pause / 600) for pause in pauses)
    assert 600 * 0.75 <= pauses[0] <= 600 * 1.25
    assert 4800 * 0.75 <= pauses[3] <= 4800 * 1.25
    server.routes["/feed"] = answer(rss([item(1)]), RSS)
    watching(feed).run(once=True)
    after = state.feed(feed.url)
    assert (after.failures, after.fault) == (0, None)
    assert 540 <= after.due - clock.now <= 660


def test_a_pause_that_the_server_asks_for_is_kept(
    server: Server, watching: Watching, state: State, clock: Clock
) -> None:
    """429 with Retry-After puts the next poll off by at least that."""
    server.routes["/feed"] = answer("later", status=429, Retry_After="7200")
    feed = FeedConfig(url=server.url("/feed"))
    watching(feed).run(once=True)
    assert state.feed(feed.url).due - clock.now >= 7200


def test_a_page_that_fails_is_tried_again_later(
    server: Server, store: Store, watching: Watching, state: State, clock: Clock
) -> None:
    """Cut off, 500, hanging: it waits, and comes when the page is well."""
    feed = FeedConfig(url=server.url("/feed"))
    items = pages(server, range(3))
    for n, bad in enumerate((cut(html_page()), answer("x", status=500), hang(6))):
        server.routes[f"/p/{n}"] = flaky(server.routes[f"/p/{n}"], bad)
    server.routes["/feed"] = answer(rss(items), RSS)
    watching(feed, silence=3).run(once=True)
    assert state.counts(feed.url) == {"waiting": 3, "done": 0, "failed": 0}
    clock.now += 200
    watching(feed).run(once=True)
    assert state.counts(feed.url) == {"waiting": 0, "done": 3, "failed": 0}
    assert store.counts()["reports"] == 3


def test_a_page_that_is_gone_leaves_the_feeds_own_words(
    server: Server, store: Store, watching: Watching, state: State
) -> None:
    """A summary is better than nothing, and says that it is one; without it the item has failed."""
    items = [
        {
            "title": "A",
            "guid": "a",
            "link": server.url("/none"),
            "description": "Two were killed in Palma on Monday.",
        },
        {"title": "B", "guid": "b", "link": server.url("/neither")},
    ]
    server.routes["/feed"] = answer(rss(items), RSS)
    feed = FeedConfig(url=server.url("/feed"))
    watching(feed).run(once=True)
    report = store.report(server.url("/none"))
    assert report.text == "Two were killed in Palma on Monday."
    assert "the page could not be had: the server answers 404" in report.notices
    assert state.counts(feed.url) == {"waiting": 0, "done": 1, "failed": 1}


def test_an_item_that_changes_is_read_again(
    server: Server, store: Store, watching: Watching, clock: Clock
) -> None:
    """New words under the same key are a correction of the report at that address."""
    feed = FeedConfig(url=server.url("/feed"))
    items = pages(server, range(1))
    server.routes["/feed"] = answer(rss(items), RSS)
    watching(feed).run(once=True)
    server.routes["/p/0"] = answer(html_page(f"{LONG} The toll has risen to nine."))
    server.routes["/feed"] = answer(rss([{**items[0], "title": "Toll rises"}]), RSS)
    clock.now += 1000
    watching(feed).run(once=True)
    assert server.asked["/p/0"] == 1  # some feeds word their items anew at each poll
    clock.now += 3000
    watching(feed).run(once=True)
    assert store.report(server.url("/p/0")).text.endswith("risen to nine.")
    assert len(store.versions(server.url("/p/0"))) == 2


def test_links_into_private_networks_and_forbidden_pages_are_left_alone(
    server: Server, store: Store, watching: Watching
) -> None:
    """A feed can't make this machine ask its neighbours; robots.txt is kept to."""
    server.routes["/robots.txt"] = answer("User-agent: *\nDisallow: /p/1\n", "text/plain")
    items = [
        *pages(server, range(2)),
        {"title": "X", "guid": "x", "link": f"http://localhost:{server.port}/p/0"},
    ]
    server.routes["/feed"] = answer(rss(items), RSS)
    watching(FeedConfig(url=server.url("/feed"))).run(once=True)
    assert store.counts()["reports"] == 1
    assert (server.asked["/p/0"], server.asked["/p/1"]) == (1, 0)


class Dying:
    """Keeps some reports, then dies; `kept` says which were kept."""

    def __init__(self, lives: int) -> None:
        self.lives, self.kept = lives, []

    def take(self, report: Report) -> Outcome:
        if self.lives <= 0:
            raise StoreFull("no room left", where="here")
        self.lives -= 1
        self.kept.append(report.text)
        return Outcome.NEW

    def settle(self) -> None:
        """Nothing waits."""


def test_what_a_store_could_not_take_waits_for_the_next_start(
    server: Server, watching: Watching, state: State
) -> None:
    """A full disk ends the watcher with its error; nothing is marked as seen that was not kept."""
    feed = FeedConfig(url=server.url("/feed"), follow=False)
    server.routes["/feed"] = tagged(rss([item(n) for n in range(30)]), '"v1"')
    dying = Dying(11)
    with pytest.raises(StoreFull):
        watching(feed, sink=dying).run(once=True)
    assert state.counts(feed.url) == {"waiting": 19, "done": 11, "failed": 0}
    rest = Dying(100)
    watching(feed, sink=rest).run(once=True)
    assert len({*dying.kept, *rest.kept}) == 30
    assert len(dying.kept) + len(rest.kept) == 30


def test_one_host_is_never_asked_by_too_many(server: Server, watching: Watching) -> None:
    """As many requests at once as the configuration lets, whatever the number of threads."""
    at_once, most, lock = [0], [0], threading.Lock()

    def slow(handler: object) -> None:
        with lock:
            at_once[0] += 1
            most[0] = max(most[0], at_once[0])
        time.sleep(0.02)
        with lock:
            at_once[0] -= 1
        answer(html_page())(handler)  # type: ignore[arg-type]

    items = pages(server, range(12))
    server.routes |= {f"/p/{n}": slow for n in range(12)}
    server.routes["/feed"] = answer(rss(items), RSS)
    watcher = watching(FeedConfig(url=server.url("/feed")))
    watcher._waitlist._most = 1
    watcher.run(once=True)
    assert most == [1]
    assert sum(server.asked[f"/p/{n}"] for n in range(12)) == 12


def test_health_and_numbers(server: Server, watching: Watching, state: State, clock: Clock) -> None:
    """The state tells how each feed does; Prometheus can scrape the same."""
    server.routes["/feed"] = answer(rss([item(n) for n in range(3)]), RSS)
    good = FeedConfig(url=server.url("/feed"), name="Good", follow=False)
    bad = FeedConfig(url=server.url("/bad"), name="Bad", follow=False)
    watcher = watching(good, bad)
    watcher.run(once=True)
    for _ in range(2):
        clock.now = state.feed(bad.url).due + 1
        watching(good, bad).run(once=True)
    told = health_of(state, watcher._config, clock.now)
    assert told.running
    assert [(feed.name, feed.done, feed.failures, feed.ill) for feed in told.feeds] == [
        ("Good", 3, 0, False), ("Bad", 0, 3, True),
    ]  # fmt: skip
    assert not told.well
    assert not health_of(state, watcher._config, clock.now + 1000).running
    from prometheus_client import generate_latest

    text = generate_latest(watcher.numbers.registry).decode()  # type: ignore[attr-defined]
    assert 'dateline_watch_items_total{feed="Good",outcome="new"} 3.0' in text
    assert 'dateline_watch_polls_total{feed="Bad",outcome="failed"} 1.0' in text


def test_only_one_watcher_holds_a_state(state: State, tmp_path: Path) -> None:
    """A second one is told; looking is allowed."""
    with pytest.raises(StoreBusy, match="another watcher"):
        State(state.path)
    with State(state.path, read_only=True) as seen:
        assert seen.note("alive") is None
    other = tmp_path / "other.state"
    other.write_bytes(b"no database at all, but words" * 100)
    with pytest.raises(StoreDamaged):
        State(other)


def test_it_stops_when_told(server: Server, watching: Watching, store: Store) -> None:
    """A stop ends it within seconds, also while a feed hangs, and keeps what came."""
    server.routes |= {"/feed": answer(rss([item(1)]), RSS), "/hang": hang(30)}
    watcher = watching(FeedConfig(url=server.url("/feed"), follow=False), FeedConfig(url=server.url("/hang")))
    running = threading.Thread(target=watcher.run)
    running.start()
    for _ in range(1200):
        if store.counts()["reports"]:
            break
        time.sleep(0.05)
    watcher.stop()
    running.join(timeout=30)
    assert not running.is_alive()
    assert store.counts()["reports"] == 1


SCRIPT = """
import sys
from dateline.cli.main import run
sys.argv = ["dateline", "watch", *sys.argv[1:]]
run()
"""


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_the_command(server: Server, tmp_path: Path, how: signal.Signals) -> None:
    """SIGTERM and SIGINT let it end in order, with exit status 0."""
    server.routes["/feed"] = answer(rss([]), RSS)
    config = tmp_path / "feeds.toml"
    config.write_text(f'[[feed]]\nname = "Coast"\nurl = "{server.url("/feed")}"\n')
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(config), "--db", str(tmp_path / "s.db")],
        stderr=subprocess.PIPE,
        text=True,
    )
    for _ in range(1200):
        if server.asked["/feed"]:
            break
        time.sleep(0.05)
    process.send_signal(how)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert err.rstrip().endswith("stopped")


CONFIGS = {
    "none": ("", "names no feed"),
    "broken": ("[[feed]\n", "no TOML"),
    "unknown": (
        '[[feed]]\nurl = "https://a.example/"\ncolour = 1\n',
        "feed[0]: Object contains unknown field `colour`",
    ),
    "address": ('[[feed]]\nurl = "ftp://a.example/"\n', "no http address: 'ftp://a.example/'"),
    "port": ('[[feed]]\nurl = "http://a.example:x/"\n', "no http address"),
    "twice": (
        '[[feed]]\nurl = "https://a.example/"\n[[feed]]\nurl = "https://a.example/"\n',
        "two feeds of one address",
    ),
    "time": (
        '[[feed]]\nurl = "https://a.example/"\nevery = "soon"\n',
        "'soon' is no duration; write it like 90s",
    ),
    "number": ('[watch]\nthreads = 0\n[[feed]]\nurl = "https://a.example/"\n', "watch.threads is under 1"),
}


@pytest.mark.parametrize("name", CONFIGS)
def test_a_wrong_configuration_is_one_line(tmp_path: Path, name: str) -> None:
    """Nothing starts on a file that can't be meant so; the line says what and where."""
    path = tmp_path / "feeds.toml"
    path.write_text(CONFIGS[name][0])
    with pytest.raises(ConfigError) as told:
        read_config(path)
    assert CONFIGS[name][1] in str(told.value)
    assert str(told.value).startswith(str(path))
    assert "\n" not in str(told.value)


def test_the_example_of_the_repository_is_right(root: Path) -> None:
    """Every feed in it has a name and an https address; none is fetched here."""
    config = read_config(root / "feeds.example.toml")
    assert len(config.feed) >= 10
    assert all(feed.name and feed.url.startswith("https://") for feed in config.feed)
    assert all(config.every(feed) >= seconds_of("5m") for feed in config.feed)
