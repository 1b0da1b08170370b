"""Read a Word document (.docx): the paragraphs as they stand, without what was struck out."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any, BinaryIO

from dateline.errors import BinaryInput, BrokenFile, TooLarge
from dateline.record import Origins
from dateline.reports.bounded import whole
from dateline.reports.dates import dated
from dateline.reports.loading import Found, Loading
from dateline.reports.text import make_report
from dateline.reports.xmltree import first_text, local, parse_xml

__all__ = ["read_docx"]

MAX_PART = 64 * 2**20  # bytes of one part, inflated
_BODY, _PROPERTIES = "word/document.xml", "docProps/core.xml"
_LEFT_OUT = frozenset({"del", "moveFrom", "instrText", "Fallback"})
_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n"}


def read_docx(stream: BinaryIO, where: str, loading: Loading) -> Found:
    """Yield the report of a Word document.

    It states when its file was made, not when it was published: that is a
    notice. Raises BinaryInput for another zip file, BrokenFile for a damaged
    one, TooLarge for one that inflates without measure.
    """
    data = whole(stream, where)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            body, notices = parse_xml(_part(parts, _BODY, where), where=where)
            has_more = _PROPERTIES in parts.namelist()
            more = parse_xml(_part(parts, _PROPERTIES, where), where=where)[0] if has_more else None
    except KeyError as error:
        what = "a zip or office file that is no Word document"
        raise BinaryInput(what, where=where, hint="export its text and pass that") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as error:
        raise BrokenFile("damaged or locked document", where=where) from error
    text = "\n\n".join(line for one in _paragraphs(body) for line in one.split("\n") if line.strip())
    yield _report(text, more, notices, where, loading)


def _part(parts: zipfile.ZipFile, name: str, where: str) -> bytes:
    """Read one part within the bound, whatever size it claims."""
    with parts.open(name) as part:
        data = part.read(MAX_PART + 1)
    if len(data) > MAX_PART:
        raise TooLarge(f"inflates to more than {MAX_PART // 2**20} MB", where=where)
    return data


def _paragraphs(body: Any) -> list[str]:
    found = []
    for element in body.iter():
        if local(element) == "p" and not any(local(up) in _LEFT_OUT for up in element.iterancestors()):
            found.append(" ".join(_words(element).split(" ")).strip())
    return found


def _words(element: Any) -> str:
    """Give the words of a paragraph; those of paragraphs inside it (text boxes) come on their own."""
    parts = []
    for child in element:
        name = local(child)
        if name == "t":
            parts.append(child.text or "")
        elif name in _BREAKS:
            parts.append(_BREAKS[name])
        elif name != "p" and name not in _LEFT_OUT:
            parts.append(_words(child))
    return "".join(parts)


def _report(text: str, more: Any, notices: tuple[str, ...], where: str, loading: Loading) -> Any:
    stated = {"title": "title", "author": "creator"}
    known = {name: first_text(more, key) for name, key in stated.items()} if more is not None else {}
    values: dict[str, str] = {name: value for name, value in known.items() if value}
    origins = dict.fromkeys(values, "document properties")
    made = first_text(more, "created") if more is not None else None
    if loading.published:
        values["published"], origins["published"] = loading.published, "caller"
    elif made:
        notices = (*notices, f"published: not stated; the file was made on {made[:10]}")
    if loading.address:
        values["url"], origins["url"] = loading.address, "address"
    notices = dated(values.get("published"), notices)
    return make_report(text, where=where, notices=notices, origins=Origins(**origins), **values)
