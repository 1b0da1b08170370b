"""What is derived: incidents step by step and all at once, filters, ids, postures."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from benchmarks.plain_linker import PlainLinker
from benchmarks.synthetic import pairs
from dateline.errors import NotInStore, StoreError
from dateline.record import Incident, LedgerClaim, LedgerLine
from dateline.store import Filter, Near, Store
from dateline.store.rows import insert_incidents
from tests.store.tales import closure, tale


def _all(store: Store) -> list[str]:
    return [incident.to_json() for incident in store.incidents()]


def test_reports_of_one_happening_are_one_incident(store: Store) -> None:
    """Two tolls from two papers stand in one ledger; another town is another incident."""
    store.add(*tale(killed=5))
    store.add(*tale(killed=7, publisher="Gulf Courier"))
    store.add(*tale("Konna", killed=3))
    both, konna = sorted(store.incidents(), key=lambda i: i.country == "MLI" and len(i.reports), reverse=True)
    assert len(both.reports) == 2
    assert [(c.low, c.by) for c in both.ledger[0].claims] in (
        [(5, "police"), (7, "police")],
        [(7, "police"), (5, "police")],
    )
    assert both.ledger[0].agreement == "contested"
    assert konna.totals["killed"].best == 3


def test_a_later_report_joins_what_was_linked_before(store: Store) -> None:
    """Linking after each report gives what linking once gives."""
    for killed in (5, 6, 7):
        store.add(*tale(killed=killed))
        store.link()
    (incident,) = store.incidents()
    assert len(incident.reports) == 3


def test_a_report_between_two_joins_them(store: Store) -> None:
    """Two incidents become one when a report ties them."""
    store.add(*tale(day="2013-01-14"))
    store.add(*tale(day="2013-01-18"))
    assert len(list(store.incidents())) == 2
    store.add(*tale(day="2013-01-16"))
    assert len(list(store.incidents())) == 1


def test_step_by_step_gives_what_a_rebuild_gives(store: Store) -> None:
    """After any number of steps, deriving all anew changes nothing."""
    rows = list(pairs(0, 60))
    random.Random(1).shuffle(rows)
    for report, record in rows:
        store.add(report, record)
        if random.Random(report.id).random() < 0.3:
            store.link()
    stepwise = _all(store)
    assert store.rebuild() == 60
    assert _all(store) == stepwise


def test_a_rebuild_does_not_hang_on_the_order_in_which_reports_came(another: Callable[[], Store]) -> None:
    """Reports, copies and dated versions, shuffled: the same incidents to the letter."""
    rows = [
        *pairs(0, 40),
        *(tale(killed=k, url="https://a.example.org/1", published=f"2013-01-1{k}") for k in (6, 7, 8)),
        *(tale(publisher=name, published=day) for name, day in (("A", "2013-01-18"), ("B", "2013-01-17"))),
        closure(),
    ]
    seen = set()
    for seed in range(4):
        random.Random(seed).shuffle(rows)
        store = another()
        for report, record in rows:
            store.add(report, record)
        store.rebuild()
        seen.add("\n".join([*_all(store), repr(store.postures()), repr(list(store.records()))]))
    assert len(seen) == 1


def test_only_what_a_report_touches_is_linked_again(store: Store, linker: PlainLinker) -> None:
    """A report costs its neighbours, not the store."""
    for report, record in pairs(0, 200):
        store.add(report, record)
    store.link()
    linker.calls.clear()
    store.add(*tale())
    store.link()
    assert linker.calls == [1]


def test_what_is_added_is_in_the_next_answer(store: Store) -> None:
    """A question links what waits; nobody need ask for it."""
    store.add(*tale())
    assert store.counts()["pending"] == 1
    assert len(list(store.incidents())) == 1
    assert store.counts()["pending"] == 0


@pytest.mark.parametrize(
    ("wanted", "places"),
    [
        (Filter(), "Suva Apia Konna Gao Tigantourine"),
        (Filter(country="MLI"), "Konna Gao"),
        (Filter(country="mli", since="2013-01-17"), "Konna"),
        (Filter(since="2013-01-21"), "Suva Apia"),
        (Filter(until="2013-01-16"), "Gao Tigantourine"),
        (Filter(since="2013-01-17", until="2013-01-31"), "Konna"),
        (Filter(type="airstrike"), "Konna"),
        (Filter(type="talks"), ""),
        (Filter(actor="ansar dine"), "Gao"),
        (Filter(actor="French"), "Konna"),
        (Filter(actor="Ansar al-Sharia"), ""),
        (Filter(killed=9), "Gao Konna Tigantourine"),
        (Filter(killed=10, country="MLI"), "Konna"),
        (Filter(contested=True), "Gao"),
        (Filter(near=Near(16.3, 0.0, 10)), "Gao"),
        (Filter(near=Near(16.3, 0.0, 1)), ""),
        (Filter(near=Near(16.3, 0.0, 450)), "Gao Konna"),
        (Filter(near=Near(-16.0, 180.0, 1200)), "Suva Apia"),
        (Filter(near=Near(89.5, 0.0, 30000)), "Suva Apia Konna Gao Tigantourine"),
        (Filter(text="attack doctor"), "Gao"),
        (Filter(text='"attack by Signatories"'), "Tigantourine"),
        (Filter(text='"Signatories attack"'), ""),
        (Filter(text="BURNED quay"), "Apia"),
        (Filter(text="sarin"), ""),
        (Filter(text='" * : -'), "Suva Apia Konna Gao Tigantourine"),
        (Filter(text="attack", country="DZA", killed=1), "Tigantourine"),
    ],
)  # fmt: skip
def test_filters(filled: Store, wanted: Filter, places: str) -> None:
    """All that is given must hold; circles cross the date line and the pole."""
    found = [i.where.name for i in filled.incidents(wanted) if i.where]
    assert sorted(found) == sorted(places.split())


@pytest.mark.parametrize("common", [1, 3, 1000])
def test_what_many_and_what_few_have_is_found_alike(
    filled: Store, common: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Words, types and actors of many are looked up another way than those of few, with the same answer."""
    monkeypatch.setattr("dateline.store.search._COMMON", common)
    monkeypatch.setattr("dateline.store.conditions._COMMON", common)
    assert [i.country for i in filled.incidents(Filter(type="airstrike"))] == ["MLI"]
    assert len(list(filled.incidents(Filter(type="bombing", actor="man")))) == 2
    assert len(list(filled.tellings(Filter(type="bombing", actor="a man")))) == 2
    assert len(list(filled.incidents(Filter(text="attack")))) == 5
    assert [i.country for i in filled.incidents(Filter(text="attack doctor"))] == ["MLI"]
    assert [i.country for i in filled.incidents(Filter(text="attack", killed=30))] == ["DZA"]
    assert len(list(filled.incidents(Filter(text="attack", country="MLI"), limit=1))) == 1


def test_the_latest_come_first_and_a_limit_cuts(filled: Store) -> None:
    """Incidents come by day, the latest first, whatever the filter."""
    days = [i.start for i in filled.incidents()]
    assert days == sorted(days, key=str, reverse=True)
    assert [i.start for i in filled.incidents(limit=2)] == days[:2]
    assert len(list(filled.incidents(Filter(near=Near(16.3, 0.0, 450)), limit=1))) == 1


@pytest.mark.parametrize("asked", ["100%", "a_b", "'; DROP TABLE reports; --", "NEAR(a b)", "title:x"])
def test_hostile_questions_are_only_words(filled: Store, asked: str) -> None:
    """What has a meaning to a database has none here."""
    assert list(filled.incidents(Filter(text=asked, actor=asked))) == []
    assert list(filled.incidents(Filter(country=asked[:3]))) == []


def test_a_question_without_words_asks_for_nothing(filled: Store) -> None:
    """Signs alone are no words, and leave nothing out."""
    assert len(list(filled.incidents(Filter(text="\x00 ?", actor="\x00")))) == 5


def test_an_incident_is_found_by_its_id_the_beginning_and_ids_it_had(store: Store) -> None:
    """When an earlier report changes the id, the old one still leads there."""
    store.add(*tale(day="2013-01-17"))
    (before,) = store.incidents()
    store.add(*tale(day="2013-01-16"))
    (now,) = store.incidents()
    assert now.id != before.id
    for name in (now.id, now.id[:20], now.id.removeprefix("sha256:")[:8], before.id, before.id[:20]):
        assert store.incident(name) == now
    store.rebuild()
    assert store.incident(before.id[:20]) == now
    assert store.incident(before.id) == now


def test_an_unknown_or_doubtful_id_is_said_to_be_one(store: Store) -> None:
    """No incident, or several that begin so."""
    store.add(*tale())
    with pytest.raises(NotInStore, match="no such incident"):
        store.incident("ffffffffffff")
    with pytest.raises(NotInStore):
        store.incident("")
    store.add(*tale("Konna"))
    with pytest.raises(StoreError):
        store.incident("sha256")


def test_postures_are_derived_from_all_reports_on_a_host(store: Store) -> None:
    """They are asked for by sender and host, and follow new reports."""
    report, record = closure()
    store.add(report, record)
    store.add(*closure("DZA", "2013-01-24"))
    (mali,) = store.postures("JPN", "mli")
    assert (mali.mission, mali.since, mali.claim) == ("closed", "2013-01-23", f"{report.id}#c1")
    assert [p.host for p in store.postures("jpn")] == ["DZA", "MLI"]
    assert store.postures("FRA") == []
    store.add(*closure(day="2013-01-25"))
    assert [p.since for p in store.postures(host="MLI")] == ["2013-01-23", "2013-01-25"]


def test_a_line_of_parts_alone_is_kept(store: Store) -> None:
    """It has neither bounds nor agreement."""
    part = LedgerClaim(report="sha256:0", figure="f1", by="x", kind="official", low=3, high=3, part=True)
    line = LedgerLine(measure="killed", group="hostage", claims=(part,))
    incident = Incident(id="i-1", type="killing", title="t", ledger=(line,))
    with store._base.writing() as connection:
        insert_incidents(connection, [(incident, 1, "")], {}, 1)
    assert list(store.incidents()) == [incident]
