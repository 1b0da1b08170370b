"""When a claim was made: the time that stands with the words of saying."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date

from dateline.reading.times import TimeMention

__all__ = ["is_long_before", "said_when"]

Offsets = tuple[int, int]
REACH = 48  # characters from the cue to its time: "told the news agency AFP by telephone on Wednesday"
LONGEST = 60  # characters of a time: "late on the night of Wednesday, 16 January 2013"
LONG = 60  # days before its report: no report has as news what was said earlier
_BETWEEN = re.compile(r"[\w\s'’.\-]*$")
_FRONT = re.compile(r"[,\s]*$")


def said_when(text: str, times: Sequence[TimeMention], source: Offsets, cue: Offsets) -> TimeMention | None:
    """Find the time of saying: behind the cue with no comma between, or right before the source.

    "AFP said on Wednesday", "On Monday, the minister said".
    """
    tail = max(source[1], cue[1]) if abs(source[0] - cue[1]) < 3 else cue[1]
    head = min(source[0], cue[0])
    first = bisect_left(times, head - LONGEST, key=lambda t: t.start)
    for time in times[first : bisect_left(times, tail + REACH + 1, key=lambda t: t.start)]:
        behind = text[tail : time.start]
        if 0 <= time.start - tail <= REACH and _BETWEEN.match(behind) and "that" not in behind.split():
            return time
        if 0 <= head - time.end <= 3 and _FRONT.match(text[time.end : head]):
            return time
    return None


def is_long_before(time: TimeMention, published: date | None, content: Offsets) -> bool:
    """Tell a time that is hardly that of saying: long before the report, and no day outside what is said.

    "Said he resigned a year ago", "said in 2012"; but "said on 3 March 2012" is told for its day.
    """
    end = time.first if time.precision == "year" else time.last or time.first
    if published is None or end is None or (published - date.fromisoformat(end[:10])).days <= LONG:
        return False
    return time.precision not in ("day", "hour") or content[0] <= time.start < content[1]
