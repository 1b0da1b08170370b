"""Dateline reads crisis and conflict news and keeps the record.

>>> import dateline
>>> record = dateline.read("GAO, Mali - Five people were killed, police said.")
>>> [event.type for event in record.events]
['killing']
>>> [incident.type for incident in dateline.link([record]).incidents]
['killing']
"""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from dateline.record import Incident, Record, Report, set_renderer

if TYPE_CHECKING:
    from dateline.incidents import link
    from dateline.reading.reader import Reader
    from dateline.store import open_store

    __version__: str

__all__ = ["Incident", "Reader", "Record", "Report", "__version__", "link", "open_store", "read"]

# What is loaded when it is asked for, so that importing the package stays light.
_HOME = {"Reader": "reading.reader", "link": "incidents", "open_store": "store"}


def __getattr__(name: str) -> Any:
    """Load the reader, the linker or the store at the first use."""
    if name in _HOME:
        return getattr(import_module(f"dateline.{_HOME[name]}"), name)
    if name == "__version__":
        from importlib.metadata import version

        return version("dateline")
    message = f"module 'dateline' has no attribute {name!r}"
    raise AttributeError(message)


@lru_cache(maxsize=1)
def _reader() -> Reader:
    from dateline.reading.reader import Reader

    return Reader()


def read(text: str | Report, *, published: str | None = None, **known: Any) -> Record:
    """Read one report into its record, with a reader that is loaded once.

    `published` is an ISO date or datetime; `known` are other fields of Report
    (`title`, `publisher`, `url`, ...). Raises InputError when there is nothing
    to read, DateError when `published` is no date.
    """
    from dateline.reports import parse_published

    day = parse_published(published) if published is not None else None
    report = text if isinstance(text, Report) else Report.of(text, published=day, **known)
    return _reader().read(report)


def _show_record(record: Record) -> str:
    from dateline.exports.html import notebook

    return notebook(record)


def _show_incident(incident: Incident) -> str:
    from dateline.exports.incident_html import incident_html

    return incident_html(incident)


set_renderer(Record, _show_record)
set_renderer(Incident, _show_incident)
