"""Tell pairs apart early: most units that share a key have far too little in common to be of one incident.

What two units share at all bounds the score that they can have: a feature that
counts for them is taken at its most wherever it could be on. Nothing that ties
is lost, and what remains is scored in full.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache

from dateline.incidents.families import are_akin
from dateline.incidents.match import (
    COUNTED,
    DAYS_WITHIN,
    FEATURES,
    ONE_PLACE_KM,
    RARE_WORDS,
    SCORER,
    TOLD_WITHIN,
    WORD_FEATURES,
    Scorer,
    copied_share,
    countries_differ,
    days_between,
    title_overlap,
)
from dateline.incidents.profiles import HARMS, Profile
from dateline.incidents.units import Spot, Unit
from dateline.knowledge.sphere import EARTH_KM

__all__ = ["Early", "tie"]

_SLACK = 0.01  # for rounding: of scores to thousandths, of shares that are 1 but for the last digit
_DEGREES = (
    math.degrees(ONE_PLACE_KM / EARTH_KM) * 1.01
)  # of latitude: what lies further apart is not one place
_LAST_DAY = max(limit for _, limit in (*TOLD_WITHIN, *DAYS_WITHIN))
_LOOKED_AT = frozenset((
    "title_overlap", "rare_words", "names_shared", "ages_shared", "numbers_shared", "place_same",
    "place_same_rare", "place_unknown", "country_differs", "country_same_rare", "days_unknown",
    "undated_near", "type_same", "type_akin", "type_rival", "type_alien", "toll_same", "actors_shared",
    "nations_shared", "copied", "place_and_day", "passing_place",
    *(name for name, _ in (*DAYS_WITHIN, *TOLD_WITHIN)),
))  # fmt: skip


class Early:
    """The most that a pair can score by what it shares, for the weights of a scorer."""

    def __init__(self, scorer: Scorer) -> None:
        weight = {name: scorer.weights.get(name, 0.0) for name in FEATURES}
        most = {name: max(value, 0.0) for name, value in weight.items()}
        beside = set(FEATURES) - _LOOKED_AT - WORD_FEATURES
        self._base = scorer.bias + scorer.most_of_words + sum(most[name] for name in beside)
        self._least = scorer.edge - _SLACK
        self._title, self._copied = most["title_overlap"], most["copied"]
        self._rare, self._most_rare = weight["rare_words"], most["rare_words"]
        self._names, self._ages, self._numbers = (
            most[n] for n in ("names_shared", "ages_shared", "numbers_shared")
        )
        self._actors, self._nations, self._toll = (
            most[n] for n in ("actors_shared", "nations_shared", "toll_same")
        )
        self._undated = most["days_unknown"] + most["undated_near"]
        self._unplaced, self._country = most["place_unknown"], most["country_same_rare"]
        self._abroad = weight["country_differs"]
        self._here = most["place_same"] + most["place_same_rare"] + most["place_and_day"]
        self._here_passing = self._here + most["passing_place"]
        self._told, self._days = (
            tuple(sum(weight[name] for name, limit in within if gap <= limit) for gap in range(_LAST_DAY + 1))
            for within in (TOLD_WITHIN, DAYS_WITHIN)
        )
        same, rival = weight["type_same"], weight["type_rival"]
        self._kinds = same, max(weight["type_akin"], rival), max(weight["type_alien"], rival)

    def may_tie(self, p: Profile, q: Profile) -> bool:
        """Tell whether two units could tie; false only of those that don't."""
        reached = self._base + self._times(p, q) + self._places(p, q) + self._few(p, q)
        least = self._least
        if not p.title.isdisjoint(q.title):
            reached += self._title * title_overlap(p, q)
        if reached + self._most_rare + self._copied < least:
            return False
        if not p.rare.isdisjoint(q.rare):
            reached += self._rare * min(len(p.rare & q.rare), RARE_WORDS) / RARE_WORDS
        if reached >= least:
            return True
        return reached + self._copied >= least and reached + self._copied * copied_share(p, q) >= least

    def _times(self, p: Profile, q: Profile) -> float:
        found = self._apart(self._told, abs(p.told - q.told)) if p.told and q.told else 0.0
        apart = days_between(p, q)
        if apart is not None:
            return found + self._apart(self._days, apart)
        return found + (self._undated if p.unit.lead and q.unit.lead else 0.0)

    def _apart(self, steps: tuple[float, ...], gap: int) -> float:
        return steps[gap] if gap < len(steps) else 0.0

    def _places(self, p: Profile, q: Profile) -> float:
        a, b = p.unit, q.unit
        both = a.lead and b.lead
        if a.country and a.country == b.country:
            found = self._country
        else:
            found = self._abroad if countries_differ(a, b) else 0.0
        if not p.exact or not q.exact:
            return found + (self._unplaced if both else 0.0)
        if _may_be_one(p.exact, q.exact):
            found += self._here if both else self._here_passing
        return found

    def _few(self, p: Profile, q: Profile) -> float:
        """Give the most of what is told in few things: kinds, people, numbers, tolls."""
        a, b = p.unit, q.unit
        found = self._kinds[_kinship(a.type, b.type)]
        for weight, one, other in (
            (self._numbers, a.numbers, b.numbers), (self._actors, p.actors, q.actors),
            (self._nations, a.nations, b.nations),
        ):  # fmt: skip
            if one and other and not one.isdisjoint(other):
                found += weight
        for weight, names, others in ((self._names, a.names, b.names), (self._ages, a.ages, b.ages)):
            if names and others and not names.isdisjoint(others):
                found += weight * min(len(names & others), COUNTED) / COUNTED
        if a.tolls and b.tolls:
            found += self._toll * sum(_same_toll(a, b, measure) for measure in HARMS) / len(HARMS)
        return found


def _same_toll(a: Unit, b: Unit, measure: str) -> bool:
    one = a.tolls.get(measure)
    return bool(one and one[0] and one == b.tolls.get(measure))


@lru_cache(maxsize=4096)
def _kinship(a: str, b: str) -> int:
    return 0 if a == b else 1 if are_akin(a, b) else 2


def _may_be_one(first: Iterable[Spot], second: tuple[Spot, ...]) -> bool:
    """Tell whether any two places could be one: of one name, or on one latitude."""
    return any(
        s.key == t.key or (s.lat is not None and t.lat is not None and abs(s.lat - t.lat) <= _DEGREES)
        for s in first
        for t in second
    )


_early = Early(SCORER)


def tie(p: Profile, q: Profile) -> float | None:
    """Give what `SCORER.tie` gives."""
    return SCORER.tie(p, q) if _early.may_tie(p, q) else None
