"""Read and inflate within bounds: whatever a file or a server sends, memory stays flat."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from dateline.errors import BrokenFile, InputError, TooLarge
from dateline.reports.text import MAX_BYTES

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = ["GZIP", "Headed", "gunzipped", "inflate", "lines", "some", "whole"]

GZIP = b"\x1f\x8b"
_BLOCK = 65_536
_FREE = 64 * 2**20  # bytes that may come out of a gzip file whatever its ratio
_RATIO = 200  # out of in: text has 3 to 20, generated logs up to 100, bombs 1,000 (deflate's most)
_GZIP_WINDOW, _ZLIB_WINDOW, _RAW_WINDOW = 31, 15, -15


class Headed(io.RawIOBase):
    """A stream whose beginning has been looked at: the same bytes again, then the rest."""

    def __init__(self, stream: BinaryIO, size: int = _BLOCK) -> None:
        self._stream = stream
        parts: list[bytes] = []
        self._fault: InputError | None = None
        try:
            _fill(stream, size, parts)
        except InputError as error:  # what came before it is read first
            self._fault = error
        self._ahead = self.head = b"".join(parts)

    def readable(self) -> bool:
        """It is for reading."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill a buffer."""
        view = memoryview(buffer)
        if not self._ahead and self._fault is not None:
            raise self._fault
        data = self._ahead[: len(view)] or some(self._stream, len(view))
        self._ahead = self._ahead[len(data) :]
        view[: len(data)] = data
        return len(data)


class _Gunzip(io.RawIOBase):
    """The content of a gzip stream of any number of members."""

    def __init__(self, stream: BinaryIO, where: str) -> None:
        self._stream, self._where = stream, where
        self._unzip = zlib.decompressobj(_GZIP_WINDOW)
        self._waiting, self._in, self._out, self._open = b"", 0, 0, False

    def readable(self) -> bool:
        """It is for reading."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill a buffer. Raises BrokenFile when the stream is damaged or cut off, TooLarge for a bomb."""
        view = memoryview(buffer)
        while True:
            if self._unzip.eof:
                self._next_member()
            data = self._unzip.unconsumed_tail or self._more()
            if not data:
                return self._ended()
            try:
                out = self._unzip.decompress(data, len(view))
            except zlib.error as error:
                raise BrokenFile(f"damaged gzip after {self._out:,} bytes", where=self._where) from error
            self._open = True
            if out:
                self._count(len(out))
                view[: len(out)] = out
                return len(out)

    def _more(self) -> bytes:
        data = self._waiting or self._stream.read(_BLOCK)
        self._in += 0 if self._waiting else len(data)
        self._waiting = b""
        return data

    def _next_member(self) -> None:
        """Go on to the next member; zeros between members are padding."""
        rest = self._unzip.unused_data.lstrip(b"\0")
        while not rest and (more := self._stream.read(_BLOCK)):
            self._in += len(more)
            rest = more.lstrip(b"\0")
        self._unzip, self._waiting, self._open = zlib.decompressobj(_GZIP_WINDOW), rest, False

    def _count(self, size: int) -> None:
        self._out += size
        if self._out > _FREE and self._out > _RATIO * self._in:
            what = f"a gzip bomb: {self._in:,} bytes become over {self._out:,}"
            raise TooLarge(what, where=self._where)

    def _ended(self) -> int:
        if self._open:
            raise BrokenFile(f"gzip is cut off after {self._out:,} bytes", where=self._where)
        return 0


def gunzipped(stream: BinaryIO, where: str) -> BinaryIO:
    """Give the content of a gzip stream, inflated as it is read."""
    return io.BufferedReader(_Gunzip(stream, where), _BLOCK)


def inflate(data: bytes, encoding: str, *, where: str, most: int = MAX_BYTES) -> bytes:
    """Undo an HTTP content encoding, gzip or deflate, within a bound.

    Data that aren't so encoded after all come back as they are. Raises TooLarge
    over `most` bytes, BrokenFile when they are damaged or cut off on the way.
    """
    windows = (_GZIP_WINDOW,) if data.startswith(GZIP) else (_ZLIB_WINDOW, _RAW_WINDOW)
    if encoding in ("gzip", "x-gzip") and not data.startswith(GZIP):
        return data
    for window in windows:
        unzip = zlib.decompressobj(window)
        try:
            out = unzip.decompress(data, most + 1)
        except zlib.error:
            continue
        if len(out) > most:
            raise TooLarge(f"inflates to more than {most / 2**20:.0f} MB", where=where)
        if not unzip.eof:
            raise BrokenFile("compressed data are cut off", where=where)
        return out
    raise BrokenFile(f"damaged {encoding} data", where=where)


def whole(stream: BinaryIO, where: str, most: int | None = None) -> bytes:
    """Read a stream to its end. Raises TooLarge over `most` bytes (default: `MAX_BYTES`)."""
    bound = MAX_BYTES if most is None else most
    parts: list[bytes] = []
    _fill(stream, bound + 1, parts)
    data = b"".join(parts)
    if len(data) > bound:
        raise TooLarge(f"more than {bound // 2**20} MB", where=where, hint="split it into its reports")
    return data


def lines(stream: BinaryIO, where: str, most: int | None = None) -> Iterator[bytes | TooLarge]:
    """Yield the lines of a stream; one over `most` bytes is passed over, and its error yielded."""
    bound = MAX_BYTES if most is None else most
    number = 0
    while line := stream.readline(bound + 1):
        number += 1
        if len(line) <= bound:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(_BLOCK)
        yield TooLarge(f"a line of more than {bound // 2**20} MB", where=f"{where}:{number}")


def _fill(stream: BinaryIO, size: int, parts: list[bytes]) -> None:
    """Read so many bytes into parts, however little a pipe gives at a time."""
    while size and (part := some(stream, min(size, 2**20))):
        parts.append(part)
        size -= len(part)


def some(stream: BinaryIO, size: int) -> bytes:
    """Read up to so many bytes, at once what is there: a fault on the way to more would cost that too."""
    read = getattr(stream, "read1", stream.read)
    return read(size) or b""
