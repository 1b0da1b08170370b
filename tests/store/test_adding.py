"""What is kept when reports are added: once each, copies, corrected versions."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations

import msgspec
import pytest

from dateline.errors import NotInStore, StoreError
from dateline.record import Record, Report
from dateline.store import Copy, Outcome, Store
from tests.builders import sample
from tests.store.tales import tale

URL = "https://sahel-wire.example.org/2013/01/16/gao"


def test_a_report_comes_back_as_it_was(store: Store) -> None:
    """Report and record are the same after they were kept."""
    report, record = tale(url=URL, title="Attack in Gao")
    assert store.add(report, record) is Outcome.NEW
    assert store.report(report.id) == report
    assert store.record(report.id) == record


def test_every_kind_of_fact_comes_back(store: Store) -> None:
    """A record with places, actors, events, figures and claims is kept whole."""
    record = sample()
    store.add(record.report, record)
    assert store.record(record.report.id) == record


@pytest.mark.parametrize("text", ["a\x00b", "\ufdd0 \ufdd01 \x00", "𝔊𝔞𝔬 \U0001f4a3 غاو", "x" * 300_000])
def test_any_text_is_kept_to_the_letter(store: Store, text: str) -> None:
    """NUL, which PostgreSQL refuses, code points that no text should hold, other planes, long texts."""
    report = Report.of(text, title=text[:40])
    store.add(report, Record(report=report))
    assert store.report(report.id).text == text
    assert store.report(report.id).title == text[:40]


def test_the_same_report_twice_is_nothing_new(store: Store) -> None:
    """The second time nothing is written."""
    report, record = tale(url=URL)
    store.add(report, record)
    store.link()
    before = store.counts()
    assert store.add(report, record) is Outcome.KNOWN
    assert store.counts() == before
    assert not store.needs_reading(report)


def test_the_same_text_from_elsewhere_is_a_copy(store: Store) -> None:
    """Another publisher or address is kept beside the report, which stays one."""
    report, record = tale(url=URL)
    copied, copy_record = tale(
        publisher="Gulf Courier", url="https://gulf.example.org/1", published="2013-01-17"
    )
    store.add(report, record)
    assert store.needs_reading(copied)
    assert store.add(copied, copy_record) is Outcome.COPY
    assert store.counts()["reports"] == 1
    assert store.copies(report.id) == [
        Copy(publisher="Gulf Courier", url="https://gulf.example.org/1", published="2013-01-17")
    ]


def test_a_copy_of_the_same_day_need_not_be_read(store: Store) -> None:
    """A record depends on the text and the day alone, so a copy of that day is kept without one."""
    store.add(*tale(url=URL))
    copied, _ = tale(publisher="Gulf Courier")
    assert not store.needs_reading(copied)
    assert store.add(copied) is Outcome.COPY


def test_the_earliest_appearance_counts_in_any_order(another: Callable[[], Store]) -> None:
    """Whichever appearance of a text comes first into the store, the one published first is the report."""
    tellings = [
        tale(publisher="A", published="2013-01-18", title="late"),
        tale(publisher="B", published="2013-01-16", title="first"),
        tale(publisher="C", published="2013-01-17", title="middle"),
    ]
    for order in permutations(tellings):
        store = another()
        for report, record in order:
            store.add(report, record)
        assert store.report(tellings[0][0].id).title == "first"
        assert [copy.publisher for copy in store.copies(tellings[0][0].id)] == ["C", "A"]


def test_a_new_text_at_an_address_supersedes(store: Store) -> None:
    """The corrected version counts; the old one is kept, and tells nothing to incidents any more."""
    old, new = tale(killed=5, url=URL), tale(killed=7, url=URL)
    store.add(*old)
    assert store.add(*new) is Outcome.CORRECTION
    assert [r.id for r in store.versions(URL)] == [old[0].id, new[0].id]
    assert store.report(URL).id == new[0].id
    (incident,) = store.incidents()
    assert incident.reports == (new[0].id,)
    assert [r.report.id for r in store.records()] == [new[0].id]
    assert len(list(store.records(superseded=True))) == 2


@pytest.mark.parametrize("late_first", [True, False])
def test_an_older_version_that_comes_late_does_not_supersede(store: Store, late_first: bool) -> None:
    """Where both versions state their day, the later one counts in whichever order they come."""
    old, new = tale(killed=5, url=URL), tale(killed=7, url=URL, published="2013-01-17")
    for report, record in (new, old) if late_first else (old, new):
        store.add(report, record)
    assert store.report(URL).id == new[0].id


def test_a_text_superseded_in_one_place_lives_on_in_another(store: Store) -> None:
    """A copy at an address that was not corrected keeps the text alive."""
    old, copied = tale(url=URL), tale(publisher="Gulf Courier", url="https://gulf.example.org/1")
    store.add(*old)
    store.add(*copied)
    store.add(*tale(killed=7, url=URL))
    report = store.report(old[0].id)
    assert report.publisher == "Gulf Courier"
    (incident,) = store.incidents()
    assert len(incident.reports) == 2


def test_a_report_without_its_record_is_refused(store: Store) -> None:
    """What isn't known must be read first; nothing is kept."""
    report, _ = tale()
    with pytest.raises(StoreError, match="read it first"):
        store.add(report)
    assert store.counts()["reports"] == 0


def test_the_newest_reading_counts(store: Store) -> None:
    """A newer reader's record takes the place of the older one; both are kept."""
    report, record = tale()
    store.add(report, record, reader="1")
    newer = msgspec.structs.replace(
        record, figures=(msgspec.structs.replace(record.figures[0], low=6, high=6),)
    )
    assert store.to_reread("2") == [report.id]
    assert store.reread(newer, reader="2")
    assert not store.reread(newer, reader="2")
    assert store.to_reread("2") == []
    assert store.record(report.id).figures[0].low == 6
    assert store.counts()["records"] == 2
    (incident,) = store.incidents()
    assert incident.totals["killed"].best == 6


def test_reports_are_found_by_the_beginning_of_the_digest(store: Store) -> None:
    """Six digits and more name a report; fewer, or others, name none."""
    report, record = tale()
    store.add(report, record)
    digest = report.id.removeprefix("sha256:")
    assert store.report(digest[:6]).id == store.report("sha256:" + digest[:12]).id == report.id
    for name in (digest[:5], "000000000", "https://nowhere.example.org/"):
        with pytest.raises(NotInStore, match="no such report"):
            store.report(name)


def test_long_addresses_are_kept(store: Store) -> None:
    """An address longer than any index takes is found all the same."""
    url = URL + "?" + "x" * 9000
    report, record = tale(url=url)
    store.add(report, record)
    assert store.report(url) == report
