"""The reader of a desk: loaded when the first text is read, and asked by one request at a time."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from fastapi import Request

if TYPE_CHECKING:
    from dateline.reading.reader import Reader
    from dateline.record import Record, Report

__all__ = ["DeskReader", "reader_of"]


class DeskReader:
    """Reads one report after the other: side by side they would only share the same processors."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._reader: Reader | None = None

    def read(self, report: Report) -> Record:
        """Read a report; raises as the reader does."""
        with self._lock:
            return self._loaded().read(report)

    def warm(self) -> None:
        """Load it before anybody waits for it."""
        with self._lock:
            self._loaded()

    def _loaded(self) -> Reader:
        if self._reader is None:
            from dateline.reading.reader import Reader

            self._reader = Reader()
        return self._reader


def reader_of(request: Request) -> DeskReader:
    """Give the reader of the desk that is asked."""
    found = request.app.state.reader
    assert isinstance(found, DeskReader)
    return found
