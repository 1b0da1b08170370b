"""Keep reports, their copies, their corrected versions and their records; erase one for good.

What is decided here (which appearance of a text counts, which version of an
address) hangs on what the reports state, and on the order in which they came
only where they state the same.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select, update

from dateline.errors import Purged, StoreError
from dateline.record import Record, Report
from dateline.store import schema
from dateline.store.bodies import CURRENT, identity, now, pack, rank, stamp, unpack, url_key, word_purged
from dateline.store.search import forget_words, index_words

__all__ = [
    "Outcome",
    "find_seq",
    "forget_report",
    "keep_reading",
    "keep_report",
    "needs_reading",
    "settle_address",
]

_reports, _copies, _records = schema.reports, schema.copies, schema.records
# What is asked for every report is put together once: to do it anew costs more than to ask.
_STONE = select(schema.tombstones).where(schema.tombstones.c.id == bindparam("asked"))
_SEQ = select(_reports.c.seq).where(_reports.c.id == bindparam("asked"))
_AT_ADDRESS = select(_copies.c.seq).where(_copies.c.url_key == bindparam("asked")).limit(1)
_INSERT = {table: insert(table) for table in (_reports, _copies, _records, schema.pending)}
_CHOOSE = (
    update(_reports)
    .where(_reports.c.seq == bindparam("asked"))
    .values({name: bindparam(f"new_{name}") for name in ("copy", "record", "rank")})
)


class Outcome(StrEnum):
    """What became of a report that was added."""

    NEW = "new"
    COPY = "copy"
    CORRECTION = "correction"
    KNOWN = "known"


def find_seq(connection: Connection, report: str) -> int | None:
    """Give the number of the report with this id."""
    return connection.execute(_SEQ, {"asked": report}).scalar()


def needs_reading(connection: Connection, report: Report) -> bool:
    """Tell whether adding the report needs its record: an appearance not known, on a day not read for.

    Raises Purged when the text was erased.
    """
    _refuse_purged(connection, report)
    seq = find_seq(connection, report.id)
    if seq is None:
        return True
    return not _has_copy(connection, seq, report) and not _has_reading(connection, seq, report.published)


def keep_report(connection: Connection, report: Report, record: Record | None, reader: str) -> Outcome:
    """Keep one appearance of a text with its record, in the caller's transaction.

    Raises Purged when the text was erased, StoreError when the record is needed
    and missing, or is another report's.
    """
    _refuse_purged(connection, report)
    seq = find_seq(connection, report.id)
    if seq is None:
        return _keep_new(connection, report, record, reader)
    if _has_copy(connection, seq, report):
        return Outcome.KNOWN
    _inserted(connection, _copies, _copy_row(seq, report))
    if not _has_reading(connection, seq, report.published):
        _insert_reading(connection, seq, report, record, reader)
    corrected = settle_address(connection, seq, url_key(report.url))
    return Outcome.CORRECTION if corrected else Outcome.COPY


def _keep_new(connection: Connection, report: Report, record: Record | None, reader: str) -> Outcome:
    """Keep a text that is new; most are, and nothing need be settled where the address is new as well."""
    row = {"id": report.id, "text": report.text, "added": now(), "live": True, "rank": ""}
    seq = _inserted(connection, _reports, row)
    address = url_key(report.url)
    known = address is not None and connection.execute(_AT_ADDRESS, {"asked": address}).first() is not None
    copy = _inserted(connection, _copies, _copy_row(seq, report))
    reading = _insert_reading(connection, seq, report, record, reader)
    if known:
        settle_address(connection, seq, address)
        return Outcome.CORRECTION
    published = report.published or (record.report.published if record else None)
    values = {"new_copy": copy, "new_record": reading, "new_rank": rank(published)}
    connection.execute(_CHOOSE, {"asked": seq, **values})
    index_words(connection, seq, report.title, report.text)
    _mark(connection, {seq})
    return Outcome.NEW


def keep_reading(connection: Connection, report: Report, record: Record, reader: str) -> bool:
    """Keep a newer reading of a report that is in the store; tell whether it was new."""
    seq = find_seq(connection, report.id)
    if seq is None or _has_reading(connection, seq, report.published, reader):
        return False
    _insert_reading(connection, seq, report, record, reader)
    _settle_report(connection, seq)
    _mark(connection, {seq})
    return True


def settle_address(connection: Connection, seq: int | None, address: str | None) -> bool:
    """Find which text counts at an address, and what that changes; tell whether one superseded another.

    `seq` is the report that has changed; None when one was taken away.
    """
    touched = {seq} if seq is not None else set()
    corrected = False
    if address is not None:
        rows = connection.execute(
            select(_copies).where(_copies.c.url_key == address).order_by(_copies.c.seq)
        ).all()
        corrected = len({row.report for row in rows}) > 1
        if corrected:
            _supersede(connection, rows)
        if corrected or seq is None:
            touched |= {row.report for row in rows}
    for each in sorted(touched):
        _settle_report(connection, each)
    _mark(connection, touched)
    return corrected


def _refuse_purged(connection: Connection, report: Report) -> None:
    stone = connection.execute(_STONE, {"asked": report.id}).first()
    if stone is not None:
        raise Purged(word_purged(stone), where=report.url or report.title or report.id)


def _has_copy(connection: Connection, seq: int, report: Report) -> bool:
    known = select(_copies.c.seq).where(_copies.c.report == seq, _copies.c.key == identity(report))
    return connection.execute(known).first() is not None


def _has_reading(connection: Connection, seq: int, published: str | None, reader: str | None = None) -> bool:
    known = select(_records.c.seq).where(_records.c.report == seq, _records.c.published == (published or ""))
    if reader is not None:
        known = known.where(_records.c.reader == reader)
    return connection.execute(known).first() is not None


def _inserted(connection: Connection, table: Any, row: dict[str, Any]) -> int:
    key: Any = connection.execute(_INSERT[table], row).inserted_primary_key
    return int(key[0])


def _copy_row(seq: int, report: Report) -> dict[str, Any]:
    names = ("title", "publisher", "url", "published", "language", "updated", "author", "section")
    return {
        **{name: getattr(report, name) for name in names},
        "report": seq, "key": identity(report), "url_key": url_key(report.url), "added": now(),
        "notices": msgspec.json.encode(report.notices).decode(),
        "origins": msgspec.json.encode(report.origins).decode(),
    }  # fmt: skip


def _insert_reading(
    connection: Connection, seq: int, report: Report, record: Record | None, reader: str
) -> int:
    if record is None or record.report.id != report.id:
        what = "the report comes without its record"
        raise StoreError(what, where=report.url or report.id, hint="read it first")
    row = {
        "report": seq, "published": report.published or "", "reader": reader, "read": now(),
        "body": pack(record),
    }  # fmt: skip
    return _inserted(connection, _records, row)


def _supersede(connection: Connection, rows: list[Row[Any]] | Any) -> None:
    """Mark all texts of one address but the last as superseded by it.

    A text that states an earlier time than the one that counts was added late
    and doesn't replace it; where the times say nothing, the one that came later
    is the correction.
    """
    head = rows[0]
    for row in rows[1:]:
        if row.report != head.report and not _is_earlier(row, head):
            head = row
    for row in rows:
        by = None if row.report == head.report else head.seq
        if row.superseded_by != by:
            connection.execute(update(_copies).where(_copies.c.seq == row.seq).values(superseded_by=by))


def _is_earlier(row: Row[Any], than: Row[Any]) -> bool:
    ours, theirs = row.updated or row.published, than.updated or than.published
    at, other = stamp(ours), stamp(theirs)
    if at is None or other is None:
        return False
    if "T" in ours and "T" in theirs:
        return at < other
    return str(ours)[:10] < str(theirs)[:10]


def _settle_report(connection: Connection, seq: int) -> None:
    """Choose the appearance that counts, the earliest of those not superseded, and its newest reading."""
    was = connection.execute(CURRENT.where(_reports.c.seq == seq)).first()
    every = connection.execute(select(_copies).where(_copies.c.report == seq)).all()
    standing = [row for row in every if row.superseded_by is None]
    main = min(standing or every, key=_order)
    newest = select(func.max(_records.c.seq)).where(
        _records.c.report == seq, _records.c.published == (main.published or "")
    )
    values = {"copy": main.seq, "record": connection.execute(newest).scalar(), "live": bool(standing)}
    connection.execute(update(_reports).where(_reports.c.seq == seq).values(values))
    row = connection.execute(CURRENT.where(_reports.c.seq == seq)).one()
    published = unpack(row).report.published
    connection.execute(update(_reports).where(_reports.c.seq == seq).values(rank=rank(published)))
    if was is None or was.title != row.title:
        if was is not None:
            forget_words(connection, seq, was.title, was.text)
        index_words(connection, seq, row.title, row.text)


def _order(row: Row[Any]) -> tuple[str, str, str, int]:
    return rank(row.published), row.publisher or "", row.url or "", row.seq


def _mark(connection: Connection, seqs: set[int]) -> None:
    if seqs:
        connection.execute(_INSERT[schema.pending], [{"report": seq} for seq in sorted(seqs)])


def forget_report(connection: Connection, seq: int) -> set[str]:
    """Delete a report with its copies, records and words; give the keys of its addresses.

    What was derived from it must be gone before.
    """
    row = connection.execute(CURRENT.where(_reports.c.seq == seq)).one()
    forget_words(connection, seq, row.title, row.text)
    keys = connection.execute(select(_copies.c.url_key).where(_copies.c.report == seq)).scalars().all()
    ours = select(_copies.c.seq).where(_copies.c.report == seq)
    connection.execute(update(_copies).where(_copies.c.superseded_by.in_(ours)).values(superseded_by=None))
    for table in (schema.pending, _records, _copies):
        connection.execute(delete(table).where(table.c.report == seq))
    connection.execute(delete(_reports).where(_reports.c.seq == seq))
    return {key for key in keys if key}
