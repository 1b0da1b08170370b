"""Read sitemaps: the pages that a site names, with the news extension, and sitemaps of sitemaps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from dateline.errors import BrokenFile, InputError, MissingInput
from dateline.reports.bounded import GZIP, inflate, whole
from dateline.reports.dates import stated_date
from dateline.reports.feed import Item, read_items
from dateline.reports.links import http_address
from dateline.reports.loading import Found, Loading
from dateline.reports.xmltree import first_text, local, parse_xml

__all__ = ["parse_sitemap", "read_sitemap"]

MAX_SITEMAP = 50 * 2**20  # bytes, by the protocol (sitemaps.org)
_MOST_PAGES = 50_000  # addresses in one sitemap, by the protocol
_DEEPEST = 3  # sitemaps of sitemaps; the protocol allows one level


def parse_sitemap(data: bytes, *, where: str) -> tuple[list[Item], list[str]]:
    """Give the pages that a sitemap names, and the sitemaps. Raises BrokenFile for what is no sitemap."""
    if data.startswith(GZIP):
        data = inflate(data, "gzip", where=where, most=MAX_SITEMAP)
    root, notices = parse_xml(data, where=where)
    if local(root) not in ("urlset", "sitemapindex"):
        raise BrokenFile("no sitemap", where=where)
    pages, maps = [], []
    for entry in list(root)[:_MOST_PAGES]:
        address = http_address(_child(entry, "loc") or "")
        if address is None:
            continue
        if local(entry) == "sitemap":
            maps.append(address)
        else:
            pages.append(_item(entry, address, notices))
    return pages, maps


def _item(entry: Any, address: str, notices: tuple[str, ...]) -> Item:
    updated, no_update = stated_date(_child(entry, "lastmod"), "updated")
    news = next((child for child in entry if local(child) == "news"), None)
    title = publisher = published = None
    undated: tuple[str, ...] = ()
    if news is not None:
        title, publisher = first_text(news, "title"), first_text(news, "name")
        published, undated = stated_date(first_text(news, "publication_date"), "published")
    return Item(
        key=address, kind="sitemap", url=address, title=title, publisher=publisher, published=published,
        updated=updated, notices=notices + undated + no_update,
    )  # fmt: skip


def _child(entry: Any, name: str) -> str | None:
    for child in entry:
        if local(child) == name:
            return (child.text or "").strip() or None
    return None


def read_sitemap(stream: BinaryIO, where: str, loading: Loading) -> Found:
    """Yield the reports of the pages that a sitemap, or the sitemaps that it names, name."""
    pages, maps = parse_sitemap(whole(stream, where, MAX_SITEMAP), where=where)
    if not loading.follow or loading.fetcher is None:
        what = f"a sitemap: {len(pages) + len(maps):,} addresses and no text"
        raise MissingInput(what, where=where, hint="--follow fetches the pages")
    yield from read_items(iter(pages), where, loading)
    yield from _below(maps, loading, 1, {where})


def _below(maps: list[str], loading: Loading, depth: int, seen: set[str]) -> Iterator[Any]:
    assert loading.fetcher is not None
    for address in maps:
        if address in seen or depth > _DEEPEST:
            continue
        seen.add(address)
        try:
            pages, more = parse_sitemap(loading.fetcher().follow(address).data, where=address)
        except InputError as error:
            yield error
            continue
        yield from read_items(iter(pages), address, loading)
        yield from _below(more, loading, depth + 1, seen)
