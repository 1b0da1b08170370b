"""The store: reports, records and decisions kept for good, incidents and postures derived from them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType

import msgspec
from sqlalchemy import Connection, func, insert, select, update

from dateline.errors import DecisionError, NotInStore, Purged, StoreBusy, StoreFull
from dateline.record import Incident, Posture, Record, Report
from dateline.store import schema
from dateline.store.accounts import Accounts
from dateline.store.base import Base, Lock, database_url
from dateline.store.bodies import CURRENT, batched, now, report_of, unpack
from dateline.store.checking import Checking
from dateline.store.conditions import incident_bodies
from dateline.store.deciding import Deciding, user_name
from dateline.store.decisions import Anchor
from dateline.store.deriving import Deriver
from dateline.store.filters import Filter
from dateline.store.keeping import (
    Outcome,
    forget_report,
    keep_reading,
    keep_report,
    needs_reading,
    settle_address,
)
from dateline.store.linking import Copy, Linker, default_linker
from dateline.store.looking import Looking
from dateline.store.named import Named
from dateline.store.paging import Paging
from dateline.store.queries import (
    changed_rows,
    find_incident,
    find_report,
    find_reports,
    postures,
    revision,
)
from dateline.store.replay import every_decision
from dateline.store.search import overwrite_forgotten
from dateline.store.telling import Telling, records_of, report_batches, tellings_of
from dateline.store.touched import copies_of
from dateline.store.versions import bring_up_to_date

__all__ = ["Store", "open_store"]

_UNKNOWN_READER = "unknown"
_TOGETHER = 200  # reports fetched at once
Progress = Callable[[int], None]


def open_store(url: str | Path | None = None, *, linker: Linker | None = None, create: bool = True) -> Store:
    """Open a store, and make it if there is none.

    `url` is a file (SQLite) or a URL, `postgresql://...` too; without one,
    DATELINE_DB, or else a file in the user's data folder. An older schema is
    brought up to date. `linker` is the package's own unless given. Raises
    StoreNewer for a store of a newer version, StoreDamaged for what is no
    store, StoreUnreachable when it can't be opened, or isn't there and `create`
    is false.
    """
    base = Base(database_url(url))
    bring_up_to_date(base, create=create)
    return Store(base, linker=linker)


class Store(Deciding):
    """An opened store. Use it as a context manager or call `close`; threads may share it."""

    def __init__(self, base: Base, *, linker: Linker | None = None) -> None:
        self._base = base
        self._deriver = Deriver(base, default_linker if linker is None else lambda: linker)

    @property
    def where(self) -> str:
        """Name the store, without a password."""
        return self._base.where

    @property
    def named(self) -> Named:
        """Give what answers questions about actors and sources."""
        return Named(self._base)

    @property
    def looking(self) -> Looking:
        """Give what answers the questions of screens."""
        return Looking(self._base)

    @property
    def checking(self) -> Checking:
        """Give what answers the questions of review."""
        return Checking(self._base)

    @property
    def accounts(self) -> Accounts:
        """Give the accounts of who may come in over a network."""
        return Accounts(self._base)

    @property
    def paging(self) -> Paging:
        """Give what is held some at a time."""
        return Paging(self._base)

    @property
    def read_only(self) -> bool:
        """Tell whether it can be read but not written."""
        return self._base.read_only

    def close(self) -> None:
        """Close every connection."""
        self._base.close()

    def __enter__(self) -> Store:
        """Give itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close every connection."""
        self.close()

    # Reports in.

    def needs_reading(self, report: Report) -> bool:
        """Tell whether `add` needs the report's record: not if all of it is known. Raises Purged."""
        with self._base.reading() as connection:
            return needs_reading(connection, report)

    def unread(self, reports: Iterable[Report]) -> list[Report]:
        """Give those of many reports for which `needs_reading` holds, without purged ones."""
        with self._base.reading() as connection:
            return [report for report in reports if _is_unread(connection, report)]

    def add(self, report: Report, record: Record | None = None, *, reader: str = _UNKNOWN_READER) -> Outcome:
        """Keep a report with its record, in one transaction; `reader` names the version that read it.

        The same text, publisher and address again is nothing new; the same text
        from elsewhere is kept as a copy; another text at the same address
        supersedes the one before. Incidents follow at the next question or
        `link`. Raises Purged when the text was erased, StoreError when the
        record is needed (`needs_reading`) and not given, and StoreFull,
        StoreReadOnly or StoreBusy when it can't be written; then nothing is.
        """
        with self._base.writing() as connection:
            return keep_report(connection, report, record, reader)

    def add_together(
        self, rows: Iterable[tuple[Report, Record]], *, reader: str = _UNKNOWN_READER
    ) -> list[Outcome]:
        """Keep many reports in one transaction, for filling a store: all or none; raises as `add`."""
        with self._base.writing() as connection:
            return [keep_report(connection, report, record, reader) for report, record in rows]

    def add_each(
        self, rows: Iterable[tuple[Report, Record | None]], *, reader: str = _UNKNOWN_READER
    ) -> list[Outcome | Purged]:
        """Keep several reports in one transaction, as `add` does each; erased texts stay out."""
        with self._base.writing() as connection:
            return [_kept(connection, report, record, reader) for report, record in rows]

    def link(self, progress: Progress | None = None) -> int:
        """Link all reports that are not linked yet; give how many. `progress` is told of each step's."""
        return self._deriver.catch_up(progress)

    # Questions.

    def incidents(self, wanted: Filter | None = None, *, limit: int | None = None) -> Iterator[Incident]:
        """Yield the incidents that a filter lets through, the latest first."""
        with self._asking() as connection:
            for body in incident_bodies(connection, wanted or Filter(), limit=limit):
                yield Incident.from_json(body)

    def incident(self, name: str) -> Incident:
        """Give an incident by its id, an id that it had before, or the beginning of either.

        Raises NotInStore when there is none, StoreError when it could be several.
        """
        with self._asking() as connection:
            return find_incident(connection, name)

    def revision(self) -> int:
        """Give the number of the last step that derived incidents; it only rises."""
        with self._base.reading() as connection:
            return revision(connection)

    def changed(self, since: int) -> Iterator[Incident]:
        """Yield the incidents that are new or changed since a revision, in the order of the changes."""
        with self._asking() as connection:
            for row in changed_rows(connection, since):
                yield Incident.from_json(row.body)

    def postures(self, sender: str | None = None, host: str | None = None) -> list[Posture]:
        """Give the postures of a sender (alpha-3), in a host country (alpha-3), or all; the latest last."""
        with self._asking() as connection:
            return postures(connection, sender, host)

    def report(self, name: str) -> Report:
        """Give a report by its id, the beginning of its digest, or its address (the version that counts).

        Raises NotInStore when there is none, StoreError when it could be several.
        """
        with self._base.reading() as connection:
            seq = find_report(connection, name)
            return report_of(connection.execute(CURRENT.where(schema.reports.c.seq == seq)).one())

    def record(self, name: str, *, corrected: bool = True) -> Record:
        """Give a report's newest record, with decisions applied if `corrected`; raises as `report`."""
        with self._base.reading() as connection:
            seq = find_report(connection, name)
            row = connection.execute(CURRENT.where(schema.reports.c.seq == seq)).one()
            if not corrected:
                return unpack(row)
            return next(iter(records_of(connection, [row])))

    def records(self, wanted: Filter | None = None, *, superseded: bool = False) -> Iterator[Record]:
        """Yield the newest record of every report, in the order of publication, as decisions have it.

        With a filter only those of reports that tell of an incident it lets
        through; the words of its `text` must stand in the report itself.
        """
        asked = wanted or Filter()
        with self._asking() if asked.on_incidents else self._base.reading() as connection:
            for rows in report_batches(connection, asked, superseded=superseded):
                yield from records_of(connection, rows)

    def tellings(self, wanted: Filter | None = None) -> Iterator[Telling]:
        """Yield what `records` does, each with the incidents that its facts belong to."""
        asked = wanted or Filter()
        with self._asking() as connection:
            for rows in report_batches(connection, asked):
                yield from tellings_of(connection, rows, asked)

    def records_by_id(self, names: Iterable[str]) -> dict[str, Record]:
        """Give records by the whole ids of their reports, as decisions have them; without unknown ones."""
        with self._base.reading() as connection:
            found: dict[str, Record] = {}
            for ids in batched(names, _TOGETHER):
                rows = connection.execute(CURRENT.where(schema.reports.c.id.in_(ids))).all()
                found |= {record.report.id: record for record in records_of(connection, rows)}
            return found

    def copies(self, name: str) -> list[Copy]:
        """Give the other appearances of a report's text; raises as `report`."""
        with self._base.reading() as connection:
            seq = find_report(connection, name)
            row = connection.execute(CURRENT.where(schema.reports.c.seq == seq)).one()
            return copies_of(connection, {seq: row}).get(row.id, [])

    def versions(self, url: str) -> list[Report]:
        """Give every text that stood at an address, in the order in which they came."""
        with self._base.reading() as connection:
            rows = connection.execute(CURRENT.where(schema.reports.c.seq.in_(find_reports(connection, url))))
            return [report_of(row) for row in sorted(rows.all(), key=lambda row: row.seq)]

    def counts(self) -> dict[str, int]:
        """Give how many reports, copies, records, incidents, postures and decisions there are."""
        names = ("reports", "copies", "records", "incidents", "postures", "decisions", "pending")
        with self._base.reading() as connection:
            return {
                name: connection.execute(
                    select(func.count()).select_from(schema.metadata.tables[name])
                ).scalar_one()
                for name in names
            }

    @contextmanager
    def _asking(self) -> Iterator[Connection]:
        """Link what waits, so that the answer is of all that was added, and open a transaction.

        Where the store can't be written, has no room, or another process is at it, the answer is of
        what is linked.
        """
        if not self.read_only and self._deriver.waiting():
            with suppress(StoreBusy, StoreFull):
                self.link()
        with self._base.reading() as connection:
            yield connection

    # Derived anew.

    def rebuild(self, progress: Progress | None = None) -> int:
        """Derive all incidents and postures anew and replay the decisions; give how many reports were linked.

        The result doesn't depend on the order in which reports came. All or nothing.
        """
        return self._deriver.rebuild(progress)

    def to_reread(self, reader: str) -> list[str]:
        """Give the ids of reports that this version of the reader hasn't read."""
        reports, copies, records = schema.reports, schema.copies, schema.records
        day = func.coalesce(copies.c.published, "")
        query = (
            select(reports.c.id)
            .join(copies, copies.c.seq == reports.c.copy)
            .outerjoin(
                records,
                (records.c.report == reports.c.seq)
                & (records.c.published == day)
                & (records.c.reader == reader),
            )
            .where(records.c.seq.is_(None))
            .order_by(reports.c.rank, reports.c.id)
        )
        with self._base.reading() as connection:
            return list(connection.execute(query).scalars())

    def reread(self, record: Record, *, reader: str) -> bool:
        """Keep a newer record of a report in the store, which counts from now on; tell whether it was new."""
        report = self.report(record.report.id)
        with self._base.writing() as connection:
            return keep_reading(connection, report, record, reader)

    # Erased for good.

    def purge(self, name: str, *, why: str, who: str | None = None) -> list[str]:
        """Erase a report: its text, copies, records and all that was derived of them; give the ids erased.

        `name` is as for `report`; an address means every version that stood
        there. A tombstone keeps the id, so that the text can't come back, and
        decisions stay without its words. Raises NotInStore when there is none,
        and DecisionError without a reason.
        """
        if not why.strip():
            raise DecisionError("a purge needs its reason", hint="say it with --why")
        with self._base.writing(Lock.DERIVE, Lock.WRITE) as connection:
            seqs = find_reports(connection, name) if "://" in name else [find_report(connection, name)]
            if not seqs:
                raise NotInStore("no such report", where=name, hint="give its id, or its address")
            erased = [self._erase(connection, seq, who or user_name(), why) for seq in seqs]
            overwrite_forgotten(connection)
            while connection.execute(select(schema.pending.c.seq).limit(1)).first():
                self._deriver.step(connection)
        self._vacuum()
        return erased

    def _erase(self, connection: Connection, seq: int, who: str, why: str) -> str:
        reports = schema.reports
        key = connection.execute(select(reports.c.id).where(reports.c.seq == seq)).scalar_one()
        self._deriver.drop_report(connection, seq)
        connection.execute(schema.issued.delete().where(schema.issued.c.report == key))
        _silence_decisions(connection, key)
        for address in sorted(forget_report(connection, seq)):
            settle_address(connection, None, address)
        stone = {"id": key, "purged": now(), "who": who, "why": why}
        connection.execute(insert(schema.tombstones).values(stone))
        return str(key)

    def _vacuum(self) -> None:
        """Overwrite what is still held of deleted rows: by SQLite in its log, by PostgreSQL in dead rows.

        What PostgreSQL's own log, its archive and backups hold is the server's to clear.
        """
        if self._base.is_sqlite:
            self._base.run_outside("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            names = [*schema.metadata.tables, "report_search"]
            self._base.run_outside(*(f'VACUUM "{name}"' for name in names))


def _is_unread(connection: Connection, report: Report) -> bool:
    try:
        return needs_reading(connection, report)
    except Purged:
        return False


def _kept(connection: Connection, report: Report, record: Record | None, reader: str) -> Outcome | Purged:
    try:
        return keep_report(connection, report, record, reader)
    except Purged as problem:  # found before anything is written
        return problem


def _silence_decisions(connection: Connection, report: str) -> None:
    """Take a report's words out of the decisions on it, and the reason too where they name no other."""
    table = schema.decisions
    for decision in every_decision(connection):
        if report not in decision.reports():
            continue
        anchors, others = (_silent(side, report) for side in (decision.anchors, decision.others))
        quiet = msgspec.structs.replace(decision, anchors=anchors, others=others)
        if decision.reports() == {report}:
            quiet = msgspec.structs.replace(quiet, why="(purged)", changes={})
        values = {"body": quiet.to_json(), "why": quiet.why}
        connection.execute(update(table).where(table.c.id == decision.id).values(values))


def _silent(anchors: Iterable[Anchor], report: str) -> tuple[Anchor, ...]:
    return tuple(msgspec.structs.replace(a, text="") if a.report == report else a for a in anchors)
