"""Rules for dates that name a month or a year: `3 February 2013`, `in March`, `the 1990s`."""

from __future__ import annotations

import re
from datetime import date

from dateline.reading.calendar import (
    MONTH,
    MONTHS,
    WEEKDAY,
    Interval,
    full_year,
    make_date,
    month_of,
    season_of,
    shift_days,
    year_of,
)
from dateline.reading.times.words import (
    CENTURY,
    ORDINAL,
    YEAR,
    Basis,
    Rank,
    Reading,
    Rule,
    Setting,
    needs,
    pattern,
)

__all__ = ["ABSOLUTE"]

# A date without a year is of the past unless the next such day is this near and the last far away.
_COMING_DAYS = 14
_LONG_AGO_DAYS = 320
_MONTHS_AHEAD = 9  # a month that comes later than this is mostly the one just past

# A story without a day of publication mostly goes forward: a date lies this far behind the last one at most.
_BACK_DAYS = 120
_YEAR_DAYS, _MONTH_DAYS = 366, 31

_JOIN = r"\s*(?:-|–|to|and|or|through|until|till)\s*"
_YEAR_PART = (
    rf"(?:(?:,?\s+(?:of\s+)?|,\s*)(?P<y>{YEAR})(?![\d,]\d)|\s+(?P<yy>\d\d)(?=\s*(?:\(|--|[.,;)]|$)))?"
    r"(?:,?\s+(?:of\s+)?(?P<yrel>this|last|next|that|(?:of\s+)?the\s+same|(?:of\s+)?the\s+following)\s+year)?"
)
_WEEKDAY_PART = rf"(?:last\s+)?(?:{WEEKDAY},?\s+[\[(]?)?"
_DMY = (
    rf"{_WEEKDAY_PART}(?:the\s+)?(?P<d>\d{{1,2}}){ORDINAL}(?:{_JOIN}(?:the\s+)?(?P<d2>\d{{1,2}}){ORDINAL})?"
    rf"[\s-]+(?:of\s+)?(?P<m>{MONTH}){_YEAR_PART}[\])]?"
)
_MDY = (
    rf"{_WEEKDAY_PART}(?P<m>{MONTH})[^\S\n]+(?:the\s+)?(?P<d>\d{{1,2}}){ORDINAL}(?![\d:]|[,.]\d|\s*%)"
    rf"(?:{_JOIN}(?:the\s+)?(?P<d2>\d{{1,2}}){ORDINAL}(?![\d:]|[,.]\d|\s*%))?{_YEAR_PART}[\])]?"
)
# Only where one number can be no month: 04/30/2005 or 30/04/2005.
_NUMERIC = rf"(?P<a>\d{{1,2}})[/.](?P<b>\d{{1,2}})[/.](?P<y>{YEAR})"
_ISO = r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?:T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?"
# `may` and `march` are verbs, and MAY one in capitals: alone they need a word of time before them.
_BARE_MONTH = (
    r"(?:(?<=in\s)|(?<=since\s)|(?<=by\s)|(?<=until\s)|(?<=of\s)|(?<=from\s)|(?<=during\s)|(?<=late\s)"
    r"|(?<=early\s)|(?<=mid-)|(?<=last\s)|(?<=next\s)|(?<=this\s))(?:march|may)\b"
)
_MONTH_NAME = (
    r"(?:january|february|april|june|july|august|september|october|november|december"
    r"|(?:jan|feb|apr|jun|jul|aug|sept?|oct|nov|dec)\.)"
)
_MONTH_ALONE = (
    rf"(?:(?P<rel>last|this|next|past)\s+)?(?:the\s+month\s+of\s+|month\s+of\s+)?"
    rf"(?:(?P<m>{_MONTH_NAME}|{_BARE_MONTH})(?:(?:,?\s+(?:of\s+)?|,\s*)(?P<y>{YEAR})(?![\d,]\d))?"
    rf"|(?P<my>{MONTH})(?:,?\s+(?:of\s+)?|,\s*)(?P<yy>{YEAR})(?![\d,]\d))"
    r"(?:,?\s+(?:of\s+)?(?P<yrel>this|last|next|that|(?:of\s+)?the\s+same|(?:of\s+)?the\s+following)\s+year)?"
    r"(?!\s+\d{1,2}\b(?![\d,]))"
)
_SEASON = (
    rf"(?:(?P<rel>last|this|next)\s+(?:year's\s+)?(?P<s>spring|summer|autumn|fall|winter)"
    rf"|(?:the\s+)?(?P<sy>spring|summer|autumn|fall|winter)(?:,?\s+(?:of\s+)?)(?P<y>{YEAR}|(?P<yrel>this|last|next)\s+year)"
    r"|(?:(?<=in\s)|(?<=over\sthe\s)|(?<=during\sthe\s)|(?<=since\s)|(?<=by\s)|(?<=until\s))(?:the\s+)?"
    r"(?P<sb>spring|summer|autumn|winter)(?!\s+of\b|,?\s+\d))"
)
_YEARS = (
    rf"(?:the\s+years?\s+)?(?<!at\s)(?<!approximately\s)(?P<y>{YEAR})(?:\s?[-–/]\s?(?P<y2>{YEAR}|\d\d))?"
    r"(?![-–/:]?\d|,\d|-[a-z]|\s?%|['’]?s\b)"
)
_SEASON_CODE = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
_DECADE = (
    rf"(?:the\s+)?(?P<y>{CENTURY}\d0)['’]?s(?:\s+(?:and|or)\s+(?:the\s+)?['’]?(?P<y2>{CENTURY}?\d0)['’]?s)?"
)


def _explicit_year(found: re.Match[str], setting: Setting) -> tuple[int | None, Basis]:
    """Give the year that stands with a date, and what it hangs on: `last year`, `that year`."""
    groups = found.groupdict()
    digits = groups.get("y") or groups.get("yy")
    if digits:
        return full_year(digits, setting.anchor), ""
    relative = (groups.get("yrel") or "").lower().split()
    if not relative:
        return None, ""
    if relative[-1] in {"last", "this", "next"}:
        step = {"last": -1, "this": 0, "next": 1}[relative[-1]]
        return (setting.anchor.year + step if setting.anchor else None), "anchored"
    told = setting.reference(_YEAR_DAYS)
    return (told[0].year + (relative[-1] == "following") if told else None), "referred"


def _month_number(found: re.Match[str], name: str) -> int:
    return MONTHS[found[name].lower().rstrip(".")]


def _date(found: re.Match[str], setting: Setting) -> Reading | None:
    """Resolve a day or days of a month; without a year by the anchor and the tense."""
    month, first_day = _month_number(found, "m"), int(found["d"])
    last_day = int(found["d2"] or first_day)
    year, basis = _explicit_year(found, setting)
    if year is None:
        if basis:
            return None
        if setting.anchor is None:
            year, basis = _year_of_story(month, last_day, setting), "referred"
        else:
            last = _by_tense(month, last_day, setting.anchor, setting.future)
            year, basis = (last.year if last else setting.anchor.year), "anchored"
    first, last = (make_date(year, month, day) if year else None for day in (first_day, last_day))
    if first is None or last is None or last < first:
        return None
    return Reading(first, last).on(basis)


def _year_of_story(month: int, day: int, setting: Setting) -> int | None:
    """Take the year from the time told before, where the day of publication isn't known.

    A story goes forward, or a little back: `in December`, then `in February`, is the next year's.
    """
    told = setting.reference(_YEAR_DAYS)
    if told is None:
        return None
    first, last = told
    if (last - first).days > _MONTH_DAYS:
        return first.year
    steps = [made for step in (-1, 0, 1) if (made := make_date(first.year + step, month, day))]
    coming = [made for made in steps if (first - made).days <= _BACK_DAYS]
    return min(coming).year if coming else None


def _by_tense(month: int, day: int, anchor: date, future: bool) -> date | None:
    """Choose the year of a day: the last one past, or the next one where the clause looks ahead."""
    days = [made for step in (-1, 0, 1) if (made := make_date(anchor.year + step, month, day))]
    past = max((made for made in days if made <= anchor), default=None)
    coming = min((made for made in days if made >= anchor), default=None)
    if past is None or coming is None:
        return coming or past
    if future:
        return past if (coming - anchor).days > _LONG_AGO_DAYS else coming
    far, near = (anchor - past).days, (coming - anchor).days
    return coming if far > _LONG_AGO_DAYS and near <= _COMING_DAYS else past


def _iso(found: re.Match[str], setting: Setting) -> Reading | None:
    day = make_date(int(found["y"]), int(found["m"]), int(found["d"]))
    return Reading(day, day) if day else None


def _numeric(found: re.Match[str], setting: Setting) -> Reading | None:
    """Read a date in digits; None where day and month can't be told apart."""
    low, high = sorted((int(found["a"]), int(found["b"])))
    if not (low == high or high > 12):
        return None
    day = make_date(int(found["y"]), low, high)
    return Reading(day, day) if day else None


def _month(found: re.Match[str], setting: Setting) -> Reading | None:
    """Resolve a month; without a year by the anchor, `last` and `next` counted from it."""
    month = _month_number(found, "m" if found["m"] else "my")
    year, basis = _explicit_year(found, setting)
    if year is not None:
        return Reading(*month_of(year, month)).on(basis)
    if basis:
        return None
    if setting.anchor is None:
        told = None if found["rel"] else _year_of_story(month, 1, setting)
        return Reading(*month_of(told, month), referred=True) if told else None
    return Reading(*_month_near(month, setting.anchor, setting.future, found["rel"]), anchored=True)


def _month_near(month: int, anchor: date, future: bool, relative: str | None) -> Interval:
    word = (relative or "").lower()
    if word in {"last", "past"}:
        return month_of(anchor.year - (month >= anchor.month), month)
    if word == "next":
        return month_of(anchor.year + (month <= anchor.month), month)
    if word == "this" or month == anchor.month:
        return month_of(anchor.year, month)
    ahead = (month - anchor.month) % 12
    if future and ahead <= _MONTHS_AHEAD:
        return month_of(anchor.year + (month < anchor.month), month)
    if ahead == 1:  # `in October`, written in September, is hardly last year's
        return month_of(anchor.year + (month < anchor.month), month)
    return month_of(anchor.year - (month > anchor.month), month)


def _season(found: re.Match[str], setting: Setting) -> Reading | None:
    name = (found["s"] or found["sy"] or found["sb"]).lower()
    year, basis = _explicit_year(found, setting)
    if year is not None:
        return _of_season(season_of(year, name), name).on(basis)
    if setting.anchor is None or basis:
        return None
    step = {"last": -1, "this": 0, "next": 1}.get((found["rel"] or "").lower())
    return _of_season(_season_near(name, setting.anchor, step), name).on("anchored")


def _of_season(days: Interval, name: str) -> Reading:
    return Reading(*days, value=f"{days[0].year:04}-{_SEASON_CODE[name]}")


def _season_near(name: str, anchor: date, step: int | None) -> Interval:
    """Give the season of this year; the last one that is over, or the next one to begin, by `step`."""
    seasons = [season_of(anchor.year + years, name) for years in (-2, -1, 0, 1)]
    if step == 1:
        return next(season for season in seasons if season[0] > anchor or season is seasons[-1])
    if step == 0:
        return seasons[2]
    return max(season for season in seasons if season[1] < anchor or season is seasons[0])


def _years(found: re.Match[str], setting: Setting) -> Reading | None:
    first, rest = int(found["y"]), found["y2"]
    if not rest:
        return Reading(*year_of(first))
    last = int(rest) if len(rest) == 4 else first - first % 100 + int(rest)
    return Reading(year_of(first)[0], year_of(last)[1]) if last > first else None


def _decade(found: re.Match[str], setting: Setting) -> Reading | None:
    first, rest = int(found["y"]), found["y2"]
    last = first
    if rest:
        last = int(rest) if len(rest) == 4 else first - first % 100 + int(rest)
    if last < first:
        return None
    return Reading(date(first, 1, 1), shift_days(date(last + 10, 1, 1), -1))


ABSOLUTE = (
    Rule("date", Rank.DATE, needs("month"), pattern(_DMY), _date),
    Rule("date", Rank.DATE, needs("month"), pattern(_MDY), _date),
    Rule("date", Rank.DATE, needs("number"), pattern(_ISO), _iso),
    Rule("date", Rank.DATE, needs("number"), pattern(_NUMERIC), _numeric),
    Rule("month", Rank.MONTH, needs("month"), pattern(_MONTH_ALONE), _month, period=True),
    Rule("season", Rank.MONTH, needs("season"), pattern(_SEASON), _season, period=True),
    Rule("year", Rank.YEAR, needs("number"), pattern(_YEARS), _years, period=True),
    Rule("decade", Rank.YEAR, needs("number"), pattern(_DECADE), _decade, period=True),
)
