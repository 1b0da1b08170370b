"""Read the wire's own formats: NITF and NewsML-G2, with NITF, HTML or plain text inside."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from dateline.errors import EmptyInput, InputError
from dateline.record import Origins, Report
from dateline.reports.bounded import whole
from dateline.reports.dates import dated, stated_date
from dateline.reports.loading import Found, Loading
from dateline.reports.text import make_report
from dateline.reports.xmltree import first_text, local, named, paragraphs, parse_xml

__all__ = ["read_newsml"]

MAX_NEWS = 32 * 2**20  # bytes; a message of a hundred stories has one megabyte
_BLOCKS = ("p", "hl2", "li", "pre", "td")
_USABLE = "usable"
_Values = dict[str, tuple[str | None, str]]  # value and origin, by name


def read_newsml(stream: BinaryIO, where: str, loading: Loading) -> Found:
    """Yield the report, or the error, of each story of a NITF document or a NewsML-G2 message."""
    root, notices = parse_xml(whole(stream, where, MAX_NEWS), where=where)
    items = list(named(root, "newsItem"))
    stories = [_g2(item) for item in items] if items else [_nitf(story) for story in named(root, "nitf")]
    if not stories:
        raise EmptyInput("no story in it", where=where)
    for number, (text, values, said) in enumerate(stories, 1):
        name = f"{where}: story {number}" if len(stories) > 1 else where
        try:
            yield _report(text, values, (*notices, *said), name, loading)
        except InputError as error:
            yield error


def _report(text: str, values: _Values, notices: tuple[str, ...], where: str, loading: Loading) -> Report:
    known: dict[str, str] = {name: value for name, (value, _) in values.items() if value}
    origins = {name: origin for name, (value, origin) in values.items() if value}
    for name in ("published", "updated"):
        day, said = stated_date(known.pop(name, None), name, seen=loading.seen)
        if name == "published" and loading.published:
            day, said, origins[name] = loading.published, (), "caller"
        notices += said
        if day:
            known[name] = day
        else:
            origins.pop(name, None)
    notices = dated(known.get("published"), notices)
    return make_report(text, where=where, notices=notices, origins=Origins(**origins), **known)


def _nitf(root: Any) -> tuple[str, _Values, tuple[str, ...]]:
    """Give text and metadata of a NITF story (IPTC NITF 3.6)."""
    body = next(named(root, "body.content"), None)
    issued, released = _attribute(root, "date.issue", "norm"), _attribute(root, "date.release", "norm")
    values = {
        "title": (first_text(root, "hl1", "hedline", "title"), "NITF hedline"),
        "publisher": (first_text(root, "distributor") or _attribute(root, "doc.copyright", "holder"), "NITF"),
        "author": (_byline(first_text(root, "byline")), "NITF byline"),
        "section": (_attribute(root, "pubdata", "position.section"), "NITF pubdata"),
        "url": (_attribute(root, "pubdata", "ex-ref") or _attribute(root, "doc-id", "id-string"), "NITF"),
        "published": (issued or released, "NITF date.issue" if issued else "NITF date.release"),
    }
    line = first_text(root, "dateline")
    text = paragraphs(body, *_BLOCKS) if body is not None else ""
    return _with_dateline(line, text), values, ()


def _with_dateline(line: str | None, text: str) -> str:
    """Put the dateline before the story, as it is printed, where the story doesn't bear it itself."""
    if not line or not text or text.startswith(line[:20]):
        return text
    return f"{line.rstrip(' -–—')} - {text}"


def _g2(item: Any) -> tuple[str, _Values, tuple[str, ...]]:
    """Give text and metadata of an item of NewsML-G2 (IPTC NewsML-G2 2.x)."""
    inner = next((child for child in named(item, "nitf")), None)
    nested = _nitf(inner) if inner is not None else ("", {}, ())
    text = nested[0] or _content(item)
    first, made = first_text(item, "firstCreated"), first_text(item, "versionCreated")
    issued = first_text(item, "contentCreated") or first or made
    provider = next(named(item, "provider"), None)
    values: _Values = {
        "title": (first_text(item, "headline"), "NewsML-G2 headline"),
        "publisher": (_party(provider), "NewsML-G2 provider"),
        "author": (_byline(first_text(item, "by")), "NewsML-G2 by"),
        "section": (_section(item), "NewsML-G2 subject"),
        "url": (item.get("guid"), "NewsML-G2 guid"),
        "published": (issued, "NewsML-G2 contentCreated" if issued != first else "NewsML-G2 firstCreated"),
        "updated": (made if made != issued else None, "NewsML-G2 versionCreated"),
    }
    merged = {**nested[1], **{name: value for name, value in values.items() if value[0]}}
    return text, merged, _standing(item)


def _content(item: Any) -> str:
    for holder in named(item, "inlineXML", "inlineData"):
        text = paragraphs(holder, *_BLOCKS)
        if text:
            return text
    return ""


def _party(provider: Any) -> str | None:
    if provider is None:
        return None
    return first_text(provider, "name") or provider.get("literal") or provider.get("qcode")


def _section(item: Any) -> str | None:
    for subject in named(item, "subject"):
        name = first_text(subject, "name")
        if name:
            return name
    return None


def _standing(item: Any) -> tuple[str, ...]:
    """Say so where the provider has withheld or withdrawn the story."""
    for status in named(item, "pubStatus"):
        value = str(status.get("qcode") or "").rpartition(":")[2]
        if value and value != _USABLE:
            return (f"the provider marks it as {value[:40]}",)
    return ()


def _byline(value: str | None) -> str | None:
    return value.removeprefix("By ").removeprefix("by ").strip() or None if value else None


def _attribute(root: Any, name: str, attribute: str) -> str | None:
    for element in _all(root, name):
        if element.get(attribute):
            return str(element.get(attribute))
    return None


def _all(root: Any, name: str) -> Iterator[Any]:
    return (element for element in root.iter() if local(element) == name)
