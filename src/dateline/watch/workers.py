"""Threads that fetch while others read: jobs in, results out, and none that keeps the process alive."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import Any

__all__ = ["Workers"]


class Workers:
    """Runs jobs on some threads; results come out as `(name, value or exception)`, in any order."""

    def __init__(self, threads: int) -> None:
        self._jobs: queue.SimpleQueue[tuple[Any, Callable[[], Any]] | None] = queue.SimpleQueue()
        self._results: queue.SimpleQueue[tuple[Any, Any]] = queue.SimpleQueue()
        self._threads = threads
        self.running = 0
        for _ in range(threads):
            threading.Thread(target=self._work, daemon=True, name="dateline-fetch").start()

    def submit(self, name: Any, job: Callable[[], Any]) -> None:
        """Give a job to the next thread that is free."""
        self.running += 1
        self._jobs.put((name, job))

    def next_result(self, timeout: float) -> tuple[Any, Any] | None:
        """Wait for a result, None when none came in that many seconds."""
        try:
            found = self._results.get(timeout=timeout) if timeout > 0 else self._results.get_nowait()
        except queue.Empty:
            return None
        self.running -= 1
        return found

    def stop(self) -> None:
        """Let the threads end; what they are at is left, and they end with the process."""
        for _ in range(self._threads):
            self._jobs.put(None)

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            name, act = job
            try:
                value = act()
            except Exception as error:  # a thread must outlive whatever a job meets
                value = error
            self._results.put((name, value))
