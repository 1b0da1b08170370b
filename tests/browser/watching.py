"""What tests in a browser share: what a page asked for and complained of, and pictures of it."""

from __future__ import annotations

import os
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

__all__ = ["ARGUMENTS", "NARROW", "TEXT", "WIDE", "Watched", "main_incident", "photograph", "settled"]

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
TEXT = "Gao - A market in Gao, Mali, was bombed on Friday, killing nine people, police said. "


class Watched:
    """A page in the browser, with what it asked for and what it complained of."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)

    def lit(self, where: str) -> list[str]:
        """Name the facts of what is lit in a part of the page."""
        name = "data-facts" if where == "#text" else "data-fact"
        return self.page.eval_on_selector_all(
            f"{where} .lit", f"all => all.map(e => e.getAttribute('{name}'))"
        )


def main_incident(page: Page, address: str) -> str:
    """The address of the siege: the incident of most reports."""
    page.goto(address + "/")
    rows = page.locator(".list-side .incident")
    told = [int(words.split()[0]) for words in rows.locator(".facts span:last-child").all_inner_texts()]
    return rows.nth(told.index(max(told))).locator("a.title").get_attribute("href") or ""


def photograph(page: Page, folder: Path, name: str) -> Path:
    """Keep what the browser shows, in 200 colours: a picture of words needs no more."""
    kept = os.environ.get("DATELINE_SCREENSHOTS")
    target = (Path(kept) / "desk" if kept else folder) / f"{name}.png"
    target.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=target)
    with Image.open(target) as picture:
        small = picture.convert("RGB").quantize(200, dither=Image.Dither.NONE)
    small.save(target, optimize=True)
    return target


def settled(page: Page) -> None:
    page.wait_for_load_state("networkidle")
    if page.locator("#map").count():
        page.wait_for_selector("#map[data-drawn][data-shown]")
        page.wait_for_timeout(300)
