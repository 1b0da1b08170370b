"""The pages as they are sent: each answers, each escapes what reports say, forms decide and add."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import ClassVar

import pytest
from fastapi.testclient import TestClient

from dateline.store import open_store
from tests.desk.desks import HOSTILE, a_store, opened_desk
from tests.store.tales import tale

PAGES = (
    "/",
    "/changes",
    "/countries",
    "/countries/MLI",
    "/actors",
    "/sources",
    "/review",
    "/review/decisions",
    "/add",
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TestClient]:
    """A desk over six reports, one of them hostile."""
    with opened_desk(a_store(tmp_path)) as client:
        yield client


class _Checked(HTMLParser):
    """Notes what no page of ours may hold: inline scripts, styles, handlers, addresses elsewhere."""

    WITHOUT_END: ClassVar[set[str]] = {"meta", "link", "input", "br", "img"}

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids += [given["id"] or ""] if "id" in given else []
        handlers = [name for name in given if name.startswith("on") or name == "style"]
        elsewhere = [
            v
            for n, v in attrs
            if n in ("src", "href", "action") and (v or "").startswith(("http", "//", "javascript"))
        ]
        inline = (
            tag == "style" or (tag == "script" and "src" not in given) or tag in ("img", "iframe", "object")
        )
        self.found += handlers + elsewhere + ([tag] if inline else [])


def _checked(body: str) -> _Checked:
    parser = _Checked()
    parser.feed(body)
    return parser


def _addresses(desk: TestClient) -> list[str]:
    """Every page, with one of each thing that has a page."""
    links = re.findall(
        r'href="(/(?:incidents|reports|actors|sources)/[^"#]+)"', "".join(desk.get(p).text for p in PAGES)
    )
    incidents = sorted({link for link in links if link.startswith("/incidents/")})
    more = [f"/review/incident/{name.rpartition('/')[2]}" for name in incidents]
    reports = re.findall(r'href="(/reports/[^"#]+)"', "".join(desk.get(name).text for name in incidents))
    return sorted({*PAGES, *links, *reports, *more, *(f"{name}/card" for name in incidents)})


def test_every_page_answers_and_nothing_hostile_acts(desk: TestClient) -> None:
    """No page holds an inline script, style or handler, whatever reports say, and ids are unique."""
    addresses = _addresses(desk)
    assert len(addresses) > 20
    shown = 0
    for address in addresses:
        answer = desk.get(address)
        assert answer.status_code == 200, address
        checked = _checked(answer.text)
        assert checked.found == [], address
        assert len(checked.ids) == len(set(checked.ids)), address
        assert "script-src 'self'" in answer.headers["content-security-policy"]
        shown += answer.text.count("&lt;script&gt;alert(1)")
    assert shown > 2


@pytest.mark.parametrize(
    "address",
    ["/incidents/i-none", "/reports/sha256:0", "/countries/XXXX", "/actors/nobody", "/sources/nobody"],
)
def test_what_is_not_there_is_told(desk: TestClient, address: str) -> None:
    """404 with a page, and no traceback."""
    answer = desk.get(address, headers={"accept": "text/html"})
    assert answer.status_code == 404
    assert "<h1>" in answer.text


def test_a_bad_filter_keeps_the_page(desk: TestClient) -> None:
    """It is told by its field, and the form still holds what was typed."""
    answer = desk.get("/?since=soon&country=Mali")
    assert answer.status_code == 400
    assert 'id="problem-since"' in answer.text
    assert 'value="soon"' in answer.text


def test_filters_are_those_of_the_command_line(desk: TestClient) -> None:
    """The same names ask for the same."""
    assert "<b>1</b> incident<" in desk.get("/?type=airstrike").text
    assert "<b>0</b> incidents" in desk.get("/?type=airstrike&killed=100").text
    assert "Konna" in desk.get("/?place=14.94,-3.89&radius=50").text


def test_a_decision_is_kept_with_name_and_reason(desk: TestClient, tmp_path: Path) -> None:
    """The form decides, goes back to where it was, and what was decided is listed and exported."""
    report, _ = tale("Konna", "2013-01-20", 12, kind="airstrike", agent="the French air force")
    what = f"{report.id}#f1"
    fields = desk.get("/review/fact", params={"what": what}).text
    assert 'name="to_low"' in fields
    form = {
        "action": "correct",
        "what": what,
        "who": "Ana",
        "why": "misread",
        "to_low": "14",
        "to_high": "14",
        "next": "/review?kind=facts",
    }
    answer = desk.post("/review/decide", data=form, follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/review?kind=facts&done=d-")
    assert "14 killed" in desk.get(f"/reports/{report.id}").text
    assert "misread" in desk.get("/review/decisions").text
    (line,) = desk.get("/review/decisions.jsonl").text.splitlines()
    assert '"by":"Ana"' in line
    with open_store(tmp_path / "desk.db") as store:
        assert [d.who for d in store.decisions()] == ["Ana"]


def test_a_decision_never_leads_elsewhere(desk: TestClient) -> None:
    """Where to go back to is an address on this desk."""
    report, _ = tale("Konna", "2013-01-20", 12, kind="airstrike", agent="the French air force")
    for where in ("https://evil.example/", "//evil.example", "/\\evil.example"):
        form = {"action": "accept", "what": f"{report.id}#f1", "who": "Ana", "why": "so", "next": where}
        answer = desk.post("/review/decide", data=form, follow_redirects=False)
        assert answer.headers["location"].startswith("/review?done=")


def test_nothing_is_decided_without_a_name(desk: TestClient) -> None:
    """One clear line, and nothing kept."""
    report, _ = tale("Konna", "2013-01-20", 12, kind="airstrike", agent="the French air force")
    answer = desk.post("/review/decide", data={"action": "reject", "what": f"{report.id}#f1", "why": "x"})
    assert answer.status_code == 422
    assert "name" in answer.text
    assert desk.get("/review/decisions.jsonl").text == ""


def test_a_text_is_read_and_kept_only_when_asked(desk: TestClient) -> None:
    """Reading shows the record; keeping leads to the report."""
    text = f"GAO, Mali - A bomb killed nine people, police said. {HOSTILE}"
    shown = desk.post("/add", data={"text": text, "published": "2013-05-03"}, headers={"x-part": "draft"})
    assert shown.status_code == 200
    assert _checked(shown.text).found == []
    (key,) = re.findall(r'name="keep" value="([^"]+)"', shown.text)
    assert desk.get(f"/reports/{key}").status_code == 404
    kept = desk.post("/add/keep", data={"keep": key}, follow_redirects=False)
    assert kept.headers["location"] == f"/reports/{key}"
    assert "9 killed" in desk.get(f"/reports/{key}").text


def test_files_are_read_and_bad_ones_told(desk: TestClient) -> None:
    """Each report of a file can be kept; what can't be read is one line."""
    lines = b'{"text": "Gao - Four people were killed."}\n{"text": "Konna - Six people were killed."}\n'
    files = [
        ("files", ("two.jsonl", lines, "application/jsonl")),
        ("files", ("bad.pdf", b"%PDF-1.4 broken", "application/pdf")),
    ]
    shown = desk.post("/add", files=files)
    assert shown.status_code == 200
    keys = re.findall(r'name="keep" value="([^"]+)"', shown.text)
    assert len(keys) == 2
    assert "bad.pdf" in shown.text
    kept = desk.post("/add/keep", data={"keep": [*keys, "sha256:gone"]})
    assert kept.text.count('> <span class="soft">new</span>') == 2
    assert "not kept" in kept.text


def test_nothing_to_read_is_told(desk: TestClient) -> None:
    """An empty form is no report."""
    assert "nothing to read" in desk.post("/add", data={"text": "  "}).text


@pytest.mark.parametrize(
    "form", ["jsonl", "csv", "geojson", "acled", "ged", "hxl", "cap", "stix", "jsonld", "turtle"]
)
def test_an_incident_is_exported_alone(desk: TestClient, form: str) -> None:
    """Every format holds this incident and no other."""
    name = re.search(r'href="/incidents/([^"]+)"', desk.get("/?type=airstrike").text)
    assert name is not None
    answer = desk.get(f"/incidents/{name[1]}/export/{form}")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith("attachment")
    assert b"Tigantourine" not in answer.content
    assert len(answer.content) > 50


def test_libraries_come_from_packages_and_nothing_else_does(desk: TestClient) -> None:
    """Only files that are named are given out."""
    assert b"Leaflet" in desk.get("/assets/leaflet.js?v=1").content
    assert "immutable" in desk.get("/assets/sans.otf?v=1").headers["cache-control"]
    for name in ("../core.py", "%2e%2e/core.py", "leaflet-src.js"):
        assert desk.get(f"/assets/{name}").status_code == 404


def test_marks_are_sent_once(desk: TestClient) -> None:
    """A map that is up to date is told so."""
    first = desk.get("/map/marks.json?country=MLI")
    again = desk.get("/map/marks.json?country=MLI", headers={"if-none-match": first.headers["etag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
