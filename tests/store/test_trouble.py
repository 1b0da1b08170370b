"""A full disk, a file that can't be written, damage, another version: one clear line, and nothing lost."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from benchmarks.plain_linker import PlainLinker
from benchmarks.synthetic import pairs
from dateline.errors import (
    StoreBusy,
    StoreDamaged,
    StoreError,
    StoreFull,
    StoreNewer,
    StoreReadOnly,
    StoreUnreachable,
)
from dateline.store import Store, open_store
from dateline.store.base import database_url, default_path
from dateline.store.schema import HEAD
from tests.store.tales import tale


def _open(file: Path | str) -> Store:
    return open_store(file, linker=PlainLinker())


def _fill(file: Path, count: int = 20) -> list[str]:
    """Make a store with some reports; give its incidents."""
    with _open(file) as store:
        for report, record in pairs(0, count):
            store.add(report, record)
        return [i.to_json() for i in store.incidents()]


def _one_line(problem: StoreError, *words: str) -> None:
    said = str(problem)
    assert "\n" not in said
    for word in words:
        assert word in said


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of eight megabytes, if we may mount one; else an ordinary folder."""
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=8m", "none", str(disk)]
    mounted = os.geteuid() == 0 and subprocess.run(command, check=False, capture_output=True).returncode == 0
    yield disk
    if mounted:
        subprocess.run(["umount", "-l", str(disk)], check=True)


def test_a_full_disk(small_disk: Path) -> None:
    """Adding stops with one line; all that was acknowledged is there, and there's room again, it goes on."""
    file = small_disk / "store.db"
    kept = 0
    store = _open(file)
    if not os.path.ismount(small_disk):
        with store._base.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 1000")
    with store:
        problem = None
        for report, record in pairs(0, 5000):
            try:
                store.add(report, record)
            except StoreFull as full:
                problem = full
                break
            kept += 1
    assert problem is not None
    _one_line(problem, "no room left to write", str(file), "what was written before is kept")
    roomy = small_disk.parent / "store.db"
    for path in small_disk.iterdir():
        shutil.copy(path, small_disk.parent / path.name)
    with _open(roomy) as store:
        assert store.counts()["reports"] == kept > 50
        for report, record in pairs(0, kept + 5):
            store.add(report, record)
        assert sum(len(i.reports) for i in store.incidents()) == kept + 5


def test_linking_that_finds_no_room_leaves_what_was_linked(file: Path) -> None:
    """A step is all or nothing: the incidents before it stand."""
    before = _fill(file)
    with _open(file) as store:
        for report, record in pairs(20, 200):
            store.add(report, record)
        with store._base.engine.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(StoreFull):
            store.link()
        assert [i.to_json() for i in store.incidents()] == before
    with _open(file) as store:
        with store._base.reading() as connection:
            rows = connection.exec_driver_sql("SELECT body FROM incidents").scalars().all()
        assert sorted(rows) == sorted(before)
        assert sum(len(i.reports) for i in store.incidents()) == 220


def _read_all(file: Path) -> None:
    with _open(file) as store:
        list(store.records())
        list(store.incidents())


def _as_nobody(act: Callable[[], None]) -> None:
    """Act as a user who may write nothing: root may write everything."""
    child = os.fork()
    if child == 0:
        try:
            if os.geteuid() == 0:
                os.setgid(65534)
                os.setuid(65534)
            act()
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


@pytest.mark.parametrize("folder_too", [True, False])
def test_a_file_that_cannot_be_written(file: Path, folder_too: bool) -> None:
    """It can be asked; adding to it, deciding and purging are refused, and nothing changes."""
    before = _fill(file)
    for folder in (file.parent, *list(file.parent.parents)[:3]):
        folder.chmod(folder.stat().st_mode | 0o055)
    file.chmod(0o444)
    file.parent.chmod(0o555 if folder_too else 0o777)
    data = file.read_bytes()

    def act() -> None:
        with _open(file) as store:
            assert store.read_only
            assert [i.to_json() for i in store.incidents()] == before
            report, record = tale()
            for write in (
                lambda: store.add(report, record),
                store.rebuild,
                lambda: store.reject(next(store.incidents()).id, why="so"),
            ):
                with pytest.raises(StoreReadOnly) as problem:
                    write()
                _one_line(problem.value, "can't be written to", str(file), "another --db")

    _as_nobody(act)
    file.parent.chmod(0o755)
    assert file.read_bytes() == data


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    """The error names the store and says what to do."""
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreUnreachable) as problem:
        _open(tmp_path / "file" / "store.db")
    _one_line(problem.value, "its folder can't be made", "choose another --db")


@pytest.mark.parametrize("what", ["noise", "cut off", "empty header"])
def test_a_damaged_file(file: Path, what: str) -> None:
    """It is said to be damaged, and left as it is."""
    _fill(file)
    data = file.read_bytes()
    broken = {
        "noise": bytes(range(256)) * (len(data) // 256),
        "cut off": data[: len(data) // 3],
        "empty header": b"\x00" * 100 + data[100:],
    }[what]
    file.write_bytes(broken)
    with pytest.raises(StoreDamaged) as problem:
        _read_all(file)
    _one_line(problem.value, str(file), "restore a backup")
    assert file.read_bytes() == broken


def test_damage_within_is_noticed_when_it_is_met(file: Path) -> None:
    """Pages of noise in the midst: an error, no wrong answer; what is whole can still be read."""
    _fill(file, 200)
    data = bytearray(file.read_bytes())
    for at in range(len(data) // 2 // 4096 * 4096, len(data), 4096):
        data[at : at + 4096] = b"\xa5" * 4096
    file.write_bytes(bytes(data))
    with pytest.raises(StoreDamaged) as problem:
        _read_all(file)
    _one_line(problem.value, "restore a backup")


def test_another_programs_database(file: Path) -> None:
    """Its tables are left alone."""
    with sqlite3.connect(file) as base:
        base.execute("CREATE TABLE bookmarks (url)")
    data = file.read_bytes()
    with pytest.raises(StoreDamaged, match="another program's database"):
        _open(file)
    assert file.read_bytes() == data


def test_a_store_of_a_newer_version(url: str) -> None:
    """It is refused by its version, and nothing is touched."""
    with _open(url) as store:
        store.add(*tale())
        with store._base.writing() as connection:
            connection.exec_driver_sql("UPDATE dateline_version SET version_num = '9999'")
    before = Path(url).read_bytes() if "://" not in url else b""
    with pytest.raises(StoreNewer) as problem:
        _open(url)
    _one_line(problem.value, "made by a newer version", "9999", HEAD, "upgrade Dateline")
    assert "://" in url or Path(url).read_bytes() == before


def test_a_store_that_another_holds(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a while of waiting the writer says so; a question is answered all the same."""
    monkeypatch.setattr("dateline.store.base.WAIT", 0.1)
    _fill(file)
    with _open(file) as store, sqlite3.connect(file, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusy) as problem:
            store.add(*tale())
        _one_line(problem.value, "another process holds it", "try again")
        assert list(store.incidents())
        other.execute("ROLLBACK")
        store.add(*tale())


def test_a_server_that_does_not_answer() -> None:
    """The error names the server without the password."""
    with pytest.raises(StoreUnreachable) as problem:
        open_store("postgresql://ana:secret@127.0.0.1:1/dateline")
    _one_line(problem.value, "postgresql://ana:***@127.0.0.1:1/dateline: the server doesn't answer")
    assert "secret" not in str(problem.value)


@pytest.mark.parametrize("url", ["mysql://localhost/x", "sqlite://", "oracle://x"])
def test_a_kind_of_database_that_cannot_be(url: str) -> None:
    """Only SQLite files and PostgreSQL hold stores."""
    with pytest.raises(StoreUnreachable, match="no store can be kept there"):
        open_store(url)


def test_a_store_without_a_name() -> None:
    """As of a shell's variable that isn't set: neither this folder nor the default is meant."""
    with pytest.raises(StoreUnreachable, match="no store is named"):
        open_store("")


def test_a_store_that_is_not_there(file: Path) -> None:
    """A question makes no store."""
    with pytest.raises(StoreUnreachable, match="no store here; dateline add makes one"):
        open_store(file, create=False)
    assert not file.exists()


def test_an_empty_database_is_no_store(url: str) -> None:
    """A question leaves it empty, be it a file without a byte or a new database of a server."""
    if "://" not in url:
        Path(url).touch()
    with pytest.raises(StoreUnreachable, match="no store here; dateline add makes one"):
        open_store(url, create=False)
    if "://" not in url:
        assert Path(url).read_bytes() == b""
    with _open(url) as store:
        store.add(*tale())
    with open_store(url, create=False) as store:
        assert store.counts()["reports"] == 1


def test_where_the_store_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """As named, else DATELINE_DB, else in the user's data folder."""
    monkeypatch.setenv("DATELINE_DB", "postgresql://db.example.org/crisis")
    assert database_url("x.db").database == "x.db"
    assert database_url().render_as_string() == "postgresql+psycopg://db.example.org/crisis"
    monkeypatch.delenv("DATELINE_DB")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert database_url().database == str(default_path())
    assert default_path().name == "dateline.db"


def test_an_import_of_the_store_is_light() -> None:
    """Asking a store needs neither the migrations' library nor the reader's."""
    code = (
        "import sys; from dateline.store import open_store; "
        "print(sorted({'alembic', 'onnxruntime', 'pyarrow', 'psycopg'} & set(sys.modules)))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"
