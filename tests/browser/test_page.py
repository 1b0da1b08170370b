"""The record's page in a browser: it asks for nothing, lights facts and words, and fits a phone.

With DATELINE_SCREENSHOTS set to a folder, what the browser shows is kept there.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from dateline.cli.demo import demo_reports
from dateline.exports.html import page as render
from dateline.reading.reader import Reader
from dateline.record import Record
from tests.browser.watching import Watched
from tests.builders import sample

IN_VIEW = """(id) => {
  const at = document.getElementById(id).getBoundingClientRect();
  return at.top >= 0 && at.top <= window.innerHeight;
}"""


@pytest.fixture(scope="module")
def records(reader: Reader) -> dict[str, Record]:
    """A record made by hand and the first bundled report's."""
    return {"made": sample(), "demo": reader.read(next(demo_reports()))}


@pytest.fixture(params=["made", "demo"])
def shown(
    request: pytest.FixtureRequest, browser: Browser, records: dict[str, Record], tmp_path: Path
) -> Iterator[Watched]:
    """The page of a record, loaded from its file."""
    path = tmp_path / f"{request.param}.html"
    path.write_text(render(records[request.param]), encoding="utf-8")
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    watched = Watched(page)
    page.goto(path.as_uri())
    yield watched
    page.close()


def _photograph(page: Page, folder: Path, name: str) -> Path:
    target = Path(os.environ.get("DATELINE_SCREENSHOTS") or folder) / name
    target.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=target)
    return target


def test_page_loads_alone_and_in_peace(shown: Watched, tmp_path: Path) -> None:
    """The page asks for nothing but itself, and the console holds no error."""
    shown.page.wait_for_load_state("networkidle")
    assert shown.requests == [shown.page.url]
    assert shown.complaints == []
    picture = _photograph(shown.page, tmp_path, f"{Path(shown.page.url).stem}-wide.png")
    assert picture.stat().st_size > 10_000


def test_a_fact_lights_its_words(shown: Watched) -> None:
    """With the pointer on a fact its words are lit, and no longer when it has left."""
    row = shown.page.locator(".row.of-event").first
    keys = set((row.get_attribute("data-fact") or "").split())
    assert shown.lit("#text") == []
    row.hover()
    lit = [set(facts.split()) for facts in shown.lit("#text")]
    assert lit
    assert all(facts & keys for facts in lit)
    shown.page.mouse.move(2, 2)
    assert shown.lit("#text") == []


def test_words_light_their_fact(shown: Watched) -> None:
    """With the pointer on a trigger in the text its fact is lit."""
    words = shown.page.locator("#text .event").first
    keys = set((words.get_attribute("data-facts") or "").split())
    words.hover()
    lit = {key for facts in shown.lit("main") if facts for key in facts.split()}
    assert keys <= lit


def test_keyboard_reaches_a_fact(shown: Watched) -> None:
    """A fact's link that has the focus lights its words, without a pointer."""
    shown.page.locator(".row.of-event a").first.focus()
    assert shown.lit("#text")


def test_link_goes_to_its_words(shown: Watched) -> None:
    """A fact's link brings its words into view; the text behind the anchor is the trigger's."""
    link = shown.page.locator(".row.of-event .words a").last
    target = (link.get_attribute("href") or "").removeprefix("#")
    link.click()
    assert shown.page.url.endswith(f"#{target}")
    assert shown.page.evaluate(IN_VIEW, target)
    behind = shown.page.evaluate(
        "(id) => { let at = document.getElementById(id); while (!at.textContent) at = at.nextElementSibling;"
        " return at.textContent; }",
        target,
    )
    assert link.inner_text().strip("“”").startswith(behind)


def test_page_fits_a_phone(shown: Watched, tmp_path: Path) -> None:
    """At 390 pixels nothing sticks out to the side."""
    shown.page.set_viewport_size({"width": 390, "height": 844})
    assert shown.page.evaluate("document.documentElement.scrollWidth") <= 390
    _photograph(shown.page, tmp_path, f"{Path(shown.page.url).stem}-phone.png")


def test_page_has_a_dark_side(shown: Watched, tmp_path: Path) -> None:
    """Where the reader's machine is set to dark, the paper is dark."""
    light = shown.page.evaluate("getComputedStyle(document.body).backgroundColor")
    shown.page.emulate_media(color_scheme="dark")
    assert shown.page.evaluate("getComputedStyle(document.body).backgroundColor") != light
    _photograph(shown.page, tmp_path, f"{Path(shown.page.url).stem}-dark.png")


@pytest.mark.parametrize(
    "text",
    ["<img src=x onerror=document.title='broken'>", "</script><script>document.title='broken'</script>"],
)
def test_hostile_text_runs_nothing(browser: Browser, tmp_path: Path, text: str) -> None:
    """Markup in a report's text is shown and not run."""
    path = tmp_path / "hostile.html"
    path.write_text(render(sample().__class__(report=sample().report.of(text, title=text))), encoding="utf-8")
    page = browser.new_page()
    watched = Watched(page)
    page.goto(path.as_uri())
    assert page.title() == f"{text} · Dateline"
    assert page.locator("#text").inner_text() == text
    assert watched.requests == [page.url]
    page.close()
