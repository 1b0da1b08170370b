"""Weigh the places that the names of a report can mean, all names together, and say why.

A log-linear model over the features of `place_features.py`: the score of a candidate is their weighted
sum, the belief in it the share of its exponential among those of its name. What names say of each other
depends on what each of them means, so the belief is worked out in rounds, as in iterative classification
(Neville and Jensen 2000). The weights stand in `ranking.toml`, trained by `training/places.py`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from dateline.errors import AssetError
from dateline.knowledge.gazetteer import Entry, Gazetteer
from dateline.reading.place_features import COLLECTIVE, FEATURES, Query, Setting, Table, inside

__all__ = ["ROUNDS", "Ranked", "beliefs", "rank_names", "weights"]

Floats = NDArray[np.float64]

ROUNDS = 2  # a third changes one name in a thousand
CERTAIN = 0.97  # no resolution is surer than this
LONE_UNSUPPORTED = 0.75  # the only place of its name, in a state that the report does not name
SAME_GROUND = 0.8  # share of the belief in a town's own region that speaks for the town
CLEAR = 0.3  # log-odds from which a feature is told as a reason
MOST_REASONS = 3
NEAR_KM = 150.0  # places within it are told as near
_AT = {name: i for i, name in enumerate(FEATURES)}
_CALLED = {
    "admin": "province or district", "county": "county", "city": "town", "water": "water",
    "mountain": "mountain", "site": "site",
}  # fmt: skip


@dataclass(slots=True)
class Ranked:
    """One candidate with its score, its share of belief and the reasons for it."""

    entry: Entry
    score: float
    confidence: float = 0.0
    reasons: tuple[str, ...] = ()


@cache
def weights() -> Mapping[str, float]:
    """Read the weights that ship, by feature.

    Raises AssetError when the file is damaged.
    """
    path = files("dateline.reading").joinpath("ranking.toml")
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8"))["weights"]
        return {name: float(rows[name]) for name in FEATURES}
    except (OSError, ValueError, KeyError) as error:
        what = f"damaged weights of the place ranker ({error})"
        raise AssetError(what, where=str(path), hint="install the package again") from error


def beliefs(table: Table, weight: Floats) -> tuple[Floats, Floats, Floats]:
    """Give each candidate's features, score and belief after the last round; `weight` as FEATURES."""
    count = len(FEATURES) - len(COLLECTIVE)
    scores = table.alone @ weight[:count]
    belief = table.shares(scores)
    features = np.zeros((0, 0))
    for _ in range(ROUNDS):
        features = table.features(belief)
        scores = features @ weight
        belief = table.shares(scores)
    return features, scores, belief


def rank_names(queries: Sequence[Query], setting: Setting, gazetteer: Gazetteer) -> list[list[Ranked]]:
    """Order the candidates of each name, the likeliest first, with confidence and reasons.

    A name without candidates gives an empty list.
    """
    known = [i for i, query in enumerate(queries) if query.entries]
    ranked: list[list[Ranked]] = [[] for _ in queries]
    if not known:
        return ranked
    table = Table([queries[i] for i in known], setting)
    weight = np.array([weights()[name] for name in FEATURES])
    result = beliefs(table, weight)
    teller = _Teller(table, weight, result, gazetteer)
    ends = [*table.starts[1:], len(table)]
    for i, first, last in zip(known, table.starts, ends, strict=True):
        ranked[i] = teller.rank(int(first), int(last))
    return ranked


class _Teller:
    """Puts the candidates of a name in order and says what speaks for the first."""

    def __init__(
        self, table: Table, weight: Floats, result: tuple[Floats, Floats, Floats], gazetteer: Gazetteer
    ) -> None:
        self.table, self.weight, self.gazetteer = table, weight, gazetteer
        self.features, self.scores, self.belief = result

    def rank(self, first: int, last: int) -> list[Ranked]:
        entries = self.table.entries
        order = sorted(range(first, last), key=lambda i: (-round(float(self.belief[i]), 9), entries[i].id))
        out = [Ranked(entries[i], float(self.scores[i]), CERTAIN * float(self.belief[i])) for i in order]
        best = out[0]
        best.reasons = tuple(self._reasons(order[0])) or (_by_size(len(out)),)
        areas = (best.entry.admin1_id, best.entry.admin2_id)
        best.confidence += SAME_GROUND * sum(r.confidence for r in out[1:] if r.entry.id in areas)
        lone = len(out) == 1 and best.reasons == (_by_size(1),)
        if lone and best.entry.kind in ("city", "admin2", "site", "airfield"):
            best.confidence = min(best.confidence, LONE_UNSUPPORTED)
        for one in out:
            one.confidence = round(min(one.confidence, CERTAIN), 3)
        return out

    def _reasons(self, i: int) -> Iterator[str]:
        said = 0
        for names, tell in (
            (("given",), self._given),
            (("written_after",), lambda i: "written after a place in it"),
            (("kind_fits",), self._called),
            (("state_named", "state_often", "state_share", "state_demonym"), self._state),
            (("state_dateline",), self._dateline),
            (("state_publisher",), self._publisher),
            (("near_sure", "near_any", "region_named", "region_sure"), self._near),
            (("holds_sure", "holds_any"), self._holds),
            (("state_words",), self._words),
        ):
            strength = sum(self._part(i, name) for name in names)
            if said < MOST_REASONS and strength >= CLEAR and (reason := tell(i)):
                said += 1
                yield reason

    def _part(self, i: int, name: str) -> float:
        return float(self.features[i, _AT[name]] * self.weight[_AT[name]])

    def _given(self, i: int) -> str:

        areas = self.table.queries[self.table.of[i]].given
        return next((f"given in {a.name}" for a in areas if inside(self.table.entries[i], a)), "")

    def _called(self, i: int) -> str:
        kind = self.table.queries[self.table.of[i]].kind
        return f"called a {_CALLED[kind]}" if kind else ""

    def _state(self, i: int) -> str:
        return f"{self._state_name(i)} is named"

    def _dateline(self, i: int) -> str:
        return f"the dateline is in {self._state_name(i)}"

    def _publisher(self, i: int) -> str:
        return f"the publisher is in {self._state_name(i)}"

    def _words(self, i: int) -> str:
        return f"words used in {self._state_name(i)}"

    def _state_name(self, i: int) -> str:
        entry = self.table.entries[i]
        code = entry.country or next(iter(entry.countries), "")
        state = self.gazetteer.country(code)
        return state.name if state else code

    def _near(self, i: int) -> str:
        close = (
            (km, j)
            for j, km in enumerate(self.table.kilometres[i])
            if self.table.name[j] != self.table.name[i] and km < NEAR_KM and self._meant(j)
        )
        return _listed("near", (self.table.entries[j].name for _, j in sorted(close)))

    def _holds(self, i: int) -> str:
        area = self.table.entries[i]
        held = (
            e.name
            for j, e in enumerate(self.table.entries)
            if self._meant(j) and area.id != e.id
            if (e.country == area.country if area.kind == "country" else e.admin1_id == area.id)
        )
        return _listed("holds", held)

    def _meant(self, j: int) -> bool:
        return self.table.entries[j].kind not in ("country", "continent") and self.belief[j] > 0.5


def _listed(verb: str, names: Iterable[str]) -> str:
    first = list(dict.fromkeys(names))[:2]
    return f"{verb} {' and '.join(first)}" if first else ""


def _by_size(count: int) -> str:
    return "only place of that name" if count == 1 else f"largest of {count}"
