"""Weigh the places that a name can mean, by what else the report says.

The evidence is that of Leidner (2007) and Grover et al. (2010): containment written next to the name,
states and places named elsewhere, the kind of place written, and size.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from dateline.knowledge.gazetteer import Entry, Gazetteer

__all__ = ["Evidence", "Ranked", "distance_km", "inside", "rank"]

# Weights are in decades of population, the unit of prominence. They were set by hand on the train reports
# and texts of our own: a state named once lifts its towns over namesakes ten to twenty times as big.
GIVEN = 6.0  # `Paris, Texas`: what is written beside the name outweighs any size
STATE_ONCE = 1.2
STATE_MOST = 3.2
HEADER_STATE = 1.0
SAME_REGION = 0.8
REGION_NAMED = 1.5  # as for a state: the region itself stands in the report
HOLDS = 1.0  # each place in an area adds to it
AREA_MOST = 4.0  # all that places within an area can add to it: enough to lift a Georgia over the other
NEARBY = 0.6
NEARBY_KM = 150.0
KIND = 3.0
NEIGHBOURS_MOST = 1.5  # all that places round about can add
TEMPERATURE = 0.55  # turns differences of score into confidence
CERTAIN = 0.97  # no resolution is surer than this
LONE_UNSUPPORTED = 0.75  # the only place of its name, in a state that the report does not name
EARTH_KM = 6371.0
SAME_GROUND = 0.8  # share of the belief in a town's own region that speaks for the town
_KINDS: dict[str, tuple[tuple[str, ...], str]] = {
    "admin": (("admin1", "admin2", "region", "country"), "province or district"),
    "city": (("city",), "town"),
    "water": (("water",), "water"),
    "mountain": (("mountain",), "mountain"),
    "site": (("site", "airfield"), "site"),
}


@dataclass(slots=True)
class Evidence:
    """What a report says that helps to tell places of one name apart.

    `states` weighs each state named; `header` are the states of the dateline's places; `around` are
    places already known, `given` the areas written beside this name, `holding` the ids of
    areas that are written beside places in them, `kind` the kind written with the name (`admin`, `city`,
    `water`, `mountain`, `site`).
    """

    states: Mapping[str, float] = field(default_factory=dict)
    header: frozenset[str] = frozenset()
    around: Sequence[Entry] = ()
    given: Sequence[Entry] = ()
    holding: frozenset[int] = frozenset()
    kind: str | None = None


@dataclass(slots=True)
class Ranked:
    """One candidate with its score, its share of belief and the reasons for it."""

    entry: Entry
    score: float
    confidence: float = 0.0
    reasons: tuple[str, ...] = ()


def distance_km(one: Entry, other: Entry) -> float:
    """Give the great-circle distance of two places in kilometres."""
    lat1, lat2 = math.radians(one.lat), math.radians(other.lat)
    across = math.radians(one.lon - other.lon)
    angle = math.sin(lat1) * math.sin(lat2) + math.cos(lat1) * math.cos(lat2) * math.cos(across)
    return EARTH_KM * math.acos(max(-1.0, min(1.0, angle)))


def rank(entries: Sequence[Entry], evidence: Evidence, gazetteer: Gazetteer) -> list[Ranked]:
    """Order candidates by how well they fit the evidence, the best first, with confidence.

    A state's name before another state's is a list (`Mexico, the United States`), no town in it.
    """
    ranked = []
    if any(entry.kind == "country" for entry in entries):
        evidence = replace(evidence, given=[a for a in evidence.given if a.kind != "country"])
    for entry in entries:
        score, reasons = _score(entry, evidence, gazetteer)
        ranked.append(Ranked(entry, score, reasons=reasons))
    ranked.sort(key=lambda r: (-r.score, r.entry.id))
    _share_belief(ranked)
    if ranked and not ranked[0].reasons:
        ranked[0].reasons = (_by_size(len(ranked)),)
    lone = len(ranked) == 1 and ranked[0].reasons == (_by_size(1),)
    if lone and ranked[0].entry.kind in ("city", "admin2", "site", "airfield"):
        ranked[0].confidence = min(ranked[0].confidence, LONE_UNSUPPORTED)
    return ranked


def _by_size(count: int) -> str:
    return "only place of that name" if count == 1 else f"largest of {count}"


def _score(entry: Entry, evidence: Evidence, gazetteer: Gazetteer) -> tuple[float, tuple[str, ...]]:
    score, reasons = entry.weight, []
    for part, reason in (
        _given(entry, evidence),
        _kind(entry, evidence),
        _state(entry, evidence, gazetteer),
        _neighbours(entry, evidence),
    ):
        score += part
        if reason and part > 0:
            reasons.append(reason)
    return score, tuple(reasons)


def inside(entry: Entry, area: Entry) -> bool:
    """Tell whether a place lies in an area."""
    if area.kind == "country":
        return entry.country == area.country and entry.id != area.id
    if area.kind in ("region", "water", "mountain"):
        return area.radius_km is not None and distance_km(entry, area) <= area.radius_km
    return area.id in (entry.admin1_id, entry.admin2_id)


def _given(entry: Entry, evidence: Evidence) -> tuple[float, str]:
    for area in evidence.given:
        if inside(entry, area):
            return GIVEN, f"given in {area.name}"
    return (GIVEN, "written after a place in it") if entry.id in evidence.holding else (0.0, "")


def _kind(entry: Entry, evidence: Evidence) -> tuple[float, str]:
    if not evidence.kind:
        return 0.0, ""
    kinds, called = _KINDS[evidence.kind]
    return (KIND, f"called a {called}") if entry.kind in kinds else (0.0, "")


def _state(entry: Entry, evidence: Evidence, gazetteer: Gazetteer) -> tuple[float, str]:
    codes = entry.countries or ((entry.country,) if entry.country else ())
    if entry.kind == "country" or not codes:
        return 0.0, ""
    named = max((evidence.states.get(code, 0.0) for code in codes), default=0.0)
    header = HEADER_STATE if evidence.header.intersection(codes) else 0.0
    if not named and not header:
        return 0.0, ""
    lift = min(STATE_MOST, STATE_ONCE * (1 + math.log2(max(named, 1.0)) * 0.6)) if named else 0.0
    state = gazetteer.country(codes[0])
    name = state.name if state else codes[0]
    return lift + header, f"{name} is named" if named else f"the dateline is in {name}"


def _neighbours(entry: Entry, evidence: Evidence) -> tuple[float, str]:
    area = entry.kind in ("country", "admin1")
    total, names = 0.0, []
    for other in evidence.around:
        part = 0.0 if other.id == entry.id else _nearness(entry, other)
        if part:
            total += part
            names.append(other.name)
    reason = f"near {' and '.join(dict.fromkeys(names[:2]))}" if names else ""
    if area and names:
        reason = f"holds {' and '.join(dict.fromkeys(names[:2]))}"
    return min(total, AREA_MOST if area else NEIGHBOURS_MOST), reason


def _nearness(entry: Entry, other: Entry) -> float:
    """Say what a place already known adds to a candidate."""
    if entry.kind == "country":
        return HOLDS if other.country == entry.country else 0.0
    if other.admin1_id == entry.id:
        return HOLDS
    if entry.admin1_id and entry.admin1_id == other.id:
        return REGION_NAMED
    if entry.admin1_id and entry.admin1_id == other.admin1_id:
        return SAME_REGION
    point = entry.kind in ("city", "site", "airfield") and other.kind in ("city", "site", "airfield")
    return NEARBY if point and distance_km(entry, other) < NEARBY_KM else 0.0


def _share_belief(ranked: list[Ranked]) -> None:
    """Turn scores into shares of belief that sum to at most `CERTAIN`."""
    if not ranked:
        return
    top = ranked[0].score
    shares = [math.exp((r.score - top) / TEMPERATURE) for r in ranked]
    total = sum(shares)
    for one, share in zip(ranked, shares, strict=True):
        one.confidence = CERTAIN * share / total
    best = ranked[0]
    areas = (best.entry.admin1_id, best.entry.admin2_id)
    best.confidence += SAME_GROUND * sum(r.confidence for r in ranked[1:] if r.entry.id in areas)
    for one in ranked:
        one.confidence = round(min(one.confidence, CERTAIN), 3)
