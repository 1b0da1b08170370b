"""Read the day or time of publication that a file, a page or a person states."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime

from dateline.errors import DateError

__all__ = ["UNSTATED", "dated", "parse_published", "stated_date"]

# Spelled dates of page metadata and hand-made files. Digits alone with slashes are left
# out: 03/04/2013 is one day in Paris and another in New York.
_FORMS = (
    "%d %B %Y",
    "%d %b %Y",
    "%B %d %Y",
    "%b %d %Y",
    "%Y/%m/%d",
    "%d %B %Y %H:%M",
    "%B %d %Y %H:%M",
    "%Y/%m/%d %H:%M",
    "%Y/%m/%d %H:%M:%S",
)
_WEEKDAY = re.compile(
    r"^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+", re.IGNORECASE
)
_ORDINAL = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)\b", re.IGNORECASE)
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}|\d{8}")
_LONGEST = 64  # code points; the longest date that anyone states has under 40
_AHEAD = timedelta(days=1)  # it is tomorrow in some zone; beyond that it is the future everywhere
_FIRST_YEAR = 1600  # before the first newspaper; years like 0001 are what databases write for none
_EPOCH = "1970-01-01"  # what programs write for no date
UNSTATED = "published: no day of publication is stated"


def parse_published(value: object) -> str:
    """Give a stated date or datetime in ISO 8601, its zone kept if it has one.

    Raises DateError when it is no date or can be read in two ways.
    """
    text = " ".join(str(value).split())
    if isinstance(value, str | date) and 0 < len(text) <= _LONGEST:
        for read in (_iso, _mail, _spelled):
            found = _tried(read, text)
            if found is not None:
                return found
    raise DateError(
        f"{text[:_LONGEST]!r} is no date", hint="write it like 2013-01-23 or 2013-01-23T19:10:00+09:00"
    )


def stated_date(
    value: object, name: str, *, seen: datetime | None = None
) -> tuple[str | None, tuple[str, ...]]:
    """Read a date found in data: the date and no notice, or None and the notice that it was left out.

    What lies in the future of `seen`, when the data were got (default: now),
    can't be right, nor what lies before newspapers.
    """
    if value is None or value == "":
        return None, ()
    try:
        found = parse_published(value)
    except DateError as error:
        return None, (f"{name} left out: {error.what}",)
    wrong = _impossible(found, seen or datetime.now(UTC))
    return (None, (f"{name} left out: {found} {wrong}",)) if wrong else (found, ())


def dated(published: str | None, notices: tuple[str, ...]) -> tuple[str, ...]:
    """Give the notices, with one that no day is stated where there is none and nothing says so yet."""
    said = published is not None or any(notice.startswith("published") for notice in notices)
    return notices if said else (*notices, UNSTATED)


def _impossible(found: str, seen: datetime) -> str | None:
    at = datetime.fromisoformat(found)
    if at.year < _FIRST_YEAR or found.startswith(_EPOCH):
        return "is no day of publication"
    try:
        late = (at if at.tzinfo else at.replace(tzinfo=UTC)) > seen + _AHEAD
    except OverflowError:  # the last day of the calendar, in another zone
        late = True
    return "lies in the future" if late else None


def _tried(read: Callable[[str], str | None], text: str) -> str | None:
    try:
        return read(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _iso(text: str) -> str:
    if _ISO_DAY.fullmatch(text):
        return date.fromisoformat(text).isoformat()
    return datetime.fromisoformat(text).isoformat()


def _mail(text: str) -> str:
    """Read the form of mail and feeds: `Wed, 16 Jan 2013 21:40:00 +0100`."""
    return parsedate_to_datetime(text).isoformat()


def _spelled(text: str) -> str | None:
    plain = _ORDINAL.sub(r"\1", _WEEKDAY.sub("", text)).replace(",", "").replace(".", "")
    for form in _FORMS:
        try:
            found = datetime.strptime(plain, form)
        except ValueError:
            continue
        return found.isoformat() if "%H" in form else found.date().isoformat()
    return None
