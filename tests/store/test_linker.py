"""The package's own linker under the store: step by step, all at once and by hand the same."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.synthetic import pairs
from dateline import incidents
from dateline.incidents import link
from dateline.record import Record
from dateline.store import Store, open_store


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
    """The package's linker, which counts the records that it is given, and may keep to itself what is tied."""

    def __init__(self) -> None:
        self.keys, self.hosts, self.postures = incidents.keys, incidents.hosts, incidents.postures
        self.tied = incidents.tied
        self.given: list[int] = []

    def link(self, records: Sequence[Record], **known: Any) -> incidents.Linked:
        """Link as the package does."""
        self.given.append(len(records))
        return incidents.link(records, **known)


def test_only_what_is_tied_is_linked_again(file: Path) -> None:
    """A report that shares words and days with many is linked with its own story alone, to the same end."""
    linker = Counting()
    rows = list(pairs(0, 151))
    shared = sum(not incidents.keys(rows[-1][1]).isdisjoint(incidents.keys(r)) for _, r in rows[:-1])
    with open_store(file, linker=linker) as store:
        store.add_together(rows[:-1])
        store.link()
        store.add(*rows[-1])
        store.link()
        assert linker.given[-1] < shared / 2
        assert _incidents(store) == sorted(
            i.to_json() for i in link([record for _, record in rows]).incidents
        )


def test_a_linker_that_tells_no_ties_gets_all_that_share_a_key(file: Path) -> None:
    """Without it all that could be of one incident is linked, with the same result."""
    linker = Counting()
    del linker.tied
    rows = list(pairs(0, 31))
    with open_store(file, linker=linker) as store:
        store.add_together(rows[:-1])
        store.link()
        store.add(*rows[-1])
        store.link()
        shared = sum(not incidents.keys(rows[-1][1]).isdisjoint(incidents.keys(r)) for _, r in rows)
        assert linker.given[-1] >= shared
        assert _incidents(store) == sorted(
            i.to_json() for i in link([record for _, record in rows]).incidents
        )


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
