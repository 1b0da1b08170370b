"""What a watcher remembers over restarts: how each feed stands, which items it has seen, which wait.

A file of its own, not the store: it is one watcher's book-keeping, several may
add to one store on a server, and losing it loses nothing: feeds are read again
and the store knows its reports. An item is written here, waiting, in the
transaction that notes the feed's ETag; it is marked done after the store has
its report. Killed in between, it is fetched again and the store takes it for
known: nothing is lost, and nothing is there twice.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec

from dateline.errors import StoreBusy, StoreDamaged, StoreError
from dateline.reports.feed import Item

__all__ = ["FeedState", "State", "Waiting"]

_VERSION = 1
_SETTLED = 3600.0  # seconds after which an item whose words change is read again
_FORGOTTEN = 90 * 86_400.0  # seconds after which an item that no feed names any more is forgotten
_TABLES = """
CREATE TABLE feeds (
    url TEXT PRIMARY KEY, etag TEXT, modified TEXT, due REAL NOT NULL DEFAULT 0, failures INTEGER NOT NULL
    DEFAULT 0, polled REAL, succeeded REAL, fault TEXT, polls INTEGER NOT NULL DEFAULT 0);
CREATE TABLE items (
    key TEXT PRIMARY KEY, feed TEXT NOT NULL, host TEXT, mark TEXT NOT NULL, body BLOB NOT NULL,
    status TEXT NOT NULL, tries INTEGER NOT NULL DEFAULT 0, due REAL NOT NULL, fault TEXT,
    first REAL NOT NULL, last REAL NOT NULL) WITHOUT ROWID;
CREATE INDEX items_waiting ON items (status, host, due);
CREATE INDEX items_feed ON items (feed, status);
CREATE TABLE notes (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE facts (key TEXT PRIMARY KEY, body BLOB NOT NULL);
CREATE TABLE members (member TEXT PRIMARY KEY, key TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE alerts (
    id TEXT PRIMARY KEY, rule TEXT NOT NULL, subject TEXT NOT NULL, made REAL NOT NULL, body BLOB NOT NULL);
CREATE INDEX alerts_subject ON alerts (rule, subject, made);
CREATE TABLE deliveries (
    alert TEXT NOT NULL REFERENCES alerts (id), channel TEXT NOT NULL, status TEXT NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0, due REAL NOT NULL, fault TEXT, PRIMARY KEY (alert, channel));
CREATE INDEX deliveries_waiting ON deliveries (status, due);
"""


@dataclass(frozen=True, kw_only=True)
class FeedState:
    """How a feed stands; times in seconds since 1970."""

    url: str
    etag: str | None = None
    modified: str | None = None
    due: float = 0.0
    failures: int = 0
    polled: float | None = None
    succeeded: float | None = None
    fault: str | None = None
    polls: int = 0


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """An item that waits for its report; `tries` is how often that has failed.

    `host` is that of the page to fetch, None where the feed's own text is wanted.
    """

    key: str
    feed: str
    host: str | None
    item: Item
    tries: int


class State:
    """The file. Threads may share it; only one watcher at a time may hold it for writing."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        """Open or make it. Raises StoreBusy when another watcher holds it, StoreDamaged when it is none."""
        self.path = path
        self._lock = threading.RLock()
        self._held = None if read_only else _held(path)
        try:
            self._base = _opened(path, read_only)
            self._prepare(read_only)
        except sqlite3.DatabaseError as error:
            self._let_go()
            what = f"no state of a watcher, or damaged ({error})"
            raise StoreDamaged(what, where=str(path), hint="move it away; feeds are read anew") from error

    def _prepare(self, read_only: bool) -> None:
        version = self._base.execute("PRAGMA user_version").fetchone()[0]
        if version > _VERSION:
            raise StoreError("made by a newer version", where=str(self.path), hint="upgrade Dateline")
        if version == 0 and not read_only:
            self._base.executescript(f"BEGIN; {_TABLES} PRAGMA user_version = {_VERSION}; COMMIT;")

    def close(self) -> None:
        """Close the file."""
        self._base.close()
        self._let_go()

    def _let_go(self) -> None:
        if self._held is not None:
            self._held.close()

    def __enter__(self) -> State:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Open a transaction: all of it is kept, or nothing."""
        with self._lock:
            self._base.execute("BEGIN IMMEDIATE")
            try:
                yield self._base
            except BaseException:
                self._base.execute("ROLLBACK")
                raise
            self._base.execute("COMMIT")

    def rows(self, query: str, values: Collection[Any] = ()) -> list[tuple[Any, ...]]:
        """Ask a question."""
        with self._lock:
            return self._base.execute(query, tuple(values)).fetchall()

    # Feeds.

    def feed(self, url: str) -> FeedState:
        """Give how a feed stands; a new one is due at once."""
        columns = list(FeedState.__dataclass_fields__)
        rows = self.rows(f"SELECT {', '.join(columns)} FROM feeds WHERE url = ?", [url])
        return FeedState(**dict(zip(columns, rows[0], strict=True))) if rows else FeedState(url=url)

    def polled(
        self,
        feed: FeedState,
        items: Iterable[Item],
        now: float,
        *,
        by_page: bool,
        due_new: float | None = None,
    ) -> int:
        """Note how a feed stands after a poll, with its items, in one transaction; give how many are new.

        An item whose words have changed since waits again. `by_page` tells items
        apart by their page's address, else by the feed's own key for them.
        """
        new = 0
        with self.writing() as base:
            columns = list(FeedState.__dataclass_fields__)
            values = [getattr(feed, name) for name in columns]
            marks = ", ".join("?" * len(columns))
            base.execute(f"INSERT OR REPLACE INTO feeds ({', '.join(columns)}) VALUES ({marks})", values)
            for item in items:
                new += _note_item(base, feed.url, item, now, by_page)
        return new

    # Items.

    def hosts(self, now: float) -> list[str]:
        """Give the hosts of whose pages some are due."""
        query = (
            "SELECT DISTINCT host FROM items WHERE status = 'waiting' AND host IS NOT NULL AND due <= ? "
            "ORDER BY host"
        )
        return [host for (host,) in self.rows(query, [now])]

    def waiting(self, now: float, limit: int, host: str | None = None) -> list[Waiting]:
        """Give items that are due, the longest first: pages of a host, or those whose page isn't wanted."""
        query = (
            "SELECT key, feed, host, body, tries FROM items WHERE status = 'waiting' AND host IS ? "
            "AND due <= ? ORDER BY due, first LIMIT ?"
        )
        return [
            Waiting(key=key, feed=feed, host=at, item=msgspec.json.decode(body, type=Item), tries=tries)
            for key, feed, at, body, tries in self.rows(query, [host, now, limit])
        ]

    def any_due(self, now: float) -> bool:
        """Tell whether any item waits and is due."""
        query = "SELECT 1 FROM items WHERE status = 'waiting' AND due <= ? LIMIT 1"
        return bool(self.rows(query, [now]))

    def settle(self, key: str, status: str, fault: str | None = None) -> None:
        """Note that an item is done, or has failed for good; its text need not be kept any longer."""
        with self.writing() as base:
            query = "UPDATE items SET status = ?, fault = ?, body = x'' WHERE key = ?"
            base.execute(query, [status, fault, key])

    def put_off(self, key: str, due: float, fault: str) -> None:
        """Note that an item couldn't be had, and when to try again."""
        query = "UPDATE items SET tries = tries + 1, due = ?, fault = ? WHERE key = ?"
        with self.writing() as base:
            base.execute(query, [due, fault, key])

    def counts(self, feed: str) -> dict[str, int]:
        """Give how many items of a feed wait, are done, have failed."""
        query = "SELECT status, count(*) FROM items WHERE feed = ? GROUP BY status"
        return {"waiting": 0, "done": 0, "failed": 0, **dict(self.rows(query, [feed]))}

    def forget(self, now: float) -> int:
        """Forget items that no feed has named for long; give how many."""
        with self.writing() as base:
            query = "DELETE FROM items WHERE status != 'waiting' AND last < ?"
            return base.execute(query, [now - _FORGOTTEN]).rowcount

    # Notes.

    def note(self, name: str) -> str | None:
        """Give a note."""
        rows = self.rows("SELECT value FROM notes WHERE name = ?", [name])
        return str(rows[0][0]) if rows else None

    def write_note(self, name: str, value: str) -> None:
        """Write a note."""
        with self.writing() as base:
            base.execute("INSERT OR REPLACE INTO notes VALUES (?, ?)", [name, value])


def _note_item(base: sqlite3.Connection, feed: str, item: Item, now: float, by_page: bool) -> bool:
    key = item.url if by_page and item.url else f"{feed} {item.key}"
    row = base.execute("SELECT feed, mark, first FROM items WHERE key = ?", [key]).fetchone()
    # Another feed may word it otherwise, and some feeds word it anew at each poll.
    if row is not None and (row[0] != feed or row[1] == item.mark or now - row[2] < _SETTLED):
        base.execute("UPDATE items SET last = ? WHERE key = ?", [now, key])
        return False
    host = (urlsplit(item.url).hostname or "") if by_page and item.url else None
    values = [key, feed, host, item.mark, msgspec.json.encode(item), "waiting", 0, now, None, now, now]
    base.execute(f"INSERT OR REPLACE INTO items VALUES ({', '.join('?' * len(values))})", values)
    return True


def _opened(path: Path, read_only: bool) -> sqlite3.Connection:
    try:
        where = f"{path.resolve().as_uri()}?mode={'ro' if read_only else 'rwc'}"
        base = sqlite3.connect(where, uri=True, timeout=30, isolation_level=None, check_same_thread=False)
        if not read_only:
            base.execute("PRAGMA journal_mode = WAL")
            base.execute("PRAGMA synchronous = NORMAL")  # after a power cut the last items are fetched again
        return base
    except sqlite3.OperationalError as error:
        hint = "it is made when watching starts" if read_only else "choose another --state"
        raise StoreError(f"can't be opened ({error})", where=str(path), hint=hint) from error


def _held(path: Path) -> Any:
    """Take the lock that lets one watcher in; it goes with the process, however that ends."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = path.with_name(path.name + ".lock").open("a")
    except OSError as error:
        what = f"can't be written ({error.strerror})"
        raise StoreError(what, where=str(path), hint="choose another --state") from error
    try:
        _lock_file(lock)
    except OSError as error:
        lock.close()
        raise StoreBusy("another watcher is at it", where=str(path), hint="stop that one first") from error
    return lock


def _lock_file(lock: Any) -> None:
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
    else:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
