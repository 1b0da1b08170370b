"""`dateline watch` and `dateline alerts`: a round from a feed to an alert, with the real reader and linker."""

from __future__ import annotations

import json
from pathlib import Path

import feedparser
import pytest

from tests.cli.conftest import Command
from tests.reports.made import rss
from tests.watch.server import Server, answer

FIRST = (
    "SEVARE, Mali, Jan 24, 2013 (Harbour Wire) - A car bomb exploded outside a police station in Sevare on "
    "Wednesday, killing five people and wounding at least 12, police said."
)
RULES = """
[channels.page]
kind = "atom"
file = "alerts.atom"
[[rule]]
name = "Mali"
country = "Mali"
measure = "killed"
at_least = 3
channels = ["page"]
"""


@pytest.fixture
def feeds(tmp_path: Path) -> Path:
    """The folder with a file of rules; the test writes the feeds."""
    (tmp_path / "alerts.toml").write_text(RULES)
    return tmp_path / "feeds.toml"


def _serve(server: Server, feeds: Path, *texts: str) -> None:
    day = "Thu, 24 Jan 2013 08:00:00 +0000"
    items = [
        {"title": f"T{n}", "guid": f"{n}", "pubDate": day, "content:encoded": text}
        for n, text in enumerate(texts)
    ]
    server.routes["/feed"] = answer(rss(items), "application/rss+xml")
    feeds.write_text(
        f'[watch]\nalerts = "alerts.toml"\n[[feed]]\nname = "Coast"\nurl = "{server.url("/feed")}"\nfollow = false\n'
    )


def test_from_a_feed_to_an_alert(dateline: Command, feeds: Path) -> None:
    """What is new is read, kept and linked, and the rule speaks once; status tells how it went."""
    db = feeds.parent / "store.db"
    with Server() as server:
        _serve(
            server, feeds, FIRST, "Ministers of both countries met in Oslo on Thursday for talks on trade."
        )
        done = dateline("watch", feeds, "--once", "--db", db)
        assert (done.status, done.out) == (0, ""), done.err
        assert "Coast: 2 new" in done.err
        again = dateline("watch", feeds, "--once", "--db", db)
        assert "alert:" not in again.err
        status = dateline("watch", feeds, "--status")
        told = json.loads(dateline("watch", feeds, "--status", "--json").out)
    assert json.loads(dateline("add", feeds.parent / "none", "--db", db, "--json").out)["new"] == 0
    found = feedparser.parse((feeds.parent / "alerts.atom").read_bytes())
    assert len(found.entries) == 1
    assert "killed 5" in found.entries[0].content[0].value
    assert "police" in found.entries[0].content[0].value
    assert status.status == 0
    assert "Coast" in status.out
    assert (told["feeds"][0]["done"], told["well"]) == (2, True)


def test_rules_are_tried_without_sending(dateline: Command, feeds: Path, tmp_path: Path) -> None:
    """`alerts` prints what the rules would say."""
    db, report = tmp_path / "store.db", tmp_path / "report.txt"
    report.write_text(FIRST, encoding="utf-8")
    dateline("add", report, "--published", "2013-01-24", "--db", db)
    rules = tmp_path / "alerts.toml"
    done = dateline("alerts", rules, "--db", db)
    assert done.status == 0, done.err
    assert "Rule: Mali" in done.out
    assert "killed 5" in done.out
    (line,) = dateline("alerts", rules, "--db", db, "--jsonl").out.splitlines()
    assert json.loads(line)["country"] == "MLI"
    assert (
        dateline("alerts", rules, "--db", db, "--since", "2014-01-01").out
        == "these rules have nothing to say\n"
    )
    assert not (tmp_path / "alerts.atom").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("none.toml",), "can't be opened: no such file"),
        (("feeds.toml", "--status"), "nothing was watched yet"),
        (("feeds.toml", "--once", "--alerts", "none.toml"), "can't be opened"),
        (("feeds.toml", "--once", "--metrics", "nowhere"), "can't listen there"),
    ],
)
def test_what_cannot_start_is_one_line(
    dateline: Command, feeds: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], words: str
) -> None:
    """Files and addresses that are none are told at once."""
    monkeypatch.chdir(feeds.parent)
    feeds.write_text('[[feed]]\nurl = "http://127.0.0.1:1/feed"\n')
    done = dateline("watch", *arguments, "--db", "store.db")
    assert done.status == 1
    assert words in done.lines[-1]
    assert "Traceback" not in done.err
