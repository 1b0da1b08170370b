"""Put a watcher together from its configuration: state, fetcher, sink, alerts."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from dateline.errors import ConfigError, StoreError
from dateline.record import Record, Report
from dateline.reports.fetch import AGENT, Fetcher, Limits
from dateline.reports.polite import Politeness
from dateline.store import Store
from dateline.watch.alerts.channels import made_channels
from dateline.watch.alerts.engine import Alerts
from dateline.watch.alerts.outbox import Outbox, last_alerts
from dateline.watch.alerts.rules import read_rules
from dateline.watch.config import Config
from dateline.watch.metrics import Metrics
from dateline.watch.schedule import Schedule
from dateline.watch.service import Log, Watcher
from dateline.watch.sink import StoreSink
from dateline.watch.state import State

__all__ = ["assembled", "incident_cap"]


@contextmanager
def assembled(
    config: Config,
    remembered: Path,
    store: Store,
    read: Callable[[Report], Record],
    *,
    reader: str,
    rules: Path | None = None,
    log: Log = lambda line: None,
) -> Iterator[tuple[Watcher, Metrics]]:
    """Give a watcher and its numbers; close what it opened at the end.

    `remembered` is the file of its state, `rules` that of alerts. Raises
    ConfigError for wrong rules, StoreBusy when another watcher is at it.
    """
    metrics = Metrics()
    with State(remembered) as state, _fetcher(config) as fetcher:
        parts = _alerts(rules, state, store, metrics, log) if rules is not None else None
        sink = StoreSink(store, read, reader=reader, after=parts[0].look if parts else None)
        if parts is None:
            yield Watcher(config, state, sink, fetcher=fetcher, metrics=metrics, log=log), metrics
            return
        alerts, outbox = parts
        alerts.begin()
        outbox.start()
        try:
            yield Watcher(config, state, sink, fetcher=fetcher, metrics=metrics, log=log), metrics
        finally:
            outbox.stop()


def _alerts(path: Path, state: State, store: Store, metrics: Metrics, log: Log) -> tuple[Alerts, Outbox]:
    rules = read_rules(path)
    try:
        channels = made_channels(
            rules,
            lambda channel, limit: last_alerts(state, channel, limit),
            lambda name, sender: incident_cap(store, name, sender),
        )
    except ConfigError as error:
        raise ConfigError(error.what, where=f"{path}: {error.where or ''}", hint=error.hint) from error
    outbox = Outbox(
        state, channels, schedule=Schedule(), clock=time.time, log=log,
        count=lambda channel, outcome: metrics.alerts.labels(channel, outcome).inc(),
    )  # fmt: skip
    return Alerts(store, state, rules, clock=time.time, log=log), outbox


def incident_cap(store: Store, name: str, sender: str) -> bytes | None:
    """Write an incident of the store as CAP 1.2; None where it is gone, or the name is no incident's."""
    from dateline.exports.cap import alert
    from dateline.exports.stories import told

    try:
        incident = store.incident(name)
    except StoreError:
        return None
    return next((alert(story, sender=sender) for story in told([incident], store.records_by_id)), None)


def _fetcher(config: Config) -> Fetcher:
    watch = config.watch
    agent = f"{AGENT} ({watch.contact})" if watch.contact else AGENT
    limits = Limits(bytes=int(watch.megabytes * 2**20), seconds=watch.seconds, silence=watch.silence)
    return Fetcher(limits=limits, politeness=Politeness(agent="Dateline", pause=watch.pause), agent=agent)
