"""Reports that were read and not yet kept: a few, in memory, until they are kept or forgotten."""

from __future__ import annotations

import tempfile
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Lock

from dateline.desk.reader import DeskReader
from dateline.errors import DatelineError, InputError, NotInStore
from dateline.record import Record, Report
from dateline.reports import load
from dateline.reports.dates import parse_published
from dateline.store import Outcome, Store

__all__ = ["Drafts", "file_reports", "typed_report"]

_HELD = 400  # records, 0.1 MB each
_MOST = 200  # reports read out of the files of one upload


class Drafts:
    """Reads reports with the desk's reader, and holds their records."""

    def __init__(self, reader: DeskReader) -> None:
        self._reader, self._holding = reader, Lock()
        self._held: OrderedDict[str, Record] = OrderedDict()

    def read(self, report: Report) -> Record:
        """Read a report and hold its record. Raises InputError when it can't be read."""
        record = self._reader.read(report)
        with self._holding:
            self._held[report.id] = record
            self._held.move_to_end(report.id)
            while len(self._held) > _HELD:
                self._held.popitem(last=False)
        return record

    def read_all(self, reports: Iterator[Report | InputError]) -> Iterator[Record | InputError]:
        """Read reports, the first of many; what can't be read is given as its error."""
        for number, report in enumerate(reports):
            if number == _MOST:
                yield InputError(f"only the first {_MOST} reports were read", hint="dateline add takes all")
                return
            try:
                yield report if isinstance(report, InputError) else self.read(report)
            except InputError as problem:
                yield problem

    def keep(self, store: Store, ids: Sequence[str], reader: str) -> dict[str, Outcome | DatelineError]:
        """Keep held records by their reports' ids, and link them; give what became of each."""
        found: dict[str, Outcome | DatelineError] = {}
        for key in ids:
            record = self._held.get(key)
            if record is None:
                found[key] = NotInStore("is held no more", where=key[:15], hint="read it again")
                continue
            try:
                found[key] = store.add(record.report, record, reader=reader)
            except DatelineError as problem:
                found[key] = problem
        store.link()
        return found


def typed_report(
    text: str, title: str = "", publisher: str = "", url: str = "", published: str = ""
) -> Report:
    """Make a report of what was typed. Raises DateError for a day that is none."""
    known = {"title": title.strip(), "publisher": publisher.strip(), "url": url.strip()}
    day = parse_published(published) if published.strip() else None
    # A form sends line ends as CRLF; the text's id must not hang on that.
    body = text.replace("\r\n", "\n")
    return Report.of(body, published=day, **{name: value or None for name, value in known.items()})


def file_reports(name: str, body: bytes, published: str = "") -> Iterator[Report | InputError]:
    """Yield the reports within a file that was dropped; nothing is fetched that it names."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ("report" + "".join(Path(Path(name).name).suffixes[-2:])[-24:])
        path.write_bytes(body)
        for found in load(path, published=published.strip() or None, follow=False):
            yield _named(found, name) if isinstance(found, InputError) else found


def _named(problem: InputError, name: str) -> InputError:
    """Name the file as its owner knows it."""
    return type(problem)(problem.what, where=name, hint=problem.hint)
