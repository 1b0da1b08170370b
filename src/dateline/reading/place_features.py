"""Describe every place that the names of a report can mean by named features, all names together.

The evidence is that of Leidner (2007) and Grover et al. (2010): containment written next to the name,
states and places named elsewhere, the kind of place written, size, and that the places of one report
lie close together (spatial minimality; Rauch, Bukatin and Baker 2003). What other names say of a
candidate is weighed by how likely each of their own candidates is, so it is worked out in rounds.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from dateline.knowledge.gazetteer import Entry
from dateline.knowledge.sphere import EARTH_KM, great_circle_km

__all__ = ["COLLECTIVE", "FEATURES", "Query", "Setting", "Table", "distance_km", "inside"]

Floats = NDArray[np.float64]

CLOSE_KM = 40.0  # distance at which the closeness of two places has fallen to a third: a day's local news
DATELINE_KM = 150.0  # the same for the place where a report was filed
MOST_CANDIDATES = 50  # of one name, the most prominent; the 46 Madisons of the United States go in
AREAS = ("country", "admin1", "admin2")
_POINTS = frozenset(("city", "site", "airfield", "admin2", "admin1"))
_KINDS: dict[str, frozenset[str]] = {
    "admin": frozenset(("admin1", "admin2", "region", "country")),
    "county": frozenset(("admin1", "admin2")),
    "city": frozenset(("city",)),
    "water": frozenset(("water",)),
    "mountain": frozenset(("mountain",)),
    "site": frozenset(("site", "airfield")),
}

# What is known of a candidate by itself and by the words of the report.
ALONE: dict[str, str] = {
    "prominence": "about the decimal logarithm of its population",
    "other_name": "the name is another spelling of its own",
    "capital": "capital of a state",
    "is_country": "a state",
    "is_admin1": "a first-level region",
    "is_admin2": "a second-level region",
    "is_site": "a site or an airfield",
    "is_region": "a region or continent without fixed bounds",
    "is_nature": "a water or a mountain",
    "kind_fits": "the kind written with the name is its kind",
    "kind_differs": "another kind is written with the name",
    "city_of_dateline": "a town, and the name stands in the dateline",
    "given": "lies in the area written beside the name",
    "state_named": "its state is named",
    "state_often": "logarithm (base 2) of how often its state is named",
    "state_demonym": "its state is named by a demonym alone",
    "state_share": "share of its state among all states named, 0 to 1",
    "state_words": "share of its state among the words that belong to one state (sheriff, rupees)",
    "state_words_many": "logarithm of how many such words are its state's",
    "state_publisher": "the publisher's address is in its state",
}
# What the other names of the report say of it.
COLLECTIVE: dict[str, str] = {
    "written_after": "an area that is written after a place in it",
    "named_otherwise": "the report means it by another name",
    "state_dateline": "the dateline is in its state",
    "near_dateline": "closeness to the dateline's place",
    "region_named": "its first-level region is named",
    "county_named": "its second-level region is named",
    "near_sure": "places likely meant close by (log of their number)",
    "near_any": "names that have any place close by, many-placed names for less (log of their number)",
    "region_sure": "places likely meant in its first-level region (log)",
    "region_share": "share of the other names that are likely in its first-level region",
    "county_sure": "places likely meant in its second-level region (log)",
    "region_any": "names that have any place in its first-level region (log)",
    "state_sure": "places likely meant in its state (log)",
    "state_likely": "share of the other names that are likely in its state",
    "state_any": "names that have any place in its state (log)",
    "holds_sure": "of a state or region: places likely meant in it (log)",
    "holds_any": "of a state or region: names that have any place in it (log)",
}
FEATURES: dict[str, str] = ALONE | COLLECTIVE
_AT = {name: i for i, name in enumerate(FEATURES)}


@dataclass(slots=True)
class Query:
    """What a report says of one name: the places it can mean and what is written with it.

    `given` are the areas written beside it, `kind` the kind written with it (a key of the kinds above),
    `header` tells whether it stands in the dateline. Queries of one `key` are one name written with
    other kinds; they don't speak for each other.
    """

    entries: Sequence[Entry]
    key: str = ""
    given: Sequence[Entry] = ()
    kind: str | None = None
    header: bool = False


@dataclass(slots=True)
class Setting:
    """What a report says of states, each by alpha-3.

    `names` counts how often each is named, `demonyms` how often by demonym, `words` by words that
    belong to one state; `publisher` is the state of the publisher's address.
    """

    names: Mapping[str, float] = field(default_factory=dict)
    demonyms: Mapping[str, float] = field(default_factory=dict)
    words: Mapping[str, float] = field(default_factory=dict)
    publisher: str | None = None


def distance_km(one: Entry, other: Entry) -> float:
    """Give the great-circle distance of two places in kilometres."""
    return great_circle_km(one.lat, one.lon, other.lat, other.lon)


def inside(entry: Entry, area: Entry) -> bool:
    """Tell whether a place lies in an area."""
    if area.kind == "country":
        return entry.country == area.country and entry.id != area.id
    if area.kind in ("region", "water", "mountain"):
        return area.radius_km is not None and distance_km(entry, area) <= area.radius_km
    return area.id in (entry.admin1_id, entry.admin2_id)


class Table:
    """The candidates of all names of one report, in a row, with their features.

    `of[i]` is the query of candidate i, `starts[q]` the first candidate of query q. Queries without
    candidates must be left out before.
    """

    def __init__(self, queries: Sequence[Query], setting: Setting) -> None:
        self.queries = queries
        self.entries = [e for q in queries for e in q.entries[:MOST_CANDIDATES]]
        counts = [min(len(q.entries), MOST_CANDIDATES) for q in queries]
        self.of = np.repeat(np.arange(len(queries)), counts)
        self.starts = np.concatenate(([0], np.cumsum(counts)[:-1])).astype(np.intp)
        self.name = _numbered([q.key or number for number, q in enumerate(queries)])[self.of]
        self.alone = np.array(_alone_rows(queries, setting), dtype=np.float64)
        self._closeness()
        self._areas()

    def __len__(self) -> int:
        return len(self.entries)

    def shares(self, scores: Floats) -> Floats:
        """Turn scores into shares of belief that sum to one for each query."""
        top = np.maximum.reduceat(scores, self.starts)
        raised = np.exp(scores - top[self.of])
        return raised / np.add.reduceat(raised, self.starts)[self.of]

    def features(self, belief: Floats) -> Floats:
        """Give the features, (candidates, features), given the belief in each candidate so far."""
        out = np.zeros((len(self), len(FEATURES)))
        out[:, : len(ALONE)] = self.alone
        self._near(out, belief)
        self._shared(out, belief)
        self._headed(out, belief)
        return out

    def _closeness(self) -> None:
        """Work out how close each candidate is to each: 1 at one point, 0 for what is no point."""
        lat = np.radians(np.array([e.lat for e in self.entries]))
        lon = np.radians(np.array([e.lon for e in self.entries]))
        unit = np.stack((np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)), axis=1)
        chord = np.sqrt(np.maximum(0.0, 2.0 - 2.0 * (unit @ unit.T)))
        self.kilometres = chord * EARTH_KM
        point = np.array([e.kind in _POINTS for e in self.entries])
        ids = np.array([e.id for e in self.entries])
        same = ids[:, None] == ids[None, :]
        other = self.name[:, None] != self.name[None, :]
        apart = other & ~same
        self.same = same & other
        self.close = np.exp(-self.kilometres / CLOSE_KM) * (apart & point[:, None] & point[None, :])
        self.closest = np.maximum.reduceat(self.close, self.starts, axis=1)
        counts = np.bincount(self.of, minlength=len(self.queries))
        self.rarity = 1.0 / np.sqrt(counts)

    def _areas(self) -> None:
        """Number the state and the regions of each candidate, and note which are areas."""
        self.state = _numbered([e.country for e in self.entries])
        self.region = _numbered([e.admin1_id for e in self.entries])
        self.county = _numbered([e.admin2_id for e in self.entries])
        self.is_state = np.array([e.kind == "country" for e in self.entries])
        regions = {e.admin1_id: n for e, n in zip(self.entries, self.region, strict=True)}
        counties = {e.admin2_id: n for e, n in zip(self.entries, self.county, strict=True)}
        self.own_region = self._own(regions, "admin1")
        self.own_county = self._own(counties, "admin2")

    def _own(self, numbers: Mapping[int | None, int], kind: str) -> NDArray[np.intp]:
        """Give the number of the region that each candidate is itself, -1 where it is none of the kind."""
        own = [int(numbers.get(e.id, -1)) if e.kind == kind else -1 for e in self.entries]
        return np.array(own, dtype=np.intp)

    def _near(self, out: Floats, belief: Floats) -> None:
        likely = np.add.reduceat(self.close * belief[None, :], self.starts, axis=1)
        out[:, _AT["near_sure"]] = np.log1p(likely.sum(axis=1))
        out[:, _AT["near_any"]] = np.log1p(self.closest @ self.rarity)
        out[:, _AT["named_otherwise"]] = np.minimum(1.0, self.same @ belief)

    def _shared(self, out: Floats, belief: Floats) -> None:
        """Count the other names in the same state and regions, and for areas the names in them."""
        inner = ~self.is_state & (self.own_region < 0)
        small = inner & (self.own_county < 0)
        state_sure, state_any = self._others(self.state, self.state, belief, inner)
        region_sure, region_any = self._others(self.region, self.region, belief, inner)
        held_sure, held_any = self._others(self.own_region, self.region, belief, inner)
        county_sure, _ = self._others(self.county, self.county, belief, small)
        county_held, county_any = self._others(self.own_county, self.county, belief, small)
        others = max(1, int(self.name.max(initial=0)))
        for name, values in (
            ("state_sure", np.where(self.is_state, 0.0, state_sure)),
            ("state_any", np.where(self.is_state, 0.0, state_any)),
            ("region_sure", region_sure),
            ("region_any", region_any),
            ("county_sure", county_sure),
            ("holds_sure", np.where(self.is_state, state_sure, held_sure + county_held)),
            ("holds_any", np.where(self.is_state, state_any, held_any + county_any)),
        ):
            out[:, _AT[name]] = np.log1p(values)
        out[:, _AT["region_share"]] = region_sure / others
        out[:, _AT["state_likely"]] = np.where(self.is_state, 0.0, state_sure) / others
        out[:, _AT["region_named"]] = _named(self.own_region, self.region, belief)
        out[:, _AT["county_named"]] = _named(self.own_county, self.county, belief)

    def _others(
        self, asked: NDArray[np.intp], group: NDArray[np.intp], belief: Floats, counted: NDArray[np.bool_]
    ) -> tuple[Floats, Floats]:
        """Give, for the group each candidate asks for, what the other names put in it: likely, and at all."""
        size = int(max(group.max(initial=-1), asked.max(initial=-1))) + 1
        if not size:
            return np.zeros(len(self)), np.zeros(len(self))
        sure = np.zeros((len(self.queries), size))  # as many rows as queries: names are fewer
        used = counted & (group >= 0)
        np.add.at(sure, (self.name[used], group[used]), belief[used])
        some = (sure > 0).astype(np.float64)
        some /= np.maximum(some.sum(axis=1, keepdims=True), 1.0)
        here = np.where(asked >= 0, asked, 0)
        values = [
            np.where(asked >= 0, table.sum(axis=0)[here] - table[self.name, here], 0.0)
            for table in (sure, some)
        ]
        return values[0], values[1]

    def _headed(self, out: Floats, belief: Floats) -> None:
        """Let the dateline's places and the areas written after names speak."""
        headed = np.array([q.header for q in self.queries])[self.of]
        if headed.any():
            weight = np.where(headed, belief, 0.0)
            same = (self.state[:, None] == self.state[None, :]) & (self.state >= 0)[None, :]
            other = self.name[:, None] != self.name[None, :]
            out[:, _AT["state_dateline"]] = np.minimum(1.0, (same & other) @ weight)
            near = np.exp(-self.kilometres / DATELINE_KM) * other
            out[:, _AT["near_dateline"]] = np.minimum(1.0, near @ weight)
        held: dict[int, float] = {}
        for i, entry in enumerate(self.entries):
            for area in self.queries[self.of[i]].given:
                if inside(entry, area):
                    held[area.id] = held.get(area.id, 0.0) + belief[i]
        if held:
            out[:, _AT["written_after"]] = [min(1.0, held.get(e.id, 0.0)) for e in self.entries]


def _named(own: NDArray[np.intp], area: NDArray[np.intp], belief: Floats) -> Floats:
    """Give for each candidate the belief that the area in which it lies is named itself."""
    named = own >= 0
    weight = np.zeros(int(area.max(initial=-1)) + 1)
    if not len(weight):
        return np.zeros(len(area))
    np.maximum.at(weight, own[named], belief[named])
    return np.where(area >= 0, weight[area], 0.0)


def _numbered(keys: Sequence[object]) -> NDArray[np.intp]:
    """Number the keys in the order they come, -1 for None."""
    numbers: dict[object, int] = {}
    return np.array([-1 if k is None else numbers.setdefault(k, len(numbers)) for k in keys], dtype=np.intp)


def _alone_rows(queries: Sequence[Query], setting: Setting) -> list[list[float]]:
    states = _States(setting)
    return [
        _alone(entry, query, states, own)
        for query in queries
        for own in [{e.country for e in query.entries if e.kind == "country"}]
        for entry in query.entries[:MOST_CANDIDATES]
    ]


class _States:
    """What is said of each state, worked out once for a report."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.all = sum(setting.names.values()) + sum(setting.demonyms.values()) or 1.0
        self.words = sum(setting.words.values()) or 1.0
        self.known: dict[str, list[float]] = {}

    def row(self, code: str, own: bool) -> list[float]:
        """Give the features of a state; it does not speak for other places of its own name (`own`)."""
        if own:
            return _NO_STATE
        if code not in self.known:
            names = self.setting.names.get(code, 0.0)
            demonyms = self.setting.demonyms.get(code, 0.0)
            self.known[code] = [
                float(names > 0),
                math.log2(1.0 + names + demonyms),
                float(demonyms > 0 and not names),
                (names + demonyms) / self.all,
                self.setting.words.get(code, 0.0) / self.words,
                math.log1p(self.setting.words.get(code, 0.0)),
                float(self.setting.publisher == code),
            ]
        return self.known[code]


_NO_STATE = [0.0] * 7


def _alone(entry: Entry, query: Query, states: _States, own: set[str | None]) -> list[float]:
    kind = entry.kind
    fits = query.kind is not None and kind in _KINDS[query.kind]
    codes = entry.countries or ((entry.country,) if entry.country else ())
    of_state = _NO_STATE
    if kind != "country" and codes:
        rows = [states.row(code, code in own) for code in codes]
        of_state = rows[0] if len(rows) == 1 else [max(values) for values in zip(*rows, strict=True)]
    return [
        entry.prominence,
        float(not entry.main),
        float(entry.capital),
        float(kind == "country"),
        float(kind == "admin1"),
        float(kind == "admin2"),
        float(kind in ("site", "airfield")),
        float(kind in ("region", "continent")),
        float(kind in ("water", "mountain")),
        float(fits),
        float(query.kind is not None and not fits),
        float(query.header and kind == "city"),
        float(any(inside(entry, area) for area in query.given)),
        *of_state,
    ]
