"""Files, pages and streams in, `Report`s out: one module a format.

Nothing here opens a socket. What can't be read comes out as an `InputError`
value, so that one bad report doesn't end a batch.
"""

from __future__ import annotations

from dateline.reports.dates import parse_published
from dateline.reports.load import load

__all__ = ["load", "parse_published"]
