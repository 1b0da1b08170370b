"""Find the dates that a page states about itself: metadata, JSON-LD, `time` elements.

Only stated dates count. A date in the address, in the text or in a footer is
somebody's guess, and a wrong day of publication shifts every time in a record.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from dateline.reports.dates import stated_date

__all__ = ["page_dates"]

_PUBLISHED = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.date",
    "dcterms.created",
    "citation_publication_date",
    "publish-date",
    "publish_date",
    "publication_date",
    "pubdate",
    "date",
)
_UPDATED = ("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "last-modified")
_ARTICLES = frozenset(
    {"NewsArticle", "Article", "ReportageNewsArticle", "BlogPosting", "LiveBlogPosting", "Report"}
)
_DEEPEST = 20  # levels of JSON-LD looked into; graphs have three or four


def page_dates(page: str) -> tuple[dict[str, str], tuple[str, ...]]:
    """Give the stated dates of a page, `published` and `updated`, in ISO 8601, and notices.

    JSON-LD of an article goes first, then metadata, then a `time` element that
    is marked as the publication. A value that is no date is passed over with a
    notice.
    """
    from trafilatura.utils import load_html

    tree = load_html(page)
    if tree is None:
        return {}, ()
    dates: dict[str, str] = {}
    notices: list[str] = []
    for name, value in _stated(tree):
        if name in dates:
            continue
        day, notice = stated_date(value, name)
        if day:
            dates[name] = day
        notices += [line for line in notice if line not in notices]
    return dates, tuple(line for line in notices if line.split()[0] not in dates)


def _stated(tree: Any) -> Iterator[tuple[str, str]]:
    """Yield (`published` or `updated`, value), the most trustworthy first."""
    yield from _from_json_ld(tree)
    values = dict(_from_meta(tree))
    for name, keys in (("published", _PUBLISHED), ("updated", _UPDATED)):
        yield from ((name, values[key]) for key in keys if key in values)
    yield from _from_elements(tree)


def _from_json_ld(tree: Any) -> Iterator[tuple[str, str]]:
    for script in tree.iter("script"):
        if (script.get("type") or "").lower() != "application/ld+json":
            continue
        try:
            data = json.loads(script.text_content(), strict=False)
        except (json.JSONDecodeError, RecursionError):
            continue
        for node in _articles(data, _DEEPEST):
            for name, key in (("published", "datePublished"), ("updated", "dateModified")):
                if isinstance(node.get(key), str):
                    yield name, node[key]


def _articles(data: Any, depth: int) -> Iterator[dict[str, Any]]:
    """Yield the nodes of JSON-LD that are articles."""
    if depth == 0:
        return
    if isinstance(data, list):
        for item in data:
            yield from _articles(item, depth - 1)
    elif isinstance(data, dict):
        kinds = data.get("@type")
        if _ARTICLES & set(kinds if isinstance(kinds, list) else [kinds] if isinstance(kinds, str) else []):
            yield data
        for value in data.values():
            if isinstance(value, dict | list):
                yield from _articles(value, depth - 1)


def _from_meta(tree: Any) -> Iterator[tuple[str, str]]:
    """Yield the key and the content of each `meta` element, the first of a key last so that it stays."""
    for meta in reversed(list(tree.iter("meta"))):
        key = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        content = (meta.get("content") or "").strip()
        if key and content:
            yield key.strip().lower(), content


def _from_elements(tree: Any) -> Iterator[tuple[str, str]]:
    for element in tree.iter("time", "span", "div", "p", "abbr"):
        value = element.get("datetime") or element.get("content") or element.get("title")
        marks = {element.get("itemprop") or "", *(element.get("class") or "").lower().split()}
        if not value:
            continue
        if "datePublished" in marks or (
            element.tag == "time" and (element.get("pubdate") is not None or "published" in marks)
        ):
            yield "published", value
        elif "dateModified" in marks or (element.tag == "time" and "updated" in marks):
            yield "updated", value
    yield from _only_time(tree)


def _only_time(tree: Any) -> Iterator[tuple[str, str]]:
    """Yield the one `time` element inside the article's own head, if there is just one in the article."""
    for article in tree.iter("article"):
        times = [element.get("datetime") for element in article.iter("time") if element.get("datetime")]
        if len(set(times)) == 1:
            yield "published", times[0]
        return
