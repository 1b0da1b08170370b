"""Postures as a table and as a calendar (RFC 5545): how a country stands in another, since and until when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time
from typing import TextIO

import icalendar

from dateline.exports.countries import country
from dateline.exports.stories import Title
from dateline.exports.tables import Columns, Row
from dateline.exports.wording import plain
from dateline.record import Posture

__all__ = ["POSTURE_COLUMNS", "posture_rows", "posture_words", "spells", "write_calendar"]

POSTURE_COLUMNS: Columns = {
    "sender": "text", "host": "text", "mission": "text", "staff": "text", "advice": "text", "area": "text",
    "status": "text", "since": "text", "until": "text", "current": "bool", "report": "text", "claim": "text",
}  # fmt: skip

_ADVICE = {
    "none": "no advice against travel", "caution": "nationals told to take care",
    "avoid": "nationals told to avoid travel", "leave": "nationals told to leave",
}  # fmt: skip


def spells(posture: Posture) -> Iterator[tuple[Posture, str | None]]:
    """Yield a posture and those that it replaced, the earliest first, each with the day on which it ended."""
    chain = [posture]
    while chain[-1].before is not None:
        chain.append(chain[-1].before)
    ends = [None, *(p.since for p in chain)]
    yield from reversed(list(zip(chain, ends, strict=False)))


def posture_rows(postures: Iterable[Posture]) -> Iterator[Row]:
    """Yield a row for every posture ever taken; `until` is the day of the next, null for the current."""
    for latest in postures:
        for posture, until in spells(latest):
            report, _, claim = (posture.claim or "").partition("#")
            yield {
                **{name: getattr(posture, name) for name in list(POSTURE_COLUMNS)[:8]}, "until": until,
                "current": posture is latest, "report": report or None, "claim": claim or None,
            }  # fmt: skip


def posture_words(posture: Posture) -> str:
    """Word what is said of mission, staff and advice."""
    told = [
        f"mission {posture.mission}" if posture.mission else None,
        f"staff {posture.staff}" if posture.staff else None,
        _ADVICE[posture.advice] if posture.advice else None,
    ]
    words = ", ".join(part for part in told if part) or "nothing said"
    return f"{words} ({plain(posture.area)})" if posture.area else words


def write_calendar(
    postures: Iterable[Posture], stream: TextIO, titles: Mapping[str, Title] | None = None
) -> int:
    """Write an iCalendar with an all-day event a posture, from its day to the day before the next.

    A posture that still stands is an event of its first day, since a calendar has no open
    end. One without a day can't stand in a calendar. `titles` are reports by id, for links.
    """
    stream.write(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Dateline//postures//EN\r\nCALSCALE:GREGORIAN\r\n"
    )
    count = 0
    for latest in postures:
        for posture, until in spells(latest):
            if posture.since:
                stream.write(_event(posture, until, titles or {}).to_ical().decode("utf-8"))
                count += 1
    stream.write("END:VCALENDAR\r\n")
    return count


def _event(posture: Posture, until: str | None, titles: Mapping[str, Title]) -> icalendar.Event:
    start = date.fromisoformat((posture.since or "")[:10])
    report = titles.get((posture.claim or "").partition("#")[0])
    event = icalendar.Event()
    event.add("uid", f"{posture.sender}-{posture.host}-{start.isoformat()}-{_key(posture)}@dateline")
    event.add("dtstamp", datetime.combine(start, time(), UTC))
    event.add("dtstart", start)
    if until and (end := date.fromisoformat(until[:10])) > start:
        event.add("dtend", end)
    event.add("summary", f"{_name(posture.sender)} in {_name(posture.host)}: {posture_words(posture)}")
    event.add("description", _description(posture, report))
    event.add("location", ", ".join(filter(None, (posture.area, _name(posture.host)))))
    states = {name: getattr(posture, name) for name in ("mission", "staff", "advice")}
    if any(states.values()):
        event.add("categories", [f"{name}-{state}" for name, state in states.items() if state])
    event.add("status", "TENTATIVE" if posture.status == "announced" else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    if report and report.url:
        event.add("url", report.url)
    return event


def _key(posture: Posture) -> str:
    return "-".join(p or "x" for p in (posture.mission, posture.staff, posture.advice))


def _name(alpha3: str) -> str:
    land = country(alpha3)
    return land.name if land else alpha3


def _description(posture: Posture, report: Title | None) -> str:
    """Say where it is told: the report, and the claim in the record."""
    told = [posture_words(posture) + (f", {posture.status}" if posture.status else "") + "."]
    if report:
        told.append(
            f"Told by {report.publisher or 'a report'}, {(report.published or '')[:10]}: {report.title}."
        )
    if posture.claim:
        told.append(f"Claim {posture.claim}.")
    return " ".join(told)
