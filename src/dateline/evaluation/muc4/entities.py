"""The entities that may fill a role, from the parties of a report, and what speaks for each.

Mentions of one role whose words are part of one another's are one entity
("URBAN GUERRILLAS", "GUERRILLAS"), and so are the names of an organization
that the actor list knows. What speaks for an entity (`FEATURES`) is weighed in
`weighing.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import log

from dateline.evaluation.muc4.fillers import fillers_of
from dateline.evaluation.muc4.keys import normalised
from dateline.evaluation.muc4.naming import ORGANIZATIONS, ROLES, Fillers, Namer, head_word
from dateline.reading.parties import Party
from dateline.record import Record

__all__ = ["FEATURES", "GROUPS", "Entity", "entities"]

GROUPS = (*ROLES, "Described")  # described victims have a bias of their own
FEATURES: dict[str, str] = {
    "likeliest": "log-odds of its likeliest mention",
    "again": "logarithm of 1 and what its other mentions' probabilities add up to",
    "news": "log-odds of the report's likeliest party",
    "before": "logarithm of 1 and how many likelier entities its role has",
    "one_word": "it is a single word",
    "person": "the doer is told by name",
    "general": "the organization is told by a general word: ARMY, CARTEL, GOVERNMENT",
    "told": "an event of the record that MUC-4 counts has it in this role",
    **{f"told_{role}": f"so has one that makes an incident, for {role}" for role in ROLES},
}
_ROLE_OF = {
    "perpetrator": "PerpInd", "organization": "PerpOrg", "thing": "Target", "victim": "Victim",
    "weapon": "Weapon",
}  # fmt: skip
_EDGE = 0.02  # probabilities nearer to 0 or 1 than this count as this


@dataclass(slots=True)
class Entity:
    """One entity in a role: its string, whether that is a name, its mentions, and its features."""

    role: str
    text: str
    named: bool
    confidences: list[float]
    starts: list[int]
    features: dict[str, float] = field(default_factory=dict)

    @property
    def group(self) -> str:
        """The group that its bias is of: the role, `Described` for victims without a name."""
        return self.role if self.named or self.role != "Victim" else "Described"

    @property
    def key(self) -> str:
        """Its string as the measure compares it."""
        return normalised(self.text)

    @property
    def words(self) -> frozenset[str]:
        """The words of `key`."""
        return frozenset(self.key.split())

    @property
    def best(self) -> float:
        """The probability of its likeliest mention."""
        return max(self.confidences)


def entities(record: Record, parties: Sequence[Party], namer: Namer) -> list[Entity]:
    """Give the entities of a report with their features, the likeliest first."""
    found = _joined(_mentioned(parties, namer), namer)
    _weigh_up(found)
    counted, told = fillers_of(record, namer, aimed=False), fillers_of(record, namer)
    for entity in found:
        entity.features["told"] = float(_is_in(entity, counted))
        entity.features[f"told_{entity.role}"] = float(_is_in(entity, told))
        entity.features.update(_by_words(entity, namer))
    return found


def _mentioned(parties: Sequence[Party], namer: Namer) -> list[Entity]:
    """Gather the mentions by role and words, the likeliest first; words that name nobody are left out."""
    out: dict[tuple[str, str], Entity] = {}
    for party in parties:
        role = _ROLE_OF[party.role]
        named = namer.named(role, party.span.text)
        if named is None:
            continue
        entity = out.setdefault((role, normalised(named.text)), Entity(role, named.text, named.named, [], []))
        entity.named |= named.named
        entity.confidences.append(party.confidence)
        entity.starts.append(party.span.start)
    return sorted(out.values(), key=lambda e: (-e.best, e.starts[0]))


def _joined(found: Iterable[Entity], namer: Namer) -> list[Entity]:
    """Join those that are one; a victim's longest name and any other's likeliest words stand for it."""
    kept: list[Entity] = []
    for entity in found:
        same = next((k for k in kept if _same(k, entity, namer)), None)
        if same is None:
            kept.append(entity)
            continue
        same.confidences += entity.confidences
        same.starts += entity.starts
        if same.role == "Victim" and len(entity.words) > len(same.words):
            same.text = entity.text
    return sorted(kept, key=lambda e: -e.best)


def _same(a: Entity, b: Entity, namer: Namer) -> bool:
    if a.group != b.group:
        return False
    one = a.role == "PerpOrg" and namer.known_as(a.text)
    return a.words <= b.words or b.words <= a.words or bool(one and one == namer.known_as(b.text))


def _is_in(entity: Entity, told: Fillers) -> bool:
    others = (frozenset(normalised(filler.text).split()) for filler in told[entity.role])
    return any(entity.words <= other or other <= entity.words for other in others if other)


def _by_words(entity: Entity, namer: Namer) -> dict[str, float]:
    doer, body = entity.role == "PerpInd", entity.role == "PerpOrg"
    return {
        "one_word": float(len(entity.words) == 1),
        "person": float(doer and namer.person(entity.text) is not None),
        "general": float(body and head_word(entity.text) in ORGANIZATIONS),
    }


def _weigh_up(found: Sequence[Entity]) -> None:
    """Set what hangs on the mentions and on the other entities; `found`: the likeliest first."""
    before: dict[str, int] = {}
    for entity in found:
        rank = before.get(entity.role, 0)
        before[entity.role] = rank + 1
        entity.features.update(
            likeliest=_odds(entity.best),
            again=log(1 + sum(entity.confidences) - entity.best),
            news=_odds(found[0].best),
            before=log(1 + rank),
        )


def _odds(probability: float) -> float:
    within = min(max(probability, _EDGE), 1 - _EDGE)
    return log(within / (1 - within))
