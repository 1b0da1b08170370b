"""Score a pair of units: how likely two passages of two reports tell of one incident.

A logistic regression over features that a person can read. Their weights stand
in `weights.toml`, trained by `training/linking.py`. Nothing but the two units
goes into a score, so it never changes when other reports come.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

from dateline.errors import AssetError
from dateline.incidents.copies import contained
from dateline.incidents.families import are_akin, are_rivals
from dateline.incidents.profiles import HARMS, Profile, profile_of, rarity, weight_of
from dateline.incidents.units import Spot, Unit
from dateline.incidents.words import cosine
from dateline.knowledge.sphere import great_circle_km

__all__ = [
    "COUNTED",
    "DAYS_WITHIN",
    "FEATURES",
    "ONE_PLACE_KM",
    "RARE_WORDS",
    "SCORER",
    "TOLD_WITHIN",
    "WORD_FEATURES",
    "Scorer",
    "copied_share",
    "countries_differ",
    "days_between",
    "features",
    "load_scorer",
    "title_overlap",
]

_DAY_STEPS = (0, 1, 3, 7, 30)  # upper ends in days; a siege is told within a week, a trial after a month
_TOLD_STEPS = (1, 3, 7, 30)  # between days of publication
_NEAR_KM, _FAR_KM = 30.0, 150.0
ONE_PLACE_KM = 5.0
_SMALL_TOLL = 4  # up to here a toll is known at once: two and three dead are two cases
COUNTED = 3  # names, ages, words beyond the third add nothing
RARE_WORDS = 2 * COUNTED
_ROUNDING = 0.001  # of a score
_COSINES = ("whole", "own", "proper")  # what words of two units are held together, the weightiest first
TOLD_WITHIN = tuple((f"told_{limit}", limit) for limit in _TOLD_STEPS)
DAYS_WITHIN = tuple((f"days_{limit}", limit) for limit in _DAY_STEPS)
WORD_FEATURES = frozenset(
    ("place_and_words", *(f"{name}_{kind}" for name in _COSINES for kind in ("cosine", "root")))
)
FEATURES: tuple[str, ...] = (
    "own_cosine", "own_root", "whole_cosine", "whole_root", "proper_cosine", "proper_root",
    "title_overlap", "rare_words", "names_shared", "names_differ", "ages_shared", "ages_differ",
    "numbers_shared", "place_same", "place_same_rare", "place_near", "place_far", "place_unknown",
    "province_differs", "country_differs", "country_same_rare", "days_0", "days_1", "days_3", "days_7",
    "days_30", "days_unknown", "told_1", "told_3", "told_7", "told_30", "undated_near", "type_same",
    "type_akin", "type_rival", "type_alien", "toll_same", "toll_differs", "actors_shared",
    "nations_shared", "history", "passing", "copied", "place_and_day", "place_and_words", "passing_place",
)  # fmt: skip


def features(a: Unit, b: Unit) -> dict[str, float]:
    """Compare two units; each feature lies in 0 to 1, absent ones are 0. Symmetric in its arguments.

    Cosines come with their roots: most of what they tell lies between 0.05 and 0.3.
    `days_3` is on where a day on which one happening begins or ends lies within three
    days of one of the other's (that two long ones overlap says little), `told_3` where
    those of publication do, so that each step adds to the wider ones. That a
    place or day is not known is no news of a passage that is told in passing.
    """
    return _all(profile_of(a), profile_of(b))


def _all(p: Profile, q: Profile) -> dict[str, float]:
    found = _facts(p, q)
    for name in _COSINES:
        found |= _alike(name, p, q, found)
    return found


def _alike(name: str, p: Profile, q: Profile, facts: Mapping[str, float]) -> dict[str, float]:
    """Compare the words of two units: of the whole reports, of the passages, or the names in these."""
    cos = cosine(getattr(p.unit, name), getattr(q.unit, name))
    found = {f"{name}_cosine": cos, f"{name}_root": math.sqrt(cos)}
    if name == "own":
        found["place_and_words"] = facts.get("place_same", 0.0) * cos
    return found


def _facts(p: Profile, q: Profile) -> dict[str, float]:
    """Compare all but the words as a whole, which costs most."""
    a, b = p.unit, q.unit
    found = _people(p, q) | _places(p, q) | _days(p, q) | _kinds(a, b) | _harm(p, q)
    found["title_overlap"] = title_overlap(p, q)
    found["rare_words"] = min(len(p.rare & q.rare), RARE_WORDS) / RARE_WORDS
    found["actors_shared"] = float(not p.actors.isdisjoint(q.actors))
    found["nations_shared"] = float(not a.nations.isdisjoint(b.nations))
    found["history"] = float(not a.news) / 2 + float(not b.news) / 2
    found["passing"] = float(not a.lead) / 2 + float(not b.lead) / 2
    found["copied"] = copied_share(p, q)
    found["place_and_day"] = found.get("place_same", 0.0) * found.get("days_1", 0.0)
    found["passing_place"] = found.get("place_same_rare", 0.0) * float(not (a.lead and b.lead))
    if "place_far" in found or _by_hearsay(p, q, found):
        found["undated_near"] = 0.0
    return found


def _by_hearsay(p: Profile, q: Profile, found: Mapping[str, float]) -> bool:
    """Tell whether one of two units has no event, and shares nothing with the other to be known by.

    What tells of no event is undated by its nature: common words and the same week make it no report on
    whatever else lacks a day.
    """
    shared = found["rare_words"] or found["title_overlap"] or found["names_shared"] or found["copied"]
    return not (p.unit.type and q.unit.type) and not shared


def title_overlap(p: Profile, q: Profile) -> float:
    """Give the weight of the shared words of two titles, as a share of the lighter one's."""
    shared = p.title & q.title
    return weight_of(shared) / (min(p.heft, q.heft) or 1.0) if shared else 0.0


def copied_share(p: Profile, q: Profile) -> float:
    """Give what `copies.shared_share` gives of the two sketches."""
    shared = len(p.sketch & q.sketch)
    return contained(shared, p.unit.sketch[0], q.unit.sketch[0]) if shared else 0.0


def _share(count: int) -> float:
    return min(count, COUNTED) / COUNTED


def _people(p: Profile, q: Profile) -> dict[str, float]:
    a, b = p.unit, q.unit
    small = min(1.0, _SMALL_TOLL / max(p.harm, q.harm))  # of many victims each report names others
    names, ages = len(a.names & b.names), len(a.ages & b.ages)
    return {
        "names_shared": _share(names),
        "names_differ": small * bool(a.names and b.names and not names),
        "ages_shared": _share(ages),
        "ages_differ": small * bool(a.ages and b.ages and not ages),
        "numbers_shared": float(not a.numbers.isdisjoint(b.numbers)),
    }


def _places(p: Profile, q: Profile) -> dict[str, float]:
    a, b, out = p.unit, q.unit, {}
    if countries_differ(a, b):
        out["country_differs"] = 1.0
    if a.country and a.country == b.country:
        out["country_same_rare"] = p.rarity
    if p.provinces and q.provinces and p.provinces.isdisjoint(q.provinces):
        out["province_differs"] = 1.0
    if not p.exact or not q.exact:
        return out | {"place_unknown": float(a.lead and b.lead)}
    apart, key = min((_apart(s, t), s.key) for s in p.exact for t in q.exact)
    if apart <= ONE_PLACE_KM:
        out |= {"place_same": 1.0, "place_same_rare": rarity(key)}
    elif apart <= _NEAR_KM:
        out["place_near"] = 1.0
    elif apart > _FAR_KM:
        out["place_far"] = 1.0
    return out


def countries_differ(a: Unit, b: Unit) -> bool:
    """Tell whether two units lie in two countries; what reports lead with may lie in any that they name."""
    if not a.country or not b.country or a.country == b.country:
        return False
    return not (a.lead and b.lead and a.countries & b.countries)


def _apart(p: Spot, q: Spot) -> float:
    if p.key == q.key and p.country == q.country:
        return 0.0
    if p.lat is None or p.lon is None or q.lat is None or q.lon is None:
        return _FAR_KM
    return _distance(p.lat, p.lon, q.lat, q.lon)


_distance = lru_cache(maxsize=65536)(great_circle_km)  # the places of one country's news meet again and again


def _days(p: Profile, q: Profile) -> dict[str, float]:
    out: dict[str, float] = {}
    if p.told is not None and q.told is not None:
        gap = abs(p.told - q.told)
        out = {name: 1.0 for name, limit in TOLD_WITHIN if gap <= limit}
    apart = days_between(p, q)
    if apart is None:
        both = float(p.unit.lead and q.unit.lead)
        return out | {"days_unknown": both, "undated_near": both * out.get("told_3", 0.0)}
    return out | {name: 1.0 for name, limit in DAYS_WITHIN if apart <= limit}


def days_between(p: Profile, q: Profile) -> int | None:
    """Give the days between where one begins or ends and where the other does, None where one is undated."""
    if p.first is None or p.last is None or q.first is None or q.last is None:
        return None
    return min(abs(p.first - q.first), abs(p.last - q.last), abs(p.first - q.last), abs(p.last - q.first))


def _kinds(a: Unit, b: Unit) -> dict[str, float]:
    if a.type == b.type:
        return {"type_same": 1.0}
    if are_rivals(a.type, b.type) and a.type not in b.types and b.type not in a.types:
        return {"type_rival": 1.0}
    return {"type_akin" if are_akin(a.type, b.type) else "type_alien": 1.0}


def _harm(p: Profile, q: Profile) -> dict[str, float]:
    """Count the measures of harm in which both have the same number, over none, or exclude each other.

    Great tolls grow, and their differences count less.
    """
    same = apart = 0.0
    for measure in HARMS:
        one, other = p.unit.tolls.get(measure), q.unit.tolls.get(measure)
        if one is not None and other is not None:
            same += bool(one == other and one[0])
            if _excludes(one, other):
                apart += min(1.0, _SMALL_TOLL / max(*(n or 0 for n in (*one, *other)), 1))
    return {"toll_same": same / 2, "toll_differs": apart / 2}


def _excludes(a: tuple[int | None, int | None], b: tuple[int | None, int | None]) -> bool:
    low, high = max(a[0] or 0, b[0] or 0), min(x if x is not None else math.inf for x in (a[1], b[1]))
    return low > high


@dataclass(frozen=True, slots=True)
class Scorer:
    """The weights of the features, and how pairs are clustered.

    Scores are log-odds within +-`limit`. `least` is the mean score at which two
    clusters are one, `default` the score of a pair that shares no key, `edge`
    the least score of a pair that ties two reports together.
    """

    weights: Mapping[str, float]
    bias: float
    least: float
    default: float
    edge: float
    limit: float
    _most: Mapping[str, float] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Work out what the words of two units can add at most."""
        object.__setattr__(self, "_most", {name: self._at_most(name) for name in _COSINES})

    def _at_most(self, name: str) -> float:
        """Give the most that a cosine x and its root can add: of `r * sqrt(x) + c * x`, x from 0 to 1."""
        root, line = (self.weights.get(f"{name}_{kind}", 0.0) for kind in ("root", "cosine"))
        ends = [0.0, root + line]
        if line < 0.0 < root < -2 * line:
            ends.append(-root * root / (4 * line))
        beside = self.weights.get("place_and_words", 0.0) if name == "own" else 0.0
        return max(ends) + max(beside, 0.0)

    @property
    def most_of_words(self) -> float:
        """Give the most that `WORD_FEATURES` can add together."""
        return sum(self._most.values())

    def score(self, a: Unit, b: Unit) -> float:
        """Give the log-odds that two units are of one incident, rounded to thousandths."""
        return self.compare(profile_of(a), profile_of(b))

    def compare(self, p: Profile, q: Profile) -> float:
        """Give what `score` gives of two units whose profiles are known."""
        return self._total(_all(p, q))

    def tie(self, p: Profile, q: Profile) -> float | None:
        """Give the score where it ties the two, at least `edge`, else None: most are told apart early."""
        found = _facts(p, q)
        floor = self.edge - _ROUNDING
        reached = self.bias + self._sum(found) + sum(self._most.values())
        if reached < floor:
            return None
        for name in _COSINES:
            words = _alike(name, p, q, found)
            reached += self._sum(words) - self._most[name]
            found |= words
            if reached < floor:
                return None
        score = self._total(found)
        return score if score >= self.edge else None

    def _sum(self, found: Mapping[str, float]) -> float:
        get = self.weights.get
        return sum([get(name, 0.0) * value for name, value in found.items()])

    def _total(self, found: Mapping[str, float]) -> float:
        get = self.weights.get
        total = self.bias + math.fsum([get(name, 0.0) * value for name, value in found.items()])
        return round(max(-self.limit, min(self.limit, total)), 3)

    def explain(self, a: Unit, b: Unit) -> dict[str, float]:
        """Give what each feature adds to the score, the heaviest first."""
        parts = {name: self.weights.get(name, 0.0) * value for name, value in features(a, b).items()}
        kept = {name: round(part, 3) for name, part in parts.items() if part}
        return dict(sorted(kept.items(), key=lambda row: (-abs(row[1]), row[0])))


def load_scorer() -> Scorer:
    """Read the weights that ship.

    Raises AssetError when they are missing or damaged.
    """
    path = files("dateline.incidents").joinpath("weights.toml")
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8"))
        return Scorer(weights=rows["weights"], **rows["clustering"])
    except (OSError, ValueError, KeyError, TypeError) as problem:
        message = "the weights of linking are missing or damaged"
        raise AssetError(message, where=str(path), hint="install the package again") from problem


SCORER = load_scorer()
