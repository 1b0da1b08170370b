"""Times in running text, resolved to days by the day of publication.

`find_times` finds and resolves those that tell days, `resolve_time` resolves
the one that stands in a given span, `find_expressions` gives all as TIMEX3.
What hangs on a day that is not known stays open.
"""

from __future__ import annotations

from dateline.reading.times.expressions import TimeExpression, find_expressions
from dateline.reading.times.find import find_times, resolve_time
from dateline.reading.times.linking import date_by_events, since_time
from dateline.reading.times.story import TimeMention

__all__ = [
    "TimeExpression",
    "TimeMention",
    "date_by_events",
    "find_expressions",
    "find_times",
    "resolve_time",
    "since_time",
]
