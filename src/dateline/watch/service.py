"""The watcher: threads poll feeds and fetch pages, this one reads, keeps and remembers.

Whatever a feed does costs that feed alone: its poll fails, is noted, and is
tried later. Nothing is marked as seen before it is kept.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from dateline.errors import DatelineError, InputError, Purged, StoreBusy
from dateline.record import Report
from dateline.reports.fetch import Fetcher
from dateline.watch.config import Config, FeedConfig
from dateline.watch.metrics import Metrics
from dateline.watch.poll import Polled, item_report, may_pass, own_report, poll
from dateline.watch.schedule import TRIES, Schedule
from dateline.watch.sink import Sink
from dateline.watch.state import FeedState, State, Waiting
from dateline.watch.waitlist import Waitlist
from dateline.watch.workers import Workers

__all__ = ["Watcher"]

_TICK = 0.5  # seconds between two looks at the clock and at a wish to stop
_TOGETHER = 200  # items kept between two looks at what has been fetched
_SETTLE_EVERY = 30.0  # seconds that incidents and alerts wait at most while pages keep coming
_FORGET_EVERY = 6 * 3600.0
_BEAT_EVERY = 10.0  # seconds between two signs of life
_PATIENCE = 5.0  # seconds that a stop waits for what is being fetched
_BUSY_PAUSE = 5.0  # seconds before a store that others hold is tried again
Log = Callable[[str], None]


class Watcher:
    """Watches the feeds of a configuration, until it is told to stop."""

    def __init__(
        self,
        config: Config,
        state: State,
        sink: Sink,
        *,
        fetcher: Fetcher,
        schedule: Schedule | None = None,
        metrics: Metrics | None = None,
        log: Log = lambda line: None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """`clock` gives seconds since 1970; `log` gets a line for what a person would want to know."""
        self._config, self._state, self._sink, self._fetcher = config, state, sink, fetcher
        self._schedule = schedule or Schedule(random.Random())
        self._metrics, self._log, self._clock = metrics or Metrics(), log, clock
        self._feeds: Mapping[str, FeedConfig] = {feed.url: feed for feed in config.feed}
        self._stop = threading.Event()
        self._polling: set[str] = set()
        self._polled: set[str] = set()
        self._waitlist = Waitlist(state, config.watch.per_host)
        self._beaten = self._forgot = self._settled = 0.0

    def stop(self) -> None:
        """Ask it to stop; safe in a signal handler."""
        self._stop.set()

    def run(self, *, once: bool = False) -> None:
        """Watch until `stop`; with `once` until every feed was polled and what is due is kept.

        Raises StoreError when the store itself fails; what was kept stays.
        """
        workers = Workers(self._config.watch.threads)
        try:
            while not self._stop.is_set():
                self._beat()
                self._submit(workers, once)
                busy = bool(self._polling or self._waitlist) or self._keep_own()
                if not busy or self._clock() - self._settled > _SETTLE_EVERY:
                    self._settle()
                if once and not busy and self._all_polled():
                    return
                self._receive(workers, _TICK if workers.running or not (once or busy) else 0.0)
            self._finish(workers)
        finally:
            workers.stop()

    def _all_polled(self) -> bool:
        return self._polled >= set(self._feeds) and not self._state.any_due(self._clock())

    def _submit(self, workers: Workers, once: bool) -> None:
        """Give polls that are due, and items that wait, to the threads."""
        now = self._clock()
        for url, feed in self._feeds.items():
            if url in self._polling or (once and url in self._polled):
                continue
            state = self._state.feed(url)
            if state.due <= now or (once and not state.failures):
                self._polling.add(url)
                workers.submit(url, partial(self._timed, "feed", partial(poll, self._fetcher, feed, state)))
            elif once:
                self._polled.add(url)  # backing off
        for waiting in self._waitlist.take(now, 2 * self._config.watch.threads - len(self._waitlist)):
            job = partial(item_report, self._fetcher, waiting.item)
            workers.submit(waiting, partial(self._timed, "page", job))

    def _timed(self, kind: str, job: Callable[[], Any]) -> Any:
        with self._metrics.seconds.labels(kind).time():
            return job()

    def _receive(self, workers: Workers, patience: float) -> None:
        """Deal with results: wait for the first, then take those that are there."""
        found = workers.next_result(patience)
        while found is not None:
            name, value = found
            if isinstance(name, Waiting):
                self._fetched(name, value)
            else:
                self._answered(self._feeds[name], value)
            if self._stop.is_set():
                return
            found = workers.next_result(0.0)

    def _finish(self, workers: Workers) -> None:
        """Keep what is being fetched if it comes soon; the rest waits in the state."""
        until = time.monotonic() + _PATIENCE
        while workers.running and (left := until - time.monotonic()) > 0:
            found = workers.next_result(min(left, _TICK))
            if found is not None and isinstance(found[0], Waiting):
                self._fetched(*found)
            elif found is not None:
                self._answered(self._feeds[found[0]], found[1])
        self._settle()
        self._log("stopped")

    # Feeds.

    def _answered(self, feed: FeedConfig, answer: Polled | Exception) -> None:
        """Note what a poll gave, and when the next one is due."""
        self._polling.discard(feed.url)
        self._polled.add(feed.url)
        state, now, every = self._state.feed(feed.url), self._clock(), self._config.every(feed)
        if isinstance(answer, Exception):
            self._failed(feed, state, answer, now, every)
            return
        after = FeedState(
            url=feed.url, etag=answer.etag, modified=answer.modified, polled=now, succeeded=now,
            due=now + self._schedule.next_poll(every), polls=state.polls + 1,
        )  # fmt: skip
        new = self._state.polled(after, answer.items, now, by_page=feed.follow)
        self._metrics.polls.labels(feed.label, "same" if answer.same else "read").inc()
        self._metrics.succeeded.labels(feed.label).set(now)
        self._metrics.failures.labels(feed.label).set(0)
        if state.failures:
            self._log(f"{feed.label}: answers again")
        if new:
            self._waitlist.look()
            self._metrics.items.labels(feed.label, "seen").inc(new)
            self._log(f"{feed.label}: {new:,} new")

    def _failed(self, feed: FeedConfig, state: FeedState, error: Exception, now: float, every: float) -> None:
        fault = error.what if isinstance(error, DatelineError) else f"{type(error).__name__}: {error}"
        failures = state.failures + 1
        pause = self._schedule.after_failure(every, failures, getattr(error, "after", None))
        after = FeedState(
            url=feed.url, etag=state.etag, modified=state.modified, polled=now, succeeded=state.succeeded,
            due=now + pause, failures=failures, fault=fault[:300], polls=state.polls + 1,
        )  # fmt: skip
        self._state.polled(after, (), now, by_page=feed.follow)
        self._metrics.polls.labels(feed.label, "failed").inc()
        self._metrics.failures.labels(feed.label).set(failures)
        self._log(f"{feed.label}: {fault[:300]}; next in {pause / 60:.0f} min")

    # Items.

    def _fetched(self, waiting: Waiting, value: Report | Exception) -> None:
        """Keep the report of a page; else try again later, or do with what the feed itself carries."""
        self._waitlist.give_back(waiting)
        if isinstance(value, Report):
            self._keep(waiting, value)
            return
        fault = value.what if isinstance(value, DatelineError) else f"{type(value).__name__}: {value}"
        again = not isinstance(value, InputError) or may_pass(value)
        if again and waiting.tries + 1 < TRIES:
            pause = self._schedule.after_try(waiting.tries, getattr(value, "after", None))
            self._state.put_off(waiting.key, self._clock() + pause, fault[:300])
            self._count(waiting, "put off")
        else:
            self._keep_feeds_own(waiting, fault)

    def _keep_own(self) -> bool:
        """Keep items whose pages aren't wanted; tell whether there were any."""
        found = self._state.waiting(self._clock(), _TOGETHER)
        for waiting in found:
            if self._stop.is_set():
                break
            self._keep_feeds_own(waiting, None)
        return bool(found)

    def _keep_feeds_own(self, waiting: Waiting, fault: str | None) -> None:
        try:
            report = own_report(waiting.item, fault)
        except InputError as error:
            self._give_up(waiting, fault or error.what)
        else:
            self._keep(waiting, report)

    def _keep(self, waiting: Waiting, report: Report) -> None:
        try:
            outcome = self._sink.take(report)
        except StoreBusy as error:
            self._state.put_off(waiting.key, self._clock() + _BUSY_PAUSE, error.what)
        except (InputError, Purged) as error:
            self._give_up(waiting, error.what)
        else:
            self._state.settle(waiting.key, "done")
            self._count(waiting, outcome.value)

    def _give_up(self, waiting: Waiting, fault: str) -> None:
        self._state.settle(waiting.key, "failed", fault[:300])
        self._count(waiting, "failed")
        self._log(f"{waiting.item.url or waiting.key}: {fault[:300]}")

    def _count(self, waiting: Waiting, outcome: str) -> None:
        feed = self._feeds.get(waiting.feed)
        self._metrics.items.labels(feed.label if feed else waiting.feed, outcome).inc()

    # The rest.

    def _settle(self) -> None:
        """Link, and let alerts look, once what came together is kept."""
        try:
            self._sink.settle()
        except StoreBusy as error:
            self._log(str(error))
        self._settled = self._clock()

    def _beat(self) -> None:
        """Leave a sign of life, and forget what no feed has named for long."""
        now = self._clock()
        if now - self._beaten >= _BEAT_EVERY:
            self._beaten = now
            self._state.write_note("alive", repr(now))
            self._metrics.waiting.set(
                self._state.rows("SELECT count(*) FROM items WHERE status = 'waiting'")[0][0]
            )
        if now - self._forgot >= _FORGET_EVERY:
            self._forgot = now
            self._state.forget(now)
