"""Decode bytes to text and make a report of a plain text, kept to the letter."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, Any, BinaryIO

from dateline.errors import BinaryInput, EmptyInput, EncodingError, TooLarge
from dateline.record import Origins, Report
from dateline.reports.headed import HEADED, TITLE_ALONE, headed_text
from dateline.reports.language import detect_language

if TYPE_CHECKING:
    from dateline.reports.loading import Found, Loading

__all__ = [
    "MAX_BYTES",
    "bare_report",
    "decode",
    "make_report",
    "mend_surrogates",
    "read_plain",
    "read_text",
]

# No report is this large; without a bound a wrong file could fill the memory.
MAX_BYTES = 64 * 2**20
_SNIFFED = 65_536  # bytes looked at to tell binary from text and one encoding from another

# UTF-32 goes first: its mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"PK\x03\x04", "a zip or office file"),
    (b"\xd0\xcf\x11\xe0", "an office file"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
)
# Control characters that no text bears; NUL, tab, line and form feeds, escape and SUB do occur.
_CONTROLS = bytes(set(range(1, 32)) - {9, 10, 11, 12, 13, 26, 27})
_CONTROL_SHARE = 0.02  # of the bytes sniffed; texts in UTF-8 have none, binaries over a tenth
_NUL_SHARE = 0.2  # UTF-16 of European text has half, binaries many, damaged texts a few
_ASCII_SHARE = 0.85  # English in any one-byte encoding has more, other scripts hardly half
_WHOLE_PER_BROKEN = 5  # other encodings hardly ever make one valid sequence of UTF-8, let alone five
_WESTERN = "cp1252"


def read_text(data: bytes, *, where: str, **known: Any) -> Report:
    """Make a report of the bytes of a plain text.

    The text is kept to the letter; only a byte order mark at its start is
    dropped. Raises EmptyInput, BinaryInput, EncodingError or TooLarge.
    """
    text, notices = decode(data, where=where)
    return make_report(text, where=where, notices=notices, **known)


def read_plain(stream: BinaryIO, where: str, loading: Loading) -> Found:
    """Yield the report of a plain text."""
    from dateline.reports.bounded import whole

    known: dict[str, Any] = {"published": loading.published}
    if loading.address:
        known["url"] = loading.address
    known["origins"] = Origins(
        published="caller" if loading.published else None, url="address" if loading.address else None
    )
    yield read_text(whole(stream, where), where=where, **known)


def make_report(text: str, *, where: str, notices: tuple[str, ...] = (), **known: Any) -> Report:
    """Make a report as `bare_report` does, its title read too where the text tells nothing of it.

    A notice says so; see `headed.py`.
    """
    bare = bare_report(text, where=where, notices=notices, **known)
    whole = headed_text(bare.text, bare.title)
    if whole == bare.text:
        return bare
    said = HEADED if bare.text.lstrip() in whole else TITLE_ALONE
    return bare_report(whole, where=where, notices=(*bare.notices, said), **known)


def bare_report(text: str, *, where: str, notices: tuple[str, ...] = (), **known: Any) -> Report:
    """Make a report of a text, with its language; raises EmptyInput when there is nothing in it."""
    text, mended = mend_surrogates(text)
    if not text.strip("\ufeff\x00 \t\r\n\f\v"):
        raise EmptyInput("nothing in it", where=where)
    return Report.of(text, language=detect_language(text), notices=notices + mended, **known)


def mend_surrogates(text: str) -> tuple[str, tuple[str, ...]]:
    """Replace halves of surrogate pairs, which no encoding can write, and say so."""
    mended = re.sub("[\ud800-\udfff]", "\ufffd", text)
    if mended == text:
        return text, ()
    return mended, ("broken characters (lone surrogates) were replaced by U+FFFD",)


def decode(data: bytes, *, where: str, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """Decode bytes by their mark, the encoding they declare, UTF-8, or what they look like.

    Gives the text and notices. Raises EmptyInput, BinaryInput, EncodingError,
    or TooLarge over `MAX_BYTES`.
    """
    if not data.strip(b"\x00 \t\r\n\f\v"):
        raise EmptyInput("nothing in it", where=where)
    if len(data) > MAX_BYTES:
        raise TooLarge(f"more than {MAX_BYTES // 2**20} MB", where=where, hint="split it into its reports")
    for mark, marked in _MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], marked, where), ()
    _refuse_binary(data[:_SNIFFED], where)
    head = data[:_SNIFFED]
    wide = _is_wide(head)
    for encoding in (declared, "utf-8") if wide is None else ():
        if encoding and (text := _tried(data, encoding)) is not None:
            return text, ()
    if wide is None and (mended := _damaged_utf_8(data)):
        return mended
    guess = wide or _one_byte(head)
    if guess and (text := _tried(data, guess)) is not None:
        return text, (f"not UTF-8: read as {guess}",)
    raise EncodingError("not in an encoding that can be told", where=where, hint="save it as UTF-8")


def _tried(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):  # a page may declare anything
        return None


def _damaged_utf_8(data: bytes) -> tuple[str, tuple[str, ...]] | None:
    """Read UTF-8 with a few broken characters, which other encodings would turn into noise all over."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = len(text) - sum(map(str.isascii, text)) - broken
    if whole < _WHOLE_PER_BROKEN * broken:
        return None
    return text, (f"not all UTF-8: {broken} broken characters were replaced by U+FFFD",)


def _strictly(data: bytes, encoding: str, where: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        what = f"not {encoding}, though it begins as such (byte {error.start})"
        raise EncodingError(what, where=where, hint="save it as UTF-8") from error


def _refuse_binary(head: bytes, where: str) -> None:
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            raise BinaryInput(f"{kind}, not text", where=where, hint="export its text and pass that")
    wide = _is_wide(head)
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if not wide and (controls > _CONTROL_SHARE * len(head) or head.count(0) > _NUL_SHARE * len(head)):
        raise BinaryInput("binary data, not text", where=where, hint="export its text and pass that")


def _is_wide(head: bytes) -> str | None:
    """Tell UTF-16 without a mark by its zeros: nearly all on one side, hardly any on the other."""
    half = len(head) // 2
    even, odd = head[::2].count(0), head[1::2].count(0)
    if half and odd > 0.7 * half and even < 0.05 * half:
        return "utf-16-le"
    return "utf-16-be" if half and even > 0.7 * half and odd < 0.05 * half else None


def _one_byte(head: bytes) -> str | None:
    """Tell the encoding of a text that is not UTF-8; Western where nearly all of it is ASCII."""
    plain = sum(byte < 128 for byte in head)
    if plain >= _ASCII_SHARE * len(head) and _tried(head, _WESTERN) is not None:
        return _WESTERN
    from charset_normalizer import from_bytes  # costs a tenth of a second and is rarely needed

    best = from_bytes(head).best()
    return None if best is None else str(best.encoding)
