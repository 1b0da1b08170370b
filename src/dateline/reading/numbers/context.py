"""Tell counts from the other numbers of a report: dates, clocks, ages, money, measures, names."""

from __future__ import annotations

import re

from dateline.reading.numbers.grammar import Quantity
from dateline.reading.numbers.lexicon import UNITS

__all__ = ["is_count_context"]

# Wide enough for "in the early hours of 5 and 6 September", and bounded so that the check is cheap.
_WINDOW = 48

# A full name with a full stop ends its sentence: what follows is no day of that month.
_MONTHS = (
    r"(?:(?:january|february|march|april|may(?!\s+(?:(?:also|well|still|yet|even|never|not|already|since)\s+)*"
    r"(?:have|be|need|remain|die|face|become|lose|not)\b)|june|july|august|september|october|november|december)\b"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)"
)
_DURATIONS = (
    r"(?:seconds?|minutes?|mins?|hours?|hrs?|days?|nights?|weeks?|weekends?|fortnights?|months?|years?|yrs?"
    r"|decades?|centur(?:y|ies)|times|fold|rounds?|mornings?|evenings?)"
)
_MEASURES = (
    r"(?:km|kms|kilomet(?:er|re)s?|miles?|met(?:er|re)s?|mm|cm|millimet(?:er|re)s?|centimet(?:er|re)s?|feet|foot|ft"
    r"|inch(?:es)?|yards?|nautical|hectares?|acres?|square|sq|tonnes?|tons?|kg|kgs|kilos?|kilograms?|grams?|lbs?"
    r"|lit(?:er|re)s?|gallons?|barrels?|degrees?|celsius|fahrenheit|mph|kph|knots?|megawatts?|mw|watts?|volts?"
    r"|percentage|points?|stor(?:e?ys?|ies)|floors?|pages?|calib(?:er|re)|megabytes?|gigabytes?)\b"
)
_CURRENCIES = (
    r"(?:dollars?|euros?|pounds?|rupees?|pesos?|yen|yuan|francs?|cents?|riyals?|dinars?|dirhams?|shillings?"
    r"|naira|rou?bles?|cordobas?|colones|soles|intis?|australes?|baht|won|marks|lir[ea]s?|liras|rand|usd|eur|gbp)\b"
)
_NUMBERED = (
    r"(?:no|nos|nr|number|numbers|flight|route|highway|room|section|article|chapter|page|channel|cadena|level"
    r"|phase|stage|grade|category|resolution|boeing|airbus|terminal|magnitude(?:\s+of)?|group\s+of|world\s+war"
    r"|chapter|paragraph|line|interstate|mark|version|windows|apollo)\.?"
)
# Compounds that do count people or things: "a 39-man patrol", "10-vehicle convoy".
_COUNTED_COMPOUND = (
    r"(?:m[ae]n|wom[ae]n|members?|persons?|people|strong|odd|plus|soldiers?|troops?|vehicles?|trucks?|cars?"
    r"|ships?|planes?|tanks?|bus(?:es)?|seats?|beds?)\b"
)

_BEFORE = re.compile(
    r"(?:[$€£¥₹₦]|\b(?:us|a|c|nz|hk)\$|\brs\.?)\s*$"
    r"|[#№]\s*$"
    r"|\b(?:aged?|ages)(?:\s+(?:of|between|from))?\s*$"
    r"|\bwho\s+(?:is|was|turned)\s+$"
    r"|\b(?:tel|phone|fax)\b\.?:?\s*$"
    r"|\bworth\s+$",
    re.IGNORECASE,
)
_JOINED = re.compile(r"\d[:/.]$|\d-$|\+$")  # the tail of a clock time, a ratio, a phone number
_AFTER = re.compile(
    r"\s*(?:%|per\s?cent\b|percent\b|pct\b|°|º)"
    r"|[:/]\d|-\d|\s*(?:a|p)\.?m\b|\s*o['’]clock\b|\s*(?:gmt|utc)\b"
    rf"|\s*(?:st|nd|rd|th)?[\s-]+(?:of\s+)?{_MONTHS}"
    rf"|\s*(?:,|-|–|and|to|or|through)\s*\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTHS}"
    rf"|[\s-]+(?:(?:more|consecutive|straight|full|long|whole|other|additional|working|and\s+a\s+half)\s+)?{_DURATIONS}\b"
    rf"|[\s-]*{_MEASURES}"
    rf"|[\s-]+(?:(?!and\b|or\b)[a-z.]+\s+)?{_CURRENCIES}",
    re.IGNORECASE,
)
_MONEY_BEFORE_SCALE = re.compile(r"[$€£¥₹]\s*[\d.,]*$")
_NUMBERED_BEFORE = re.compile(rf"\b{_NUMBERED}\s*$", re.IGNORECASE)
_BARE = re.compile(rf"\d+|{'|'.join(UNITS)}", re.IGNORECASE)
_MONTH_BEFORE = re.compile(
    rf"\b{_MONTHS}[^\S\n]+(?:\d{{1,2}}(?:st|nd|rd|th)?\s*(?:-|–|and|to|or|through)\s*)?$", re.IGNORECASE
)
_DAYS = re.compile(r"\d{1,2}(?:\s*(?:-|–|to|or)\s*\d{1,2})?")
_LETTER_HYPHEN = re.compile(r"[^\W\d_]-$")
_COMPOUND = re.compile(rf"-(?!{_COUNTED_COMPOUND})[^\W\d_]", re.IGNORECASE)

_YEAR = r"(?:1[5-9]|20)\d\d"
_YEARS = re.compile(rf"{_YEAR}(?:\s*(?:-|–|to|and|or)\s*{_YEAR})?(?!,)$")
_ONE_YEAR = re.compile(rf"(?:(?:about|around|circa|over|past|some)\s+)?{_YEAR}$", re.IGNORECASE)
_YEAR_BEFORE = re.compile(
    rf"(?:\b(?:in|since|until|till|by|from|of|during|year|early|late|mid|before|after|the|to|through|between"
    rf"|spring|summer|autumn|fall|winter|{_MONTHS}),?|[-–]|\b{_MONTHS}\s*\d{{1,2}},?|\()\s*$",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"(?:(?:about|around|approximately|some)\s+)?(?:[01]\d|2[0-3])[0-5]\d$", re.IGNORECASE)
_CLOCK_BEFORE = re.compile(
    r"\b(?:at|by|until|till|from|since|before|after|between|and|to)\s+$", re.IGNORECASE
)
_HOUR_AFTER = re.compile(r"\s*(?:on\b|in\s+the\b|this\b|yesterday\b|today\b|last\b|local\b)", re.IGNORECASE)
_AT = re.compile(r"\bat\s+$", re.IGNORECASE)
_NAMED_AGE_BEFORE = re.compile(r"[A-Z][\w'’.-]+(?:,\s*|\s*\()$")
_AGE_AFTER = re.compile(r"\s*[,.;)]")
_AGE_LIMIT = re.compile(
    r"\b(?:children|people|those|anyone|boys|girls|men|women|persons|adults|youths?)\s+$", re.IGNORECASE
)
_LIMIT = re.compile(r"(?:under|over|above|below)\b", re.IGNORECASE)
_GAME = re.compile(
    r"\b(?:won|win|beat|lost|lose|defeat(?:ed)?|draw|drew|led|score|match|vote)\b[^.;]*$", re.IGNORECASE
)

_PRONOUN_ONE = re.compile(r"\b(?:this|that|each|every|which|any|another)\s+$", re.IGNORECASE)
_PRONOUN_AFTER = re.compile(
    r"\s*(?:$|[.,;:)?!]|(?:of|is|was|has|had|that|which|who|will|would)\b)", re.IGNORECASE
)
_IDIOM_ONE = re.compile(r"\s+(?:another|day|time|way|side|hand|thing)\b", re.IGNORECASE)
_IDIOM_SOME = re.compile(r"\s+(?:time|day|extent|way|degree|point|sort|kind|form)\b", re.IGNORECASE)
_BOTH_AND = re.compile(r"\b[^.;,]{1,60}?\band\b", re.IGNORECASE)


def is_count_context(text: str, quantity: Quantity) -> bool:
    """Tell whether a quantity may be a count.

    False for years in dates, clock times, percentages, money, ages, durations,
    distances, weights and temperatures, scores, and numbers within names
    (`Flight 370`, `G-20`). Text on both sides of the quantity decides.
    """
    before = text[max(0, quantity.start - _WINDOW) : quantity.start]
    inside = text[quantity.start : quantity.end]
    after = text[quantity.end : quantity.end + _WINDOW]
    if _BEFORE.search(before) or _AFTER.match(after) or _COMPOUND.match(after):
        return False
    if inside[:1].isdigit() and _JOINED.search(before):
        return False
    checks = (_is_name, _is_day, _is_year, _is_clock, _is_age, _is_score, _is_idiom)
    return not any(check(before, inside, after) for check in checks)


def _is_name(before: str, inside: str, after: str) -> bool:
    if inside[:1].isdigit() and _LETTER_HYPHEN.search(before):
        return True
    return bool(_BARE.fullmatch(inside) and _NUMBERED_BEFORE.search(before))


def _is_day(before: str, inside: str, after: str) -> bool:
    return bool(_DAYS.fullmatch(inside) and _MONTH_BEFORE.search(before))


def _is_year(before: str, inside: str, after: str) -> bool:
    if after.startswith(("s ", "'s", "’s")) and re.search(rf"{_YEAR}$", inside):
        return True
    if _YEARS.match(inside) and not _ONE_YEAR.match(inside):
        return True  # 2012-2013
    if not _ONE_YEAR.match(inside):
        return False
    return bool(_YEAR_BEFORE.search(before)) or (before.endswith("(") and after.startswith(")"))


def _is_clock(before: str, inside: str, after: str) -> bool:
    if re.match(r"0\d", inside):
        return True
    if _CLOCK.match(inside) and _CLOCK_BEFORE.search(before):
        return True
    return len(inside) <= len("twelve") and bool(_AT.search(before) and _HOUR_AFTER.match(after))


def _is_age(before: str, inside: str, after: str) -> bool:
    if inside.isdigit() and len(inside) <= 3 and _NAMED_AGE_BEFORE.search(before) and _AGE_AFTER.match(after):
        return True
    return bool(_AGE_LIMIT.search(before) and _LIMIT.match(inside))


def _is_score(before: str, inside: str, after: str) -> bool:
    return bool(re.fullmatch(r"\d+-\d+", inside) and _GAME.search(before))


def _is_idiom(before: str, inside: str, after: str) -> bool:
    word = inside.lower()
    if word == "one":
        return bool(_PRONOUN_ONE.search(before) and _PRONOUN_AFTER.match(after)) or bool(
            _IDIOM_ONE.match(after)
        )
    if word == "some":
        return bool(_IDIOM_SOME.match(after))
    return word == "both" and bool(_BOTH_AND.match(after))
