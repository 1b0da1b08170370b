"""Parse XML that anyone may have written: no entity is expanded, nothing is loaded, depth is bounded."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import Any

from dateline.errors import BrokenFile

__all__ = ["first_text", "local", "named", "paragraphs", "parse_xml", "root_name", "without_surrogates"]

_PROLOG = rb"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>\s*)*"
_ROOT = re.compile(rb"(?:\xef\xbb\xbf)?" + _PROLOG + rb"<([A-Za-z_][\w.:-]*)", re.DOTALL | re.IGNORECASE)
_ENCODING = re.compile(rb"""(?:\xef\xbb\xbf)?\s*<\?xml[^>]{0,200}encoding\s*=\s*["']([\w.:-]+)""")
_REPLACED = ("not all UTF-8: broken characters were replaced by U+FFFD",)
_SURROGATES = re.compile(rb"&#(?:[xX]0*[dD][89a-fA-F][0-9a-fA-F]{2}|0*5[5-7]\d{3});")
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_HEAD = 65_536  # bytes in which a root element and a document type stand


def root_name(head: bytes) -> str | None:
    """Give the local name of the root element that some bytes begin with, in lower case."""
    plain = head.replace(b"\x00", b"")  # UTF-16, near enough to tell a root
    found = _ROOT.match(plain.removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff"))
    return found[1].decode("ascii", "replace").rpartition(":")[2].lower() if found else None


def parse_xml(data: bytes, *, where: str) -> tuple[Any, tuple[str, ...]]:
    """Give the root element and notices. Raises BrokenFile for what is no XML, or declares entities."""
    from lxml import etree

    if _ENTITY.search(data[:_HEAD]):
        raise BrokenFile("declares entities of its own, which are not expanded", where=where)
    whole = without_surrogates(_mended(data))
    try:
        return etree.fromstring(whole, _parser(recover=False)), _REPLACED if whole != data else ()
    except (etree.XMLSyntaxError, ValueError) as error:
        fault = str(error).split(", line")[0][:120]
    root = etree.fromstring(whole, _parser(recover=True)) if whole.strip() else None
    if root is None:
        raise BrokenFile(f"no XML: {fault}", where=where)
    return root, (f"not well-formed, read as far as it goes: {fault}",)


def _mended(data: bytes) -> bytes:
    """Replace what isn't UTF-8 where a document is in that: libxml2 may let it pass, and fail later."""
    declared = _ENCODING.match(data)
    if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) or b"\x00" in data[:4]:
        return data
    if declared is not None and declared[1].lower() not in (b"utf-8", b"utf8"):
        return data
    return data.decode("utf-8", "replace").encode()


def without_surrogates(data: bytes) -> bytes:
    """Replace references to halves of surrogate pairs, which no text may hold."""
    return _SURROGATES.sub(b"&#xFFFD;", data)


def _parser(*, recover: bool) -> Any:
    from lxml import etree

    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=recover,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip


def local(element: Any) -> str:
    """Give the name of an element without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def named(root: Any, *names: str) -> Iterator[Any]:
    """Yield the elements of these names, whatever their namespace, in order."""
    for element in root.iter():
        if local(element) in names:
            yield element


def first_text(root: Any, *names: str) -> str | None:
    """Give the text of the first of these elements that has some."""
    for name in names:
        for element in named(root, name):
            text = " ".join("".join(element.itertext()).split())
            if text:
                return text
    return None


def paragraphs(root: Any, *names: str) -> str:
    """Give the text of a body: its elements of these names, parted by blank lines, or all of it."""
    found = [" ".join("".join(one.itertext()).split()) for one in named(root, *names)]
    if not any(found):
        found = [" ".join(line.split()) for line in "".join(root.itertext()).split("\n\n")]
    return "\n\n".join(text for text in found if text)
