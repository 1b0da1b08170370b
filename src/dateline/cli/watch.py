"""`dateline watch`: poll feeds, add what is new, send word when it matters."""

from __future__ import annotations

import json
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table
from rich.text import Text

from dateline.cli.database import Database, opened, wide_console
from dateline.errors import StoreError

if TYPE_CHECKING:
    from dateline.watch import Config, Watcher
    from dateline.watch.health import FeedHealth, Health

__all__ = ["watch_command"]

_MINUTE, _HOUR, _DAY = 60, 3600, 86_400


def watch_command(
    feeds: Annotated[Path, typer.Argument(help="The file that names them (TOML).", metavar="FEEDS")],
    once: Annotated[
        bool, typer.Option("--once", help="Poll each feed once and end, as cron wants it.")
    ] = False,
    status: Annotated[
        bool, typer.Option("--status", help="Tell how the watcher and each feed do, and end.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="With --status: print JSON.")] = False,
    metrics: Annotated[
        str | None, typer.Option(metavar="HOST:PORT", help="Answer Prometheus there while watching.")
    ] = None,
    alerts: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Rules of alerts (TOML); also `alerts` in FEEDS.")
    ] = None,
    state: Annotated[
        Path | None, typer.Option(metavar="FILE", help="What it remembers (default: beside FEEDS).")
    ] = None,
    any_language: Annotated[
        bool, typer.Option("--any-language", help="Read reports that are not in English, too.")
    ] = False,
    db: Database = None,
) -> None:
    """Watch feeds: poll them, add what is new, send alerts.

    Ends on SIGTERM or SIGINT, or with --once. With --status the exit status is 1 where a feed is ill.
    """
    from dateline.watch import read_config

    config = read_config(feeds)
    remembered = state or _beside(feeds, config.watch.state, feeds.stem + ".state")
    if status:
        _tell(config, remembered, as_json)
        return
    rules = alerts or (_beside(feeds, config.watch.alerts, "") if config.watch.alerts else None)
    _watch(config, remembered, rules, db, once=once, metrics=metrics, any_language=any_language)


def _beside(feeds: Path, named: str | None, default: str) -> Path:
    """Give a path that the file of feeds names, from its folder."""
    return feeds.parent / Path(named or default).expanduser()


def _watch(
    config: Config,
    remembered: Path,
    rules: Path | None,
    db: str | None,
    *,
    once: bool,
    metrics: str | None,
    any_language: bool,
) -> None:
    from dateline.cli.add import LazyReader
    from dateline.store.intake import reader_version
    from dateline.watch.assembly import assembled

    with opened(db, create=True) as store:
        parts = assembled(
            config,
            remembered,
            store,
            LazyReader(any_language=any_language).read,
            reader=reader_version(),
            rules=rules,
            log=_log,
        )
        with parts as (watcher, numbers):
            if metrics:
                host, port = numbers.serve(metrics)
                _log(f"numbers for Prometheus at http://{host}:{port}/metrics")
            with _stopping(watcher):
                watcher.run(once=once)


def _log(line: str) -> None:
    at = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    typer.echo(f"{at} {line}", err=True)


@contextmanager
def _stopping(watcher: Watcher) -> Iterator[None]:
    """Stop in order on SIGTERM and SIGINT; a second SIGINT ends at once."""

    def stop(number: int, _frame: object) -> None:
        watcher.stop()
        signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)

    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _tell(config: Config, remembered: Path, as_json: bool) -> None:
    import msgspec

    from dateline.watch import State
    from dateline.watch.health import health_of

    if not remembered.exists():
        raise StoreError("nothing was watched yet", where=str(remembered), hint="dateline watch starts it")
    with State(remembered, read_only=True) as state:
        health = health_of(state, config, time.time())
    if as_json:
        told = {"running": health.running, "well": health.well, **msgspec.to_builtins(health)}
        typer.echo(json.dumps(told))
    else:
        _print(health)
    if not health.well:
        raise typer.Exit(1)


def _print(health: Health) -> None:
    console = wide_console()
    table = Table(box=None, pad_edge=False, expand=True)
    table.add_column("feed", no_wrap=True, overflow="ellipsis", ratio=2)
    for name in ("last", "next"):
        table.add_column(name, no_wrap=True)
    for name in ("added", "waiting", "failed"):
        table.add_column(name, no_wrap=True, justify="right")
    table.add_column("fault", overflow="fold", ratio=3)
    for feed in health.feeds:
        table.add_row(*_row(feed, health.now), style="bold" if feed.ill else "")
    console.print(table)
    seen = f"last seen {_ago(health.now, health.alive)} ago" if health.alive else "never seen"
    console.print(Text(f"watcher {'runs' if health.running else f'does not run, {seen}'}", style="dim"))
    if health.alerts_waiting or health.alerts_failed:
        console.print(Text(f"alerts: {health.alerts_waiting} waiting, {health.alerts_failed} given up"))


def _row(feed: FeedHealth, now: float) -> tuple[Text | str, ...]:
    last = _ago(now, feed.succeeded) if feed.succeeded else "never"
    due = _ago(feed.next, now) if feed.next > now else "now"
    counts = (f"{feed.done:,}", f"{feed.waiting:,}", f"{feed.failed:,}")
    fault = f"{feed.failures}x {feed.fault}" if feed.failures else ""
    return (Text(feed.name), last, due, *counts, Text(fault))


def _ago(now: float, then: float | None) -> str:
    seconds = max(0.0, now - (then or now))
    for size, unit in ((_DAY, "d"), (_HOUR, "h"), (_MINUTE, "min")):
        if seconds >= size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.0f} s"
