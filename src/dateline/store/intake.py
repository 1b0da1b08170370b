"""Take reports in: read what isn't known, keep each, link as they come; what fails is passed on."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from dateline.errors import DatelineError, InputError, Purged
from dateline.record import Record, Report
from dateline.store.keeping import Outcome
from dateline.store.store import Store

__all__ = ["reader_version", "reread", "take_in"]

LINK_EVERY = 100  # reports added between two linkings: often enough for others to see them come

Read = Callable[[Report], Record]


@lru_cache(maxsize=1)
def reader_version() -> str:
    """Name the version of the package's reader: its own, and the digest of its model."""
    from dateline import __version__
    from dateline.reading.encoder import MODEL

    digest = hashlib.sha256()
    for path in sorted(MODEL.glob("*.onnx")):
        digest.update(path.read_bytes())
    return f"{__version__}+{digest.hexdigest()[:8]}"


def take_in(
    store: Store, reports: Iterable[Report | InputError], read: Read, *, reader: str
) -> Iterator[Outcome | DatelineError]:
    """Read and add reports one after the other, and link them; yield what became of each.

    When an outcome has been yielded its report is kept for good. A report that
    can't be read, or was purged, is yielded as its error and the rest goes on;
    what is wrong with the store itself is raised.
    """
    added = 0
    for report in reports:
        outcome = report if isinstance(report, InputError) else _take(store, report, read, reader)
        yield outcome
        if isinstance(outcome, Outcome) and outcome is not Outcome.KNOWN:
            added += 1
            if added % LINK_EVERY == 0:
                store.link()
    store.link()


def _take(store: Store, report: Report, read: Read, reader: str) -> Outcome | DatelineError:
    try:
        record = read(report) if store.needs_reading(report) else None
        return store.add(report, record, reader=reader)
    except (InputError, Purged) as problem:
        return problem


def reread(store: Store, read: Read, *, reader: str) -> Iterator[Report | DatelineError]:
    """Read every text anew that this version hasn't read, and keep the record; yield report or error.

    It can be stopped and run again: what was read stays.
    """
    for name in store.to_reread(reader):
        report = store.report(name)
        try:
            store.reread(read(report), reader=reader)
        except InputError as problem:
            yield problem
        else:
            yield report
