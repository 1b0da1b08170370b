"""What a database says when it fails, in one line of ours."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import msgspec
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from dateline.errors import (
    StoreBusy,
    StoreDamaged,
    StoreError,
    StoreFull,
    StoreReadOnly,
    StoreUnreachable,
)

__all__ = ["explained"]

_KEPT = "what was written before is kept"
_BUSY = (StoreBusy, "another process holds it", "try again")
_FULL = (StoreFull, "no room left to write", f"make room and run the command again; {_KEPT}")
_READ_ONLY = (StoreReadOnly, "can't be written to", "give it write permission, or choose another --db")
_DAMAGED = (StoreDamaged, "damaged, or no Dateline database", "restore a backup; the file was left as it is")
_CLOSED = (StoreUnreachable, "can't be opened", "check the path and its permissions")
_ABSENT = (StoreUnreachable, "the server doesn't answer or turns us away", "check --db and the server")

_Failure = tuple[type[StoreError], str, str]

# https://www.sqlite.org/rescode.html: the low byte is the primary code.
_SQLITE: dict[int, _Failure] = {
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_PERM: _READ_ONLY,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
    sqlite3.SQLITE_CANTOPEN: _CLOSED,
    sqlite3.SQLITE_IOERR: (StoreError, "the disk can't be read or written", f"check the disk; {_KEPT}"),
}
# https://www.postgresql.org/docs/current/errcodes-appendix.html: whole codes, then classes.
_POSTGRES: dict[str, _Failure] = {
    "53100": _FULL,
    "55P03": _BUSY,
    "40P01": _BUSY,
    "25006": _READ_ONLY,
    "42501": _READ_ONLY,
    "XX001": _DAMAGED,
    "XX002": _DAMAGED,
    "53": _BUSY,
    "08": _ABSENT,
    "28": _ABSENT,
    "3D": _ABSENT,
    "57": _ABSENT,
}


@contextmanager
def explained(where: str) -> Iterator[None]:
    """Turn what a database raises inside into a StoreError that names the store at `where`."""
    try:
        yield
    except DBAPIError as problem:
        raise _explain(problem.orig, where) from problem
    except sqlite3.Error as problem:  # of a statement run past SQLAlchemy
        raise _explain(problem, where) from problem
    except (zlib.error, msgspec.DecodeError) as problem:  # noise within a row: SQLite has no checksums
        kind, what, hint = _DAMAGED
        raise kind(f"{what} ({problem})", where=where, hint=hint) from problem
    except UnicodeEncodeError as problem:  # half a sign: bytes on a command line that are no UTF-8
        what = "half a sign (bytes that are no UTF-8) can't be asked for or kept"
        raise StoreError(what, where=where, hint="type it anew") from problem
    except PoolTimeout as problem:
        raise StoreBusy("too many connections at once", where=where, hint="try again") from problem
    except (ArgumentError, NoSuchModuleError, ImportError) as problem:
        hint = "PostgreSQL needs: pip install 'dateline[postgres]'"
        raise StoreUnreachable(f"can't be opened ({problem})", where=where, hint=hint) from problem


def _explain(problem: BaseException | None, where: str) -> StoreError:
    known = _known(problem)
    if known is None:
        return StoreError(f"the database failed ({_first_line(problem)})", where=where)
    kind, what, hint = known
    return kind(f"{what} ({_first_line(problem)})", where=where, hint=hint)


def _known(problem: Any) -> _Failure | None:
    if isinstance(problem, sqlite3.Error):
        if "decode to UTF-8" in str(problem):  # has no code of its own
            return _DAMAGED
        code = getattr(problem, "sqlite_errorcode", None)
        return _SQLITE.get(code & 0xFF) if code is not None else None
    state = getattr(problem, "sqlstate", None)
    if state is None:  # no answer at all, so no code either
        return _ABSENT if type(problem).__name__ == "OperationalError" else None
    return _POSTGRES.get(state) or _POSTGRES.get(state[:2])


def _first_line(problem: BaseException | None) -> str:
    lines = str(problem).strip().splitlines()
    return lines[0].strip() if lines else type(problem).__name__
