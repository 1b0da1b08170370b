"""How reports and records lie in their rows, and how they are put together again."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Column, Connection, Row, Select, Table, delete, select

from dateline.errors import StoreDamaged
from dateline.record import Origins, Record, Report, report_id
from dateline.store.schema import copies, records, reports

__all__ = [
    "CURRENT",
    "MANY",
    "batched",
    "delete_where",
    "identity",
    "now",
    "pack",
    "rank",
    "report_of",
    "stamp",
    "unpack",
    "url_key",
    "word_purged",
]

_T = TypeVar("_T")
MANY = 1000  # values in one IN: PostgreSQL takes 65,535 parameters a statement
_LEVEL = 2  # of deflating: the highest takes three times as long, and an eighth less room
_UNDATED = "9999"  # sorts after every day
_REPORT_FIELDS = ("title", "publisher", "url", "published", "language", "updated", "author", "section")

# A report as it counts now: its text, its chosen appearance, its newest reading.
CURRENT: Select[Any] = (
    select(
        *(reports.c[name] for name in ("seq", "id", "text", "live", "rank", "copy", "record")),
        *(copies.c[name] for name in (*_REPORT_FIELDS, "notices", "origins")), records.c.body,
    )
    .join(copies, copies.c.seq == reports.c.copy)
    .outerjoin(records, records.c.seq == reports.c.record)
)  # fmt: skip


def now() -> str:
    """Give the time in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def batched(rows: Iterable[_T], size: int) -> Iterator[list[_T]]:
    """Cut a stream into lists of a size."""
    stream = iter(rows)
    while batch := list(islice(stream, size)):
        yield batch


def word_purged(stone: Row[Any]) -> str:
    """Say when, by whom and why a report was purged, by its tombstone."""
    return f"was purged on {stone.purged[:10]} by {stone.who}: {stone.why}"


def delete_where(connection: Connection, table: Table, column: Column[Any], among: Collection[Any]) -> None:
    """Delete the rows of a table whose column is among some values, however many."""
    for batch in batched(sorted(among), MANY):
        connection.execute(delete(table).where(column.in_(batch)))


def identity(report: Report) -> str:
    """Give what tells appearances of one text apart: publisher and address."""
    return hashlib.sha256(msgspec.json.encode([report.publisher, report.url])).hexdigest()


def url_key(url: str | None) -> str | None:
    """Give a key of an address that any index takes, however long it is."""
    return hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest() if url else None


def stamp(value: str | None) -> datetime | None:
    """Give an ISO date or datetime as a time in UTC; a day begins at midnight."""
    try:
        found = datetime.fromisoformat(value or "")
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):  # the first day of the calendar overflows in another zone
        return None


def rank(published: str | None) -> str:
    """Give a key that sorts reports by time of publication, those without one last."""
    at = stamp(published)
    return at.isoformat(timespec="seconds") if at else _UNDATED


def pack(record: Record) -> bytes:
    """Write a record for its row: JSON without the text, which stands in the report's, deflated.

    A record's JSON is ten times its text and deflates to less than one.
    """
    bare = msgspec.structs.replace(record, report=msgspec.structs.replace(record.report, text=""))
    return zlib.compress(msgspec.json.encode(bare), _LEVEL)


def report_of(row: Row[Any]) -> Report:
    """Make a report of a row of `CURRENT`. Raises StoreDamaged when the text isn't the one it was."""
    if report_id(row.text) != row.id:
        hint = "restore a backup; the file was left as it is"
        raise StoreDamaged("the text isn't the one that was kept", where=row.id, hint=hint)
    known = {name: getattr(row, name) for name in _REPORT_FIELDS}
    notices = tuple(msgspec.json.decode(row.notices))
    origins = msgspec.json.decode(row.origins, type=Origins)
    return Report(id=row.id, text=row.text, notices=notices, origins=origins, **known)


def unpack(row: Row[Any]) -> Record:
    """Make a record of a row of `CURRENT`, with the appearance that counts.

    The day that the reader took from the text's own header line stays, where
    the appearance states none, and so do the reader's notices.
    """
    record = msgspec.json.decode(zlib.decompress(row.body), type=Record)
    report = report_of(row)
    published = report.published or record.report.published
    report = msgspec.structs.replace(report, published=published, notices=record.report.notices)
    return msgspec.structs.replace(record, report=report)
