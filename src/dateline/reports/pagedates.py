"""Find the dates that a page states about itself: metadata, JSON-LD, `time` elements.

Only stated dates count. A date in the address, in the text or in a footer is
somebody's guess, and a wrong day of publication shifts every time in a record.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from xml.sax.saxutils import quoteattr

from dateline.reports.dates import stated_date

__all__ = ["json_ld_articles", "page_dates"]

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
_DATE_KEY = re.compile(r"date|time|publi|issued|created", re.IGNORECASE)
_DAY_IN_ADDRESS = re.compile(r"(?:19|20)\d{2}[/_.-]?\d{1,2}[/_.-]?\d{1,2}(?:\D|$)")
_DEEPEST = 20  # levels of JSON-LD looked into; graphs have three or four


def page_dates(
    tree: Any, *, address: str | None = None, seen: datetime | None = None
) -> tuple[dict[str, tuple[str, str]], tuple[str, ...]]:
    """Give the stated dates of a page, `published` and `updated`, in ISO 8601 with origins, and notices.

    JSON-LD of an article goes first, then metadata, then a `time` element that
    is marked as the publication, last metadata that only htmldate knows. A
    value that is no date, or lies after the day on which the page was `seen`,
    is passed over with a notice; a day in the address is no more than one.
    """
    dates: dict[str, tuple[str, str]] = {}
    notices: list[str] = []
    for name, value, origin in _stated(tree):
        if name in dates:
            continue
        day, notice = stated_date(value, name, seen=seen)
        if day:
            dates[name] = day, origin
        notices += [line for line in notice if line not in notices]
    left = [line for line in notices if line.split()[0] not in dates]
    if "published" in dates or any(line.startswith("published") for line in left):
        return dates, tuple(left)
    if found := _by_htmldate(tree, None, seen):
        dates["published"] = found, "htmldate"
    else:
        day = _by_htmldate(None, address or _canonical(tree), seen)
        left += [f"published: no day is stated; the address names {day}"] if day else []
    return dates, tuple(left)


def _by_htmldate(tree: Any, address: str | None, seen: datetime | None) -> str | None:
    """Ask htmldate about metadata that look like dates, or an address; never about text."""
    from htmldate import find_date

    if tree is None and not (address and _DAY_IN_ADDRESS.search(address)):
        return None
    metas = [] if tree is None else [meta for meta in tree.iter("meta") if _DATE_KEY.search(_key_of(meta))]
    if tree is not None and not metas:
        return None
    rows = "".join(
        f"<meta name={quoteattr(_key_of(meta))} content={quoteattr(meta.get('content') or '')}>"
        for meta in metas
    )
    page = f"<html><head><title>-</title>{rows}</head><body><p>-</p></body></html>"
    at = (seen or datetime.now(UTC)).strftime("%Y-%m-%d")
    found = find_date(page, extensive_search=False, original_date=True, url=address or "", max_date=at)
    said = address or " ".join(meta.get("content") or "" for meta in metas)
    return found if found and _stands_in(found, said) else None


def _stands_in(day: str, said: str) -> bool:
    """Tell whether year and day stand in the words: of a month alone htmldate makes its first day."""
    year, _, number = day.split("-")
    return year in said and re.search(rf"(?<!\d)0?{int(number)}(?!\d)|{year}\d\d{number}", said) is not None


def _canonical(tree: Any) -> str | None:
    for link in tree.iter("link"):
        if (link.get("rel") or "").lower() == "canonical":
            return str(link.get("href") or "")
    return None


def _key_of(meta: Any) -> str:
    return str(meta.get("property") or meta.get("name") or meta.get("itemprop") or "")


def _stated(tree: Any) -> Iterator[tuple[str, str, str]]:
    """Yield (`published` or `updated`, value, origin), the most trustworthy first."""
    for node in json_ld_articles(tree):
        for name, key in (("published", "datePublished"), ("updated", "dateModified")):
            if isinstance(node.get(key), str):
                yield name, node[key], f"JSON-LD {key}"
    values = dict(_from_meta(tree))
    for name, keys in (("published", _PUBLISHED), ("updated", _UPDATED)):
        yield from ((name, values[key], f"meta {key}") for key in keys if key in values)
    yield from _from_elements(tree)


def json_ld_articles(tree: Any) -> Iterator[dict[str, Any]]:
    """Yield the articles that a page describes in JSON-LD."""
    for script in tree.iter("script"):
        if (script.get("type") or "").lower() != "application/ld+json":
            continue
        try:
            data = json.loads(script.text_content(), strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _articles(data, _DEEPEST)


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
        key = _key_of(meta)
        content = (meta.get("content") or "").strip()
        if key and content:
            yield key.strip().lower(), content


def _from_elements(tree: Any) -> Iterator[tuple[str, str, str]]:
    for element in tree.iter("time", "span", "div", "p", "abbr"):
        value = element.get("datetime") or element.get("content") or element.get("title")
        marks = {element.get("itemprop") or "", *(element.get("class") or "").lower().split()}
        if not value:
            continue
        if "datePublished" in marks or (
            element.tag == "time" and (element.get("pubdate") is not None or "published" in marks)
        ):
            yield "published", value, f"{element.tag} element"
        elif "dateModified" in marks or (element.tag == "time" and "updated" in marks):
            yield "updated", value, f"{element.tag} element"
    yield from _only_time(tree)


def _only_time(tree: Any) -> Iterator[tuple[str, str, str]]:
    """Yield the one `time` element inside the article's own head, if there is just one in the article."""
    for article in tree.iter("article"):
        times = [element.get("datetime") for element in article.iter("time") if element.get("datetime")]
        if len(set(times)) == 1:
            yield "published", times[0], "time element"
        return
