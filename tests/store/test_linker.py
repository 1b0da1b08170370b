"""The package's own linker under the store: step by step, all at once and by hand the same."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.synthetic import pairs
from dateline import incidents
from dateline.incidents import link
from dateline.record import Incident, Record, Report
from dateline.store import Store, open_store

_MANY = 151  # reports: some share words and days with the last and tell of something else


def _incidents(store: Store) -> list[str]:
    return sorted(incident.to_json() for incident in store.incidents())


def test_the_store_gives_what_linking_all_records_gives(file: Path) -> None:
    """Reports in any order, linked a few at a time: the incidents of `link` over all records."""
    rows = list(pairs(0, 60))
    random.Random(3).shuffle(rows)
    with open_store(file) as store:
        for number, (report, record) in enumerate(rows):
            store.add(report, record)
            if number % 7 == 0:
                store.link()
        stepwise = _incidents(store)
        assert stepwise == sorted(i.to_json() for i in link([record for _, record in rows]).incidents)
        store.rebuild()
        assert _incidents(store) == stepwise


class Counting:
    """The package's linker, which counts the briefs that it groups and the incidents that it builds."""

    def __init__(self) -> None:
        self.grouped: list[int] = []
        self.built: list[tuple[str, ...]] = []

    def __getattr__(self, name: str) -> Any:
        """Do everything else as the package does."""
        return getattr(incidents, name)

    def group(self, briefs: Iterable[incidents.Brief], **known: Any) -> incidents.Grouping:
        """Group as the package does."""
        rows = list(briefs)
        self.grouped.append(len(rows))
        return incidents.group(rows, **known)

    def build(self, group: incidents.Group, *known: Any) -> Incident:
        """Build as the package does."""
        self.built.append(group.reports)
        return incidents.build(group, *known)


class Whole:
    """The package's linker, which knows no steps, and counts the records that it is given."""

    def __init__(self) -> None:
        self.keys, self.hosts, self.postures = incidents.keys, incidents.hosts, incidents.postures
        self.given: list[int] = []

    def link(self, records: Sequence[Record], **known: Any) -> incidents.Linked:
        """Link as the package does."""
        self.given.append(len(records))
        return incidents.link(records, **known)


def _by_hand(rows: Sequence[tuple[Report, Record]]) -> list[str]:
    return sorted(i.to_json() for i in link([record for _, record in rows]).incidents)


def _last_alone(file: Path, linker: Any, rows: Sequence[tuple[Report, Record]]) -> list[str]:
    """Link all but the last report, then the last; give the incidents."""
    with open_store(file, linker=linker) as store:
        store.add_together(rows[:-1])
        store.link()
        store.add(*rows[-1])
        store.link()
        return _incidents(store)


def _sharing(rows: Sequence[tuple[Report, Record]]) -> int:
    """Count the reports that share a key with the last one."""
    keys = incidents.keys(rows[-1][1])
    return sum(not keys.isdisjoint(incidents.keys(record)) for _, record in rows[:-1])


def test_only_what_is_tied_is_linked_again(file: Path) -> None:
    """A report that shares words and days with many is linked with its own story alone, to the same end."""
    linker, rows = Counting(), list(pairs(0, _MANY))
    found = _last_alone(file, linker, rows)
    assert linker.grouped[-1] < _sharing(rows) / 2
    assert found == _by_hand(rows)


def test_only_incidents_that_others_tell_now_are_built_again(file: Path) -> None:
    """Of what is tied to a report only the incident that it tells is made anew, and once."""
    linker, rows = Counting(), list(pairs(0, _MANY))
    last = rows[-1][0].id
    with open_store(file, linker=linker) as store:
        store.add_together(rows[:-1])
        store.link()
        before = len(linker.built)
        store.add(*rows[-1])
        store.link()
        assert [reports for reports in linker.built[before:] if last not in reports] == []
        assert linker.built[before:]
        again = len(linker.built)
        store.rebuild()
        assert len(linker.built) - again == len(_incidents(store))


def test_a_linker_that_knows_no_steps_gets_all_that_share_a_key(file: Path) -> None:
    """Without them all that could be of one incident is linked, with the same result."""
    linker, rows = Whole(), list(pairs(0, _MANY))
    found = _last_alone(file, linker, rows)
    assert linker.given[-1] > _sharing(rows)
    assert found == _by_hand(rows)


def test_merges_and_splits_reach_the_linker(file: Path) -> None:
    """What people decide holds with the package's linker as well, and is taken back with the decision."""
    with open_store(file) as store:
        for report, record in pairs(0, 30):
            store.add(report, record)
        before = _incidents(store)
        ids = [i.id for i in store.incidents()]
        merge = store.merge(ids[:2], why="one happening")
        assert len(_incidents(store)) == len(before) - 1
        store.undo(merge.id, why="two")
        assert _incidents(store) == before
        many = max(store.incidents(), key=lambda i: len(i.reports))
        split = store.split(many.id, [many.reports[-1]], why="another one")
        assert len(_incidents(store)) == len(before) + 1
        store.rebuild()
        assert len(_incidents(store)) == len(before) + 1
        store.undo(split.id, why="the same")
        assert _incidents(store) == before
