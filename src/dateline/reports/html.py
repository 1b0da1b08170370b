"""Read the article of a saved web page and what the page states about it."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, BinaryIO

from dateline.errors import NoArticle
from dateline.record import Report
from dateline.reports.bounded import whole
from dateline.reports.loading import Found, Loading
from dateline.reports.metadata import page_metadata
from dateline.reports.text import decode, make_report, mend_surrogates

__all__ = ["decode_page", "fragment_text", "looks_like_html", "read_html", "read_page"]

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
_NO_TEXT = re.compile(r"<(script|style)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_FRAGMENT_BLOCKS = frozenset(
    "p div br li ul ol tr table h1 h2 h3 h4 h5 h6 blockquote section article header footer pre hr".split()
)
# What is called Latin-1 on the web is Windows-1252, by the HTML standard.
_WEB_CODECS = dict.fromkeys(("iso-8859-1", "iso8859-1", "latin1", "latin-1", "ascii", "us-ascii"), "cp1252")
_SHORT_WORDS = 60  # an error page says less than this; a report that mentions one says more
_SENTENCE_WORDS = 6  # the shortest sentence that reports something; menu entries have fewer


def looks_like_html(data: bytes) -> bool:
    """Tell a page from a plain text by how it begins."""
    return _HTML.match(data[:_HEAD].removeprefix(b"\xef\xbb\xbf")) is not None


def read_html(
    data: bytes,
    *,
    where: str,
    published: str | None = None,
    address: str | None = None,
    charset: str | None = None,
    seen: datetime | None = None,
) -> Report:
    """Make a report of a page: its main text in reading order, paragraphs parted by a blank line.

    Title, publisher, author, section and address are those of the page's
    metadata, the dates only those it states; none is guessed. `address` is
    where the page was got, `charset` what the server said, `seen` when it was
    got. Raises NoArticle when the page holds none, and the errors of `decode`.
    """
    page, notices = decode_page(data, where=where, charset=charset)
    page, mended = mend_surrogates(_XML_DECLARATION.sub("", page).replace("\x00", ""))
    tree = _tree(page)
    text = "\n\n".join(_paragraphs(tree)) if tree is not None else ""
    if not _is_article(text, page):
        raise NoArticle("no article on the page", where=where, hint="save the page of one report")
    known, said = page_metadata(tree, address=address, seen=seen, published=published)
    return make_report(text, where=where, notices=notices + mended + said, **known)


def read_page(stream: BinaryIO, where: str, loading: Loading) -> Found:
    """Yield the report of a page."""
    yield read_html(
        whole(stream, where), where=where, published=loading.published, address=loading.address,
        charset=loading.charset, seen=loading.seen,
    )  # fmt: skip


def decode_page(data: bytes, *, where: str, charset: str | None = None) -> tuple[str, tuple[str, ...]]:
    """Decode a page by its mark, the server's word, its own, or what it looks like; raises as `decode`.

    What is whole UTF-8, and not plain ASCII, is read as that whatever is said:
    no text in another encoding looks like it by chance.
    """
    declared = charset or _declared(data)
    if declared and _codec(declared) != "utf-8" and not data.isascii() and _is_utf_8(data):
        text, notices = decode(data, where=where)
        return text, (*notices, f"said to be {declared[:40]}, but is UTF-8")
    return decode(data, where=where, declared=_WEB_CODECS.get((declared or "").lower(), declared))


def fragment_text(markup: str) -> str:
    """Give the text of a piece of HTML, as in feeds and mail: paragraphs parted by a blank line."""
    from lxml import html

    plain = _NO_TEXT.sub(" ", markup.replace("\x00", ""))
    if not plain.strip():
        return ""
    tree = html.fromstring(f"<div>{plain}</div>")
    lines = (" ".join(line.split()) for line in _spread(tree).split("\n"))
    return "\n\n".join(line for line in lines if line)


def _spread(element: Any) -> str:
    """Give the text of an element, each block in it on lines of its own."""
    parts = [element.text or ""] if isinstance(element.tag, str) else []
    for child in element:
        broken = child.tag in _FRAGMENT_BLOCKS
        parts += ["\n" if broken else "", _spread(child), "\n" if broken else "", child.tail or ""]
    return "".join(parts)


def _tree(page: str) -> Any:
    from trafilatura.utils import load_html  # takes half a second, and only pages need it

    return load_html(page)


def _codec(name: str) -> str | None:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None


def _is_utf_8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _declared(data: bytes) -> str | None:
    found = _CHARSET.search(data[:_HEAD]) or _XML_ENCODING.search(data[:_HEAD])
    return found[1].decode("ascii", "replace") if found else None


def _paragraphs(tree: Any) -> Iterator[str]:
    """Yield the paragraphs of the article in the order in which they stand."""
    from trafilatura import bare_extraction

    document = bare_extraction(tree, include_comments=False, include_tables=True)
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
