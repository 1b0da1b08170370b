"""The HTML page: the whole text, every fact linked, and nothing in it that acts."""

from __future__ import annotations

import base64
import hashlib
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings

from dateline.exports.html import notebook, page
from dateline.exports.wording import plain
from dateline.record import Claim, Event, Figure, Place, Record, Report, Source, Span
from tests.builders import TEXT, records, sample

_VOID = {"meta", "link", "br", "img", "input", "hr"}
HOSTILE = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\"><svg onload=alert(1)>",
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "{{ 7 * 7 }} {% include 'x' %}",
    "&lt;b&gt; &amp;amp; &#60;i&#62;",
    "<!-- --> ]]> <![CDATA[",
    "\u202egnp.exe\u202c \u05d0\u05d1 \u0645\u0627\u0644\u064a",
    "\x00\x1b[2J\ufeff\U0001f4a5\u200d",
]  # fmt: skip


class _Page(HTMLParser):
    """Collects elements, the text of `#text` and the body of scripts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text, self.script, self.heading = "", "", ""
        self._open: list[tuple[str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        self.tags.append((tag, known))
        if tag not in _VOID:
            self._open.append((tag, known.get("id", "")))

    def handle_endtag(self, tag: str) -> None:
        assert self._open, f"</{tag}> closes nothing"
        assert self._open.pop()[0] == tag, f"</{tag}> closes another"

    def handle_data(self, data: str) -> None:
        if ("section", "text") in self._open:
            self.text += data
        if self._open and self._open[-1][0] == "script":
            self.script += data
        if self._open and self._open[-1][0] == "h1":
            self.heading += data

    def all(self, name: str) -> list[str]:
        return [known[name] for _, known in self.tags if name in known]


def _hostile(text: str) -> Record:
    """A record in which every field that a report can fill is hostile."""
    whole = f"{text} killed {text}"
    every = Span.of(whole, 0, len(whole))
    return Record(
        report=Report.of(
            whole, title=text, publisher=text, published=text, language=text, url=text, notices=(text,)
        ),
        places=(Place(id="p1", name=text, mentions=(every,), country=text, admin1=text, lat=1.0, lon=2.0),),
        events=(
            Event(id="e1", type="killing", happening="h1", trigger=every, status="happened", where="p1"),
        ),
        figures=(Figure(id="f1", measure="killed", span=every, who=every, low=1, high=1),),
        claims=(
            Claim(id="c1", source=Source(span=every, name=text, kind="witness"), cue=every, via=every,
                  content=every, about=("e1", "f1")),
        ),
    )  # fmt: skip


def test_page_holds_the_text_to_the_letter() -> None:
    """The text on the page, marks taken away, is the report's."""
    assert _Page(page(sample())).text == TEXT


@given(records())
@settings(max_examples=25)
def test_any_record_gives_a_whole_page(record: Record) -> None:
    """Whatever overlaps, each element closes in order and no letter of the text is lost."""
    assert _Page(page(record)).text == record.report.text


def test_overlapping_spans_are_cut_into_pieces() -> None:
    """Words that belong to several facts name all of them."""
    text = "rebels killed five soldiers"
    record = Record(
        report=Report.of(text),
        events=(
            Event(id="e1", type="killing", happening="h1", trigger=Span.of(text, 0, 13), status="happened"),
            Event(id="e2", type="battle", happening="h2", trigger=Span.of(text, 7, 18), status="happened"),
        ),
    )
    made = _Page(page(record))
    facts = [known["data-facts"] for tag, known in made.tags if "data-facts" in known]
    assert facts == ["e1", "e1 e2", "e2"]
    assert made.text == text


def test_every_fact_is_linked_to_its_words() -> None:
    """Each event, figure, place and statement of another has a link, and its anchor is in the text."""
    record = sample()
    made = _Page(page(record))
    anchors = {i for i in made.all("id") if i.startswith("w-")}
    links = {h.removeprefix("#") for h in made.all("href")}
    said = [c.id for c in record.claims if c.source.span]
    wanted = {f"w-{x.id}" for x in (*record.events, *record.figures, *record.places)} | {
        f"w-{i}" for i in said
    }
    assert anchors == wanted
    assert links == wanted


def test_ids_are_unique() -> None:
    """No two elements share an id."""
    ids = _Page(page(sample())).all("id")
    assert len(ids) == len(set(ids))


def test_policy_names_the_one_script() -> None:
    """The content security policy allows nothing but the page's own script, by its digest."""
    made = _Page(page(sample()))
    policy = next(k["content"] for t, k in made.tags if t == "meta" and "http-equiv" in k)
    digest = base64.b64encode(hashlib.sha256(made.script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert sum(tag == "script" for tag, _ in made.tags) == 1


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_and_does_nothing(text: str) -> None:
    """Markup, quotes, script addresses and overrides in any field stay text."""
    clean, made = _Page(page(sample())), _Page(page(_hostile(text)))
    assert made.text == f"{text} killed {text}"
    assert made.heading == plain(text)
    assert made.script == clean.script
    assert {tag for tag, _ in made.tags} <= {tag for tag, _ in clean.tags} | {"p"}
    assert not {name for _, known in made.tags for name in known if name.startswith("on") or name == "src"}
    assert all(href.startswith("#w-") for href in made.all("href"))
    assert "49" not in made.text


def test_page_asks_for_nothing() -> None:
    """No address of another file stands in the page."""
    html = page(sample())
    assert not {"link", "img", "iframe", "object"} & {tag for tag, _ in _Page(html).tags}
    assert "url(" not in html
    assert "@import" not in html


def test_empty_record_says_so() -> None:
    """A report in which nothing was found gives a page that says it."""
    html = page(Record(report=Report.of("Nothing here.")))
    assert "No events found." in html
    assert "No figures found." in html
    assert "day of publication not known" in html


def test_same_record_gives_the_same_bytes() -> None:
    """The page has no clock and no chance in it."""
    assert page(sample()) == page(sample())


@pytest.mark.parametrize("text", HOSTILE)
def test_notebook_keeps_the_page_in_its_frame(text: str) -> None:
    """In a notebook the page is one sandboxed frame that a hostile text can't close."""
    made = _Page(notebook(_hostile(text)))
    assert [tag for tag, _ in made.tags] == ["iframe"]
    assert made.tags[0][1]["sandbox"] == "allow-scripts"
    assert made.tags[0][1]["srcdoc"] == page(_hostile(text))
