"""Read the article of a saved web page and what the page states about it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from dateline.errors import NoArticle
from dateline.record import Report
from dateline.reports.pagedates import page_dates
from dateline.reports.text import decode, make_report, mend_surrogates

__all__ = ["looks_like_html", "read_html"]

_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w:.-]{2,40})""", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"""<\?xml[^>]{0,100}encoding\s*=\s*["']([\w:.-]{2,40})""", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_HTML = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|\?xml[^>]*\?>\s*<(?:!doctype\s+)?html)\b",
    re.IGNORECASE | re.DOTALL,
)
_HEAD = 4096  # bytes in which a page declares its encoding (the HTML standard asks for 1024)
_BLOCKS = frozenset({"p", "head", "quote", "item", "cell", "code", "ab"})
_NO_PAGE = re.compile(
    r"\b(?:404|403|not\s+found|page\s+(?:\w+\s+){0,5}?(?:can['’]t|cannot|could\s+not)\s+be|access\s+denied|forbidden|just\s+a\s+moment"
    r"|are\s+you\s+a\s+robot|captcha|service\s+unavailable)\b",
    re.IGNORECASE,
)
_SHORT_WORDS = 60  # an error page says less than this; a report that mentions one says more
_SENTENCE_WORDS = 6  # the shortest sentence that reports something; menu entries have fewer


def looks_like_html(data: bytes) -> bool:
    """Tell a page from a plain text by how it begins."""
    return _HTML.match(data[:_HEAD].removeprefix(b"\xef\xbb\xbf")) is not None


def read_html(data: bytes, *, where: str, published: str | None = None) -> Report:
    """Make a report of a page: its main text in reading order, paragraphs parted by a blank line.

    Title, publisher, author and address are those of the page's metadata, the
    dates only those it states; none is guessed. Raises NoArticle when the page
    holds none, and the errors of `decode`.
    """
    page, notices = decode(data, where=where, declared=_declared(data))
    page = _XML_DECLARATION.sub("", page).replace("\x00", "")
    page, mended = mend_surrogates(page)
    text = "\n\n".join(_paragraphs(page))
    if not _is_article(text, page):
        raise NoArticle("no article on the page", where=where, hint="save the page of one report")
    stated, undated = page_dates(page)
    known: dict[str, Any] = {**_metadata(page), "published": published or stated.get("published")}
    notices += mended + (() if published else undated)
    return make_report(text, where=where, notices=notices, updated=stated.get("updated"), **known)


def _declared(data: bytes) -> str | None:
    found = _CHARSET.search(data[:_HEAD]) or _XML_ENCODING.search(data[:_HEAD])
    return found[1].decode("ascii", "replace") if found else None


def _paragraphs(page: str) -> Iterator[str]:
    """Yield the paragraphs of the article in the order in which they stand."""
    from trafilatura import bare_extraction  # takes half a second, and only pages need it

    document = bare_extraction(page, include_comments=False, include_tables=True)
    if document is None:
        return
    body = document.body if hasattr(document, "body") else None
    if body is None:
        return
    for element in body.iter("p", "head", "quote", "item", "cell", "code", "ab"):
        if any(ancestor.tag in _BLOCKS for ancestor in element.iterancestors()):
            continue  # its text came with that of the block around it
        for line in _text_of(element).split("\n"):
            if line.strip():
                yield " ".join(line.split())


def _text_of(element: Any) -> str:
    """Give the text of a block, its line breaks and the blocks inside it on lines of their own."""
    parts = [element.text or ""]
    for child in element:
        broken = child.tag in _BLOCKS or child.tag == "lb"
        parts.append(
            ("\n" if broken else "") + _text_of(child) + ("\n" if broken and child.tag != "lb" else "")
        )
        parts.append(child.tail or "")
    return "".join(parts)


def _is_article(text: str, page: str) -> bool:
    """Tell an article from menus, forms and error pages: it has a sentence, and isn't short and an error."""
    words = text.split()
    title = re.search(r"<title[^>]*>([^<]{0,300})", page, re.IGNORECASE)
    if len(words) < _SHORT_WORDS and _NO_PAGE.search((title[1] if title else "") + "\n" + text):
        return False
    return any(len(line.split()) >= _SENTENCE_WORDS for line in text.split("\n\n"))


def _metadata(page: str) -> dict[str, str]:
    from trafilatura.metadata import extract_metadata

    found = extract_metadata(page)
    if found is None:
        return {}
    row = {"title": found.title, "publisher": found.sitename, "author": found.author, "url": found.url}
    return {name: str(value) for name, value in row.items() if value}
