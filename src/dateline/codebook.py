"""The vocabulary: types, statuses, roles, measures, groups and kinds, with their codes.

Read once from `codebook.toml` beside this module. The order is that of the
file and is what the reader's label indices rest on.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files

__all__ = [
    "ACTOR_KINDS",
    "FIGURE_STATUSES",
    "GROUPS",
    "KINDS",
    "MEASURES",
    "ROLES",
    "STATUSES",
    "TYPES",
    "EventType",
    "where_prec",
]


@dataclass(frozen=True)
class EventType:
    """An event type and its code in each scheme that has one.

    `plover`: PLOVER root; `cameo`: two-digit CAMEO root; `acled`: ACLED sub-event.
    """

    name: str
    covers: str
    plover: str | None = None
    cameo: str | None = None
    acled: str | None = None


_BOOK = tomllib.loads(files("dateline").joinpath("codebook.toml").read_text(encoding="utf-8"))

TYPES: dict[str, EventType] = {name: EventType(name, **row) for name, row in _BOOK["types"].items()}
STATUSES: dict[str, str] = _BOOK["statuses"]
ROLES: dict[str, str] = _BOOK["roles"]
MEASURES: dict[str, str] = _BOOK["measures"]
GROUPS: dict[str, str] = _BOOK["groups"]
FIGURE_STATUSES: dict[str, str] = _BOOK["figure_statuses"]
KINDS: dict[str, str] = _BOOK["kinds"]
ACTOR_KINDS: dict[str, str] = _BOOK["actor_kinds"]

_WHERE_PREC = {"exact": 1, "near": 2, "admin2": 3, "admin1": 4, "region": 5, "country": 6}
_NEAR_KM = 25.0  # UCDP's bound of "near a known point"
_HIGH_SEAS = ("sea", "ocean", "gulf", "strait", "straits", "channel", "bay", "passage")


def where_prec(precision: str | None, radius_km: float | None, country: str | None, name: str) -> int:
    """Give UCDP GED's `where_prec` of a place: 1 exact to 6 country, 7 waters of no state.

    1 the place itself; 2 within about 25 km of a known point; 3 second-level, 4 first-level region;
    5 a fuzzy area: a road, a stretch, a region; 6 the country alone. Source: Hoegbladh (2023), "UCDP GED
    Codebook version 23.1".
    """
    if country is None and any(word in _HIGH_SEAS for word in name.lower().split()):
        return 7
    code = _WHERE_PREC.get(precision or "", 6)
    return 5 if code == 2 and (radius_km or 0.0) > _NEAR_KM else code
