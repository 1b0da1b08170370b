"""A progress bar on a terminal, nothing in a pipe."""

from __future__ import annotations

import sys
from types import TracebackType

from rich.console import Console
from rich.progress import Progress as Bar
from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

__all__ = ["Progress"]

FEW = 3  # up to here the bar would flash by


class Progress:
    """Count steps; from the fourth on show them, on a terminal only."""

    def __init__(self, what: str = "reports") -> None:
        self.done = 0
        self._bar: Bar | None = None
        self._what = what
        self._doing = "reading"

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def __call__(self) -> None:
        """Take one step."""
        self.done += 1
        if self.done <= FEW or not sys.stderr.isatty():
            return
        if self._bar is None:
            self._bar = self._started()
        self._bar.update(self._bar.task_ids[0], completed=self.done)

    def now(self, doing: str) -> None:
        """Say what is being done from here on."""
        self._doing = doing
        if self._bar is not None:
            self._bar.update(self._bar.task_ids[0], description=doing)

    def _started(self) -> Bar:
        bar = Bar(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            TextColumn("{task.completed:,.0f} " + self._what),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        bar.add_task(self._doing, total=None, completed=self.done)
        bar.start()
        return bar
