"""Calendar arithmetic of news: names of months and days, years without a century, intervals.

All functions are pure and know the proleptic Gregorian calendar only. An
interval is a pair of days, both inclusive.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

__all__ = [
    "MONTH",
    "MONTHS",
    "SEASONS",
    "WEEKDAY",
    "WEEKDAYS",
    "Interval",
    "easter",
    "full_year",
    "make_date",
    "month_of",
    "nearest_year",
    "nth_weekday",
    "season_of",
    "shift_days",
    "shift_months",
    "week_of",
    "year_of",
]

Interval = tuple[date, date]

MONTHS = {
    name[:length]: number
    for number, name in enumerate(
        (
            *("january", "february", "march", "april", "may", "june"),
            *("july", "august", "september", "october", "november", "december"),
        ),
        1,
    )
    for length in (3, len(name))
} | {"sept": 9}
# Patterns for use inside verbose or plain regular expressions that ignore case.
MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)(?:\.|\b))"
)
WEEKDAYS = {
    name: number
    for number, name in enumerate(
        ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    )
}
WEEKDAY = "(?:" + "|".join(WEEKDAYS) + ")"
# First month of the northern seasons, which the gold and the wires take for granted.
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}

# A year of two digits below this is of this century: wires of the archives begin long after 1950.
_PIVOT = 50
# A day without a year is dated by the day of publication only when it lies this near to it.
_NEAR_DAYS = 31


def make_date(year: int, month: int, day: int) -> date | None:
    """Make a date, None where there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def full_year(digits: str, near: date | None = None) -> int:
    """Give the four-digit year of `89` or `1989`; two digits go to the century nearest to `near`."""
    year = int(digits)
    if len(digits) > 2:
        return year
    if near is None:
        return year + (2000 if year < _PIVOT else 1900)
    century = near.year - near.year % 100
    return min((century + step + year for step in (-100, 0, 100)), key=lambda full: abs(full - near.year))


def nearest_year(month: int, day: int, near: date, *, within: int = _NEAR_DAYS) -> date | None:
    """Give the day of this month and day nearest to `near`, None if over `within` days away."""
    days = [made for step in (-1, 0, 1) if (made := make_date(near.year + step, month, day))]
    best = min(days, key=lambda day: abs((day - near).days), default=None)
    return best if best is not None and abs((best - near).days) <= within else None


def shift_days(day: date, days: int) -> date:
    """Move a day, stopping at the calendar's ends."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def shift_months(day: date, months: int) -> date:
    """Move a day by months, to the last day of a shorter month, stopping at the calendar's ends."""
    index = day.year * 12 + day.month - 1 + months
    if not 12 <= index < 12 * (date.max.year + 1):
        return date.max if months > 0 else date.min
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def week_of(day: date) -> Interval:
    """Give the week of a day, Monday to Sunday (ISO 8601)."""
    monday = shift_days(day, -day.weekday())
    return monday, shift_days(monday, 6)


def month_of(year: int, month: int) -> Interval:
    """Give the first and the last day of a month."""
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def year_of(year: int) -> Interval:
    """Give the first and the last day of a year."""
    return date(year, 1, 1), date(year, 12, 31)


def season_of(year: int, season: str) -> Interval:
    """Give the three months of a northern season; winter begins in its year."""
    first = date(year, SEASONS[season], 1)
    return first, shift_days(shift_months(first, 3), -1)


def easter(year: int) -> date:
    """Give Easter Sunday of the western churches (the anonymous Gregorian computus, Meeus 1991)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    h = (19 * a + b - d - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    rest = (32 + 2 * e + 2 * i - h - k) % 7
    month, day = divmod(h + rest - 7 * ((a + 11 * h + 22 * rest) // 451) + 114, 31)
    return date(year, month, day + 1)


def nth_weekday(year: int, month: int, weekday: int, number: int) -> date:
    """Give the first, second ... of a weekday (Monday is 0) in a month, with -1 the last."""
    first, last = month_of(year, month)
    if number < 0:
        return shift_days(last, -((last.weekday() - weekday) % 7))
    return shift_days(first, (weekday - first.weekday()) % 7 + 7 * (number - 1))
