"""Read a stream of any format: opened where it is compressed, told by its name or by how it begins."""

from __future__ import annotations

import io
from typing import BinaryIO, cast

from dateline.errors import MissingInput
from dateline.reports.bounded import GZIP, Headed, gunzipped
from dateline.reports.loading import Found, Loading
from dateline.reports.sniff import Kind, kind_of, reader_of

__all__ = ["read_any"]

_DEEPEST = 2  # gzip in gzip; more is a trap
_BUFFER = 65_536
_BY_MEDIA = {
    "text/html": Kind.HTML,
    "application/xhtml+xml": Kind.HTML,
    "application/pdf": Kind.PDF,
    "text/csv": Kind.CSV,
    "application/x-ndjson": Kind.LINES,
    "application/jsonl": Kind.LINES,
    "message/rfc822": Kind.MAIL,
}


def read_any(
    stream: BinaryIO, where: str, suffix: str, loading: Loading, *, media: str | None = None, depth: int = 0
) -> Found:
    """Yield the reports of a stream, or their errors; raises InputError for one that can't be read at all.

    `suffix` is that of its name, `media` what a server calls it, which counts
    where neither the name nor the beginning tells.
    """
    headed = Headed(stream)
    if headed.head.startswith(GZIP) and suffix != ".txt":
        if depth >= _DEEPEST:
            raise MissingInput("gzip in gzip in gzip", where=where, hint="unpack it first")
        inner = gunzipped(cast("BinaryIO", io.BufferedReader(headed, _BUFFER)), where)
        yield from read_any(inner, where, suffix.removesuffix(".gz"), loading, depth=depth + 1)
        return
    kind = kind_of(headed.head, suffix, columns=loading.columns)
    if kind is Kind.TEXT:
        kind = _BY_MEDIA.get(media or "", kind)
    if kind in (Kind.FEED, Kind.SITEMAP) and loading.depth > 1:
        raise MissingInput("no page but a feed or a sitemap", where=where)
    again: BinaryIO = cast("BinaryIO", io.BufferedReader(headed, _BUFFER))
    if kind is Kind.PARQUET and stream.seekable():
        stream.seek(0)
        again = stream
    yield from reader_of(kind)(again, where, loading)
