"""The package's own linker under the store: step by step, all at once and by hand the same."""

from __future__ import annotations

import random
from pathlib import Path

from benchmarks.synthetic import pairs
from dateline.incidents import link
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
