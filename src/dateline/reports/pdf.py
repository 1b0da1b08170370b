"""Read a PDF: its text in paragraphs, without the lines that run over every page."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any, BinaryIO

from dateline.errors import BrokenFile, EmptyInput, InputError, TooLarge
from dateline.record import Origins
from dateline.reports.bounded import whole
from dateline.reports.dates import dated
from dateline.reports.loading import Found, Loading
from dateline.reports.text import make_report

__all__ = ["joined_lines", "read_pdf"]

MAX_PAGES = 1000
_MAX_TEXT = 20 * 2**20  # characters
_RUNNING = 3  # pages on which a first or last line must stand to be the layout's
_EDGE = 2  # lines at the top and the bottom of a page that may be the layout's
_FULL = 0.75  # of the widest line: a line shorter than this ends a paragraph if it ends a sentence
_END = re.compile(r"[.!?:”\"’)\]]\s*$")
_DIGITS = re.compile(r"\d+")
_MADE = re.compile(r"D?:?(\d{4})(\d{2})(\d{2})")


def read_pdf(stream: BinaryIO, where: str, loading: Loading) -> Found:
    """Yield the report of a PDF.

    A PDF states when its file was made, not when it was published: that is a
    notice. Raises BrokenFile when it is damaged or locked, EmptyInput when it
    holds pictures alone.
    """
    import io

    data = whole(stream, where)
    try:
        pages, info = _pages(io.BytesIO(data), where)
    except InputError:
        raise
    except Exception as error:  # pypdf raises what it happens to meet in damaged files
        what = f"damaged PDF ({' '.join(str(error).split())[:100] or type(error).__name__})"
        raise BrokenFile(what, where=where) from error
    text = joined_lines(_without_running_lines(pages))
    if not text.strip():
        raise EmptyInput("no text in it: pages that are pictures", where=where, hint="run OCR over it")
    yield _report(text, info, where, loading)


def _pages(stream: BinaryIO, where: str) -> tuple[list[list[str]], dict[str, str]]:
    import logging

    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its warnings are no report's business
    reader = PdfReader(stream, strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise BrokenFile("locked with a password", where=where, hint="unlock it first")
    if len(reader.pages) > MAX_PAGES:
        raise TooLarge(f"a PDF of more than {MAX_PAGES:,} pages", where=where, hint="split it")
    pages, size = [], 0
    for page in reader.pages:
        text = page.extract_text() or ""
        size += len(text)
        if size > _MAX_TEXT:
            raise TooLarge("more text than a report has", where=where, hint="split it")
        pages.append([" ".join(line.split()) for line in text.splitlines()])
    info: Any = reader.metadata or {}
    return pages, {str(key).strip("/").lower(): str(value) for key, value in info.items() if value}


def _without_running_lines(pages: list[list[str]]) -> list[str]:
    """Take out what stands at the edges of several pages, but for its numbers: heads, feet, page numbers."""
    counts = Counter(key for page in pages for key in {_shape(line) for line in _edges(page)})
    running = {key for key, count in counts.items() if count >= _RUNNING}
    kept: list[str] = []
    for page in pages:
        edge = {id(line) for line in _edges(page) if _shape(line) in running}
        kept += [line for line in page if id(line) not in edge]
    return kept


def _edges(page: list[str]) -> list[str]:
    lines = [line for line in page if line]
    return lines if len(lines) <= 2 * _EDGE else lines[:_EDGE] + lines[-_EDGE:]


def _shape(line: str) -> str:
    return _DIGITS.sub("#", line)


def joined_lines(lines: list[str]) -> str:
    """Make paragraphs of printed lines: hyphens at line ends go, short last lines end a paragraph."""
    widest = max(map(len, lines), default=0)
    paragraphs: list[str] = []
    open_one = ""
    for line in lines:
        if not line:
            paragraphs, open_one = [*paragraphs, open_one], ""
            continue
        if open_one.endswith("-") and open_one[-2:-1].islower() and line[:1].islower():
            open_one = open_one[:-1] + line
        else:
            open_one = f"{open_one} {line}" if open_one else line
        if len(line) < _FULL * widest and (_END.search(line) or len(lines) == 1):
            paragraphs, open_one = [*paragraphs, open_one], ""
    return "\n\n".join(paragraph for paragraph in (*paragraphs, open_one) if paragraph)


def _report(text: str, info: dict[str, str], where: str, loading: Loading) -> Any:
    known = {name: info[name] for name in ("title", "author") if info.get(name, "").strip()}
    origins = dict.fromkeys(known, "PDF properties")
    notices: tuple[str, ...] = ()
    if loading.published:
        known["published"], origins["published"] = loading.published, "caller"
    elif made := _MADE.match(info.get("creationdate", "")):
        day = "-".join(made.groups())
        notices = (f"published: not stated; the file was made on {day}",)
    if loading.address:
        known["url"], origins["url"] = loading.address, "address"
    notices = dated(known.get("published"), notices)
    return make_report(text, where=where, notices=notices, origins=Origins(**origins), **known)
