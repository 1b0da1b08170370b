"""What a page says about itself, and where it says so."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from dateline.record import Report
from dateline.reports.html import read_html
from dateline.reports.metadata import same_site
from tests.reports.made import html_page

LD = {
    "@type": "NewsArticle", "headline": "Gunmen seize bus &amp; market", "datePublished": "2021-03-24T10:00:00+02:00",
    "dateModified": "2021-03-25", "author": [{"name": "Ana Sol"}, "Luis Mar"], "publisher": {"name": "Coast Post"},
    "articleSection": ["World", "Africa"], "mainEntityOfPage": {"@id": "https://coast.example/story"},
}  # fmt: skip


def read(head: str, **options: object) -> Report:
    """Read a page with this in its head."""
    return read_html(html_page(head=head).encode(), where="a.html", **options)  # type: ignore[arg-type]


def ld(**changes: object) -> str:
    """Write JSON-LD for a head."""
    return f'<script type="application/ld+json">{json.dumps({**LD, **changes})}</script>'


def test_json_ld_goes_first_and_each_value_has_its_origin() -> None:
    """All that JSON-LD says is taken from there, whatever other metadata say."""
    report = read(ld() + '<meta property="og:title" content="Other"><meta name="author" content="Else">')
    assert (report.title, report.author) == ("Gunmen seize bus & market", "Ana Sol, Luis Mar")
    assert (report.publisher, report.section) == ("Coast Post", "World, Africa")
    assert (report.published, report.updated) == ("2021-03-24T10:00:00+02:00", "2021-03-25")
    assert report.url == "https://coast.example/story"
    origins = report.origins
    assert (origins.title, origins.published) == ("JSON-LD headline", "JSON-LD datePublished")
    assert (origins.author, origins.section) == ("JSON-LD author", "JSON-LD articleSection")


def test_other_metadata_fill_what_is_missing() -> None:
    """OpenGraph, then other names, then the page's markup, each told."""
    head = (
        '<meta property="og:site_name" content="Coast Post"><meta property="article:section" content="World">'
        '<meta property="article:published_time" content="2021-03-24T10:00:00Z">'
        '<meta name="dc.creator" content="By Ana Sol"><meta property="article:author" content="https://facebook.example/a">'
    )
    report = read(head)
    assert (report.publisher, report.origins.publisher) == ("Coast Post", "meta og:site_name")
    assert (report.author, report.origins.author) == ("Ana Sol", "meta dc.creator")
    assert (report.section, report.origins.section) == ("World", "meta article:section")
    assert report.origins.published == "meta article:published_time"
    assert (report.title, report.origins.title) == ("Gunmen seize bus", "heading")


def test_htmldate_reads_metadata_of_other_names() -> None:
    """Names that our list lacks are known to htmldate; text and footers are not asked."""
    report = read('<meta name="article_date_original" content="2021-03-24 10:00">')
    assert (report.published, report.origins.published) == ("2021-03-24", "htmldate")


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="expires" content="soon">',
        '<meta name="event-date" content="March 2021">',
        '<meta property="og:image" content="https://coast.example/2021/03/24/bus.jpg">',
        '<meta name="generator" content="Press 2021.03.24">',
    ],
)
def test_no_day_is_made_of_other_metadata(head: str) -> None:
    """A month, a picture's folder or a program's version is no day of publication, and that is said."""
    report = read(head)
    assert report.published is None
    assert report.notices == ("published: no day of publication is stated",)


def test_the_day_in_an_address_is_told_and_not_taken() -> None:
    """It is no statement; the notice gives it, so that a person can."""
    report = read("", address="https://coast.example/2021/03/24/bus")
    assert report.published is None
    assert report.notices == ("published: no day is stated; the address names 2021-03-24",)


def test_what_lies_after_the_page_was_got_is_wrong() -> None:
    """The next statement that can be right counts."""
    seen = datetime(2021, 3, 26, tzinfo=UTC)
    report = read(ld(datePublished="2031-03-24") + '<meta name="date" content="2021-03-24">', seen=seen)
    assert (report.published, report.notices) == ("2021-03-24", ())


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://www.coast.example/a", "https://m.coast.example/b", True),
        ("https://news.coast.co.uk/a", "https://other.co.uk/b", False),
        ("https://coast.example/a", "https://coast.example.evil.org/a", False),
        ("http://127.0.0.1:8000/a", "http://127.0.0.1:8000/b", True),
        ("http://127.0.0.1/a", "http://127.0.0.2/b", False),
    ],
)
def test_tells_whether_addresses_are_of_one_site(one: str, other: str, same: bool) -> None:
    """By the registered domain, so that no page stands in for another site's."""
    assert same_site(one, other) is same


def test_hostile_metadata_are_harmless() -> None:
    """Deep, long or odd values are passed over."""
    deep = '{"@graph":' * 3000 + "1" + "}" * 3000
    head = f'<script type="application/ld+json">{deep}</script>' + ld(
        headline=["x"], author={"name": {"a": 1}}
    )
    head += f'<meta property="og:site_name" content="{"x" * 5000}">'
    report = read(head)
    assert report.title == "Gunmen seize bus"
    assert (report.author, report.publisher) == (None, "Coast Post")
