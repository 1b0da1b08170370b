"""The desk in a browser: every page by hand, by keyboard and by axe, wide and narrow, with hostile reports.

With DATELINE_SCREENSHOTS set to a folder, pictures of the pages are kept in its folder `desk`.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from dateline.reading.reader import Reader
from dateline.record import Report
from dateline.store import open_store
from tests.browser.watching import NARROW, TEXT, WIDE, Watched, main_incident, photograph, settled
from tests.desk.serving import serving

SERIOUS = ("serious", "critical")
HOSTILE = (
    "<script>document.title='broken'</script>",
    "<img src=x onerror=\"document.title='broken'\">",
    "\"><svg onload=document.title='broken'>",
    "javascript:document.title='broken'",
    "{{ 7 * 7 }}{% for x in y %}",
    "</textarea></script><a href=//evil.example>x</a>",
)
IN_VIEW = "(id) => { const r = document.getElementById(id).getBoundingClientRect(); return r.top < innerHeight && r.bottom > 0; }"


def _pages(page: Page, address: str) -> dict[str, str]:
    """Every page by name."""
    incident = main_incident(page, address)
    page.goto(address + incident)
    report = (page.locator(".reports a").nth(1).get_attribute("href") or "").partition("#")[0]
    page.goto(address + "/sources")
    source = page.locator("tbody a").nth(1).get_attribute("href") or ""
    page.goto(address + "/actors?q=hostages")
    actor = page.locator("tbody a").first.get_attribute("href") or ""
    page.goto(address + report)
    fact = page.locator(".of-figure .mend").first.get_attribute("href") or ""
    return {
        "situation": "/", "incident": incident, "report": report, "countries": "/countries",
        "country": "/countries/LBY", "actors": "/actors", "actor": actor, "sources": "/sources",
        "source": source, "review": "/review", "correct": fact, "decisions": "/review/decisions",
        "mend": "/review" + incident.replace("/incidents/", "/incident/"), "changes": "/changes", "add": "/add",
    }  # fmt: skip


def test_every_page_stands_wide_and_narrow(watched: Watched, address: str, tmp_path: Path) -> None:
    """No error in the console, nothing asked of another host, nothing that sticks out; pictures are taken."""
    page = watched.page
    for name, path in _pages(page, address).items():
        for width, size in (("wide", WIDE), ("phone", NARROW)):
            page.set_viewport_size(size)
            page.goto(address + path)
            settled(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], (name, width)
            picture = photograph(page, tmp_path, f"{name}-{width}")
            assert 5_000 < picture.stat().st_size < 150_000, (name, width)
    assert watched.complaints == []
    assert {url.split("/")[2] for url in watched.requests if not url.startswith("data:")} == {
        address.split("/")[2]
    }


def test_axe_finds_nothing_serious(watched: Watched, address: str) -> None:
    """Every page, light and dark, by the rules of axe."""
    page = watched.page
    found = []
    for name, path in _pages(page, address).items():
        page.goto(address + path)
        settled(page)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            answer = Axe().run(page).response["violations"]
            found += [
                f"{name} {scheme}: {v['id']}: {v['nodes'][0]['html'][:140]}"
                for v in answer
                if v["impact"] in SERIOUS
            ]
    assert found == []


def test_dark_is_chosen_and_kept(watched: Watched, address: str, tmp_path: Path) -> None:
    """The switch makes it dark whatever the machine is set to, and the next page still is."""
    page = watched.page
    page.goto(address + "/")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator("[data-theme-switch]").click()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light
    page.goto(address + main_incident(page, address))
    assert page.locator("html").get_attribute("data-theme") == "dark"
    photograph(page, tmp_path, "incident-dark")
    page.goto(address + "/")
    settled(page)
    photograph(page, tmp_path, "situation-dark")


def test_filters_move_list_and_map(watched: Watched, address: str) -> None:
    """A country chosen leaves its incidents in both, and the address says so; going back undoes it."""
    page = watched.page
    page.goto(address + "/")
    settled(page)
    whole = page.locator("#map").get_attribute("data-shown")
    page.locator("[name=country]").select_option("MLI")
    page.wait_for_url("**country=MLI*")
    page.wait_for_function("(whole) => document.getElementById('map').dataset.shown !== whole", arg=whole)
    assert page.locator(".chip", has_text="Mali").count() == 1
    assert (
        int(page.locator("#map").get_attribute("data-shown") or 0)
        <= page.locator(".list-side .incident").count()
    )
    page.go_back()
    page.wait_for_function("(whole) => document.getElementById('map').dataset.shown === whole", arg=whole)


def test_days_move_the_list_and_not_the_map(watched: Watched, address: str) -> None:
    """Who looks at a place and narrows the days still looks at it; another country is gone to."""
    page = watched.page
    page.goto(address + "/")
    settled(page)
    page.locator(".leaflet-control-zoom-in").click()
    page.wait_for_timeout(600)
    land = "getComputedStyle(document.querySelector('.leaflet-map-pane')).transform + document.querySelector('.place-name').style.transform"
    before = page.evaluate(land)
    with page.expect_response("**/map/marks.json?*"):
        page.locator("[name=since]").fill("2013-01-15")
        page.locator("[name=since]").press("Enter")
    page.wait_for_timeout(300)
    assert page.evaluate(land) == before
    with page.expect_response("**/map/marks.json?*"):
        page.locator("[name=country]").select_option("LBY")
    page.wait_for_timeout(300)
    assert page.evaluate(land) != before


def test_the_slider_comes_back_with_the_incidents(watched: Watched, address: str) -> None:
    """A filter that leaves nothing takes it away; without the filter it is there again and moves days."""
    page = watched.page
    page.goto(address + "/")
    settled(page)
    page.locator("[name=text]").fill("nosuchword")
    page.locator("[name=text]").press("Enter")
    page.wait_for_selector(".list-side .empty")
    assert page.locator(".timescale").count() == 0
    page.go_back()
    page.wait_for_selector(".timescale")
    page.locator(".ranges .from").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**since=*")


def test_the_map_names_what_it_shows(watched: Watched, address: str) -> None:
    """Countries from afar, towns from near, and no name over another."""
    page = watched.page
    page.goto(address + "/?country=MLI")
    settled(page)
    page.wait_for_selector(".place-name.town span")
    names = page.locator(".place-name").all_inner_texts()
    assert {"Bamako"} <= {name.strip() for name in names}
    boxes = page.eval_on_selector_all(
        ".place-name span",
        "all => all.map(e => e.getBoundingClientRect()).map(r => [r.left, r.top, r.right, r.bottom])",
    )
    apart = [(a, b) for n, a in enumerate(boxes) for b in boxes[:n]
             if a[0] < b[2] - 8 and b[0] < a[2] - 8 and a[1] < b[3] - 4 and b[1] < a[3] - 4]  # fmt: skip
    assert apart == []


def test_a_posture_hides_no_mark(watched: Watched, address: str) -> None:
    """It stands beside its capital, at the corner where nothing else is."""
    page = watched.page
    page.goto(address + "/")
    settled(page)
    page.wait_for_timeout(400)
    boxes = "all => all.map(e => e.getBoundingClientRect()).map(r => [r.left, r.top, r.right, r.bottom])"
    postures = page.eval_on_selector_all(".posture", boxes)
    marks = page.eval_on_selector_all(".dot, .cluster", boxes)
    hidden = [(p, m) for p in postures for m in marks
              if p[0] < m[2] and m[0] < p[2] and p[1] < m[3] and m[1] < p[3]]  # fmt: skip
    assert len(postures) > 1
    assert hidden == []


def test_a_long_page_is_leapt_through(watched: Watched, address: str) -> None:
    """The line under the head leads to each part and stays in sight."""
    page = watched.page
    page.goto(address + main_incident(page, address))
    page.locator(".jump a", has_text="Timeline").click()
    assert page.evaluate(IN_VIEW, "timeline")
    assert page.locator(".jump").bounding_box()["y"] < 5  # type: ignore[index]


def test_an_area_is_drawn_on_the_map(watched: Watched, address: str) -> None:
    """Press, drag, let go: the circle becomes the filter of place and radius."""
    page = watched.page
    page.goto(address + "/")
    settled(page)
    page.locator(".area-button").click()
    box = page.locator("#map").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 150, box["y"] + 300)
    page.mouse.down()
    page.mouse.move(box["x"] + 230, box["y"] + 300, steps=4)
    page.mouse.up()
    page.wait_for_url("**place=*radius=*")
    assert "," in page.locator("[name=place]").input_value()


def test_the_time_slider_narrows_the_days(watched: Watched, address: str) -> None:
    """By keyboard: the left end one day on is the day asked for since then."""
    page = watched.page
    page.goto(address + "/")
    settled(page)
    page.locator(".ranges .from").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**since=*")
    assert page.locator("[name=since]").input_value()


def test_a_mark_opens_its_incident(watched: Watched, address: str) -> None:
    """A mark on the map leads to the card of its incident."""
    page = watched.page
    page.goto(address + "/?type=airstrike&text=Diabaly")
    settled(page)
    page.locator(".dot").first.click()
    page.wait_for_selector(".leaflet-popup .card .title")


def test_words_and_facts_light_each_other(watched: Watched, address: str) -> None:
    """Focus on a fact lights its words; the words lead to the fact."""
    page = watched.page
    page.goto(address + _pages(page, address)["report"])
    row = page.locator(".fact.of-figure").first
    row.hover()
    assert page.locator("#text .lit").count() > 0
    page.mouse.move(2, 2)
    words = page.locator("#text a.figure").first
    words.focus()
    assert page.locator(".fact.lit").count() > 0
    target = (words.get_attribute("href") or "").removeprefix("#")
    words.click()
    assert page.evaluate(IN_VIEW, target)


def test_the_skip_link_comes_first(watched: Watched, address: str) -> None:
    """The first Tab leads past the navigation."""
    page = watched.page
    page.goto(address + "/countries")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_pages_print(watched: Watched, address: str) -> None:
    """On paper the navigation is gone and the page is light."""
    page = watched.page
    page.goto(address + main_incident(page, address))
    page.emulate_media(media="print", color_scheme="dark")
    assert not page.locator(".top nav").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_runs_and_loads_nothing(
    browser: Browser, tmp_path: Path, reader: Reader, text: str
) -> None:
    """In title, publisher, address and body, on every page that shows them."""
    file = tmp_path / "hostile.db"
    report = Report.of(TEXT + text, title=text, publisher=text, url=text, published="2013-05-03")
    with open_store(file) as store:
        store.add(report, reader.read(report), reader="test")
        store.link()
    page = browser.new_page(viewport=WIDE)
    watched = Watched(page)
    with serving(file) as address:
        for path in (
            "/",
            f"/reports/{report.id}",
            "/review",
            "/sources",
            "/actors",
            "/changes",
            "/countries/MLI",
        ):
            page.goto(address + path)
            page.wait_for_load_state("networkidle")
            assert "broken" not in page.title().replace(text, "")
        page.goto(address + "/")
        link = page.locator(".incident a.title").first.get_attribute("href")
        page.goto(f"{address}{link}")
        assert "broken" not in page.title().replace(text, "")
        assert all(url.startswith(address) for url in watched.requests)
        assert watched.complaints == []
    page.close()
