"""The database under a store: where it is, how it is opened, and its transactions.

Writers take their turn: `BEGIN IMMEDIATE` in SQLite, an advisory lock in
PostgreSQL. Linking takes a lock of its own there, so that reports can be added
while another process links.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path
from typing import Any

from platformdirs import user_data_path
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text

from dateline.errors import StoreReadOnly, StoreUnreachable
from dateline.store.failures import explained

__all__ = ["Base", "Lock", "database_url", "default_path"]

WAIT = 120  # seconds that a writer waits for its turn: linking a large story takes some
_CACHE = -65_536  # KiB of pages that SQLite keeps in memory; its default of 2 MB is for phones
_AHEAD = 2**20  # bytes asked for at once: of more the system may take only the beginning
_NAMESPACE = 0x444C4E45  # of our advisory locks: a PostgreSQL database may serve others too
_DRIVERS = {
    "postgresql": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
    "sqlite": "sqlite",
    "sqlite+pysqlite": "sqlite",
}


class Lock(IntEnum):
    """What a transaction needs for itself, taken in this order."""

    DERIVE = 1
    WRITE = 2


def default_path() -> Path:
    """Give the file used when none is named: in the user's data folder."""
    return user_data_path("dateline", appauthor=False) / "dateline.db"


def database_url(given: str | Path | None = None) -> URL:
    """Give the URL of a store: as given (a URL or a file), DATELINE_DB, or the default file.

    Raises StoreUnreachable when it is of a kind that no store can have.
    """
    named = str(given) if given is not None else os.environ.get("DATELINE_DB") or str(default_path())
    if not named.strip():
        raise StoreUnreachable("no store is named", hint="give a file, or leave --db out")
    if "://" not in named:
        return URL.create("sqlite", database=str(Path(named).expanduser()))
    with explained(named.split("@")[-1]):
        url = make_url(named)
    driver = _DRIVERS.get(url.drivername)
    if driver is None or (driver == "sqlite" and url.database in (None, "", ":memory:")):
        what = "no store can be kept there"
        raise StoreUnreachable(
            what, where=url.render_as_string(), hint="give a file, sqlite:///FILE or postgresql://..."
        )
    return url.set(drivername=driver)


class Base:
    """An opened database, not yet looked into.

    `where` names it in errors, without a password; `read_only` tells that it
    can be read but not written.
    """

    def __init__(self, url: URL) -> None:
        """Raises StoreUnreachable when the driver is missing or the folder can't be made."""
        self.url = url
        self.is_sqlite = url.drivername == "sqlite"
        self.path = Path(url.database or "") if self.is_sqlite else None
        shown = url.set(drivername=url.get_backend_name())  # as people write it, without our driver
        self.where = str(self.path) if self.path else shown.render_as_string(hide_password=True)
        self.read_only = self.path is not None and self.path.exists() and not os.access(self.path, os.W_OK)
        with explained(self.where):
            self.engine = self._sqlite() if self.is_sqlite else self._postgres()

    def _postgres(self) -> Engine:
        options = f"-c lock_timeout={WAIT * 1000} -c timezone=UTC"
        return create_engine(self.url, connect_args={"options": options, "connect_timeout": 10})

    def _sqlite(self) -> Engine:
        url, arguments = self.url, {"timeout": WAIT, "isolation_level": None, "check_same_thread": False}
        if self.read_only and self.path is not None:
            url = URL.create("sqlite", database=self.path.resolve().as_uri(), query=_read_only(self.path))
        engine = create_engine(url, connect_args=arguments)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine

    def make_folder(self) -> None:
        """Make the folder of an SQLite file. Raises StoreUnreachable when that can't be done."""
        if self.path is None:
            return
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            what = f"its folder can't be made ({problem.strerror})"
            raise StoreUnreachable(what, where=self.where, hint="choose another --db") from problem

    def read_ahead(self) -> None:
        """Have the system read an SQLite file before it is asked for; returns at once.

        Left out where the file would fill more than half of the free memory, or the system has no such call.
        """
        if self.path is None or not hasattr(os, "posix_fadvise") or not self.path.exists():
            return
        free = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
        with self.path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            for start in range(0, size if size < free / 2 else 0, _AHEAD):
                os.posix_fadvise(file.fileno(), start, _AHEAD, os.POSIX_FADV_WILLNEED)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a transaction that only reads: it sees the store as it is now, to its end."""
        with explained(self.where), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self, *locks: Lock) -> Iterator[Connection]:
        """Open a transaction that writes all or nothing; `locks` (default: WRITE) order it among others.

        Raises StoreReadOnly, StoreBusy after WAIT seconds, and StoreFull.
        """
        if self.read_only:
            hint = "give it write permission, or choose another --db"
            raise StoreReadOnly("can't be written to", where=self.where, hint=hint)
        with explained(self.where), self.engine.connect() as bare:
            connection = bare.execution_options(dateline_writes=True)
            with connection.begin():
                self._take(connection, locks or (Lock.WRITE,))
                yield connection

    def _take(self, connection: Connection, locks: tuple[Lock, ...]) -> None:
        if self.is_sqlite:
            return  # BEGIN IMMEDIATE took all there is
        for lock in sorted(locks):
            connection.execute(
                text("SELECT pg_advisory_xact_lock(:space, :lock)"), {"space": _NAMESPACE, "lock": int(lock)}
            )

    def run_outside(self, *statements: str) -> None:
        """Run statements that can't stand in a transaction."""
        with explained(self.where), self.engine.connect() as connection:
            raw: Any = connection.connection.dbapi_connection
            if not self.is_sqlite:
                raw.autocommit = True
            try:
                for statement in statements:
                    raw.execute(statement)
            finally:
                if not self.is_sqlite:
                    raw.autocommit = False

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def _read_only(path: Path) -> dict[str, str]:
    """Tell SQLite that the file won't change where not even the log's index can be made beside it."""
    query = {"mode": "ro", "uri": "true"}
    if not os.access(path.parent, os.W_OK) and not Path(f"{path}-wal").exists():
        query["immutable"] = "1"
    return query


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    for pragma in (
        "foreign_keys = ON",
        "synchronous = FULL",  # what add has acknowledged outlives a power cut, too
        "secure_delete = ON",  # what is purged is overwritten
        f"cache_size = {_CACHE}",
        "temp_store = MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}")
    _add_mathematics(connection)


def _add_mathematics(connection: Any) -> None:
    """Give SQLite the functions by which circles are asked for, where it was built without them."""
    options = {name for (name,) in connection.execute("PRAGMA compile_options")}
    if "ENABLE_MATH_FUNCTIONS" in options:
        return
    for made in (math.sin, math.cos, math.radians):
        connection.create_function(made.__name__, 1, _or_null(made), deterministic=True)


def _or_null(made: Callable[[float], float]) -> Callable[[float | None], float | None]:
    return lambda value: None if value is None else made(value)


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("dateline_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
