"""Read the dateline itself: where a report was filed, when, and by which agency.

Forms read: `LIMA, 20 AUG 88 (EFE) -- [TEXT]`, `ALGIERS, Jan 16 (Sahel Wire) - `,
`KADUNA, Nigeria - `, `WASHINGTON (AP) — `, `Tokyo/Diabaly: `, at the start of a
text or after a headline and a byline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dateline.reading.calendar import MONTH, MONTHS, WEEKDAY, full_year, make_date, nearest_year

__all__ = ["Header", "read_header"]


@dataclass(frozen=True, slots=True)
class Header:
    """A dateline. Spans are (start, end) in code points, end exclusive.

    `places`: the places named, the most exact first; `day` is None where the
    line bears none or where its year can't be known; `end` is where the body
    starts.
    """

    start: int
    places: tuple[tuple[int, int], ...]
    agency: tuple[int, int] | None
    day: date | None
    day_span: tuple[int, int] | None
    end: int


# A headline, a byline and a place line may stand above; further down a dateline isn't one.
_LINES = 4
_LONGEST = 400  # code points; the longest header of the MUC-4 dispatches has under 250

_CAPITAL = r"[^\W\d_a-z][\w'’.-]*"
_LINK = r"(?:de|del|da|do|du|la|el|al|of|the|les|sur|en|and|y|ibn|bin|ech|esh|es)"
_NAME = rf"{_CAPITAL}(?:[ ]{_CAPITAL}|[ ]{_LINK}(?=[ ]{_CAPITAL})){{0,4}}"
_DATE = (
    rf"(?:{WEEKDAY},?\s+)?"
    rf"(?:(?P<d1>\d{{1,2}})\s+(?P<m1>{MONTH})(?:,?\s+(?P<y1>\d{{4}}|\d{{2}})\b)?"
    rf"|(?P<m2>{MONTH})\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(?P<y2>\d{{4}}|\d{{2}}(?=\s*[(\[]))\b)?)"
)
_DASH = r"(?:\s*(?:--+|[—–])\s*|\s+-\s+)"
_HEADER = re.compile(
    rf"(?P<places>{_NAME}(?:(?:,\s|/|\s*;\s*){_NAME}){{0,3}}?)?"
    r"(?:\s*\((?P<inside>[^()\n]{2,40})\)(?=\s*[,(\[]))?"
    rf"(?:,?\s*(?:(?P<date>(?i:{_DATE}))|(?P<undated>NO DATE)))?"
    r"(?:,?\s*[(\[](?P<agency>[^()]{2,60}?)[)\]])?"
    rf"(?P<stop>{_DASH}|\s*:\s+(?=\S)|(?=\s))"
)
_TAGS = re.compile(r"(?:\s*\[[A-Z][^\[\]]{0,200}\])+\s*")
_NAMES = re.compile(_NAME)
# Openings of a line that end in a colon or a dash and name no place.
_NO_PLACES = frozenset(
    {
        *("police", "update", "exclusive", "watch", "opinion", "analysis", "breaking", "video", "live"),
        *("report", "official", "officials", "profile", "factbox", "timeline", "correction", "interview"),
        *("note", "editorial", "comment", "un", "us", "eu", "army", "military", "minister", "government"),
        *("president", "special", "summary", "headline", "sport", "sports", "weather", "warning"),
    }
)


def read_header(text: str, published: date | None = None) -> Header | None:
    """Read the dateline of a text, None where it has none.

    A day without a year takes the year from `published` if it lies within a
    month of it; otherwise it stays None. A year of two digits goes to the
    century nearest to `published`, else 50-99 to 19xx. Nothing is guessed.
    """
    for start in _line_starts(text):
        header = _read_line(text, start, published)
        if header is not None:
            return header
    return None


def _line_starts(text: str) -> Iterator[int]:
    """Yield where the first lines begin, past blanks."""
    place = 0
    for _ in range(_LINES):
        while place < len(text) and (text[place].isspace() or text[place] == "\ufeff"):
            place += 1
        if place == len(text):
            return
        yield place
        place = text.find("\n", place)
        if place < 0:
            return


def _read_line(text: str, start: int, published: date | None) -> Header | None:
    found = _HEADER.match(text, start, min(len(text), start + _LONGEST))
    if found is None or not _is_header(text, found):
        return None
    tags = _TAGS.match(text, found.end()) if found["stop"].strip().startswith("-") else None
    end = tags.end() if tags else found.end()
    return Header(
        start=start,
        places=tuple(_places(found)),
        agency=found.span("agency") if found["agency"] else None,
        day=_day(found, published),
        day_span=found.span("date") if found["date"] else None,
        end=_past_space(text, end),
    )


def _past_space(text: str, place: int) -> int:
    while place < len(text) and text[place].isspace():
        place += 1
    return place


def _is_header(text: str, found: re.Match[str]) -> bool:
    """Tell a dateline from the opening of a sentence or a headline."""
    stop, places = found["stop"].strip(), found["places"] or ""
    dated = bool(found["date"] or found["undated"])
    if not places:
        return bool(found["agency"] and stop and not dated)
    if places.casefold().split("/")[0] in _NO_PLACES:
        return False
    if dated:
        return bool(stop or found["agency"])
    if found["agency"]:
        return stop not in {"", ":"}
    return _stands_out(text, found, stop)


def _stands_out(text: str, found: re.Match[str], stop: str) -> bool:
    """Tell whether places without day and agency are set off from the body.

    Capitals before a body that is not in capitals (`KADUNA, Nigeria - Gunmen`),
    or a colon or a long dash after one short name (`Tokyo/Diabaly: Japan`).
    """
    body = text[found.end() : found.end() + 80]
    if not stop or not body[:1].strip() or body[:1].islower() or body.isupper():
        return False
    first = re.split(r"[,/;]", found["places"])[0]
    if first.isupper():
        return stop != ":" or len(first.split()) <= 3
    return stop != "-" and len(first.split()) <= 2


def _places(found: re.Match[str]) -> Iterator[tuple[int, int]]:
    if found["places"]:
        for name in _NAMES.finditer(found.string, *found.span("places")):
            yield name.span()
    if found["inside"]:
        yield found.span("inside")


def _day(found: re.Match[str], published: date | None) -> date | None:
    if not found["date"]:
        return None
    name = (found["m1"] or found["m2"]).lower().rstrip(".")
    month, day = MONTHS[name], int(found["d1"] or found["d2"])
    year = found["y1"] or found["y2"]
    if year:
        return make_date(full_year(year, published), month, day)
    return nearest_year(month, day, published) if published else None
