"""Load the desk: how soon each page begins, and fifty people at once.

    python -m benchmarks.desk_load FOLDER_OR_URL [--reports 100000] [--people 50] [--seconds 60] [--json]

Fills a store with synthetic reports (a fifth as many incidents; one that was stopped goes on), opens
a desk over it in a process of its own, as `dateline serve` does, and asks: every page some times by
itself for its first byte, then with so many people at once, each of whom opens a page, looks at it for
a second on average and opens another. Told are medians, 95th percentiles and the share of errors; the
exit status is 1 where a bound of issue 7 doesn't hold. With --processors both processes share so many
processors.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx

from benchmarks.plain_linker import PlainLinker
from benchmarks.store_load import fill
from dateline.store import Filter, Store, open_store

__all__ = ["main", "pages_of", "percentile"]

FIRST_BYTE_MS, CROWD_P95_MS, CROWD_ERRORS = 300.0, 500.0, 0.01  # the bounds of issue 7
_TIMES = 7  # each page asked by itself
_WARM = 2  # times before, not counted
_THINKS = 1.0  # seconds that somebody looks at a page, on average
_SEED = 7


def pages_of(store: Store) -> dict[str, str]:
    """Give the address of every page and list by its name, for things that this store holds."""
    incident = next(store.incidents(Filter(country="MLI"), limit=1))
    largest = max(store.incidents(limit=500), key=lambda one: len(one.reports))
    name, large, report = (
        quote(incident.id, safe=""),
        quote(largest.id, safe=""),
        quote(incident.reports[0], safe=""),
    )
    actor = next(iter(n for names in incident.actors.values() for n in names), "gunmen")
    since = (incident.start or "2011-01-10")[:10]
    return {
        "situation": "/",
        "situation, filtered": f"/?country=MLI&type=bombing&killed=5&since={since}",
        "situation, words": "/?text=hospital+blood",
        "situation, contested": "/?contested=true",
        "situation, far down": "/?page=200",
        "map, all": "/map/marks.json",
        "map, filtered": "/map/marks.json?country=MLI",
        "incident": f"/incidents/{name}",
        "incident, large": f"/incidents/{large}",
        "card": f"/incidents/{name}/card",
        "report": f"/reports/{report}",
        "countries": "/countries",
        "country": "/countries/MLI",
        "actors": "/actors",
        "actor": f"/actors/{quote(actor, safe='')}",
        "sources": "/sources",
        "source": "/sources/police",
        "review": "/review",
        "changes": "/changes",
        "add": "/add",
        "api incidents": "/api/v1/incidents",
        "api incidents, filtered": "/api/v1/incidents?country=MLI&contested=true",
        "api one incident": f"/api/v1/incidents/{name}",
        "api reports": "/api/v1/reports?text=hospital",
        "api figures": "/api/v1/figures?country=MLI",
        "api search": "/api/v1/search?q=hospital+blood",
        "api changes": "/api/v1/incidents/changes?since=0",
    }


def percentile(values: Sequence[float], share: float) -> float:
    """Give the value under which a share of all lies (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, -(-int(share * 1000) * len(ordered) // 1000) - 1))]


def _first_byte(client: httpx.Client, path: str) -> tuple[float, float, int, int]:
    """Give milliseconds to the first byte and to the last, the status, and the bytes."""
    begun = time.perf_counter()
    with client.stream("GET", path) as answer:
        chunks = answer.iter_raw()
        size = len(next(chunks, b""))
        first = time.perf_counter()
        size += sum(map(len, chunks))
    return (first - begun) * 1000, (time.perf_counter() - begun) * 1000, answer.status_code, size


def alone(address: str, pages: dict[str, str]) -> dict[str, dict[str, Any]]:
    """Time each page with nobody else there."""
    told = {}
    with httpx.Client(base_url=address, timeout=60, headers={"Accept-Encoding": "gzip"}) as client:
        for name, path in pages.items():
            rows = [_first_byte(client, path) for _ in range(_WARM + _TIMES)][_WARM:]
            told[name] = {
                "first_ms": statistics.median(row[0] for row in rows),
                "worst_ms": max(row[0] for row in rows),
                "whole_ms": statistics.median(row[1] for row in rows),
                "status": rows[-1][2],
                "bytes": rows[-1][3],
            }
    return told


async def _person(
    client: httpx.AsyncClient, paths: Sequence[str], chance: random.Random, until: float
) -> list[Any]:
    seen: list[Any] = []
    await asyncio.sleep(chance.random() * _THINKS)
    while time.perf_counter() < until:
        path, begun = chance.choice(paths), time.perf_counter()
        try:
            answer = await client.get(path)
            status = answer.status_code
        except httpx.HTTPError:
            status = 0
        seen.append((path, (time.perf_counter() - begun) * 1000, status))
        await asyncio.sleep(chance.expovariate(1 / _THINKS))
    return seen


async def crowd(address: str, paths: Sequence[str], people: int, seconds: float) -> list[Any]:
    """Let people ask at once for a time; give path, milliseconds to the end and status of each answer."""
    limits = httpx.Limits(max_connections=people, max_keepalive_connections=people)
    async with httpx.AsyncClient(base_url=address, timeout=60, limits=limits) as client:
        until = time.perf_counter() + seconds
        runs = (_person(client, paths, random.Random(_SEED + n), until) for n in range(people))
        return [row for rows in await asyncio.gather(*runs) for row in rows]


def _opened(where: str) -> tuple[subprocess.Popen[str], str]:
    command = [
        sys.executable,
        "-c",
        "from dateline.cli.main import run; run()",
        "serve",
        "--port",
        "0",
        "--rate",
        "0",
    ]
    desk = subprocess.Popen([*command, "--db", where], stdout=subprocess.PIPE, text=True)
    assert desk.stdout is not None
    words = desk.stdout.readline().split()
    address = next((word for word in words if word.startswith("http")), None)
    if address is None:
        desk.kill()
        raise SystemExit("the desk didn't open")
    return desk, address.rstrip("/")


def _summary(rows: Iterable[Any]) -> dict[str, Any]:
    seen = list(rows)
    taken = [ms for _, ms, _ in seen]
    bad = [row for row in seen if row[2] != 200]
    return {
        "answers": len(seen),
        "median_ms": statistics.median(taken),
        "p95_ms": percentile(taken, 0.95),
        "worst_ms": max(taken),
        "errors": len(bad) / len(seen),
        "statuses": sorted({row[2] for row in seen}),
    }


def _print(told: dict[str, Any]) -> None:
    print(f"{told['counts']['reports']:,} reports, {told['counts']['incidents']:,} incidents")
    for name, row in told["alone"].items():
        mark = "" if row["first_ms"] < FIRST_BYTE_MS and row["status"] == 200 else "  <-"
        print(
            f"  {name:<26}{row['first_ms']:>8.0f} ms first{row['worst_ms']:>8.0f} worst"
            f"{row['whole_ms']:>8.0f} whole"
            f"{row['bytes'] / 1024:>9.0f} KiB {row['status']}{mark}"
        )
    one = told["crowd"]
    print(
        f"{told['people']} people: {one['answers']:,} answers, median {one['median_ms']:.0f} ms,"
        f" p95 {one['p95_ms']:.0f} ms, worst {one['worst_ms']:.0f} ms,"
        f" errors {one['errors']:.2%} {one['statuses']}"
    )


def _holds(told: dict[str, Any]) -> bool:
    pages = all(row["first_ms"] < FIRST_BYTE_MS and row["status"] == 200 for row in told["alone"].values())
    one = told["crowd"]
    return pages and one["p95_ms"] < CROWD_P95_MS and one["errors"] < CROWD_ERRORS


def main() -> int:
    """Run the measurement."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("where", help="a folder for an SQLite file, or postgresql://...")
    parser.add_argument("--reports", type=int, default=100_000)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--processors", type=int, help="both processes share so many (Linux)")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    where = given.where if "://" in given.where else str(Path(given.where) / "desk.db")
    if given.processors:
        os.sched_setaffinity(0, set(sorted(os.sched_getaffinity(0))[: given.processors]))
    with open_store(where, linker=PlainLinker()) as store:
        fill(store, store.counts()["reports"], given.reports)
        pages, counts = pages_of(store), store.counts()
    desk, address = _opened(where)
    try:
        told: dict[str, Any] = {"counts": counts, "people": given.people, "alone": alone(address, pages)}
        good = [path for name, path in pages.items() if told["alone"][name]["status"] == 200]
        told["crowd"] = _summary(asyncio.run(crowd(address, good, given.people, given.seconds)))
    finally:
        desk.terminate()
        desk.wait(30)
    if given.json:
        print(json.dumps(told, indent=1))
    else:
        _print(told)
    return 0 if _holds(told) else 1


if __name__ == "__main__":
    sys.exit(main())
