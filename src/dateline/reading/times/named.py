"""Rules for days and periods with names of their own: holidays, quarters, fiscal years, centuries."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from dateline.reading.calendar import (
    MONTH,
    MONTHS,
    Interval,
    easter,
    make_date,
    month_of,
    nth_weekday,
    shift_days,
    year_of,
)
from dateline.reading.times.words import YEAR, Basis, Rank, Reading, Rule, Setting, needs, pattern

__all__ = ["NAMED"]

_ORDINALS = {
    "first": 1, "1st": 1, "second": 2, "2nd": 2, "2d": 2, "third": 3, "3rd": 3, "3d": 3, "fourth": 4,
    "4th": 4, "fifth": 5, "5th": 5, "last": -1, "final": -1,
}  # fmt: skip
_ORDINAL = "(?:" + "|".join(sorted(_ORDINALS, key=len, reverse=True)) + ")"
_CENTURIES = (
    "eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
    " twentieth twenty-first"
).split()


def _fixed(month: int, day: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


def _from_easter(days: int) -> Callable[[int], date]:
    return lambda year: shift_days(easter(year), days)


# Days that English news names without their date; those of one nation only where the name says so.
# The longer of two names that begin alike stands first.
_HOLIDAYS: dict[str, Callable[[int], date]] = {
    r"new\s+year['’]?s\s+eve": _fixed(12, 31),
    r"new\s+year['’]?s(?:\s+day)?": _fixed(1, 1),
    r"christmas\s+eve": _fixed(12, 24),
    r"christmas(?:\s+day)?": _fixed(12, 25),
    r"boxing\s+day": _fixed(12, 26),
    r"epiphany": _fixed(1, 6),
    r"(?:saint|st\.?)\s+valentine['’]?s\s+day|valentine['’]?s\s+day": _fixed(2, 14),
    r"(?:saint|st\.?)\s+patrick['’]?s\s+day": _fixed(3, 17),
    r"april\s+fools?['’]?\s+day": _fixed(4, 1),
    r"(?:international\s+)?women['’]?s\s+day": _fixed(3, 8),
    r"may\s+day": _fixed(5, 1),
    r"bastille\s+day": _fixed(7, 14),
    r"fourth\s+of\s+july|july\s+fourth": _fixed(7, 4),
    r"assumption\s+day": _fixed(8, 15),
    r"hallowe['’]?en": _fixed(10, 31),
    r"all\s+saints['’]?\s+day": _fixed(11, 1),
    r"armistice\s+day|veterans\s+day": _fixed(11, 11),
    r"ash\s+wednesday": _from_easter(-46),
    r"palm\s+sunday": _from_easter(-7),
    r"(?:maundy|holy)\s+thursday": _from_easter(-3),
    r"good\s+friday": _from_easter(-2),
    r"holy\s+saturday": _from_easter(-1),
    r"easter\s+monday": _from_easter(1),
    r"easter(?:\s+sunday)?": _from_easter(0),
    r"ascension\s+day": _from_easter(39),
    r"pentecost|whit\s+sunday": _from_easter(49),
    r"thanksgiving(?:\s+day)?": lambda year: nth_weekday(year, 11, 3, 4),
    r"memorial\s+day": lambda year: nth_weekday(year, 5, 0, -1),
    r"labor\s+day": lambda year: nth_weekday(year, 9, 0, 1),
    r"martin\s+luther\s+king(?:,?\s+jr\.?)?\s+day": lambda year: nth_weekday(year, 1, 0, 3),
}
_HOLIDAY = (
    r"(?P<name>" + "|".join(_HOLIDAYS) + r")(?!\s+(?:holidays?|trees?|party|gifts?|bonus))"
    rf"(?:(?:,?\s+(?:in\s+|of\s+)?)(?:(?P<y>{YEAR})|(?P<yrel>last|this|next)\s+year))?"
)
# Attacks that go by their day: "the Sept. 11 attacks" of a report of 2013 are those of 2001. One attack alone
# may be another of that day, as that of Benghazi was.
_MANY = r"(?:terror\w*|attacks|hijack\w+|bombings|plot\w*|commission|memorial|anniversary)\b"
_ONE = r"(?:attacks?|massacre|assault|riots?|insurrection|committee|invasion)\b"
_ATTACK_DAYS: dict[str, tuple[str, date]] = {
    "nine": (
        rf"9/11(?!/)|(?<=\bthe\s)sept(?:ember|\.)?\s+11(?:th)?(?=,?\s+{_MANY})", date(2001, 9, 11)
    ),
    "seven": (rf"7/7(?!/)(?=\s+(?:london\s+)?{_MANY})", date(2005, 7, 7)),
    "mumbai": (rf"26/11(?!/)(?=\s+(?:mumbai\s+)?{_MANY})", date(2008, 11, 26)),
    "capitol": (
        rf"(?<=\bthe\s)jan(?:uary|\.)?\s+6(?:th)?(?=,?\s+(?:capitol\s+)?{_ONE})", date(2021, 1, 6)
    ),
    "hamas": (
        rf"(?<=\bthe\s)oct(?:ober|\.)?\s+7(?:th)?(?=,?\s+(?:hamas\s+)?{_ONE})", date(2023, 10, 7)
    ),
}  # fmt: skip
_ATTACK_DAY = "(?:" + "|".join(rf"(?P<{name}>{words})" for name, (words, _) in _ATTACK_DAYS.items()) + ")"
_QUARTER = (
    r"(?:the\s+)?(?P<q>first|second|third|fourth|last|final|1st|2nd|3rd|4th)[\s-]quarter(?!-?\s?finals?)"
    rf"(?:(?:\s+of|\s+in|,)?\s+(?:(?:fiscal\s+)?(?P<y>{YEAR})|(?P<yrel>last|this|next)\s+year))?"
)
_HALF = (
    r"(?:the\s+)?(?P<q>first|second)\s+half\s+of\s+"
    rf"(?:(?P<y>{YEAR})|(?P<yrel>last|this|next|the)\s+year)(?![\d-])"
)
_FISCAL = (
    r"(?:(?P<rel>this|last|next|the\s+current|the\s+previous|the\s+coming)\s+)?"
    rf"(?:fiscal|financial)\s+(?:year\s+)?(?P<y>{YEAR}|year)"
)
_CENTURY_NAME = r"(?:the\s+)?(?:(?P<n>1\d|2[01])(?:th|st)|(?P<w>" + "|".join(_CENTURIES) + r"))[\s-]century"
_WEEK_OF_MONTH = (
    rf"(?:the\s+)?(?P<o>{_ORDINAL})\s+(?P<u>week|weekend|few\s+days|days)\s+(?:of|in)\s+"
    rf"(?P<m>{MONTH})(?:,?\s+(?P<y>{YEAR}))?"
)
_DAY_OF_MONTH = (
    r"the\s+(?P<d>[12]\d|3[01]|[1-9])(?:st|nd|rd|th)(?=[,;.)]|\s+(?:it|he|she|they|the|when|and)\b|\s*$)"
)
_EVE = r"(?:the\s+)?year['’]s\s+end|(?:the\s+)?year-end"


def _year_of(found: re.Match[str], setting: Setting) -> int | None:
    """Give the year told with a name, None where there is none."""
    groups = found.groupdict()
    if groups.get("y"):
        return int(groups["y"])
    relative = (groups.get("yrel") or "").lower()
    if relative and setting.anchor:
        return setting.anchor.year + {"last": -1, "next": 1}.get(relative, 0)
    return None


def _base_year(setting: Setting) -> tuple[int | None, Basis]:
    """Give the year that a name without one hangs on: the report's, else that of the time told before."""
    if setting.anchor is not None:
        return setting.anchor.year, "anchored"
    told = setting.reference(366)
    return (told[0].year if told else None), "referred"


def _nearest(days: Callable[[int], Interval], anchor: date, future: bool) -> Interval | None:
    """Choose the last such time that has begun, or the next one where the clause looks ahead."""
    made = [days(year) for year in range(max(anchor.year - 1, 1), min(anchor.year + 1, 9998) + 1)]
    past = [interval for interval in made if interval[0] <= anchor]
    coming = [interval for interval in made if interval[1] >= anchor]
    chosen = coming[:1] if future and coming else past[-1:]
    return chosen[0] if chosen else None


def _holiday(found: re.Match[str], setting: Setting) -> Reading | None:
    name = found["name"]
    of_year = next(make for words, make in _HOLIDAYS.items() if re.fullmatch(words, name, re.IGNORECASE))
    if (year := _year_of(found, setting)) is not None:
        return Reading(of_year(year), of_year(year), anchored=found["y"] is None)
    if found["yrel"]:
        return None
    return _by_tense(lambda year: (of_year(year), of_year(year)), setting)


def _attack_day(found: re.Match[str], setting: Setting) -> Reading | None:
    """Give the day of the attack that is known by it; a report from before means that of its own year."""
    day = next(day for name, (_, day) in _ATTACK_DAYS.items() if found[name])
    if setting.anchor is None or day <= setting.anchor:
        return Reading(day, day)
    return _by_tense(lambda year: (day.replace(year=year), day.replace(year=year)), setting)


def _by_tense(days: Callable[[int], Interval], setting: Setting) -> Reading | None:
    if setting.anchor is not None:
        interval = _nearest(days, setting.anchor, setting.future)
        return Reading(*interval, anchored=True) if interval else None
    year, basis = _base_year(setting)
    return Reading(*days(year)).on(basis) if year else None


def _part_of_year(number: int, months: int) -> Callable[[int], Interval]:
    last = months * number
    return lambda year: (date(year, last - months + 1, 1), month_of(year, last)[1])


def _quarter(found: re.Match[str], setting: Setting) -> Reading | None:
    number = _ORDINALS[found["q"].lower()]
    days = _part_of_year(4 if number < 0 else number, 3)
    if (year := _year_of(found, setting)) is not None:
        return Reading(*days(year), anchored=found["y"] is None)
    return None if found["yrel"] else _by_tense(days, setting)


def _half(found: re.Match[str], setting: Setting) -> Reading | None:
    year = _year_of(found, setting)
    if year is None:
        return None
    days = _part_of_year(_ORDINALS[found["q"].lower()], 6)(year)
    return Reading(*days, anchored=found["y"] is None)


def _fiscal(found: re.Match[str], setting: Setting) -> Reading | None:
    """Give a fiscal year its number; its days are not known, as each state and company has its own."""
    if found["y"].isdigit():
        return Reading(value=found["y"])
    if setting.anchor is None or not found["rel"]:
        return None
    step = {"last": -1, "previous": -1, "next": 1, "coming": 1}.get(found["rel"].lower().split()[-1], 0)
    return Reading(value=f"{setting.anchor.year + step:04}", anchored=True)


def _century(found: re.Match[str], setting: Setting) -> Reading | None:
    number = int(found["n"]) if found["n"] else _CENTURIES.index(found["w"].lower()) + 11
    first = (number - 1) * 100
    return Reading(year_of(first)[0], year_of(first + 99)[1], value=f"{number - 1:02}")


def _week_of_month(found: re.Match[str], setting: Setting) -> Reading | None:
    """Give `the second week of May` the 8th to the 14th, its last week the last seven days."""
    number, month = _ORDINALS[found["o"].lower()], MONTHS[found["m"].lower().rstrip(".")]
    if found["u"].lower() == "weekend" or (found["u"].lower().endswith("days") and abs(number) != 1):
        return None

    def days(year: int) -> Interval:
        first, last = month_of(year, month)
        if number < 0:
            return shift_days(last, -6), last
        start = shift_days(first, 7 * (number - 1))
        return start, min(shift_days(start, 6), last)

    if (year := _year_of(found, setting)) is not None:
        return Reading(*days(year))
    return _by_tense(days, setting)


def _day_of_month(found: re.Match[str], setting: Setting) -> Reading | None:
    """Resolve `on the 12th` in the month told before, else in that of the report."""
    told = setting.reference(31)
    base = told[0] if told else setting.anchor
    day = make_date(base.year, base.month, int(found["d"])) if base else None
    if day is None:
        return None
    return Reading(day, day, referred=told is not None, anchored=told is None)


def _year_end(found: re.Match[str], setting: Setting) -> Reading | None:
    year, basis = _base_year(setting)
    return Reading(date(year, 12, 31), date(year, 12, 31), value=f"{year:04}").on(basis) if year else None


NAMED = (
    Rule("attack-day", Rank.DATE, needs("month known"), pattern(_ATTACK_DAY), _attack_day),
    Rule("holiday", Rank.DATE, needs("holiday"), pattern(_HOLIDAY), _holiday),
    Rule("quarter", Rank.MONTH, needs("unit"), pattern(_QUARTER), _quarter, period=True),
    Rule("half", Rank.MONTH, needs("half"), pattern(_HALF), _half),
    Rule("fiscal", Rank.MONTH, needs("fiscal"), pattern(_FISCAL), _fiscal),
    Rule("century", Rank.YEAR, needs("unit"), pattern(_CENTURY_NAME), _century, period=True),
    Rule("week-of-month", Rank.DATE, needs("month"), pattern(_WEEK_OF_MONTH), _week_of_month),
    Rule("day-of-month", Rank.DATE, needs("ordinal"), pattern(_DAY_OF_MONTH), _day_of_month),
    Rule("year-end", Rank.MONTH, needs("unit"), pattern(_EVE), _year_end),
)
