"""Load what stands at an address: a page, a feed or a sitemap with the pages that it names, or a file."""

from __future__ import annotations

import io
from dataclasses import replace
from urllib.parse import unquote, urlsplit

from dateline.errors import InputError
from dateline.reports.fetch import Fetched, Fetcher
from dateline.reports.loading import Found, Loading
from dateline.reports.polite import origin_of
from dateline.reports.sniff import suffix_of
from dateline.reports.streams import read_any

__all__ = ["read_address", "read_page"]


def read_address(address: str, loading: Loading) -> Found:
    """Yield the reports at an address; the pages that a feed or a sitemap there names are fetched too."""
    fetcher = loading.fetcher() if loading.fetcher else Fetcher()
    follow = True if loading.follow is None else loading.follow
    within = replace(loading, follow=follow, fetcher=lambda: fetcher)
    try:
        fetcher.politeness.take_turn(origin_of(address))
        yield from read_page(fetcher.get(address, named=True), within)
    except InputError as error:
        yield error


def read_page(fetched: Fetched, loading: Loading) -> Found:
    """Yield the reports of what was fetched, by what the server says it is and by what is in it."""
    within = replace(
        loading, address=fetched.address, charset=fetched.charset, seen=fetched.at, depth=loading.depth + 1
    )
    try:
        yield from read_any(
            io.BytesIO(fetched.data), fetched.address, _suffix(fetched.address), within, media=fetched.media
        )
    except InputError as error:
        yield error


def _suffix(address: str) -> str:
    """Give the suffix of an address's path where it names a format; `.php` and the like name none."""
    return suffix_of(unquote(urlsplit(address).path).rpartition("/")[2].lstrip("."))
