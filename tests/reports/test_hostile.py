"""Damaged files of every format: an error in one line or a report, never anything else."""

from __future__ import annotations

import gzip
import io
import random

import pytest

from dateline.errors import InputError
from dateline.record import Report
from dateline.reports.loading import Loading
from dateline.reports.streams import read_any
from tests.reports.made import LONG, docx, html_page, nitf, pdf, rss, warc

_ITEM = {"title": "A", "guid": "g", "link": "http://a.example/b", "content:encoded": f"<p>{LONG}</p>"}
_HEAD = '<meta name="date" content="2021-03-24"><link rel="canonical" href="https://a.example/c">'
_MAIL = f"From: a@a.example\nDate: Wed, 16 Jan 2013 21:40:00 +0100\nMIME-Version: 1.0\n\n{LONG}\n"
SEEDS = {
    ".html": html_page(head=_HEAD).encode(),
    ".warc": warc({"http://a.example/b": html_page(head=_HEAD), "http://a.example/c": html_page()}),
    ".rss": rss([_ITEM]).encode(),
    ".nitf": nitf().encode(),
    ".eml": _MAIL.encode(),
    ".pdf": pdf([LONG.split("\n\n")], info="/Title (x)"),
    ".docx": docx(LONG.split("\n\n")),
    ".csv": f'text,title\n"{LONG}",a\n'.encode(),
    ".jsonl": b'{"text": "Five died.", "published": "2013-01-16"}\n' * 3,
    ".gz": gzip.compress(html_page().encode()),
}
_NOISE = (
    b"<", b">", b"&", b"\x00", b"\xff", b'"', b"\r\n\r\n", b"&#0;", b"&#xD800;", b"<!--", b"charset=utf-16",
    b"9" * 30, b"{", b"\xed\xa0\x80", b"=?utf-8?q?=ff?=", b"<!ENTITY a 'b'>", b"http://[::1", b"\r",
)  # fmt: skip


def _damaged(data: bytes, chance: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(chance.randint(1, 5)):
        at = chance.randrange(len(out) or 1)
        act = chance.randrange(4)
        if act == 0:
            out[at : at + 1] = bytes([chance.randrange(256)])
        elif act == 1:
            del out[at : at + chance.randint(1, 40)]
        elif act == 2:
            out[at:at] = chance.choice(_NOISE)
        else:
            out = out[:at] or out
    return bytes(out)


@pytest.mark.parametrize("suffix", SEEDS)
def test_whatever_is_damaged_is_a_report_or_an_error(suffix: str) -> None:
    """With and without the suffix of its format."""
    chance = random.Random(suffix)
    for number in range(60):
        data = _damaged(SEEDS[suffix], chance)
        try:
            found = list(read_any(io.BytesIO(data), "file", suffix if number % 2 else "", Loading()))
        except InputError as error:
            found = [error]
        for one in found:
            assert isinstance(one, Report | InputError)
            assert not isinstance(one, InputError) or "\n" not in str(one)


def test_depth_is_bounded() -> None:
    """Thousands of elements within one another don't exhaust the stack."""
    for page in ("<div>" * 20_000 + LONG, "<ul><li>" * 5_000 + LONG, "<html><body>" + "<b>" * 30_000 + LONG):
        try:
            found = list(read_any(io.BytesIO(page.encode()), "file", ".html", Loading()))
        except InputError as error:
            found = [error]
        assert len(found) == 1
