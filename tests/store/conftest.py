"""A store on SQLite and on PostgreSQL: every test that asks for `store` or `url` runs on both."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from benchmarks.plain_linker import PlainLinker
from dateline.store import Store, open_store
from tests.conftest import needs
from tests.store.tales import tale

_BINARIES = (*sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True), Path("/usr/local/bin"))


def _binaries() -> Path | None:
    found = shutil.which("initdb")
    folders = [*_BINARIES, *([Path(found).resolve().parent] if found else [])]
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


def _as_postgres() -> dict[str, str]:
    """The server refuses to run as root; Debian's package makes a user for it."""
    return {"user": "postgres", "group": "postgres"} if os.geteuid() == 0 else {}


def _start(binaries: Path, folder: Path) -> str:
    """Start a server of our own that listens on a socket in a folder; fast rather than safe."""
    data = folder / "data"

    def run(*command: str) -> None:
        subprocess.run(
            command, check=True, capture_output=True, cwd=folder, timeout=300, stdin=subprocess.DEVNULL,
            **_as_postgres(),  # type: ignore[call-overload]
        )  # fmt: skip

    run(str(binaries / "initdb"), "-D", str(data), "-A", "trust", "-U", "postgres", "--no-sync", "-E", "UTF8",
        "--locale=C")  # fmt: skip
    options = f"-k {folder} -c listen_addresses='' -c fsync=off -c max_connections=60"
    log = str(folder / "log")
    run(str(binaries / "pg_ctl"), "-D", str(data), "-w", "-t", "240", "-o", options, "-l", log, "start")
    return f"postgresql://postgres@/postgres?host={folder}"


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a PostgreSQL server: DATELINE_TEST_POSTGRES, or one started from Debian's package."""
    given = os.environ.get("DATELINE_TEST_POSTGRES")
    if given:
        yield given
        return
    binaries = _binaries()
    needs("PostgreSQL (Debian's package postgresql, or DATELINE_TEST_POSTGRES)", binaries is not None)
    assert binaries is not None
    folder = Path(tempfile.mkdtemp(prefix="dateline-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    try:
        yield _start(binaries, folder)
    finally:
        stop = [str(binaries / "pg_ctl"), "-D", str(folder / "data"), "-m", "immediate", "stop"]
        subprocess.run(stop, check=False, capture_output=True, cwd=folder, **_as_postgres())  # type: ignore[call-overload]
        shutil.rmtree(folder, ignore_errors=True)


def _new_database(server: str) -> str:
    """Make an empty database on a server, and give its URL."""
    import psycopg
    from sqlalchemy import make_url

    name = f"dateline_{uuid4().hex[:12]}"
    with psycopg.connect(server.replace("postgresql+psycopg", "postgresql"), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return make_url(server).set(database=name).render_as_string(hide_password=False)


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a store that isn't there yet, on either database."""
    if request.param == "sqlite":
        return str(tmp_path / "store.db")
    return _new_database(request.getfixturevalue("postgres"))


@pytest.fixture
def linker() -> PlainLinker:
    """A linker plain enough to check by eye."""
    return PlainLinker()


@pytest.fixture
def store(url: str, linker: PlainLinker) -> Iterator[Store]:
    """An empty store, on either database."""
    with open_store(url, linker=linker) as made:
        yield made


@pytest.fixture
def filled(store: Store) -> Store:
    """Five attacks in three countries, one with two tolls."""
    for made in (
        tale("Gao", "2013-01-16", 5, agent="Ansar Dine"),
        tale("Gao", "2013-01-16", 9, agent="Ansar Dine", source="a doctor"),
        tale("Konna", "2013-01-20", 12, kind="airstrike", agent="the French air force"),
        tale("Tigantourine", "2013-01-16", 37, kind="abduction", agent="Signatories in Blood"),
        tale("Suva", "2013-02-01", 1, agent="a man"),
        tale("Apia", "2013-02-01", 2, agent="a man", more=' The café on the quay burned, "Côte" too.'),
    ):
        store.add(*made)
    return store


@pytest.fixture
def another(request: pytest.FixtureRequest, url: str, tmp_path: Path) -> Iterator[Callable[[], Store]]:
    """Makes further empty stores on the same kind of database."""
    made: list[Store] = []

    def make() -> Store:
        if "://" in url:
            where = _new_database(request.getfixturevalue("postgres"))
        else:
            where = str(tmp_path / f"another-{len(made)}.db")
        made.append(open_store(where, linker=PlainLinker()))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A path for an SQLite store."""
    return tmp_path / "store.db"
