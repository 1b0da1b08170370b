"""Taking reports in: what is known isn't read, what fails is passed on, what the store can't do is raised."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from benchmarks.plain_linker import PlainLinker
from benchmarks.synthetic import make_report, read
from dateline.errors import EmptyInput, ForeignLanguage, InputError, MissingInput, StoreFull
from dateline.record import Record, Report
from dateline.store import Outcome, Store, intake, open_store
from dateline.store.intake import reader_version, reread, take_in


@pytest.fixture
def store(file: Path) -> Iterator[Store]:
    with open_store(file, linker=PlainLinker()) as made:
        yield made


def test_what_is_known_is_not_read(store: Store) -> None:
    """Reading costs a hundred times what looking does."""
    seen: list[str] = []

    def reading(report: Report) -> Record:
        seen.append(report.id)
        return read(report)

    reports = [make_report(n) for n in (0, 1, 0)]
    assert list(take_in(store, reports, reading, reader="x")) == [Outcome.NEW, Outcome.NEW, Outcome.KNOWN]
    assert seen == [reports[0].id, reports[1].id]


def test_what_cannot_be_read_is_passed_on(store: Store) -> None:
    """Errors of loading and of reading come out in their place, and the rest is kept."""
    missing = MissingInput("no such file", where="x.txt")

    def reading(report: Report) -> Record:
        if report.id == make_report(1).id:
            raise ForeignLanguage("the report is in another language (fr)")
        return read(report)

    found = list(
        take_in(store, [make_report(0), missing, make_report(1), make_report(2)], reading, reader="x")
    )
    assert found[1] is missing
    assert isinstance(found[2], ForeignLanguage)
    assert store.counts()["reports"] == 2


def test_some_are_read_side_by_side(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text is read once a batch; outcomes and errors come in the order of the reports."""
    monkeypatch.setattr(intake, "TOGETHER", 4)
    calls: list[list[str]] = []
    purged, foreign = make_report(0), make_report(1)
    store.add(purged, read(purged))
    store.purge(purged.id, why="so")
    missing = MissingInput("no such file", where="x.txt")

    def many(reports: Iterable[Report]) -> Iterator[Record | InputError]:
        wanted = list(reports)
        calls.append([report.id for report in wanted])
        for report in wanted:
            yield ForeignLanguage("fr") if report.id == foreign.id else read(report)

    two, three = make_report(2), make_report(3)
    again = Report.of(two.text, publisher="Another", published=two.published)
    later = Report.of(two.text, publisher="A third", published="2030-01-01")
    given = [two, missing, again, foreign, two, purged, later, three]
    found = list(take_in(store, given, read, reader="x", many=many))
    kinds = [str(o) if isinstance(o, Outcome) else type(o).__name__ for o in found]
    assert kinds == [
        "new", "MissingInput", "copy", "ForeignLanguage", "known", "Purged", "copy", "new",
    ]  # fmt: skip
    assert calls == [[two.id, foreign.id], [two.id, three.id]]


def test_all_is_linked_at_the_end_and_now_and_then(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Others see incidents come while a long batch is added."""
    monkeypatch.setattr(intake, "LINK_EVERY", 3)
    monkeypatch.setattr(intake, "_REST", 0)
    waiting = []
    for _ in take_in(store, (make_report(n) for n in range(7)), read, reader="x"):
        waiting.append(store.counts()["pending"])
    assert waiting == [1, 2, 3, 1, 2, 3, 1]
    assert store.counts()["pending"] == 0


def test_linking_that_takes_long_is_done_less_often(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """After ten seconds of linking forty go to reading before the next, and at the end all is linked."""
    now = [0.0]
    link = store.link

    def slowly() -> int:
        now[0] += 10
        return link()

    def slow_read(report: Report) -> Record:
        now[0] += 5
        return read(report)

    monkeypatch.setattr(intake, "LINK_EVERY", 2)
    monkeypatch.setattr(intake, "monotonic", lambda: now[0])
    monkeypatch.setattr(store, "link", slowly)
    waiting = [
        store.counts()["pending"]
        for _ in take_in(store, (make_report(n) for n in range(14)), slow_read, reader="x")
    ]
    assert waiting == [1, 2, 1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4]
    assert store.counts()["pending"] == 0


def test_a_store_that_fails_ends_it(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk is no fault of the report's, and the next one would fail as well."""

    def full(*_: object, **__: object) -> None:
        raise StoreFull("no room left to write")

    monkeypatch.setattr(Store, "add_each", full)
    with pytest.raises(StoreFull):
        list(take_in(store, [make_report(0)], read, reader="x"))


def test_rereading_goes_on_where_it_stopped(store: Store) -> None:
    """What was read again is not read a third time; what can't be read keeps its record."""
    list(take_in(store, (make_report(n) for n in range(4)), read, reader="1"))
    first = reread(store, read, reader="2")
    next(first)
    first.close()
    assert len(store.to_reread("2")) == 3

    def failing(report: Report) -> Record:
        raise EmptyInput("the report has no text")

    assert all(isinstance(result, EmptyInput) for result in reread(store, failing, reader="2"))
    assert len([result for result in reread(store, read, reader="2") if isinstance(result, Report)]) == 3
    assert store.to_reread("2") == []
    assert store.counts()["records"] == 8


def test_the_readers_version_names_its_model() -> None:
    """A new model under the same number is another version."""
    number, mark, digest = reader_version().partition("+")
    assert (number[0].isdigit(), mark, len(digest)) == (True, "+", 8)
