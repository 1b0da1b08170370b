"""Which version of the schema a database has, and bringing an older one up to date."""

from __future__ import annotations

import time
from typing import Any

from sqlalchemy import Connection, inspect, text

from dateline.errors import StoreBusy, StoreDamaged, StoreNewer, StoreReadOnly, StoreUnreachable
from dateline.store.base import WAIT, Base, Lock
from dateline.store.schema import APPLICATION_ID, HEAD

__all__ = ["VERSION_TABLE", "bring_up_to_date"]

VERSION_TABLE = "dateline_version"
_PAUSE = 0.02  # seconds between two tries to set the log


def bring_up_to_date(base: Base, *, create: bool = True) -> None:
    """Make the tables of an empty database, or run the migrations that an older one lacks.

    All in one transaction, and by one process. Raises StoreNewer when a newer
    version made it, StoreDamaged when it is no store, StoreReadOnly when it is
    older and can't be written, StoreUnreachable when there is none and
    `create` is false. Then nothing has been touched.
    """
    absent = StoreUnreachable("no store here", where=base.where, hint="dateline add makes one")
    if base.path is not None and not base.path.exists():
        if not create:
            raise absent
        base.make_folder()
    with base.reading() as connection:
        version = _version(base, connection)
    if version == HEAD:
        return
    if version is None and not create:
        raise absent
    if base.read_only:
        what = "made by an older version, and can't be written to"
        raise StoreReadOnly(what, where=base.where, hint="give it write permission once")
    if version is None and base.is_sqlite:
        _choose_wal(base)
    with base.writing(Lock.DERIVE, Lock.WRITE) as connection:
        if _version(base, connection) != HEAD:  # another process may have been faster
            _migrate(connection)


def _version(base: Base, connection: Connection) -> str | None:
    """Give the version, None for an empty database; refuse what is not ours or newer."""
    tables = set(inspect(connection).get_table_names())
    if VERSION_TABLE not in tables:
        if base.is_sqlite and tables:
            raise StoreDamaged("another program's database", where=base.where, hint="choose another --db")
        return None
    version = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()
    if version is not None and version != HEAD and version not in _known():
        what = f"made by a newer version of Dateline (schema {version}, this one knows {HEAD})"
        raise StoreNewer(what, where=base.where, hint="upgrade Dateline; the store was left as it is")
    return version


def _config() -> Any:
    from alembic.config import Config  # takes a tenth of a second, and a store is seldom new

    config = Config()
    config.set_main_option("script_location", "dateline.store:migrations")
    config.set_main_option("path_separator", "os")
    return config


def _known() -> set[str]:
    from alembic.script import ScriptDirectory

    return {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}


def _migrate(connection: Connection) -> None:
    from alembic import command

    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")


def _choose_wal(base: Base) -> None:
    """Set the write-ahead log, in which readers don't wait for writers; it can't be set in a transaction.

    SQLite refuses the change at once while another process makes the same store, and doesn't wait
    its turn as for any other lock, so the waiting is done here. Raises StoreBusy after WAIT seconds.
    """
    until = time.monotonic() + WAIT
    while True:
        try:
            return base.run_outside("PRAGMA journal_mode = WAL")
        except StoreBusy:
            if time.monotonic() > until:
                raise
            time.sleep(_PAUSE)
