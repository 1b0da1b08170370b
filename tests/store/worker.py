"""A process that adds synthetic reports to a store, and says on standard output which it has added.

python -m tests.store.worker URL FIRST COUNT [STEP]
"""

from __future__ import annotations

import sys

from benchmarks.plain_linker import PlainLinker
from benchmarks.synthetic import make_report, read
from dateline.store import open_store
from dateline.store.intake import take_in


def main(url: str, first: int, count: int, step: int = 1) -> None:
    """Add the reports and print a line for each, once it is kept."""
    reports = (make_report(number) for number in range(first, first + count * step, step))
    with open_store(url, linker=PlainLinker()) as store:
        print("open", flush=True)
        for outcome in take_in(store, reports, read, reader="worker"):
            print(outcome, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
