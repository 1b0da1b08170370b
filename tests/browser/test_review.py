"""Review, adding and changes in a browser: every decision by keyboard or form, on a desk of one's own."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

from tests.browser.watching import TEXT, Watched, main_incident, photograph


def _reviewer(page: Page, address: str, kind: str) -> None:
    page.goto(f"{address}/review?kind={kind}")
    page.locator("#decide [name=who]").fill("Ana")
    page.keyboard.press("Escape")


def _decided(page: Page, kind: str) -> None:
    page.wait_for_selector(".done")
    assert page.locator(".side-column li").first.inner_text().startswith(kind)


def test_review_by_keyboard(watched: Watched, own_desk: str, tmp_path: Path) -> None:
    """Accept, reject, keep apart, merge, correct and undo, each by a key; every one is listed with the name."""
    page = watched.page
    _reviewer(page, own_desk, "facts")
    first = page.locator(".item").first.inner_text()
    page.keyboard.press("a")
    _decided(page, "accept")
    assert page.locator(".item").first.inner_text() != first
    page.keyboard.press("x")
    page.locator(".side-column li:first-child", has_text="reject").wait_for()
    page.keyboard.press("c")
    page.wait_for_selector("[name^=to_]")
    page.locator("select[name=to_status]").select_option("possible")
    page.locator("form.stack [name=why]").fill("hedged")
    page.locator("button[value=correct]").click()
    page.goto(own_desk + "/review?kind=twins")
    page.keyboard.press("j")
    photograph(page, tmp_path, "review-twins")
    page.keyboard.press("k")
    _decided(page, "split")
    page.keyboard.press("u")
    page.wait_for_url("**/review/decisions*")
    page.wait_for_function("document.activeElement.name === 'why'")
    page.keyboard.type("they are one")
    page.keyboard.press("Enter")
    page.wait_for_selector(".done")
    page.goto(own_desk + "/review?kind=twins")
    page.keyboard.press("j")
    page.keyboard.press("m")
    _decided(page, "merge")
    page.goto(own_desk + "/review/decisions")
    text = page.locator("main").inner_text()
    assert [
        kind for kind in ("accept", "reject", "correct", "split", "undo", "merge") if kind not in text
    ] == []
    assert text.count("Ana") >= 5
    photograph(page, tmp_path, "decisions-wide")
    assert watched.complaints == []


def test_an_incident_is_split(watched: Watched, own_desk: str) -> None:
    """Reports that tell of another happening are chosen and split off."""
    page = watched.page
    incident = main_incident(page, own_desk)
    page.goto(own_desk + "/review" + incident.replace("/incidents/", "/incident/"))
    form = page.locator("form", has=page.locator("button[value=split]"))
    boxes = form.locator("[type=checkbox]")
    count = boxes.count()
    boxes.last.check()
    form.locator("[name=who]").fill("Ana")
    form.locator("[name=why]").fill("another raid")
    form.locator("button").click()
    page.wait_for_url("**done=d-*")
    assert f"{count - 1} report" in page.locator(".page-head").inner_text()


def test_a_text_is_read_as_it_is_pasted(watched: Watched, own_desk: str, tmp_path: Path) -> None:
    """The record stands below the text without a click; kept, it is a report."""
    page = watched.page
    page.goto(own_desk + "/add")
    page.locator("[name=published]").fill("2013-05-03")
    page.locator("[name=text]").fill(TEXT)
    page.wait_for_selector("#draft .fact")
    assert "9 killed" in page.locator("#draft").inner_text()
    photograph(page, tmp_path, "add-read")
    page.locator("#draft button", has_text="Keep").click()
    page.wait_for_url("**/reports/sha256*")
    assert TEXT.strip() in page.locator("#text").inner_text()


def test_changes_are_told_until_they_are_seen(watched: Watched, own_desk: str, tmp_path: Path) -> None:
    """What was decided since the last look is told; once looked at, it is no more."""
    page = watched.page
    page.goto(own_desk + "/changes")
    page.get_by_role("button", name="I have looked").click()
    page.wait_for_selector(".empty")
    page.goto(own_desk + "/add")
    page.locator("[name=text]").fill(TEXT)
    page.wait_for_selector("#draft .fact")
    page.locator("#draft button", has_text="Keep").click()
    page.wait_for_url("**/reports/sha256*")
    page.goto(own_desk + "/changes")
    assert page.locator(".incidents .incident").count() >= 1
    photograph(page, tmp_path, "changes-wide")
