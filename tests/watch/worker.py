"""A watcher in a process of its own, to be killed: `python -m tests.watch.worker URL FOLDER`."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.plain_linker import PlainLinker
from dateline.record import Report
from dateline.reports.fetch import Fetcher
from dateline.store import Outcome, open_store
from dateline.watch import Config, FeedConfig, State, Watcher
from dateline.watch.sink import StoreSink
from tests.watch.conftest import plain_read


class Telling(StoreSink):
    """Says when the first report is kept."""

    told = False

    def take(self, report: Report) -> Outcome:
        outcome = super().take(report)
        if not self.told:
            print("keeping", flush=True)
            self.told = True
        return outcome


def main(url: str, folder: Path) -> None:
    """Watch one feed once."""
    config = Config(feed=(FeedConfig(url=url, follow=False),))
    with (
        open_store(folder / "store.db", linker=PlainLinker()) as store,
        State(folder / "feeds.state") as state,
        Fetcher() as fetcher,
    ):
        Watcher(config, state, Telling(store, plain_read, reader="stand-in"), fetcher=fetcher).run(once=True)
    print("done", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
