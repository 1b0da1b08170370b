"""What a page says about itself, with where it says so: JSON-LD, OpenGraph, other metadata, markup."""

from __future__ import annotations

import html
import re
from collections.abc import Container, Iterator
from datetime import datetime
from functools import partial
from typing import Any

from dateline.record import Origins
from dateline.reports.dates import dated
from dateline.reports.links import host_of, http_address, path_of
from dateline.reports.pagedates import json_ld_articles, page_dates

__all__ = ["page_metadata", "same_site"]

_Stated = Iterator[tuple[str, str, str]]  # name, value, origin

# What of a page's metadata is taken for what, the most exact first.
_METAS = {
    "og:title": "title",
    "parsely-title": "title",
    "dc.title": "title",
    "dcterms.title": "title",
    "twitter:title": "title",
    "og:site_name": "publisher",
    "dc.publisher": "publisher",
    "dcterms.publisher": "publisher",
    "publisher": "publisher",
    "author": "author",
    "article:author": "author",
    "parsely-author": "author",
    "dc.creator": "author",
    "dcterms.creator": "author",
    "article:section": "section",
    "parsely-section": "section",
    "section": "section",
    "og:url": "url",
}
_BYLINE = re.compile(r"^(?:by|from|written by|reporting by)\s+", re.IGNORECASE)
_URL = re.compile(r"^(?:https?:)?//|^www\.|^@", re.IGNORECASE)
_LONGEST = {"title": 500, "url": 2000}
_LONG = 200  # code points of a name; what is longer is no name


def page_metadata(
    tree: Any, *, address: str | None = None, seen: datetime | None = None, published: str | None = None
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Give what a page states about itself as fields of a Report, and notices.

    `address` is where it was got, `seen` when; `published` from the caller wins
    over what the page states.
    """
    values: dict[str, str] = {}
    origins: dict[str, str] = {}
    for statements in (_from_json_ld, _from_links, _from_metas, partial(_from_markup, known=values)):
        for name, value, origin in statements(tree):
            text = _cleaned(name, value)
            if text and name not in values:
                values[name], origins[name] = text, origin
    notices = _settle_address(values, origins, address)
    dates, undated = page_dates(tree, address=values.get("url"), seen=seen)
    if published:
        dates["published"], undated = (published, "caller"), ()
    for name, (day, origin) in dates.items():
        values[name], origins[name] = day, origin
    return {**values, "origins": Origins(**origins)}, dated(values.get("published"), notices + undated)


def same_site(one: str, other: str) -> bool:
    """Tell whether two addresses are of one registered domain."""
    from courlan import extract_domain

    hosts = [host_of(url) for url in (one, other)]
    domains = [extract_domain(url, fast=True) or host for url, host in zip((one, other), hosts, strict=True)]
    return bool(hosts[0]) and (hosts[0] == hosts[1] or domains[0] == domains[1])


def _from_json_ld(tree: Any) -> _Stated:
    for node in json_ld_articles(tree):
        address = node.get("url") or node.get("mainEntityOfPage")
        found = {
            "headline": ("title", node.get("headline") or node.get("name")),
            "publisher": ("publisher", _names(node.get("publisher"))),
            "author": ("author", _names(node.get("author"))),
            "articleSection": ("section", _names(node.get("articleSection"))),
            "url": ("url", address.get("@id") if isinstance(address, dict) else address),
        }
        for key, (name, value) in found.items():
            if isinstance(value, str):
                yield name, value, f"JSON-LD {key}"


def _names(value: Any) -> str | None:
    """Give the names of one or several things that JSON-LD names in either way."""
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, list):
        value = ", ".join(name for name in map(_names, value[:10]) if name)
    return value if isinstance(value, str) else None


def _from_links(tree: Any) -> _Stated:
    for link in tree.iter("link"):
        if (link.get("rel") or "").lower() == "canonical" and link.get("href"):
            yield "url", link.get("href"), "link canonical"


def _from_metas(tree: Any) -> _Stated:
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        key = str(meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
        if key in _METAS and (meta.get("content") or "").strip():
            found.setdefault(key, meta.get("content"))
    for key, name in _METAS.items():
        if key in found:
            yield name, found[key], f"meta {key}"


def _from_markup(tree: Any, *, known: Container[str]) -> _Stated:
    """Yield what trafilatura finds in headings and bylines; asked only for what is not known yet."""
    from trafilatura.metadata import extract_author, extract_title

    for name, find, origin in (("title", extract_title, "heading"), ("author", extract_author, "byline")):
        value = find(tree) if name not in known else None
        if value:
            yield name, value, origin


def _cleaned(name: str, value: str) -> str | None:
    text = " ".join(html.unescape(value).split())
    if name in ("author", "publisher"):
        text = "" if _URL.match(text) else _BYLINE.sub("", text)
    return text if len(text) <= _LONGEST.get(name, _LONG) else None


def _settle_address(values: dict[str, str], origins: dict[str, str], address: str | None) -> tuple[str, ...]:
    """Take the address that the page calls its own only where it is of the site that the page came from.

    Another site's would let a page stand in for that site's report.
    """
    stated = values.pop("url", None)
    whole = http_address(stated, address or "") if stated else None
    if whole and _names_a_page(whole, address):
        if address is None or same_site(whole, address):
            values["url"] = whole
            return ()
        values["url"], origins["url"] = address, "address"
        return (f"the page calls another site's address its own: {whole[:_LONG]}",)
    origins.pop("url", None)
    if address:
        values["url"], origins["url"] = address, "address"
    return ()


def _names_a_page(stated: str, address: str | None) -> bool:
    """Tell a page's own address from that of its site's front page, which careless templates state."""
    return address is None or path_of(stated) != "" or path_of(address) == ""
