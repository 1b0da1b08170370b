"""Read how a text puts a thing by a place: `near X`, `15 km north of X`, `between X and Y`, `X-Y road`."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace

from dateline.knowledge.sphere import EARTH_KM
from dateline.reading.numbers import read_quantity

__all__ = ["BETWEEN", "NEAR_KM", "Nearness", "middle", "moved", "nearness_before"]

NEAR_KM = 25.0  # what `near` and `outside` mean in news, where no distance is written
OUTSKIRTS_KM = 10.0  # the edge of a town
SPREAD = 0.4  # a direction is right to within a sixteenth of the compass: sideways error by the way gone
LEAST_KM = 2.0
MILE_KM = 1.609
_BEARINGS = {
    "north": 0.0, "northeast": 45.0, "east": 90.0, "southeast": 135.0,
    "south": 180.0, "southwest": 225.0, "west": 270.0, "northwest": 315.0,
}  # fmt: skip
_NUMBER = r"(?P<n>\d+(?:[.,]\d+)*|[A-Za-z]+(?:-[A-Za-z]+)?)"
_UNIT = r"(?P<unit>km|kms|kilomet(?:re|er)s?|mi|miles?)\b\.?"
_DIRECTION = r"(?P<way>north|south|east|west)(?:ern)?(?:[\s-]?(?P<way2>east|west)(?:ern)?)?"
_DISTANCE = rf"\b{_NUMBER}[\s-]*{_UNIT}(?:\s*\([^()]{{1,25}}\))?"
_TOWARDS = rf"\s+(?:(?:to|due|just)\s+)?(?:the\s+)?{_DIRECTION}\s+(?:of|from)"
_AWAY = r"\s+(?:away\s+from|outside|from|off|beyond|of)"
_KIND = (
    r"(?:\s+(?:the|its))?(?:\s+(?:[a-z]+\s+){0,2}(?:town|city|village|capital|port|border|base|camp)\s+of)?"
)
_MEASURED = re.compile(rf"{_DISTANCE}(?:{_TOWARDS}|{_AWAY}){_KIND}\s+$", re.IGNORECASE)
_EDGE = re.compile(rf"\b(?:outskirts|outskirt|edge|suburbs?)\s+of{_KIND}\s+$", re.IGNORECASE)
_BY = re.compile(
    rf"\b(?:(?:just\s+)?near|close\s+to|nearby|not\s+far\s+from|just\s+outside|outside|(?:in|around)\s+the"
    rf"\s+vicinity\s+of|vicinity\s+of|just\s+{_DIRECTION}\s+of){_KIND}\s+$",
    re.IGNORECASE,
)
_WAY_OF = re.compile(rf"\b{_DIRECTION}\s+of{_KIND}\s+$", re.IGNORECASE)
BETWEEN = re.compile(
    r"\bbetween\s+(?:the\s+(?:[a-z]+\s+){0,2}(?:towns|cities|villages)\s+of\s+)?$", re.IGNORECASE
)
_REACH = 90  # code points before a name that are looked at


@dataclass(frozen=True, slots=True)
class Nearness:
    """How far a thing told is from the place named: `kilometres` (None: not told) on `bearing` degrees.

    `words` is the phrase before the name as the text has it; `radius` in kilometres.
    """

    words: str
    radius: float
    kilometres: float | None = None
    bearing: float | None = None


def nearness_before(text: str, start: int, *, inside: bool = False) -> Nearness | None:
    """Read the words that stand before a name, None where they put nothing near it.

    `inside`: they are part of the mention, which bears them in its own words.
    """
    words = text[max(0, start - _REACH) : start]
    if "\n\n" in words:
        words = words[words.rindex("\n\n") :]
    found = _measured(words) or _unmeasured(words)
    return replace(found, words="") if found and inside else found


def _measured(words: str) -> Nearness | None:
    match = _MEASURED.search(words)
    if match is None:
        return None
    number = _amount(match["n"])
    if number is None:
        return None
    gone = round(number * (MILE_KM if match["unit"].lower().startswith("mi") else 1.0), 1)
    bearing = _bearing(match)
    radius = max(LEAST_KM, gone if bearing is None else SPREAD * gone)
    return Nearness(_tidy(match.group()), round(radius, 1), gone, bearing)


def _unmeasured(words: str) -> Nearness | None:
    for pattern, radius in ((_EDGE, OUTSKIRTS_KM), (_BY, NEAR_KM), (_WAY_OF, NEAR_KM)):
        if match := pattern.search(words):
            return Nearness(_tidy(match.group()), radius)
    return None


def _amount(written: str) -> float | None:
    if re.fullmatch(r"\d+\.\d+", written):
        return float(written)
    value = read_quantity(written)
    return float(value.low) if value is not None and value.low else None


def _bearing(match: re.Match[str]) -> float | None:
    way = match["way"]
    return _BEARINGS.get((way + (match["way2"] or "")).lower()) if way else None


def _tidy(words: str) -> str:
    return " ".join(words.split())


def moved(lat: float, lon: float, kilometres: float, bearing: float) -> tuple[float, float]:
    """Give the point (degrees) reached from one by going `kilometres` on `bearing` (degrees from north)."""
    angle, turn, p = kilometres / EARTH_KM, math.radians(bearing), math.radians(lat)
    q = math.asin(math.sin(p) * math.cos(angle) + math.cos(p) * math.sin(angle) * math.cos(turn))
    across = math.atan2(
        math.sin(turn) * math.sin(angle) * math.cos(p), math.cos(angle) - math.sin(p) * math.sin(q)
    )
    return round(math.degrees(q), 4), round((math.degrees(across) + lon + 540) % 360 - 180, 4)


def middle(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    """Give the middle of two points (latitude, longitude in degrees) on the great circle."""
    x = y = z = 0.0
    for lat, lon in (one, other):
        p, q = math.radians(lat), math.radians(lon)
        x, y, z = x + math.cos(p) * math.cos(q), y + math.cos(p) * math.sin(q), z + math.sin(p)
    lat = math.degrees(math.atan2(z, math.hypot(x, y)))
    return round(lat, 4), round(math.degrees(math.atan2(y, x)), 4)
