"""Take reports in: read what isn't known, keep each, link as they come; what fails is passed on."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from time import monotonic

from dateline.errors import DatelineError, InputError, StoreError
from dateline.record import Record, Report
from dateline.store.bodies import batched
from dateline.store.keeping import Outcome
from dateline.store.store import Store

__all__ = ["reader_version", "reread", "take_in"]

_NOT_READ = (".pyc", ".md")  # compiled copies and words for people
LINK_EVERY = 200  # reports added between two linkings: often enough for others to see them come
_REST = 4  # times as long as the last linking took until the next: of one great story it takes long
AT_ONCE = 8  # reports kept in one transaction: each costs a write that waits for the disk
TOGETHER = 64  # reports read side by side: enough for many processors, few enough to hold

_Key = tuple[str, str | None]  # a text and the day on which it was told
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
    wanted: dict[_Key, Report] = {}
    for unread in store.unread(r for r in batch if isinstance(r, Report)):
        wanted.setdefault(_key(unread), unread)
    results = zip(wanted, many(wanted.values()), strict=True)
    read: dict[_Key, Record | InputError] = {}
    for some in batched(batch, AT_ONCE):
        rows: list[tuple[Report, Record | None] | InputError] = []
        for report in some:
            if isinstance(report, InputError):
                rows.append(report)
                continue
            while _key(report) in wanted and _key(report) not in read:
                read.update((next(results),))
            found = read.get(_key(report))
            rows.append(found if isinstance(found, InputError) else (report, found))
        yield from _added(store, rows, reader)


def _key(report: Report) -> _Key:
    return report.id, report.published


def _added(
    store: Store, rows: Sequence[tuple[Report, Record | None] | InputError], reader: str
) -> Iterator[Outcome | DatelineError]:
    """Add what could be read in one transaction, and yield what became of each row.

    Where not all can be kept (a full disk), they are added one by one, as far as that goes.
    """
    good = [row for row in rows if not isinstance(row, InputError)]
    try:
        outcomes = iter(store.add_each(good, reader=reader))
    except StoreError:
        outcomes = (store.add_each([row], reader=reader)[0] for row in good)
    for row in rows:
        yield row if isinstance(row, InputError) else next(outcomes)


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
