"""Load the desk: how soon each page begins, and fifty people at once.

    python -m benchmarks.desk_load FOLDER_OR_URL [--reports 100000] [--people 50] [--seconds 60] [--json]

Fills a store with synthetic reports (a sixth as many incidents; one that was stopped goes on) and the
bundled story, opens a desk over it in a process of its own, as `dateline serve` does, and asks: every
page some times by itself for its first byte, then with so many people at once, each of whom opens a
page (any kind as often as another, of different things), looks at it for a second on average and opens
another. Told are the first answer, medians, 95th percentiles, the share of errors and the desk's
processor time an answer; the exit status is 1 where a bound does not hold. With --processors
both processes share so many processors.
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
from dateline.cli.demo import demo_reports
from dateline.reading.reader import Reader
from dateline.store import Filter, Store, open_store

__all__ = ["main", "pages_of", "percentile"]

FIRST_BYTE_MS, CROWD_P95_MS, CROWD_ERRORS = 300.0, 500.0, 0.01  # what is asked
_TIMES = 7  # each page asked by itself
_THINKS = 1.0  # seconds that somebody looks at a page, on average
_SEED = 7
_SOME = 40  # things of a kind among which a crowd chooses
_WORDS = (
    "hospital+blood",
    "road+north",
    "ambush",
    "mortar",
    "%22air+force%22+Gao",
    "wounded",
    "police",
    "Kabul",
)


def pages_of(store: Store) -> dict[str, list[str]]:
    """Give addresses by the name of the page or list, for things that this store holds.

    The first of each is asked by itself; a crowd takes any of them, as people look at different things.
    """
    some = list(store.incidents(limit=_SOME)) + list(store.incidents(Filter(country="MLI"), limit=_SOME))
    large = sorted(store.incidents(limit=500), key=lambda one: -len(one.reports))[:_SOME]
    ids = [quote(one.id, safe="") for one in some]
    reports = [quote(report, safe="") for one in some for report in one.reports[:2]]
    actors = {n for one in some for names in one.actors.values() for n in names} or {"gunmen"}
    lands = sorted({one.country for one in some if one.country})
    days = sorted({one.start[:10] for one in some if one.start})
    sources = [quote(row.by, safe="") for row in store.named.sources(size=_SOME)]
    return {
        "situation": ["/"],
        "situation, filtered": [
            f"/?country={land}&type=bombing&killed={least}&since={days[0]}"
            for land in lands
            for least in (5, 20)
        ],
        "situation, words": [f"/?text={words}" for words in _WORDS],
        "situation, a word in all": ["/?text=the"],
        "situation, a phrase in all": ["/?text=%22of+the%22"],
        "situation, many words": ["/?text=said+near+people+on+the+in"],
        "situation, words and filters": [
            f"/?text=killed&country={land}&type=shelling&killed=30" for land in lands
        ],
        "situation, words, far down": ["/?text=hospital&page=150"],
        "map, words": ["/map/marks.json?text=police"],
        "situation, contested": ["/?contested=true"],
        "situation, far down": [f"/?page={number}" for number in range(200, 200 + _SOME)],
        "map, all": ["/map/marks.json"],
        "map, filtered": [f"/map/marks.json?country={land}" for land in lands],
        "incident": [f"/incidents/{name}" for name in ids],
        "incident, large": [f"/incidents/{quote(one.id, safe='')}" for one in large],
        "card": [f"/incidents/{name}/card" for name in ids],
        "report": [f"/reports/{name}" for name in reports],
        **_story(store),
        "countries": ["/countries"],
        "country": [f"/countries/{land}" for land in lands],
        "actors": ["/actors"],
        "actor": [f"/actors/{quote(name, safe='')}" for name in sorted(actors)],
        "sources": ["/sources"],
        "source": [f"/sources/{name}" for name in sources],
        "review": ["/review"],
        "review, facts": [f"/review?kind=facts&page={number}" for number in range(1, _SOME)],
        "decisions": ["/review/decisions"],
        "changes": ["/changes"],
        "add": ["/add"],
        "api incidents": ["/api/v1/incidents"],
        "api incidents, filtered": [f"/api/v1/incidents?country={land}&contested=true" for land in lands],
        "api one incident": [f"/api/v1/incidents/{name}" for name in ids],
        "api reports": [f"/api/v1/reports?text={words}" for words in _WORDS],
        "api records": ["/api/v1/records"],
        "api events": [f"/api/v1/events?country={land}" for land in lands],
        "api figures": [f"/api/v1/figures?country={land}" for land in lands],
        "api claims": [f"/api/v1/claims?country={land}" for land in lands],
        "api postures": ["/api/v1/postures"],
        "api decisions": ["/api/v1/decisions"],
        "api search": [f"/api/v1/search?q={words}" for words in _WORDS],
        "api changes": ["/api/v1/incidents/changes?since=0"],
    }


def _story(store: Store) -> dict[str, list[str]]:
    """Give the pages of the bundled story, whose reports are real ones; without it, none."""
    siege = max(store.incidents(Filter(country="DZA")), key=lambda one: len(one.reports), default=None)
    if siege is None:
        return {}
    reports = [f"/reports/{quote(report, safe='')}" for report in siege.reports]
    return {
        "incident, the siege": [f"/incidents/{quote(siege.id, safe='')}"],
        "report, of the siege": reports,
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


def alone(address: str, pages: dict[str, list[str]], desk: int) -> dict[str, dict[str, Any]]:
    """Time each page with nobody else there; `desk` is the process that answers."""
    told = {}
    with httpx.Client(base_url=address, timeout=60, headers={"Accept-Encoding": "gzip"}) as client:
        for name, (path, *_) in pages.items():
            begun = _worked(desk)
            cold = _first_byte(client, path)
            first_work = _worked(desk) - begun
            _first_byte(client, path)  # once more, not counted
            worked = _worked(desk)
            rows = [_first_byte(client, path) for _ in range(_TIMES)]
            told[name] = {
                "cold_ms": cold[0],
                "cold_work_ms": first_work * 1000,
                "work_ms": (_worked(desk) - worked) * 1000 / _TIMES,
                "first_ms": statistics.median(row[0] for row in rows),
                "worst_ms": max(row[0] for row in rows),
                "whole_ms": statistics.median(row[1] for row in rows),
                "status": rows[-1][2],
                "bytes": rows[-1][3],
            }
    return told


async def _person(
    client: httpx.AsyncClient, pages: Sequence[Sequence[str]], chance: random.Random, until: float
) -> list[Any]:
    seen: list[Any] = []
    await asyncio.sleep(chance.random() * _THINKS)
    while time.perf_counter() < until:
        path, begun = chance.choice(chance.choice(pages)), time.perf_counter()
        try:
            answer = await client.get(path)
            status = answer.status_code
        except httpx.HTTPError:
            status = 0
        seen.append((path, (time.perf_counter() - begun) * 1000, status))
        await asyncio.sleep(chance.expovariate(1 / _THINKS))
    return seen


async def crowd(address: str, pages: Sequence[Sequence[str]], people: int, seconds: float) -> list[Any]:
    """Let people ask at once for a time, any kind of page as often as another.

    Gives path, milliseconds to the end and status of each answer.
    """
    limits = httpx.Limits(max_connections=people, max_keepalive_connections=people)
    async with httpx.AsyncClient(base_url=address, timeout=60, limits=limits) as client:
        until = time.perf_counter() + seconds
        runs = (_person(client, pages, random.Random(_SEED + n), until) for n in range(people))
        return [row for rows in await asyncio.gather(*runs) for row in rows]


def _add_story(where: str) -> None:
    """Read and add the bundled story, whose reports have what synthetic ones lack: length, many facts."""
    with open_store(where) as store:
        wanted = [report for report in demo_reports() if store.needs_reading(report)]
        if wanted:
            reader = Reader()
            for report in wanted:
                store.add(report, reader.read(report), reader="benchmark")
            store.link()


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


def _worked(process: int) -> float:
    """Give the seconds of processor time that a process has had, to a hundredth (Linux)."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


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
        mark = "" if _quick(row) else "  <-"
        print(
            f"  {name:<27}{row['cold_ms']:>8.0f} ms cold{row['cold_work_ms']:>6.0f} of work"
            f"{row['first_ms']:>8.0f} first{row['worst_ms']:>8.0f} worst"
            f"{row['whole_ms']:>8.0f} whole{row['work_ms']:>8.1f} of work"
            f"{row['bytes'] / 1024:>9.0f} KiB {row['status']}{mark}"
        )
    one = told["crowd"]
    print(
        f"{told['people']} people: {one['answers']:,} answers, median {one['median_ms']:.0f} ms,"
        f" p95 {one['p95_ms']:.0f} ms, worst {one['worst_ms']:.0f} ms,"
        f" errors {one['errors']:.2%} {one['statuses']};"
        f" {one['work_ms']:.1f} ms of the desk's work an answer, the machine's load {told['load']:.1f}"
    )


def _quick(row: dict[str, Any]) -> bool:
    """Tell whether a page came soon enough, also when it was first asked for."""
    return bool(max(row["cold_ms"], row["first_ms"]) < FIRST_BYTE_MS and row["status"] == 200)


def _holds(told: dict[str, Any]) -> bool:
    pages = all(map(_quick, told["alone"].values()))
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
    _add_story(where)
    with open_store(where) as store:
        pages, counts = pages_of(store), store.counts()
    desk, address = _opened(where)
    try:
        told: dict[str, Any] = {
            "counts": counts,
            "people": given.people,
            "alone": alone(address, pages, desk.pid),
        }
        told["load"], worked = os.getloadavg()[0], _worked(desk.pid)
        seen = asyncio.run(crowd(address, list(pages.values()), given.people, given.seconds))
        told["crowd"] = {**_summary(seen), "work_ms": (_worked(desk.pid) - worked) * 1000 / len(seen)}
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
