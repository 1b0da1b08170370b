"""A browser, and desks over the bundled story to look at and to decide on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from dateline.cli.demo import demo_reports
from dateline.reading.reader import Reader
from dateline.store import open_store
from dateline.store.intake import take_in
from tests.browser.watching import ARGUMENTS, WIDE, Watched
from tests.desk.serving import serving
from tests.store.tales import tale


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """Debian's Chromium, without a network of its own."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory, reader: Reader) -> Path:
    """The bundled story, read and linked, and two attacks that could be one."""
    file = tmp_path_factory.mktemp("story") / "story.db"
    with open_store(file) as store:
        for _ in take_in(store, demo_reports(), reader.read, reader="test", many=reader.read_many):
            pass
        market = " Rockets hit the market at noon, and two schools burned down, the mayor said by telephone."
        for made in (tale(day="2013-01-16"), tale(day="2013-01-18", killed=41, agent="rebels", more=market)):
            store.add(*made, reader="test")
        store.link()
    return file


@pytest.fixture(scope="module")
def address(story: Path) -> Iterator[str]:
    """A desk over the bundled story."""
    with serving(story) as address:
        yield address


@pytest.fixture
def watched(browser: Browser) -> Iterator[Watched]:
    """A page as wide as a desk."""
    page = browser.new_page(viewport=WIDE)
    yield Watched(page)
    page.close()


@pytest.fixture
def own_desk(tmp_path: Path, story: Path) -> Iterator[str]:
    """A desk over a copy of the story, to decide on."""
    with open_store(story) as store:
        store._base.run_outside("PRAGMA wal_checkpoint(TRUNCATE)")
    file = tmp_path / "own.db"
    file.write_bytes(story.read_bytes())
    with serving(file) as address:
        yield address
