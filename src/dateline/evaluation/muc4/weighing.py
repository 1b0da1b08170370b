"""Choose the entities that fill MUC-4's roles: a log-linear model whose weights stand in `mappings/`.

The weights of `muc4_weights.toml` are log-odds, one a line with its meaning;
`training/fillers.py` fits them to MUC-4's train. One least probability holds
for all roles, as the measure counts all roles together.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp

from dateline.evaluation.muc4.entities import Entity, entities
from dateline.evaluation.muc4.naming import ROLES, Filler, Fillers, Namer
from dateline.reading.parties import Party
from dateline.record import Record

__all__ = ["Weights", "fillers_with_parties", "probability", "shipped_weights"]


@dataclass(frozen=True, slots=True)
class Weights:
    """Log-odds of each feature, a bias of each group of entities, and the least probability of a filler."""

    bias: Mapping[str, float]
    features: Mapping[str, float]
    least: float

    @classmethod
    def of(cls, toml: str) -> Weights:
        """Read the text of a file of weights."""
        raw = tomllib.loads(toml)
        return cls(raw["bias"], raw["weights"], raw["least"])


@cache
def shipped_weights() -> Weights:
    """Give the weights that ship."""
    return Weights.of(
        files("dateline.evaluation").joinpath("mappings", "muc4_weights.toml").read_text("utf-8")
    )


def probability(entity: Entity, weights: Weights) -> float:
    """Tell how likely an entity fills its role."""
    score = weights.bias[entity.group]
    score += sum(weights.features[name] * value for name, value in entity.features.items())
    return 1 / (1 + exp(-score))


def fillers_with_parties(
    record: Record, parties: Sequence[Party], namer: Namer, weights: Weights | None = None
) -> Fillers:
    """Give the entities of each role by the parties of the news and what the record tells of them.

    `parties`: all that the reader finds, the unlikely too; `weights`: those that ship.
    """
    used = weights or shipped_weights()
    out: Fillers = {role: [] for role in ROLES}
    for entity in entities(record, parties, namer):
        likely = probability(entity, used)
        if likely >= used.least:
            out[entity.role].append(Filler(entity.text, entity.named, likely))
    return out
