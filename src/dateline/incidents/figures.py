"""Which figures of a record count people, and under which measure.

An age or a time of the clock that was read as a count does not. Where a figure's measure and the event
that it is counted of can't both be right, the event decides: who "got away" was
freed, whatever word for captives stands before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from dateline.record import Event, Figure, Record

__all__ = ["counting"]

_AGE_BEHIND = re.compile(
    r"[-\u2010-\u2015 ]?(?:years?|yrs?|months?|weeks?|days?)(?:[-\u2010-\u2015 ]old|['’] old)\b| y/?o\b", re.I
)
_AGE_BEFORE = re.compile(r"(?:\bage[sd]?|\b[A-Z][\w’'-]+,) $")
_AGE_LISTED = re.compile(r"\bage[sd]?(?: \d{1,2},?| and| to)+ $", re.I)  # "ages 31, 32, 33 and 34"
_AGE_OF_MAN = re.compile(
    r"\b(?:man|woman|boy|girl|male|female|teen|teenager|suspect|driver|son|daughter|wife|husband), $", re.I
)
_AGE_PAIRED = re.compile(
    r"-?,? (?:and|or) (?:an? )?\d{1,2}-(?:year|month)", re.I
)  # "his 12- and 10-year-old sons"
_AGES_FOLLOW = re.compile(
    r"(?:, \d{1,2})*,? (?:and|or) \d{1,2}[- ]years?[- ]olds?\b", re.I
)  # "three women, 35, 46 and 54 years old"
_CLIP_BEFORE, _CLIP_BEHIND = re.compile(r"\b\d{1,2}:$"), re.compile(r":\d{2}\b")  # the length of a video
_CLAUSE_ENDS = re.compile(r"\s*(?:[,.;)]|$)")
_FRAGMENT = re.compile(r"\W*(?:years?|months?|old|\W)+\W*", re.I)


# What people are counted as when an event of a type is done to them, and the measures that it puts right.
_BY_EVENT: dict[str, tuple[str, frozenset[str]]] = {
    "release": ("freed", frozenset(("held", "detained"))),
    "displacement": ("freed", frozenset(("held",))),  # of captives: they fled
    "abduction": ("held", frozenset(("detained", "freed"))),
    "arrest": ("detained", frozenset(("held",))),
    "killing": ("killed", frozenset(("held", "missing", "freed", "detained"))),
    "death": ("killed", frozenset(("held", "freed", "detained"))),
}
_STILL = re.compile(r"\b(?:still|remain\w*|unaccounted|missing|alive|in exchange|prisoners?)\b", re.I)
_OF_ALL = re.compile(r"\bof (?:the|its|their|his|those|these|all)?\s*$", re.I)  # "100 of the 132 hostages"
_HELD_BEFORE = re.compile(r"\b(?:still|holds?|holding|held|keeps?|keeping|kept)\s+(?:\w+ )?$", re.I)
_OF_REACH = 24  # characters in which these stand
_CLAUSE = 60  # characters between a figure and the trigger that it is counted of, in one clause


def counting(figures: Iterable[Figure], record: Record) -> list[Figure]:
    """Give the figures that count people, each under the measure that its event leaves it.

    Left out are ages ("a 15-year-old", "Tore Bech, 58,") and what has no bound.
    """
    events = {e.id: e for e in record.events}
    text = record.report.text
    kept = (f for f in figures if (f.low is not None or f.high is not None) and not _is_age(f, text))
    return [_settled(f, events.get(f.event or ""), text) for f in kept]


def _settled(figure: Figure, event: Event | None, text: str) -> Figure:
    """Put a measure right that its event excludes: both must stand in one clause."""
    measure, wrong = _BY_EVENT.get(event.type if event else "", (figure.measure, frozenset()))
    before = text[max(0, figure.span.start - _OF_REACH) : figure.span.start]
    if event is None or figure.measure not in wrong or _OF_ALL.search(before) or _HELD_BEFORE.search(before):
        return figure
    start, end = sorted((figure.span.start, event.trigger.start))
    between = text[start : end + len(event.trigger.text)]
    if len(between) > _CLAUSE + len(event.trigger.text) or re.search(r"[.;:]\s|,\s(?:and|but)\s", between):
        return figure
    return figure if _STILL.search(between) else msgspec.structs.replace(figure, measure=measure)


def _is_age(figure: Figure, text: str) -> bool:
    words, end = figure.span.text, figure.span.end
    if _FRAGMENT.fullmatch(words):
        return True
    if (figure.low, figure.high) != (1, 1) and _AGE_BEHIND.match(text, end):
        return True
    if not (words.isdigit() and len(words) <= 2):
        return False
    before = text[max(0, figure.span.start - 24) : figure.span.start]
    ends = bool(_CLAUSE_ENDS.match(text, end))
    return (
        bool(_CLIP_BEFORE.search(before) or _CLIP_BEHIND.match(text, end))
        or bool(_AGE_LISTED.search(before) or _AGE_PAIRED.match(text, end))
        or bool(_AGES_FOLLOW.match(text, end))
        or (ends and bool(_AGE_BEFORE.search(before) or _AGE_OF_MAN.search(before)))
    )
