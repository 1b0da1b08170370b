"""Saved pages: the article, and what the page states."""

from __future__ import annotations

import pytest

from dateline.errors import NoArticle
from dateline.reports.html import looks_like_html, read_html

_FIRST = "PALMA, Mozambique - Gunmen seized a bus on Monday, killing at least five people, police said."
_SECOND = "A second bus was burned near the market. Twelve passengers are missing, an official said."
_LAST = "Nobody has said that they did it, and the road north of the town stays closed."


def page(head: str = "", body: str = "") -> bytes:
    """Write a page with an article of three paragraphs."""
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Gunmen seize bus | Coast Post</title>
<meta property="og:site_name" content="Coast Post"><meta property="og:title" content="Gunmen seize bus">
<meta name="author" content="Ana Sol"><link rel="canonical" href="https://coast.example/2019/12/31/bus">{head}</head>
<body><nav><a href="/">Home</a> <a href="/world">World</a></nav>
<article><p>{_FIRST}</p><p>{_SECOND}</p>{body}<p>{_LAST}</p></article>
<footer>Copyright 2020 Coast Post. Last updated 3 March 2020.</footer></body></html>""".encode()


def test_reads_the_paragraphs_in_order_parted_by_a_blank_line() -> None:
    """Menus and footers stay out; paragraphs, lists and quotes stand as on the page."""
    body = "<blockquote>We saw the smoke from the harbour all day.</blockquote><ul><li>two buses</li></ul>"
    report = read_html(page(body=body), where="a.html")
    assert report.text.split("\n\n") == [
        _FIRST,
        _SECOND,
        "We saw the smoke from the harbour all day.",
        "two buses",
        _LAST,
    ]


def test_takes_what_the_page_states_about_itself() -> None:
    """Title, publisher, author and address are those of the metadata."""
    report = read_html(page(), where="a.html")
    assert (report.title, report.publisher, report.author) == ("Gunmen seize bus", "Coast Post", "Ana Sol")
    assert report.url == "https://coast.example/2019/12/31/bus"
    assert report.language == "en"


def test_guesses_no_date() -> None:
    """A day in the address, the text or the footer is not the day of publication."""
    report = read_html(
        page(body="<p>It was founded on 5 May 1990, the mayor of the town said.</p>"), where="a.html"
    )
    assert (report.published, report.updated) == (None, None)


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ('<meta property="article:published_time" content="2021-03-24T10:00">', "2021-03-24T10:00:00"),
        ('<meta name="date" content="2021-03-24">', "2021-03-24"),
        ('<meta itemprop="datePublished" content="24 March 2021">', "2021-03-24"),
        (
            '<script type="application/ld+json">{"@graph": [{"@type": "Organization"}, {"@type": ["NewsArticle"],'
            ' "datePublished": "2021-03-24T10:00:00Z", "dateModified": "2021-03-25"}]}</script>'
            '<meta name="date" content="2021-03-30">',
            "2021-03-24T10:00:00+00:00",
        ),
    ],
    ids=["Open Graph", "meta", "itemprop", "JSON-LD first"],
)
def test_reads_stated_dates(head: str, published: str) -> None:
    """Metadata, Open Graph and JSON-LD state the day of publication."""
    assert read_html(page(head), where="a.html").published == published


def test_reads_a_time_element_of_the_article() -> None:
    """A `time` element that the article bears states its day."""
    body = '<time datetime="2021-03-24">Wednesday</time>'
    assert read_html(page(body=body), where="a.html").published == "2021-03-24"


def test_two_times_in_an_article_state_nothing() -> None:
    """Times in the story that aren't marked are not taken for its day of publication."""
    body = '<time datetime="2021-03-24">then</time> <time datetime="2021-03-20">before</time>'
    assert read_html(page(body=body), where="a.html").published is None


def test_leaves_out_a_wrong_date_with_a_notice() -> None:
    """Metadata that are no date are left out, and broken JSON-LD is passed over."""
    head = '<meta name="date" content="someday"><script type="application/ld+json">{"@type": </script>'
    report = read_html(page(head), where="a.html")
    assert report.published is None
    assert report.notices == ("published left out: 'someday' is no date",)
    assert read_html(page(head), where="a.html", published="2021-03-24").notices == ()


def test_the_day_of_the_caller_wins() -> None:
    """A day given by the caller takes the place of the stated one."""
    data = page('<meta name="date" content="2021-03-24">')
    assert read_html(data, where="a.html", published="2021-04-01").published == "2021-04-01"


def test_reads_a_page_in_the_encoding_it_declares() -> None:
    """Bytes are read by the page's own declaration."""
    text = page(body="<p>El Niño brought the floods to the coast, the mayor said on Sunday.</p>").decode()
    data = text.replace('charset="utf-8"', 'charset="iso-8859-1"').encode("latin-1")
    assert "El Niño" in read_html(data, where="a.html").text


@pytest.mark.parametrize(
    "data",
    [
        b"<html><head><title>x</title></head><body></body></html>",
        b"<html><body><nav><a href='/'>Home</a><a href='/x'>World</a></nav><form><input></form>",
        b"<html><title>404 Not Found</title><body><h1>Not Found</h1><p>nginx</p></body></html>",
        b"<html><title>Sorry</title><body><p>The page you are looking for could not be found.</p>",
        b"<html>",
    ],
    ids=["empty", "menu", "error page", "polite error page", "cut off"],
)
def test_refuses_a_page_without_an_article(data: bytes) -> None:
    """Menus, error pages and empty pages have their own error."""
    with pytest.raises(NoArticle, match=r"^a\.html: no article on the page"):
        read_html(data, where="a.html")


def test_reads_a_page_that_is_cut_off() -> None:
    """A page without its end is read as far as it goes."""
    data = page()
    assert read_html(data[: data.index(b"<footer>") - 20], where="a.html").text.startswith("PALMA")


def test_survives_stray_bytes() -> None:
    """NUL and emoji in a page don't stop it."""
    data = page(body="<p>Sirens \x00 were heard \U0001f6a8 all over the port, residents said.</p>")
    assert "\U0001f6a8" in read_html(data, where="a.html").text


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"<!DOCTYPE html>\n<p>x", True),
        (b"\n <!-- saved --> <html lang='en'>", True),
        (b"\xef\xbb\xbf<HTML>", True),
        (b"<p> is a tag", False),
        (b"Gunmen <html> seized", False),
        (b"", False),
    ],
)
def test_tells_a_page_from_a_text(data: bytes, expected: bool) -> None:
    """A page is known by how it begins."""
    assert looks_like_html(data) is expected
