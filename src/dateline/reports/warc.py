"""Read the pages of web archives, WARC and WARC.gz, record by record."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader, DecompressingBufferedReader
from warcio.exceptions import ArchiveLoadFailed

from dateline.errors import BrokenFile, InputError, TooLarge
from dateline.reports.bounded import inflate, some
from dateline.reports.html import looks_like_html, read_html
from dateline.reports.loading import Found, Loading

__all__ = ["read_warc"]

MAX_PAGE = 16 * 2**20  # bytes; Common Crawl cuts pages at one megabyte, news pages have a tenth
_MOST_HEADERS = 2**20  # bytes of lines one after the other; headers have hundreds
_PAGES = ("text/html", "application/xhtml+xml")
_PIECE = 65_536
_NOT_200, _NOT_HTML, _TWICE = "not answered with 200", "not HTML", "there twice"


def read_warc(stream: BinaryIO, where: str, loading: Loading) -> Found:
    """Yield the report, or the error, of each page that was got with status 200.

    Other records, other formats and pages that are there twice are passed over
    and counted in `loading.passed`. What is damaged is told, and reading goes
    on at the next record.
    """
    seen: set[bytes] = set()
    for record in _records(stream, where):
        if isinstance(record, InputError):
            yield record
            continue
        if record.rec_type not in ("response", "resource"):
            loading.passed.update([_TWICE] if record.rec_type == "revisit" else [])
            continue
        page = _page(record, seen, where, loading)
        if page is not None:
            yield page


class _Lines(DecompressingBufferedReader):  # type: ignore[misc]
    """Refuses lines without end, which would fill the memory."""

    lined = 0

    def readline(self, length: int | None = None) -> bytes:
        line: bytes = super().readline(min(length or _MOST_HEADERS, _MOST_HEADERS))
        self.lined += len(line)
        if self.lined >= _MOST_HEADERS:
            self.lined = 0
            raise ArchiveLoadFailed("headers without end")
        return line

    def read(self, length: int | None = None) -> bytes:
        self.lined = 0
        data: bytes = super().read(length)
        return data


class _Archive(ArchiveIterator):  # type: ignore[misc]
    """Goes on at the next record after a damaged one; what it has to say it doesn't print."""

    INC_RECORD = ""

    def __init__(self, stream: Any) -> None:
        super().__init__(_Plain(stream))
        self.reader = _Lines(self.fh, block_size=_PIECE, decomp_type=None)
        self.reader.decompressor = None

    def find_next(self) -> bool:
        """Skip to the next line that begins a record; tell whether there is one."""
        self.record = self.member_info = None
        while line := self.reader.readline(_PIECE):
            self.reader.lined = 0
            if line.startswith(b"WARC/"):
                self.next_line = line
                self.the_iter = self._iterate_records()
                return True
        return False


class _Plain:
    """A stream that can be read and asked where it is; nothing else is tried."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._at = stream, 0

    def read(self, size: int) -> bytes:
        data = some(self._stream, size)
        self._at += len(data)
        return data

    def tell(self) -> int:
        return self._at


def _records(stream: BinaryIO, where: str) -> Iterator[Any]:
    """Yield the records of an archive, and an error for each stretch that can't be read."""
    logging.getLogger("warcio").setLevel(logging.CRITICAL)  # what it has to say is said by us
    archive = _Archive(stream)
    number = 0
    while True:
        try:
            record = next(archive)
        except StopIteration:
            return
        except InputError:
            raise
        except Exception as error:  # warcio raises what it happens to meet in damaged headers
            yield BrokenFile(f"damaged after record {number:,} ({_first_line(error)})", where=where)
            if not archive.find_next():
                return
            continue
        number += 1
        yield record


def _first_line(error: Exception) -> str:
    lines = str(error).split("\n")
    return " ".join(lines[0].split())[:80] or type(error).__name__


def _page(record: Any, seen: set[bytes], where: str, loading: Loading) -> Any:
    """Give the report or the error of a page, None for what is passed over."""
    address = str(record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>") or None
    head = record.http_headers
    status = head.get_statuscode() if head else "200"
    media, _, options = str(
        (head.get_header("Content-Type") if head else record.content_type) or ""
    ).partition(";")
    if status != "200":
        return loading.passed.update([_NOT_200])
    if media.strip().lower() not in (*_PAGES, ""):
        return loading.passed.update([_NOT_HTML])
    name = f"{where}: {address}" if address else where
    try:
        data = _body(record, name)
        if media.strip() == "" and not looks_like_html(data):
            return loading.passed.update([_NOT_HTML])
        digest = hashlib.blake2b(f"{address}\n".encode() + data, digest_size=12).digest()
        if digest in seen:
            return loading.passed.update([_TWICE])
        seen.add(digest)
        charset = options.lower().partition("charset=")[2].strip(" \"'").partition(";")[0] or None
        return read_html(
            data, where=name, published=loading.published, address=address, charset=charset,
            seen=_date(record) or loading.seen,
        )  # fmt: skip
    except InputError as error:
        return error


def _body(record: Any, where: str) -> bytes:
    """Give the page of a record, whatever encodings lie over it, within bounds."""
    stream, head = record.raw_stream, record.http_headers
    if head and (head.get_header("Transfer-Encoding") or "").lower() == "chunked":
        stream = ChunkedDataReader(stream)
    parts, size = [], 0
    while data := stream.read(_PIECE):
        size += len(data)
        if size > MAX_PAGE:
            raise TooLarge(f"a page of more than {MAX_PAGE // 2**20} MB", where=where)
        parts.append(data)
    body = b"".join(parts)
    encoding = (head.get_header("Content-Encoding") or "").strip().lower() if head else ""
    if encoding in ("gzip", "x-gzip", "deflate"):
        return inflate(body, encoding, where=where, most=MAX_PAGE)
    return body


def _date(record: Any) -> datetime | None:
    try:
        at = datetime.fromisoformat(record.rec_headers.get_header("WARC-Date") or "")
        return at if at.tzinfo else at.replace(tzinfo=UTC)
    except ValueError:
        return None
