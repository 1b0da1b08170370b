"""What a unit is compared by, worked out once: a unit is held against many others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import fsum

from dateline.incidents.frequencies import FREQUENCIES
from dateline.incidents.nations import state_name
from dateline.incidents.units import Spot, Unit
from dateline.incidents.words import stem

__all__ = ["HARMS", "Profile", "profile_of", "rarity", "weight_of"]

HARMS = ("killed", "wounded")
_RARE_SHARE = (
    0.75  # of the weight of a word that no text of the table has: in fewer than one text in a hundred
)
_RARE = FREQUENCIES.rare * _RARE_SHARE


@dataclass(frozen=True, slots=True)
class Profile:
    """A unit with what comparing needs of it.

    `rare` are the rare words of its passage, `exact` its places known to the
    town or district, `provinces` theirs; `told`, `first` and `last` are ordinals
    of days, None where not known; `harm` is the largest toll; `heft` the weight
    of its title's words, `rarity` how rare the name of its country is.
    """

    unit: Unit
    rare: frozenset[str]
    title: frozenset[str]
    heft: float
    exact: tuple[Spot, ...]
    provinces: frozenset[tuple[str | None, str]]
    actors: frozenset[str]
    told: int | None
    first: int | None
    last: int | None
    harm: int
    rarity: float
    sketch: frozenset[int]


def profile_of(unit: Unit) -> Profile:
    """Work out what a unit is compared by."""
    exact = tuple(s for s in unit.spots if s.exact)
    tolls = [max(low or 0, high or 0) for m, (low, high) in unit.tolls.items() if m in HARMS]
    return Profile(
        unit=unit,
        rare=frozenset(w for w in unit.own if FREQUENCIES.weights.get(w, FREQUENCIES.rare) >= _RARE),
        title=frozenset(unit.title),
        heft=weight_of(unit.title),
        exact=exact,
        provinces=frozenset((s.country, s.admin1) for s in exact if s.admin1),
        actors=frozenset(unit.actors),
        told=_ordinal(unit.told),
        first=_ordinal(unit.first) if unit.last else None,
        last=_ordinal(unit.last) if unit.first else None,
        harm=max([*tolls, 1]),
        rarity=rarity(state_name(unit.country)) if unit.country else 0.0,
        sketch=_hashes(unit.sketch),
    )


@lru_cache(maxsize=16)
def _hashes(sketch: tuple[int, ...]) -> frozenset[int]:
    """Give a sketch's values as a set, one for all units of a report: their profiles follow one another."""
    return frozenset(sketch[1:])


def weight_of(words: Iterable[str]) -> float:
    """Give the weight of some different words."""
    return fsum(FREQUENCIES.weights.get(w, FREQUENCIES.rare) for w in words)


@lru_cache(maxsize=65536)
def rarity(name: str) -> float:
    """Tell how rare a name is in the news, 0 to 1: a shared capital says less than a shared village."""
    found = (FREQUENCIES.weights.get(stem(w), FREQUENCIES.rare) for w in name.split())
    return max(found, default=0.0) / FREQUENCIES.rare


def _ordinal(day: str | None) -> int | None:
    return date.fromisoformat(day).toordinal() if day else None
