"""Which time is an event's: what stands between the two, and events that others are dated by."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import msgspec

from dateline.reading.calendar import shift_days, shift_months
from dateline.reading.times.story import TimeMention
from dateline.reading.times.values import singular
from dateline.reading.times.words import AMOUNT, amount_of
from dateline.record import Event, Span, When

__all__ = ["date_by_events", "since_time"]

_SINCE = re.compile(r"\bsince\b[^.;:,]*$", re.IGNORECASE)
_UNIT = r"(?:days?|nights?|weeks?|fortnights?|months?|years?)"
_HANGING = re.compile(rf"(?:(?P<n>{AMOUNT}|the)\s+)?(?P<u>{_UNIT})\s+(?P<way>after|before)$", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[.!?;][\"”’)]*\s|\n\s*\n|,|\b(?:and|but|then|while)\b", re.IGNORECASE)
_REACH = 110  # code points from "a day after" to the verb of the clause that it opens


def since_time(text: str, time: TimeMention, trigger_end: int, anchor: date | None) -> TimeMention:
    """Widen the time of an event that a clause of `since` follows: "have died since the war began in 2011".

    What the clause tells began then; what is told before the clause has gone on since.
    """
    found = _SINCE.search(text, trigger_end, time.start) if trigger_end < time.start else None
    if found is None or time.first is None:
        return time
    last = anchor.isoformat() if anchor and anchor.isoformat() >= time.first else None
    return replace(time, start=found.start(), last=last)


def date_by_events(text: str, events: Sequence[Event], times: Sequence[TimeMention]) -> list[Event]:
    """Date events by each other where a time hangs on a happening ("a day after Japan announced").

    Where the sentence dates what comes first, the happening is dated by it (`find_times` gives the days);
    where the happening is dated, here or by another mention, what hangs on it is.
    """
    out = list(events)
    for time in times:
        if _HANGING.search(text, time.start, time.end):
            at = _opened(text, out, time.end)
            if at is not None and time.first:
                out[at] = msgspec.structs.replace(out[at], when=_when(text, time))
    for at, event in enumerate(out):
        dated = _hung(text, out, event)
        if dated is not None:
            out[at] = msgspec.structs.replace(event, when=dated)
    return out


def _opened(text: str, events: Sequence[Event], place: int) -> int | None:
    """Find the event of the clause that begins at a place: the first trigger in it."""
    stop = _CLAUSE_END.search(text, place, place + _REACH)
    end = stop.start() if stop else place + _REACH
    near = [(e.trigger.start, at) for at, e in enumerate(events) if place <= e.trigger.start < end]
    return min(near)[1] if near else None


def _when(text: str, time: TimeMention) -> When:
    return When(
        span=Span.of(text, time.start, time.end),
        start=time.first,
        end=time.last,
        precision=time.precision,
        rests_on=time.rests_on,
    )


def _hung(text: str, events: Sequence[Event], event: Event) -> When | None:
    """Give the day of an event that hangs on one told next whose own day is known; else None."""
    when = event.when
    if when is None or when.span is None or when.start or when.end:
        return None
    found = _HANGING.search(when.span.text)
    at = _opened(text, events, when.span.end) if found else None
    if found is None or at is None or events[at] is event:
        return None
    base = _day_of(events, events[at])
    amount = 1 if found["n"] in (None, "the") else amount_of(found["n"])
    if base is None or amount is None or base.start is None:
        return None
    step = amount if found["way"].lower() == "after" else -amount
    day = _moved(date.fromisoformat(base.start[:10]), singular(found["u"]), step).isoformat()
    rests_on = (*base.rests_on, events[at].id)
    return When(span=when.span, start=day, end=day, precision="day", rests_on=rests_on)


def _day_of(events: Sequence[Event], event: Event) -> When | None:
    """Give the day of a happening, by this mention or another; None where none tells a single day."""
    mentions = [event, *(e for e in events if e.happening == event.happening)]
    return next((e.when for e in mentions if e.when and e.when.start and e.when.start == e.when.end), None)


def _moved(day: date, unit: str, amount: int) -> date:
    if unit in {"month", "year"}:
        return shift_months(day, amount * (12 if unit == "year" else 1))
    return shift_days(day, amount * {"week": 7, "fortnight": 14}.get(unit, 1))
