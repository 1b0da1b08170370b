"""Read a mail: its text, what its headers say, and the reports attached to it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr
from typing import Any, BinaryIO

from dateline.errors import BrokenFile, EmptyInput, InputError
from dateline.record import Origins
from dateline.reports.bounded import whole
from dateline.reports.dates import dated, stated_date
from dateline.reports.html import fragment_text
from dateline.reports.loading import Found, Loading
from dateline.reports.text import bare_report, decode

__all__ = ["read_mail"]

_DEEPEST = 3  # mails attached to mails attached to mails
_MOST_PARTS = 100
_SHORT = 0.2  # a plain part with less of the HTML's text than this only says that it is HTML


def read_mail(stream: BinaryIO, where: str, loading: Loading) -> Found:
    """Yield the report of a mail's text, then those of what is attached (PDF, Word, pages, mails).

    Raises BrokenFile when it is no mail.
    """
    message = BytesParser(policy=policy.default).parsebytes(whole(stream, where))
    if not message.keys():
        raise BrokenFile("no mail: it has no headers", where=where)
    bodies, attached = _parts(message)
    text, notices = _text(bodies, where)
    if text.strip() or not attached:
        try:
            yield _report(message, text, notices, where, loading)
        except InputError as error:
            yield error
    for name, data in attached[:_MOST_PARTS]:
        yield from _attachment(name, data, where, loading)


def _report(message: Any, text: str, notices: tuple[str, ...], where: str, loading: Loading) -> Any:
    day, undated = stated_date(_header(message, "Date"), "published", seen=loading.seen)
    if loading.published:
        day, undated = loading.published, ()
    sender, address = parseaddr(_header(message, "From") or "")
    found = {
        "title": (_header(message, "Subject"), "mail Subject"),
        "publisher": (sender or address, "mail From"),
        "url": (_address(message), "mail"),
        "published": (day, "caller" if loading.published else "mail Date"),
    }
    known = {name: value for name, (value, _) in found.items() if value}
    origins = Origins(**{name: origin for name, (value, origin) in found.items() if value})
    if not text.strip():
        raise EmptyInput("a mail without text", where=where)
    return bare_report(text, where=where, notices=dated(day, notices + undated), origins=origins, **known)


def _header(message: Any, name: str) -> str | None:
    """Give a header, decoded; one that can't be is as good as none."""
    try:
        value = message[name]
    except (ValueError, IndexError, AttributeError, TypeError, LookupError):
        return None
    return " ".join(str(value).split()) or None if value is not None else None


def _address(message: Any) -> str | None:
    """Give the address under which the mail can be found: its place in an archive, or its id (RFC 2392)."""
    archived = (_header(message, "Archived-At") or "").strip("<> ")
    name = (_header(message, "Message-ID") or "").strip("<> ")
    return archived or (f"mid:{name}" if name else None)


def _parts(message: Any) -> tuple[dict[str, list[Any]], list[tuple[str, bytes]]]:
    """Give the parts that are its text, by subtype, and what is attached, by name."""
    bodies: dict[str, list[Any]] = {"plain": [], "html": []}
    attached: list[tuple[str, bytes]] = []
    for part in _leaves(message):
        kind = part.get_content_type()
        if part.get_content_disposition() != "attachment" and kind in ("text/plain", "text/html"):
            bodies[kind.removeprefix("text/")].append(part)
        elif part.get_content_maintype() in ("application", "text") or kind == "message/rfc822":
            attached.append((_name(part, kind), _bytes(part)))
    return bodies, attached


def _leaves(message: Any) -> Iterator[Any]:
    """Yield the parts that hold something; a mail in the mail is one of them, whole."""
    if message.get_content_type() == "message/rfc822" or not message.is_multipart():
        yield message
        return
    for part in message.iter_parts():
        yield from _leaves(part)


def _bytes(part: Any) -> bytes:
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        return inner[0].as_bytes() if isinstance(inner, list) and inner else b""
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _name(part: Any, kind: str) -> str:
    try:
        name = part.get_filename()
    except (ValueError, LookupError, TypeError):
        name = None
    return str(name or ("message.eml" if kind == "message/rfc822" else "attachment"))[:100]


def _text(bodies: dict[str, list[EmailMessage]], where: str) -> tuple[str, tuple[str, ...]]:
    """Give the plain text, or that of the HTML where the plain text only stands in for it."""
    plain, said = _decoded(bodies["plain"], where)
    marked, more = _decoded(bodies["html"], where)
    rich = fragment_text(marked)
    if rich and len(plain.strip()) < _SHORT * len(rich):
        return rich, more
    return plain, said


def _decoded(parts: list[Any], where: str) -> tuple[str, tuple[str, ...]]:
    texts: list[str] = []
    notices: tuple[str, ...] = ()
    for part in parts:
        data = _bytes(part)
        if data.strip():
            text, said = decode(data, where=where, declared=part.get_content_charset())
            texts.append(text.replace("\r\n", "\n"))
            notices += said
    return "\n\n".join(texts), notices


def _attachment(name: str, data: bytes, where: str, loading: Loading) -> Found:
    """Yield the reports of an attachment; what is none of our formats is passed over and counted."""
    from dateline.reports.sniff import Kind, kind_of, reader_of, suffix_of

    at = f"{where}: {name}"
    kind = kind_of(data, suffix_of(name), columns=loading.columns)
    known = kind not in (Kind.TEXT, Kind.WARC, Kind.SITEMAP, Kind.FEED) or suffix_of(name) == ".txt"
    if not known or loading.depth >= _DEEPEST:
        loading.passed.update(["attachments of other formats"])
        return
    try:
        yield from reader_of(kind)(
            io.BytesIO(data), at, replace(loading, depth=loading.depth + 1, follow=False)
        )
    except InputError as error:
        yield error
