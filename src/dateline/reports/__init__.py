"""Files, pages, feeds, archives and streams in, `Report`s out: one module a format.

Only `fetch` opens a socket, and only for addresses. What can't be read comes
out as an `InputError` value, so that one bad report doesn't end a batch.
"""

from __future__ import annotations

from dateline.reports.dates import parse_published
from dateline.reports.load import load
from dateline.reports.loading import Columns, parse_columns

__all__ = ["Columns", "load", "parse_columns", "parse_published"]
