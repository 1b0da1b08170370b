"""Score a pair of units: how likely two passages of two reports tell of one incident.

A logistic regression over features that a person can read. Their weights stand
in `weights.toml`, trained by `training/linking.py`. Nothing but the two units
goes into a score, so it never changes when other reports come.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

from dateline.errors import AssetError
from dateline.incidents.copies import shared_share
from dateline.incidents.families import are_akin, are_rivals
from dateline.incidents.frequencies import FREQUENCIES
from dateline.incidents.geography import great_circle_km
from dateline.incidents.nations import state_name
from dateline.incidents.units import Spot, Unit
from dateline.incidents.words import Vector, cosine, stem

__all__ = ["FEATURES", "SCORER", "Scorer", "features", "load_scorer"]

_DAY_STEPS = (0, 1, 3, 7, 30)  # upper ends in days; a siege is told within a week, a trial after a month
_TOLD_STEPS = (1, 3, 7, 30)  # between days of publication
_NEAR_KM, _FAR_KM = 30.0, 150.0
_SAME_KM = 5.0
_RARE_SHARE = (
    0.75  # of the weight of a word that no text of the table has: in fewer than one text in a hundred
)
_SMALL_TOLL = 4  # up to here a toll is known at once: two and three dead are two cases
_COUNTED = 3  # names, ages, words beyond the third add nothing
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
    `days_3` is on where the days of the happening lie within three days, `told_3`
    where those of publication do, so that each step adds to the wider ones. That a
    place or day is not known is no news of a passage that is told in passing.
    """
    own, whole, proper = cosine(a.own, b.own), cosine(a.whole, b.whole), cosine(a.proper, b.proper)
    found = {
        "own_cosine": own,
        "own_root": math.sqrt(own),
        "whole_cosine": whole,
        "whole_root": math.sqrt(whole),
        "proper_cosine": proper,
        "proper_root": math.sqrt(proper),
        "title_overlap": _overlap(frozenset(a.title), frozenset(b.title)),
        "rare_words": _rare_words(a.own, b.own),
        "toll_same": _tolls_same(a, b),
        "toll_differs": _tolls_differ(a, b),
        "actors_shared": float(bool(set(a.actors) & set(b.actors))),
        "nations_shared": float(bool(a.nations & b.nations)),
        "history": float(not a.news) / 2 + float(not b.news) / 2,
        "passing": float(not a.lead) / 2 + float(not b.lead) / 2,
        "copied": shared_share(a.sketch, b.sketch),
    }
    found |= _people(a, b) | _places(a, b) | _days(a, b) | _kinds(a, b)
    found["place_and_day"] = found.get("place_same", 0.0) * found.get("days_1", 0.0)
    found["place_and_words"] = found.get("place_same", 0.0) * own
    found["passing_place"] = found.get("place_same_rare", 0.0) * float(not (a.lead and b.lead))
    if "place_far" in found:
        found["undated_near"] = 0.0
    return found


def _overlap(a: frozenset[str], b: frozenset[str]) -> float:
    """Give the weight of the shared words of two titles, as a share of the lighter one's."""
    if not a or not b:
        return 0.0
    weights, rare = FREQUENCIES.weights, FREQUENCIES.rare
    both, first, second = (math.fsum(weights.get(w, rare) for w in sorted(words)) for words in (a & b, a, b))
    return both / (min(first, second) or 1.0)


def _rare_words(a: Vector, b: Vector) -> float:
    limit = FREQUENCIES.rare * _RARE_SHARE
    shared = sum(FREQUENCIES.weights.get(w, FREQUENCIES.rare) >= limit for w in a.keys() & b.keys())
    return min(shared, 2 * _COUNTED) / (2 * _COUNTED)


def _share(count: int) -> float:
    return min(count, _COUNTED) / _COUNTED


def _people(a: Unit, b: Unit) -> dict[str, float]:
    names, ages = a.names & b.names, a.ages & b.ages
    sizes = [_size(toll) for u in (a, b) for m, toll in u.tolls.items() if m in ("killed", "wounded")]
    small = min(1.0, _SMALL_TOLL / max([*sizes, 1]))  # of many victims each report names others
    return {
        "names_shared": _share(len(names)),
        "names_differ": small * bool(a.names and b.names and not names),
        "ages_shared": _share(len(ages)),
        "ages_differ": small * bool(a.ages and b.ages and not ages),
        "numbers_shared": float(bool(a.numbers & b.numbers)),
    }


def _places(a: Unit, b: Unit) -> dict[str, float]:
    out = {}
    if _countries_differ(a, b):
        out["country_differs"] = 1.0
    if a.country and a.country == b.country:
        out["country_same_rare"] = _rarity(state_name(a.country).split())
    first, second = [s for s in a.spots if s.exact], [s for s in b.spots if s.exact]
    provinces = [{(s.country, s.admin1) for s in side if s.admin1} for side in (first, second)]
    if all(provinces) and not provinces[0] & provinces[1]:
        out["province_differs"] = 1.0
    if not first or not second:
        return out | {"place_unknown": float(a.lead and b.lead)}
    apart, key = min((_apart(p, q), p.key) for p in first for q in second)
    if apart <= _SAME_KM:
        out |= {"place_same": 1.0, "place_same_rare": _rarity(key.split())}
    elif apart <= _NEAR_KM:
        out["place_near"] = 1.0
    elif apart > _FAR_KM:
        out["place_far"] = 1.0
    return out


def _countries_differ(a: Unit, b: Unit) -> bool:
    """Tell whether two units lie in two countries; what reports lead with may lie in any that they name."""
    if not a.country or not b.country or a.country == b.country:
        return False
    return not (a.lead and b.lead and a.countries & b.countries)


def _rarity(words: Iterable[str]) -> float:
    """Tell how rare a name is in the news, 0 to 1: a shared capital says less than a shared village."""
    return (
        max((FREQUENCIES.weights.get(stem(w), FREQUENCIES.rare) for w in words), default=0.0)
        / FREQUENCIES.rare
    )


def _apart(p: Spot, q: Spot) -> float:
    if p.key == q.key and p.country == q.country:
        return 0.0
    if p.lat is None or p.lon is None or q.lat is None or q.lon is None:
        return _FAR_KM
    return great_circle_km(p.lat, p.lon, q.lat, q.lon)


def _gap(first: str, last: str, other_first: str, other_last: str) -> int:
    a, b, c, d = map(date.fromisoformat, (first, last, other_first, other_last))
    return max((c - b).days, (a - d).days, 0)


def _days(a: Unit, b: Unit) -> dict[str, float]:
    out: dict[str, float] = {}
    if a.told and b.told:
        gap = _gap(a.told, a.told, b.told, b.told)
        out |= {f"told_{limit}": 1.0 for limit in _TOLD_STEPS if gap <= limit}
    if not (a.first and a.last and b.first and b.last):
        both = float(a.lead and b.lead)
        return out | {"days_unknown": both, "undated_near": both * out.get("told_3", 0.0)}
    gap = _gap(a.first, a.last, b.first, b.last)
    return out | {f"days_{limit}": 1.0 for limit in _DAY_STEPS if gap <= limit}


def _kinds(a: Unit, b: Unit) -> dict[str, float]:
    if a.type == b.type:
        return {"type_same": 1.0}
    if are_rivals(a.type, b.type) and a.type not in b.types and b.type not in a.types:
        return {"type_rival": 1.0}
    return {"type_akin" if are_akin(a.type, b.type) else "type_alien": 1.0}


def _tolls_same(a: Unit, b: Unit) -> float:
    """Count the measures of harm in which both have the same number, over none."""
    same = [
        m for m in ("killed", "wounded") if m in a.tolls and a.tolls[m] == b.tolls.get(m) and a.tolls[m][0]
    ]
    return len(same) / 2


def _tolls_differ(a: Unit, b: Unit) -> float:
    """Count the measures of harm in which the two exclude each other; great tolls grow and count less."""
    apart = [
        min(1.0, _SMALL_TOLL / max(_size(a.tolls[m]), _size(b.tolls[m]), 1))
        for m in ("killed", "wounded")
        if m in a.tolls and m in b.tolls and _excludes(a.tolls[m], b.tolls[m])
    ]
    return sum(apart) / 2


def _size(toll: tuple[int | None, int | None]) -> int:
    return max(toll[0] or 0, toll[1] or 0)


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

    def score(self, a: Unit, b: Unit) -> float:
        """Give the log-odds that two units are of one incident, rounded to thousandths."""
        found = features(a, b)
        total = self.bias + math.fsum(self.weights.get(name, 0.0) * value for name, value in found.items())
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
