"""One poll of a feed, and the report of one item: what threads do, without the store or the state."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dateline.errors import BrokenFile, FetchError, InputError
from dateline.record import Report
from dateline.reports.addresses import read_page
from dateline.reports.bounded import GZIP, inflate
from dateline.reports.feed import MAX_FEED, Item, merged, parse_feed, report_of_item
from dateline.reports.fetch import Fetched, Fetcher
from dateline.reports.loading import Loading
from dateline.reports.polite import origin_of
from dateline.reports.sitemap import parse_sitemap
from dateline.watch.config import FeedConfig
from dateline.watch.state import FeedState

__all__ = ["Polled", "item_report", "may_pass", "own_report", "poll"]

_MOST_MAPS = 50  # sitemaps that one sitemap of sitemaps names, the last ones first: news is there


@dataclass(frozen=True, kw_only=True)
class Polled:
    """What a poll gave: the items, and what to ask with next time; `same`: nothing is new."""

    items: tuple[Item, ...] = ()
    etag: str | None = None
    modified: str | None = None
    same: bool = False


def poll(fetcher: Fetcher, feed: FeedConfig, state: FeedState) -> Polled:
    """Ask a feed for what is new. Raises InputError for what can't be had, or is no feed."""
    fetcher.politeness.take_turn(origin_of(feed.url))
    got = fetcher.get(feed.url, named=True, etag=state.etag, modified=state.modified)
    if got.same:
        return Polled(same=True, etag=got.etag or state.etag, modified=got.modified or state.modified)
    items = _items(fetcher, feed, got)
    if feed.publisher:
        items = [replace(item, publisher=feed.publisher) for item in items]
    return Polled(items=tuple(items), etag=got.etag, modified=got.modified)


def _items(fetcher: Fetcher, feed: FeedConfig, got: Fetched) -> list[Item]:
    if feed.kind == "feed":
        data = (
            inflate(got.data, "gzip", where=feed.url, most=MAX_FEED)
            if got.data.startswith(GZIP)
            else got.data
        )
        media = f"{got.media}; charset={got.charset}" if got.media and got.charset else got.media
        return parse_feed(data, where=feed.url, address=got.address, media=media)
    pages, maps = parse_sitemap(got.data, where=feed.url)
    for address in maps[-_MOST_MAPS:]:
        pages += parse_sitemap(fetcher.follow(address).data, where=address)[0]
    return pages


def item_report(fetcher: Fetcher, item: Item) -> Report:
    """Give the report of an item's page, filled in from the feed.

    Raises InputError when it can't be had: a FetchError or a BrokenFile may
    pass with time, others are for good.
    """
    found = list(read_page(fetcher.follow(str(item.url)), Loading(depth=1)))
    for one in found:
        if isinstance(one, Report):
            return merged(one, item, Loading())
    raise (
        found[0]
        if found and isinstance(found[0], InputError)
        else BrokenFile("nothing there", where=item.url)
    )


def own_report(item: Item, fault: str | None = None) -> Report:
    """Give the report of what the feed itself carries of an item; `fault` says why not its page's.

    Raises EmptyInput when that is no text.
    """
    report = report_of_item(item, where=item.url or item.key)
    if fault is None:
        return report
    import msgspec

    return msgspec.structs.replace(report, notices=(*report.notices, f"the page could not be had: {fault}"))


def may_pass(error: InputError) -> bool:
    """Tell whether what went wrong may be right at another time."""
    return isinstance(error, BrokenFile) or (isinstance(error, FetchError) and not error.final)
