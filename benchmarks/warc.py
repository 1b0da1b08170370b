"""Time `dateline add` over a web archive of pages, and the share of reading in it.

    python -m benchmarks.warc [--pages 5000] [--folder FOLDER] [--json]
    python -m benchmarks.warc --memory 2048 [--folder FOLDER]

Makes a WARC.gz of pages by a generator of our own (a happening told in five to
twelve paragraphs, with menus, scripts and a footer around it, as sites have),
adds it to a new store, and tells: pages a second; the time in loading (the
archive, the page's article and metadata), in reading, and in the store; and the
share of reading, by the clock and of the processors' work (on a busy machine only
the second says anything). With `--memory` it makes an uncompressed archive of so many
megabytes instead, only loads it, and tells the peak memory.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import resource
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from benchmarks.newsroom import story
from benchmarks.synthetic import TELLERS, make_report
from dateline.errors import InputError
from dateline.record import Record, Report
from dateline.reports import load

__all__ = ["main", "make_page", "write_archive"]

_T = TypeVar("_T")
_PARAGRAPHS = (4, 11)  # of three sentences
_AROUND = 60  # menu entries and teasers of a page


def make_page(number: int) -> tuple[str, str]:
    """Give address and HTML of a page: the same number gives the same page."""
    own, report = random.Random(number), make_report(number)
    paragraphs = own.randint(*_PARAGRAPHS)
    told = story(number // TELLERS, 3 * _PARAGRAPHS[1]).told(own, 3 * paragraphs)
    lines = [report.text, *(" ".join(told[at : at + 3]) for at in range(0, len(told), 3))]
    article = "".join(f"<p>{line}</p>" for line in lines)
    menu = "".join(f'<li><a href="/s/{n}">Section {n}</a></li>' for n in range(_AROUND))
    ld = json.dumps({
        "@type": "NewsArticle", "headline": report.title, "datePublished": f"{report.published}T08:00:00Z",
        "publisher": {"name": report.publisher}, "author": {"name": "Desk"},
    })  # fmt: skip
    page = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{report.title}</title>'
        f'<script type="application/ld+json">{ld}</script><style>{"p{margin:0}" * 200}</style></head>'
        f"<body><nav><ul>{menu}</ul></nav><main><article><h1>{report.title}</h1>{article}</article></main>"
        f"<aside>{menu}</aside><script>{'var a=1;' * 2000}</script><footer>Copyright</footer></body></html>"
    )
    return str(report.url), page


def _record(address: str, body: bytes, media: str = "text/html; charset=utf-8") -> bytes:
    block = f"HTTP/1.1 200 OK\r\nContent-Type: {media}\r\n\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\n"
        "WARC-Date: 2026-01-01T00:00:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def write_archive(path: Path, pages: int) -> None:
    """Write a WARC.gz of pages, one member a record, as crawlers do."""
    with path.open("wb") as out:
        for number in range(pages):
            address, page = make_page(number)
            out.write(gzip.compress(_record(address, page.encode())))


class _Clock:
    """Sums the seconds spent in a step: by the clock, and of work in this thread."""

    def __init__(self) -> None:
        self.seconds = self.work = 0.0

    def over(self, rows: Iterable[_T]) -> Iterator[_T]:
        """Time the making of each row."""
        stream = iter(rows)
        while True:
            start, work = time.perf_counter(), time.thread_time()
            try:
                row = next(stream)
            except StopIteration:
                return
            finally:
                self.seconds += time.perf_counter() - start
                self.work += time.thread_time() - work
            yield row


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(folder: Path, pages: int) -> dict[str, float]:
    """Add an archive of pages to a new store."""
    from dateline.reading.reader import Reader
    from dateline.store import open_store
    from dateline.store.intake import take_in

    archive = folder / "pages.warc.gz"
    write_archive(archive, pages)
    loading, reading, added = _Clock(), _Clock(), 0
    made = Reader()

    def many(reports: Iterable[Report]) -> Iterator[Record | InputError]:
        """Read side by side, as `dateline add` does."""
        return reading.over(made.read_many(list(reports)))

    start, work, own = time.perf_counter(), time.process_time(), time.thread_time()
    with open_store(folder / "warc.db") as store:
        reports = loading.over(load(archive))
        for outcome in take_in(store, reports, made.read, reader="benchmark", many=many):
            added += not isinstance(outcome, Exception)
    whole, work = time.perf_counter() - start, time.process_time() - work
    store_work = time.thread_time() - own - loading.work - reading.work
    read_work = work - loading.work - store_work  # reading goes on in its threads while reports are stored
    return {
        "pages": pages, "added": added, "seconds": whole, "pages_a_second": added / whole,
        "loading": loading.seconds, "reading": reading.seconds,
        "store": whole - loading.seconds - reading.seconds, "share_of_reading": reading.seconds / whole,
        "work": work, "work_loading": loading.work, "work_reading": read_work, "work_store": store_work,
        "share_of_work": read_work / work, "peak_mb": _peak_mb(),
    }  # fmt: skip


def measure_memory(folder: Path, megabytes: int) -> dict[str, float]:
    """Load an uncompressed archive of so many megabytes, pages among large files."""
    archive = folder / "large.warc"
    filler = _record("https://files.example.org/f", b"x" * 2**20, "application/octet-stream")
    with archive.open("wb") as out:
        for number in range(megabytes):
            address, page = make_page(number)
            out.write(filler if number % 20 else _record(address, page.encode()))
    start = time.perf_counter()
    found = sum(isinstance(one, Report) for one in load(archive))
    return {
        "megabytes": megabytes, "reports": found, "seconds": time.perf_counter() - start,
        "peak_mb": _peak_mb(),
    }  # fmt: skip


def main() -> None:
    """Run the measurement."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--pages", type=int, default=5000)
    parser.add_argument("--memory", type=int, metavar="MB", help="load an archive of so many megabytes")
    parser.add_argument("--folder", type=Path, help="where the archive and the store go (default: temporary)")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.folder or Path(temporary)
        result = measure_memory(folder, given.memory) if given.memory else measure(folder, given.pages)
    if given.json:
        print(json.dumps(result, indent=1))
        return
    for name, value in result.items():
        print(f"{name:<18}{value:>12,.2f}")


if __name__ == "__main__":
    main()
