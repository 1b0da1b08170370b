"""Fetching within bounds, from a server that misbehaves, and what stands at an address."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import httpcore
import pytest

from dateline.errors import BrokenFile, FetchError, InputError, TooLarge
from dateline.record import Report
from dateline.reports import load
from dateline.reports.fetch import Fetcher, Limits
from dateline.reports.polite import Politeness
from tests.reports.made import LONG, html_page, pdf, rss
from tests.watch.server import Server, answer, bomb, cut, drip, hang, redirect, tagged


@pytest.fixture
def server() -> Iterator[Server]:
    """A server without a path yet."""
    with Server() as made:
        yield made


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    """A fetcher in a hurry."""
    limits = Limits(bytes=1_000_000, seconds=4.0, silence=2.0, redirects=3)
    with Fetcher(limits=limits, politeness=Politeness(agent="Dateline", pause=0.0)) as made:
        yield made


def test_gives_what_the_server_says_of_it(server: Server, fetcher: Fetcher) -> None:
    """Data, kind, charset, and what to ask with next time; with that the answer is that nothing is new."""
    server.routes["/a"] = tagged("<rss/>", '"v1"', "application/rss+xml; charset=ISO-8859-1")
    got = fetcher.get(server.url("/a"), named=True)
    assert (got.data, got.media, got.charset, got.etag) == (
        b"<rss/>",
        "application/rss+xml",
        "ISO-8859-1",
        '"v1"',
    )
    again = fetcher.get(server.url("/a"), named=True, etag=got.etag)
    assert (again.same, again.data) == (True, b"")
    assert next(iter(server.agents)).startswith("Dateline/")


def _too_large(handler: object) -> None:
    answer(b"x" * 2_000_000)(handler)  # type: ignore[arg-type]


MISBEHAVED = {
    "/hang": (hang(8), FetchError, "no answer in time"),
    "/drip": (drip(10), FetchError, "no answer in time"),
    "/500": (answer("broken", status=500), FetchError, "answers 500"),
    "/404": (answer("gone", status=404), FetchError, "answers 404"),
    "/loop": (redirect("/loop"), FetchError, "in a circle"),
    "/ftp": (redirect("ftp://coast.example/a"), FetchError, "only http"),
    "/file": (redirect("file:///etc/passwd"), FetchError, "only http"),
    "/cut": (cut(html_page()), FetchError, "cut off"),
    "/bomb": (bomb(), TooLarge, "inflates to more than"),
    "/large": (_too_large, FetchError, "more than 1 MB"),
    "/brotli": (answer(b"x", Content_Encoding="br"), BrokenFile, "wasn't asked for"),
    "/nogzip": (answer(b"\x1f\x8b\x08junkjunk", Content_Encoding="gzip"), BrokenFile, "damaged gzip|cut off"),
}  # fmt: skip


@pytest.mark.parametrize("path", MISBEHAVED)
def test_a_server_that_misbehaves_is_one_error_in_time(server: Server, fetcher: Fetcher, path: str) -> None:
    """Each way gives its own error in one line, within the time for a fetch."""
    act, kind, words = MISBEHAVED[path]
    server.routes[path] = act
    start = time.monotonic()
    with pytest.raises(kind, match=words) as told:
        fetcher.get(server.url(path), named=True)
    assert time.monotonic() - start < 7.5
    assert "\n" not in str(told.value)


def test_a_long_chain_of_redirects_is_broken_off(server: Server, fetcher: Fetcher) -> None:
    """A few are followed to the address that stands at the end, more are not."""
    server.routes |= {f"/{n}": redirect(f"/{n + 1}") for n in range(10)}
    server.routes["/10"] = answer("there")
    assert fetcher.get(server.url("/8"), named=True).address == server.url("/10")
    with pytest.raises(FetchError, match="more than 3 redirects"):
        fetcher.get(server.url("/1"), named=True)


def test_tells_when_to_try_again(server: Server, fetcher: Fetcher) -> None:
    """A pause that the server asks for is passed on; what is gone for good is marked."""
    server.routes["/busy"] = answer("later", status=429, Retry_After="120")
    with pytest.raises(FetchError) as busy:
        fetcher.get(server.url("/busy"), named=True)
    assert (busy.value.status, busy.value.after, busy.value.final) == (429, 120.0, False)
    with pytest.raises(FetchError) as gone:
        fetcher.get(server.url("/none"), named=True)
    assert gone.value.final


def test_addresses_found_in_data_stay_out_of_private_networks(server: Server, fetcher: Fetcher) -> None:
    """Only a host that a person named may be on this machine or its network."""
    with pytest.raises(FetchError, match="private network"):
        fetcher.get(server.url("/a"))
    server.routes["/a"] = redirect(f"http://localhost:{server.port}/b")
    with pytest.raises(FetchError, match="private network"):
        fetcher.get(server.url("/a"), named=True)
    assert server.asked["/b"] == 0


@pytest.mark.parametrize(
    "address", ["http://", "http://[::1", "http://a b/", "http://\x00/", "http://" + "a" * 300 + "/"]
)
def test_what_is_no_address_is_one_line(fetcher: Fetcher, address: str) -> None:
    """It is told, not raised as something else."""
    with pytest.raises(FetchError):
        fetcher.get(address, named=True)


def test_nothing_listens_there(fetcher: Fetcher) -> None:
    """A refused connection is one line."""
    with pytest.raises(FetchError, match="can't be reached"):
        fetcher.get("http://127.0.0.1:1/", named=True)


def test_robots_txt_is_kept_to(server: Server, fetcher: Fetcher) -> None:
    """What a site forbids isn't asked for; its rules are asked for once."""
    server.routes["/robots.txt"] = answer("User-agent: *\nDisallow: /private/\n", "text/plain")
    server.routes["/a"] = server.routes["/private/a"] = answer("here")
    fetcher.get(server.url("/a"), named=True)
    assert fetcher.follow(server.url("/a")).data == b"here"
    with pytest.raises(FetchError, match=r"robots\.txt of the site forbids it"):
        fetcher.follow(server.url("/private/a"))
    assert server.asked["/robots.txt"] == 1
    assert server.asked["/private/a"] == 0


def test_without_rules_all_is_allowed_and_with_broken_ones_nothing(server: Server, fetcher: Fetcher) -> None:
    """RFC 9309: no robots.txt allows, one that can't be had forbids for now."""
    server.routes["/a"] = answer("here")
    fetcher.get(server.url("/a"), named=True)
    server.routes["/robots.txt"] = answer("broken", status=500)
    with pytest.raises(FetchError, match=r"robots\.txt can't be had") as told:
        fetcher.follow(server.url("/a"))
    assert not told.value.final
    server.routes["/robots.txt"] = answer("gone", status=404)
    assert fetcher.follow(server.url("/a")).data == b"here"


def test_a_host_is_asked_in_turns() -> None:
    """Requests to one host stand a pause apart, to several hosts none; a site may ask for a longer one."""
    now, waits = [0.0], []

    def wait(seconds: float) -> None:
        waits.append(seconds)

    polite = Politeness(agent="Dateline", pause=2.0, clock=lambda: now[0], wait=wait)
    for host in ("http://a", "http://b", "http://a", "http://a"):
        polite.take_turn(host)
    assert waits == [2.0, 4.0]
    polite.take_turn("http://c", 10.0)
    polite.take_turn("http://c")
    assert waits[-1] == 10.0


Load = Callable[..., list[Report | InputError]]


@pytest.fixture
def at(fetcher: Fetcher) -> Load:
    """Load an address with the fetcher in a hurry."""

    def call(address: str, **options: object) -> list[Report | InputError]:
        return list(load(address, fetcher=lambda: fetcher, **options))  # type: ignore[arg-type]

    return call


def test_a_page_at_an_address(server: Server, at: Load) -> None:
    """Its address is where it was got, unless it names another of the same site."""
    server.routes["/a"] = answer(html_page())
    (report,) = at(server.url("/a"))
    assert isinstance(report, Report)
    assert (report.text, report.url, report.origins.url) == (LONG, server.url("/a"), "address")
    server.routes["/b"] = answer(html_page(head='<link rel="canonical" href="https://big.example/story">'))
    (other,) = at(server.url("/b"))
    assert isinstance(other, Report)
    assert other.url == server.url("/b")
    assert "another site's address" in other.notices[0]
    server.routes["/c?x=1"] = answer(html_page(head='<link rel="canonical" href="/c">'))
    (own,) = at(server.url("/c?x=1"))
    assert isinstance(own, Report)
    assert (own.url, own.origins.url) == (server.url("/c"), "link canonical")


def test_a_pdf_at_an_address(server: Server, at: Load) -> None:
    """Other formats are told by what they are."""
    server.routes["/download?id=5"] = answer(pdf([LONG.split("\n\n")]), "application/pdf")
    (report,) = at(server.url("/download?id=5"))
    assert isinstance(report, Report)
    assert report.url == server.url("/download?id=5")


def _feed(server: Server) -> str:
    items = [
        {"title": "One", "link": server.url("/1"), "guid": "1", "pubDate": "Wed, 16 Jan 2013 21:40:00 +0100"},
        {"title": "Two", "link": server.url("/2"), "description": "Two were killed in Palma."},
        {"title": "Three", "link": server.url("/3"), "content:encoded": f"<p>{LONG.split(chr(10))[0]}</p>"},
        {"title": "Four", "link": "http://10.0.0.1/secret"},
    ]
    return rss(items)


def test_a_feed_at_an_address_with_its_pages(server: Server, at: Load) -> None:
    """Pages are fetched; where one can't be, the feed's whole text stands in, and a summary doesn't."""
    server.routes["/feed"] = answer(_feed(server), "application/rss+xml")
    server.routes["/1"] = answer(html_page())
    one, two, three, four = at(server.url("/feed"))
    assert isinstance(one, Report)
    assert (one.text, one.published, one.origins.published) == (LONG, "2013-01-16T21:40:00+01:00", "feed")
    assert (one.publisher, one.origins.publisher) == ("Coast Post", "feed")
    assert one.title == "Gunmen seize bus"
    assert isinstance(two, FetchError)
    assert isinstance(three, Report)
    assert three.text == LONG.split("\n")[0]
    assert three.notices[-1] == "text of the feed: the server answers 404"
    assert isinstance(four, FetchError)
    assert "private network" in str(four)


def test_a_feed_without_its_pages(server: Server, at: Load) -> None:
    """`follow` off reads what the feed carries, and no page is asked for."""
    server.routes["/feed"] = answer(_feed(server), "application/rss+xml")
    one, two, three, four = at(server.url("/feed"), follow=False)
    assert isinstance(one, InputError)
    assert "--follow fetches its page" in str(one)
    assert isinstance(two, Report)
    assert two.notices[0] == "the text is the feed's summary"
    assert isinstance(three, Report)
    assert isinstance(four, InputError)
    assert sum(server.asked.values()) == 1


def test_a_day_of_the_feed_that_contradicts_the_page_is_said(server: Server, at: Load) -> None:
    """The page's own day counts, and the notice gives both."""
    server.routes["/1"] = answer(html_page(head='<meta name="date" content="2013-01-20">'))
    items = [{"title": "One", "link": server.url("/1"), "pubDate": "Wed, 16 Jan 2013 21:40:00 +0100"}]
    server.routes["/feed"] = answer(rss(items), "text/xml")
    (report,) = at(server.url("/feed"))
    assert isinstance(report, Report)
    assert report.published == "2013-01-20"
    assert report.notices == ("published: the page says 2013-01-20, the feed 2013-01-16T21:40:00+01:00",)


def test_sitemaps_of_sitemaps(server: Server, at: Load) -> None:
    """The news extension gives title, name and day; a map that names itself isn't read again."""
    xmlns = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    news = 'xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"'
    server.routes["/sitemap.xml"] = answer(
        f"<sitemapindex {xmlns}><sitemap><loc>{server.url('/news.xml')}</loc></sitemap>"
        f"<sitemap><loc>{server.url('/sitemap.xml')}</loc></sitemap></sitemapindex>", "application/xml",
    )  # fmt: skip
    server.routes["/news.xml"] = answer(
        f"<urlset {xmlns} {news}><url><loc>{server.url('/1')}</loc><n:news><n:publication><n:name>Coast Post</n:name>"
        "</n:publication><n:publication_date>2013-01-16T21:40:00+01:00</n:publication_date><n:title>T</n:title>"
        f"</n:news></url><url><loc>{server.url('/2')}</loc></url></urlset>", "application/xml",
    )  # fmt: skip
    server.routes["/1"] = answer(html_page())
    one, two = at(server.url("/sitemap.xml"))
    assert isinstance(one, Report)
    assert (one.publisher, one.published) == ("Coast Post", "2013-01-16T21:40:00+01:00")
    assert one.origins.published == "sitemap"
    assert isinstance(two, FetchError)
    assert server.asked["/sitemap.xml"] == 1


def test_the_guard_is_in_the_client() -> None:
    """httpx has no option for it: should its inside change, this tells."""
    with Fetcher() as fetcher:
        transport = fetcher._client._transport
        pool = transport._pool  # type: ignore[attr-defined]
        assert isinstance(pool, httpcore.ConnectionPool)
        assert type(pool._network_backend).__name__ == "_Guard"
