"""Exports: from what is kept to the formats of the field, one file a format.

>>> from dateline.exports import export
>>> from dateline.store import Filter, open_store
>>> with open_store("crisis.db") as store:                                     # doctest: +SKIP
...     export(store, "incidents", "geojson", "mali.geojson", Filter(country="MLI"))
"""

from __future__ import annotations

from typing import Any

__all__ = ["FORMATS", "WHATS", "brief_of", "export", "render_brief", "write"]

_HOMES = {
    **dict.fromkeys(("FORMATS", "WHATS", "export", "write"), "dateline.exports.formats"),
    **dict.fromkeys(("brief_of", "render_brief"), "dateline.exports.brief"),
}


def __getattr__(name: str) -> Any:
    """Load a format's code only when it is asked for: a terminal page needs none of it."""
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    message = f"module 'dateline.exports' has no attribute {name!r}"
    raise AttributeError(message)
