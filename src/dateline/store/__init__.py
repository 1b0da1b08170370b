"""What is kept: reports, records and decisions for good; incidents and postures derived from them.

>>> from dateline.store import Filter, open_store
>>> with open_store("crisis.db") as store:                                     # doctest: +SKIP
...     store.add(report, record)
...     siege = next(store.incidents(Filter(country="DZA", killed=30)))
"""

from __future__ import annotations

from dateline.store.decisions import Anchor, Decision
from dateline.store.keeping import Outcome
from dateline.store.linking import Copy, Linked, Linker
from dateline.store.queries import Filter, Near
from dateline.store.store import Store, open_store

__all__ = [
    "Anchor",
    "Copy",
    "Decision",
    "Filter",
    "Linked",
    "Linker",
    "Near",
    "Outcome",
    "Store",
    "open_store",
]
