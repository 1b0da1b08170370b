"""Dateline reads crisis and conflict news and keeps the record.

>>> import dateline
>>> record = dateline.read("GAO, Mali - Five people were killed, police said.")
>>> [event.type for event in record.events]
['killing']
"""

from __future__ import annotations

from functools import lru_cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from dateline.record import Record, Report, set_renderer

if TYPE_CHECKING:
    from dateline.reading.reader import Reader

__all__ = ["Reader", "Record", "Report", "__version__", "read"]

__version__ = version("dateline")


def __getattr__(name: str) -> Any:
    """Load the reader only when it is asked for: importing the package stays light."""
    if name == "Reader":
        from dateline.reading.reader import Reader

        return Reader
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


def _show(record: Record) -> str:
    from dateline.exports.html import notebook

    return notebook(record)


set_renderer(_show)
