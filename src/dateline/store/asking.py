"""The one language in which incidents are asked for: by name and words as people type them.

Commands, exports and the desk take the same names (`FILTERS`) and make the
store's Filter of them here: countries and places are looked up, days read.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Any

from dateline import codebook
from dateline.errors import DateError, FilterError
from dateline.knowledge.gazetteer import Gazetteer
from dateline.reports.dates import parse_published
from dateline.store.filters import Filter, Near

__all__ = ["FILTERS", "parse_country", "parse_filter"]

# What each filter is for, in the words of the help.
FILTERS: dict[str, str] = {
    "country": "Where: ISO alpha-3 code or name.",
    "place": "Near a place: its name, or LAT,LON.",
    "radius": "How near to the place (default: 30 km).",
    "type": "Type of event.",
    "since": "Not over before this day.",
    "until": "Begun by this day.",
    "actor": "Someone who takes part.",
    "killed": "At least so many killed.",
    "contested": "Only where sources contradict each other.",
    "text": 'Words and "phrases" in a report of it.',
}

_POINT = re.compile(r"\s*([-+]?\d+(?:\.\d+)?)\s*,\s*([-+]?\d+(?:\.\d+)?)\s*")
_CODE = re.compile(r"[A-Za-z]{3}")
_RADIUS_KM = 30.0  # a town with what lies around it
_YES, _NO = ("true", "yes", "on", "1"), ("false", "no", "off", "0")


def parse_filter(asked: Mapping[str, object]) -> Filter:
    """Make a filter of what was asked, by the names in `FILTERS`; None asks for nothing.

    Values may be words throughout, as in a URL. Raises FilterError, whose
    `where` is the name, for what no list knows, no day, no number, or an
    unknown name.
    """
    typed = {name: value for name, value in asked.items() if value is not None}
    for name in typed.keys() - FILTERS.keys():
        raise FilterError("no such filter", where=name, hint=f"there are {', '.join(FILTERS)}")
    if "radius" in typed and "place" not in typed:
        raise FilterError("needs a place", where="radius", hint="name the place too")
    values = {name: _READ[name](name, value) for name, value in typed.items() if name in _READ}
    if "place" in typed:
        values["near"] = _near(_words("place", typed["place"]), values.pop("radius", None))
    found = Filter(**values)
    if found.since and found.until and found.since > found.until:
        raise FilterError(f"{found.since} is after {found.until}", where="since")
    return found


def _words(name: str, value: object) -> str:
    words = str(value).strip()
    if not words:
        raise FilterError("is empty", where=name, hint="leave it out, or say what")
    return words


def _number(name: str, value: object) -> float:
    try:
        number = float(str(value))
    except ValueError:
        number = math.nan
    if not 0 <= number < math.inf:
        raise FilterError(f"{value!r} is no number of 0 or more", where=name)
    return number


def _whole(name: str, value: object) -> int:
    number = _number(name, value)
    if number != int(number):
        raise FilterError(f"{value!r} is no whole number", where=name)
    return int(number)


def _is(name: str, value: object) -> bool:
    word = str(value).strip().lower()
    if word not in _YES + _NO:
        raise FilterError(f"{value!r} is neither yes nor no", where=name)
    return word in _YES


def _day(name: str, value: object) -> str:
    try:
        return parse_published(_words(name, value))[:10]
    except DateError as problem:
        raise FilterError(problem.what, where=name, hint="write it like 2013-01-23") from problem


def _type(name: str, value: object) -> str:
    word = _words(name, value).lower().replace(" ", "-")
    if word not in codebook.TYPES:
        near = get_close_matches(word, codebook.TYPES, n=3)
        hint = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(codebook.TYPES)}"
        raise FilterError(f"no type of event: {word}", where=name, hint=hint)
    return word


def parse_country(name: str, value: object) -> str:
    """Give the alpha-3 code of a country's name or code; raises FilterError for the option `name`."""
    words = _words(name, value)
    with Gazetteer.open() as gazetteer:
        code = words.upper()
        if _CODE.fullmatch(words) and gazetteer.country(code):
            return code
        found = gazetteer.state(words) or gazetteer.state(code)
    if found is None:
        raise FilterError(f"no such country: {words}", where=name, hint="ISO alpha-3 codes work too")
    return found


def _near(place: str, radius: float | None) -> Near:
    point = _POINT.fullmatch(place)
    if point:
        lat, lon = float(point[1]), float(point[2])
        if abs(lat) > 90 or abs(lon) > 180:
            what = "latitude is within 90 degrees, longitude within 180"
            raise FilterError(what, where="place", hint="write LAT,LON")
        return Near(lat, lon, _RADIUS_KM if radius is None else radius)
    with Gazetteer.open() as gazetteer:
        found = gazetteer.lookup(place)
    if not found:
        raise FilterError(f"no such place: {place}", where="place", hint="LAT,LON works too")
    first = found[0]
    return Near(first.lat, first.lon, max(_RADIUS_KM, first.radius_km or 0) if radius is None else radius)


_READ: dict[str, Callable[[str, object], Any]] = {
    "country": parse_country, "radius": _number, "type": _type, "since": _day, "until": _day, "actor": _words,
    "killed": _whole, "contested": _is, "text": _words,
}  # fmt: skip
