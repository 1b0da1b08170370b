"""Where reports go: read, kept in the store, and linked when there is time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from dateline.record import Record, Report
from dateline.store import Outcome, Store

__all__ = ["Sink", "StoreSink"]

LINK_EVERY = 100  # reports kept between two linkings at most: alerts look after each


class Sink(Protocol):
    """What a watcher gives its reports to."""

    def take(self, report: Report) -> Outcome:
        """Keep a report; when this returns it is kept for good. Raises InputError when it can't be read."""

    def settle(self) -> None:
        """Do what is better done for many at once."""


class StoreSink:
    """Reads reports that the store doesn't know, adds and links them, and then lets alerts look."""

    def __init__(
        self,
        store: Store,
        read: Callable[[Report], Record],
        *,
        reader: str,
        after: Callable[[], object] | None = None,
    ) -> None:
        """`after` is called when reports have been linked."""
        self._store, self._read, self._reader, self._after = store, read, reader, after
        self._waiting = 0

    def take(self, report: Report) -> Outcome:
        """Keep a report. Raises InputError when it can't be read, Purged when it was erased."""
        record = self._read(report) if self._store.needs_reading(report) else None
        outcome = self._store.add(report, record, reader=self._reader)
        self._waiting += outcome is not Outcome.KNOWN
        if self._waiting >= LINK_EVERY:
            self.settle()
        return outcome

    def settle(self) -> None:
        """Link what was added, and tell that it was."""
        if self._waiting:
            self._store.link()
            self._waiting = 0
        if self._after is not None:
            self._after()
