"""Write a million rows in each format: rows a second, and how much memory it takes.

    python -m benchmarks.exports [FOLDER] [--rows 1000000] [--formats csv,parquet,...] [--json]

Each format is written twice, in a process of its own: a tenth of the rows, then all. Memory
is bounded when both take the same. Rows a second are of the processor's work, which other
jobs on the machine hardly change. The store is a stand-in that makes incidents and records
by number as they are asked for, so that the numbers are the writers' own; `--store URL`
writes what a real one holds instead, once.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.synthetic import make_record, make_report
from dateline.exports.formats import FORMATS, export
from dateline.record import Incident, LedgerClaim, LedgerLine, Member, Posture, Record, Total
from dateline.store import Filter, open_store
from dateline.store.telling import Telling

__all__ = ["Synthetic", "main"]

_KINDS = 500  # different records; a row's number makes its ids


class Synthetic:
    """What exports ask of a store, made by number."""

    def __init__(self, rows: int) -> None:
        self.rows = rows
        self.kinds = [make_record(make_report(number), number) for number in range(_KINDS)]

    def incidents(self, wanted: Filter | None = None) -> Iterator[Incident]:
        """Yield as many incidents, each told by one report."""
        for number in range(self.rows):
            yield _incident(number, self._record(number))

    def records(self, wanted: Filter | None = None) -> Iterator[Record]:
        """Yield as many records."""
        return (self._record(number) for number in range(self.rows))

    def tellings(self, wanted: Filter | None = None) -> Iterator[Telling]:
        """Yield as many records with the incident that they tell."""
        for number in range(self.rows):
            facts: dict[str, tuple[str, ...]] = dict.fromkeys(("e1", "f1", "c1"), (f"i-{number:012}",))
            yield Telling(record=self._record(number), incidents=facts)

    def records_by_id(self, names: Sequence[str]) -> dict[str, Record]:
        """Make the records of reports by the numbers in their ids."""
        return {name: self._record(int(name.rpartition(":")[2], 16)) for name in names}

    def postures(self, sender: str | None = None, host: str | None = None) -> list[Posture]:
        """Give a posture a day: the store holds few, and all at once."""
        return [Posture(sender="JPN", host="MLI", mission="closed", since="2013-01-23")] * min(
            self.rows, 10_000
        )

    def _record(self, number: int) -> Record:
        kind = self.kinds[number % _KINDS]
        report = msgspec.structs.replace(kind.report, id=f"sha256:{number:064x}")
        return msgspec.structs.replace(kind, report=report)


def _incident(number: int, record: Record) -> Incident:
    report, event, figure = record.report, record.events[0], record.figures[0]
    low = figure.low or 0
    claim = LedgerClaim(
        report=report.id, figure="f1", source="police", by="police", kind="institution", low=low, high=low,
        said=report.published,
    )  # fmt: skip
    line = LedgerLine(
        measure="killed", group="unspecified", claims=(claim,), lowest=low, best=low, highest=low,
        latest={"institution": 0}, agreement="single",
    )  # fmt: skip
    place, day = record.places[0], event.when.start if event.when else None
    return Incident(
        id=f"i-{number:012}", type=event.type, types=(), title=f"{event.type}, {place.name}, {day}",
        where=place, country=place.country, start=day, end=day, actors={"agent": (record.actors[0].name,)},
        reports=(report.id,), events=(Member(report=report.id, event="e1"),), ledger=(line,),
        totals={"killed": Total(lowest=low, best=low, highest=low, rule="the only one", lines=(0,))},
    )  # fmt: skip


def _written(task: tuple[str, str, int, str]) -> dict[str, Any]:
    """Write one file in this process; give what it took."""
    form, what, rows, folder = task
    store, path = Synthetic(rows), Path(folder) / f"{form}-{rows}"
    began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    clock, work = time.perf_counter(), time.process_time()
    count = export(store, what, form, path)  # type: ignore[arg-type]
    clock, work = time.perf_counter() - clock, time.process_time() - work
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    size = path.stat().st_size
    path.unlink()
    return {
        "format": form, "what": what, "rows": count, "seconds": clock, "work": work, "peak_mb": peak / 1024,
        "began_mb": began / 1024, "file_mb": size / 2**20,
    }  # fmt: skip


def _alone(task: tuple[str, str, int, str]) -> dict[str, Any]:
    """Write in a fresh process, whose peak is that of this writing alone."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_written, (task,))


def _of_store(url: str, formats: Sequence[str], folder: str) -> Iterator[dict[str, Any]]:
    """Write what a store holds, in every format."""
    with open_store(url, create=False) as store:
        for form in formats:
            for what in FORMATS[form].takes:
                if form != "cap":
                    clock, work = time.perf_counter(), time.process_time()
                    path = Path(folder) / f"{what}.{form}"
                    count = export(store, what, form, path)
                    clock, work = time.perf_counter() - clock, time.process_time() - work
                    yield {"format": form, "what": what, "rows": count, "seconds": clock, "work": work,
                           "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}  # fmt: skip
                    path.unlink()


def _print(result: dict[str, Any]) -> None:
    rate = result["rows"] / result["work"] if result["work"] else 0
    print(
        f"{result['format']:<8} {result['what']:<10} {result['rows']:>9,} rows {result['seconds']:>8.1f} s"
        f" {result['work']:>8.1f} s of work {rate:>9,.0f} rows/s {result['peak_mb']:>7.0f} MB at most",
        flush=True,
    )


def main() -> None:
    """Run the measurement."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", nargs="?", default=tempfile.gettempdir())
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--formats", default=",".join(f for f in FORMATS if f not in ("cap", "ical")))
    parser.add_argument("--store", help="write what this store holds instead")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    formats = given.formats.split(",")
    results: list[dict[str, Any]] = []
    if given.store:
        stream: Iterator[dict[str, Any]] = _of_store(given.store, formats, given.folder)
    else:
        sizes = given.rows // 10, given.rows
        tasks = [(f, FORMATS[f].takes[0], rows, given.folder) for f in formats for rows in sizes]
        stream = map(_alone, tasks)
    for result in stream:
        results.append(result)
        _print(result) if not given.json else print(result["format"], file=sys.stderr, flush=True)
    if given.json:
        print(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
