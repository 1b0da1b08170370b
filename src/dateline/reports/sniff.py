"""Tell the format of a file by its name, and of any data by how they begin."""

from __future__ import annotations

import re
from enum import StrEnum
from importlib import import_module
from typing import cast

from dateline.reports.html import looks_like_html
from dateline.reports.jsonl import is_json_object
from dateline.reports.loading import Columns, Read
from dateline.reports.tables import delimiter_of
from dateline.reports.xmltree import root_name

__all__ = ["SUFFIXES", "Kind", "is_report_name", "kind_of", "reader_of", "suffix_of"]


class Kind(StrEnum):
    """Formats, each named by the function that reads it."""

    TEXT = "text.read_plain"
    HTML = "html.read_page"
    JSON = "jsonl.read_objects"
    LINES = "jsonl.read_stream"
    CSV = "tables.read_csv"
    PARQUET = "tables.read_parquet"
    WARC = "warc.read_warc"
    FEED = "feed.read_feed"
    SITEMAP = "sitemap.read_sitemap"
    NEWSML = "newsml.read_newsml"
    MAIL = "mail.read_mail"
    PDF = "pdf.read_pdf"
    DOCX = "docx.read_docx"


SUFFIXES = {
    ".txt": Kind.TEXT, ".html": Kind.HTML, ".htm": Kind.HTML, ".xhtml": Kind.HTML, ".json": Kind.JSON,
    ".jsonl": Kind.LINES, ".ndjson": Kind.LINES, ".csv": Kind.CSV, ".tsv": Kind.CSV,
    ".parquet": Kind.PARQUET, ".warc": Kind.WARC, ".rss": Kind.FEED, ".atom": Kind.FEED, ".xml": None,
    ".nitf": Kind.NEWSML, ".newsml": Kind.NEWSML, ".eml": Kind.MAIL, ".pdf": Kind.PDF, ".docx": Kind.DOCX,
}  # fmt: skip
_ROOTS = {
    "rss": Kind.FEED, "feed": Kind.FEED, "rdf": Kind.FEED, "urlset": Kind.SITEMAP,
    "sitemapindex": Kind.SITEMAP, "nitf": Kind.NEWSML, "newsmessage": Kind.NEWSML, "newsitem": Kind.NEWSML,
    "html": Kind.HTML,
}  # fmt: skip
_MAGIC = ((b"WARC/", Kind.WARC), (b"%PDF-", Kind.PDF), (b"PAR1", Kind.PARQUET), (b"PK\x03\x04", Kind.DOCX))
_MAIL = re.compile(
    rb"(?:From [^\r\n]+\r?\n)?(?:[!-9;-~]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)*?"
    rb"(?:MIME-Version|Received|Return-Path|Message-ID|Delivered-To):",
    re.IGNORECASE,
)
_SNIFFED = 4096


def suffix_of(name: str) -> str:
    """Give the suffix of a file's name, with `.gz` where it is compressed: `.warc.gz`."""
    parts = name.lower().rsplit(".", 2)
    if len(parts) > 2 and parts[-1] == "gz":
        return f".{parts[-2]}.gz"
    return f".{parts[-1]}" if len(parts) > 1 else ""


def is_report_name(name: str) -> bool:
    """Tell whether a file of a folder is read, by its name."""
    return suffix_of(name).removesuffix(".gz") in SUFFIXES


def kind_of(data: bytes, suffix: str = "", *, columns: Columns | None = None) -> Kind:
    """Tell the format of data by the suffix of their file, or else by how they begin."""
    plain = suffix.removesuffix(".gz")
    if plain == ".json":
        return _json_kind(data)
    known = SUFFIXES.get(plain)
    return known or _sniffed(data, columns or Columns())


def reader_of(kind: Kind) -> Read:
    """Give the function that reads a format; its module is loaded at the first call."""
    module, name = kind.value.split(".")
    return cast("Read", getattr(import_module(f"dateline.reports.{module}"), name))


def _sniffed(data: bytes, columns: Columns) -> Kind:
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    root = _ROOTS.get(root_name(data) or "")
    if root is not None:
        return root
    if looks_like_html(data):
        return Kind.HTML
    head = data[:_SNIFFED].removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"{") and b'"' in head:
        return _json_kind(data)
    if _MAIL.match(data[:_SNIFFED]):
        return Kind.MAIL
    return Kind.CSV if delimiter_of(data, columns) else Kind.TEXT


def _json_kind(data: bytes) -> Kind:
    """Tell one object over any number of lines from one a line, by the first line."""
    first, _, rest = data.lstrip().partition(b"\n")
    return Kind.LINES if rest.strip() and is_json_object(first) else Kind.JSON
