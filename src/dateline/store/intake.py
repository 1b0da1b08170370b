"""Take reports in: read what isn't known, keep each, link as they come; what fails is passed on."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from time import monotonic

from dateline.errors import DatelineError, InputError, Purged
from dateline.record import Record, Report
from dateline.store.bodies import batched
from dateline.store.keeping import Outcome
from dateline.store.store import Store

__all__ = ["reader_version", "reread", "take_in"]

_NOT_READ = (".pyc", ".md")  # compiled copies and words for people
LINK_EVERY = 200  # reports added between two linkings: often enough for others to see them come
_REST = 4  # times as long as the last linking took until the next: of one great story it takes long
TOGETHER = 64  # reports read side by side: enough for many processors, few enough to hold

Read = Callable[[Report], Record]
ReadMany = Callable[[Iterable[Report]], Iterator[Record | InputError]]


@lru_cache(maxsize=1)
def reader_version() -> str:
    """Name the version of the package's reader: its own, and the digest of all that reading rests on."""
    import dateline

    root = Path(dateline.__file__).parent
    found = (path for room in ("reading", "knowledge") for path in (root / room).rglob("*"))
    digest = hashlib.sha256()
    for path in sorted((*found, root / "codebook.toml")):
        if path.is_file() and path.suffix not in _NOT_READ:
            digest.update(path.relative_to(root).as_posix().encode())
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
    return f"{dateline.__version__}+{digest.hexdigest()[:8]}"


def take_in(
    store: Store,
    reports: Iterable[Report | InputError],
    read: Read,
    *,
    reader: str,
    many: ReadMany | None = None,
) -> Iterator[Outcome | DatelineError]:
    """Read and add reports one after the other, and link them; yield what became of each.

    When an outcome has been yielded its report is kept for good. A report that
    can't be read, or was purged, is yielded as its error and the rest goes on;
    what is wrong with the store itself is raised. With `many`, which gives a
    record or an error for each report in order, some are read side by side.
    """
    pace = _Pace()
    for batch in batched(reports, TOGETHER if many else 1):
        for outcome in _take(store, batch, many or _one_by_one(read), reader):
            yield outcome
            if isinstance(outcome, Outcome) and outcome is not Outcome.KNOWN and pace.due():
                store.link()
                pace.linked()
    store.link()


class _Pace:
    """When to link again: some reports later, and never so often that reading waits for it most of the time.

    It only tells when others see what was added; what is linked in the end is the same.
    """

    def __init__(self) -> None:
        self._added, self._begun, self._next = 0, 0.0, 0.0

    def due(self) -> bool:
        """Count one more report; tell whether to link now."""
        self._added += 1
        self._begun = monotonic()
        return self._added >= LINK_EVERY and self._begun >= self._next

    def linked(self) -> None:
        """Take note that all is linked, begun when it was due."""
        done = monotonic()
        self._added, self._next = 0, done + _REST * (done - self._begun)


def _one_by_one(read: Read) -> ReadMany:
    def many(reports: Iterable[Report]) -> Iterator[Record | InputError]:
        for report in reports:
            try:
                yield read(report)
            except InputError as problem:
                yield problem

    return many


def _take(
    store: Store, batch: Sequence[Report | InputError], many: ReadMany, reader: str
) -> Iterator[Outcome | DatelineError]:
    """Read what must be read of a batch, each text and day once, and add all of it in order."""
    wanted: dict[tuple[str, str | None], Report] = {}
    for report in batch:
        if isinstance(report, Report) and _is_wanted(store, report):
            wanted.setdefault((report.id, report.published), report)
    results = zip(wanted, many(wanted.values()), strict=True)
    read: dict[tuple[str, str | None], Record | InputError] = {}
    for report in batch:
        if isinstance(report, InputError):
            yield report
            continue
        key = report.id, report.published
        while key in wanted and key not in read:
            read.update((next(results),))
        yield _added(store, report, read.get(key), reader)


def _is_wanted(store: Store, report: Report) -> bool:
    try:
        return store.needs_reading(report)
    except Purged:
        return False


def _added(
    store: Store, report: Report, record: Record | InputError | None, reader: str
) -> Outcome | DatelineError:
    if isinstance(record, InputError):
        return record
    try:
        return store.add(report, record, reader=reader)
    except Purged as problem:
        return problem


def reread(
    store: Store, read: Read, *, reader: str, many: ReadMany | None = None
) -> Iterator[Report | DatelineError]:
    """Read every text anew that this version hasn't read, and keep the record; yield report or error.

    It can be stopped and run again: what was read stays. `many` as for `take_in`.
    """
    for names in batched(store.to_reread(reader), TOGETHER if many else 1):
        reports = [store.report(name) for name in names]
        for report, result in zip(reports, (many or _one_by_one(read))(reports), strict=True):
            if isinstance(result, InputError):
                yield result
            else:
                store.reread(result, reader=reader)
                yield report
