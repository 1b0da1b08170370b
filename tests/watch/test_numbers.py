"""Numbers for Prometheus over HTTP, and pauses that chance spreads."""

from __future__ import annotations

import random
import urllib.request

import pytest
from prometheus_client.parser import text_string_to_metric_families

from dateline.errors import ConfigError
from dateline.watch import FeedConfig
from dateline.watch.metrics import Metrics
from dateline.watch.schedule import Schedule
from tests.reports.made import LONG, rss
from tests.watch.conftest import Watching
from tests.watch.server import Server, answer


def test_prometheus_scrapes_what_the_watcher_counts(server: Server, watching: Watching) -> None:
    """At the address that `--metrics` names, in the format that Prometheus' own parser reads."""
    items = [
        {"title": f"T{n}", "guid": f"g{n}", "content:encoded": f"<p>{LONG} Item {n}.</p>"} for n in range(3)
    ]
    server.routes["/feed"] = answer(rss(items), "application/rss+xml")
    watcher = watching(FeedConfig(url=server.url("/feed"), name="Coast", follow=False))
    numbers: Metrics = watcher.numbers  # type: ignore[attr-defined]
    host, port = numbers.serve("127.0.0.1:0")
    watcher.run(once=True)
    with urllib.request.urlopen(f"http://{host}:{port}/metrics", timeout=10) as told:
        text = told.read().decode()
    found = {
        (sample.name, sample.labels.get("outcome")): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if sample.labels.get("feed") == "Coast"
    }
    assert found["dateline_watch_polls_total", "read"] == 1
    assert found["dateline_watch_items_total", "new"] == 3
    assert found["dateline_watch_consecutive_failures", None] == 0
    assert found["dateline_watch_last_success_timestamp_seconds", None] > 0


@pytest.mark.parametrize("address", ["nowhere", "127.0.0.1:x", "127.0.0.1:99999"])
def test_an_address_that_is_none_is_one_line(address: str) -> None:
    """It names what was given."""
    with pytest.raises(ConfigError, match=address):
        Metrics().serve(address)


def test_chance_spreads_the_pauses() -> None:
    """Many feeds that fail at once don't come back at once; the server's own pause is the least."""
    schedule = Schedule(random.Random(5))
    for draw, low, high in (
        (lambda: schedule.next_poll(600), 540, 660),
        (lambda: schedule.after_failure(600, 3), 1800, 3000),
        (lambda: schedule.after_try(2), 180, 300),
    ):
        pauses = [draw() for _ in range(200)]
        assert low <= min(pauses)
        assert max(pauses) <= high
        assert max(pauses) - min(pauses) > 0.8 * (high - low)
    assert min(schedule.after_failure(600, 1, asked=7200) for _ in range(50)) == 7200
