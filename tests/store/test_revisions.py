"""Which incidents changed since a step: what alerts and the desk ask for."""

from __future__ import annotations

from pathlib import Path

from benchmarks.plain_linker import PlainLinker
from dateline.record import Origins, Report
from dateline.store import Store, open_store
from tests.store.tales import tale


def _opened(file: Path) -> Store:
    return open_store(file, linker=PlainLinker())


def test_only_what_changed_since_a_step_is_told(file: Path) -> None:
    """A second happening leaves the first one's revision as it was, and numbers only rise."""
    with _opened(file) as store:
        assert (store.revision(), list(store.changed(0))) == (0, [])
        store.add(*tale(killed=5))
        first = [incident.id for incident in store.changed(0)]
        before = store.revision()
        assert len(first) == 1
        assert before > 0
        store.add(*tale("Suva", killed=9))
        second = [incident.id for incident in store.changed(before)]
        assert len(second) == 1
        assert second != first
        assert store.revision() > before
        assert list(store.changed(store.revision())) == []


def test_a_rebuild_tells_everything_again(file: Path) -> None:
    """What is derived anew has new numbers, also where the last one was deleted."""
    with _opened(file) as store:
        store.add(*tale(killed=5))
        store.link()
        before = store.revision()
        store.rebuild()
        assert len(list(store.changed(before))) == 1


def test_section_and_origins_are_kept(file: Path) -> None:
    """A report comes out with the section and the origins that it came with."""
    report, record = tale(killed=5)
    known = {"section": "World", "origins": Origins(title="og:title", published="feed")}
    report = Report.of(report.text, title="A", published=report.published, **known)
    with _opened(file) as store:
        store.add(report, record)
        kept = store.report(report.id)
    assert (kept.section, kept.origins) == ("World", known["origins"])
