"""ZIP archives of any number of files in bounded memory.

Python's zipfile keeps every member's entry until the archive is closed, half a kilobyte each. Here the
entries of the directory wait in a file on disk, as the format has them at its end (APPNOTE 6.3.10,
sections 4.3 and 4.4). The same members give the same bytes.
"""

from __future__ import annotations

import shutil
import struct
import tempfile
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

__all__ = ["write_archive"]

_LOCAL, _ENTRY, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_LARGE_END, _LOCATOR = b"PK\x06\x06", b"PK\x06\x07"
_NEEDED, _UNIX = 20, 3  # version 2.0 reads deflated members; 4.5 is needed for what follows
_LARGE = 45
_UTF_8, _DEFLATED = 0x800, 8
_DAY = 0x21  # 1 January 1980, the first that the format knows: no clock in the bytes
_ATTRIBUTES = 0o600 << 16
_MOST, _FAR = 0xFFFF, 0xFFFFFFFF  # what the fields of the plain end and entry hold


def write_archive(members: Iterable[tuple[str, bytes]], path: Path) -> int:
    """Write a ZIP archive of named members, deflated, as they come; give how many.

    Names are written in UTF-8, and with few members the bytes are those that zipfile writes. A member
    is held in memory, and may have 4 GB at most.
    """
    with path.open("wb") as archive, tempfile.TemporaryFile(dir=path.parent) as directory:
        count = 0
        for count, (name, body) in enumerate(members, 1):  # noqa: B007 (the count is the result)
            directory.write(_add(archive, name, body))
        start, size = archive.tell(), directory.tell()
        directory.seek(0)
        shutil.copyfileobj(directory, archive)
        archive.write(_ending(count, size, start))
    return count


def _add(archive: BinaryIO, name: str, body: bytes) -> bytes:
    """Write a member; give its entry in the directory."""
    at, told = archive.tell(), name.encode("utf-8")
    press = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = press.compress(body) + press.flush()
    flags = 0 if name.isascii() else _UTF_8
    facts = struct.pack(
        "<HHHHIIIH", flags, _DEFLATED, 0, _DAY, zlib.crc32(body), len(packed), len(body), len(told)
    )
    archive.write(_LOCAL + struct.pack("<H", _NEEDED) + facts + struct.pack("<H", 0) + told + packed)
    return _entry(facts, told, at)


def _entry(facts: bytes, told: bytes, at: int) -> bytes:
    """Make an entry; where the member begins beyond 4 GB stands in an extra field."""
    far = at >= _FAR
    extra = struct.pack("<HHQ", 1, 8, at) if far else b""
    needed = _LARGE if far else _NEEDED
    head = _ENTRY + struct.pack("<BBH", needed, _UNIX, needed) + facts
    return head + struct.pack("<HHHHII", len(extra), 0, 0, 0, _ATTRIBUTES, min(at, _FAR)) + told + extra


def _ending(count: int, size: int, start: int) -> bytes:
    """Make what stands after the directory, with the large end where the plain one can't hold the numbers."""
    end = _END + struct.pack(
        "<HHHHIIH", 0, 0, min(count, _MOST), min(count, _MOST), min(size, _FAR), min(start, _FAR), 0
    )
    if count < _MOST and size < _FAR and start < _FAR:
        return end
    large = _LARGE_END + struct.pack("<QHHIIQQQQ", 44, _LARGE, _LARGE, 0, 0, count, count, size, start)
    return large + _LOCATOR + struct.pack("<IQI", 0, start + size, 1) + end
