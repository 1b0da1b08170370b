"""Web archives: which records are reports, what is passed over, and damage that costs only itself."""

from __future__ import annotations

import gzip
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from dateline.errors import BrokenFile, InputError, NoArticle, TooLarge
from dateline.record import Report
from dateline.reports import load
from tests.reports.made import LONG, html_page, warc, warc_record

A, B = "https://coast.example/a", "https://coast.example/b"


def loaded(
    tmp_path: Path, data: bytes, name: str = "news.warc", **options: object
) -> list[Report | InputError]:
    """Load an archive from a file."""
    path = tmp_path / name
    path.write_bytes(data)
    return list(load(path, **options))  # type: ignore[arg-type]


def reports(found: list[Report | InputError]) -> list[Report]:
    """Keep the reports."""
    return [one for one in found if isinstance(one, Report)]


@pytest.mark.parametrize("name", ["news.warc", "news.warc.gz", "download"])
def test_reads_the_pages_that_were_got(tmp_path: Path, name: str) -> None:
    """Compressed by record, as crawlers do, or not at all, and whatever the file's name."""
    records = [warc({A: html_page()}), warc({B: html_page(LONG + " Two fled.")})]
    data = b"".join(gzip.compress(one) for one in records) if name != "news.warc" else b"".join(records)
    first, second = loaded(tmp_path, data, name)
    assert isinstance(first, Report)
    assert isinstance(second, Report)
    assert (first.url, second.url) == (A, B)
    assert first.origins.url == "address"
    assert second.text.endswith("Two fled.")


def test_passes_over_what_is_no_report_and_counts_it(tmp_path: Path) -> None:
    """Errors of the server, pictures, requests, revisits and doubles aren't errors of ours."""
    page = html_page().encode()
    data = b"".join(
        [
            warc_record(A, page), warc_record(A, page), warc_record(B, b"gone", status=404),
            warc_record(B, b"\x89PNG", media="image/png"), warc_record(A, b"", kind="revisit"),
            warc_record(B, b"moved", status=301, more="Location: /c\r\n"),
        ]
    )  # fmt: skip
    passed: Counter[str] = Counter()
    (only,) = loaded(tmp_path, data, passed=passed)
    assert isinstance(only, Report)
    assert passed == {"there twice": 2, "not answered with 200": 2, "not HTML": 1}


def test_a_page_without_an_article_is_its_own_error(tmp_path: Path) -> None:
    """The error names archive and page, and the others are read."""
    menu = "<html><body><nav><a href='/'>Home</a></nav></body></html>"
    bad, good = loaded(tmp_path, warc({A: menu, B: html_page()}))
    assert isinstance(bad, NoArticle)
    assert str(bad).startswith(f"{tmp_path / 'news.warc'}: {A}: no article")
    assert isinstance(good, Report)


def test_undoes_the_encodings_over_a_page(tmp_path: Path) -> None:
    """Chunks and gzip are undone; a page that only claims gzip is read as it is."""
    page = html_page().encode()
    chunks = b"%x\r\n%s\r\n0\r\n\r\n" % (len(page), page)
    data = warc_record(A, chunks, more="Transfer-Encoding: chunked\r\n")
    data += warc_record(B, gzip.compress(page), more="Content-Encoding: gzip\r\n")
    data += warc_record(B + "2", page, more="Content-Encoding: gzip\r\n")
    assert [one.text for one in reports(loaded(tmp_path, data))] == [LONG] * 3


def test_charset_of_the_server_and_utf_8_that_is_called_something_else(tmp_path: Path) -> None:
    """The header's charset counts, but whole UTF-8 is UTF-8."""
    text = LONG + " The mayor of Nampula, José Simão, spoke of “war”."
    page = html_page(text).replace("<meta charset='utf-8'>", "")
    data = warc_record(A, page.encode("cp1252"), media="text/html; charset=windows-1252")
    data += warc_record(B, page.encode(), media="text/html; charset=ISO-8859-1")
    first, second = reports(loaded(tmp_path, data))
    assert first.text == second.text == text
    assert "said to be iso-8859-1, but is UTF-8" in [n.lower().replace("utf", "UTF") for n in second.notices]


def test_a_day_after_the_crawl_is_no_day_of_publication(tmp_path: Path) -> None:
    """What lies after the day on which the page was got can't be right."""
    page = html_page(head='<meta property="article:published_time" content="2026-11-25T10:00:00Z">')
    late = reports(loaded(tmp_path, warc({A: page})))[0]
    assert late.published is None
    assert late.notices == ("published left out: 2026-11-25T10:00:00+00:00 lies in the future",)
    fine = reports(loaded(tmp_path, warc({A: page}, date="2026-11-25T12:00:00Z")))[0]
    assert fine.published == "2026-11-25T10:00:00+00:00"


@pytest.mark.parametrize(
    "middle",
    [
        b"garbage\r\n\r\nmore garbage\r\n",
        b"WARC/1.0\r\nno colon here\r\nContent-Length: x\r\n\r\n",
        warc({A: html_page()}).replace(b"Content-Length: ", b"Content-Length: 9", 1),
        b"WARC/1.0\r\nWARC-Type: response\r\nX: " + b"A" * 3_000_000 + b"\r\n\r\n",
        b"A" * 3_000_000,
    ],
    ids=["garbage", "headers", "length", "endless header", "endless line"],
)
def test_damage_costs_only_itself(tmp_path: Path, middle: bytes) -> None:
    """What was read before counts, what comes after is found again where it can be."""
    data = warc({A: html_page()}) + middle + b"\r\n\r\n" + warc({B: html_page(LONG + " Two fled.")})
    found = loaded(tmp_path, data)
    assert reports(found)[0].url == A
    for error in found:
        if isinstance(error, InputError):
            assert isinstance(error, BrokenFile)
            assert "\n" not in str(error)


def test_finds_the_next_record_after_garbage(tmp_path: Path) -> None:
    """A stretch of garbage is one error, and the record after it is read."""
    data = warc({A: html_page()}) + b"garbage\r\n\r\nmore\r\n" + warc({B: html_page(LONG + " Two fled.")})
    found = loaded(tmp_path, data)
    assert [one.url for one in reports(found)] == [A, B]
    assert [type(one) for one in found if isinstance(one, InputError)] in ([], [BrokenFile])


def test_an_archive_that_is_cut_off_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    """The end of a truncated download is one line."""
    data = (
        gzip.compress(warc({A: html_page()})) + gzip.compress(warc({B: html_page(LONG + "x" * 5000)}))[:-60]
    )
    found = loaded(tmp_path, data, "news.warc.gz")
    assert reports(found)[0].url == A
    assert isinstance(found[-1], BrokenFile)
    assert "cut off" in str(found[-1])


@pytest.mark.parametrize("data", [b"", b"no archive at all\n" * 20, b"WARC/1.0\r\n"])
def test_what_is_no_archive_is_one_line(tmp_path: Path, data: bytes) -> None:
    """An empty file has nothing in it; another file isn't taken for an archive."""
    found = loaded(tmp_path, data)
    assert not reports(found)
    assert len(found) <= 1


def test_a_bomb_in_a_page_is_its_own_error(tmp_path: Path) -> None:
    """A page that inflates without measure is refused; the next is read."""
    bomb = warc_record(A, gzip.compress(b"0" * 40_000_000), more="Content-Encoding: gzip\r\n")
    found = loaded(tmp_path, bomb + warc({B: html_page()}))
    assert isinstance(found[0], TooLarge)
    assert reports(found)[0].url == B


def test_memory_stays_flat_over_a_large_archive(tmp_path: Path) -> None:
    """An archive of 180 MB is read in the memory that a small one takes."""
    path = tmp_path / "large.warc"
    filler = warc_record(B, b"<html><body>" + b"x" * 1_000_000, media="application/octet-stream")
    with path.open("wb") as out:
        for _ in range(180):
            out.write(filler)
        out.write(warc({A: html_page()}))
    code = (  # VmHWM, for ru_maxrss counts what the process was before it became this one
        "import sys; from dateline.reports import load; from dateline.record import Report\n"
        "found = [one for one in load(sys.argv[1]) if isinstance(one, Report)]\n"
        "lines = open('/proc/self/status').read().splitlines()\n"
        "peak = next(line for line in lines if line.startswith('VmHWM'))\n"
        "print(len(found), int(peak.split()[1]) // 1024)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True, timeout=120
    )
    count, megabytes = map(int, done.stdout.split())
    assert count == 1
    assert megabytes < 280  # 195 of imports and models; the archive held would make it 375
