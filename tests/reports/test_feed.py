"""Feeds and sitemaps as files: items, dates, texts, and hostile ones."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from dateline.errors import BrokenFile, EmptyInput, InputError, MissingInput
from dateline.record import Report
from dateline.reports import load
from dateline.reports.feed import parse_feed
from dateline.reports.sitemap import parse_sitemap
from tests.reports.made import LONG, rss

ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Gulf Courier</title>
<entry><id>tag:gulf.example,2013:1</id><title type="html">Bus &amp;amp; market</title><author><name>Ana Sol</name></author>
<link rel="alternate" href="/news/1"/><published>2013-01-16T21:40:00+01:00</published>
<updated>2013-01-17T08:00:00Z</updated><category term="World"/>
<content type="html">&lt;p&gt;Gunmen seized a bus.&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;&lt;p&gt;Five died.&lt;/p&gt;</content>
</entry></feed>"""


def test_reads_atom() -> None:
    """Names, dates with zones, absolute links, the text in paragraphs, no script."""
    (item,) = parse_feed(ATOM.encode(), where="a.atom", address="https://gulf.example/feed")
    assert (item.key, item.url) == ("tag:gulf.example,2013:1", "https://gulf.example/news/1")
    assert (item.title, item.author, item.publisher) == ("Bus & market", "Ana Sol", "Gulf Courier")
    assert (item.published, item.updated) == ("2013-01-16T21:40:00+01:00", "2013-01-17T08:00:00+00:00")
    assert (item.text, item.whole, item.section) == ("Gunmen seized a bus.\n\nFive died.", True, "World")


def test_a_feed_in_a_file_is_read_without_the_network(tmp_path: Path) -> None:
    """Its own texts are the reports; the kind is told by what is in it."""
    for name in ("feed.xml", "feed.rss", "feed"):
        path = tmp_path / name
        path.write_text(ATOM)
        (report,) = load(path)
        assert isinstance(report, Report)
        assert report.origins.title == "feed"
        assert report.notices == ()


@pytest.mark.parametrize(
    ("stated", "published", "notice"),
    [
        ("Wed, 16 Jan 2013 21:40:00 EST", "2013-01-16T21:40:00-05:00", None),
        ("2013-01-16", "2013-01-16", None),
        ("Wed, 16 Jan 2113 21:40:00 GMT", None, "lies in the future"),
        ("yesterday", None, "'yesterday' is no date"),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None, "is no day of publication"),
        (None, None, "no day of publication is stated"),
    ],
)
def test_dates_of_items(
    tmp_path: Path, stated: str | None, published: str | None, notice: str | None
) -> None:
    """A date keeps its zone; a wrong, future or missing one is said."""
    item = {"title": "A", "content:encoded": LONG} | ({"pubDate": stated} if stated else {})
    path = tmp_path / "a.rss"
    path.write_text(rss([item]))
    (report,) = load(path)
    assert isinstance(report, Report)
    assert report.published == published
    assert (notice in " ".join(report.notices)) if notice else report.notices == ()


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha ha ha ha ">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]><rss version='2.0'><channel><title>&j;</title><item><title>&j;</title><description>&j;</description></item></channel></rss>"
)


def test_a_feed_that_laughs_stays_small(tmp_path: Path) -> None:
    """Entities that multiply are not expanded."""
    path = tmp_path / "a.rss"
    path.write_text(LAUGHS)
    found = list(load(path))
    assert all(len(one.text) < 10_000 for one in found if isinstance(one, Report))
    path = tmp_path / "sitemap.xml"
    path.write_text(LAUGHS.replace("rss", "urlset"))
    (error,) = load(path)
    assert isinstance(error, InputError)


@pytest.mark.parametrize("data", ["", "<rss", "not a feed at all", "<rss version='2.0'><channel>"])
def test_what_is_no_feed_is_one_line(tmp_path: Path, data: str) -> None:
    """Empty files and other texts are told; a feed without items has none."""
    path = tmp_path / "a.rss"
    path.write_text(data)
    found = list(load(path))
    assert all(isinstance(one, BrokenFile | EmptyInput) for one in found)
    assert "\n" not in " ".join(map(str, found))


def test_half_a_feed_gives_its_whole_items(tmp_path: Path) -> None:
    """What came whole is read."""
    data = rss([{"title": f"T{n}", "guid": f"g{n}", "content:encoded": f"{LONG} {n}"} for n in range(10)])
    path = tmp_path / "a.rss"
    path.write_text(data[: len(data) // 2])
    found = [one for one in load(path) if isinstance(one, Report)]
    assert 4 <= len(found) <= 6


SITEMAP = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://coast.example/1</loc>
<lastmod>2013-01-17</lastmod></url><url><loc>javascript:x()</loc></url></urlset>"""


def test_a_sitemap_names_pages_and_has_no_text(tmp_path: Path) -> None:
    """Compressed too; only http addresses count; without `follow` there is nothing to read."""
    pages, maps = parse_sitemap(gzip.compress(SITEMAP.encode()), where="a.xml.gz")
    assert [(page.url, page.updated) for page in pages] == [("https://coast.example/1", "2013-01-17")]
    assert maps == []
    path = tmp_path / "sitemap.xml"
    path.write_text(SITEMAP)
    (error,) = load(path)
    assert isinstance(error, MissingInput)
    assert "--follow fetches the pages" in str(error)
