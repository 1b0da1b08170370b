"""How a watcher does: what its state says of it and of each feed."""

from __future__ import annotations

from typing import Any

import msgspec

from dateline.watch.config import Config
from dateline.watch.state import State

__all__ = ["FeedHealth", "Health", "health_of"]

_SILENT = 120.0  # seconds without a sign of life after which a watcher is taken for stopped
_FAILING = 3  # polls in a row; one or two are the weather of the internet


class FeedHealth(msgspec.Struct, frozen=True, kw_only=True):
    """One feed: times in seconds since 1970; `fault` is what its last poll failed of."""

    name: str
    url: str
    succeeded: float | None
    next: float
    failures: int
    fault: str | None
    waiting: int
    done: int
    failed: int

    @property
    def ill(self) -> bool:
        """Tell whether it has failed so often that someone should look."""
        return self.failures >= _FAILING


class Health(msgspec.Struct, frozen=True, kw_only=True):
    """The watcher: when it last gave a sign of life, its feeds, and alerts that couldn't be sent."""

    now: float
    alive: float | None
    feeds: tuple[FeedHealth, ...]
    alerts_waiting: int = 0
    alerts_failed: int = 0

    @property
    def running(self) -> bool:
        """Tell whether it gave a sign of life lately."""
        return self.alive is not None and self.now - self.alive < _SILENT

    @property
    def well(self) -> bool:
        """Tell whether nobody need look: no feed is ill, no alert is stuck."""
        return not any(feed.ill for feed in self.feeds) and not self.alerts_failed


def health_of(state: State, config: Config, now: float) -> Health:
    """Tell how a watcher does, from its state."""
    alive = state.note("alive")
    stuck: dict[str, int] = dict(state.rows("SELECT status, count(*) FROM deliveries GROUP BY status"))
    return Health(
        now=now, alive=float(alive) if alive else None,
        feeds=tuple(_feed(state, feed) for feed in config.feed),
        alerts_waiting=stuck.get("waiting", 0), alerts_failed=stuck.get("failed", 0),
    )  # fmt: skip


def _feed(state: State, feed: Any) -> FeedHealth:
    stands, counts = state.feed(feed.url), state.counts(feed.url)
    return FeedHealth(
        name=feed.label, url=feed.url, succeeded=stands.succeeded, next=stands.due, failures=stands.failures,
        fault=stands.fault, waiting=counts["waiting"], done=counts["done"], failed=counts["failed"],
    )  # fmt: skip
