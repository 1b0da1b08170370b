"""Time the first byte of every page of the desk over a large store.

    python -m benchmarks.desk STORE [--reports 100000] [--fill]

With `--fill` the store is first filled with synthetic reports and linked by the plain linker, as
`benchmarks.store_load` does. Each page is asked several times within the process, so that neither a
network nor a browser is measured; the first answer (nothing is kept ready yet) and the median are told.
"""

from __future__ import annotations

import argparse
import re
import statistics
import time

from fastapi.testclient import TestClient

from benchmarks.plain_linker import PlainLinker
from benchmarks.store_load import fill
from dateline.desk.app import create_app
from dateline.desk.settings import Limits, Settings
from dateline.store import open_store

__all__ = ["main"]

_TIMES = 7
_PAGES = (
    "/", "/?page=50", "/?country=MLI&type=bombing", "/?text=hospital", "/?contested=yes&killed=20",
    "/map/marks.json", "/assets/outline.json", "/changes", "/countries", "/countries/MLI", "/actors",
    "/actors?q=army",
    "/sources", "/sources?q=police", "/review", "/review?kind=twins", "/review/decisions", "/add",
)  # fmt: skip


def _found(client: TestClient) -> list[str]:
    """Give the page of one incident, one report, one actor and one source."""
    incident = re.findall(r'href="(/incidents/[^"]+)"', client.get("/").text)[0]
    report = re.findall(r'href="(/reports/[^"#]+)', client.get(incident).text)[0]
    more = [
        re.findall(rf'href="({path}/[^"]+)"', client.get(path).text)[0] for path in ("/actors", "/sources")
    ]
    return [incident, report, *more]


def _asked(client: TestClient, page: str) -> list[float]:
    """Give milliseconds of several answers, the first one first."""
    times = []
    for _ in range(_TIMES):
        began = time.perf_counter()
        answer = client.get(page, headers={"accept-encoding": "gzip"})
        times.append(1000 * (time.perf_counter() - began))
        assert answer.status_code == 200, (page, answer.status_code)
    return times


def main() -> None:
    """Fill the store if asked to, and time its pages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store")
    parser.add_argument("--reports", type=int, default=100_000)
    parser.add_argument("--fill", action="store_true")
    options = parser.parse_args()
    if options.fill:
        with open_store(options.store, linker=PlainLinker()) as store:
            fill(store, store.counts()["reports"], options.reports)
    with TestClient(
        create_app(Settings(db=options.store, limits=Limits(rate=0))), base_url="http://localhost"
    ) as client:
        print(f"{'first':>8} {'median':>8}  milliseconds")
        for page in (*_PAGES, *_found(client)):
            times = _asked(client, page)
            print(f"{times[0]:8.0f} {statistics.median(times[1:]):8.0f}  {page}")


if __name__ == "__main__":
    main()
