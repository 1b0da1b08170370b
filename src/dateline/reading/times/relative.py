"""Rules for times that hang on the day of publication or on the time told before."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from dateline.reading.calendar import (
    WEEKDAY,
    WEEKDAYS,
    Interval,
    month_of,
    shift_days,
    shift_months,
    week_of,
    year_of,
)
from dateline.reading.times.values import calendar_value, clock_of, duration_value, part_of_day, singular
from dateline.reading.times.words import (
    AMOUNT,
    PART_OF_DAY,
    UNIT,
    Rank,
    Reading,
    Rule,
    Setting,
    amount_of,
    needs,
    pattern,
)

__all__ = ["RELATIVE"]

_DAY_STEPS = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}

_WEEKDAY = (
    rf"(?:(?P<rel>last|next|this\s+coming|this\s+past|this|coming|past|the\s+following|the\s+previous)\s+)?"
    rf"(?P<wd>{WEEKDAY})(?:['’]s)?(?:\s+{PART_OF_DAY})?"
)
_DAY = rf"(?P<day>today|tonight|yesterday|tomorrow)(?:['’]s)?(?:\s+{PART_OF_DAY})?"
_DAY_BEYOND = r"the\s+day\s+(?P<way>before\s+yesterday|after\s+tomorrow)"
_THIS_PART = (
    r"(?P<rel>this|last)\s+(?P<part>(?:early\s+|late\s+)?(?:morning|afternoon|evening|night|midnight))"
)
_OVERNIGHT = r"(?:overnight|(?:throughout|during|through)\s+the\s+night)"
_SO_FAR = r"(?:so[\s-]far|to\s+date|as\s+yet|until\s+now|up\s+to\s+now|thus\s+far)"
_PERIOD = (
    r"(?P<rel>this|last|past|next|coming|previous|following)\s+"
    r"(?P<u>week(?:end)?|month|year|decade|century|fortnight)"
)
_BARE_PERIOD = (
    r"(?:(?<=over\s)|(?<=at\s)|(?<=during\s)|(?<=of\s)|(?<=on\s)|(?<=earlier\sin\s)|(?<=later\sin\s))"
    r"(?:the\s+(?P<u>week(?:end)?|month|year)(?:\s+that\s+has\s+just\s+ended)?(?!\s+(?:of|to|before|after)\b)"
    r"|(?<=end\sof\s)(?P<bare>month|year))"
)
_SPAN = rf"(?:the\s+)?(?P<rel>this|these|last|past|next|coming)\s+(?P<n>{AMOUNT})\s+(?P<u>{UNIT})"
_AGO = (
    rf"(?:(?P<q>more\s+than|over|at\s+least|less\s+than|about|around|nearly|almost|some|roughly|just)\s+)?"
    rf"(?:(?P<n>{AMOUNT})\s+)?(?P<u>{UNIT})\s+(?P<way>ago|earlier|later|before|after|from\s+now|hence)"
)
_DURATION = (
    r"(?P<q>(?:more\s+than|over|at\s+least|about|nearly|almost|less\s+than)\s+)?"
    rf"(?P<n>{AMOUNT})\s+(?P<u>{UNIT})"
)
_FOR = rf"(?:for|in|within)\s+{_DURATION}"
_SAME = (
    r"(?:(?:on\s+|at\s+)?(?:about\s+)?the\s+same\s+(?P<same>day|night|morning|afternoon|evening|time|month|year|week|period)"
    r"|that\s+(?P<that>same\s+day|day|night|morning|afternoon|evening|month|year|week))"
)
_NEXT_DAY = (
    r"the\s+(?P<way>next|following|previous|preceding|same)\s+"
    r"(?P<u>day|night|morning|afternoon|evening|week|month|year)"
)
_DAY_BEFORE = r"the\s+(?P<u>day|night|evening)\s+(?P<way>before|after)"
_BEFORE_LAST = r"the\s+(?:day|night)\s+before\s+last"
# Times that name no days, found so that they are not taken for something else.
_VAGUE = (
    r"(?:(?:in|during|over)\s+(?:the\s+)?(?:coming|next|last)\s+(?:hours|days|weeks|months|years)"
    r"|since\s+then|until\s+further\s+notice)"
)
_TWELVE = r"(?:a\.?m\b\.?|p\.?m\b\.?)"
_ZONE = r"(?:\s*(?:gmt|utc|hours|hrs|local(?:\s+time)?))"
_CLOCK = (
    rf"(?:(?:(?<=\bat\s)|(?<=\bapproximately\s)|(?<=\babout\s)|(?<=\baround\s)|(?<=\bby\s)|(?<=\buntil\s))(?:[01]\d|2[0-3])[0-5]\d{_ZONE}?(?!,\d|-)"
    rf"|(?:[01]\d|2[0-3])[0-5]\d{_ZONE}"
    rf"|\d{{1,2}}(?:[:.][0-5]\d)?\s*{_TWELVE}(?:\s*\([^()]{{3,20}}\))?|(?<!:)\d{{1,2}}:[0-5]\d(?!:){_ZONE}?"
    rf"|(?:\d{{1,2}}|[a-z]{{3,6}})\s+o['’]clock"
    r"|(?<=\bby\s)(?:the\s+)?(?:morning|afternoon|evening)"
    r"|(?:(?<=\bat\s)|(?<=\bbefore\s)|(?<=\bafter\s)|(?<=\bby\s)|(?<=\baround\s)|(?<=\babout\s))(?:noon|midday|midnight|dawn|daybreak|sunrise"
    r"|sunset|dusk|nightfall))"
)
_MORNING = r"(?:in\s+the\s+|early\s+|late\s+)(?:(?:early|late)\s+)?(?:morning|afternoon|evening)(?:\s+hours)?"


# `the end of the year` is that of the whole year.
_NARROWED = re.compile(r"\b(?:end|half|middle|rest|close)\s+of\s+$", re.IGNORECASE)
# `it peaked by the end of the year`, told in March: of the year before.
_ENDED = re.compile(
    r"\b(?!need)\w{2,}ed\s+(?:by|at|before|towards?)\s+the\s+(?:end|close)\s+of\s+$", re.IGNORECASE
)
# `have been fighting for three days`: up to now.
_HAVE = re.compile(r"\b(?:has|have|['’]ve)\b", re.IGNORECASE)
_SENTENCE = 120  # code points: reaches back to the verb of a clause
_CLAUSE = re.compile(r"\s+[\w'’\"“]")
_MONTH, _YEAR, _CENTURY = 31, 366, 36_525  # days: the longest of each
_COARSE = frozenset({"month", "year", "decade", "century"})
_WEEKS = frozenset({"week", "weekend", "fortnight"})
_DAYS = frozenset({"day", "night", "week", "fortnight"})


def _on(day: date | None, *, anchored: bool = False, referred: bool = False) -> Reading | None:
    return None if day is None else Reading(day, day, anchored=anchored, referred=referred)


def _timed(reading: Reading | None, words: str) -> Reading | None:
    """Add the part of the day that the words name, if they do."""
    part = part_of_day(words)
    return replace(reading, kind="TIME", value=part) if reading and part else reading


def _weekday(found: re.Match[str], setting: Setting) -> Reading | None:
    """Resolve a weekday: the last one up to the anchor, or the next where the clause looks ahead."""
    if setting.anchor is None:
        return None
    relative = " ".join((found["rel"] or "").lower().split())
    back = (setting.anchor.weekday() - WEEKDAYS[found["wd"].lower()]) % 7
    if relative in {"next", "coming", "this coming", "the following"}:
        step = 7 - back
    elif relative in {"last", "past", "this past", "the previous"}:
        step = -(back or 7)
    else:
        step = (7 - back) % 7 if setting.future else -back
    return _timed(_on(shift_days(setting.anchor, step), anchored=True), found[0])


def _day(found: re.Match[str], setting: Setting) -> Reading | None:
    if setting.anchor is None:
        return None
    day = _on(shift_days(setting.anchor, _DAY_STEPS[found["day"].lower()]), anchored=True)
    return _timed(day, found[0])


def _day_beyond(found: re.Match[str], setting: Setting) -> Reading | None:
    if setting.anchor is None:
        return None
    return _on(
        shift_days(setting.anchor, -2 if found["way"].lower().startswith("before") else 2), anchored=True
    )


def _this_part(found: re.Match[str], setting: Setting) -> Reading | None:
    if setting.anchor is None:
        return None
    day = _on(shift_days(setting.anchor, -(found["rel"].lower() == "last")), anchored=True)
    return _timed(day, found["part"])


def _overnight(found: re.Match[str], setting: Setting) -> Reading | None:
    if setting.anchor is None:
        return None
    first = shift_days(setting.anchor, -1)
    return Reading(first, setting.anchor, anchored=True, kind="TIME", value=f"{first.isoformat()}TNI")


def _so_far(found: re.Match[str], setting: Setting) -> Reading | None:
    now = Reading(value="PRESENT_REF" if found[0].lower().endswith("now") else "")
    return replace(now, last=setting.anchor, anchored=True) if setting.anchor else now


def _period(found: re.Match[str], setting: Setting) -> Reading | None:
    """Resolve `last week`, `this month`, `next year`, `over the weekend`."""
    anchor = setting.anchor
    if anchor is None:
        return None
    word = (found.groupdict().get("rel") or "this").lower()
    unit = (found["u"] or found["bare"]).lower()
    if word == "past" and unit != "weekend":
        return _stretch(anchor, unit, -1)
    step = {"last": -1, "previous": -1, "past": -1, "this": 0}.get(word, 1)
    if step == 0 and not setting.future and _ENDED.search(found.string, 0, found.start()):
        step = -1
    if unit == "weekend":
        return Reading(*_weekend(anchor, step, setting.future), anchored=True)
    first, last = _unit_of(anchor, unit, step)
    value = calendar_value(first, last)
    if (
        step == 0
        and unit != "week"
        and not setting.future
        and not _NARROWED.search(found.string, 0, found.start())
    ):
        last = min(last, anchor)  # what is told of `this month` has happened by now
    return Reading(first, last, anchored=True, value=value)


def _weekend(anchor: date, step: int, future: bool) -> Interval:
    """Give the weekend now or just past; the next one where the clause looks ahead."""
    past = shift_days(anchor, -((anchor.weekday() - 5) % 7))
    ahead = step > 0 or (step == 0 and future and anchor.weekday() < 5)
    saturday = shift_days(past, 7) if ahead else past
    return saturday, shift_days(saturday, 1)


def _unit_of(anchor: date, unit: str, step: int) -> Interval:
    """Give the calendar unit that lies `step` units from that of the anchor."""
    if unit in {"week", "fortnight"}:
        days = 7 if unit == "week" else 14
        first = week_of(shift_days(anchor, days * step))[0]
        return first, shift_days(first, days - 1)
    if unit == "month":
        day = shift_months(anchor, step)
        return month_of(day.year, day.month)
    size = {"year": 1, "decade": 10, "century": 100}[unit]
    year = min(max(anchor.year - anchor.year % size + size * step, 1), date.max.year - size)
    return year_of(year)[0], year_of(year + size - 1)[1]


def _moved(day: date, unit: str, amount: int) -> date:
    """Move a day by an amount of units; hours count from 24 up."""
    if unit in {"minute", "hour"}:
        hours = amount if unit == "hour" else 0
        return shift_days(day, (abs(hours) // 24) * (1 if amount > 0 else -1))
    if unit in {"day", "night", "week", "weekend", "fortnight"}:
        return shift_days(day, amount * {"week": 7, "weekend": 7, "fortnight": 14}.get(unit, 1))
    return shift_months(day, amount * {"month": 1, "year": 12, "decade": 120, "century": 1200}[unit])


def _stretch(anchor: date, unit: str, amount: int) -> Reading:
    """Give the stretch from the anchor back, or ahead, by an amount of units."""
    first, last = sorted((anchor, _moved(anchor, unit, amount)))
    return Reading(first, last, anchored=True, kind="DURATION", value=duration_value(abs(amount), unit))


def _span(found: re.Match[str], setting: Setting) -> Reading | None:
    """Resolve `the past 24 hours`, `the next few hours`, `the last 10 years`."""
    if setting.anchor is None:
        return None
    unit, amount = singular(found["u"]), amount_of(found["n"])
    if amount is None:
        made = _on(setting.anchor, anchored=True) if unit in {"minute", "hour"} else None
        return replace(made or Reading(), kind="DURATION", value=duration_value(None, unit))
    ahead = found["rel"].lower() in {"next", "coming"}
    return _stretch(setting.anchor, unit, amount if ahead else -amount)


def _ago(found: re.Match[str], setting: Setting) -> Reading | None:
    """Resolve `two days ago` by the anchor, `a day earlier` and `a week later` by the time before."""
    way, unit, amount = found["way"].lower(), singular(found["u"]), amount_of(found["n"] or "some")
    anchored = way == "ago" or way.startswith("from") or way == "hence"
    if way in {"before", "after"} and _CLAUSE.match(found.string, found.end()):
        return _beside(found, setting)
    reference = None if anchored else setting.reference(_MONTH if unit in _COARSE else 1)
    base = setting.anchor if anchored else reference and reference[0]
    if base is None or (amount is None and unit not in {"minute", "hour"}):
        return None
    ahead = way in {"later", "after", "hence"} or way.startswith("from")
    day = _moved(base, unit, (amount or 0) * (1 if ahead else -1))
    if (found["q"] or "").lower().split()[:1] in (["more"], ["over"], ["at"]) and not ahead:
        return Reading(None, day, anchored=anchored, referred=not anchored)
    first, last = _around(day, unit)
    value = calendar_value(*week_of(day)) if unit in _WEEKS else ""
    return Reading(first, last, anchored=anchored, referred=not anchored, value=value)


def _beside(found: re.Match[str], setting: Setting) -> Reading:
    """Resolve a time that hangs on a happening told next, where the sentence dates what hangs on it.

    "On Friday, a day after the coup": the coup was on Thursday. Elsewhere it stays open.
    """
    unit, amount = singular(found["u"]), amount_of(found["n"] or "some")
    length = Reading(kind="DURATION", value=duration_value(amount, unit))
    told = setting.beside() if unit in _DAYS else None
    if told is None or amount is None:
        return length
    day = _moved(told[0], unit, amount if found["way"].lower() == "before" else -amount)
    return replace(length, first=day, last=day, referred=True)


def _around(day: date, unit: str) -> Interval:
    """Give the calendar unit around a day that was told in units as coarse as this."""
    if unit == "month":
        return month_of(day.year, day.month)
    return year_of(day.year) if unit in {"year", "decade", "century"} else (day, day)


def _for(found: re.Match[str], setting: Setting) -> Reading | None:
    """Resolve a length that reaches to the day of the report, or on from it.

    "have fought for three days", "ten killed in two days of clashes"; "within a week" and "in a month"
    of what is to come. How long ago something "lasted for three days" isn't told.
    """
    unit, amount = singular(found["u"]), amount_of(found["n"])
    words = found[0].lower().split()
    lead, length = words[0], Reading(kind="DURATION", value=duration_value(amount, unit))
    if unit in {"minute", "hour"} and (amount is None or amount < 24):
        return replace(_within_day(lead, setting) or length, kind="DURATION", value=length.value)
    if setting.anchor is None or amount is None:
        return length
    if setting.future and lead != "for":
        ahead = _moved(setting.anchor, unit, amount)
        first, last = (setting.anchor, ahead) if lead == "within" else _around(ahead, unit)
        return replace(length, first=first, last=last, anchored=True)
    if lead == "within" or setting.future or (lead == "for" and not _HAVE.search(_clause_around(found))):
        return length
    if (found["q"] or "").lower().startswith(("more", "over", "at")):
        return replace(length, last=setting.anchor, anchored=True)
    return replace(_stretch(setting.anchor, unit, -(amount - (unit == "day"))), value=length.value)


def _clause_around(found: re.Match[str]) -> str:
    """Give the words before a length in its sentence; where it opens the sentence, those after it."""
    before = found.string[max(0, found.start() - _SENTENCE) : found.start()].rpartition(". ")[2]
    return before if before.strip() else found.string[found.end() : found.end() + _SENTENCE // 2]


def _within_day(lead: str, setting: Setting) -> Reading | None:
    """Resolve a few hours: `in` some hours counts from now, `for` some hours lies in the day told."""
    if lead == "in":
        return _on(setting.anchor, anchored=True) if setting.future else None
    reference = None if lead == "within" else setting.reference(1)
    return Reading(*reference, referred=True) if reference else None


def _same(found: re.Match[str], setting: Setting) -> Reading | None:
    word = (found["same"] or found["that"]).lower().split()[-1]
    limit = {"month": _MONTH, "year": _YEAR, "week": 7, "period": _CENTURY}.get(word, 1)
    reference = setting.reference(limit)
    if reference is None:
        return None
    if word in {"month", "year", "week"}:
        reference = _unit_of(reference[0], word, 0)
    return Reading(*reference, referred=True)


def _next_day(found: re.Match[str], setting: Setting) -> Reading | None:
    """Resolve `the next day` and `the following year` by the time told before."""
    way, unit = found["way"].lower(), found["u"].lower()
    step = {"next": 1, "following": 1, "after": 1, "same": 0}.get(way, -1)
    if way in {"before", "after"} and _CLAUSE.match(found.string, found.end()):
        told = setting.beside()
        return _on(shift_days(told[0], -step), referred=True) if told else None
    coarse = unit in {"week", "month", "year"}
    reference = setting.reference({"week": 7, "month": _MONTH, "year": _YEAR}.get(unit, 1))
    if reference is None:
        return None
    if coarse:
        return Reading(*_unit_of(reference[0], unit, step), referred=True)
    return _timed(_on(shift_days(reference[0], step), referred=True), unit)


def _night_before_last(found: re.Match[str], setting: Setting) -> Reading | None:
    return _on(setting.anchor and shift_days(setting.anchor, -2), anchored=True)


def _clock(found: re.Match[str], setting: Setting) -> Reading | None:
    """Put a clock time in the day told before, else in that of the report; `midnight` stays with its day."""
    reference, told = setting.reference(1), clock_of(found[0])
    if reference is None:
        made = _on(setting.anchor, anchored=True) or Reading()
        return replace(made, clocked=True, kind="TIME", value=told)
    return Reading(*reference, referred=True, clocked=True, kind="TIME", value=told)


def _vague(found: re.Match[str], setting: Setting) -> Reading | None:
    unit = found[0].lower().split()[-1]
    return (
        Reading(kind="DURATION", value=duration_value(None, singular(unit))) if unit.endswith("s") else None
    )


RELATIVE = (
    Rule("weekday", Rank.DAY, needs("weekday"), pattern(_WEEKDAY), _weekday),
    Rule("day", Rank.DAY, needs("day"), pattern(_DAY), _day),
    Rule("day", Rank.DAY, needs("unit"), pattern(_DAY_BEYOND), _day_beyond),
    Rule("day", Rank.DAY, needs("day"), pattern(_THIS_PART), _this_part),
    Rule("overnight", Rank.DAY, needs("day"), pattern(_OVERNIGHT), _overnight),
    Rule("next-day", Rank.PERIOD, needs("unit day"), pattern(_NEXT_DAY), _next_day),
    Rule("next-day", Rank.PERIOD, needs("unit day"), pattern(_DAY_BEFORE), _next_day),
    Rule("day", Rank.DAY, needs("unit"), pattern(_BEFORE_LAST), _night_before_last),
    Rule("same", Rank.PERIOD, needs("same"), pattern(_SAME), _same),
    Rule("ago", Rank.PERIOD, needs("unit"), pattern(_AGO), _ago),
    Rule("span", Rank.PERIOD, needs("unit"), pattern(_SPAN), _span),
    Rule("period", Rank.PERIOD, needs("unit"), pattern(_PERIOD), _period, period=True),
    Rule("period", Rank.PERIOD, needs("unit"), pattern(_BARE_PERIOD), _period, period=True),
    Rule("for", Rank.NOW, needs("unit"), pattern(_FOR), _for),
    Rule("so-far", Rank.NOW, needs("reference"), pattern(_SO_FAR), _so_far),
    Rule("vague", Rank.NOW, needs("unit reference"), pattern(_VAGUE), _vague),
    Rule("clock", Rank.CLOCK, needs("clock day"), pattern(_CLOCK), _clock),
    Rule("clock", Rank.CLOCK, needs("day"), pattern(_MORNING), _clock),
)
