"""Read RSS and Atom: what a feed says of each item, and the item's report, of its page or of the feed."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

import msgspec

from dateline.errors import BrokenFile, EmptyInput, InputError
from dateline.record import Origins, Report
from dateline.reports.bounded import whole
from dateline.reports.dates import dated, stated_date
from dateline.reports.html import fragment_text
from dateline.reports.links import http_address
from dateline.reports.loading import Found, Loading
from dateline.reports.text import make_report
from dateline.reports.xmltree import without_surrogates

__all__ = ["Item", "merged", "parse_feed", "read_feed", "report_of_item"]

MAX_FEED = 16 * 2**20  # bytes; the largest feeds of agencies have a few megabytes
_DAYS_APART = 1  # days by which a page's day and its feed's may differ: zones
_DAY = 86_400
_WEAK = ("htmldate",)  # origins that a feed's own word outweighs


@dataclass(frozen=True, kw_only=True)
class Item:
    """What a feed or a sitemap says of one page; dates in ISO 8601. `kind` names it in origins."""

    key: str
    kind: str = "feed"
    url: str | None = None
    title: str | None = None
    text: str = ""
    whole: bool = False
    publisher: str | None = None
    author: str | None = None
    section: str | None = None
    published: str | None = None
    updated: str | None = None
    notices: tuple[str, ...] = ()

    @property
    def mark(self) -> str:
        """Give what changes when the item does: a digest of all that is said of it."""
        said = [self.url, self.title, self.text, self.published, self.updated]
        return hashlib.sha256(msgspec.json.encode(said)).hexdigest()[:16]


def parse_feed(
    data: bytes, *, where: str, address: str | None = None, media: str | None = None
) -> list[Item]:
    """Give the items of a feed, in its order. Raises BrokenFile for what is no feed."""
    found = _parsed(data, media, where)
    if not found.entries and not found.get("version"):
        raise BrokenFile(
            f"no feed: {str(found.get('bozo_exception') or 'no items in it')[:120]}", where=where
        )
    source = str(found.feed.get("title") or "").strip() or None
    return [_item(entry, source, address or found.feed.get("link") or "") for entry in found.entries]


def _parsed(data: bytes, media: str | None, where: str) -> Any:
    """Parse a feed; what feedparser stumbles over is replaced, and then it is asked once more."""
    import feedparser  # 0.1 s, and only feeds need it

    headers = {"content-type": media} if media else {}
    for body in (data, without_surrogates(data.decode("utf-8", "replace").encode())):
        try:
            return feedparser.parse(
                io.BytesIO(body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
            )
        except Exception as error:  # it raises what it happens to meet: codecs, entities, dates
            fault = type(error).__name__
    raise BrokenFile(f"no feed that can be read ({fault})", where=where)


def _item(entry: Any, source: str | None, base: str) -> Item:
    published, no_day = _date(entry, "published")
    updated, no_update = _date(entry, "updated")
    bodies = [part.get("value") or "" for part in entry.get("content") or []]
    body = max(bodies, key=len, default="")
    link = _link(entry, base)
    title = fragment_text(str(entry.get("title") or "")) or None
    return Item(
        key=str(entry.get("id") or link or f"{title}\n{entry.get('published')}"), url=link, title=title,
        text=fragment_text(body or str(entry.get("summary") or "")), whole=bool(body),
        publisher=str((entry.get("source") or {}).get("title") or "").strip() or source,
        author=str(entry.get("author") or "").strip() or None,
        section=next((t.get("term") for t in entry.get("tags") or [] if t.get("term")), None),
        published=published, updated=updated, notices=no_day + no_update,
    )  # fmt: skip


def _link(entry: Any, base: str) -> str | None:
    link = str(entry.get("link") or "").strip()
    if not link and entry.get("guidislink"):
        link = str(entry.get("id") or "").strip()
    return http_address(link, base) if link else None


def _date(entry: Any, name: str) -> tuple[str | None, tuple[str, ...]]:
    """Read a date as it stands, with its zone; else as feedparser understood it, which is in UTC."""
    stated = dict.get(entry, name)  # feedparser's own `get` gives one date for another that is missing
    day, notices = stated_date(stated, name)
    parsed = dict.get(entry, f"{name}_parsed")
    if day is None and parsed is not None and notices and "future" not in notices[0]:
        return stated_date("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}+00:00".format(*parsed[:6]), name)
    return day, notices


def read_feed(stream: BinaryIO, where: str, loading: Loading) -> Found:
    """Yield each item's report: of the page that it names, where pages are followed, or of its own text."""
    data = whole(stream, where, MAX_FEED)
    yield from read_items(iter(parse_feed(data, where=where, address=loading.address)), where, loading)


def read_items(items: Iterator[Item], where: str, loading: Loading) -> Found:
    """Yield the report, or the error, of each item."""
    fetcher = loading.fetcher() if loading.follow and loading.fetcher else None
    for item in items:
        name = item.url or f"{where}: {(item.title or item.key)[:80]}"
        try:
            if fetcher is not None and item.url:
                yield from _followed(item, fetcher, loading)
            else:
                yield report_of_item(item, where=name, published=loading.published)
        except InputError as error:
            yield error


def _followed(item: Item, fetcher: Any, loading: Loading) -> Found:
    """Yield the reports of an item's page; where it can't be had, of the feed's own text if it is whole."""
    from dateline.reports.addresses import read_page

    try:
        found = list(read_page(fetcher.follow(item.url), loading))
        fault = next((one for one in found if isinstance(one, InputError)), None)
    except InputError as error:
        found, fault = [], error
    if fault is not None and item.whole:
        report = report_of_item(item, where=item.url or "", published=loading.published)
        yield msgspec.structs.replace(report, notices=(*report.notices, f"text of the feed: {fault.what}"))
    elif fault is not None and not found:
        yield fault
    else:
        yield from (one if isinstance(one, InputError) else merged(one, item, loading) for one in found)


def report_of_item(item: Item, *, where: str, published: str | None = None) -> Report:
    """Make a report of what the feed itself carries. Raises EmptyInput when that is no text."""
    if not item.text.strip():
        raise EmptyInput("the item has no text of its own", where=where, hint="--follow fetches its page")
    notices = item.notices if published is None else ()
    if not item.whole:
        notices = (*notices, "the text is the feed's summary")
    origins = {name: item.kind for name in _FIELDS if getattr(item, name)}
    if published:
        origins["published"] = "caller"
    known = {name: getattr(item, name) for name in _FIELDS} | {"published": published or item.published}
    notices = dated(known["published"], notices)
    return make_report(item.text, where=where, notices=notices, origins=Origins(**origins), **known)


def merged(report: Report, item: Item, loading: Loading) -> Report:
    """Fill in what a page doesn't say of itself from what the feed says; say where their days differ."""
    changes: dict[str, Any] = {
        name: getattr(item, name) for name in _FIELDS if not getattr(report, name) and getattr(item, name)
    }
    notices = report.notices
    if item.published and not loading.published:
        if not report.published or report.origins.published in _WEAK:
            changes["published"] = item.published
            notices = tuple(line for line in notices if not line.startswith("published"))
        elif _apart(report.published, item.published):
            notices = (
                *notices,
                f"published: the page says {report.published}, the {item.kind} {item.published}",
            )
    origins = msgspec.structs.replace(report.origins, **dict.fromkeys(changes, item.kind))
    return msgspec.structs.replace(report, notices=notices, origins=origins, **changes)


_FIELDS = ("title", "publisher", "url", "published", "updated", "author", "section")


def _apart(one: str, other: str) -> bool:
    from datetime import UTC, datetime

    times = [datetime.fromisoformat(value) for value in (one, other)]
    first, last = (at if at.tzinfo else at.replace(tzinfo=UTC) for at in times)
    return abs((first - last).total_seconds()) > _DAYS_APART * _DAY
