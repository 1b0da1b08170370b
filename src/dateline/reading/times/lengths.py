"""Rules for times that name no day of their own: lengths, what recurs, `now`, `recently` (TimeML 1.2.1)."""

from __future__ import annotations

import re

from dateline.reading.calendar import MONTH, MONTHS, SEASONS, WEEKDAY, WEEKDAYS
from dateline.reading.times.values import duration_value, singular
from dateline.reading.times.words import AMOUNT, Rank, Reading, Rule, Setting, amount_of, needs, pattern

__all__ = ["LENGTHS"]

_UNIT = (
    r"(?:seconds|minutes?|hours?|days?|nights?|weeks?|weekends?|fortnights?|months?|quarters?|years?|decades?"
    r"|centur(?:y|ies))"
)
_PLURAL = r"(?:minutes|hours|days|nights|weeks|weekends|months|quarters|years|decades|centuries)"
_ABOUT = (
    r"(?:(?:(?:no\s+|not\s+)?(?:more|less|fewer)\s+than|at\s+(?:least|most)|about|around|nearly|almost|roughly"
    r"|approximately|some|up\s+to|as\s+many\s+as|over|just\s+over|just\s+under|under)\s+)?"
)
_WHICH = r"(?:(?:the|these|those)\s+)?(?:(?:last|past|next|coming|previous|recent|first|final|preceding)\s+)?"
_NUMBERED = (  # an age is no time
    rf"(?<!\bage\s)(?<!\baged\s)(?<!\bages\s){_ABOUT}{_WHICH}(?P<n>\d+\.\d+|{AMOUNT})(?:\s+(?:full|straight|consecutive|long|whole|more|additional))?"
    rf"(?:\s+|-)(?P<u>{_UNIT})(?:['’](?!s))?(?!-?\s?olds?\b)(?:-long)?(?P<half>\s+and\s+a\s+half)?"
)
_BARE = (
    rf"(?<!\d\s)(?<!-)(?:many\s+|recent\s+|several\s+|the\s+(?:last|past|next|coming)\s+)?(?P<u>{_PLURAL})"
    r"(?!\s+ago\b)(?:['’](?!s))?"
)
_RACE = (
    r"(?P<h>\d{1,2}):(?P<m>[0-5]\d):(?P<s>[0-5]\d)(?:\.\d+)?(?!\s*(?:gmt|utc|local|[ap]\.?m|[a-z]{2,4}t\b))"
)
_EVERY = (
    rf"(?P<q>each|every)\s+(?:(?P<n>{AMOUNT}|other|single)\s+)?(?P<u>{_UNIT}|{WEEKDAY}|{MONTH}|spring|summer"
    r"|autumn|fall|winter|season|morning|afternoon|evening)"
)
_PER = (
    r"(?:(?<=once\s)|(?<=twice\s)|(?<=times\s))(?:a|each|every|per)\s+"
    r"(?P<u>hour|day|night|week|month|quarter|year)"
)
_OFTEN = r"(?P<w>hourly|daily|nightly|weekly|fortnightly|monthly|quarterly|yearly|annual(?:ly)?)"
_DAYS_OF_WEEK = rf"(?:(?P<wd>{WEEKDAY})s|(?P<end>weekdays|weekends))"
_PRESENT = (
    r"(?:now|currently|presently|(?<=at\s)(?:present|the\s+present\s+time|the\s+moment|this\s+(?:time|moment|hour))"
    r"|right\s+now|nowadays|these\s+days)"
)
_PAST = (
    r"(?:recently|lately|(?<=in\s)the\s+(?:recent\s+|distant\s+)?past(?!\s+\w+\s+(?:days|weeks|months|years|hours))"
    r"|(?:not\s+)?(?:so\s+)?long\s+ago|an?\s+(?:long|short)\s+time\s+ago|a\s+while\s+ago|the\s+other\s+day)"
)
_FUTURE = r"(?:soon|(?<=in\s)the\s+(?:near\s+|foreseeable\s+)?future|the\s+near\s+future)"
_OFTEN_VALUE = {
    "hourly": "PT1H", "daily": "P1D", "nightly": "P1D", "weekly": "P1W", "fortnightly": "P2W",
    "monthly": "P1M", "quarterly": "P1Q", "yearly": "P1Y", "annual": "P1Y", "annually": "P1Y",
}  # fmt: skip
_SEASON_CODE = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
_DAY_PART = {"morning": "TMO", "afternoon": "TAF", "evening": "TEV"}


def _amount(words: str) -> float | None:
    """Give the number of units; `half a` is 0.5."""
    if words.lower().startswith("half"):
        return 0.5
    return float(words) if re.fullmatch(r"\d+\.\d+", words) else amount_of(words)


def _numbered(found: re.Match[str], setting: Setting) -> Reading:
    amount, unit = _amount(found["n"]), singular(found["u"])
    if amount == 0.5 and unit == "hour":
        amount, unit = 30, "minute"
    if found["half"] and amount is not None:
        amount += 0.5
    return Reading(kind="DURATION", value=duration_value(amount, unit))


def _bare(found: re.Match[str], setting: Setting) -> Reading:
    return Reading(kind="DURATION", value=duration_value(None, singular(found["u"])))


def _race(found: re.Match[str], setting: Setting) -> Reading:
    """Read hours, minutes and seconds as a length: times of day bear a zone or no seconds."""
    hours, minutes, seconds = (int(found[name]) for name in "hms")
    return Reading(kind="DURATION", value=f"PT{hours}H{minutes}M{seconds}S")


def _every(found: re.Match[str], setting: Setting) -> Reading:
    word = found["u"].lower().rstrip(".")
    if word in WEEKDAYS:
        value = f"XXXX-WXX-{WEEKDAYS[word] + 1}"
    elif word in MONTHS:
        value = f"XXXX-{MONTHS[word]:02}"
    elif word in SEASONS:
        value = f"XXXX-{_SEASON_CODE[word]}"
    elif word in _DAY_PART:
        value = f"XXXX-XX-XX{_DAY_PART[word]}"
    elif word == "season":
        value = "P3M"
    else:
        times = (found["n"] or "1").lower()
        value = duration_value({"other": 2, "single": 1}.get(times) or amount_of(times), singular(word))
    return Reading(kind="SET", value=value)


def _per(found: re.Match[str], setting: Setting) -> Reading:
    return Reading(kind="SET", value=duration_value(1, found["u"].lower()))


def _often(found: re.Match[str], setting: Setting) -> Reading | None:
    if found["w"].istitle():  # the Daily News
        return None
    return Reading(kind="SET", value=_OFTEN_VALUE[found["w"].lower()])


def _days_of_week(found: re.Match[str], setting: Setting) -> Reading:
    if found["end"]:
        return Reading(kind="SET", value="XXXX-WXX-WE" if found["end"].lower() == "weekends" else "XXXX-WXX")
    return Reading(kind="SET", value=f"XXXX-WXX-{WEEKDAYS[found['wd'].lower()] + 1}")


def _present(found: re.Match[str], setting: Setting) -> Reading:
    return Reading(setting.anchor, setting.anchor, anchored=setting.anchor is not None, value="PRESENT_REF")


def _past(found: re.Match[str], setting: Setting) -> Reading:
    return Reading(value="PAST_REF")


def _future(found: re.Match[str], setting: Setting) -> Reading:
    return Reading(value="FUTURE_REF")


LENGTHS = (
    Rule("length", Rank.LENGTH, needs("unit"), pattern(_NUMBERED), _numbered),
    Rule("length", Rank.LENGTH, needs("unit"), pattern(_BARE), _bare),
    Rule("race", Rank.LENGTH, needs("clock"), pattern(_RACE), _race),
    Rule("set", Rank.LENGTH, needs("every"), pattern(_EVERY), _every),
    Rule("set", Rank.LENGTH, needs("unit"), pattern(_PER), _per),
    Rule("set", Rank.LENGTH, needs("often"), pattern(_OFTEN), _often),
    Rule("set", Rank.LENGTH, needs("weekday unit"), pattern(_DAYS_OF_WEEK), _days_of_week),
    Rule("reference", Rank.LENGTH, needs("reference unit"), pattern(_PRESENT), _present),
    Rule("reference", Rank.LENGTH, needs("reference"), pattern(_PAST), _past),
    Rule("reference", Rank.LENGTH, needs("reference"), pattern(_FUTURE), _future),
)
