"""Times in running text, resolved to days by the day of publication.

`find_times` finds and resolves them all, `resolve_time` resolves the one that
stands in a given span. What hangs on a day that is not known stays open.
"""

from __future__ import annotations

from dateline.reading.times.find import TimeMention, find_times, resolve_time

__all__ = ["TimeMention", "find_times", "resolve_time"]
