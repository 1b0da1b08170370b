"""Load reports from files, folders and streams, whatever their format."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from dateline.errors import InputError, MissingInput, TooLarge
from dateline.record import Report
from dateline.reports.dates import parse_published
from dateline.reports.html import looks_like_html, read_html
from dateline.reports.jsonl import is_json_object, read_json, read_json_lines
from dateline.reports.text import MAX_BYTES, read_text

__all__ = ["load"]

_STDIN = "-"
_URLS = ("http://", "https://", "ftp://")
_LINES = frozenset({".jsonl", ".ndjson"})
_PAGES = frozenset({".html", ".htm", ".xhtml"})
_KNOWN = _LINES | _PAGES | {".txt", ".json"}


def load(
    source: str | Path, *, published: str | None = None, stdin: BinaryIO | None = None
) -> Iterator[Report | InputError]:
    """Yield the reports of a source; what can't be read is yielded as its error, and loading goes on.

    `source` is a file (.txt, .html, .json, .jsonl; others by what is in them),
    a folder (the files of these kinds below it, in order of their paths), or
    `-` for standard input (`stdin`, if given). `published` wins over any date
    that the data states. Raises DateError when `published` is no date.
    """
    day = parse_published(published) if published is not None else None
    return _load(source, day, stdin)


def _load(source: str | Path, published: str | None, stdin: BinaryIO | None) -> Iterator[Report | InputError]:
    if str(source) == _STDIN:
        yield from _guarded(stdin or sys.stdin.buffer, "standard input", "", published)
        return
    if str(source).lower().startswith(_URLS):
        what = "URLs are not read yet"
        yield MissingInput(what, where=str(source), hint="save the page and pass the file")
        return
    path = Path(source)
    if path.is_dir():
        yield from _folder(path, published)
    else:
        yield from _file(path, published)


def _folder(folder: Path, published: str | None) -> Iterator[Report | InputError]:
    files = sorted(
        path for path in folder.rglob("*") if _is_report(path.relative_to(folder)) and path.is_file()
    )
    if not files:
        kinds = ", ".join(sorted(_KNOWN))
        yield MissingInput("no reports in this folder", where=str(folder), hint=f"files of {kinds} are read")
    for path in files:
        yield from _file(path, published)


def _is_report(path: Path) -> bool:
    return path.suffix.lower() in _KNOWN and not any(part.startswith(".") for part in path.parts)


def _file(path: Path, published: str | None) -> Iterator[Report | InputError]:
    try:
        with path.open("rb") as stream:
            yield from _guarded(stream, str(path), path.suffix.lower(), published)
    except FileNotFoundError:
        yield MissingInput("no such file", where=str(path), hint="check the path")
    except OSError as error:
        reason = (error.strerror or "unreadable").lower()
        yield MissingInput(f"can't be opened: {reason}", where=str(path))


def _guarded(
    stream: BinaryIO, where: str, suffix: str, published: str | None
) -> Iterator[Report | InputError]:
    try:
        yield from _stream(stream, where, suffix, published)
    except InputError as error:
        yield error


def _stream(
    stream: BinaryIO, where: str, suffix: str, published: str | None
) -> Iterator[Report | InputError]:
    """Read a stream by the suffix of its file, or else by what is in it."""
    if suffix in _LINES:
        yield from read_json_lines(_lines(stream), where=where, published=published)
        return
    data = _whole(stream, where)
    if suffix in _PAGES or (suffix != ".txt" and looks_like_html(data)):
        yield read_html(data, where=where, published=published)
    elif suffix == ".json" or (suffix != ".txt" and _looks_like_json(data)):
        yield from _objects(data, where, published)
    else:
        yield read_text(data, where=where, published=published)


def _whole(stream: BinaryIO, where: str) -> bytes:
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise TooLarge(f"more than {MAX_BYTES // 2**20} MB", where=where, hint="split it into its reports")
    return data


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """Yield the lines of a stream; one that is too long comes in pieces, each reported as broken."""
    while line := stream.readline(MAX_BYTES):
        yield line


def _looks_like_json(data: bytes) -> bool:
    head = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    return head.startswith(b"{") and b'"' in head


def _objects(data: bytes, where: str, published: str | None) -> Iterator[Report | InputError]:
    """Read one JSON object over any number of lines, or one a line where the first line is one."""
    first, _, rest = data.lstrip().partition(b"\n")
    if rest.strip() and is_json_object(first):
        yield from read_json_lines(data.split(b"\n"), where=where, published=published)
    else:
        yield read_json(data, where=where, published=published)
