"""What is kept: reports, records and decisions for good; incidents and postures derived from them.

>>> from dateline.store import Filter, open_store
>>> with open_store("crisis.db") as store:                                     # doctest: +SKIP
...     store.add(report, record)
...     siege = next(store.incidents(Filter(country="DZA", killed=30)))
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dateline.store.asking import FILTERS, parse_country, parse_filter
    from dateline.store.decisions import Anchor, Decision
    from dateline.store.filters import Filter, Near
    from dateline.store.keeping import Outcome
    from dateline.store.linking import Copy, Linked, Linker
    from dateline.store.store import Store, open_store
    from dateline.store.telling import Telling

__all__ = [
    "FILTERS",
    "Anchor",
    "Copy",
    "Decision",
    "Filter",
    "Linked",
    "Linker",
    "Near",
    "Outcome",
    "Store",
    "Telling",
    "open_store",
    "parse_country",
    "parse_filter",
]

_MODULES = {
    "asking": ("FILTERS", "parse_country", "parse_filter"),
    "decisions": ("Anchor", "Decision"),
    "filters": ("Filter", "Near"),
    "keeping": ("Outcome",),
    "linking": ("Copy", "Linked", "Linker"),
    "store": ("Store", "open_store"),
    "telling": ("Telling",),
}
_HOME = {name: module for module, names in _MODULES.items() for name in names}


def __getattr__(name: str) -> Any:
    """Load a name's module when it is asked for: the command line's help needs no database."""
    if name not in _HOME:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
