"""Files of every format, made here: web archives, feeds, wire stories, mail, PDF, Word documents."""

from __future__ import annotations

import io
import zipfile
from html import escape

__all__ = ["LONG", "docx", "html_page", "nitf", "pdf", "rss", "warc", "warc_record"]

LONG = (
    "PALMA, Mozambique - Gunmen seized a bus on Monday, killing at least five people, police said.\n\n"
    "A second bus was burned near the market. Twelve passengers are missing, an official said."
)


def html_page(text: str = LONG, head: str = "", title: str = "Gunmen seize bus") -> str:
    """Write a page with an article."""
    body = "".join(f"<p>{escape(line)}</p>" for line in text.split("\n\n"))
    return (
        f"<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'><title>{title}</title>{head}</head>"
        f"<body><nav><a href='/'>Home</a></nav><article>{body}</article></body></html>"
    )


def warc_record(
    url: str,
    body: bytes,
    *,
    status: int = 200,
    media: str = "text/html; charset=utf-8",
    more: str = "",
    kind: str = "response",
    date: str = "2026-11-20T10:00:00Z",
) -> bytes:
    """Write one record of a web archive, as crawlers do."""
    block = f"HTTP/1.1 {status} OK\r\nContent-Type: {media}\r\n{more}\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: {date}\r\n"
        f"WARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http; msgtype={kind}\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def warc(pages: dict[str, str], **options: str) -> bytes:
    """Write an archive of pages by address, with the records that crawlers write around them."""
    info = b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 4\r\n\r\na: b\r\n\r\n"
    parts = [info]
    for url, page in pages.items():
        parts.append(warc_record(url, b"", kind="request"))
        parts.append(warc_record(url, page.encode(), **options))  # type: ignore[arg-type]
    return b"".join(parts)


def rss(items: list[dict[str, str]], title: str = "Coast Post") -> str:
    """Write an RSS feed; the keys of an item are its elements."""
    rows = "".join(
        "<item>" + "".join(f"<{key}>{escape(value)}</{key}>" for key, value in item.items()) + "</item>"
        for item in items
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>{title}</title><link>https://coast.example/</link>{rows}</channel></rss>"
    )


def nitf(text: str = LONG, issued: str = "20130116T214000+0100") -> str:
    """Write a story in NITF."""
    body = "".join(f"<p>{escape(line)}</p>" for line in text.split("\n\n"))
    return (
        '<?xml version="1.0"?><nitf><head><title>t</title><docdata>'
        f'<date.issue norm="{issued}"/><doc-id id-string="wire-5"/></docdata>'
        '<pubdata position.section="World"/></head><body><body.head><hedline><hl1>Gunmen seize bus</hl1>'
        "</hedline><byline>By Ana Sol</byline><distributor>Harbour Wire</distributor><dateline>"
        f"<location>PALMA</location></dateline></body.head><body.content>{body}</body.content></body></nitf>"
    )


def docx(paragraphs: list[str], *, more: str = "", properties: str = "") -> bytes:
    """Write a Word document, plain enough for any reader."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in paragraphs)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("[Content_Types].xml", "<Types/>")
        parts.writestr("word/document.xml", f"<w:document {space}><w:body>{body}{more}</w:body></w:document>")
        if properties:
            parts.writestr("docProps/core.xml", properties)
    return made.getvalue()


def pdf(pages: list[list[str]], *, info: str = "") -> bytes:
    """Write a PDF with lines of text on each page."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    kids = []
    for lines in pages:
        rows = " ".join(f"({_escaped(line)}) Tj T*" for line in lines)
        stream = f"BT /F1 11 Tf 14 TL 50 780 Td {rows} ET"
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {len(objects)} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    objects.append(f"<< {info} >>")
    out, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n"
    out += "".join(f"{place:010} 00000 n \n" for place in places)
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>\nstartxref\n{start}\n%%EOF"
    return out.encode("latin-1")


def _escaped(line: str) -> str:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
