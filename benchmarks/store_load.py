"""Time the store at several sizes: adding, linking, asking.

    python -m benchmarks.store_load FOLDER_OR_URL [--sizes 1000,10000,100000] [--linker plain] [--json]

Fills a store with synthetic reports up to each size in turn (one transaction a
thousand reports, then linked; one that was stopped goes on), adds 200 more one by one as `dateline add` does,
and asks filtered questions. Reading is left out: the records are made, not read.
With the plain linker the numbers are the store's own; with the package's
(`--linker package`) they are what a user gets besides reading.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.plain_linker import PlainLinker
from benchmarks.synthetic import pairs
from dateline.store import Filter, Near, Store, open_store

__all__ = ["QUESTIONS", "fill", "main", "measure"]

_TOGETHER = 1000  # reports a transaction while filling
_MORE = 200  # reports added one by one at each size
_TIMES = 5  # each question; the median is told
_PAGE = 50  # incidents a question asks for: what a page shows

QUESTIONS: dict[str, Filter] = {
    "no filter": Filter(),
    "country": Filter(country="MLI"),
    "place and radius": Filter(near=Near(16.27, -0.04, 50)),
    "type": Filter(type="bombing"),
    "days": Filter(since="2011-01-10", until="2011-01-20"),
    "actor": Filter(actor="gunmen"),
    "killed": Filter(killed=40),
    "contested": Filter(contested=True),
    "common words": Filter(text="hospital blood"),
    "rare words": Filter(text='"Report 777 of"'),
    "all together": Filter(
        country="MLI",
        type="bombing",
        since="2011-01-01",
        actor="army",
        killed=20,
        contested=True,
        text="blast",
    ),
    "nothing found": Filter(country="MLI", type="talks"),
    "wide circle": Filter(near=Near(16.27, -0.04, 3000)),
    "hardly any, of all": Filter(killed=1000),
    "hardly any, of many": Filter(type="bombing", actor="army", killed=1000),
    "day to come": Filter(since="2100-01-01"),
}


def fill(store: Store, first: int, last: int) -> None:
    """Add synthetic reports by number, [first, last), and link them."""
    for start in range(first, last, _TOGETHER):
        store.add_together(pairs(start, min(_TOGETHER, last - start)), reader="synthetic")
        store.link()
        print(f"\r{start + _TOGETHER:,} reports", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)


def measure(store: Store, size: int) -> dict[str, Any]:
    """Time adding, linking and asking at a size: milliseconds a report, milliseconds a question."""
    rows = list(pairs(size, _MORE))

    def add() -> None:
        for report, record in rows:
            store.add(report, record, reader="synthetic")

    added, linked = _timed(add), _timed(store.link)
    asked = {name: _asked(store, wanted) for name, wanted in QUESTIONS.items()}
    return {
        "size": size, "add_ms": [ms / _MORE for ms in added], "link_ms": [ms / _MORE for ms in linked],
        "questions_ms": asked, "counts": store.counts(),
    }  # fmt: skip


def _timed(act: Callable[[], object]) -> tuple[float, float]:
    """Give the milliseconds that something took: by the clock, and of this process's own work.

    On a busy machine only the second says anything; it leaves out the disk and a server.
    """
    clock, work = time.perf_counter(), time.process_time()
    act()
    return (time.perf_counter() - clock) * 1000, (time.process_time() - work) * 1000


def _asked(store: Store, wanted: Filter) -> list[float]:
    """Give the medians over a question asked several times."""
    taken = [_timed(lambda: list(store.incidents(wanted, limit=_PAGE))) for _ in range(_TIMES)]
    return [statistics.median(side) for side in zip(*taken, strict=True)]


def _print(result: dict[str, Any]) -> None:
    print(
        f"{result['size']:,} reports, {result['counts']['incidents']:,} incidents (ms: by the clock, of work)"
    )
    for name in ("add_ms", "link_ms"):
        clock, work = result[name]
        print(f"  {name.removesuffix('_ms')} a report{clock:>14.2f}{work:>9.2f}")
    for name, (clock, work) in result["questions_ms"].items():
        print(f"  {name:<18}{clock:>9.1f}{work:>9.1f}", flush=True)


def _growth(results: list[dict[str, Any]]) -> None:
    """Print what the issue asks: how the cost of a report grows with the store, and the slowest question."""
    first, last = results[0], results[-1]
    for name in ("add_ms", "link_ms"):
        ratios = [after / before for before, after in zip(first[name], last[name], strict=True)]
        print(
            f"{name.removesuffix('_ms')} a report, {last['size']:,} to {first['size']:,}: "
            f"{ratios[0]:.2f} by the clock, {ratios[1]:.2f} of work"
        )
    slowest = max(last["questions_ms"], key=lambda question: last["questions_ms"][question][0])
    print(f"slowest question: {slowest}, {last['questions_ms'][slowest][0]:.0f} ms")


def main() -> None:
    """Run the measurement."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("where", help="a folder for an SQLite file, or postgresql://...")
    parser.add_argument("--sizes", default="1000,10000,100000")
    parser.add_argument("--linker", choices=["plain", "package"], default="plain")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    where = given.where if "://" in given.where else str(Path(given.where) / "load.db")
    results = []
    with open_store(where, linker=PlainLinker() if given.linker == "plain" else None) as store:
        for size in map(int, given.sizes.split(",")):
            fill(store, store.counts()["reports"], size)
            results.append(measure(store, size))
            if not given.json:
                _print(results[-1])
    if given.json:
        print(json.dumps(results, indent=1))
    else:
        _growth(results)


if __name__ == "__main__":
    main()
