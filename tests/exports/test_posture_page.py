"""Postures on a terminal: what, since when, said by whom, and what was before."""

from __future__ import annotations

import io

from rich.console import Console

from dateline.exports.posture_page import posture_table, speakers, word_posture
from dateline.record import Posture
from tests.store.tales import closure


def _printed(postures: list[Posture], said_by: dict[str, str]) -> list[str]:
    console = Console(file=io.StringIO(), width=80)
    with console.capture() as captured:
        console.print(posture_table(postures, said_by))
    return captured.get().splitlines()


def test_a_posture_is_worded_by_what_is_known_of_it() -> None:
    """What is not stated is left out."""
    assert word_posture(Posture(sender="JPN", host="MLI", mission="closed")) == "mission closed"
    told = Posture(
        sender="GBR", host="LBY", staff="evacuated", advice="leave", area="Benghazi", status="in-force"
    )
    assert word_posture(told) == "staff evacuated, advice: leave, for Benghazi, in-force"


def test_who_says_it_is_looked_up_by_its_claim() -> None:
    """With the publisher; a claim that is gone names nobody."""
    report, record = closure()
    known = Posture(sender="JPN", host="MLI", mission="closed", claim=f"{report.id}#c1")
    gone = Posture(sender="JPN", host="DZA", mission="open", claim=f"{report.id}#c9")
    assert speakers([known, gone], {report.id: record}) == {f"{report.id}#c1": "a diplomat (Tokyo Press)"}


def test_what_was_before_has_a_column_where_anything_was() -> None:
    """Otherwise its room goes to the rest."""
    before = Posture(sender="JPN", host="MLI", mission="open")
    now = Posture(sender="JPN", host="MLI", mission="closed", since="2013-01-23", claim="r#c1", before=before)
    head, row, *_ = _printed([now], {"r#c1": "the ministry (Tokyo Press)"})
    assert head.split() == ["who", "in", "since", "posture", "said", "by", "before"]
    assert row.split()[:5] == ["JPN", "MLI", "2013-01-23", "mission", "closed"]
    assert "open" in row
    (head, *_) = _printed([before], {})
    assert "before" not in head
