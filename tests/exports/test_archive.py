"""ZIP archives written as they come: read back by zipfile and unzip, as large as they may get."""

from __future__ import annotations

import io
import shutil
import subprocess
import tracemalloc
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from dateline.exports import archive
from dateline.exports.archive import write_archive
from tests.conftest import needs

MEMBERS = [("a.xml", b"<a/>" * 300), ("ü/Gao.xml", b""), ("b.bin", bytes(range(256)) * 40)]


def _by_zipfile(members: Sequence[tuple[str, bytes]]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, body in members:
            info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            opened.writestr(info, body)
    return stream.getvalue()


@pytest.mark.parametrize("members", [[], MEMBERS, [(f"{n}.xml", b"x") for n in range(66_000)]])
def test_the_bytes_are_those_of_zipfile(members: list[tuple[str, bytes]], tmp_path: Path) -> None:
    """Of none, of some, and of more than the plain end of an archive can count."""
    path = tmp_path / "a.zip"
    assert write_archive(members, path) == len(members)
    assert path.read_bytes() == _by_zipfile(members)
    assert [p.name for p in tmp_path.iterdir()] == ["a.zip"]


def test_members_beyond_four_gigabytes(tmp_path: Path) -> None:
    """A hole before the members stands for what would be there; zipfile finds and checks them."""
    path = tmp_path / "a.zip"
    with path.open("wb") as opened:
        opened.seek(2**32 + 5)
        directory = b"".join(archive._add(opened, name, body) for name, body in MEMBERS)
        start = opened.tell()
        opened.write(directory + archive._ending(len(MEMBERS), len(directory), start))
    with zipfile.ZipFile(path) as read:
        assert read.testzip() is None
        assert [(info.filename, read.read(info)) for info in read.infolist()] == MEMBERS
        assert [info.header_offset > 2**32 for info in read.infolist()] == [True] * 3


def test_unzip_takes_it(tmp_path: Path) -> None:
    """Info-ZIP finds no fault."""
    needs("unzip", shutil.which("unzip") is not None)
    path = tmp_path / "a.zip"
    write_archive(MEMBERS, path)
    done = subprocess.run(["unzip", "-t", str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert "No errors detected" in done.stdout


def test_memory_does_not_grow_with_the_members(tmp_path: Path) -> None:
    """Ten times the members take the same."""
    peaks = []
    for many in (500, 5_000):
        tracemalloc.start()
        write_archive(((f"member-{n}.xml", b"x" * 50) for n in range(many)), tmp_path / "a.zip")
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 100_000
